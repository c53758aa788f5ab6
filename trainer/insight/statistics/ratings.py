"""How answers went: again, hard, good or easy."""

from collections import Counter
from dataclasses import dataclass

from trainer.insight.statistics.past import Reviews
from trainer.progress.past import GIVEN, IMPORTED, RATINGS


@dataclass(frozen=True)
class Ratings:
    """Reviews of the period by their rating, those with other points given aside."""

    own: tuple[int, ...]
    """Of again, hard, good, easy."""
    imported: tuple[int, ...]
    """Of reviews that came with imports."""

    @property
    def count(self) -> int:
        """Own reviews."""
        return sum(self.own)


def ratings(reviews: Reviews) -> Ratings:
    """Return the ratings of these reviews."""
    codes = Counter(code & (GIVEN | IMPORTED | len(RATINGS) - 1) for code in reviews.code)
    own, imported = (tuple(codes[place + flag] for place in range(len(RATINGS))) for flag in (0, IMPORTED))
    return Ratings(own, imported)

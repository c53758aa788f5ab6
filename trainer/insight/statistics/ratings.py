"""How answers went: again, hard, good or easy."""

from dataclasses import dataclass

from trainer.insight.statistics.past import CardPast
from trainer.progress.past import RATINGS


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


class RatingsCount:
    """Counts the ratings from the day `first` to `last` (ordinals), card by card."""

    def __init__(self, first: int, last: int) -> None:
        self._period = range(first, last + 1)
        self._counts = [[0] * len(RATINGS), [0] * len(RATINGS)]

    def add(self, card: CardPast) -> None:
        """Count the reviews of a card."""
        for _, day, _, _, rating, given, imported, _, _ in card.reviews:
            if not given and day in self._period:
                self._counts[imported][rating] += 1

    @property
    def result(self) -> Ratings:
        """The ratings of all cards added."""
        return Ratings(tuple(self._counts[0]), tuple(self._counts[1]))

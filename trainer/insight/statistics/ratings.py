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
    """Counts the ratings of the period, card by card."""

    def __init__(self) -> None:
        self._counts = [[0] * len(RATINGS), [0] * len(RATINGS)]

    def add(self, card: CardPast) -> None:
        """Count the reviews of a card."""
        for _, _, _, _, rating, given, imported, _, _ in card.reviews:
            if not given:
                self._counts[imported][rating] += 1

    @property
    def result(self) -> Ratings:
        """The ratings of all cards added."""
        return Ratings(tuple(self._counts[0]), tuple(self._counts[1]))

"""The points missed most."""

from dataclasses import dataclass
from typing import NamedTuple

from trainer.collection.collection import Collection
from trainer.insight.statistics.past import CardPast

MOST = 10
"""Points that are listed."""


class MissedPoint(NamedTuple):
    """A point that was missed, and how often it was asked."""

    card: str
    point: str
    missed: int
    imported: int
    """Of those missed, the ones that came with imports."""
    asked: int


@dataclass(frozen=True)
class Missed:
    """What was missed in the period, the first sight of a point aside, and when others were given."""

    points: tuple[MissedPoint, ...]
    """The points missed most, the worst first: at most `MOST`, each missed twice or more."""
    times: int
    """Points missed, all together."""
    asked: int
    """Points asked, all together."""

    def texts(self, collection: Collection) -> list[tuple[str, str]]:
        """Return question and point of each in words."""
        found = []
        for each in self.points:
            card = collection.library.cards[each.card]
            found.append((card.question, next(point.text for point in card.points if point.id == each.point)))
        return found


class MissedCount:
    """Counts what was missed in the period, of points that decks have today."""

    def __init__(self) -> None:
        self._worst: list[MissedPoint] = []
        self._times = self._asked = 0

    def add(self, card: CardPast) -> None:
        """Count the points of a card."""
        kept = card.today
        once = often = 0
        asked: list[tuple[int, bool, bool]] = []
        for _, _, _, _, _, given, imported, _, tests in card.reviews:
            if given:
                continue
            for points, made, _ in tests:
                number = (points & kept).bit_count()
                self._asked += number
                if not made:
                    self._times += number
                    often |= once & points
                    once |= points
                asked.append((points, made, imported))
        if often & kept:
            self._list(card, often & kept, asked)

    def _list(self, card: CardPast, often: int, asked: list[tuple[int, bool, bool]]) -> None:
        """List the points (as bits) that were missed twice or more."""
        for place, point in enumerate(card.points):
            bit = 1 << place
            if often & bit:
                said = [(made, imported) for points, made, imported in asked if points & bit]
                missed = [imported for made, imported in said if not made]
                self._worst.append(MissedPoint(card.card, point, len(missed), sum(missed), len(said)))

    @property
    def result(self) -> Missed:
        """What was missed of all cards added."""
        worst = sorted(self._worst, key=lambda each: (-each.missed, each.asked, each.card, each.point))
        return Missed(tuple(worst[:MOST]), self._times, self._asked)

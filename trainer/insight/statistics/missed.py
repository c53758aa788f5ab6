"""The points missed most."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

from trainer.collection.collection import Collection
from trainer.insight.statistics.past import CardPasts
from trainer.progress.past import ENDED, GIVEN, IMPORTED, REVIEW, Past

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


def missed(pasts: CardPasts, first: int, last: int) -> Missed:
    """Return what was missed from the day `first` to `last` (ordinals), of points that decks have today."""
    reviews = pasts.reviews
    counting = [not code & GIVEN for code in reviews.code]
    lost = list(compress(reviews.missed, counting))
    worst: list[MissedPoint] = []
    for card, most in Counter(compress(compress(reviews.card, counting), lost)).most_common():
        if most < 2 or (len(worst) == MOST and most < worst[-1].missed):  # no point was missed more often than `most`
            break
        often = (each for each in _points(pasts.pasts[card], first, last) if each.missed >= 2)
        worst = sorted([*worst, *often], key=_rank)[:MOST]
    return Missed(tuple(worst), round(sum(lost)), round(sum(compress(reviews.asked, counting))))


def _rank(each: MissedPoint) -> tuple[int, int, str, str]:
    return -each.missed, each.asked, each.card, each.point


def _points(past: Past, first: int, last: int) -> Iterator[MissedPoint]:
    """Yield what was said of each point of a card from the day `first` to `last` (ordinals)."""
    ended = list(ENDED.iter_unpack(past.ended))
    said = [
        (abs(int(mask)), mask < 0, bool(int(code) & IMPORTED))
        for _, day, _, code, *_, at, count in REVIEW.iter_unpack(past.reviews)
        if first <= day <= last and not int(code) & GIVEN
        for mask, *_ in ended[int(at) : int(at + count)]
    ]
    for place, point in enumerate(past.points):
        asked = [(lost, imported) for bits, lost, imported in said if bits >> place & 1]
        missed = [imported for lost, imported in asked if lost]
        if asked:
            yield MissedPoint(past.card, point, len(missed), sum(missed), len(asked))

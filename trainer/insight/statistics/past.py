"""The reviews of each card, with what was known of its points before each: read once for all numbers."""

from collections.abc import Iterator
from datetime import date

from trainer.collection.collection import Collection
from trainer.insight.statistics.scope import Scope
from trainer.library.shelf import Outline
from trainer.progress.past import GIVEN, IMPORTED, RATINGS, Past

# Plain tuples: there are hundreds of thousands of them, and they are made while someone waits.
Test = tuple[int, bool, float]
"""Points asked (as bits) that had the same memory: whether made, and the recall (0-1) foretold."""
Asked = tuple[float, int, float, float, int, bool, bool, float, list[Test]]
"""A review: its moment, day, seconds, days promised, rating, whether given, whether imported, days since the
review before, and what it says of points that had a memory. Seconds and days are under 0 where they are unknown."""

_KINDS = [(code & 3, bool(code & GIVEN), bool(code & IMPORTED)) for code in range(len(RATINGS) * 4)]
"""Rating, whether given and whether imported, by the number that is kept for them."""


class CardPast:
    """The past of one card: its reviews from the day `first` to `last` (ordinals), and the memory of its points."""

    def __init__(self, past: Past, outline: Outline | None, first: int, last: int) -> None:
        self.card = past.card
        self.file = outline.file if outline else ""
        """Of its deck; empty where no deck has it any more."""
        self.points = past.points
        self.difficulty = past.difficulty
        self._weights = outline.weights if outline else {}
        self.today = sum(1 << place for place, point in enumerate(past.points) if point in self._weights)
        """The points that the deck has today, as bits."""
        self.held, self.spans = past.held, past.spans
        self._weighed: dict[int, float] = {}
        self.reviews: list[Asked] = []
        tests = [(int(mask), True, told) if mask > 0 else (int(-mask), False, told) for mask, told in past.tests]
        at = 0
        for moment, day, spent, promised, code, away, count in past.reviews:
            end = at + int(count)
            if first <= day <= last:
                kind = _KINDS[int(code)]
                self.reviews.append((moment, int(day), spent, promised, *kind, away, tests[at:end]))
            at = end

    def weight(self, points: int) -> float:
        """Return what these points weigh together; one that is in no deck any more weighs 1."""
        found = self._weighed.get(points)
        if found is None:
            names = [name for place, name in enumerate(self.points) if points >> place & 1]
            found = self._weighed[points] = sum(self._weights.get(each, 1.0) for each in names)
        return found


def read_pasts(
    collection: Collection, scope: Scope, outlines: list[Outline], first: int, last: int
) -> Iterator[CardPast]:
    """Yield the past of each card in scope; where that is everything, of cards in no deck too."""
    outline_of = {each.card: each for each in outlines}
    for past in collection.pasts(first):
        outline = outline_of.get(past.card)
        if outline is not None or scope.is_all:
            yield CardPast(past, outline, first, last)


def oldest_day(collection: Collection, scope: Scope, outlines: list[Outline]) -> date | None:
    """Return the day of the first review of these cards; None without any."""
    cards = {each.card for each in outlines}
    oldest = min((day for card, day in collection.oldest_days() if scope.is_all or card in cards), default=None)
    return None if oldest is None else date.fromordinal(oldest)

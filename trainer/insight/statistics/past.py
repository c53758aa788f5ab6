"""The reviews of each card, with what was known of its points before each: read once for all numbers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import accumulate

from trainer.clock import local_day
from trainer.collection.collection import Collection
from trainer.insight.statistics.scope import Scope
from trainer.library.shelf import Outline
from trainer.progress.past import GIVEN, HEAD, IMPORTED, NEVER, RESET, UNKNOWN, Past

# Plain tuples: there are hundreds of thousands of them, and they are made while someone waits.
Test = tuple[int, bool, float, int]
"""Points asked (as bits) that had the same memory: whether made, the stability before, when they were last asked."""
Span = tuple[int, float, int, int, int]
"""Points (as bits) of one stability and last day, with the first day at whose end they had it, and no more."""
Asked = tuple[float, int, float, float, int, bool, bool, float, list[Test]]
"""A review: its moment, day, seconds, days promised, rating, whether given, whether imported, days since the
review before (`UNKNOWN` for the first), and what it says of points that had a memory."""


class CardPast:
    """The past of one card: its reviews from a day on, and the memory of its points from then on."""

    def __init__(self, past: Past, outline: Outline | None, collection: Collection, first: int) -> None:
        self.card = past.card
        self.file = outline.file if outline else ""
        """Of its deck; empty where no deck has it any more."""
        self.points = past.points
        self.difficulty = past.difficulty
        self._weights = outline.weights if outline else {}
        self.today = sum(1 << place for place, point in enumerate(past.points) if point in self._weights)
        """The points that the deck has today, as bits."""
        self._weighed: dict[int, float] = {}
        self.reviews: list[Asked] = []
        self.spans: list[Span] = []
        self._numbers = past.numbers
        self._rows = past.rows()
        self._days = [self._numbers[at + 1] for at in self._rows]
        if 0.0 in self._days:
            self._days = [self._numbers[at + 1] or self._day_of_reset(at, collection) for at in self._rows]
        self._follow(first)

    def _day_of_reset(self, at: int, collection: Collection) -> int:
        moment = datetime.fromtimestamp(self._numbers[at], UTC)
        return local_day(moment, collection.settings.day_start).toordinal()

    def _begin(self, first: int, reached: list[float]) -> int:
        """Return the row to begin with: from there on all is known that counts from the day `first` on."""
        numbers = self._numbers
        row, unknown = len(self._rows), (1 << len(self.points)) - 1
        while row and (reached[row - 1] >= first or unknown):
            row -= 1
            at = self._rows[row]
            if reached[row] < first:
                for place in range(at + HEAD, at + HEAD + 2 * int(numbers[at + 5]), 2):
                    unknown &= ~int(abs(numbers[place]))
                if numbers[at + 4] == RESET:
                    break
        return row

    def _follow(self, first: int) -> None:
        """Go through the rows; a day that lies before that of an earlier row counts as reached with that."""
        numbers, spans = self._numbers, self.spans
        reached = list(accumulate(self._days, max))
        held: list[tuple[int, float, int, int]] = []  # points, stability, last day, since
        begin = self._begin(first, reached)
        before = self._day_before(begin)
        for row in range(begin, len(self._rows)):
            at, day, now = self._rows[row], int(self._days[row]), int(reached[row])
            moment, _, spent, promised, kind, count = numbers[at : at + HEAD]
            code = int(kind)
            pairs = numbers[at + HEAD : at + HEAD + 2 * int(count)]
            masks = list(map(int, pairs[::2]))
            asked = 0
            for mask in masks:
                asked |= abs(mask)
            tests: list[Test] = []
            kept: list[tuple[int, float, int, int]] = []
            for points, stability, last_day, since in held:
                common = points if code == RESET else points & asked
                if not common:
                    kept.append((points, stability, last_day, since))
                    continue
                if since < now > first:
                    spans.append((common, stability, last_day, since, now))
                if common != points:
                    kept.append((points ^ common, stability, last_day, since))
                if day >= first:
                    parts = ((common & abs(mask), mask > 0) for mask in masks)
                    tests += [(part, made, stability, last_day) for part, made in parts if part]
            held = kept
            if code == RESET:
                before = UNKNOWN
                continue
            held += [(abs(mask), stability, day, now) for mask, stability in zip(masks, pairs[1::2], strict=True)]
            if day >= first:
                away = UNKNOWN if before == UNKNOWN else max(0.0, day - before)
                self.reviews.append(
                    (moment, day, spent, promised, code & 3, bool(code & GIVEN), bool(code & IMPORTED), away, tests)
                )
            before = day
        spans += [(*each, NEVER) for each in held]

    def _day_before(self, row: int) -> float:
        """Return the day of the review before a row; `UNKNOWN` where there is none."""
        if row == 0 or self._numbers[self._rows[row - 1] + 4] == RESET:
            return UNKNOWN
        return self._days[row - 1]

    def weight(self, points: int) -> float:
        """Return what these points weigh together; one that is in no deck any more weighs 1."""
        found = self._weighed.get(points)
        if found is None:
            names = [name for place, name in enumerate(self.points) if points >> place & 1]
            found = self._weighed[points] = sum(self._weights.get(each, 1.0) for each in names)
        return found


def read_pasts(collection: Collection, scope: Scope, outlines: list[Outline], first: int) -> Iterator[CardPast]:
    """Yield the past of each card in scope, from a day on; where that is everything, of cards in no deck too."""
    outline_of = {each.card: each for each in outlines}
    for past in collection.pasts():
        outline = outline_of.get(past.card)
        if outline is not None or scope.is_all:
            yield CardPast(past, outline, collection, first)


def oldest_day(collection: Collection, scope: Scope, outlines: list[Outline]) -> date | None:
    """Return the day of the first review of these cards; None without any."""
    cards = {each.card for each in outlines}
    oldest = min((day for card, day in collection.oldest_days() if scope.is_all or card in cards), default=None)
    return None if oldest is None else date.fromordinal(oldest)

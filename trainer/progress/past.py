"""Every review of a card in brief, kept with its state: what statistics are made of, without reading the log again."""

import json
import math
from array import array
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from trainer.cache import Cache
from trainer.memory.model import MemoryModel
from trainer.model import Memory, Rating
from trainer.progress.events import ReviewEvent

SCHEMA = """
CREATE TABLE past (
    card TEXT PRIMARY KEY, oldest INTEGER, newest INTEGER, points TEXT, difficulty BLOB, held BLOB,
    spans BLOB, reviews BLOB, tests BLOB);
"""
RATINGS = tuple(Rating)
GIVEN, IMPORTED = 4, 8
"""Flags beside the place of a rating among all ratings."""
NEVER = date.max.toordinal()
"""A day that does not come."""
UNKNOWN = -1.0
"""Stands for seconds and days that the log does not say."""
_PLACES, _MOST_PLACES = 50, 1000
"""Points whose places a float holds as bits without loss, and those that it can hold at all."""

Row = tuple[float, float, float, float, float, float, float]
"""A review: its moment (seconds since 1970), its day (ordinal), the seconds spent, the days promised before it, its
rating with flags, the days since the review before, and how many tests belong to it; days may be `UNKNOWN`."""
Test = tuple[float, float]
"""Points (as bits, under 0 where they were missed) that had the same memory, and the recall (0-1) it gave them."""
Held = tuple[float, float, float, float]
"""Points (as bits) of one stability, the day they were last asked, and the first day at whose end they had it."""
Span = tuple[float, float, float, float, float]
"""The same of what is past, with the first day at whose end they had it no more."""


class Recorder:
    """Takes down the reviews of one card as they are replayed, after those that are kept already.

    Points are bits by their place among the card's points. A review dated before an earlier line of the card counts
    with that line's day where the question is what was known on a day.
    """

    def __init__(self, cache: Cache, card: str, goes_on: bool, model: MemoryModel) -> None:
        self._cache = cache
        self._card = card
        self._model = model
        sql = "SELECT oldest, newest, points, held, spans, reviews, tests FROM past WHERE card = ?"
        row = cache.one(sql, card) if goes_on else None
        self._oldest, self._newest, points, held, *rest = row or (NEVER, 0, "[]", b"", b"", b"", b"")
        self._bits = {point: 1 << place for place, point in enumerate(json.loads(points))}
        self._held = [(int(bits), *others) for bits, *others in zip(*[iter(array("d", held))] * 4, strict=True)]
        self._spans, self._reviews, self._tests = (array("d", each) for each in rest)

    def review(
        self,
        event: ReviewEvent,
        moment: datetime,
        day: date,
        spent: float,
        promised: float,
        before: date | None,
        missed: Iterable[str],
        recalled: Iterable[str],
        memory: dict[str, Memory],
    ) -> None:
        """Take down a review that judged these points, with the memory after it.

        `before` is the day of the review before; days promised and seconds may be `UNKNOWN`.
        """
        number = day.toordinal()
        self._oldest, self._newest = min(self._oldest, number), max(self._newest, number)
        masks = [*self._masks(missed, memory, -1), *self._masks(recalled, memory, 1)]
        tests = self._end(masks, number)
        self._held += [(abs(mask), stability, number, self._newest) for mask, stability in masks]
        code = RATINGS.index(event.rating) + GIVEN * event.given + IMPORTED * bool(event.batch)
        away = UNKNOWN if before is None else max(0, number - before.toordinal())
        self._reviews.extend((moment.timestamp(), number, spent, promised, code, away, tests))

    def _masks(self, points: Iterable[str], memory: dict[str, Memory], sign: int) -> Iterator[tuple[int, float]]:
        """Yield points as bits, each with the stability that they have now; so few bits at once as a float can hold."""
        bits = self._bits
        found: dict[float, int] = {}
        for point in points:
            bit = bits.get(point) or bits.setdefault(point, 1 << len(bits))
            stability = memory[point].stability
            found[stability] = found.get(stability, 0) | bit
        for stability, mask in found.items():
            if mask >> _PLACES:
                for place in range(0, _MOST_PLACES, _PLACES):
                    if part := mask & ((1 << _PLACES) - 1 << place):
                        yield sign * part, stability
            else:
                yield sign * mask, stability

    def _end(self, masks: list[tuple[int, float]], day: int) -> int:
        """End what was held of the points asked on a day; return how many tests of it that makes."""
        asked = tests = 0
        for mask, _ in masks:
            asked |= abs(mask)
        kept = []
        for points, stability, last_day, since in self._held:
            common = points & asked
            if common != points:
                kept.append((points ^ common, stability, last_day, since))
            if not common:
                continue
            self._span(common, stability, last_day, since)
            recall = self._model.recall(stability, max(0, day - last_day))
            for mask, _ in masks:
                if part := common & abs(mask):
                    self._tests.extend((part if mask > 0 else -part, recall))
                    tests += 1
        self._held = kept
        return tests

    def _span(self, points: int, stability: float, last_day: float, since: float) -> None:
        if since < self._newest:
            self._spans.extend((points, stability, last_day, since, self._newest))

    def reset(self, day: date) -> None:
        """Take down that the card was begun anew."""
        self._newest = max(self._newest, day.toordinal())
        for each in self._held:
            self._span(*each)
        self._held = []

    def keep(self, memory: dict[str, Memory]) -> None:
        """Keep what was taken down, within a write; `memory` is that after all of it."""
        if self._reviews:
            difficulty = array("d", [memory[each].difficulty if each in memory else math.nan for each in self._bits])
            held = array("d", [number for each in self._held for number in each])
            arrays = (difficulty, held, self._spans, self._reviews, self._tests)
            self._cache.run(
                "INSERT OR REPLACE INTO past VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                self._card, self._oldest, self._newest, json.dumps([*self._bits]), *(each.tobytes() for each in arrays),
            )  # fmt: skip


def forget(cache: Cache, card: str) -> None:
    """Forget the past of a card, within a write."""
    cache.run("DELETE FROM past WHERE card = ?", card)


class Past(NamedTuple):
    """What was kept of one card."""

    card: str
    points: list[str]
    """Ids, in the order of their places."""
    difficulty: "array[float]"
    """Of each point today; not a number where it has no memory."""
    held: list[Held]
    spans: list[Span]
    reviews: list[Row]
    """In the order of the log, as are the tests."""
    tests: list[Test]


def pasts(cache: Cache, first: int) -> Iterator[Past]:
    """Yield the past of every card that has one, by id.

    Where nothing happened from the day `first` (ordinal) on, only what is held and the difficulty are given.
    """
    late = ", ".join(f"CASE WHEN newest >= ?1 THEN {each} ELSE x'' END" for each in ("spans", "reviews", "tests"))
    sql = f"SELECT card, points, difficulty, held, {late} FROM past ORDER BY card"
    for card, points, difficulty, held, spans, reviews, tests in cache.read(_checked, sql, first):
        yield Past(
            card, points, difficulty,
            [*zip(*[iter(held)] * 4, strict=True)], [*zip(*[iter(spans)] * 5, strict=True)],
            [*zip(*[iter(reviews)] * 7, strict=True)], [*zip(*[iter(tests)] * 2, strict=True)],
        )  # fmt: skip


def _checked(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return rows with their arrays, which hold less memory than numbers do. Raises ValueError for damage."""
    return [(card, json.loads(points), *(array("d", each) for each in blobs)) for card, points, *blobs in rows]


def oldest_days(cache: Cache) -> list[tuple[str, int]]:
    """Return the cards that were ever reviewed, each with the ordinal of the day of its first review."""
    return [(row[0], row[1]) for row in cache.query("SELECT card, oldest FROM past WHERE oldest < ?", NEVER)]

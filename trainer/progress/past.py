"""Every review of a card in brief, kept with its state: what statistics are made of, without reading the log again."""

import json
import math
from array import array
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from trainer.cache import Cache
from trainer.model import Memory, Rating
from trainer.progress.events import ReviewEvent

SCHEMA = """
CREATE TABLE past (card TEXT PRIMARY KEY, oldest INTEGER, points TEXT, difficulty BLOB, reviews BLOB);
"""
HEAD = 6
"""Numbers of a review before its pairs."""
RATINGS = tuple(Rating)
GIVEN, IMPORTED, RESET = 4, 8, 16
"""Flags beside the place of a rating among all ratings; the last stands alone, where a card was begun anew."""
NEVER = date.max.toordinal()
"""A day that does not come."""
UNKNOWN = -1.0
"""Stands for seconds and days that the log does not say."""
_PLACES, _MOST_PLACES = 50, 1000
"""Points whose places a float holds as bits without loss, and those that it can hold at all."""


class Recorder:
    """Takes down the reviews of one card as they are replayed, after those that are kept already.

    A review is a row of numbers: its moment (seconds since 1970), its day (ordinal), the seconds spent, the days
    promised before it, its rating with flags, and how many pairs follow. A pair is the points asked of one
    stability, as bits by their place among the card's points, under 0 where they were missed; and that stability.
    """

    def __init__(self, cache: Cache, card: str, goes_on: bool) -> None:
        self._cache = cache
        self._card = card
        row = cache.one("SELECT oldest, points, reviews FROM past WHERE card = ?", card) if goes_on else None
        self._oldest, points, reviews = row or (NEVER, "[]", b"")
        self._bits = {point: 1 << place for place, point in enumerate(json.loads(points))}
        self._numbers = array("d", reviews)

    def review(
        self,
        event: ReviewEvent,
        moment: datetime,
        day: date,
        spent: float,
        promised: float,
        missed: Iterable[str],
        recalled: Iterable[str],
        memory: dict[str, Memory],
    ) -> None:
        """Take down a review that judged these points, with the memory after it; days and seconds may be `UNKNOWN`."""
        pairs = [*self._pairs(missed, memory, -1), *self._pairs(recalled, memory, 1)]
        code = RATINGS.index(event.rating) + GIVEN * event.given + IMPORTED * bool(event.batch)
        number = day.toordinal()
        self._oldest = min(self._oldest, number)
        self._numbers.extend((moment.timestamp(), number, spent, promised, code, len(pairs)))
        for pair in pairs:
            self._numbers.extend(pair)

    def _pairs(self, points: Iterable[str], memory: dict[str, Memory], sign: int) -> Iterator[tuple[float, float]]:
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

    def reset(self, moment: datetime) -> None:
        """Take down that the card was begun anew."""
        self._numbers.extend((moment.timestamp(), 0, UNKNOWN, UNKNOWN, RESET, 0))

    def keep(self, memory: dict[str, Memory]) -> None:
        """Keep what was taken down, within a write; `memory` is that after all of it."""
        if self._numbers:
            difficulty = array("d", [memory[each].difficulty if each in memory else math.nan for each in self._bits])
            points = json.dumps([*self._bits])
            sql = "INSERT OR REPLACE INTO past VALUES (?, ?, ?, ?, ?)"
            self._cache.run(sql, self._card, self._oldest, points, difficulty.tobytes(), self._numbers.tobytes())


def forget(cache: Cache, card: str) -> None:
    """Forget the past of a card, within a write."""
    cache.run("DELETE FROM past WHERE card = ?", card)


class Past(NamedTuple):
    """What was kept of one card."""

    card: str
    points: list[str]
    """Ids, in the order of their places."""
    difficulty: list[float]
    """Of each point today; not a number where it has no memory."""
    numbers: list[float]
    """The rows of its reviews, in the order of the log, as `Recorder` says."""

    def rows(self) -> list[int]:
        """Return where each row begins."""
        starts, at, numbers = [], 0, self.numbers
        while at < len(numbers):
            starts.append(at)
            at += HEAD + 2 * int(numbers[at + HEAD - 1])
        return starts


def pasts(cache: Cache) -> list[Past]:
    """Return the past of every card that has one, by id."""
    sql = "SELECT card, points, difficulty, reviews FROM past ORDER BY card"
    return cache.read(lambda rows: [_past(*row) for row in rows], sql)


def _past(card: str, points: str, difficulty: bytes, reviews: bytes) -> Past:
    return Past(card, json.loads(points), array("d", difficulty).tolist(), array("d", reviews).tolist())


def oldest_days(cache: Cache) -> list[tuple[str, int]]:
    """Return the cards that were ever reviewed, each with the ordinal of the day of its first review."""
    return [(row[0], row[1]) for row in cache.query("SELECT card, oldest FROM past WHERE oldest < ?", NEVER)]

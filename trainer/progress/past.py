"""Every review of a card in brief, kept with its state: what statistics are made of, without reading the log again."""

import json
import math
import struct
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from trainer.cache import Cache
from trainer.memory.model import MemoryModel
from trainer.model import Memory, Rating
from trainer.progress.events import ReviewEvent

SCHEMA = """
CREATE TABLE past (
    id INTEGER PRIMARY KEY, card TEXT UNIQUE, oldest INTEGER, newest INTEGER, points TEXT, difficulty BLOB, held BLOB);
CREATE TABLE passed (id INTEGER PRIMARY KEY, ended BLOB, reviews BLOB);
"""
RATINGS = tuple(Rating)
CODES = {rating: code for code, rating in enumerate(RATINGS)}
GIVEN, IMPORTED, TESTED, EARLY = 4, 8, 16, 32
"""Flags beside the place of a rating among all ratings: others were given, it came with an import, it came on a later
day than the review before of an answer that had to hold for over a day, and did so before the day promised."""
NEVER = date.max.toordinal()
"""A day that does not come."""
UNKNOWN = -1.0
"""Stands for seconds and days that the log does not say."""
PLACES, MOST_PLACES = 50, 1000
"""Points whose places a float holds as bits without loss, and those that it can hold at all."""

Hold = tuple[float, float, float]
"""A memory: its stability, the day (ordinal) it was last asked, and the first day at whose end it was so."""
HELD = struct.Struct("4d")
"""Some points that have the same memory: the points as bits, by their places, and the three numbers of `Hold`."""
ENDED = struct.Struct("5d")
"""Some points that had the same memory until they were asked: the points as bits, under 0 where they were missed then,
the three numbers of `Hold`, and the first day at whose end they had it no more."""
REVIEW = struct.Struct("10d")
"""A review: the `QUARTER` since 1970 it was written in, its day (ordinal), the seconds spent or `UNKNOWN`, its rating
with flags. Of the points that had a memory before and that the deck has, how many were asked and how many missed. By
the weights of all that had one, the coverage (0-1) foretold and made. The place of the first entry of `ENDED` it made,
and how many these are."""
QUARTER = 900
"""Seconds; no zone begins a new hour anywhere but at a multiple of these."""


class Recorder:
    """Takes down the reviews of one card as they are replayed, after those that are kept already.

    `weights` are those of the points that the card's deck has, None where no deck has it. Points are bits by their
    place among the card's points. A review dated before an earlier line of the card counts with that line's day where
    the question is what was known on a day.
    """

    def __init__(
        self, cache: Cache, card: str, goes_on: bool, model: MemoryModel, weights: Mapping[str, float] | None
    ) -> None:
        self._cache = cache
        self._card = card
        self._model = model
        self._weights = weights or {}
        sql = "SELECT id, oldest, newest, points, held, ended, reviews FROM past JOIN passed USING (id) WHERE card = ?"
        row = cache.one(sql, card) if goes_on else None
        self._id, self._oldest, self._newest, points, held, *kept = row or (None, NEVER, 0, "{}", b"", b"", b"")
        self._kept: list[bytes] = kept
        """What ended and what was reviewed, as it is kept already."""
        self._weighed = json.loads(points)
        """The weights that this was weighed by."""
        self._bits = {point: 1 << place for place, point in enumerate(self._weighed)}
        self._count = len(kept[0]) // ENDED.size
        """How much ended."""
        self._ended: list[float] = []
        self._reviews: list[float] = []
        self._holds: dict[str, Hold] = {}
        for mask, *hold in HELD.iter_unpack(held):
            bits = int(mask)
            self._holds |= {point: tuple(hold) for point, bit in self._bits.items() if bits & bit}

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
        if number < self._oldest:
            self._oldest = number
        if number > self._newest:
            self._newest = number
        first = self._count
        lost, told = self._judge(missed, -1, number, memory) if missed else (0, 0.0)
        made, foretold = self._judge(recalled, 1, number, memory) if recalled else (0, 0.0)
        code = CODES[event.rating] + (GIVEN if event.given else 0) + (IMPORTED if event.batch else 0)
        if self._count > first and before is not None:
            away = number - before.toordinal()
            if away >= 1 and (promised if promised >= 0 else away) > 1:
                code += TESTED + (EARLY if away < promised else 0)
        count = self._count - first
        quarter = moment.timestamp() // QUARTER
        asked = lost + made
        shares = ((told + foretold) / asked, made / asked) if asked else (0.0, 0.0)
        self._reviews += (quarter, number, spent, code, asked, lost, *shares, first, count)

    def _judge(self, points: Iterable[str], sign: int, day: int, memory: dict[str, Memory]) -> tuple[int, float]:
        """Take down the new memory of points, and what ended; return how many had one, and the sum of their recall."""
        bits, holds, newest = self._bits, self._holds, self._newest
        begun: dict[float, Hold] = {}
        ended: dict[Hold, int] = {}
        for point in points:
            bit = bits.get(point) or bits.setdefault(point, 1 << len(bits))
            hold = holds.get(point)
            if hold is not None:
                ended[hold] = ended.get(hold, 0) | bit
            stability = memory[point].stability
            holds[point] = begun.get(stability) or begun.setdefault(stability, (stability, day, newest))
        asked, foretold = 0, 0.0
        for hold, mask in ended.items():
            number = mask.bit_count()
            asked += number
            foretold += number * self._model.recall(hold[0], max(0, day - hold[1]))
            if mask >> PLACES:
                self._end_many(mask, sign, hold)
            else:
                self._count += 1
                self._ended += (sign * mask, *hold, newest)
        return asked, foretold

    def _end_many(self, mask: int, sign: int, hold: Hold) -> None:
        """Take down that these points (as bits) lost the memory they had."""
        for part in parts(mask):
            self._count += 1
            self._ended += (sign * part, *hold, self._newest)

    def reset(self, day: date) -> None:
        """Take down that the card was begun anew."""
        self._newest = max(self._newest, day.toordinal())
        for hold, mask in self._groups().items():
            self._end_many(mask, 1, hold)
        self._holds.clear()

    def _groups(self) -> dict[Hold, int]:
        """Return the points (as bits) of each memory there is."""
        groups: dict[Hold, int] = {}
        for point, bit in self._bits.items():
            hold = self._holds.get(point)
            if hold is not None:
                groups[hold] = groups.get(hold, 0) | bit
        return groups

    def keep(self, memory: dict[str, Memory]) -> None:
        """Keep what was taken down, within a write; `memory` is that after all of it."""
        if not self._reviews and not self._ended:
            return
        points = {point: self._weights.get(point) for point in self._bits}
        ended, reviews = (
            kept + _packed(new) for kept, new in zip(self._kept, (self._ended, self._reviews), strict=True)
        )
        if len({*points.values()} | {*self._weighed.values()}) > 1:  # else it is the mean, which it was taken down as
            reviews = weighed(reviews, ended, points, self._model)
        difficulty = [memory[each].difficulty if each in memory else math.nan for each in self._bits]
        held = [number for hold, mask in self._groups().items() for part in parts(mask) for number in (part, *hold)]
        row = (self._oldest, self._newest, json.dumps(points), _packed(difficulty), _packed(held))
        if self._id is None:
            self._cache.run("INSERT INTO past VALUES (NULL, ?, ?, ?, ?, ?, ?)", self._card, *row)
            self._cache.run("INSERT INTO passed VALUES (last_insert_rowid(), ?, ?)", ended, reviews)
        else:
            sql = "UPDATE past SET oldest = ?, newest = ?, points = ?, difficulty = ?, held = ? WHERE id = ?"
            self._cache.run(sql, *row, self._id)
            self._cache.run("UPDATE passed SET ended = ?, reviews = ? WHERE id = ?", ended, reviews, self._id)


def _packed(numbers: list[float]) -> bytes:
    return struct.pack(f"{len(numbers)}d", *numbers)


def parts(mask: int) -> Iterator[int]:
    """Yield points (as bits) in so few at once as a float can hold."""
    if not mask >> PLACES:
        yield mask
        return
    for place in range(0, MOST_PLACES, PLACES):
        if part := mask & ((1 << PLACES) - 1 << place):
            yield part


def weighed(reviews: bytes, ended: bytes, points: Mapping[str, float | None], model: MemoryModel) -> bytes:
    """Return many of `REVIEW` by other weights of points; None is for one that no deck has any more: it weighs 1."""
    entries = list(ENDED.iter_unpack(ended))
    sums: dict[float, tuple[float, int]] = {}
    found: list[float] = []
    for *known, _, _, _, _, first, count in REVIEW.iter_unpack(reviews):
        asked = missed = foretold = made = whole = 0.0
        for mask, stability, last, _, _ in entries[int(first) : int(first + count)]:
            weight, number = sums.get(mask) or sums.setdefault(mask, _sum(abs(int(mask)), points))
            asked += number
            missed += number if mask < 0 else 0
            foretold += weight * model.recall(stability, max(0.0, known[1] - last))
            made += weight if mask > 0 else 0
            whole += weight
        whole = whole or 1.0
        found += (*known, asked, missed, foretold / whole, made / whole, first, count)
    return _packed(found)


def _sum(mask: int, points: Mapping[str, float | None]) -> tuple[float, int]:
    """Return the weight of some points (as bits), and how many of them the deck has."""
    weights = [weight for place, weight in enumerate(points.values()) if mask >> place & 1]
    return sum(1.0 if each is None else each for each in weights), len(weights) - weights.count(None)


class Past(NamedTuple):
    """What was kept of one card."""

    card: str
    points: dict[str, float | None]
    """By id, in the order of their places, the weight by which reviews were weighed: None where the deck had it not."""
    difficulty: bytes
    """Of each point today, a float each; not a number where it has no memory."""
    held: bytes
    """Many of `HELD`."""
    ended: bytes
    """Many of `ENDED`."""
    reviews: bytes
    """Many of `REVIEW`, in the order of the log."""


def pasts(cache: Cache, first: int, cards: Iterable[str] | None = None) -> list[Past]:
    """Return the past of every card that has one, or of those among `cards`, by id.

    Where nothing happened from the day `first` (ordinal) on, only what is held and the difficulty are given.
    """
    sql = (
        "SELECT card, points, difficulty, held, coalesce(ended, x''), coalesce(reviews, x'') FROM past"
        f" LEFT JOIN passed ON passed.id = past.id AND newest >= ?{_among(cards)}"
    )
    return sorted(cache.read(_checked, sql, first, *_listed(cards)))


def _checked(rows: list[tuple[Any, ...]]) -> list[Past]:
    """Return rows as pasts. Raises ValueError for damage."""
    points = json.loads(f"[{','.join(row[1] for row in rows)}]")
    for size, blobs in zip((8, HELD.size, ENDED.size, REVIEW.size), [*zip(*rows, strict=True)][2:], strict=False):
        if sum(map(len, blobs)) % size:
            raise ValueError("These are no numbers.")
    return [Past(row[0], each, *row[2:]) for row, each in zip(rows, points, strict=True)]


def oldest_day(cache: Cache, cards: Iterable[str] | None = None) -> int | None:
    """Return the ordinal of the day of the first review of all cards, or of those among `cards`; None for none."""
    row = cache.one(f"SELECT min(oldest) FROM past{_among(cards)}", *_listed(cards))
    return row[0] if row else None


def _among(cards: Iterable[str] | None) -> str:
    return "" if cards is None else " WHERE card IN (SELECT value FROM json_each(?))"


def _listed(cards: Iterable[str] | None) -> list[str]:
    return [] if cards is None else [json.dumps([*cards])]


def forget(cache: Cache, card: str) -> None:
    """Forget the past of a card, within a write."""
    cache.run("DELETE FROM passed WHERE id = (SELECT id FROM past WHERE card = ?)", card)
    cache.run("DELETE FROM past WHERE card = ?", card)

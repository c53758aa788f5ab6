"""How many points could be recalled, day by day: expected from memory."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from math import fsum, inf
from operator import lt

from trainer.insight.statistics.past import CardPasts, Held, how_many
from trainer.memory.model import MemoryModel, Remembered

SAMPLES = 16
"""The most days of a period that are looked at, its first and last included."""


@dataclass(frozen=True)
class Known:
    """Points at the end of some days of the period."""

    days: tuple[date, ...]
    known: tuple[float, ...]
    """Points expected to be recalled: the sum of their retrievability."""
    asked: tuple[int, ...]
    """Points asked at least once by then."""


def known(pasts: CardPasts, model: MemoryModel, first: int, last: int) -> Known:
    """Return the points known at the end of up to `SAMPLES` days from `first` to `last` (ordinals)."""
    days = sample_days(first, last)
    sums: list[list[float]] = [[] for _ in days]
    counts = [0] * len(days)
    for remembered in (pasts.held, pasts.ended):
        for (low, high), live in _lives(remembered, days).items():
            number = round(sum(live[0]))
            for place, recalled in enumerate(model.recalled(live, days[low:high]), low):
                sums[place].append(recalled)
                counts[place] += number
    return Known(tuple(map(date.fromordinal, days)), tuple(map(fsum, sums)), tuple(counts))


def _lives(each: Held, days: list[int]) -> dict[tuple[int, int], Remembered]:
    """Return what was remembered at the end of the same days, by the first place among these and the one behind."""
    ends = each.end or [inf] * len(each.since)
    after = {day: next((one for one in days if one >= day), inf) for day in {*each.since}}
    starts = [*map(after.__getitem__, each.since)]
    seen = [*map(lt, starts, ends)]
    starts, ends = [*compress(starts, seen)], [*compress(ends, seen)]
    times = zip(_places(days, starts), _places(days, ends), strict=True)
    numbers = how_many(compress(each.points, seen))
    found: dict[tuple[int, int], Remembered] = defaultdict(lambda: (array("d"), array("d"), array("d")))
    rows = zip(times, numbers, compress(each.stability, seen), compress(each.last, seen), strict=True)
    for time, number, stability, last in rows:
        live = found[time]
        live[0].append(number)
        live[1].append(stability)
        live[2].append(last)
    return found


def _places(days: list[int], each: Sequence[float]) -> list[int]:
    """Return for each of these days the place of the first of `days` that is not before it."""
    place = {day: bisect_left(days, day) for day in {*each}}
    return [*map(place.__getitem__, each)]


def sample_days(first: int, last: int) -> list[int]:
    """Return every day from `first` to `last`, or `SAMPLES` of them evenly spread where they are more."""
    steps = min(last - first, SAMPLES - 1)
    return [last - (last - first) * (steps - step) // steps for step in range(steps)] + [last]

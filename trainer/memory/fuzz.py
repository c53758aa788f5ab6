"""Due days spread a little: repeatable, kind to busy days, true to the mean."""

import hashlib
import math
from collections.abc import Callable

SHORTEST = 2.5
"""Days; a shorter interval is not spread."""
CLIPPED_MEAN = 0.995
"""Of the maximum interval: what intervals at the maximum come to on average."""


def draw(card_id: str, reviews: int) -> float:
    """Return the number (0-1) that places a card within its range: the same for all ratings, each time."""
    digest = hashlib.sha256(f"{card_id}\n{reviews}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def fuzz_range(days: int, maximum: int) -> tuple[int, int]:
    """Return the first and last day that FSRS allows for an interval of `days`."""
    if days < SHORTEST:
        return days, days
    from fsrs.scheduler import FUZZ_RANGES  # 30 ms that a look at what is due need not pay

    delta = 1.0 + sum(each["factor"] * max(min(days, each["end"]) - each["start"], 0.0) for each in FUZZ_RANGES)
    last = min(round(days + delta), maximum)
    return min(max(2, round(days - delta)), last), last


def fuzzed(days: int, maximum: int, place: float, already_due: Callable[[int], int]) -> int:
    """Return the interval of `days` moved within its range.

    `place` (0-1) is a `draw`, `already_due(n)` the number of cards due in n days. A day weighs
    1 / (cards due + 1)^2 / days away, tilted so that the mean stays the interval asked for.
    """
    first, last = fuzz_range(days, maximum)
    if first == last:
        return days
    range_ = range(first, last + 1)
    weights = [1 / (already_due(day) + 1) ** 2 / day for day in range_]
    shares = _with_mean(list(range_), weights, min(days, last * CLIPPED_MEAN))
    reached = 0.0
    for day, share in zip(range_, shares, strict=True):
        reached += share
        if place < reached:
            return day
    return last


def _with_mean(days: list[int], weights: list[float], mean: float) -> list[float]:
    """Return shares that sum to 1, near `weights` and with this mean: exponential tilting."""
    high = 600 / (days[-1] - days[0])  # as steep as a float can bear
    low = -high
    shares: list[float] = []
    for _ in range(50):
        tilt = (low + high) / 2
        shares = [weight * math.exp(tilt * (day - mean)) for day, weight in zip(days, weights, strict=True)]
        if sum(share * (day - mean) for day, share in zip(days, shares, strict=True)) < 0:
            low = tilt
        else:
            high = tilt
    whole = sum(shares)
    return [share / whole for share in shares]

"""How much of a card's answer is expected to be recalled, and when that falls due."""

from collections.abc import Iterable, Sequence
from datetime import date

from trainer.memory.model import MemoryModel
from trainer.model import Memory

Weighted = tuple[Memory, float]
"""A point's memory with its weight."""


def coverage(model: MemoryModel, points: Iterable[tuple[Memory | None, float]], day: date) -> float:
    """Return the share (0-1) of an answer expected on `day`: the weighted mean of its points.

    A point never asked counts 0. Raises ZeroDivisionError where there are no points.
    """
    made = whole = 0.0
    for memory, weight in points:
        whole += weight
        if memory is not None:
            made += weight * model.retrievability(memory, day)
    return made / whole


def crossing(model: MemoryModel, points: Sequence[Weighted], day: date, retention: float) -> float:
    """Return in how many days from `day` the coverage of asked points has fallen to `retention` (0-1).

    One point has FSRS's closed form. For several the weighted mean is solved by Newton's
    method from the left, where a falling convex curve is never overshot. Never under 0.
    """
    elapsed = [max(0, (day - memory.last_day).days) for memory, _ in points]
    single = [model.days_until(memory, retention) - days for (memory, _), days in zip(points, elapsed, strict=True)]
    if len(points) == 1:
        return max(0.0, single[0])
    at = max(0.0, min(single))
    for _ in range(200):
        above = slope = 0.0
        for (memory, weight), days in zip(points, elapsed, strict=True):
            above += weight * (model.recall_after(memory, at + days) - retention)
            slope += weight * model.decline_after(memory, at + days)
        if above <= 0:
            break
        step = above / -slope
        at += step
        if step < 1e-11:
            break
    return round(at, 9)


def interval(days: float, maximum: int) -> int:
    """Return a crossing as whole days, as `fsrs` rounds: at least 1, at most `maximum`."""
    return min(max(round(days), 1), maximum)

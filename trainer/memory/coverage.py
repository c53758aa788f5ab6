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

    One point has FSRS's closed form. For several the weighted mean, raised to 1 / decay, is a
    rising concave curve and nearly a line: Newton's method from the left never overshoots it,
    and is there in a few steps. Never under 0.
    """
    elapsed = [max(0, (day - memory.last_day).days) for memory, _ in points]
    single = [model.days_until(memory, retention) - days for (memory, _), days in zip(points, elapsed, strict=True)]
    if len(points) == 1:
        return max(0.0, single[0])
    at = max(0.0, min(single))
    whole = sum(weight for _, weight in points)
    power = 1 / model.decay
    for _ in range(200):
        share = slope = 0.0
        for (memory, weight), days in zip(points, elapsed, strict=True):
            share += weight * model.recall_after(memory, at + days)
            slope += weight * model.decline_after(memory, at + days)
        share /= whole
        if share <= retention:
            break
        step = share / (slope / whole) * ((retention / share) ** power - 1) / power
        at += step
        if step < 1e-11:
            break
    return round(at, 9)


def interval(days: float, maximum: int) -> int:
    """Return a crossing as whole days, as `fsrs` rounds: at least 1, at most `maximum`."""
    return min(max(round(days), 1), maximum)

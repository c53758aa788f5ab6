"""How one key point is remembered: FSRS-6 by the `fsrs` package, counted in days.

`fsrs` is loaded when a memory is first worked out; a home without reviews needs none of it.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from trainer.model import Memory, Rating

if TYPE_CHECKING:
    from fsrs import Rating as FsrsRating
    from fsrs import Scheduler

LONGEST_STABILITY = 36_500.0
"""Days."""
Remembered = tuple["array[float]", "array[float]", "array[float]"]
"""How many points are of one memory, their stability, and the day (ordinal) they were last asked: a column each."""
Asked = tuple[float, float, float]
"""The weight of a point, its stability, and the day (ordinal) it was last asked."""
_KEPT = 1 << 16
"""Steps of a memory that are kept: points of one card often have the same history."""


def bounded_weights(weights: Sequence[float]) -> tuple[float, ...] | None:
    """Return 21 weights to 4 decimals within FSRS's bounds, or None where they are no weights."""
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    if len(weights) != len(LOWER_BOUNDS_PARAMETERS) or not all(map(math.isfinite, weights)):
        return None
    bounds = zip(weights, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(round(weight, 4), low), high) for weight, low, high in bounds)


class MemoryModel:
    """FSRS with one set of weights, without steps or fuzz of its own."""

    def __init__(self, weights: Sequence[float] | None = None) -> None:
        self._given = weights
        self._next = lru_cache(maxsize=_KEPT)(self._step)
        self._harder = lru_cache(maxsize=_KEPT)(self._next_difficulty)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """The 21 weights in force."""
        from fsrs.scheduler import DEFAULT_PARAMETERS

        return tuple(self._given or DEFAULT_PARAMETERS)

    @cached_property
    def _scheduler(self) -> "Scheduler":
        from fsrs import Scheduler

        return Scheduler(self.weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False)

    @cached_property
    def _ratings(self) -> "dict[Rating, FsrsRating]":
        from fsrs import Rating as FsrsRating

        return dict(zip(Rating, FsrsRating, strict=True))

    @cached_property
    def decay(self) -> float:
        """The exponent of the forgetting curve, under 0."""
        return -self.weights[20]

    @cached_property
    def _factor(self) -> float:
        return float(0.9 ** (1 / self.decay) - 1)

    def review(self, memory: Memory | None, rating: Rating, day: date) -> Memory:
        """Return the memory of a point after it was asked on `day`; None stands for never asked.

        A day before the last one counts as the same day.
        """
        if memory is None:
            stability, difficulty = self._next(0.0, 0.0, -1, rating)
        else:
            elapsed = max(0, (day - memory.last_day).days)
            stability, difficulty = self._next(memory.stability, memory.difficulty, elapsed, rating)
        return Memory(stability, difficulty, day)

    def _step(self, stability: float, difficulty: float, elapsed: int, rating: Rating) -> tuple[float, float]:
        """Return stability and difficulty after a review `elapsed` days after the last, -1 for a first.

        These are the formulas that `Scheduler.review_card` puts together, without its dates and log, in
        under half the time; a test holds them to it, to the last digit.
        """
        fsrs, given = self._scheduler, self._ratings[rating]
        if elapsed < 0:
            stability, difficulty = (
                fsrs._initial_stability(rating=given),
                fsrs._initial_difficulty(rating=given, clamp=True),
            )
        else:
            if elapsed < 1:
                after = fsrs._short_term_stability(stability=stability, rating=given)
            else:
                recall = float((1 + self._factor * elapsed / stability) ** self.decay)
                after = fsrs._next_stability(
                    difficulty=difficulty, stability=stability, retrievability=recall, rating=given
                )
            stability, difficulty = after, self._harder(difficulty, given)
        return min(stability, LONGEST_STABILITY), difficulty

    def _next_difficulty(self, difficulty: float, rating: "FsrsRating") -> float:
        """Return the difficulty after a review: it does not depend on when that was, so that few are told apart."""
        return self._scheduler._next_difficulty(difficulty=difficulty, rating=rating)

    def retrievability(self, memory: Memory, day: date) -> float:
        """Return the probability (0-1) that the point is recalled on `day`."""
        return self.recall_after(memory, max(0, (day - memory.last_day).days))

    def recall_after(self, memory: Memory, days: float) -> float:
        """Return the probability (0-1) of recall this many days after it was last asked."""
        return self.recall(memory.stability, days)

    def recall(self, stability: float, days: float) -> float:
        """Return the probability (0-1) of recall this many days after a point of this stability was last asked.

        FSRS-6's forgetting curve: (1 + factor * days / stability) ** decay.
        """
        return float((1 + self._factor * days / stability) ** self.decay)

    def weight_recalled(self, points: Iterable[Asked], day: float) -> float:
        """Return what weight of these points is expected to be recalled on a day (ordinal).

        A day before the last one counts as the same day.
        """
        factor, decay = self._factor, self.decay
        return math.fsum(
            [
                weight * (1 + factor * (day - last if day > last else 0.0) / stability) ** decay
                for weight, stability, last in points
            ]
        )

    def recalled(self, remembered: Remembered, days: Sequence[int]) -> list[float]:
        """Return how many points are expected to be recalled on each of these days (ordinals), which are in order.

        None of the days may be before a point was asked. With n points of one memory, n * recall on a day d is
        (start + slope * d) ** decay for a line that is worked out once; d counts from the first day, to stay exact.
        """
        factor, decay, origin = self._factor, self.decay, days[0]
        starts, slopes = array("d"), array("d")  # which are quicker to go through than tuples
        for number, stability, last in zip(*remembered, strict=True):
            if number:
                slope = float(number ** (1 / decay)) * factor / stability
                starts.append(slope * (stability / factor - last + origin))
                slopes.append(slope)
        aways = [float(day - origin) for day in days]
        return [
            math.fsum([(start + slope * away) ** decay for start, slope in zip(starts, slopes, strict=True)])
            for away in aways
        ]

    def decline_after(self, memory: Memory, days: float) -> float:
        """Return how fast that probability falls, per day: the curve's derivative, at most 0."""
        base = 1 + self._factor * days / memory.stability
        return float(self.decay * self._factor / memory.stability * base ** (self.decay - 1))

    def days_until(self, memory: Memory, retention: float) -> float:
        """Return the days from when it was last asked until recall has fallen to `retention` (0-1)."""
        return float(memory.stability / self._factor * (retention ** (1 / self.decay) - 1))

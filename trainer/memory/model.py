"""How one key point is remembered: FSRS-6 by the `fsrs` package, counted in days."""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from fsrs import Card, Scheduler, State
from fsrs import Rating as FsrsRating
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from trainer.model import Memory, Rating

LONGEST_STABILITY = 36_500.0
"""Days."""
_RATINGS = dict(zip(Rating, FsrsRating, strict=True))


def bounded_weights(weights: Sequence[float]) -> tuple[float, ...] | None:
    """Return 21 weights to 4 decimals within FSRS's bounds, or None where they are no weights."""
    if len(weights) != len(DEFAULT_PARAMETERS) or not all(map(math.isfinite, weights)):
        return None
    bounds = zip(weights, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(round(weight, 4), low), high) for weight, low, high in bounds)


class MemoryModel:
    """FSRS with one set of weights, without steps or fuzz of its own."""

    def __init__(self, weights: Sequence[float] | None = None) -> None:
        self.weights = tuple(weights or DEFAULT_PARAMETERS)
        self._scheduler = Scheduler(self.weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        self._decay = -self.weights[20]
        self._factor = 0.9 ** (1 / self._decay) - 1

    def review(self, memory: Memory | None, rating: Rating, day: date) -> Memory:
        """Return the memory of a point after it was asked on `day`; None stands for never asked."""
        at = _midnight(day)
        card = Card(card_id=0, due=at)
        if memory is not None:
            card.state, card.step = State.Review, None
            card.stability, card.difficulty = memory.stability, memory.difficulty
            # A day before the last one counts as the same day.
            card.last_review = min(_midnight(memory.last_day), at)
        card, _ = self._scheduler.review_card(card, _RATINGS[rating], at)
        assert card.stability is not None
        assert card.difficulty is not None
        return Memory(min(card.stability, LONGEST_STABILITY), card.difficulty, day)

    def retrievability(self, memory: Memory, day: date) -> float:
        """Return the probability (0-1) that the point is recalled on `day`."""
        return self.recall_after(memory, max(0, (day - memory.last_day).days))

    def recall_after(self, memory: Memory, days: float) -> float:
        """Return the probability (0-1) of recall this many days after it was last asked.

        FSRS-6's forgetting curve: (1 + factor * days / stability) ** decay.
        """
        return float((1 + self._factor * days / memory.stability) ** self._decay)

    def decline_after(self, memory: Memory, days: float) -> float:
        """Return how fast that probability falls, per day: the curve's derivative, at most 0."""
        base = 1 + self._factor * days / memory.stability
        return float(self._decay * self._factor / memory.stability * base ** (self._decay - 1))

    def days_until(self, memory: Memory, retention: float) -> float:
        """Return the days from when it was last asked until recall has fallen to `retention` (0-1)."""
        return float(memory.stability / self._factor * (retention ** (1 / self._decay) - 1))


@lru_cache(maxsize=4096)
def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)

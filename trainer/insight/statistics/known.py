"""How many points could be recalled, day by day: expected from memory."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from trainer.insight.statistics.past import CardPast
from trainer.memory.model import MemoryModel

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

    @property
    def gained(self) -> float:
        """How many more are expected at the end than at the beginning."""
        return self.known[-1] - self.known[0]


class KnownCount:
    """Adds up the points known at the end of up to `SAMPLES` days from `first` to `last` (ordinals)."""

    def __init__(self, model: MemoryModel, first: int, last: int) -> None:
        self._model = model
        self._days = sample_days(first, last)
        self._sums = [0.0] * len(self._days)
        self._counts = [0] * len(self._days)

    def add(self, card: CardPast) -> None:
        """Add the points of a card that its deck has today."""
        days, sums, counts, today = self._days, self._sums, self._counts, card.today
        recalls_of = self._model.recalls
        for points, stability, last_day, start, end in card.spans:
            number = (points & today).bit_count()
            low, high = bisect_left(days, start), bisect_left(days, end)
            if number and low < high:
                for at, recall in enumerate(recalls_of(stability, [day - last_day for day in days[low:high]]), low):
                    sums[at] += number * recall
                    counts[at] += number

    @property
    def result(self) -> Known:
        """What is known of all cards added."""
        return Known(tuple(map(date.fromordinal, self._days)), tuple(self._sums), tuple(self._counts))


def sample_days(first: int, last: int) -> list[int]:
    """Return every day from `first` to `last`, or `SAMPLES` of them evenly spread where they are more."""
    steps = min(last - first, SAMPLES - 1)
    return [last - (last - first) * (steps - step) // steps for step in range(steps)] + [last]

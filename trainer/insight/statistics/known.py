"""How many points could be recalled, day by day: expected from memory."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from trainer.insight.statistics.past import CardPast
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

    @property
    def gained(self) -> float:
        """How many more are expected at the end than at the beginning."""
        return self.known[-1] - self.known[0]


class KnownCount:
    """Adds up the points known at the end of up to `SAMPLES` days from `first` to `last` (ordinals)."""

    def __init__(self, model: MemoryModel, first: int, last: int) -> None:
        self._model = model
        self._days = sample_days(first, last)
        self._live: dict[tuple[int, int], list[Remembered]] = defaultdict(list)
        """What was remembered at the end of the same days, by the first place among the days and the one behind."""

    def add(self, card: CardPast) -> None:
        """Add the points of a card that its deck has today."""
        days, live, today, behind = self._days, self._live, card.today, len(self._days)
        for points, stability, last_day, start in card.held:
            number = (int(points) & today).bit_count()
            if number:
                live[bisect_left(days, start), behind].append((number, stability, last_day))
        for points, stability, last_day, start, end in card.spans:
            low, high = bisect_left(days, start), bisect_left(days, end)
            if low < high:
                number = (int(points) & today).bit_count()
                live[low, high].append((number, stability, last_day))

    @property
    def result(self) -> Known:
        """What is known of all cards added."""
        sums, counts = [0.0] * len(self._days), [0] * len(self._days)
        for (low, high), remembered in self._live.items():
            number = sum(each[0] for each in remembered)
            for place in range(low, high):
                sums[place] += self._model.recalled(remembered, self._days[place])
                counts[place] += number
        return Known(tuple(map(date.fromordinal, self._days)), tuple(sums), tuple(counts))


def sample_days(first: int, last: int) -> list[int]:
    """Return every day from `first` to `last`, or `SAMPLES` of them evenly spread where they are more."""
    steps = min(last - first, SAMPLES - 1)
    return [last - (last - first) * (steps - step) // steps for step in range(steps)] + [last]

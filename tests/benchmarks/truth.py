"""What is really remembered in the simulation: every point in its own time, hidden from the scheduler.

FSRS-6's formulas with its default weights, written out once more, on a clock of the point's own: a
point of factor 0.5 forgets twice as fast as FSRS expects, at every repetition. What is recalled at a
review is drawn at random from that.
"""

from dataclasses import dataclass, field
from math import exp
from random import Random

WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""FSRS-6's defaults."""
DECAY = -WEIGHTS[20]
FACTOR = 0.9 ** (1 / DECAY) - 1
SHORTEST = 0.001
"""Days; FSRS lets no stability fall under it."""
AGAIN, GOOD = 1, 3


@dataclass
class Point:
    """One key point as it really is remembered."""

    factor: float
    """How long it lasts beside what FSRS expects."""
    stability: float = 0.0
    """In days of its own clock."""
    difficulty: float = 0.0
    day: int = -1
    """When it was last asked; under 0 for never."""

    def recall(self, day: int) -> float:
        """Return the true chance (0-1) of recalling it on a day; 0 where it was never seen."""
        if self.day < 0:
            return 0.0
        return float((1 + FACTOR * (day - self.day) / self.factor / self.stability) ** DECAY)

    def ask(self, day: int, recalled: bool) -> None:
        """Let it have been asked on a day, and be known from then on."""
        rating = GOOD if recalled else AGAIN
        if self.day < 0:
            self.stability, self.difficulty = WEIGHTS[rating - 1], _first_difficulty(rating)
        else:
            chance = self.recall(day)
            if day == self.day:
                self.stability = self._same_day(rating)
            else:
                self.stability = self._recalled(chance) if recalled else self._forgotten(chance)
            self.difficulty = self._next_difficulty(rating)
        self.stability = max(self.stability, SHORTEST)
        self.day = day

    def _same_day(self, rating: int) -> float:
        growth = exp(WEIGHTS[17] * (rating - 3 + WEIGHTS[18])) * self.stability ** -WEIGHTS[19]
        return self.stability * (max(growth, 1.0) if rating >= GOOD else growth)

    def _recalled(self, chance: float) -> float:
        ease = exp(WEIGHTS[8]) * (11 - self.difficulty) * self.stability ** -WEIGHTS[9]
        return self.stability * (1 + ease * (exp(WEIGHTS[10] * (1 - chance)) - 1))

    def _forgotten(self, chance: float) -> float:
        kept = WEIGHTS[11] * self.difficulty ** -WEIGHTS[12] * ((self.stability + 1) ** WEIGHTS[13] - 1)
        most = self.stability / exp(WEIGHTS[17] * WEIGHTS[18])
        return min(kept * exp(WEIGHTS[14] * (1 - chance)), most)

    def _next_difficulty(self, rating: int) -> float:
        damped = self.difficulty - WEIGHTS[6] * (rating - 3) * (10 - self.difficulty) / 9
        easiest = WEIGHTS[4] - exp(WEIGHTS[5] * 3) + 1
        return _within(WEIGHTS[7] * easiest + (1 - WEIGHTS[7]) * damped)


def _first_difficulty(rating: int) -> float:
    return _within(WEIGHTS[4] - exp(WEIGHTS[5] * (rating - 1)) + 1)


def _within(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)


@dataclass(frozen=True)
class World:
    """One draw of everything that is not up to the scheduler: points, days missed, luck."""

    sigma: float
    """Of the logarithm of the points' factors, whose median is 1."""
    cards: int
    points: int
    """Of each card."""
    seed: int
    missed_share: float = 0.1
    """Of all days, those on which nothing is done."""

    def memories(self) -> dict[str, list[Point]]:
        """Return the points of every card, never seen yet."""
        rng = Random(f"points {self.seed} {self.sigma} {self.points}")
        return {
            f"card-{number}": [Point(exp(rng.gauss(0, self.sigma))) for _ in range(self.points)]
            for number in range(self.cards)
        }

    def days_missed(self, days: int) -> set[int]:
        """Return the days on which nothing is done."""
        rng = Random(f"days {self.seed}")
        return {day for day in range(days) if rng.random() < self.missed_share}

    def luck(self) -> Random:
        """Return what decides whether a point is recalled."""
        return Random(f"luck {self.seed}")


@dataclass
class Record:
    """What came of a year."""

    coverages: list[float] = field(default_factory=list)
    """True coverage when a card came up, its interval not cut to one day."""
    point_chances: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    """True chances of each point at those reviews."""
    on_days: list[float] = field(default_factory=list)
    """Mean true coverage of the cards seen, each day of the second half."""
    seconds: float = 0.0
    reviews: int = 0
    """Returns aside."""

    @property
    def weak_share(self) -> float:
        """The share (0-1) of points that are recalled half the time or less, at those reviews."""
        means = [sum(chances) / len(chances) for chances in self.point_chances.values()]
        return sum(mean <= 0.5 for mean in means) / max(1, len(means))

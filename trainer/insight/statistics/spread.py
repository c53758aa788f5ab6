"""How firmly points are remembered today: their stability and difficulty."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from statistics import median

from trainer.insight.statistics.past import CardPasts, how_many

STABILITY_EDGES = (0, 7, 30, 90, 180, 365)
"""Days; where the bins of stability begin."""
DIFFICULTY_EDGES = (1, 2, 3, 4, 5, 6, 7, 8, 9)
"""Where the bins of difficulty begin; the last holds 10 too."""
HARD = 8
"""A difficulty that is high."""


@dataclass(frozen=True)
class Spread:
    """Stability and difficulty of every point with a memory, today."""

    points: int
    stability: tuple[int, ...]
    """Points by the bins of `STABILITY_EDGES`."""
    difficulty: tuple[int, ...]
    """Points by the bins of `DIFFICULTY_EDGES`."""
    middle_stability: float | None
    """The median, in days; None without points."""
    middle_difficulty: float | None
    """The median, 1-10; None without points."""
    hard: int
    """Points of a difficulty of `HARD` or more."""


def spread(pasts: CardPasts) -> Spread:
    """Return the spread over the points of these cards that decks have today."""
    held = pasts.held
    stabilities = sorted(chain.from_iterable(map(repeat, held.stability, how_many(held.points))))
    difficulties = sorted(each for each in pasts.difficulty if each == each)  # which it is not where there is none
    return Spread(
        len(stabilities),
        _binned(stabilities, STABILITY_EDGES),
        _binned(difficulties, DIFFICULTY_EDGES),
        median(stabilities) if stabilities else None,
        median(difficulties) if difficulties else None,
        len(difficulties) - bisect_left(difficulties, HARD),
    )


def _binned(values: list[float], edges: tuple[int, ...]) -> tuple[int, ...]:
    """Return how many of sorted values lie from each edge to the next."""
    begins = [0, *(bisect_left(values, edge) for edge in edges[1:]), len(values)]
    return tuple(end - begin for begin, end in pairwise(begins))

"""Was what the trainer promised true: coverage made, against what was foretold and what was asked for."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from math import fsum, sqrt
from statistics import fmean

from trainer.collection.collection import Collection
from trainer.insight.statistics.past import CardPasts
from trainer.progress.past import EARLY, GIVEN, IMPORTED, TESTED

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
"""Where the bins of coverage foretold begin."""


@dataclass
class Group:
    """Some reviews."""

    foretold: list[float] = field(default_factory=list)
    """Coverage (0-1) that memory gave each."""
    made: list[float] = field(default_factory=list)
    """Coverage (0-1) that came of each."""

    @property
    def count(self) -> int:
        """How many reviews."""
        return len(self.made)

    @cached_property
    def mean_foretold(self) -> float | None:
        """The mean coverage foretold; None without reviews."""
        return fmean(self.foretold) if self.foretold else None

    @cached_property
    def mean_made(self) -> float | None:
        """The mean coverage made; None without reviews."""
        return fmean(self.made) if self.made else None

    def add(self, foretold: float, made: float) -> None:
        """Add a review."""
        self.foretold.append(foretold)
        self.made.append(made)


@dataclass(frozen=True)
class Calibration:
    """Reviews that tested an answer which was to hold for over a day."""

    came_up: Group
    """Own ones on the day promised or after it."""
    early: Group
    """Own ones before it, as in practice."""
    imported: Group
    """Reviews that came with imports, on whatever day."""
    asked: float | None
    """The mean coverage (0-1) that the settings ask for, of what came up; None for nothing."""
    bins: dict[int, Group]
    """Own reviews, early ones too, by the place among `EDGES` of what was foretold, in order."""

    @cached_property
    def margin(self) -> float:
        """Twice the standard error of the mean coverage made of what came up; 1 where there is too little."""
        made = self.came_up.made
        count = len(made)
        if count < 2:
            return 1.0
        mean = fmean(made)
        return 2 * sqrt(fsum([(each - mean) ** 2 for each in made]) / (count - 1) / count)


def calibration(pasts: CardPasts, collection: Collection) -> Calibration:
    """Return what came of those of these reviews that tested an answer."""
    reviews = pasts.reviews
    tested = [code & (TESTED | GIVEN) == TESTED for code in reviews.code]
    kinds = [code & IMPORTED or code & EARLY for code in compress(reviews.code, tested)]
    groups, bins = {kind: Group() for kind in (0, EARLY, IMPORTED)}, [Group() for _ in EDGES]
    pairs = zip(compress(reviews.foretold, tested), compress(reviews.made, tested), strict=True)
    for kind, (foretold, made) in zip(kinds, pairs, strict=True):
        groups[kind].add(foretold, made)
        if kind != IMPORTED:
            bins[bisect_right(EDGES, foretold) - 1].add(foretold, made)
    settings = collection.settings
    retention_of = {deck.file: settings.retention_of(deck.title) for deck in collection.library.decks}
    counts = Counter(compress(compress(reviews.card, tested), [not kind for kind in kinds]))
    asked = [retention_of.get(pasts.file(pasts.pasts[card]), settings.desired_retention) for card in counts]
    return Calibration(
        groups[0], groups[EARLY], groups[IMPORTED],
        fmean(asked, counts.values()) if counts else None,
        {place: group for place, group in enumerate(bins) if group.count},
    )  # fmt: skip

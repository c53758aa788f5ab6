"""Was what the trainer promised true: coverage made, against what was foretold and what was asked for."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from math import fsum, sqrt
from statistics import fmean

from trainer.collection.collection import Collection
from trainer.insight.statistics.past import CardPast, Test

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

    @property
    def mean_foretold(self) -> float | None:
        """The mean coverage foretold; None without reviews."""
        return fmean(self.foretold) if self.foretold else None

    @property
    def mean_made(self) -> float | None:
        """The mean coverage made; None without reviews."""
        return fmean(self.made) if self.made else None

    def add(self, foretold: float, made: float) -> None:
        """Add a review."""
        self.foretold.append(foretold)
        self.made.append(made)


@dataclass
class Calibration:
    """Own reviews that tested an answer which was to hold for over a day."""

    came_up: Group = field(default_factory=Group)
    """Those on the day promised or after it."""
    early: Group = field(default_factory=Group)
    """Those before it, as in practice."""
    imported: Group = field(default_factory=Group)
    """Reviews that came with imports, on whatever day."""
    retentions: list[float] = field(default_factory=list)
    """What the settings ask for (0-1) of each card that came up."""
    bins: dict[int, Group] = field(default_factory=lambda: defaultdict(Group))
    """Own reviews, early ones too, by the place among `EDGES` of what was foretold."""

    @property
    def asked(self) -> float | None:
        """The mean coverage (0-1) asked for of what came up; None for nothing."""
        return fmean(self.retentions) if self.retentions else None

    @property
    def margin(self) -> float:
        """Twice the standard error of the mean coverage made of what came up; 1 where there is too little."""
        made = self.came_up.made
        count = len(made)
        if count < 2:
            return 1.0
        mean = fmean(made)
        return 2 * sqrt(fsum((each - mean) ** 2 for each in made) / (count - 1) / count)


class CalibrationCount:
    """Takes in what came of the reviews of the period, card by card."""

    def __init__(self, collection: Collection) -> None:
        settings = collection.settings
        self._retention_of = {deck.file: settings.retention_of(deck.title) for deck in collection.library.decks}
        self._retention = settings.desired_retention
        self.result = Calibration()

    def add(self, card: CardPast) -> None:
        """Add the reviews of a card that tested an answer on a later day, which was to hold for over a day."""
        found = self.result
        for _, _, _, promised, _, given, imported, away, tests in card.reviews:
            interval = promised if promised >= 0 else away
            if given or not tests or away < 1 or interval <= 1:
                continue
            foretold, made = _coverage(card, tests)
            if imported:
                found.imported.add(foretold, made)
                continue
            found.bins[bin_of(foretold)].add(foretold, made)
            if away < promised:
                found.early.add(foretold, made)
            else:
                found.came_up.add(foretold, made)
                found.retentions.append(self._retention_of.get(card.file, self._retention))


def bin_of(foretold: float) -> int:
    """Return the place among `EDGES` of the greatest that is not above."""
    return bisect_right(EDGES, foretold) - 1


def _coverage(card: CardPast, tests: list[Test]) -> tuple[float, float]:
    """Return the coverage foretold, and made."""
    foretold = made = whole = 0.0
    for points, is_made, recall in tests:
        weight = card.weight(points)
        whole += weight
        foretold += weight * recall
        if is_made:
            made += weight
    return foretold / whole, made / whole

"""What can be plotted, as plain data: each shape can be drawn, and told as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Row = tuple[str, ...]
Table = tuple[Row, list[Row]]
"""Headings and rows."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Columns:
    """One upright bar for each step of time."""

    labels: tuple[str, ...]
    values: tuple[float, ...]
    unit: str
    """What is counted."""
    step: str
    """What a label names."""
    base: float = 0.0
    """The value of no height."""

    @property
    def caption(self) -> str:
        """What it shows."""
        return self.unit if self.step == "day" else f"{self.unit}, {self.step} each date"

    def table(self) -> Table:
        """Return it as a table."""
        rows: list[Row] = [(label, f"{value:,.0f}") for label, value in zip(self.labels, self.values, strict=True)]
        return (self.step, self.unit), rows


@dataclass(frozen=True)
class Bar:
    """One row of `Bars`."""

    label: str
    value: float
    words: str
    """What the value is, for a person."""
    mark: float | None = None
    """Another value to be marked on the same scale."""


@dataclass(frozen=True)
class Bars:
    """Lying bars, one below the other."""

    rows: tuple[Bar, ...]
    whole: float
    """The value of a bar as long as can be."""
    heading: str
    """What the labels are."""
    unit: str
    """What the words say."""
    mark: str = ""
    """What the marks mean."""

    @property
    def caption(self) -> str:
        """What it shows."""
        return f"{self.heading}: {self.unit}"

    def table(self) -> Table:
        """Return it as a table."""
        return (self.heading, self.unit), [(row.label, row.words) for row in self.rows]


@dataclass(frozen=True)
class Calendar:
    """Minutes by day."""

    first: date
    last: date
    own: Mapping[date, float]
    """Minutes."""
    imported: Mapping[date, float]
    """Minutes that came with imports."""
    caption = "minutes by day"

    @property
    def monday(self) -> date:
        """The Monday of its first week."""
        return self.first - timedelta(days=self.first.weekday())

    @property
    def weeks(self) -> int:
        """How many weeks it reaches into."""
        return (self.last - self.monday).days // 7 + 1

    def table(self) -> Table:
        """Return it as a table."""
        days = sorted({*self.own, *self.imported})
        rows: list[Row] = [
            (str(day), f"{self.own.get(day, 0):.1f}", f"{self.imported.get(day, 0):.1f}") for day in days
        ]
        return ("day", "minutes", "imported"), rows


@dataclass(frozen=True)
class Grid:
    """Minutes by two things at once."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    caption = "minutes by day of the week and hour"

    def table(self) -> Table:
        """Return it as a table."""
        rows = [
            (name, *(f"{value:.0f}" for value in values)) for name, values in zip(self.rows, self.values, strict=True)
        ]
        return ("", *self.columns), rows


Plot = Columns | Bars | Calendar | Grid

LEVELS = 4
"""Shades of a calendar and a grid."""


def level(value: float, top: float) -> int:
    """Return the shade of a value: 0 for nothing, else 1 to `LEVELS`, the last for values near `top`."""
    if value <= 0:
        return 0
    return min(LEVELS, int(value / top * LEVELS) + 1)

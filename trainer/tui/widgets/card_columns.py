"""The columns of the list of cards: how wide each is, and what stands in it."""

from dataclasses import dataclass

from trainer.insight.listing import Line
from trainer.search.finding import Order
from trainer.tui.widgets.drawn_rows import fitted

MARKS = 3
"""Cells for the cursor, the mark and a space."""
GAP = 1
NARROWEST = 12
"""Cells of a question at least."""


@dataclass(frozen=True)
class Column:
    """One column, by which the list can be ordered."""

    order: Order
    heading: str
    width: int
    """Cells; 0 shares what is left."""
    field: str
    """Of a line."""
    is_number: bool = False
    least: int = 0
    """Cells that the list must have for this column to be in it, so that a question has 36 of 60 cells, 42 of 80."""


COLUMNS = (
    Column(Order.QUESTION, "question", 0, "question"),
    Column(Order.DECK, "deck", 0, "deck", least=68),
    Column(Order.DUE, "due", 9, "due"),
    Column(Order.COVERAGE, "known", 6, "known", True),
    Column(Order.REVIEWS, "asked", 6, "reviews", True, least=92),
    Column(Order.WEAKEST, "weakest", 8, "weakest", True, least=84),
)


def columns(width: int) -> list[Column]:
    """Return the columns that there is room for in so many cells."""
    return [column for column in COLUMNS if column.least <= width]


def widths(width: int) -> list[int]:
    """Return the width of each column in so many cells: a deck gets a quarter of what is left, at most 24."""
    shown = columns(width)
    fixed = MARKS + sum(column.width for column in shown) + GAP * (len(shown) - 1)
    left = max(width - fixed, NARROWEST + 4)
    deck = min(left // 4, 24) if any(column.order is Order.DECK for column in shown) else 0
    return [column.width or (left - deck if column.order is Order.QUESTION else deck) for column in shown]


def row_text(line: Line, width: int) -> str:
    """Return a line of the list in so many cells, without its marks."""
    return _row([getattr(line, column.field) for column in columns(width)], width)


def headings(order: Order, backwards: bool, width: int) -> str:
    """Return the headings, with an arrow at the one that the list is ordered by."""
    arrow = "▼" if backwards else "▲"
    return _row([column.heading + (arrow if column.order is order else "") for column in columns(width)], width)


def column_at(x: int, width: int) -> Column | None:
    """Return the column whose heading stands at a cell of the row."""
    start = MARKS
    for column, cells in zip(columns(width), widths(width), strict=True):
        if start <= x < start + cells:
            return column
        start += cells + GAP
    return None


def _row(cells: list[str], width: int) -> str:
    parts = [
        fitted(text, cells_wide, column.is_number)
        for text, cells_wide, column in zip(cells, widths(width), columns(width), strict=True)
    ]
    return (" " * GAP).join(parts)

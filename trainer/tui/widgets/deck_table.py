"""The decks of the day: what is due, what is new, what is expected to be known."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from trainer.insight.today import Day, DeckDay
from trainer.insight.words import percent
from trainer.text import shorten
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.drawn_rows import Piece, Rows, fitted

NUMBER = 10
"""Cells of a number, with a space on either side."""
MARK = 2
"""Cells before a deck, for the mark of the cursor."""
SCROLL_BAR = 1
NONE = "–"
ALL = ""
"""Stands for all decks together, where the file of one would be."""


class DeckHeadings(Widget):
    """The line above the table."""

    DEFAULT_CSS = "DeckHeadings { height: 1; }"

    def render(self) -> Content:
        """Return the headings, each over its column."""
        cells = _in_columns(("Deck", "due", "new", "known"), self.size.width - MARK - SCROLL_BAR)
        return literal(" " * MARK + "".join(cells), QUIET)


class DeckTable(Rows):
    """One row for all decks together, then one a deck."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("decks")

    class Opened(Message):
        """The row under the cursor was clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._decks: tuple[DeckDay, ...] = ()
        self._together = ("", "")
        self._known: dict[str, str] = {}

    def show(self, day: Day) -> None:
        """Show a day, of which nothing is known yet; the cursor stays on its deck, or where that was."""
        here = self.deck
        self._decks = day.decks
        self.cursor = next((row for row, each in enumerate(day.decks, 1) if each.deck.file == here), self.cursor)
        self._together = _number(day.due), _number(day.share.new)
        self._known = {}
        self.styles.max_height = self.items()  # what is left of the height is for others
        self.measure()

    def show_known(self, file: str, share: float | None) -> None:
        """Fill in how much (0-1) of a deck is expected to be known; None where nothing was asked yet."""
        self._known[file] = percent(share)
        self.refresh()

    def point_at_deck(self, file: str) -> None:
        """Put the cursor on the deck of this file, where there is one."""
        files = [each.deck.file for each in self._decks]
        if file in files:
            self.point_at(files.index(file) + 1)

    @property
    def deck(self) -> str:
        """The file of the deck under the cursor; empty for all decks."""
        return self._decks[self.cursor - 1].deck.file if self.cursor else ALL

    def cells(self, item: int) -> tuple[str, ...]:
        """Return what a row says: deck, due, new, known."""
        if not item:
            return ("All decks", *self._together, self._known.get(ALL, ""))
        each = self._decks[item - 1]
        title = shorten(each.deck.title, 300) + (" (paused)" if each.paused else "")
        return title, _number(each.due), _number(each.share.new), self._known.get(each.deck.file, "")

    def items(self) -> int:
        """Return how many rows there are."""
        return len(self._decks) + 1

    def pieces(self, item: int, row: int) -> list[Piece]:
        """Return the mark of the cursor, and the cells of a row."""
        cells = self.cells(item)
        quiet = ["rows--quiet" if cell == NONE else "" for cell in cells]
        if item and self._decks[item - 1].paused:
            quiet[0] = "rows--quiet"
        mark = "› " if item == self.cursor else "  "
        return [
            (mark, "rows--mark"),
            *zip(_in_columns(cells, self.scrollable_content_region.width - MARK), quiet, strict=True),
        ]

    def on_click(self, event: events.Click) -> None:
        """Open the row that is under the cursor already; the list itself moves to another."""
        if event.y + self.scroll_offset.y == self.cursor:
            self.post_message(self.Opened())


def _in_columns(cells: Sequence[str], width: int) -> list[str]:
    """Return a cell for the deck and as many for numbers as there are, in so many cells of the screen."""
    title, *numbers = cells
    room = max(width - NUMBER * len(numbers), 16)
    return [fitted(title, room), *(fitted(f"{number} ", NUMBER, to_the_right=True) for number in numbers)]


def _number(number: int) -> str:
    return f"{number:,}" if number else NONE

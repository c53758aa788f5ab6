"""The decks of the day: what is due, what is new, what is expected to be known."""

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable

from trainer.insight.today import Day
from trainer.insight.words import percent
from trainer.text import shorten
from trainer.tui.keys import bindings

NUMBERS = 8
"""Cells of a column of numbers."""
KNOWN = "known"
ALL = ""
"""Stands for all decks together, where the file of one would be."""


class DeckTable(DataTable[Text], inherit_bindings=False):
    """One row for all decks together, then one a deck."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("decks")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, cursor_type="row", cell_padding=1, zebra_stripes=False)

    def show(self, day: Day, width: int) -> None:
        """Show a day in `width` cells; the cursor stays on its row."""
        row = self.cursor_row
        self.clear(columns=True)
        title_width = max(width - 3 * (NUMBERS + 2) - 2, 16)
        self.add_column(Text("Deck", "dim"), width=title_width)
        for heading in ("due", "new", KNOWN):
            self.add_column(Text(heading, "dim", justify="right"), width=NUMBERS, key=heading)
        self.add_row(Text("All decks"), *_numbers(day.due, day.share.new), key=ALL)
        for each in day.decks:
            words = shorten(each.deck.title, title_width - (9 if each.paused else 0))
            name = Text(words + (" (paused)" if each.paused else ""), "dim" if each.paused else "")
            self.add_row(name, *_numbers(each.due, each.share.new), key=each.deck.file)
        self.move_cursor(row=min(row, self.row_count - 1))
        self.styles.max_height = self.row_count + 1  # with its headings: what is left of the height is for others

    def show_known(self, file: str, share: float | None) -> None:
        """Fill in how much (0-1) of a deck is expected to be known; None where nothing was asked yet."""
        if file in self.rows:
            self.update_cell(file, KNOWN, _number(percent(share)))

    def point_at(self, file: str) -> None:
        """Put the cursor on the deck of this file, where there is one."""
        if file in self.rows:
            self.move_cursor(row=self.get_row_index(file))

    @property
    def chosen(self) -> str:
        """The file of the deck under the cursor; empty for all decks."""
        if not self.row_count:
            return ""
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value or ""


def _numbers(due: int, new: int) -> list[Text]:
    """Return the cells of a row; what is known takes longer, and is filled in later."""
    return [_number(word) for word in (f"{due:,}" if due else "–", f"{new:,}" if new else "–", "")]


def _number(word: str) -> Text:
    return Text(word, "dim" if word == "–" else "", justify="right")

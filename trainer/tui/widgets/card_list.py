"""The list of cards: of however many, only the rows in sight are worked out."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from trainer.insight.listing import Line
from trainer.search.finding import Order
from trainer.tui.keys import bindings
from trainer.tui.widgets.card_columns import MARKS, column_at, headings, row_text
from trainer.tui.widgets.drawn_rows import Piece, Rows

Lines = Callable[[Sequence[str]], dict[str, Line]]
"""Works out the lines of some cards."""

BESIDE = 2
"""Cells of the scroll bar and the space before it."""


class CardHeadings(Widget):
    """The line above the list; a click orders by a column."""

    DEFAULT_CSS = "CardHeadings { height: 1; color: $text-muted; }"

    class Clicked(Message):
        """A heading was clicked."""

        def __init__(self, order: Order) -> None:
            super().__init__()
            self.order = order

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._order, self._backwards = Order.DECK, False

    def show(self, order: Order, backwards: bool) -> None:
        """Show what the list is ordered by."""
        self._order, self._backwards = order, backwards
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the headings."""
        text = " " * MARKS + headings(self._order, self._backwards, self.size.width - BESIDE)
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Tell which heading was clicked."""
        column = column_at(event.x, self.size.width - BESIDE)
        if column is not None:
            self.post_message(self.Clicked(column.order))


class CardList(Rows):
    """Cards in rows, one of them under the cursor, any number marked."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("cards")
    DEFAULT_CSS = "CardList > .rows--mark { text-style: none; }"

    class Marked(Message):
        """Cards were marked, or are not any more."""

    def __init__(self, lines: Lines, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._work_out = lines
        self._lines: dict[str, Line] = {}
        self.ids: list[str] = []
        """The cards listed, in order."""
        self.marked: set[str] = set()

    @property
    def current(self) -> str | None:
        """The card under the cursor."""
        return self.ids[self.cursor] if self.ids else None

    @property
    def row_width(self) -> int:
        """The cells that a row has."""
        return self.size.width - BESIDE

    @property
    def chosen_ids(self) -> list[str]:
        """The marked cards in order, or else that under the cursor."""
        return [card_id for card_id in self.ids if card_id in self.marked] or self.ids[self.cursor : self.cursor + 1]

    def show(self, ids: list[str], at: str | None) -> None:
        """List these cards; the cursor goes to `at`, or stays where it is. Marks of others are dropped."""
        self._lines.clear()
        self.ids = ids
        self.marked &= set(ids)
        if at in ids:
            self.cursor = ids.index(at)
        self.measure()
        self.show_cursor()

    def forget(self) -> None:
        """Work out every line anew."""
        self._lines.clear()
        self.refresh()

    def items(self) -> int:
        """Return how many cards are listed."""
        return len(self.ids)

    def pieces(self, item: int, row: int) -> list[Piece]:
        """Return the marks of a card, and its line."""
        line = self._line(item)
        return [
            ("›" if item == self.cursor else " ", "rows--mark"),
            ("● " if self.ids[item] in self.marked else "  ", "rows--mark"),
            (row_text(line, self.row_width) if line else "", ""),
        ]

    def _line(self, item: int) -> Line | None:
        """Return the line of a card; those about it are worked out with it."""
        card_id = self.ids[item]
        if card_id not in self._lines:
            near = self.ids[max(0, item - self.size.height) : item + self.size.height + 1]
            self._lines.update(self._work_out([each for each in near if each not in self._lines]))
        return self._lines.get(card_id)

    def move_to(self, item: int, choose: bool = False) -> None:
        """Move the cursor alone: cards are marked one by one."""
        super().move_to(item)

    def action_mark(self) -> None:
        """Mark the card under the cursor, or not any more, and go to the next."""
        if self.current is not None:
            self.marked ^= {self.current}
            self.move_to(self.cursor + 1)
            self.post_message(self.Marked())

    def action_mark_all(self) -> None:
        """Mark all cards listed, or none when all are."""
        self.marked = set() if len(self.marked) == len(self.ids) else set(self.ids)
        self.refresh()
        self.post_message(self.Marked())

    def on_click(self, event: events.Click) -> None:
        """Mark the card where its mark is clicked, or with the control key held; the list itself moves to it."""
        row = event.y + self.scroll_offset.y
        if row < len(self.ids) and (event.x < MARKS or event.ctrl):
            self.marked ^= {self.ids[row]}
            self.post_message(self.Marked())

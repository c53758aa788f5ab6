"""The list of cards: of however many, only the rows in sight are worked out."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from trainer.insight.listing import Line
from trainer.search.finding import Order
from trainer.tui.keys import bindings
from trainer.tui.widgets.card_columns import MARKS, column_at, headings, row_text

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


class CardList(ScrollView, can_focus=True, inherit_bindings=False):
    """Cards in rows, one of them under the cursor, any number marked."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("cards")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"card-list--cursor", "card-list--marked"}
    DEFAULT_CSS = """
    CardList {
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
        & > .card-list--cursor { background: $panel; }
        & > .card-list--marked { color: $accent; }
    }
    """

    class Moved(Message):
        """The cursor is on another card, or on none."""

    class Marked(Message):
        """Cards were marked, or are not any more."""

    def __init__(self, lines: Lines, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._work_out = lines
        self._lines: dict[str, Line] = {}
        self.ids: list[str] = []
        """The cards listed, in order."""
        self.cursor = 0
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
    def chosen(self) -> list[str]:
        """The marked cards in order, or else that under the cursor."""
        return [card_id for card_id in self.ids if card_id in self.marked] or self.ids[self.cursor : self.cursor + 1]

    def show(self, ids: list[str], at: str | None) -> None:
        """List these cards; the cursor goes to `at`, or stays where it is. Marks of others are dropped."""
        self._lines.clear()
        self.ids = ids
        self.marked &= set(ids)
        if at in ids:
            self.cursor = ids.index(at)
        self.cursor = max(0, min(self.cursor, len(ids) - 1))
        self.virtual_size = Size(0, len(ids))
        self._follow_cursor()
        self.refresh()

    def forget(self) -> None:
        """Work out every line anew."""
        self._lines.clear()
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        row = y + round(self.scroll_y)
        width = self.scrollable_content_region.width
        if row >= len(self.ids):
            return Strip.blank(width, self.rich_style)
        card_id = self.ids[row]
        line = self._line(row)
        style, mark = self.rich_style, self.get_component_rich_style("card-list--marked")
        if row == self.cursor:
            under = Style(bgcolor=self.get_component_rich_style("card-list--cursor").bgcolor)
            style, mark = style + under, mark + under
        segments = [
            Segment("›" if row == self.cursor else " ", mark),
            Segment("● " if card_id in self.marked else "  ", mark),
            Segment(row_text(line, self.row_width) if line else "", style),
        ]
        return Strip(segments).adjust_cell_length(width, style)

    def _line(self, row: int) -> Line | None:
        """Return what stands in a row; the rows about it are worked out with it."""
        card_id = self.ids[row]
        if card_id not in self._lines:
            near = self.ids[max(0, row - self.size.height) : row + self.size.height + 1]
            self._lines.update(self._work_out([each for each in near if each not in self._lines]))
        return self._lines.get(card_id)

    # Moving

    def _move(self, row: int) -> None:
        row = max(0, min(row, len(self.ids) - 1))
        if row != self.cursor:
            self.cursor = row
            self.post_message(self.Moved())
        self._follow_cursor()
        self.refresh()

    def _follow_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True, immediate=True)

    def action_step(self, rows: int) -> None:
        """Move by some rows."""
        self._move(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move by pages."""
        self._move(self.cursor + pages * max(1, self.size.height - 1))

    def action_end(self, end: int) -> None:
        """Move to the first card (0) or the last one (1)."""
        self._move(end * (len(self.ids) - 1))

    # Marking

    def action_mark(self) -> None:
        """Mark the card under the cursor, or not any more, and go to the next."""
        if self.current is not None:
            self.marked ^= {self.current}
            self._move(self.cursor + 1)
            self.post_message(self.Marked())

    def action_mark_all(self) -> None:
        """Mark all cards listed, or none when all are."""
        self.marked = set() if len(self.marked) == len(self.ids) else set(self.ids)
        self.refresh()
        self.post_message(self.Marked())

    def on_click(self, event: events.Click) -> None:
        """Move to the row clicked; mark it where its mark is, or with the control key held."""
        row = event.y + round(self.scroll_y)
        if row < len(self.ids):
            if event.x < MARKS or event.ctrl:
                self.marked ^= {self.ids[row]}
                self.post_message(self.Marked())
            self._move(row)

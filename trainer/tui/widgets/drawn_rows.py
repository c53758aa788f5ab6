"""A long list drawn row by row as it scrolls: nothing is made for what is not seen."""

from collections.abc import Sequence
from itertools import accumulate

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

Piece = tuple[str, str]
"""A text, and the component class it is drawn in; empty for none."""


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """Items of one or more rows each, one of which has the cursor; several may be chosen."""

    COMPONENT_CLASSES = {"rows--cursor", "rows--chosen", "rows--mark", "rows--quiet", "rows--strong", "rows--open"}  # noqa: RUF012
    DEFAULT_CSS = """
    Rows {
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
        background: transparent;
        & > .rows--cursor { background: $panel; }
        & > .rows--chosen { background: $surface; }
        & > .rows--mark { color: $accent; text-style: bold; }
        & > .rows--quiet { color: $quiet; }
        & > .rows--strong { text-style: bold; }
        & > .rows--open { color: $warning; }
    }
    """

    class Moved(Message):
        """The cursor was moved by key or mouse."""

        def __init__(self, rows: "Rows") -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> "Rows":
            """The list it happened in."""
            return self.rows

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.cursor = 0
        """The item under the cursor, from 0."""
        self.chosen_from: int | None = None
        """Where choosing several began."""
        self._tops: Sequence[int] = [0]
        """The first row of each item, and behind them how many rows there are."""
        self._item_of: Sequence[int] = []
        """The item of each row."""

    # What a list of its own says

    def items(self) -> int:
        """Return how many items there are."""
        raise NotImplementedError

    def heights(self) -> Sequence[int] | None:
        """Return how many rows each item takes at this width; None for one each."""
        return None

    def pieces(self, item: int, row: int) -> list[Piece]:
        """Return what stands in a row of an item."""
        raise NotImplementedError

    # Measuring and moving

    def measure(self) -> None:
        """Take in that items came, went, or wrap otherwise."""
        heights = self.heights()
        number = self.items()
        self._tops = range(number + 1) if heights is None else list(accumulate(heights, initial=0))
        self._item_of = (
            range(number) if heights is None else [item for item, height in enumerate(heights) for _ in range(height)]
        )
        self.virtual_size = Size(self.scrollable_content_region.width, self._tops[-1])
        self.cursor = max(min(self.cursor, number - 1), 0)
        self.chosen_from = None
        self.refresh()

    def on_resize(self) -> None:
        """Measure anew, and keep the cursor in sight."""
        self.measure()
        self.call_after_refresh(self.show_cursor_with_rest)

    @property
    def chosen(self) -> tuple[int, int]:
        """The first and last item chosen: those from where choosing began to the cursor."""
        anchor = self.cursor if self.chosen_from is None else self.chosen_from
        return min(anchor, self.cursor), max(anchor, self.cursor)

    def point_at(self, item: int) -> None:
        """Put the cursor on an item, quietly."""
        self.cursor = max(min(item, self.items() - 1), 0)
        self.chosen_from = None
        self.show_cursor_with_rest()
        self.refresh()

    def show_cursor_with_rest(self) -> None:
        """Scroll so that the item under the cursor is seen, and some of what stands below it."""
        self.show_cursor(self.size.height * 2 // 3)

    def show_cursor(self, rows: int = 1) -> None:
        """Scroll so that the item under the cursor is seen, and as many rows from its first on."""
        if len(self._tops) > self.cursor + 1:
            top = self._tops[self.cursor]
            bottom = max(self._tops[self.cursor + 1], min(top + rows, self._tops[-1]))
            self.scroll_to_region(Region(0, top, 1, bottom - top), animate=False, force=True, immediate=True)

    def action_move(self, step: int, choose: bool = False) -> None:
        """Move the cursor; with `choose`, what it passes is chosen."""
        self.move_to(self.cursor + step, choose)

    def action_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        if self._item_of:
            row = self._tops[self.cursor] + pages * max(self.size.height - 1, 1)
            self.move_to(self._item_of[max(min(row, len(self._item_of) - 1), 0)])

    def action_edge(self, is_last: bool) -> None:
        """Move the cursor to the first or last item."""
        self.move_to(self.items() - 1 if is_last else 0)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to what was clicked; with shift, choose up to there."""
        row = event.y + self.scroll_offset.y
        if 0 <= row < self._tops[-1]:
            self.move_to(self._item_of[row], event.shift)

    def move_to(self, item: int, choose: bool = False) -> None:
        """Move the cursor to an item, and say so; with `choose`, what it passes is chosen."""
        if not self.items():
            return
        if not choose:
            self.chosen_from = None
        elif self.chosen_from is None:
            self.chosen_from = self.cursor
        self.cursor = max(min(item, self.items() - 1), 0)
        self.show_cursor()
        self.refresh()
        self.post_message(self.Moved(self))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        row, width = y + self.scroll_offset.y, self.size.width
        base = self.rich_style
        if not 0 <= row < self._tops[-1] or self._item_of[row] >= self.items():
            return Strip.blank(width, base)
        item = self._item_of[row]
        first, last = self.chosen
        if item == self.cursor or first <= item <= last:
            base += self._style("rows--cursor" if item == self.cursor else "rows--chosen")
        segments = [
            Segment(text, base + self._style(style) if style else base)
            for text, style in self.pieces(item, row - self._tops[item])
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)


def wrapped(text: str, width: int) -> list[str]:
    """Return the rows that a line takes in `width` cells."""
    text = text.expandtabs(4)
    if cell_len(text) <= width:
        return [text]
    return [row.plain for row in Content(text).wrap(max(width, 1))] or [""]


def fitted(text: str, width: int, to_the_right: bool = False) -> str:
    """Return a text in exactly `width` cells, cut with an ellipsis where it is longer."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
    return " " * (width - length) + text if to_the_right else text + " " * (width - length)

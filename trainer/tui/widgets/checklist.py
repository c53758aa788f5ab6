"""Key points as a checklist: ticked by digit, by cursor, by mouse."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from trainer.model import KeyPoint
from trainer.tui.literal import QUIET, literal

DIGITS = 9
"""The points that a digit reaches."""


class Checklist(Widget):
    """The points of one question. Points given are shown ticked and cannot be changed."""

    DEFAULT_CSS = """
    Checklist {
        height: auto;
        .checklist--row { height: auto; }
    }
    """

    ticked: reactive[frozenset[str]] = reactive(frozenset(), layout=True)
    """Ids of the points made."""
    cursor: reactive[int] = reactive(0)
    """Index of the point under the cursor."""

    class Changed(Message):
        """The ticks are others now."""

        def __init__(self, ticked: frozenset[str]) -> None:
            super().__init__()
            self.ticked = ticked

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._points: Sequence[KeyPoint] = ()
        self._asked: frozenset[str] = frozenset()

    def show(self, points: Sequence[KeyPoint], asked: frozenset[str], ticked: frozenset[str]) -> None:
        """Show the points of another question, the cursor on the first that is asked."""
        self._points = points
        self._asked = asked
        self.set_reactive(Checklist.ticked, ticked)
        self.cursor = next((index for index, point in enumerate(points) if point.id in asked), 0)
        self.refresh(layout=True)

    def toggle(self, index: int) -> None:
        """Tick the point of this index, or take its tick away."""
        if 0 <= index < len(self._points) and self._points[index].id in self._asked:
            self.cursor = index
            self._tick(self.ticked ^ {self._points[index].id})

    def toggle_all(self) -> None:
        """Tick all points asked, or none when all are ticked."""
        self._tick(frozenset() if self.ticked == self._asked else self._asked)

    def move(self, step: int) -> bool:
        """Move the cursor to the next point asked in this direction; return whether there was one."""
        index = self.cursor + step
        while 0 <= index < len(self._points):
            if self._points[index].id in self._asked:
                self.cursor = index
                return True
            index += step
        return False

    def _tick(self, ticked: frozenset[str]) -> None:
        self.ticked = ticked
        self.post_message(self.Changed(ticked))

    def render(self) -> Content:
        """Draw the points, wrapped under themselves."""
        return Content("\n").join(row for index in range(len(self._points)) for row in self._rows(index))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return how many lines the wrapped points take."""
        return sum(len(self._wrapped(point, width)) for point in self._points)

    def on_click(self, event: events.Click) -> None:
        """Tick the point that was clicked."""
        top = 0
        for index, point in enumerate(self._points):
            top += len(self._wrapped(point, self.size.width))
            if event.y < top:
                self.toggle(index)
                return

    def _wrapped(self, point: KeyPoint, width: int) -> list[Content]:
        return literal(point.text).wrap(max(width - self._indent, 10))

    @property
    def _indent(self) -> int:
        return 9 if len(self._points) > DIGITS else 8

    def _rows(self, index: int) -> list[Content]:
        point = self._points[index]
        given, made = point.id not in self._asked, point.id in self.ticked
        here = index == self.cursor and not given
        mark, style = ("✓", QUIET) if given else ("●", "$success") if made else ("○", QUIET)
        number = f"{index + 1:>{self._indent - 7}}"
        head = Content.assemble(("› " if here else "  ", "bold $accent"), (f"{mark} ", style), (f"{number}  ", QUIET))
        words = "" if made else "bold" if here else QUIET if given else ""
        first, *rest = self._wrapped(point, self.size.width)
        indent = Content(" " * head.cell_length)
        return [head + first.stylize(words)] + [indent + line.stylize(words) for line in rest]

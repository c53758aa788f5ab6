"""Key points as a checklist: ticked by digit, by cursor, by mouse."""

from collections.abc import Sequence
from itertools import chain

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from trainer.model import KeyPoint
from trainer.tui.hanging import beside
from trainer.tui.literal import QUIET, literal


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
        rows = (self._rows(index, self.size.width) for index in range(len(self._points)))
        return Content("\n").join(chain.from_iterable(rows))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return how many lines the wrapped points take."""
        return sum(len(self._rows(index, width)) for index in range(len(self._points)))

    def on_click(self, event: events.Click) -> None:
        """Tick the point that was clicked."""
        top = 0
        for index in range(len(self._points)):
            top += len(self._rows(index, self.size.width))
            if event.y < top:
                self.toggle(index)
                return

    def _rows(self, index: int, width: int) -> list[Content]:
        point = self._points[index]
        given, made = point.id not in self._asked, point.id in self.ticked
        here = index == self.cursor and not given
        mark, style = ("✓", QUIET) if given else ("●", "$success") if made else ("○", QUIET)
        number = f"{index + 1:>{len(str(len(self._points)))}}"
        head = Content.assemble(("› " if here else "  ", "bold $accent"), (f"{mark} ", style), (f"{number}  ", QUIET))
        words = "" if made else "bold" if here else QUIET if given else ""
        return beside(head, literal(point.text, words), width - 1)

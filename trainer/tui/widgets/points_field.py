"""The key points of a card to be changed: a row a point, added, removed, put in order, weighed."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from trainer.library.identity import point_fingerprint
from trainer.model import KeyPoint
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.text_field import TextField

HEAVIEST_STEP = 3
"""Weights go 1, 2, 3 and from there to 1 again; others can be written in the editor."""


class PointText(TextField):
    """The text of one point: Enter begins the next, Backspace takes an empty one away."""

    class Ended(Message):
        """Another point is to follow this one."""

    class Emptied(Message):
        """The point is to go."""

    def on_key(self, event: events.Key) -> None:
        """Take the keys that mean the list and not the text."""
        if event.key == "enter":
            self.post_message(self.Ended())
        elif event.key == "backspace" and not self.text:
            self.post_message(self.Emptied())
        else:
            return
        event.stop()
        event.prevent_default()


class PointRow(Horizontal):
    """One point: its number, its text, its weight where that is not 1."""

    DEFAULT_CSS = """
    PointRow {
        height: auto;
        .point--number { width: 4; height: 1; text-align: right; padding-right: 1; }
        PointText { width: 1fr; }
        .point--weight { width: 6; height: 1; padding-left: 1; }
    }
    """

    def __init__(self, point: KeyPoint | None = None) -> None:
        super().__init__()
        self._point = point
        self.weight = point.weight if point else 1.0
        self.field = PointText()
        """Where its text is written."""
        self.field.take(point.text if point else "")
        self._number = Static(classes="point--number")
        self._weight = Static(classes="point--weight")
        self.show_weight()

    def compose(self) -> ComposeResult:
        """Put the three parts beside each other."""
        yield from (self._number, self.field, self._weight)

    @property
    def point(self) -> KeyPoint | None:
        """The point as it is written now, under the id it came with; None for an empty row."""
        text = self.field.text.strip()
        return KeyPoint(self._point.id if self._point else point_fingerprint(text), text, self.weight) if text else None

    def show_number(self, number: int) -> None:
        """Show which point it is."""
        self._number.update(literal(str(number), QUIET))

    def show_weight(self) -> None:
        """Show what it weighs."""
        self._weight.update(literal("" if self.weight == 1 else f"×{self.weight:g}", QUIET))


class PointsField(Vertical):
    """The rows of the points; there is always one to write in."""

    DEFAULT_CSS = """
    PointsField { height: auto; }
    """

    async def show(self, points: Sequence[KeyPoint]) -> None:
        """Show these points in place of all."""
        await self.remove_children()
        await self.mount_all([PointRow(point) for point in points] or [PointRow()])
        self._number()

    @property
    def points(self) -> tuple[KeyPoint, ...]:
        """The points as they are written now."""
        return tuple(point for row in self._rows if (point := row.point))

    @property
    def _rows(self) -> list[PointRow]:
        return list(self.query_children(PointRow))

    @property
    def current(self) -> PointRow | None:
        """The row that is written in."""
        return next((row for row in self._rows if row.field is self.screen.focused), None)

    def _number(self) -> None:
        for number, row in enumerate(self._rows, 1):
            row.show_number(number)

    @on(PointText.Ended)
    async def add(self) -> None:
        """Begin a point behind the one that is written in."""
        after, row = self.current, PointRow()
        await self.mount(row, after=after if after else -1)
        self._number()
        row.field.focus()

    @on(PointText.Emptied)
    async def remove_current(self) -> None:
        """Take away the point that is written in; of the only one, its text."""
        row = self.current
        if row is None:
            return
        rows = self._rows
        if len(rows) == 1:
            await self.show(())
            self._rows[0].field.focus()
            return
        at = rows.index(row)
        rows[at - 1 if at else 1].field.focus()
        await row.remove()
        self._number()

    def move(self, step: int) -> None:
        """Put the point that is written in one place up or down."""
        row = self.current
        if row is None:
            return
        rows = self._rows
        to = rows.index(row) + step
        if 0 <= to < len(rows):
            if step < 0:
                self.move_child(row, before=rows[to])
            else:
                self.move_child(row, after=rows[to])
            self._number()

    def weigh(self) -> None:
        """Give the point that is written in the next weight."""
        if row := self.current:
            row.weight = float(int(row.weight) % HEAVIEST_STEP + 1) if row.weight < HEAVIEST_STEP else 1.0
            row.show_weight()

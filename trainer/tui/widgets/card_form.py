"""All that a card holds, in fields to be changed, and the user's own answer to it."""

from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static, TextArea

from trainer.model import Card
from trainer.text import clean, one_line
from trainer.tui.keymap import key_name
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.points_field import PointsField
from trainer.tui.widgets.text_field import TextField

FIELDS = {
    "question": ("Question", ""),
    "points": ("Key points", ""),
    "answer": ("A good answer", "Markdown"),
    "own": ("Your answer", "yours alone; {parts} sets out its four parts"),
    "follow_ups": ("They may ask next", "one a line"),
    "hint": ("Hint", ""),
    "why": ("What it is meant to find out", ""),
    "tags": ("Tags", "with commas between"),
}
"""The fields in order: what stands above each, and in it while it is empty, where `{parts}` is a key."""


class CardForm(VerticalScroll, can_focus=False):
    """A field below the other."""

    DEFAULT_CSS = """
    CardForm {
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        .form--label { height: 1; margin-top: 1; }
        #label-question { margin-top: 0; }
    }
    """

    def compose(self) -> ComposeResult:
        """Make every field."""
        parts = key_name(self, "edit.parts")
        for name, (label, placeholder) in FIELDS.items():
            yield Static(literal(label, QUIET), id=f"label-{name}", classes="form--label")
            yield (
                PointsField(id="field-points")
                if name == "points"
                else TextField(id=f"field-{name}", placeholder=placeholder.format(parts=parts))
            )

    def field(self, name: str) -> TextField:
        """Return the field of this name."""
        return self.query_one(f"#field-{name}", TextField)

    @property
    def points(self) -> PointsField:
        """The key points."""
        return self.query_one(PointsField)

    async def show(self, card: Card, own: str) -> None:
        """Show a card and the user's own answer to it."""
        for name in ("question", "answer", "hint", "why"):
            self.field(name).take(getattr(card, name))
        self.field("follow_ups").take(_joined(card.follow_ups, "\n"))
        self.field("tags").take(_joined(card.tags, ", "))
        self.field("own").take(own)
        await self.points.show(card.key_points)

    def card(self, base: Card) -> Card:
        """Return the card that the fields say, in all else the same as `base`."""
        texts = {name: clean(self.field(name).text).strip() for name in ("question", "answer", "hint", "why")}
        follow_ups = self._items("follow_ups", base.follow_ups, "\n")
        tags = self._items("tags", base.tags, ", ")
        return replace(base, **texts, key_points=self.points.points, follow_ups=follow_ups, tags=tags)

    def _items(self, name: str, before: tuple[str, ...], between: str) -> tuple[str, ...]:
        """Return the items written in a field; as they were where nothing was changed, whatever they hold."""
        text = self.field(name).text
        if text == _joined(before, between):
            return before
        return tuple(item for each in text.split(between.strip(" ")) if (item := one_line(each)))

    @property
    def own(self) -> str:
        """The user's own answer."""
        return clean(self.field("own").text).strip()

    def begin(self, name: str = "question") -> None:
        """Write in a field from now on."""
        field = self.points.query(TextField).first() if name == "points" else self.field(name)
        field.focus()

    @on(TextArea.SelectionChanged)
    def follow_cursor(self, event: TextArea.SelectionChanged) -> None:
        """Keep the line that is written in on the screen."""
        if event.text_area.has_focus:
            self.call_after_refresh(self._show_line, event.text_area)

    def _show_line(self, field: TextArea) -> None:
        line = field.cursor_screen_offset.y
        top, bottom = self.region.y, self.region.bottom - 1
        if line < top:
            self.scroll_relative(y=line - top, animate=False)
        elif line > bottom:
            self.scroll_relative(y=line - bottom, animate=False)


def _joined(items: tuple[str, ...], between: str) -> str:
    return between.join(map(one_line, items))

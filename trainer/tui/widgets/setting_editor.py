"""Where one setting is changed: what it means, and a field or a list to choose from."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from trainer.settings.kinds import Kind, Number, Whole, WrongValue
from trainer.tui.keymap import key_name
from trainer.tui.literal import QUIET, literal
from trainer.tui.setting_lines import Line
from trainer.tui.widgets.row_list import RowList

STEPS: dict[type[Kind], float] = {Number: 0.01, Whole: 1}
"""How far the arrows move a number."""


class ValueInput(Input):
    """A field for a value; the arrows move a number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(1)", show=False),
        Binding("down", "move(-1)", show=False),
        Binding("enter", "submit", "take it", key_display="Enter"),
        Binding("escape", "screen.leave", "leave it", key_display="Esc"),
    ]

    def action_move(self, way: int) -> None:
        """Move the number by a step, within its bounds."""
        self.post_message(self.Moved(way))

    class Moved(Message):
        """An arrow was pressed."""

        def __init__(self, way: int) -> None:
            super().__init__()
            self.way = way


class SettingEditor(Vertical):
    """Says what the setting under the cursor means, and lets it be changed."""

    class Typed(Message):
        """A value was typed, or pointed at, that the setting takes; it is not taken yet."""

        def __init__(self, line: Line, value: Any) -> None:
            super().__init__()
            self.line, self.value = line, value

    class Taken(Typed):
        """A value was taken: to be set, None for the default."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._line: Line | None = None
        self.is_open = False
        """Whether a value is being changed."""

    def compose(self) -> ComposeResult:
        """Make every part."""
        yield Static(id="means")
        yield ValueInput(id="value", compact=True, select_on_focus=False)
        yield RowList(id="options")
        yield Static(id="verdict")

    def explain(self, line: Line) -> None:
        """Say what a setting means."""
        self._line = line
        self.close()
        means = f"{line.setting.means[:1].upper()}{line.setting.means[1:]}."
        self.query_one("#means", Static).update(
            Content.assemble(literal(means), "  ", literal(f"By default {line.usual}.", QUIET))
        )

    def explain_words(self, words: str) -> None:
        """Say words in place of a setting's."""
        self._line = None
        self.close()
        self.query_one("#means", Static).update(literal(words))

    def open_field(self, line: Line, text: str) -> None:
        """Let a value be typed, beginning with a text."""
        self.explain(line)
        self.is_open = True
        field = self.query_one(ValueInput)
        field.display = True
        field.value = text
        field.cursor_position = len(text)
        field.focus()
        self._judge(text)

    def open_choice(self, line: Line, options: Sequence[str], now: str) -> None:
        """Let one of a few values be chosen."""
        self.explain(line)
        self.is_open = True
        listed = self.query_one(RowList)
        listed.display = True
        listed.show([(each, literal(each)) for each in options])
        listed.highlighted = options.index(now) if now in options else 0
        listed.focus()
        take, leave = key_name(self, "settings.edit"), key_name(self, "settings.leave")
        self._say(f"{take} takes it, {leave} leaves it as it is.", QUIET)

    def take(self) -> None:
        """Take what is typed or chosen, where the setting takes it."""
        listed = self.query_one(RowList)
        text = listed.chosen if listed.display else self.query_one(ValueInput).value
        self._with_value(text, self.Taken)

    def close(self) -> None:
        """Change nothing any more."""
        self.is_open = False
        for part in ("#value", "#options"):
            self.query_one(part).display = False
        self._say("")

    def _say(self, words: str, style: str = "") -> None:
        verdict = self.query_one("#verdict", Static)
        verdict.display = bool(words)
        verdict.update(literal(words, style))

    def _with_value(self, text: str, message: "Callable[[Line, Any], SettingEditor.Typed]") -> None:
        """Send a message with the value that a text means; say what is wrong where it means none."""
        if self._line is None or not self.is_open:
            return
        try:
            value = self._line.setting.typed(text)
        except WrongValue as wrong:
            self._say(f"✗ It takes {wrong}.", "bold $error")
            return
        self.post_message(message(self._line, value))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._judge(event.value)

    def _judge(self, text: str) -> None:
        self._say("↑ and ↓ move it." if self._line and type(self._line.setting.kind) in STEPS else "", QUIET)
        self._with_value(text, self.Typed)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.take()

    @on(ValueInput.Moved)
    def _moved(self, event: ValueInput.Moved) -> None:
        kind = self._line.setting.kind if self._line else None
        field = self.query_one(ValueInput)
        if not isinstance(kind, Number | Whole):
            return
        try:
            now = kind.typed(field.value)
        except WrongValue:
            now = kind.low
        moved = round(min(max(now + event.way * STEPS[type(kind)], kind.low), kind.high), 4)
        field.value = kind.said(int(moved) if isinstance(kind, Whole) else moved)
        field.cursor_position = len(field.value)

    @on(OptionList.OptionHighlighted, "#options")
    def _pointed_at(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.is_open and event.option_id:
            self._with_value(event.option_id, self.Typed)

    @on(OptionList.OptionSelected, "#options")
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.take()

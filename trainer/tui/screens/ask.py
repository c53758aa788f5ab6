"""Questions that are answered with a line of text, or with one of a list."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from trainer.text import one_line
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.row_list import RowList


class AskScreen(ModalScreen[str | None]):
    """Asks for a line of text; dismissed with it, or with None for no answer."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("ask")

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Make the question and the field."""
        with Vertical(id="ask"):
            yield Static(literal(self._question))
            yield Input(id="ask-text", compact=True)
            yield Static(
                literal(f"{key_name(self, 'ask.take')} takes it, {key_name(self, 'ask.leave')} goes back.", QUIET)
            )

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Close with the text."""
        self.dismiss(self.query_one(Input).value)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class ChooseScreen(ModalScreen[int | None]):
    """Asks for one of a list; dismissed with its number, from 0, or with None for no answer."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("choose")

    def __init__(self, question: str, choices: Sequence[str]) -> None:
        super().__init__()
        self._question = question
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Make the question and the list."""
        with Vertical(id="ask"):
            yield Static(literal(self._question))
            yield RowList(id="ask-list")
            take, leave = key_name(self, "choose.take"), key_name(self, "choose.leave")
            yield Static(literal(f"{take} takes it, {leave} goes back.", QUIET))

    def on_mount(self) -> None:
        """List the choices."""
        self.query_one(RowList).show([(str(at), literal(one_line(each))) for at, each in enumerate(self._choices)])

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Close with the choice under the cursor."""
        self.dismiss(self.query_one(RowList).highlighted)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

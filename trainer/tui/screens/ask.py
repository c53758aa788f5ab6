"""A question that is answered with a line of text, or with one of a list."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from trainer.text import one_line
from trainer.tui.literal import QUIET, literal


class AskScreen(ModalScreen[str | None]):
    """Asks for a line of text, or for the number of a choice; dismissed with that, or None for no answer."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", show=False)]

    def __init__(self, question: str, choices: Sequence[str] | None = None) -> None:
        super().__init__()
        self._question = question
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Make the question and what takes the answer."""
        with Vertical(id="ask"):
            yield Static(literal(self._question))
            if self._choices is None:
                yield Input(id="ask-text", compact=True)
            else:
                yield OptionList(*(literal(one_line(each)) for each in self._choices), id="ask-list", compact=True)
            yield Static(literal("Enter takes it, Esc goes back.", QUIET))

    @on(Input.Submitted)
    def take_text(self, event: Input.Submitted) -> None:
        """Close with the text."""
        self.dismiss(event.value)

    @on(OptionList.OptionSelected)
    def take_choice(self, event: OptionList.OptionSelected) -> None:
        """Close with the number of the choice."""
        self.dismiss(str(event.option_index))

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

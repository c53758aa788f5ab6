"""A question with two answers."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.tui.keys import bindings
from trainer.tui.literal import literal
from trainer.tui.widgets.answers import Answers


class ConfirmScreen(ModalScreen[bool]):
    """Asks before something is lost; dismissed with True for yes."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm")

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """Make the question and its two answers."""
        with Vertical(id="confirm"):
            yield Static(literal(self._question))
            yield Answers({"confirm.yes": self._yes, "confirm.no": self._no})

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)

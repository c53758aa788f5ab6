"""A question with two answers."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import literal


class ConfirmScreen(ModalScreen[bool]):
    """Asks before something is lost; dismissed with True for yes."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm")

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """Make the question and its two answers, which can be clicked."""
        with Vertical(id="confirm"):
            yield Static(literal(self._question))
            with Horizontal(id="confirm-answers"):
                for id_, does in (("yes", self._yes), ("no", self._no)):
                    key = f"{key_name(self, f'confirm.{id_}')} "
                    yield Static(Content.assemble((key, "bold $accent"), does), id=id_)

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)

    def on_click(self, event: object) -> None:
        """Answer by the mouse."""
        clicked = getattr(getattr(event, "widget", None), "id", None)
        if clicked in ("yes", "no"):
            self.dismiss(clicked == "yes")

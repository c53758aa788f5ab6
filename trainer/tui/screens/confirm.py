"""A question with two answers."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.tui.literal import literal


class ConfirmScreen(ModalScreen[bool]):
    """Asks before something is lost; dismissed with True for yes."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "yes", show=False),
        Binding("n,escape,q", "answer(False)", "no", show=False),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """Make the question and its two answers, which can be clicked."""
        with Vertical(id="confirm"):
            yield Static(literal(self._question))
            with Horizontal(id="confirm-answers"):
                yield Static(Content.assemble(("y ", "bold $accent"), self._yes), id="yes")
                yield Static(Content.assemble(("n ", "bold $accent"), self._no), id="no")

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)

    def on_click(self, event: object) -> None:
        """Answer by the mouse."""
        clicked = getattr(getattr(event, "widget", None), "id", None)
        if clicked in ("yes", "no"):
            self.dismiss(clicked == "yes")

"""Help: what to do here, and every key, from the table that binds them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.tui.keymap import key_name, written_key
from trainer.tui.keys import bindings, keys_of
from trainer.tui.literal import QUIET, literal


class HelpScreen(ModalScreen[None]):
    """Every key of one screen; any of the usual keys closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("help")

    def __init__(self, screen: str, words: str) -> None:
        super().__init__()
        self._keys = keys_of(screen)
        self._words = words

    def compose(self) -> ComposeResult:
        """Make the words and the list of keys."""
        with Vertical(id="help"):
            with VerticalScroll(id="help-body", can_focus=False):
                yield Static(literal(self._words), id="help-words")
                with Grid(id="help-keys"):
                    for key in self._keys:
                        yield Static(literal(written_key(self, key), "bold $accent"), classes="help-key")
                        yield Static(literal(key.does), classes="help-does")
            yield Static(literal(f"{key_name(self, 'help.close')} closes this.", QUIET), id="help-close")

    def action_scroll(self, rows: int) -> None:
        """Scroll by some rows."""
        self.query_one("#help-body").scroll_relative(y=rows, animate=False)

    def on_click(self) -> None:
        """Close at a click."""
        self.dismiss()

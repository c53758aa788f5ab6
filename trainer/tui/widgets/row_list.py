"""A list of rows under headings, with keys of its own."""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.visual import Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.tui.hanging import Hanging
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal


class RowList(OptionList, inherit_bindings=False):
    """Rows by their id; a row without an id is a heading, which the cursor passes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rows")
    DEFAULT_CSS = """
    RowList {
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $quiet; }
        & > .option-list--option-highlighted { background: $panel; color: $foreground; text-style: none; }
        &:focus { border: none; background-tint: transparent; }
        &:focus > .option-list--option-highlighted { background: $panel; color: $foreground; text-style: none; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)

    def show(self, rows: list[tuple[str, Visual]]) -> None:
        """Show these rows; the cursor stays on its row."""
        here = self.highlighted
        self.set_options(Option(words, id=name or None, disabled=not name) for name, words in rows)
        firsts = [index for index, (name, _) in enumerate(rows) if name]
        self.highlighted = here if here is not None else next(iter(firsts), None)

    def on_resize(self) -> None:
        """Keep the cursor in sight where there is less room than before."""
        self.call_after_refresh(self.scroll_to_highlight)

    @property
    def chosen(self) -> str:
        """The id of the row under the cursor; empty where there is none."""
        option = self.highlighted_option
        return (option.id if option is not None else None) or ""


def row(name: str, text: Content, width: int) -> Visual:
    """Return a row: a name, and a text beside it."""
    return Hanging([(Content(f"{name:<{width - 1}} "), text)])


def first_heading(words: str) -> tuple[str, Visual]:
    """Return the heading that begins a list."""
    return "", literal(words, QUIET)


def heading(words: str) -> tuple[str, Visual]:
    """Return a heading, with a line above it."""
    return "", Content("\n") + literal(words, QUIET)

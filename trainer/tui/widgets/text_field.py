"""A text to be changed, as high as it needs; the arrow keys lead out of it, up and down."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea


class TextField(TextArea):
    """A text area that grows with its text."""

    DEFAULT_CSS = """
    TextField {
        height: auto;
        min-height: 1;
        border: none;
        border-left: wide $panel;
        padding: 0 1;
        background: transparent;
        &:focus { border: none; border-left: wide $accent; }
        & .text-area--placeholder { color: $faint; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:  # noqa: A002  (Textual's name)
        super().__init__(
            id=id, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False, placeholder=placeholder
        )

    def action_step(self, step: int) -> None:
        """Go a line up or down; from the first or last, out of the field."""
        line = self.wrapped_document.location_to_offset(self.cursor_location).y + step
        if not 0 <= line < self.wrapped_document.height:
            move = self.screen.focus_next if step > 0 else self.screen.focus_previous
            move(TextField)  # at once: keys typed ahead belong to the next field
        elif step < 0:
            self.action_cursor_up()
        else:
            self.action_cursor_down()

    def take(self, text: str) -> None:
        """Show a text, the cursor at its end."""
        self.text = text
        self.move_cursor(self.document.end)

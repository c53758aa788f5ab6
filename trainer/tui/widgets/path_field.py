"""A field for the path of a file, with what it could become listed below."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList

from trainer.formats.drafting.paths import common_beginning, completions


class PathInput(Input):
    """One line; a text of several that is pasted here is no path."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "read it", key_display="Enter")]

    class TextPasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        if "\n" in event.text.strip().replace("\r", "\n"):
            event.stop()
            event.prevent_default()
            self.post_message(self.TextPasted(event.text))


class OfferedPaths(OptionList, can_focus=False):
    """What the path could become; chosen by arrows in the field, or by the mouse."""


class PathField(Vertical):
    """The field and its list."""

    DEFAULT_CSS = """
    PathField {
        height: 1fr;
        & PathInput, & PathInput:focus { border: none; height: 1; padding: 0 1; background: $surface; }
        & OptionList {
            border: none; padding: 0; height: 1fr; background: transparent; scrollbar-size-vertical: 1;
            & > .option-list--option-highlighted { background: $panel; color: $foreground; text-style: none; }
        }
    }
    """

    class Chosen(Message):
        """A path of the list was clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._offered: list[str] = []
        self._asked: str | None = None
        """What was written when these were offered."""

    def compose(self) -> ComposeResult:
        """Make the field and the list."""
        yield PathInput(placeholder="~/notes/article.md", id="path", select_on_focus=False)
        yield OfferedPaths(id="paths", markup=False)

    def on_mount(self) -> None:
        """Offer what is in this folder."""
        self._offer()

    @property
    def field(self) -> PathInput:
        """Where the path is written."""
        return self.query_one(PathInput)

    @property
    def picked(self) -> str:
        """The path of the list under the cursor; what is written where there is none."""
        self._offer()  # keys may come faster than the field says that it changed
        at = self.query_one(OfferedPaths).highlighted
        return self.field.value if at is None else self._offered[at]

    def complete(self) -> None:
        """Write what is under the cursor, else as much as is certain."""
        self._offer()
        listed = self.query_one(OfferedPaths)
        wanted = self.picked if listed.highlighted is not None else common_beginning(self._offered)
        if len(wanted) > len(self.field.value) or listed.highlighted is not None:
            self.write(wanted)

    def write(self, path: str) -> None:
        """Put a path into the field."""
        self.field.value = path
        self.field.cursor_position = len(path)
        self.field.focus()

    def move(self, step: int) -> None:
        """Move the cursor of the list; above its first it is in the field again."""
        listed = self.query_one(OfferedPaths)
        at = -1 if listed.highlighted is None else listed.highlighted
        at = min(at + step, len(self._offered) - 1)
        listed.highlighted = None if at < 0 else at

    @on(Input.Changed)
    def _offer(self) -> None:
        if self._asked == self.field.value:
            return
        self._asked = self.field.value
        listed = self.query_one(OfferedPaths)
        self._offered = completions(self.field.value)
        listed.clear_options()
        listed.add_options([path[path.rstrip("/").rfind("/") + 1 :] for path in self._offered])
        listed.highlighted = None

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Take the path that was clicked."""
        event.stop()
        self.write(self._offered[event.option_index])
        self.post_message(self.Chosen())

"""Where the user may write the answer, for themselves alone."""

from textual import events
from textual.widgets import TextArea

from trainer.tui.editor import edit_text


class Written(TextArea):
    """A text field that is hidden while it is empty and not in use."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, soft_wrap=True, show_line_numbers=False)
        self._held = ("", 0.0, 0.0)

    def clear_away(self) -> None:
        """Forget the text, and hide."""
        self.text = ""
        self.display = False

    def restore(self, text: str, writes: bool) -> None:
        """Show a text that was written before, and go on writing where that was so."""
        if text.strip():
            self.text = text
            self.move_cursor(self.document.end)
            self.display = True
        if writes:
            self.begin()

    def begin(self) -> None:
        """Show the field, and write in it from now on."""
        self.display = True
        self.screen.set_focus(self)  # at once: keys typed ahead must not reach the screen

    def begin_after(self, key: str, at: float, repeat: float) -> None:
        """Begin to write after a key that may still be held: what repeats it within `repeat` seconds is not written."""
        self._held = (key, at, repeat)
        self.begin()

    async def _on_key(self, event: events.Key) -> None:
        key, at, repeat = self._held
        if event.key == key and event.time - at < repeat:
            self._held = (key, event.time, repeat)
            event.stop()
            event.prevent_default()
            return
        self._held = ("", 0.0, 0.0)
        await super()._on_key(event)

    def end(self) -> None:
        """Write no more; hide where nothing is written."""
        self.screen.set_focus(None)
        self.display = bool(self.text.strip())

    def open_editor(self) -> None:
        """Let the user's editor change the text. Raises TrainerError."""
        try:
            self.text = edit_text(self.app, self.text)
        finally:
            self.display = bool(self.text.strip())

    def write_ahead(self, event: events.Key) -> bool:
        """Take a key that was on its way to the screen before the field had the focus; return whether it did."""
        if event.key in ("tab", "escape"):
            self.end()
        elif event.is_printable and event.character:
            self.insert(event.character)
        else:
            return False
        return True

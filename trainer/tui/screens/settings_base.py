"""A screen whose list changes lines of the settings file: written at once, followed, taken back one by one."""

from typing import Any

from textual.screen import Screen

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.settings.writing import write_setting
from trainer.tui.keymap import key_name
from trainer.tui.messages import SettingsChanged
from trainer.tui.widgets.status_line import StatusLine


class SettingsBase(Screen[None]):
    """What the screens of settings and of keys share."""

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self._collection = collection
        self._before: list[tuple[tuple[str, ...], Any]] = []
        """What stood in the file before each change made here, the newest last."""

    def show(self) -> None:
        """Show what is set now."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Show what a key did."""
        self.query_one(StatusLine).say(words)

    def set_value(self, path: tuple[str, ...], value: Any) -> bool:
        """Write a value to the settings, None for the default; return whether that worked."""
        try:
            before = write_setting(self._collection.home.settings, path, value)
        except TrainerError as error:
            self.query_one(StatusLine).say_failed(error.words)
            return False
        if before != value:
            self._before.append((path, before))
        self.follow()
        return True

    def follow(self) -> None:
        """Take in what the file holds, and let the app follow."""
        try:
            self._collection.refresh()
        except TrainerError as error:
            self.query_one(StatusLine).say_failed(error.words)
        self.post_message(SettingsChanged())
        self.show()
        self.refresh_bindings()

    def on_screen_resume(self) -> None:
        """Show what was changed elsewhere meanwhile."""
        self.follow()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is."""
        return action != "undo" or bool(self._before)

    def undo_newest(self) -> tuple[str, ...] | None:
        """Take back the newest change made here; return where it was, None where nothing was taken back."""
        path, before = self._before.pop()
        if not self.set_value(path, before):
            self._before.append((path, before))
            return None
        self._before.pop()
        return path

    def takes_back(self) -> str:
        """Return the words on how to take a change back."""
        return f"{key_name(self, 'settings.undo')} takes it back."

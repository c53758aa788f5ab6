"""Screens that say what to do on them, and every key."""

import re
from typing import ClassVar

from textual.screen import Screen

from trainer.tui.keymap import key_name


class Helped:
    """Part of a screen: its help key shows what stands here, with the screen's keys."""

    HELP_NAME: ClassVar[str]
    """What the screen is called in the table of keys."""
    HELP_TEXT: ClassVar[str]
    """What to do here, in words; an id of the table of keys in braces stands for its key."""

    def action_help(self) -> None:
        """Show every key of this screen."""
        from trainer.tui.screens.help import HelpScreen

        assert isinstance(self, Screen)
        words = re.sub(r"\{([\w.]+)\}", lambda found: key_name(self, found[1]), self.HELP_TEXT)
        self.app.push_screen(HelpScreen(self.HELP_NAME, words))

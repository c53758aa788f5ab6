"""Screens that say what to do on them, and every key."""

from typing import ClassVar

from textual.screen import Screen


class Helped:
    """Part of a screen: its help key shows what stands here, with the screen's keys."""

    HELP_NAME: ClassVar[str]
    """What the screen is called in the table of keys."""
    HELP_TEXT: ClassVar[str]
    """What to do here, in words."""

    def action_help(self) -> None:
        """Show every key of this screen."""
        from trainer.tui.screens.help import HelpScreen

        assert isinstance(self, Screen)
        self.app.push_screen(HelpScreen(self.HELP_NAME, self.HELP_TEXT))

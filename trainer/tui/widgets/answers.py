"""The answers to a question, each with its key."""

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from trainer.tui.keymap import BY_ID, key_name


class Answers(Horizontal):
    """Answers side by side; a click does what the key of one does."""

    DEFAULT_CSS = """
    Answers {
        height: 1;
        margin-top: 1;
        & > Static { width: auto; margin-right: 4; }
    }
    """

    def __init__(self, answers: Mapping[str, str]) -> None:
        super().__init__()
        self._answers = answers
        """What each does, by the id of its key."""

    def compose(self) -> ComposeResult:
        """Make the answers."""
        for key, does in self._answers.items():
            words = Content.assemble((f"{key_name(self, key)} ", "bold $accent"), does)
            yield Static(words, id=key.partition(".")[2], name=key)

    async def on_click(self, event: events.Click) -> None:
        """Answer by the mouse."""
        if event.widget is not None and event.widget.name:
            await self.screen.run_action(BY_ID[event.widget.name].action)

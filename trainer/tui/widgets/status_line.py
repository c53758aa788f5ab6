"""What a key did, said below the question for some seconds; a failure stays until the next key does something."""

from textual.timer import Timer
from textual.widgets import Static

from trainer.tui.literal import QUIET, literal

SAID_FOR = 6.0
"""Seconds for which what a key did stays on the screen, at least."""
READ = 15
"""Characters read in a second, by someone in no hurry."""


class StatusLine(Static):
    """One line, or as many as the words need."""

    DEFAULT_CSS = """
    StatusLine {
        height: auto; min-height: 1; max-height: 5; color: $text-muted;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._timer: Timer | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said lately."""
        return self._timer is None

    def say(self, words: str) -> None:
        """Show what a key did, for some seconds."""
        self._show(words, QUIET, stays=False)

    def say_failed(self, words: str) -> None:
        """Show what went wrong, until something else is said."""
        self._show(words, "bold $error", stays=True)

    def _show(self, words: str, style: str, stays: bool) -> None:
        self.update(literal(words, style))
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(max(SAID_FOR, len(words) / READ), self._end, pause=stays)

    def _end(self) -> None:
        self._timer = None
        self.update("")

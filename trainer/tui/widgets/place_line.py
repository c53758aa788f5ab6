"""The first line of a review: which deck, and how far."""

from textual.content import Content
from textual.widget import Widget

from trainer.text import shorten
from trainer.tui.literal import QUIET

BAR = 20
"""Cells of the bar; it goes where there is no room."""


class PlaceLine(Widget):
    """The deck's title at the left, the way through the session at the right."""

    DEFAULT_CSS = "PlaceLine { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = ""
        self._words = ""
        self._share = 0.0
        self._seconds: int | None = None

    def show(self, title: str, words: str, share: float) -> None:
        """Show a title, words such as "3 of 9", and a bar filled by `share` (0-1)."""
        self._title, self._words, self._share = title, words, share
        self._seconds = None
        self.refresh()

    def show_seconds(self, seconds: int) -> None:
        """Show how long the answer has been thought about, until something else is shown."""
        self._seconds = seconds
        self.refresh()

    def render(self) -> Content:
        """Draw the line in the width there is."""
        width = self.size.width
        bar = BAR if width >= 60 else 0
        words = self._words if self._seconds is None else f"{self._seconds} s  {self._words}"
        right = Content(words).cell_length + (bar + 2 if bar else 0)
        title = Content(shorten(self._title, max(width - right - 2, 8)))
        gap = max(width - title.cell_length - right, 1)
        return Content.assemble(
            title.stylize(QUIET),
            " " * gap,
            progress_bar(self._share, bar),
            "  " if bar else "",
            (words, QUIET),
        )


def progress_bar(share: float, cells: int) -> Content:
    """Return a bar of so many cells, done to a share (0-1): heavy so far, light after, which needs no colours."""
    done = round(share * cells)
    return Content.assemble(("━" * done, "$accent"), ("─" * (cells - done), "$panel"))

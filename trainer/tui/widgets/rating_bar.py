"""The four ratings, each with when the card would come back."""

from collections.abc import Mapping

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from trainer.model import Rating
from trainer.tui.keymap import key_name
from trainer.tui.literal import FAINT, QUIET

_STYLES = {Rating.AGAIN: "$error", Rating.HARD: "$warning", Rating.GOOD: "$success", Rating.EASY: "$primary"}


class RatingButton(Static):
    """One rating: its key, its name, and beside it, or below it where two rows are given, when the card comes back."""

    def __init__(self, rating: Rating) -> None:
        super().__init__(id=f"rate-{rating}")
        self.rating = rating
        self._aside = ""

    def offer(self, when: str | None, why_not: str) -> None:
        """Offer the rating with when the card comes back; with None, say why it is not open."""
        self.disabled = when is None
        self._aside = why_not if when is None else when
        self.on_resize()

    def on_resize(self) -> None:
        """Fit the words to the rows there are."""
        key = f"{key_name(self, f'review.{self.rating}')} "
        gap = " " if self.size.height < 2 else "\n" + " " * cell_len(key)
        self.update(
            Content.assemble(
                (key, FAINT if self.disabled else f"bold {_STYLES[self.rating]}"),
                (self.rating.value, FAINT if self.disabled else ""),
                (gap + self._aside, FAINT if self.disabled else QUIET),
            ),
            layout=False,
        )


class RatingBar(Horizontal):
    """Offers the ratings that the ticks allow."""

    DEFAULT_CSS = """
    RatingBar {
        height: 1;
        RatingButton { width: 1fr; height: 1fr; max-width: 24; text-wrap: nowrap; text-overflow: ellipsis; }
        RatingButton:hover { background: $panel; }
    }
    """

    class Chosen(Message):
        """A rating was clicked."""

        def __init__(self, rating: Rating, at: float) -> None:
            super().__init__()
            self.rating = rating
            self.at = at

    def compose(self) -> ComposeResult:
        """Make the four buttons."""
        for rating in Rating:
            yield RatingButton(rating)

    def offer(self, when: Mapping[Rating, str], why_not: Mapping[Rating, str]) -> None:
        """Show when each rating brings the card back; those without a time are closed, with a reason."""
        for button in self.query(RatingButton):
            button.offer(when.get(button.rating), why_not.get(button.rating, ""))

    def on_click(self, event: events.Click) -> None:
        """Choose the rating that was clicked."""
        if isinstance(event.widget, RatingButton) and not event.widget.disabled:
            self.post_message(self.Chosen(event.widget.rating, event.time))

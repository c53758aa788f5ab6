"""Two versions of a card, when another program changed it while it was changed here."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.model import Card
from trainer.text import shorten
from trainer.tui.hanging import Hanging, Row, said
from trainer.tui.helped import Helped
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.answers import Answers
from trainer.tui.widgets.card_form import FIELDS

LONGEST = 300
"""Characters shown of one value."""


class ConflictScreen(Helped, ModalScreen[bool | None]):
    """Asks which version stays: dismissed with True for mine, False for theirs, None to think about it."""

    CSS_PATH = "conflict.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("conflict")
    HELP_NAME = "conflict"
    HELP_TEXT = (
        "The card was changed in its file while you were changing it here. One of the two versions stays; what differs "
        "is listed, yours first. {conflict.leave} goes back to your fields, where you can bring both together by hand."
    )

    def __init__(self, mine: Card, theirs: Card | None) -> None:
        super().__init__()
        self._mine, self._theirs = mine, theirs

    def compose(self) -> ComposeResult:
        """Make the sentence, what differs, and the answers."""
        gone = self._theirs is None
        what = "This card was removed from its deck" if gone else "This card was changed by another program"
        with Vertical(id="conflict"):
            yield Static(f"{what} while you were changing it.", markup=False)
            with VerticalScroll(id="differences", can_focus=False):
                yield Static(Hanging(self._differences()))
            yield Answers(
                {
                    "conflict.mine": "put mine back" if gone else "save mine",
                    "conflict.theirs": "leave it removed" if gone else "take the other",
                    "conflict.leave": "back",
                }
            )

    def _differences(self) -> list[Row]:
        """Return what differs, each field with both versions."""
        rows: list[Row] = []
        for name, (label, _) in FIELDS.items():
            if name == "own":
                continue  # which no deck holds
            pair = [_words(card, name) for card in (self._mine, self._theirs) if card]
            if len(set(pair)) > 1:
                rows += [said(label, QUIET)]
                rows += [
                    (Content.styled(f"  {who:6}", QUIET), literal(words or "–"))
                    for who, words in zip(("mine", "other"), pair, strict=True)
                ]
        return rows

    def action_answer(self, mine: bool | None) -> None:
        """Close with the answer."""
        self.dismiss(mine)

    def action_scroll(self, rows: int) -> None:
        """Scroll by some rows."""
        self.query_one("#differences").scroll_relative(y=rows, animate=False)


def _words(card: Card, name: str) -> str:
    """Return what a card says in a field, in a line or so."""
    if name == "points":
        each = (f"{point.text} (×{point.weight:g})" if point.weight != 1 else point.text for point in card.key_points)
        return shorten(" · ".join(each), LONGEST)
    value = getattr(card, name)
    return shorten(" · ".join(value) if isinstance(value, tuple) else value, LONGEST)

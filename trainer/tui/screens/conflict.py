"""Two versions of a card, when another program changed it while it was changed here."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.model import Card
from trainer.text import shorten
from trainer.tui.hanging import Hanging, Row, said
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.card_form import FIELDS

LONGEST = 300
"""Characters shown of one value."""


class ConflictScreen(ModalScreen[bool | None]):
    """Asks which version stays: dismissed with True for mine, False for theirs, None to think about it."""

    CSS_PATH = "conflict.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "answer(True)", "mine", show=False),
        Binding("t", "answer(False)", "the other", show=False),
        Binding("escape,q", "dismiss(None)", "back", show=False),
    ]

    def __init__(self, mine: Card, theirs: Card | None) -> None:
        super().__init__()
        self._mine, self._theirs = mine, theirs

    def compose(self) -> ComposeResult:
        """Make the sentence, what differs, and the answers."""
        gone = self._theirs is None
        what = "This card was removed from its deck" if gone else "This card was changed by another program"
        with Vertical(id="conflict"):
            yield Static(f"{what} while you were changing it.", markup=False)
            with VerticalScroll(id="differences"):
                yield Static(Hanging(self._differences()))
            with Horizontal(id="conflict-answers"):
                yield Static(
                    Content.assemble(("m ", "bold $accent"), "put mine back" if gone else "save mine"), id="mine"
                )
                yield Static(
                    Content.assemble(("t ", "bold $accent"), "leave it removed" if gone else "take the other"),
                    id="theirs",
                )
                yield Static(Content.assemble(("Esc ", "bold $accent"), "back"), id="back")

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

    def action_answer(self, mine: bool) -> None:
        """Close with the answer."""
        self.dismiss(mine)

    def on_click(self, event: object) -> None:
        """Answer by the mouse."""
        clicked = getattr(getattr(event, "widget", None), "id", None)
        if clicked in ("mine", "theirs", "back"):
            self.dismiss({"mine": True, "theirs": False}.get(str(clicked)))


def _words(card: Card, name: str) -> str:
    """Return what a card says in a field, in a line or so."""
    if name == "points":
        each = (f"{point.text} (×{point.weight:g})" if point.weight != 1 else point.text for point in card.key_points)
        return shorten(" · ".join(each), LONGEST)
    value = getattr(card, name)
    return shorten(" · ".join(value) if isinstance(value, tuple) else value, LONGEST)

"""The cards of a draft, a row each, with how they stand."""

from typing import ClassVar

from textual.binding import BindingType

from trainer.formats.drafting.draft import Draft
from trainer.formats.drafting.looking import look_at
from trainer.formats.planning import Known
from trainer.text import shorten
from trainer.tui.keys import bindings
from trainer.tui.widgets.drawn_rows import Piece, Rows, fitted

_WORDS = 21
"""Cells for how a card stands."""


class DraftList(Rows):
    """One row a card: a mark, the question, how it stands."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("document")

    def __init__(self, draft: Draft, known: Known, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draft = draft
        self._known = known

    def items(self) -> int:
        """Return how many cards there are."""
        return len(self._draft.cards)

    def pieces(self, item: int, row: int) -> list[Piece]:
        """Return the row of a card."""
        each = self._draft.cards[item]
        look = look_at(self._draft, each, self._known)
        mark = "-" if each.dropped else "?" if look.is_open else "✓" if each.settled else " "
        room = self.scrollable_content_region.width - 1
        words = look.words if room >= 60 else ""
        width = max(room - 3 - (_WORDS + 1 if words else 0), 8)
        question = fitted(shorten(each.card.question, 300), width)
        return [
            (f" {mark} ", "rows--open" if look.is_open else "rows--mark"),
            (question, "rows--quiet" if each.dropped else ""),
            (f" {words}", "rows--open" if look.is_open else "rows--quiet"),
        ]

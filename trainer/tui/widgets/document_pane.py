"""The document: each line with a mark that says what it became."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from trainer.formats.drafting.draft import Draft
from trainer.formats.found import Part
from trainer.tui.keys import bindings
from trainer.tui.widgets.drawn_rows import Piece, Rows, wrapped

MARKS = {
    Part.QUESTION: "Q",
    Part.POINT: "•",
    Part.FOLLOW_UP: "?",
    Part.HINT: "H",
    Part.WHY: "W",
    Part.ANSWER: "A",
}
"""The mark of each part; where a line is several, the first here."""
NAMES = {
    Part.QUESTION: "the question",
    Part.POINT: "a key point",
    Part.FOLLOW_UP: "a follow-up",
    Part.HINT: "hint",
    Part.WHY: "what it is meant to find out",
    Part.ANSWER: "answer",
}
LEFT_OUT = "-"
_ORDER = list(MARKS)
_NUMBER = 5
"""Cells of a line number."""
_GUTTER = _NUMBER + 5
"""Cells beside a line: its number, its marks, and one before the scroll bar."""


class DocumentPane(Rows):
    """Lines of a document; the cursor chooses lines, from 1."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("document")

    def __init__(self, draft: Draft, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draft = draft
        self._rows: list[list[str]] = []
        self._width = 0
        self._became: dict[int, tuple[int, Part]] = {}
        """By line: the key of the card it belongs to, and as what."""
        self._dropped: set[int] = set()
        self._reasons = {each.line: each.reason for each in draft.skipped if each.line is not None}
        self._current = -1
        self.look_again()

    def look_again(self) -> None:
        """Take in what became of the lines."""
        self._became.clear()
        self._dropped.clear()
        for card in self._draft.cards:
            for span in card.found.spans:
                lines = range(span.first, span.last + 1)
                if card.dropped:
                    self._dropped.update(lines)
                    continue
                for line in lines:
                    before = self._became.get(line)
                    if before is None or _ORDER.index(span.part) < _ORDER.index(before[1]):
                        self._became[line] = (card.key, span.part)
        self.refresh()

    def show_card(self, key: int) -> None:
        """Show which lines belong to a card."""
        self._current = key
        self.refresh()

    @property
    def lines(self) -> tuple[int, int]:
        """The first and last line chosen, from 1."""
        first, last = self.chosen
        return first + 1, last + 1

    def words_on(self, line: int) -> str:
        """Return what a line became, in words."""
        if line in self._became:
            return NAMES[self._became[line][1]]
        if line in self._dropped:
            return "of a card that is dropped"
        if line in self._reasons:
            return f"left out: {self._reasons[line]}"
        return "in no card"

    def items(self) -> int:
        """Return how many lines there are."""
        return len(self._draft.lines)

    def heights(self) -> Sequence[int] | None:
        """Return how many rows each line takes."""
        width = max(self.scrollable_content_region.width - _GUTTER, 8)
        if width != self._width:
            self._width = width
            self._rows = [wrapped(line, width) for line in self._draft.lines]
        return [len(rows) for rows in self._rows]

    def pieces(self, item: int, row: int) -> list[Piece]:
        """Return number, mark and text of a row."""
        line = item + 1
        key, part = self._became.get(line, (-1, None))
        mine = "▌" if key == self._current and part else " "
        mark = MARKS[part] if part else LEFT_OUT if line in self._reasons or line in self._dropped else " "
        if not self._draft.lines[item].strip():
            mark = " "
        style = "rows--strong" if part is Part.QUESTION else "" if part else "rows--quiet"
        return [
            (f"{line:>{_NUMBER}}" if row == 0 else " " * _NUMBER, "rows--quiet"),
            (f" {mark}" if row == 0 else "  ", "rows--mark"),
            (mine + " ", "rows--mark"),
            (self._rows[item][row], style),
        ]

"""Reworded: cards and points that keep the memory of what they were, and how to part those that are not the same."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.visual import Visual
from textual.widgets import Static

from trainer.collection.collection import Collection
from trainer.collection.rewording import Reworded, listed_after, renamings_in_words
from trainer.errors import TrainerError
from trainer.tui.hanging import EMPTY, Hanging, said
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.row_list import RowList


class RewordedScreen(Helped, Screen[None]):
    """The pairs of a time, the newest first."""

    CSS_PATH = "reworded.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("reworded")
    HELP_NAME = "reworded"
    HELP_TEXT = (
        "Each pair is a card or key point before and after you changed it; the new one goes on with what you learned "
        "of the old. Part a pair that is not the same: then the new one is asked as new, and the two are never "
        "joined again."
    )

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self._collection = collection
        self._after = listed_after(collection)
        self._pairs = renamings_in_words(collection, self._after)

    def compose(self) -> ComposeResult:
        """Make the sentences, the list and the footer."""
        with Vertical(id="column"):
            yield Static("Reworded lately", id="sentence", markup=False)
            key = key_name(self, "reworded.part")
            yield Static(
                literal(f"Each keeps its memory. If a pair is not the same, {key} parts it for good."), id="advice"
            )
            yield RowList(id="rewordings")
            yield KeyLine()

    def on_mount(self) -> None:
        """List the pairs."""
        self._show()

    def _show(self) -> None:
        self.query_one(RowList).show([(pair.key, _entry(pair)) for pair in self._pairs])

    def action_part(self) -> None:
        """Take back the renaming under the cursor."""
        at = self.query_one(RowList).highlighted
        if at is None:
            return
        if not self._pairs[at].stands:
            self.notify("These two are parted.", markup=False)
            return
        try:
            self._collection.undo(self._pairs[at].key)
        except TrainerError as error:
            self.notify(error.words, severity="error", markup=False)
            return
        self._pairs = renamings_in_words(self._collection, self._after)
        self._show()

    def action_leave(self) -> None:
        """Go back to Today."""
        self.dismiss()


def _entry(pair: Reworded) -> Visual:
    """Return the old wording above the new one, and an empty line."""
    old = "under another id" if pair.old == pair.new else pair.old
    new = literal(pair.new, "" if pair.stands else QUIET)
    parted = ("", "") if pair.stands else ("  parted", "bold $warning")
    rows = [said(f"Key point of: {pair.question}", QUIET)] if pair.question else []
    rows += [
        (Content("  "), literal(old, QUIET)),
        (Content.styled("→ ", "bold $accent"), Content.assemble(new, parted)),
    ]
    return Hanging([*rows, EMPTY])

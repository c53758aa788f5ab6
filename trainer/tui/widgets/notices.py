"""The lines below Today's table: what there is to merge, what was reworded, a fit to offer, what is wrong."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.progress.events import stamp_of
from trainer.text import counted
from trainer.tui.keymap import key_name
from trainer.tui.literal import lines, literal

if TYPE_CHECKING:
    from trainer.progress.offers import Offer

SAID_FOR = timedelta(days=1)
"""How long it is said that something was reworded."""
MOST_TROUBLES = 6


class Notices(Vertical):
    """A line for each; one that has nothing to say is not there. What takes long to find is imported when looked for.

    Whenever what it offers may be another, the footer is made anew.
    """

    DEFAULT_CSS = """
    Notices {
        height: auto;
        & > Static { padding: 1 1 0 2; height: auto; display: none; }
        & > #copies { max-height: 7; }
        & > #trouble { color: $text-muted; max-height: 8; }
    }
    """

    def __init__(self, collection: Collection, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._collection = collection
        self._offers: list[Offer] = []
        self.has_reworded = False
        """Whether there is something to list that was reworded."""
        self.can_fit = self.was_fit = False
        """Whether there are reviews enough to fit the memory model to, and whether it was tried in this run."""

    def compose(self) -> ComposeResult:
        """Make the lines."""
        for name in ("copies", "reworded", "fit", "trouble"):
            yield Static(id=name, markup=False)

    def _show(self, name: str, content: Content) -> None:
        line = self.query_one(f"#{name}", Static)
        line.display = bool(content)
        line.update(content)

    # Conflict copies

    @property
    def can_merge(self) -> bool:
        """Whether a conflict copy of the log is on offer."""
        return bool(self._offers)

    def look_for_copies(self, said: str = "") -> None:
        """Offer the first conflict copy of the log that holds something, after words on the last one."""
        from trainer.collection.merging import offers

        self._offers = offers(self._collection)
        words = [said] if said else []
        words += [f"{offer.words}: {key_name(self, 'today.merge')} merges it." for offer in self._offers[:1]]
        self._show("copies", literal("\n".join(words)))
        self.refresh_bindings()

    def merge(self) -> str:
        """Add what the conflict copy holds that is on offer, and return what came; empty where it could not be."""
        from trainer.collection.merging import merge
        from trainer.progress.merging import read_other

        offer = self._offers[0]
        try:
            merged = merge(self._collection, read_other(offer.path))
        except TrainerError as error:
            self.notify(error.words, severity="error", markup=False)
            return ""
        return f"{offer.path.name}: {merged.words()} You may delete it."

    # Reworded

    def follow_rewording(self) -> bool:
        """Join what was reworded with what it was, and say so; return whether something was joined just now."""
        from trainer.collection.rewording import follow_rewording  # the counts need not wait for it

        try:
            joined = follow_rewording(self._collection)
        except TrainerError as error:
            self.say_failed(error)
            return False
        self._say_reworded()
        return bool(joined)

    def _say_reworded(self) -> None:
        """Say how many cards were reworded lately; they can be shown for longer."""
        from trainer.collection.rewording import listed_after, renamed_cards

        self.has_reworded = bool(self._collection.renamings(listed_after(self._collection)))
        lately = stamp_of(self._collection.clock.now() - SAID_FOR)
        number = renamed_cards(self._collection, lately) if self.has_reworded else 0
        words = (
            f"was reworded and keeps its memory: {key_name(self, 'today.reworded')} shows it."
            if number == 1
            else f"were reworded and keep their memory: {key_name(self, 'today.reworded')} shows them."
        )
        self._show("reworded", literal(f"{counted(number, 'card')} {words}" if number else ""))
        self.refresh_bindings()

    # The fit

    def offer_fit(self) -> None:
        """Offer to fit the memory model to the user's reviews when it is time."""
        from trainer.insight.fitting import growth

        grown = growth(self._collection)
        self.can_fit = grown.is_enough
        is_offered = grown.is_time and not self.was_fit
        self._show("fit", literal(grown.words(key_name(self, "today.fit")) if is_offered else ""))
        self.refresh_bindings()

    # Troubles

    def say_troubles(self, troubles: Sequence[str]) -> None:
        """Say what is wrong, the first of it."""
        said = [Content.assemble(("! ", "bold $warning"), literal(each)) for each in troubles[:MOST_TROUBLES]]
        self._show("trouble", lines(said))

    def say_failed(self, error: TrainerError) -> None:
        """Say why something could not be done, in place of other troubles."""
        self.say_troubles([error.words])

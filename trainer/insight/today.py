"""The day at a glance: what each deck would show, and all of them together."""

from dataclasses import dataclass
from datetime import date

from trainer.collection.collection import Collection
from trainer.collection.standing import Counts
from trainer.model import Deck
from trainer.study.plan import Share, share_of


@dataclass(frozen=True)
class DeckDay:
    """One deck on a day: what a session over it alone would show."""

    deck: Deck
    share: Share
    paused: bool

    @property
    def due(self) -> int:
        """Due cards and those that return."""
        return self.share.returns + self.share.due


@dataclass(frozen=True)
class Day:
    """All decks on a day. The total is that of one session over all of them, not the sum."""

    day: date
    decks: tuple[DeckDay, ...]
    share: Share
    """The session over all decks that are not paused."""

    @property
    def due(self) -> int:
        """Due and returning cards of the session over all decks."""
        return self.share.returns + self.share.due

    @property
    def awake(self) -> list[Deck]:
        """The decks that are not paused."""
        return [row.deck for row in self.decks if not row.paused]


def day_at_a_glance(collection: Collection, day: date) -> Day:
    """Return what each deck and all together would show on `day`."""
    counts = collection.standing.counts(day)
    rows = []
    together = Counts()
    for deck in collection.library.decks:
        own = counts.get(deck.file, Counts())
        paused = collection.settings.is_paused(deck.title)
        rows.append(DeckDay(deck, share_of(collection, own, day), paused))
        together = together if paused else together + own
    return Day(day, tuple(rows), share_of(collection, together, day))


def next_due(collection: Collection, decks: list[Deck], day: date) -> tuple[date, int] | None:
    """Return the next day after `day` on which cards of `decks` fall due, and how many; None for never."""
    return collection.standing.next_due([deck.file for deck in decks], day)

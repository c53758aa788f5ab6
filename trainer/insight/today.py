"""The day at a glance: what each deck would show, and all of them together."""

from datetime import date
from typing import NamedTuple

from trainer.collection.collection import Collection
from trainer.collection.standing import Counts, together
from trainer.model import Deck
from trainer.study.share import Share, Shares, pace_of


class DeckDay(NamedTuple):
    """One deck on a day: what a session over it alone would show."""

    deck: Deck
    share: Share
    paused: bool

    @property
    def due(self) -> int:
        """Due cards and those that return."""
        return self.share.returns + self.share.due


class Day(NamedTuple):
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
    counts, shares = collection.standing.counts(day), Shares(collection, day)
    rows, awake = [], []
    for deck in collection.library.decks:
        own = counts.get(deck.file, Counts())
        paused = collection.settings.is_paused(deck.title)
        rows.append(DeckDay(deck, shares.of(own, pace=pace_of(collection, [deck], day)), paused))
        if not paused:
            awake.append((deck, own))
    pace = pace_of(collection, (deck for deck, _ in awake), day)
    return Day(day, tuple(rows), shares.of(together(own for _, own in awake), pace=pace))


def next_due(collection: Collection, decks: list[Deck], day: date) -> tuple[date, int] | None:
    """Return the next day after `day` on which cards of `decks` fall due, and how many; None for never."""
    return collection.standing.next_due([deck.file for deck in decks], day)

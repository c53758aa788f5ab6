"""The day at a glance: what each deck would show, and all of them together."""

from dataclasses import dataclass
from datetime import date

from trainer.collection.collection import Collection
from trainer.model import Deck
from trainer.study.plan import Kind, Limits, Plan, kind_of, plan_day


@dataclass(frozen=True)
class DeckDay:
    """One deck on a day: what a session over it alone would show."""

    deck: Deck
    new: int
    due: int
    """Due cards and those that return."""
    seconds: float
    coverage: float | None
    """Mean coverage (0-1) of the cards reviewed; None when none was."""
    paused: bool


@dataclass(frozen=True)
class Day:
    """All decks on a day. The total is that of one session over all of them, not the sum."""

    day: date
    decks: tuple[DeckDay, ...]
    plan: Plan
    """The session over all decks that are not paused."""
    coverage: float | None
    """Mean coverage (0-1) of all cards of these decks that were reviewed; None when none was."""

    @property
    def due(self) -> int:
        """Due and returning cards of the session over all decks."""
        return _due(self.plan)


def day_at_a_glance(collection: Collection, day: date) -> Day:
    """Return what each deck and all together would show on `day`."""
    rows = []
    for deck in collection.library.decks:
        plan = plan_day(collection, [deck], day, Limits())
        paused = collection.settings.is_paused(deck.title)
        coverage = collection.mean_coverage(deck.cards, day)
        rows.append(DeckDay(deck, len(plan.new), _due(plan), plan.seconds, coverage, paused))
    awake = [row.deck for row in rows if not row.paused]
    known = collection.mean_coverage((card for deck in awake for card in deck.cards), day)
    return Day(day, tuple(rows), plan_day(collection, awake, day, Limits()), known)


def _due(plan: Plan) -> int:
    return len(plan.returns) + len(plan.due)


@dataclass(frozen=True)
class DeckCount:
    """What a deck holds, without a limit: cards never asked, and cards due by a day."""

    cards: int
    new: int
    due: int


def count_deck(collection: Collection, deck: Deck, day: date) -> DeckCount:
    """Count a deck's cards by where they stand on `day`."""
    new = sum(not collection.state(card.id).reviews for card in deck.cards)
    due = sum(kind_of(collection, card, day) in (Kind.DUE, Kind.RETURN) for card in deck.cards)
    return DeckCount(len(deck.cards), new, due)


def next_due(collection: Collection, decks: list[Deck], day: date) -> tuple[date, int] | None:
    """Return the next day after `day` on which cards of `decks` fall due, and how many; None for never."""
    days = [
        due
        for deck in decks
        for card in deck.cards
        if (due := collection.due(card.id)) is not None and due > day and not collection.state(card.id).suspended
    ]
    return (min(days), days.count(min(days))) if days else None

"""What a session shows today, card by card: what returns, what is due, what is new."""

import math
from collections.abc import Collection as Ids
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from trainer.collection.collection import Collection
from trainer.memory.fuzz import draw
from trainer.model import Card, Deck
from trainer.progress.replay import Attempt
from trainer.study.share import Limits, Shares, counts_of, fitting, pace_of, spread

WEAK_CARDS = 20
"""The most cards of a session over weak points, unless it has a limit of its own."""


class Kind(Enum):
    """Why a card comes up."""

    RETURN = "return"
    """Points of it were missed earlier today."""
    DUE = "due"
    NEW = "new"
    """It was never asked, or points were added to it that never were."""
    PRACTICE = "practice"
    """Nothing asks for it but the user."""
    WEAK = "weak"
    """The user asked for the points that are likely to be missed, and it has some."""


@dataclass(frozen=True)
class Plan:
    """Cards by why they come up, each list in the order of asking."""

    day: date
    returns: tuple[Card, ...]
    due: tuple[Card, ...]
    new: tuple[Card, ...]
    practice: tuple[Card, ...]
    left_due: int
    """Cards that are due but for which there is no time today."""
    left_new: int
    """Cards never asked, beyond those of today."""
    seconds: float
    """How long it is expected to take."""
    is_behind: bool = False
    """Whether the cards due on days before alone take more than a day's minutes: no new ones come until they do not."""

    pace: int = 0
    """New cards that the dates of decks ask for today, those had included."""
    weak: tuple[Card, ...] = ()
    """Cards asked for their weak points alone."""

    @property
    def queue(self) -> tuple[tuple[Card, Kind], ...]:
        """The cards in order, returns aside: those due, with the new ones spread among them."""
        due = [(card, Kind.DUE) for card in self.due]
        new = [(card, Kind.NEW) for card in self.new]
        practice = [(card, Kind.PRACTICE) for card in self.practice]
        weak = [(card, Kind.WEAK) for card in self.weak]
        return (*spread(due, new), *practice, *weak)

    @property
    def asked(self) -> int:
        """How many cards there are to ask."""
        return len(self.returns) + len(self.due) + len(self.new) + len(self.practice) + len(self.weak)


def kind_of(collection: Collection, card: Card, day: date) -> Kind | None:
    """Return why a card comes up on `day`, or None when it does not."""
    kind = collection.kind(card.id, day)
    return Kind(kind) if kind else None


def plan_day(
    collection: Collection,
    decks: Sequence[Deck],
    day: date,
    limits: Limits | None = None,
    among: Ids[str] | None = None,
) -> Plan:
    """Return what a session over `decks` shows on `day`; with `among`, of these cards alone."""
    standing, cards, model = collection.standing, collection.library.cards, collection.model
    files = [deck.file for deck in decks]

    def kept(ids: list[str]) -> list[str]:
        return ids if among is None else [each for each in ids if each in among]

    returns = kept(standing.returning(files, day))
    if limits is not None and limits.weak:
        asked = [card for deck in decks for card in deck.cards if among is None or card.id in among]
        return _plan_weak(collection, asked, day, limits, [cards[each] for each in returns])
    pace = pace_of(collection, decks, day)
    share = Shares(collection, day).of(counts_of(collection, decks, day, among), limits, pace)
    due = kept(standing.weakest(Kind.DUE.value, files, model, day))[: share.due] if share.due else []
    practice = kept(standing.weakest(None, files, model, day))[: share.practice] if share.practice else []
    new = kept(_in_order_of_learning(collection, decks, day))[: share.new] if share.new else []
    lists = [tuple(cards[each] for each in ids) for ids in (returns, due, new, practice)]
    return Plan(
        day, lists[0], lists[1], lists[2], lists[3],
        share.left_due, share.left_new, share.seconds, share.is_behind, pace,
    )  # fmt: skip


def weak_points(collection: Collection, card: Card, day: date) -> list[str]:
    """Return the ids of a card's points that are likelier to be missed on `day` than asked for, weakest first."""
    memory, model = collection.state(card.id).memory, collection.model
    chances = {point.id: model.retrievability(memory[point.id], day) for point in card.points if point.id in memory}
    asked_for = collection.retention_of(card.id)
    return sorted((point for point, chance in chances.items() if chance < asked_for), key=chances.__getitem__)


def _plan_weak(
    collection: Collection, asked: Iterable[Card], day: date, limits: Limits, returns: Sequence[Card]
) -> Plan:
    """Return what a session over the weak points of cards shows: the cards with the weakest point first."""
    found: list[tuple[float, Card]] = []
    for card in asked:
        state = collection.state(card.id)
        weak = [] if state.suspended or card in returns else weak_points(collection, card, day)
        if weak:
            found.append((collection.model.retrievability(state.memory[weak[0]], day), card))
    each = collection.tally.usual_seconds(Attempt.RETURN)
    most = WEAK_CARDS if limits.cards is None else limits.cards
    if limits.minutes is not None:
        most = min(most, fitting(limits.minutes * 60, each))
    cards = [card for _, card in sorted(found, key=lambda pair: pair[0])[:most]]
    seconds = (len(returns) + len(cards)) * each
    return Plan(day, tuple(returns), (), (), (), 0, 0, seconds, weak=tuple(cards))


def _in_order_of_learning(collection: Collection, decks: Sequence[Deck], day: date) -> list[str]:
    """Return new cards as decks have them, or mixed where so set.

    First come those of decks with a date, the nearest first, then those of the deck that was reviewed last.
    """
    files = [deck.file for deck in decks]
    new = collection.standing.new(files, day)
    last = None
    if collection.settings.new_order == "mixed":
        new = sorted(new, key=lambda row: draw(row[1], 0))
    else:
        last = collection.standing.last_asked(files)
    left = {deck.file: collection.settings.days_left(deck.title, day) or math.inf for deck in decks}
    return [card for file, card in sorted(new, key=lambda row: (left[row[0]], row[0] != last))]

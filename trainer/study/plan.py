"""What a session shows today: what returns, what is due, what is new, and how long that takes."""

import math
from collections.abc import Collection as Ids
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from trainer.collection.collection import Collection
from trainer.collection.standing import Counts
from trainer.memory.fuzz import draw
from trainer.model import Card, Deck
from trainer.progress.replay import Attempt

Item = TypeVar("Item")

FEWEST_NEW = 1
"""New cards a day that come whatever else is due."""
SEEN_BEFORE = 7
"""Days before the date of a deck by which each of its cards is to be seen."""
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
class Limits:
    """How much a session asks; None takes the day's setting, less what the day has had."""

    new: int | None = None
    """New cards in this session."""
    cards: int | None = None
    """Cards in this session, returns aside."""
    minutes: float | None = None
    """Minutes in this session."""
    practise_all: bool = False
    """Every card, due or not."""
    weak: bool = False
    """Only the points that are likely to be missed, with the others given; `new` has no meaning then."""


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
    def count(self) -> int:
        """How many cards there are to ask."""
        return len(self.returns) + len(self.due) + len(self.new) + len(self.practice) + len(self.weak)


@dataclass(frozen=True)
class Share:
    """How many cards a session shows, and what it leaves."""

    returns: int
    due: int
    new: int
    practice: int
    left_due: int
    left_new: int
    seconds: float
    """How long it is expected to take."""
    is_behind: bool = False
    """As of a plan."""

    @property
    def count(self) -> int:
        """How many cards there are to ask."""
        return self.returns + self.due + self.new + self.practice


def kind_of(collection: Collection, card: Card, day: date) -> Kind | None:
    """Return why a card comes up on `day`, or None when it does not."""
    kind = collection.kind(card.id, day)
    return Kind(kind) if kind else None


def share_of(collection: Collection, counts: Counts, day: date, limits: Limits | None = None, pace: int = 0) -> Share:
    """Return how many of the cards counted a session shows on `day`; `pace` as `pace_of` gives it for their decks."""
    limits = limits or Limits()
    usual = collection.tally.usual_seconds
    per_return, per_due = usual(Attempt.RETURN), usual(Attempt.LATER)
    per_new = usual(Attempt.FIRST) + per_return
    returns, due, new, practice = counts.returns, counts.due, counts.new, 0
    spent = collection.tally.seconds_on(day)
    day_long = collection.settings.minutes * 60.0
    whole = day_long - spent if limits.minutes is None else limits.minutes * 60.0
    overdue = counts.overdue * per_due
    is_behind = overdue > day_long
    if limits.practise_all:
        practice = counts.idle
        if limits.minutes is not None:
            due = min(due, _fitting(whole, per_due))
            practice = min(practice, _fitting(whole - due * per_due, per_due))
        if limits.new is not None:
            new = min(new, limits.new)
    else:
        due = min(due, _fitting(whole - returns * per_return, per_due))
        room_today = whole - returns * per_return - due * per_due
        room_tomorrow = day_long - counts.tomorrow * per_due
        fitting = min(math.floor(room_today / per_new), math.floor(room_tomorrow / per_due))
        must_wait = overdue > max(0.0, day_long - spent)
        new = min(new, _new_allowed(collection, day, limits, fitting, must_wait, pace))
    if limits.cards is not None:
        due, new, practice = _first(limits.cards, due, new, practice)
    seconds = returns * per_return + (due + practice) * per_due + new * per_new
    return Share(returns, due, new, practice, counts.due - due, counts.new - new, seconds, is_behind)


def counts_of(collection: Collection, decks: Iterable[Deck], day: date, among: Ids[str] | None = None) -> Counts:
    """Return where the cards of these decks stand on `day`; with `among`, of these cards alone."""
    by_file = collection.standing.counts(day, among)
    return sum((by_file.get(deck.file, Counts()) for deck in decks), Counts())


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
    share = share_of(collection, counts_of(collection, decks, day, among), day, limits, pace)
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
        most = min(most, _fitting(limits.minutes * 60, each))
    cards = [card for _, card in sorted(found, key=lambda pair: pair[0])[:most]]
    seconds = (len(returns) + len(cards)) * each
    return Plan(day, tuple(returns), (), (), (), 0, 0, seconds, weak=tuple(cards))


def asked_decks(collection: Collection, named: Iterable[str] = ()) -> list[Deck]:
    """Return the decks named, or all that are not paused. Raises UsageError for a name of no deck."""
    found = [collection.library.find_deck(name) for name in named]
    if found:
        return list({deck.file: deck for deck in found}.values())
    return [deck for deck in collection.library.decks if not collection.settings.is_paused(deck.title)]


def spread(many: Sequence[Item], few: Sequence[Item]) -> list[Item]:
    """Return both lists in their orders, with the items of `few` evenly among those of `many`."""
    places = [
        ((index + 0.5) / len(each), number, item)
        for number, each in enumerate((many, few))
        for index, item in enumerate(each)
    ]
    return [item for _, _, item in sorted(places, key=lambda place: place[:2])]


def _new_allowed(collection: Collection, day: date, limits: Limits, fitting: int, must_wait: bool, pace: int) -> int:
    """Return how many new cards may still come: the session's own number, or what the day leaves.

    They `must_wait` where what is overdue takes more than is left of the day's minutes. `pace` is how many
    the dates of decks ask for today, all told.
    """
    if limits.new is not None:
        return limits.new
    if must_wait or collection.settings.is_easy(day):
        return 0
    if limits.minutes is not None and limits.minutes <= 0:
        return 0
    had = collection.tally.introduced_on(day)
    most = max(collection.settings.new_cards, pace)
    fewest = FEWEST_NEW - had if limits.minutes is None else FEWEST_NEW
    return max(0, min(most - had, max(fitting, fewest)))


def pace_of(collection: Collection, decks: Sequence[Deck], day: date) -> int:
    """Return how many new cards it takes today for all of a deck to be seen `SEEN_BEFORE` days before its date."""
    whole = 0
    for deck in decks:
        left = collection.settings.days_left(deck.title, day)
        if left is not None:
            new = counts_of(collection, [deck], day).new
            had = sum(collection.state(card.id).introduced == day for card in deck.cards)
            whole += math.ceil((new + had) / max(1, left - SEEN_BEFORE))
    return whole


def _fitting(seconds: float, each: float) -> int:
    """Return how many answers of `each` seconds fit, one at least while there is any time."""
    return max(math.floor(seconds / each), 1) if seconds > 0 else 0


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


def _first(count: int, due: int, new: int, practice: int) -> tuple[int, int, int]:
    """Return how many due, new and practice cards are among the first `count` of the queue."""
    queue = [*spread([Kind.DUE] * due, [Kind.NEW] * new), *[Kind.PRACTICE] * practice][:count]
    return queue.count(Kind.DUE), queue.count(Kind.NEW), queue.count(Kind.PRACTICE)

"""How many cards a session shows: what is due, what is new, and how long that takes."""

import math
from collections.abc import Collection as Ids
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from trainer.collection.collection import Collection
from trainer.collection.standing import Counts, together
from trainer.model import Deck
from trainer.progress.replay import Attempt

Item = TypeVar("Item")

FEWEST_NEW = 1
"""New cards a day that come whatever else is due."""
SEEN_BEFORE = 7
"""Days before the date of a deck by which each of its cards is to be seen."""


class Limits(NamedTuple):
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


class Share(NamedTuple):
    """How many cards a session shows, and what it leaves."""

    returns: int
    due: int
    new: int
    practice: int
    left_due: int
    """Cards that are due but for which there is no time today."""
    left_new: int
    """Cards never asked, beyond those of today."""
    seconds: float
    """How long it is expected to take."""
    is_behind: bool = False
    """Whether the cards due on days before alone take more than a day's minutes: no new ones come until they do not."""

    @property
    def asked(self) -> int:
        """How many cards there are to ask."""
        return self.returns + self.due + self.new + self.practice


class Shares:
    """How many cards sessions on one day show. What the day has had is looked up once."""

    def __init__(self, collection: Collection, day: date) -> None:
        tally, usual = collection.tally, collection.tally.usual_seconds
        self._settings = collection.settings
        self._day = day
        self._per_return, self._per_due = usual(Attempt.RETURN), usual(Attempt.LATER)
        self._per_new = usual(Attempt.FIRST) + self._per_return
        self._spent = tally.seconds_on(day)
        self._introduced = tally.introduced_on(day)

    def of(self, counts: Counts, limits: Limits | None = None, pace: int = 0) -> Share:
        """Return how many of the cards counted a session shows; `pace` as `pace_of` gives it for their decks."""
        limits = limits or Limits()
        per_return, per_due, per_new = self._per_return, self._per_due, self._per_new
        returns, due, new, practice = counts.returns, counts.due, counts.new, 0
        day_long = self._settings.minutes * 60.0
        whole = day_long - self._spent if limits.minutes is None else limits.minutes * 60.0
        overdue = counts.overdue * per_due
        is_behind = overdue > day_long
        if limits.practise_all:
            practice = counts.idle
            if limits.minutes is not None:
                due = min(due, fitting(whole, per_due))
                practice = min(practice, fitting(whole - due * per_due, per_due))
            if limits.new is not None:
                new = min(new, limits.new)
        else:
            due = min(due, fitting(whole - returns * per_return, per_due))
            room_today = whole - returns * per_return - due * per_due
            room_tomorrow = day_long - counts.tomorrow * per_due
            room = min(math.floor(room_today / per_new), math.floor(room_tomorrow / per_due))
            must_wait = overdue > max(0.0, day_long - self._spent)
            new = min(new, self._new_allowed(limits, room, must_wait, pace))
        if limits.cards is not None:
            due, new, practice = _first(limits.cards, due, new, practice)
        seconds = returns * per_return + (due + practice) * per_due + new * per_new
        return Share(returns, due, new, practice, counts.due - due, counts.new - new, seconds, is_behind)

    def _new_allowed(self, limits: Limits, room: int, must_wait: bool, pace: int) -> int:
        """Return how many new cards may still come: the session's own number, or what the day leaves.

        They `must_wait` where what is overdue takes more than is left of the day's minutes. `pace` is how many
        the dates of decks ask for today, all told.
        """
        if limits.new is not None:
            return limits.new
        if must_wait or self._settings.is_easy(self._day):
            return 0
        if limits.minutes is not None and limits.minutes <= 0:
            return 0
        most = max(self._settings.new_cards, pace)
        fewest = FEWEST_NEW - self._introduced if limits.minutes is None else FEWEST_NEW
        return max(0, min(most - self._introduced, max(room, fewest)))


def counts_of(collection: Collection, decks: Iterable[Deck], day: date, among: Ids[str] | None = None) -> Counts:
    """Return where the cards of these decks stand on `day`; with `among`, of these cards alone."""
    by_file = collection.standing.counts(day, among)
    return together(by_file.get(deck.file, Counts()) for deck in decks)


def asked_decks(collection: Collection, named: Iterable[str] = ()) -> list[Deck]:
    """Return the decks named, or all that are not paused. Raises UsageError for a name of no deck."""
    found = [collection.library.find_deck(name) for name in named]
    if found:
        return list({deck.file: deck for deck in found}.values())
    return [deck for deck in collection.library.decks if not collection.settings.is_paused(deck.title)]


def pace_of(collection: Collection, decks: Iterable[Deck], day: date) -> int:
    """Return how many new cards it takes today for all of a deck to be seen `SEEN_BEFORE` days before its date."""
    whole = 0
    for deck in decks:
        left = collection.settings.days_left(deck.title, day)
        if left is not None:
            new = counts_of(collection, [deck], day).new
            had = sum(collection.state(card.id).introduced == day for card in deck.cards)
            whole += math.ceil((new + had) / max(1, left - SEEN_BEFORE))
    return whole


def fitting(seconds: float, each: float) -> int:
    """Return how many answers of `each` seconds fit, one at least while there is any time."""
    return max(math.floor(seconds / each), 1) if seconds > 0 else 0


def spread(many: Sequence[Item], few: Sequence[Item]) -> list[Item]:
    """Return both lists in their orders, with the items of `few` evenly among those of `many`."""
    places = [
        ((index + 0.5) / len(each), number, item)
        for number, each in enumerate((many, few))
        for index, item in enumerate(each)
    ]
    return [item for _, _, item in sorted(places, key=lambda place: place[:2])]


def _first(count: int, due: int, new: int, practice: int) -> tuple[int, int, int]:
    """Return how many due, new and practice cards are among the first `count` of the queue."""
    queue = [*spread(["due"] * due, ["new"] * new), *["practice"] * practice][:count]
    return queue.count("due"), queue.count("new"), queue.count("practice")

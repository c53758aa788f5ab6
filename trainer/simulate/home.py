"""A home that is only imagined: what sessions need of a collection, held in memory, on days that pass at will."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import cast

from trainer.clock import FixedClock
from trainer.collection.collection import Changes, Collection
from trainer.collection.tally import Tally
from trainer.memory.coverage import coverage
from trainer.memory.model import MemoryModel
from trainer.model import Card, Deck, Rating
from trainer.progress.events import CardEvent, ReviewEvent
from trainer.progress.replay import CardState, after_review, replay
from trainer.settings import Settings

_MORNING = time(8, tzinfo=UTC)


class Shelf:
    """The decks of an imagined home, found as those of a library are."""

    def __init__(self, decks: Iterable[Deck]) -> None:
        self.decks = list(decks)
        self.cards = {card.id: card for deck in self.decks for card in deck.cards}
        self.deck_of = {card.id: deck for deck in self.decks for card in deck.cards}


class ImaginedHome:
    """Cards and where they stand, as a session sees them; its reviews are kept here and go nowhere else."""

    def __init__(self, decks: Iterable[Deck], settings: Settings, day: date, model: MemoryModel | None = None) -> None:
        self.library = Shelf(decks)
        self.settings = settings
        self.model = model or MemoryModel()
        self.tally = Tally()
        self.events: dict[str, list[CardEvent]] = defaultdict(list)
        """The reviews imagined, by card."""
        self._states: dict[str, CardState] = {}
        self._dues: dict[str, date | None] = {}
        self._numbers = count()
        self.begin(day)

    @classmethod
    def like(cls, collection: Collection, decks: Iterable[Deck], settings: Settings, day: date) -> "ImaginedHome":
        """Return a home that stands on `day` where a real one stands now, under other settings."""
        home = cls(decks, settings, day, collection.model)
        home.tally = deepcopy(collection.tally)
        for card_id in home.library.cards:
            if collection.state(card_id).reviews:
                home._states[card_id] = collection.state(card_id)
                home._dues[card_id] = collection.due(card_id)
        return home

    @property
    def as_collection(self) -> Collection:
        """The home, for a session: it has all of a collection that a session without undo uses."""
        return cast(Collection, self)

    def begin(self, day: date) -> None:
        """Let it be the morning of a day."""
        self.today = day
        self.clock = FixedClock(datetime.combine(day, _MORNING))

    def state(self, card_id: str) -> CardState:
        """Return where a card stands."""
        return self._states.get(card_id, _NEW)

    def due(self, card_id: str) -> date | None:
        """Return the day promised for a card; None when it is new."""
        return self._dues.get(card_id)

    def coverage(self, card: Card, day: date) -> float | None:
        """Return the share (0-1) of the answer expected on `day`; None for a new card."""
        memory = self.state(card.id).memory
        if not memory:
            return None
        return coverage(self.model, ((memory.get(point.id), point.weight) for point in card.points), day)

    def retention_of(self, card_id: str) -> float:
        """Return the desired retention (0-1) for a card."""
        return self.settings.retention_of(self.library.deck_of[card_id].title)

    def longest_interval(self, card_id: str, day: date) -> int:
        """Return the most days from `day` until a card falls due."""
        left = self.settings.days_left(self.library.deck_of[card_id].title, day)
        return min(self.settings.maximum_interval, left or self.settings.maximum_interval)

    def refresh(self) -> Changes:
        """Return that nothing changed: nobody else knows this home."""
        return Changes(False, set())

    def record_review(
        self,
        card: Card,
        day: date,
        rating: Rating,
        recalled: Sequence[str],
        missed: Sequence[str],
        *,
        given: bool,
        seconds: int,
        due: date,
    ) -> ReviewEvent:
        """Count one review."""
        moment = self.clock.now() + timedelta(milliseconds=next(self._numbers) % 1000)
        key = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z-000000"
        event = ReviewEvent(
            key, "", "", False, card.id,
            day, rating, tuple(recalled), tuple(missed), given, seconds, due, "",
        )  # fmt: skip
        self.events[card.id].append(event)
        before = self.state(card.id)
        self._put(card.id, before, after_review(before, event, self.model, day, _itself))
        return event

    def take_model(self, model: MemoryModel) -> None:
        """Go on with other weights: memory is worked out anew, promises stay."""
        self.model = model
        for card_id, events in self.events.items():
            self._put(card_id, self.state(card_id), replay(events, model, datetime.date))

    def _put(self, card_id: str, before: CardState, after: CardState) -> None:
        due_before = self._dues.get(card_id)
        self.tally.add(before, -1)
        if due_before is not None:
            self.tally.due_on[due_before] -= 1
        self._states[card_id] = after
        self._dues[card_id] = after.due
        self.tally.add(after)
        if after.due is not None:
            self.tally.due_on[after.due] += 1


_NEW = CardState()


def _itself(point: str) -> tuple[str]:
    return (point,)


def within_reach(collection: Collection, decks: Iterable[Deck], settings: Settings, end: date) -> list[Deck]:
    """Return decks without the cards that cannot come up before `end`: due later, suspended, new beyond those asked.

    Decks with a date keep all their new cards.
    """
    room = max(1, settings.new_cards) * (end - collection.today).days
    reached = []
    for deck in decks:
        cards = []
        for card in deck.cards:
            state, due = collection.state(card.id), collection.due(card.id)
            if not state.reviews:
                room -= 1
                reachable = room >= 0 or settings.days_left(deck.title, collection.today) is not None
            else:
                reachable = due is None or due <= end
            if reachable and not state.suspended:
                cards.append(card)
        reached.append(replace(deck, cards=tuple(cards)))
    return reached

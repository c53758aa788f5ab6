"""A home that is only imagined: what sessions need of a collection, held in memory, on days that pass at will."""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar, cast

from trainer.cache import Cache
from trainer.clock import FixedClock
from trainer.collection import standing, vanished
from trainer.collection.collection import Collection
from trainer.collection.opened import Changes
from trainer.collection.standing import Standing
from trainer.collection.tally import Tally
from trainer.collection.vanished import Vanished
from trainer.memory.coverage import coverage
from trainer.memory.model import MemoryModel
from trainer.model import Card, Deck, Problem, Review
from trainer.progress.events import CardEvent, ReviewEvent
from trainer.progress.history import History
from trainer.progress.replay import Attempt, CardState, after_review, replay
from trainer.settings import Settings

_MORNING = time(8, tzinfo=UTC)
AT_ONCE = 50
"""Cards taken over between two looks at the keyboard, where there is one."""

Result = TypeVar("Result")
Steps = Generator[None, None, Result]
"""Work that can be paused between two steps."""


def at_once(steps: Steps[Result]) -> Result:
    """Take all steps without a pause, and return what they come to."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return cast(Result, done.value)


class Shelf:
    """The decks of an imagined home, found as those of a library are."""

    def __init__(self, decks: Iterable[Deck]) -> None:
        self.decks = list(decks)
        self.cards = {card.id: card for deck in self.decks for card in deck.cards}
        self.deck_of = {card.id: deck for deck in self.decks for card in deck.cards}
        self.lost: list[Problem] = []
        """No deck fails to load."""
        self.places = {card.id: (deck.file, place) for deck in self.decks for place, card in enumerate(deck.cards)}


class Sums:
    """What was done on which day, and how long it took, over all cards."""

    def __init__(self) -> None:
        self._seconds_on: defaultdict[date, float] = defaultdict(float)
        self._introduced_on: Counter[date] = Counter()
        self._spent: defaultdict[Attempt, float] = defaultdict(float)
        self._attempts: Counter[Attempt] = Counter()

    def begin(self, day: date, seconds: float, introduced: int) -> None:
        """Let a day have had this already."""
        self._seconds_on[day] += seconds
        self._introduced_on[day] += introduced

    def add(self, state: CardState, sign: int = 1) -> None:
        """Count what a card's state holds; with sign -1, take it out again."""
        if state.last_day is not None:
            self._seconds_on[state.last_day] += sign * state.seconds_on_last_day
        if state.introduced is not None:
            self._introduced_on[state.introduced] += sign
        for kind in Attempt:
            self._spent[kind] += sign * state.seconds[kind]
            self._attempts[kind] += sign * state.attempts[kind]

    def seconds_on(self, day: date) -> float:
        """Return the seconds spent on a day."""
        return self._seconds_on[day]

    def introduced_on(self, day: date) -> int:
        """Return how many cards had a point asked for the first time on a day."""
        return self._introduced_on[day]

    def spent(self, kind: Attempt) -> tuple[float, int]:
        """Return the seconds that answers of a kind took, and their number."""
        return self._spent[kind], self._attempts[kind]


class OwnPace(Tally):
    """A tally in which answers take as long as they usually did in a real home."""

    def __init__(self, sums: Sums, standing: Standing, usual: Mapping[Attempt, float]) -> None:
        super().__init__(cast(History, sums), standing)
        self._usual = usual

    def usual_seconds(self, kind: Attempt) -> float:
        """Return how long an answer of this kind is expected to take, in seconds."""
        return self._usual[kind]


class ImaginedHome:
    """Cards and where they stand, as a session sees them; its reviews are kept here and go nowhere else."""

    def __init__(self, decks: Iterable[Deck], settings: Settings, day: date, model: MemoryModel | None = None) -> None:
        self.library = Shelf(decks)
        self.settings = settings
        self.model = model or MemoryModel()
        cache = Cache(None, standing.SCHEMA + vanished.SCHEMA)
        self.standing = Standing(cache)
        self.vanished = Vanished(cache)
        """Nothing: no card leaves an imagined deck."""
        self._sums = Sums()
        self.tally = Tally(cast(History, self._sums), self.standing)
        self.events: dict[str, list[CardEvent]] = defaultdict(list)
        """The reviews imagined, by card."""
        self._states: dict[str, CardState] = {}
        self._numbers = count()
        for card_id in self.library.cards:
            self._stand(card_id, _NEW, None)
        self.begin(day)

    @classmethod
    def like(cls, collection: Collection, decks: Iterable[Deck], settings: Settings, day: date) -> "ImaginedHome":
        """Return a home that stands on `day` where a real one stands now, under other settings."""
        return at_once(cls.like_by_steps(collection, decks, settings, day))

    @classmethod
    def like_by_steps(
        cls, collection: Collection, decks: Iterable[Deck], settings: Settings, day: date
    ) -> "Steps[ImaginedHome]":
        """Make such a home a few cards at a time."""
        home = cls((), settings, day, collection.model)
        home.library = Shelf(decks)
        home.tally = OwnPace(
            home._sums, home.standing, {kind: collection.tally.usual_seconds(kind) for kind in Attempt}
        )
        home._sums.begin(day, collection.tally.seconds_on(day), collection.tally.introduced_on(day))
        for number, card_id in enumerate(home.library.cards):
            state = collection.state(card_id)
            if state.reviews or state.suspended or state.buried_until:
                home._states[card_id] = state
            home._stand(card_id, state, collection.due(card_id))
            if number % AT_ONCE == 0:
                yield
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
        return self.standing.due(card_id)

    def kind(self, card_id: str, day: date) -> str | None:
        """Return why a card comes up on a day ("return", "due", "new"); None when it does not."""
        return self.standing.kind(card_id, day)

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

    def record_review(self, card: Card, review: Review, elsewhere: Path | None = None) -> ReviewEvent:
        """Count one review, wherever it was to go."""
        moment = self.clock.now() + timedelta(milliseconds=next(self._numbers) % 1000)
        key = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z-000000"
        event = ReviewEvent(
            key, "", "", False, card.id, review.day, review.rating,
            tuple(review.recalled), tuple(review.missed), review.given, review.seconds, review.due, "",
        )  # fmt: skip
        self.events[card.id].append(event)
        before = self.state(card.id)
        self._put(card.id, before, after_review(before, event, self.model, review.day, _itself))
        return event

    def take_model(self, model: MemoryModel) -> None:
        """Go on with other weights: memory is worked out anew, promises stay."""
        self.model = model
        for card_id, events in self.events.items():
            self._put(card_id, self.state(card_id), replay(events, model, datetime.date))

    def _put(self, card_id: str, before: CardState, after: CardState) -> None:
        self._sums.add(before, -1)
        self._sums.add(after)
        self._states[card_id] = after
        self._stand(card_id, after, after.due)

    def _stand(self, card_id: str, state: CardState, due: date | None) -> None:
        self.standing.put([(self.library.cards[card_id], *self.library.places[card_id], state, due)])


_NEW = CardState()


def _itself(point: str) -> tuple[str]:
    return (point,)


def within_reach(collection: Collection, decks: Iterable[Deck], settings: Settings, end: date) -> Steps[list[Deck]]:
    """Leave out, a few at a time, the cards that cannot come up before `end`: due later, suspended, too many new.

    Decks with a date keep all their new cards.
    """
    room = max(1, settings.new_cards) * (end - collection.today).days
    reached = []
    for deck in decks:
        cards = []
        for number, card in enumerate(deck.cards):
            if number % AT_ONCE == 0:
                yield
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

"""What a setting would cost: the next months lived in advance, at the user's own memory and speed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random

from trainer.collection.collection import Collection
from trainer.model import Card, Deck
from trainer.settings import Settings
from trainer.simulate.home import ImaginedHome, at_once, within_reach
from trainer.simulate.living import live_day
from trainer.simulate.user import Habits, User, habits
from trainer.study.share import asked_decks

MONTHS, MONTH = 3, 30
"""How far it looks, and the days of a month."""
SOME_NEW = 5
"""New cards a day to look at where none are asked for."""
RETENTIONS = (0.80, 0.85, 0.90, 0.95)


@dataclass(frozen=True)
class Load:
    """The months ahead under one choice."""

    retention: float
    """Desired (0-1)."""
    new_cards: int
    """A day, at most."""
    minutes: tuple[float, ...]
    """A day, on average in each month."""
    known: float
    """Points expected to be recalled on the last day."""
    gained: float
    """Those beyond what would be known then if nothing were done."""
    short_days: int
    """On how many of the days the minutes did not suffice for what was due."""

    @property
    def mean_minutes(self) -> float:
        """Minutes a day over all months."""
        return sum(self.minutes) / len(self.minutes)


@dataclass(frozen=True)
class Workload:
    """What each retention comes to, and fewer or more new cards at the retention in force."""

    retention: float
    """In force (0-1)."""
    new_cards: int
    """In force, a day."""
    known_today: float
    """Points expected to be recalled today."""
    loads: tuple[Load, ...]

    @property
    def now(self) -> Load:
        """What is in force."""
        return next(load for load in self.by_retention if load.retention == self.retention)

    @property
    def by_retention(self) -> list[Load]:
        """The retentions, with the new cards in force."""
        return [load for load in self.loads if load.new_cards == self.new_cards]

    @property
    def by_new_cards(self) -> list[Load]:
        """The numbers of new cards, at the retention in force."""
        return [load for load in self.loads if load.retention == self.retention]

    @property
    def best(self) -> Load:
        """The retention that learns most per minute."""
        return most_learned(self.by_retention)


Choice = tuple[float, int]
"""A desired retention (0-1) and the most new cards a day."""
Told = Callable[[float], None]
"""Told how much is done (0-1), day by day; what it raises ends it."""


def workload(collection: Collection, seed: int = 1, progress: Told | None = None) -> Workload:
    """Return what a few retentions and numbers of new cards would come to, beside those in force."""
    settings = collection.settings
    choices = dict.fromkeys([*retention_choices(settings), *new_card_choices(settings)])
    found = tuple(loads(collection, list(choices), seed, progress))
    known = _known(collection, _cards(asked_decks(collection)), collection.today)
    return Workload(
        settings.desired_retention, settings.new_cards, known,
        tuple(sorted(found, key=lambda load: (load.new_cards, load.retention))),
    )  # fmt: skip


def retention_choices(settings: Settings) -> list[Choice]:
    """Return a few retentions beside that of the settings, with their new cards."""
    retentions = sorted({*RETENTIONS, settings.desired_retention})
    return [(retention, settings.new_cards) for retention in retentions]


def new_card_choices(settings: Settings) -> list[Choice]:
    """Return fewer and more new cards beside those of the settings, at their retention."""
    numbers = sorted({settings.new_cards // 2, settings.new_cards, settings.new_cards * 2 or SOME_NEW})
    return [(settings.desired_retention, number) for number in numbers]


def loads(
    collection: Collection, choices: Sequence[Choice], seed: int = 1, progress: Told | None = None
) -> Iterator[Load]:
    """Live the next months under each choice, one after the other."""
    own = habits(collection.point_series())
    for done, (retention, new_cards) in enumerate(choices):
        changed = replace(collection.settings, desired_retention=retention, new_cards=new_cards, fuzz=False)
        yield _live(collection, changed, own, seed, partial(_tell, progress, done, len(choices)))


def _tell(told: Told | None, done: int, whole: int, share: float) -> None:
    """Tell the share of the whole, of a share of one choice."""
    if told:
        told((done + share) / whole)


def most_learned(some: Iterable[Load]) -> Load:
    """Return the choice that learns most per minute."""
    return max(some, key=lambda load: load.gained / load.mean_minutes if load.mean_minutes else 0.0)


def _live(collection: Collection, settings: Settings, own: Habits, seed: int, told: Told) -> Load:
    """Live the months under some settings, in an imagined home."""
    today = collection.today
    end = today + timedelta(days=MONTHS * MONTH)
    decks = asked_decks(collection)
    lived = at_once(within_reach(collection, decks, settings, end))
    home = ImaginedHome.like(collection, lived, settings, today)
    user = User(own, Random(seed))
    minutes = []
    short_days = 0
    for month in range(MONTHS):
        seconds = 0.0
        for day in range(MONTH):
            told((month * MONTH + day) / (MONTHS * MONTH))
            home.begin(today + timedelta(days=month * MONTH + day))
            session = live_day(home, user)
            seconds += session.seconds_spent()
            short_days += session.plan.left_due > 0
        minutes.append(seconds / 60 / MONTH)
    idle = _known(collection, _cards(decks), end)
    far = idle - _known(collection, _cards(lived), end)
    known = far + _known(home.as_collection, _cards(lived), end)
    return Load(settings.desired_retention, settings.new_cards, tuple(minutes), known, known - idle, short_days)


def _cards(decks: Iterable[Deck]) -> Iterable[Card]:
    return (card for deck in decks for card in deck.cards)


def _known(collection: Collection, cards: Iterable[Card], day: date) -> float:
    """Return how many points are expected to be recalled on a day."""
    memories = (collection.state(card.id).memory.get(point.id) for card in cards for point in card.points)
    return sum(collection.model.retrievability(memory, day) for memory in memories if memory)

"""The events of the log, as values: a kind each, with what it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from trainer.clock import FIRST_YEAR, LAST_YEAR
from trainer.model import Rating

STAMP_LENGTH = 19
"""The characters of the time in a key, with T and Z."""
AHEAD = timedelta(days=1)
"""An event dated further ahead than this was written under a wrong clock."""
_KEY = re.compile(r"(\d{8}T\d{6})(\d{3})Z-[0-9A-Za-z]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: a key, and a value whose kind this version may not know."""

    key: str
    form: str
    """The value in one fixed spelling: two lines are equal when key and form are."""
    batch: str
    """The key of the import it came with, or empty."""
    novel: bool = field(compare=False)
    """Whether it says something that this version does not know."""

    @property
    def moment(self) -> datetime:
        """When it was written, in UTC. Raises ValueError for a key without a time."""
        return moment_of(self.key)


@dataclass(frozen=True, slots=True)
class CardEvent(Event):
    """An event that belongs to one card."""

    card: str


@dataclass(frozen=True, slots=True)
class ReviewEvent(CardEvent):
    """One graded attempt at a card."""

    day: date | None
    rating: Rating
    recalled: tuple[str, ...] | None
    """Ids of the points made; None where the line does not say."""
    missed: tuple[str, ...] | None
    given: bool
    """Whether the other points were shown: a return, or points asked by themselves."""
    seconds: float | None
    due: date | None
    source: str
    """Where an imported review comes from; equal ones count once."""


@dataclass(frozen=True, slots=True)
class WordingEvent(CardEvent):
    """The wording a card was learned under from here on."""

    question: str
    points: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SuspendEvent(CardEvent):
    """The card was taken out of the sessions, or put back."""

    suspend: bool


@dataclass(frozen=True, slots=True)
class BuryEvent(CardEvent):
    """The card is not asked before a day."""

    until: date


@dataclass(frozen=True, slots=True)
class ResetEvent(CardEvent):
    """What the log says of this card under a smaller key is forgotten."""


@dataclass(frozen=True, slots=True)
class MoveEvent(CardEvent):
    """The card's due day was moved."""

    due: date


@dataclass(frozen=True, slots=True)
class WasEvent(CardEvent):
    """A card, or a point of it, was known under another id."""

    point: str
    """Empty where the card itself is meant."""
    was: str


@dataclass(frozen=True, slots=True)
class UndoEvent(Event):
    """The event of another key does not count."""

    target: str


@dataclass(frozen=True, slots=True)
class ImportEvent(Event):
    """Something was imported; its events name this key."""

    name: str


@dataclass(frozen=True, slots=True)
class WeightsEvent(Event):
    """FSRS weights fitted to this log."""

    weights: tuple[float, ...]
    """Empty where the line does not hold finite numbers."""
    reviews: int
    """How many reviews there were; 0 where the line does not say."""


@dataclass(frozen=True, slots=True)
class UnknownEvent(Event):
    """An event of a kind that this version does not know: kept, merged, without effect."""


def key_at(moment: datetime, mark: str) -> str:
    """Return the key of an event at `moment` by the writer `mark`."""
    return f"{stamp_of(moment)}-{mark}"


def stamp_of(moment: datetime) -> str:
    """Return a moment as the log writes it: UTC to the millisecond, 20261121T093000118Z."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y%m%dT%H%M%S}{utc.microsecond // 1000:03d}Z"


@lru_cache(maxsize=1024)
def moment_of(key: str) -> datetime:
    """Return the time in a key. Raises ValueError when there is none."""
    match = _KEY.fullmatch(key)
    if not match:
        raise ValueError(f"{key!r} is no key of an event")
    moment = datetime.fromisoformat(f"{match[1]}.{match[2]}+00:00")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"{key!r} is of no time of ours")
    return moment

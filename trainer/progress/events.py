"""The events of the log, as values: a kind each, with what it says.

Every kind begins with the same four fields:

- `key`: the time and the writer.
- `form`: the value in one fixed spelling; two lines are equal when key and form are.
- `batch`: the key of the import it came with, or empty.
- `novel`: whether it says something that this version does not know.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from trainer.clock import FIRST_YEAR, LAST_YEAR
from trainer.model import Rating

STAMP_LENGTH = 19
"""The characters of the time in a key, with T and Z."""
AHEAD = timedelta(days=1)
"""An event dated further ahead than this was written under a wrong clock."""
_KEY = re.compile(r"(\d{8}T\d{6})(\d{3})Z-[0-9A-Za-z]+", re.ASCII)


class ReviewEvent(NamedTuple):
    """One graded attempt at a card."""

    key: str
    form: str
    batch: str
    novel: bool
    card: str
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


class WordingEvent(NamedTuple):
    """The wording a card was learned under from here on."""

    key: str
    form: str
    batch: str
    novel: bool
    card: str
    question: str
    points: Mapping[str, str]


class SuspendEvent(NamedTuple):
    """The card was taken out of the sessions, or put back."""

    key: str
    form: str
    batch: str
    novel: bool
    card: str
    suspend: bool


class BuryEvent(NamedTuple):
    """The card is not asked before a day."""

    key: str
    form: str
    batch: str
    novel: bool
    card: str
    until: date


class ResetEvent(NamedTuple):
    """What the log says of this card under a smaller key is forgotten."""

    key: str
    form: str
    batch: str
    novel: bool
    card: str


class MoveEvent(NamedTuple):
    """The card's due day was moved."""

    key: str
    form: str
    batch: str
    novel: bool
    card: str
    due: date


class WasEvent(NamedTuple):
    """A card, or a point of it, was known under another id."""

    key: str
    form: str
    batch: str
    novel: bool
    card: str
    point: str
    """Empty where the card itself is meant."""
    was: str


class UndoEvent(NamedTuple):
    """The event of another key does not count."""

    key: str
    form: str
    batch: str
    novel: bool
    target: str


class ImportEvent(NamedTuple):
    """Something was imported; its events name this key."""

    key: str
    form: str
    batch: str
    novel: bool
    name: str


class WeightsEvent(NamedTuple):
    """FSRS weights fitted to this log."""

    key: str
    form: str
    batch: str
    novel: bool
    weights: tuple[float, ...]
    """Empty where the line does not hold finite numbers."""
    reviews: int
    """How many reviews there were; 0 where the line does not say."""


class UnknownEvent(NamedTuple):
    """An event of a kind that this version does not know: kept, merged, without effect."""

    key: str
    form: str
    batch: str
    novel: bool


CardEvent = ReviewEvent | WordingEvent | SuspendEvent | BuryEvent | ResetEvent | MoveEvent | WasEvent
"""An event that belongs to one card."""
Event = CardEvent | UndoEvent | ImportEvent | WeightsEvent | UnknownEvent
"""One line of the log."""


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

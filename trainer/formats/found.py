"""What every reader finds, whatever it reads: decks of cards, what was left out and why, and what happened to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from trainer.model import Card, Deck, Rating
from trainer.text import one_line


@dataclass(frozen=True)
class Skipped:
    """Something in a source that did not become a card."""

    file: str
    line: int | None
    text: str
    """How it begins."""
    reason: str


class Part(StrEnum):
    """What a stretch of a source became."""

    QUESTION = "question"
    POINT = "point"
    ANSWER = "answer"
    FOLLOW_UP = "follow_up"
    HINT = "hint"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of the source, both counted from 1 and included, that a part of a card came from."""

    part: Part
    first: int
    last: int


@dataclass(frozen=True)
class FoundCard:
    """A card, and the line of the source on which it begins; None where the source has no lines."""

    card: Card
    line: int | None
    spans: tuple[Span, ...] = ()
    """Where its parts stand, in the order of the source; key points and follow-ups have one each."""
    proposed: bool = False
    """Whether its key points were taken from lists within its answer, and so wait for a person to agree."""


@dataclass(frozen=True, slots=True)
class FoundReview:
    """A review that another program kept."""

    card: str
    milliseconds: int
    """When it was, since 1970 in UTC."""
    rating: Rating
    points: tuple[str, ...]
    """The ids of the points asked: all missed with again, else all recalled."""
    source: str
    """Where it comes from; of equal ones one counts."""
    given: bool = False
    """Whether the card has other points, which were shown."""
    seconds: float | None = None
    due: date | None = None
    """The day that the other program promised; on the newest review alone."""


@dataclass(frozen=True, slots=True)
class FoundReset:
    """A card was made new again; what came before is forgotten."""

    card: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event of our own log, as an export of ours tells it."""

    card: str
    """The card it is told of; empty for what concerns all."""
    key: str
    fields: Mapping[str, Any]


@dataclass
class Found:
    """One deck found in a source."""

    file: str
    """The source, as it was named."""
    deck: Deck
    """Its title, description and tags; the cards are in `cards`."""
    cards: list[FoundCard] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    verbatim: bytes | None = None
    """The bytes to copy where the source is a deck file that is taken over whole."""
    updates: bool = False
    """Whether cards that the home has already are brought up to date (see `update.py`)."""
    past: list[FoundReview | FoundReset] = field(default_factory=list)
    events: list[FoundEvent] = field(default_factory=list)
    suspended: dict[str, bool] = field(default_factory=dict)
    """By card id, where the source says whether the card is asked."""
    remarks: list[str] = field(default_factory=list)
    """How the source was read, for the user: a sentence each."""


def title_of(name: str) -> str:
    """Return a deck title made of what a source is called: "leading-product.txt" is "Leading product"."""
    said = one_line(PurePath(name).stem.replace("-", " ").replace("_", " "))
    return said[:1].upper() + said[1:] or "Imported"

"""The words of the trainer as values: decks, cards, key points, ratings, memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

ANSWER_POINT = "answer"
"""The point id of a card without key points."""


class Rating(StrEnum):
    """How an answer went: FSRS's four ratings."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing that a good answer covers."""

    id: str
    text: str
    weight: float = 1.0
    """Its share of the answer: over 0, at most 100."""


@dataclass(frozen=True, slots=True)
class Card:
    """A question with what a good answer to it holds."""

    id: str
    question: str
    key_points: tuple[KeyPoint, ...] = ()
    answer: str = ""
    """The model answer, Markdown."""
    follow_ups: tuple[str, ...] = ()
    hint: str = ""
    why: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""

    @property
    def points(self) -> tuple[KeyPoint, ...]:
        """The points that are judged: the key points, or the answer as the only one."""
        return self.key_points or (KeyPoint(ANSWER_POINT, "the answer"),)


@dataclass(frozen=True, slots=True)
class Deck:
    """A titled list of cards, read from one file."""

    file: str
    """The file's name in the decks folder."""
    title: str
    about: str = ""
    tags: tuple[str, ...] = ()
    cards: Sequence[Card] = ()


class Review(NamedTuple):
    """One graded attempt at a card."""

    day: date
    rating: Rating
    recalled: Sequence[str]
    """Ids of the points made."""
    missed: Sequence[str]
    """Ids of the points asked and not made."""
    given: bool
    """Whether the card's other points were shown."""
    seconds: int
    due: date
    """The day promised for the next."""


class Memory(NamedTuple):
    """What FSRS knows of one key point."""

    stability: float
    """Days until the chance of recall has fallen to 0.9."""
    difficulty: float
    """1 (easy) to 10 (hard)."""
    last_day: date
    """The day it was last asked."""


class Problem(NamedTuple):
    """Something wrong in a file, told with where it stands and what to do."""

    file: str
    line: int | None
    """Counted from 1; None where the whole file is meant."""
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}" + (f" {self.hint}" if self.hint else "")

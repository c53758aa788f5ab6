"""The events of the log: one line each, read into a typed value and written from one."""

import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from trainer.clock import FIRST_YEAR, LAST_YEAR
from trainer.model import Rating
from trainer.text import clean, one_line
from trainer.toml_line import one_line_value

HEADER = (
    "# trainer progress 1. One event a line; lines are only added. "
    "To merge two copies, keep every line of both. Do not format."
)
STAMP_LENGTH = 19
"""The characters of the time in a key, with T and Z."""
COMMENT_LENGTH = 60
FIELDS = frozenset(
    (
        *("card", "question", "points", "day", "rating", "recalled", "missed", "given", "seconds", "due"),
        *("undo", "suspend", "bury", "reset", "was", "point", "weights"),
        *("import", "source", "deck", "cards", "reviews"),
    )
)
"""Every field that this version knows."""
_KEY = re.compile(r"(\d{8}T\d{9}Z)-[0-9A-Za-z]+")
_EVENT_START = re.compile(r"\d{8}T\d{9}Z-[0-9A-Za-z]+[ \t]*=[ \t]*\{")


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


def moment_of(key: str) -> datetime:
    """Return the time in a key. Raises ValueError when there is none."""
    match = _KEY.fullmatch(key)
    if not match:
        raise ValueError(f"{key!r} is no key of an event")
    moment = datetime.strptime(match[1][:-1] + "000", "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"{key!r} is of no time of ours")
    return moment


def written(key: str, fields: Mapping[str, Any], comment: str = "") -> str:
    """Return the line of an event, with its newline; the comment is cut to the beginning of a question.

    What looks like the beginning of an event within a text is written with an escape, so that
    a line that is torn or has lost its newline can never be read as another event.
    """
    value = _EVENT_START.sub(lambda match: match[0][:-1] + "\\u007B", one_line_value(dict(fields)))
    line = f"{key} = {value}"
    remark = one_line(comment).replace("{", "").replace("}", "")[:COMMENT_LENGTH].strip()
    return f"{line} # {remark}\n" if remark else line + "\n"


def read_line(raw: bytes) -> tuple[list[Event], bool]:
    """Return the events on one line of the log, and whether all of the line could be read.

    A line holds one event, or none (a comment), or several that lost the newline between them.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return read_line(raw[: error.start])[0], False  # what stands whole before it is read all the same
    begins = [match.start() for match in _EVENT_START.finditer(text) if match.start() > 0]
    table = _table(text)
    if begins:
        # Within a text an event's beginning is no event: what stands before it is not whole there.
        seams = [at for at in begins if table is None or "=" not in text[:at] or _table(text[:at]) is not None]
        if seams:
            pieces = [_table(text[a:b]) for a, b in zip([0, *seams], [*seams, None], strict=True)]
            whole = all(piece is not None for piece in pieces)
            return [event for piece in pieces if piece for event in _events(piece)], whole
    if table is None:
        return [], False
    return _events(table), True


def _table(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text.rstrip("\r"))
    except (ValueError, RecursionError):
        return None


def _events(table: dict[str, Any]) -> list[Event]:
    return [event_from(key, value) for key, value in table.items()]


def event_from(key: str, value: Any) -> Event:
    """Return the event of a key and a value as TOML gives them; never raises."""
    form = one_line_value(_ordered(value))
    try:
        moment_of(key)
    except ValueError:
        return UnknownEvent(key, form, "", True)
    fields = value if isinstance(value, dict) else {}
    return _typed(key, form, fields) or UnknownEvent(key, form, _name(fields.get("import")), True)


def _typed(key: str, form: str, value: dict[str, Any]) -> Event | None:
    """Return the event of a known kind, or None."""
    card, batch = _name(value.get("card")), _name(value.get("import"))
    novel = not value.keys() <= FIELDS
    match value:
        case {"rating": rating} if card and rating in list(Rating):
            return ReviewEvent(
                key, form, batch, novel, card,
                day=_day(value.get("day")),
                rating=Rating(rating),
                recalled=_names(value.get("recalled")),
                missed=_names(value.get("missed")),
                given=value.get("given") is True,
                seconds=_seconds(value.get("seconds")),
                due=_day(value.get("due")),
                source=_name(value.get("source")),
            )  # fmt: skip
        case {"rating": _}:
            return None
        case {"question": str(question)} if card:
            points = value.get("points")
            texts = points if isinstance(points, dict) else {}
            worded = {clean(point): clean(text) for point, text in texts.items() if isinstance(text, str)}
            return WordingEvent(key, form, batch, novel, card, clean(question), worded)
        case {"undo": str(target)}:
            return UndoEvent(key, form, batch, novel, target)
        case {"suspend": bool(suspend)} if card:
            return SuspendEvent(key, form, batch, novel, card, suspend)
        case {"bury": until} if card and _day(until):
            return BuryEvent(key, form, batch, novel, card, until)
        case {"reset": True} if card:
            return ResetEvent(key, form, batch, novel, card)
        case {"was": str(was)} if card and was:
            return WasEvent(key, form, batch, novel, card, _name(value.get("point")), clean(was))
        case {"due": due} if card and _day(due):
            return MoveEvent(key, form, batch, novel, card, due)
        case {"weights": list(weights)}:
            return WeightsEvent(key, form, batch, novel, _weights(weights))
        case {"import": str(name)} if not card:
            return ImportEvent(key, form, "", novel, clean(name))
    return None


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    return value


def _name(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def _names(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    return tuple(dict.fromkeys(clean(name) for name in value if isinstance(name, str)))


def _day(value: Any) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime) and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    return None


def _seconds(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value <= 86_400 else None


def _weights(values: list[Any]) -> tuple[float, ...]:
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    finite = [float(number) for number in numbers if abs(number) <= sys.float_info.max]
    return tuple(finite) if len(finite) == len(values) else ()

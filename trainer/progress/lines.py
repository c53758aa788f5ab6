"""The lines of the log: an event written as one, and read from one, whatever became of it."""

import re
import sys
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from trainer.clock import FIRST_YEAR, LAST_YEAR
from trainer.model import Rating
from trainer.progress.canonical import canonical_event
from trainer.progress.events import (
    BuryEvent,
    Event,
    ImportEvent,
    MoveEvent,
    ResetEvent,
    ReviewEvent,
    SuspendEvent,
    UndoEvent,
    UnknownEvent,
    WasEvent,
    WeightsEvent,
    WordingEvent,
    moment_of,
)
from trainer.text import clean, one_line
from trainer.toml_line import one_line_value

HEADER = (
    "# trainer progress 1. One event a line; lines are only added. "
    "To merge two copies, keep every line of both. Do not format."
)
COMMENT_LENGTH = 60
FIELDS = frozenset(
    (
        *("card", "question", "points", "day", "rating", "recalled", "missed", "given", "seconds", "due"),
        *("undo", "suspend", "bury", "reset", "was", "point", "weights"),
        *("import", "source", "deck", "cards", "reviews"),
    )
)
"""Every field that this version knows."""
_EVENT_START = re.compile(r"\d{8}T\d{9}Z-[0-9A-Za-z]+[ \t]*=[ \t]*\{")
_MARK = "\ufeff"
_JOIN = re.compile(rf"{_MARK}+(?=[ \t\r]*(?:#|$|{_EVENT_START.pattern}))")
"""A byte order mark where a log that begins with one was put behind a log without a last newline."""
_BARE_KEY = re.compile(r"(?!.*\d{8}T\d{9}Z-[0-9A-Za-z])[A-Za-z0-9_-]+")
"""Names of fields that need no quotes, and are not taken for an event's key."""


def written(key: str, fields: Mapping[str, Any], comment: str = "") -> str:
    """Return the line of an event, with its newline; the comment is cut to the beginning of a question.

    What looks like the beginning of an event within a text is written with an escape, so that
    a line that is torn or has lost its newline can never be read as another event.
    """
    value = _EVENT_START.sub(lambda match: match[0][:-1] + "\\u007B", one_line_value(dict(fields), _BARE_KEY))
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
    canonical = canonical_event(text.removesuffix("\r"))
    if canonical is not None:
        return [canonical], True
    table = _table(text)
    if seams := _seams(text, table is not None):
        pieces = [_table(text[a:b]) for a, b in zip([0, *seams], [*seams, None], strict=True)]
        whole = all(piece is not None for piece in pieces)
        return [event for piece in pieces if piece for event in _events(piece)], whole
    if table is None:
        return [], False
    return _events(table), True


def events_on_line(raw: bytes) -> list[Event]:
    """Return the events on one line of the log."""
    return read_line(raw)[0]


def _seams(text: str, is_table: bool) -> list[int]:
    """Return where in a line another begins. Within a text there is none: what stands before is not whole there."""
    seams: list[int] = []
    for at in sorted(match.start() for begin in (_EVENT_START, _JOIN) for match in begin.finditer(text)):
        if text[at] == _MARK:
            is_seam = _table(text[seams[-1] if seams else 0 : at]) is not None
        else:
            is_seam = not is_table or "=" not in text[:at] or _table(text[:at]) is not None
        if at and is_seam:
            seams.append(at)
    return seams


def _table(text: str) -> dict[str, Any] | None:
    import tomllib  # needed for lines of others only

    try:
        return tomllib.loads(text.lstrip(_MARK).rstrip("\r"))
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
            return WeightsEvent(key, form, batch, novel, _weights(weights), _count(value.get("reviews")))
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


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _weights(values: list[Any]) -> tuple[float, ...]:
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    finite = [float(number) for number in numbers if abs(number) <= sys.float_info.max]
    return tuple(finite) if len(finite) == len(values) else ()

"""What another copy of the log holds that ours does not, line by line, whatever became of either."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.errors import HomeError, TrainerError
from trainer.progress.backup_contents import LOG_NAME, MOST_BYTES
from trainer.progress.copies import HEADER_START
from trainer.progress.events import Event, ReviewEvent
from trainer.progress.lines import read_line
from trainer.progress.reading import BOM

_KEY = re.compile(rb"\d{8}T\d{9}Z-[0-9A-Za-z]+")
_EVENT_LINE = re.compile(rb"^[ \t]*\"?" + _KEY.pattern + rb"\"?[ \t]*=", re.MULTILINE)


@dataclass(frozen=True)
class Difference:
    """How another log differs from ours."""

    missing: Mapping[bytes, Sequence[Event]]
    """Its lines with an event that ours lacks, as they are, without line ends, and the events on each."""
    new: int
    """How many events ours lacks."""
    answers: int
    """How many of these are reviews."""
    known: int
    """How many events stand in both."""
    unreadable: tuple[bytes, ...]
    """Its lines of which something could not be read."""


def read_other(path: Path) -> bytes:
    """Return the log in this file, or in this home. Raises TrainerError when it cannot be read or is no log."""
    try:
        if path.is_dir():
            path /= LOG_NAME
        with path.open("rb") as file:  # anything that can be read: also a pipe
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise HomeError(
            f"{path} cannot be read: {error.strerror}.", "Name a progress.toml, or the home folder it is in."
        ) from error
    if len(data) > MOST_BYTES:
        raise TrainerError(f"{path} is over {MOST_BYTES:,} bytes.", "Split it at a line end and merge the parts.")
    if not (data.removeprefix(BOM).startswith(HEADER_START) or _EVENT_LINE.search(data)):
        raise TrainerError(f"{path} is no log of the trainer.", "Name a progress.toml, or the home folder it is in.")
    return data


def read_own(path: Path) -> bytes:
    """Return our log as it is now, empty where there is none. Raises HomeError when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise HomeError(f"The log {path} cannot be read: {error.strerror}.") from error


def compare(own: bytes, other: bytes) -> Difference:
    """Return what `other` holds that `own` does not.

    Lines that both have byte for byte are not read, so that comparing a copy costs what differs.
    """
    ours, theirs = set(_lines(own)), dict.fromkeys(_lines(other))
    known = sum(1 for line in theirs if line in ours and line.strip() and not line.lstrip().startswith(b"#"))
    others = {line: read_line(line) for line in theirs if line not in ours}
    held = _events_of(own, {event.key for events, _ in others.values() for event in events})
    missing: dict[bytes, Sequence[Event]] = {}
    unreadable, new, answers = [], 0, 0
    for line, (events, whole) in others.items():
        if not whole:
            unreadable.append(line)
        fresh = {(event.key, event.form) for event in events} - held
        held |= fresh
        new += len(fresh)
        answers += sum(isinstance(event, ReviewEvent) and (event.key, event.form) in fresh for event in events)
        known += len(events) - len(fresh)
        if fresh:
            missing[line] = events
    return Difference(missing, new, answers, known, tuple(unreadable))


def _lines(data: bytes) -> list[bytes]:
    *lines, tail = data.split(b"\n")
    return [line.removeprefix(BOM).rstrip(b"\r") for line in (*lines, tail.rstrip(b"\0"))]


def _events_of(data: bytes, keys: set[str]) -> set[tuple[str, str]]:
    """Return key and form of the events of a log that have one of these keys."""
    wanted = {key.encode() for key in keys}
    near = {_line_at(data, match.start()) for match in _KEY.finditer(data) if match[0] in wanted} if keys else set()
    if not all(map(_KEY.fullmatch, wanted)):  # of a version to come, or no events at all
        near.update(line for line in data.split(b"\n") if not _EVENT_LINE.match(line))
    return {(event.key, event.form) for line in near for event in read_line(line)[0]}


def _line_at(data: bytes, position: int) -> bytes:
    end = data.find(b"\n", position)
    return data[data.rfind(b"\n", 0, position) + 1 : end if end >= 0 else len(data)].rstrip(b"\0")

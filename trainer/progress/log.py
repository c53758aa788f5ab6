"""The log file: read line by line, only ever added to, one flushed write an answer."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from errno import ENOSPC
from pathlib import Path
from typing import Any

from trainer.errors import HomeError, NotSavedError
from trainer.model import Problem
from trainer.progress.events import STAMP_LENGTH, Event, key_at, stamp_of
from trainer.progress.lines import HEADER, read_line, written
from trainer.progress.lock import locked
from trainer.progress.rejected import keep_rejected
from trainer.text import counted

BOM = b"\xef\xbb\xbf"
_PROBE = 64
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True)
class Entry:
    """An event to be written: its fields in the order of writing, and the comment that follows."""

    fields: Mapping[str, Any]
    comment: str = ""


@dataclass
class _Reading:
    """How far the file was read, and by what to know it again."""

    offset: int = 0
    size: int = 0
    """Of the file when it was read, an unfinished last line included."""
    lines: int = 0
    identity: tuple[int, int] = (0, 0)
    probe: bytes = b""
    forms: dict[str, set[str]] = field(default_factory=dict)
    """The forms seen of each key."""
    stamps: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    rejected: list[bytes] = field(default_factory=list)
    unknown: int = 0


class Log:
    """One log file, as far as it has been read.

    `refresh` and `append` take in what others wrote meanwhile; `take_new` hands each event out once.
    """

    def __init__(self, path: Path, mark: str) -> None:
        self.path = path
        self.mark = mark
        """What this writer puts behind the time of its keys: four digits of the home, two of the process."""
        self.generation = 0
        """Grows when the file was replaced and every event is handed out anew."""
        self._reading = _Reading()
        self._new: list[Event] = []

    @property
    def problems(self) -> list[Problem]:
        """Lines that could not be read, and keys that stand for two events."""
        return self._reading.problems

    @property
    def unknown(self) -> int:
        """How many events are of a kind, or have fields, that this version does not know."""
        return self._reading.unknown

    @property
    def size(self) -> int:
        """How many events were read."""
        return sum(map(len, self._reading.forms.values()))

    def take_new(self) -> list[Event]:
        """Return the events not handed out before, in the order they were read."""
        new, self._new = self._new, []
        return new

    def refresh(self, now: datetime) -> None:
        """Read what was added to the file. Raises HomeError when it cannot be read."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | _FLAGS)
        except FileNotFoundError:
            if self._reading.size:
                self._start_over()
            return
        except OSError as error:
            raise HomeError(f"The log {self.path} cannot be read: {error.strerror}.") from error
        try:
            self._read(descriptor)
        except OSError as error:
            raise HomeError(f"The log {self.path} cannot be read: {error.strerror}.") from error
        finally:
            os.close(descriptor)
        self._keep_rejected(now)

    def append(self, entries: Sequence[Entry], now: datetime) -> list[Event]:
        """Write events at the end, with one write, flushed to the disk, and return them.

        Raises NotSavedError when that failed; nothing of it stands in the log then.
        """
        try:
            with locked(self.path.with_name("progress.lock")):
                return self._append(entries, now)
        except OSError as error:
            hint = "Make room on the disk" if error.errno == ENOSPC else "Mend that"
            raise NotSavedError(
                f"Not saved: {self.path} cannot be written: {error.strerror}.", f"{hint}, then try again."
            ) from error

    def _append(self, entries: Sequence[Entry], now: datetime) -> list[Event]:
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _FLAGS, 0o644)
        try:
            tail = self._read(descriptor)
            self._keep_rejected(now)
            begun = self._end_last_line(descriptor, tail, now)
            size = os.fstat(descriptor).st_size
            text = "" if size else HEADER + "\n"
            keys: list[str] = []
            for entry in entries:
                keys.append(self._free_key(now, keys))
                text += written(keys[-1], entry.fields, entry.comment)
            self._write(descriptor, begun + text.encode(), size)
            if not size:
                _flush_folder(self.path.parent)
            self._read(descriptor)
        finally:
            os.close(descriptor)
        mine = set(keys)
        return [event for event in self._new if event.key in mine]

    def _write(self, descriptor: int, data: bytes, size: int) -> None:
        try:
            count = os.write(descriptor, data)
            if count < len(data):
                raise OSError(ENOSPC, os.strerror(ENOSPC))
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)  # half a line is no line
            raise

    def _free_key(self, now: datetime, taken: list[str]) -> str:
        used = {key[:STAMP_LENGTH] for key in taken}
        moment = now
        while (stamp := stamp_of(moment)) in self._reading.stamps or stamp in used:
            moment += timedelta(milliseconds=1)
        return key_at(moment, self.mark)

    def _end_last_line(self, descriptor: int, tail: bytes, now: datetime) -> bytes:
        """Deal with an unfinished last line; return what must be written first to end it."""
        if not tail:
            return b""
        events, whole = read_line(tail.rstrip(b"\0"))
        begun_header = not self._reading.offset and HEADER.encode().startswith(tail.removeprefix(BOM))
        if (events or (whole and tail.strip(b"\0"))) and not begun_header:
            os.ftruncate(descriptor, os.fstat(descriptor).st_size - _ragged_end(tail))
            return b"\n"
        if not begun_header:
            keep_rejected(self.path.parent, [tail], stamp_of(now))
        os.ftruncate(descriptor, os.fstat(descriptor).st_size - len(tail))
        self._reading.size = self._reading.offset
        return b""

    def _read(self, descriptor: int) -> bytes:
        """Take in all whole lines not read yet; return the unfinished last one."""
        stat = os.fstat(descriptor)
        known = self._reading
        identity = (stat.st_dev, stat.st_ino)
        if known.size and (
            known.identity != identity
            or stat.st_size < known.size
            or _read_at(descriptor, known.offset - len(known.probe), len(known.probe)) != known.probe
        ):
            self._start_over()
        reading = self._reading
        reading.identity, reading.size = identity, stat.st_size
        data = _read_at(descriptor, reading.offset, stat.st_size - reading.offset)
        end = data.rfind(b"\n") + 1
        if end:
            for raw in data[: end - 1].split(b"\n"):
                reading.lines += 1
                self._take_line(raw.removeprefix(BOM))
            reading.offset += end
            reading.probe = _read_at(descriptor, max(0, reading.offset - _PROBE), min(_PROBE, reading.offset))
        tail = data[end:]
        self._take_events(read_line(tail.removeprefix(BOM).rstrip(b"\0"))[0])
        return tail

    def _take_line(self, raw: bytes) -> None:
        events, whole = read_line(raw)
        if not whole:
            self._reading.rejected.append(raw)
            self._problem("This line cannot be read as TOML; it stays here, and a copy is kept.")
        self._take_events(events)

    def _take_events(self, events: list[Event]) -> None:
        for event in events:
            forms = self._reading.forms.setdefault(event.key, set())
            if event.form in forms:
                continue
            if forms:
                self._problem(f"The key {event.key} stands for two different events; both are read.")
            forms.add(event.form)
            self._reading.stamps.add(event.key[:STAMP_LENGTH])
            self._reading.unknown += event.novel
            self._new.append(event)

    def _problem(self, message: str) -> None:
        self._reading.problems.append(Problem(self.path.name, self._reading.lines, message))

    def _keep_rejected(self, now: datetime) -> None:
        rejected, self._reading.rejected = self._reading.rejected, []
        if rejected:
            try:
                keep_rejected(self.path.parent, rejected, stamp_of(now))
            except OSError:
                message = f"No copy could be kept of {counted(len(rejected), 'line')} that cannot be read."
                self._reading.problems.append(Problem(self.path.name, None, message))

    def _start_over(self) -> None:
        self._reading = _Reading()
        self._new = []
        self.generation += 1


def _ragged_end(tail: bytes) -> int:
    """Return how many bytes at the end of a line are half a character, or zeros after a power cut."""
    text = tail.rstrip(b"\0")
    try:
        text.decode()
    except UnicodeDecodeError as error:
        if error.end == len(text) and "unexpected end" in error.reason:
            text = text[: error.start]
    return len(tail) - len(text)


def _read_at(descriptor: int, offset: int, count: int) -> bytes:
    os.lseek(descriptor, offset, os.SEEK_SET)
    chunks = []
    while count > 0 and (chunk := os.read(descriptor, count)):
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)


def _flush_folder(folder: Path) -> None:
    """Flush a folder, so that a file just made in it survives a power cut (POSIX)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

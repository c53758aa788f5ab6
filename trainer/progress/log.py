"""The log file: read line by line, only ever added to, one flushed write an answer."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from errno import ENOSPC
from pathlib import Path
from typing import Any

from trainer.errors import HomeError, NotSavedError
from trainer.model import Problem
from trainer.progress.events import STAMP_LENGTH, Event, key_at, stamp_of
from trainer.progress.flush import flush_folder
from trainer.progress.lines import HEADER, read_line, written
from trainer.progress.lock import locked
from trainer.progress.rejected import keep_rejected
from trainer.text import counted

BOM = b"\xef\xbb\xbf"
BLOCK = 1 << 16
"""Bytes of the file that have one SHA-256."""
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
    signature: tuple[int, ...] = ()
    """What the file system says of the file."""
    blocks: list[bytes] = field(default_factory=list)
    """The SHA-256 of each block that was read; the last may be a part of one."""
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

    def append_lines(self, lines: Iterable[bytes], now: datetime) -> int:
        """Write lines of another log at the end as they are, those with an event that is not here yet.

        With one write, flushed to the disk. Returns how many events came. Raises NotSavedError like `append`.
        """
        try:
            with locked(self.path.with_name("progress.lock")):
                return self._append_lines(lines, now)
        except OSError as error:
            raise NotSavedError(
                f"Not saved: {self.path} cannot be written: {error.strerror}.", "Mend that, then try again."
            ) from error

    def _append_lines(self, lines: Iterable[bytes], now: datetime) -> int:
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _FLAGS, 0o644)
        try:
            tail = self._read(descriptor)
            self._keep_rejected(now)
            came: set[tuple[str, str]] = set()
            data: list[bytes] = []
            for line in lines:
                events = {(event.key, event.form) for event in read_line(line)[0]} - came
                if fresh := {each for each in events if each[1] not in self._reading.forms.get(each[0], ())}:
                    came |= fresh
                    data.append(line + b"\n")
            if came:
                begun = self._end_last_line(descriptor, tail, now)
                size = os.fstat(descriptor).st_size
                header = b"" if size else HEADER.encode() + b"\n"
                self._write(descriptor, begun + header + b"".join(data), size)
                if not size:
                    flush_folder(self.path.parent)
                self._read(descriptor)
                self._keep_rejected(now)
        finally:
            os.close(descriptor)
        return len(came)

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
                flush_folder(self.path.parent)
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
            self._cut(descriptor, _ragged_end(tail))
            return b"\n"
        if not begun_header:
            keep_rejected(self.path.parent, [tail], stamp_of(now))
        self._cut(descriptor, len(tail))
        return b""

    def _cut(self, descriptor: int, count: int) -> None:
        """Cut bytes off the end of the file."""
        size = os.fstat(descriptor).st_size - count
        os.ftruncate(descriptor, size)
        self._know(size, size // BLOCK, _read_at(descriptor, size // BLOCK * BLOCK, size % BLOCK))

    def _read(self, descriptor: int) -> bytes:
        """Take in all whole lines not read yet; return the unfinished last one."""
        stat = os.fstat(descriptor)
        signature = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
        if signature != self._reading.signature and not self._agrees(descriptor):
            self._start_over()
        reading = self._reading
        first = reading.offset // BLOCK
        data = _read_at(descriptor, first * BLOCK, stat.st_size - first * BLOCK)
        self._know(first * BLOCK + len(data), first, data)
        reading.signature = signature
        data = data[reading.offset - first * BLOCK :]
        end = data.rfind(b"\n") + 1
        if end:
            for raw in data[: end - 1].split(b"\n"):
                reading.lines += 1
                self._take_line(raw.removeprefix(BOM))
            reading.offset += end
        tail = data[end:]
        self._take_events(read_line(tail.removeprefix(BOM).rstrip(b"\0"))[0])
        return tail

    def _agrees(self, descriptor: int) -> bool:
        """Return whether the file still begins with all that was read of it."""
        size = self._reading.size
        return all(
            hashlib.sha256(_read_at(descriptor, start, min(BLOCK, size - start))).digest() == digest
            for start, digest in zip(range(0, size, BLOCK), self._reading.blocks, strict=True)
        )

    def _know(self, size: int, first: int, data: bytes) -> None:
        """Take `data` for all that the file holds from block `first` on."""
        self._reading.size = size
        self._reading.blocks[first:] = [
            hashlib.sha256(data[start : start + BLOCK]).digest() for start in range(0, len(data), BLOCK)
        ]

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

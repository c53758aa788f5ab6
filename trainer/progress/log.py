"""The log file: read line by line, only ever added to, one flushed write an answer."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from errno import ENOSPC
from pathlib import Path
from typing import Any

from trainer.cache import Cache
from trainer.errors import HomeError, NotSavedError
from trainer.model import Problem
from trainer.progress.events import STAMP_LENGTH, Event, key_at, stamp_of
from trainer.progress.index import SCHEMA, EventIndex, Place, Reading
from trainer.progress.lines import HEADER, read_line, written
from trainer.progress.lock import locked
from trainer.progress.rejected import keep_rejected
from trainer.text import counted

BOM = b"\xef\xbb\xbf"
BLOCK = 1 << 16
"""Bytes of the file that have one SHA-256."""
STEP = 1 << 21
"""Bytes that are read before what was learned is kept."""
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True)
class Entry:
    """An event to be written: its fields in the order of writing, and the comment that follows."""

    fields: Mapping[str, Any]
    comment: str = ""


@dataclass
class _Step:
    """What one step of reading found; it counts once the step is kept."""

    reading: Reading
    new: list[Event] = field(default_factory=list)
    rejected: list[bytes] = field(default_factory=list)
    lost: bool = False
    """Whether events that were read before are gone."""
    done: bool = True


class Log:
    """One log file, as far as it has been read; the index says where its events stand.

    `refresh` and `append` take in what others wrote meanwhile; `take_new` hands out what came.
    """

    def __init__(self, path: Path, mark: str, index: EventIndex | None = None) -> None:
        self.path = path
        self.mark = mark
        """What this writer puts behind the time of its keys: four digits of the home, two of the process."""
        self.generation = 0
        """Grows when events that were read are in the file no more."""
        self.index = index or EventIndex(Cache.in_memory(SCHEMA))
        self._new: list[Event] = []
        self._unkept: list[Problem] = []

    @property
    def problems(self) -> list[Problem]:
        """Lines that could not be read, and keys that stand for two events."""
        found = [Problem(self.path.name, line, message) for line, message in self.index.problems()]
        return [*found, *self._unkept]

    @property
    def unknown(self) -> int:
        """How many events are of a kind, or have fields, that this version does not know."""
        return self.index.count_novel()

    @property
    def size(self) -> int:
        """How many events there are."""
        return self.index.count()

    def take_new(self) -> list[Event]:
        """Return the events not handed out before, in the order they were read; after a new generation, all."""
        new, self._new = self._new, []
        return new

    def events(self, places: Iterable[Place]) -> list[Event]:
        """Return the events at these places, in order. A place that the file has no more gives none."""
        wanted: dict[tuple[int, int, bytes | None], set[str]] = {}
        for key, at, size, line in places:
            wanted.setdefault((at, size, line), set()).add(key)
        found: dict[tuple[str, str], Event] = {}
        if wanted:
            with self._opened() as descriptor:
                for (at, size, line), keys in wanted.items():
                    raw = line if line is not None else _read_at(descriptor, at, size)
                    for event in read_line(raw.removeprefix(BOM).rstrip(b"\0"))[0]:
                        if event.key in keys:
                            found.setdefault((event.key, event.form), event)
        return sorted(found.values(), key=lambda event: (event.key, event.form))

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """Open the file for reading; a missing one gives -1. Raises HomeError."""
        descriptor = -1
        try:
            descriptor = os.open(self.path, os.O_RDONLY | _FLAGS)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise HomeError(f"The log {self.path} cannot be read: {error.strerror}.") from error
        try:
            yield descriptor
        finally:
            if descriptor >= 0:
                os.close(descriptor)

    # Reading

    def refresh(self, now: datetime) -> None:
        """Read what was added to the file. Raises HomeError when it cannot be read."""
        with self._opened() as descriptor:
            try:
                self._read(descriptor, now)
            except OSError as error:
                raise HomeError(f"The log {self.path} cannot be read: {error.strerror}.") from error

    def _read(self, descriptor: int, now: datetime) -> bytes:
        """Take in all lines not read yet; return the unfinished last one."""
        reading = self.index.reading
        checked = False
        while _signature(descriptor) != reading.signature:
            step = self.index.cache.write(lambda checked=checked: self._step(descriptor, checked))  # type: ignore[misc]
            self._keep(step, now)
            checked, reading = True, step.reading
            if step.done:
                break
        return _read_at(descriptor, reading.offset, reading.size - reading.offset)

    def _step(self, descriptor: int, checked: bool) -> _Step:
        """Read some of what is new, and keep where it stands."""
        signature = _signature(descriptor)
        step = _Step(self.index.reading)
        if not checked and not self._agrees(descriptor):
            self.index.forget()
            step.lost, step.reading = True, Reading()
        before = step.reading
        size = _size(descriptor)
        data = _read_at(descriptor, before.offset, min(size - before.offset, STEP)) if descriptor >= 0 else b""
        while b"\n" not in data and before.offset + len(data) < size:
            data += _read_at(descriptor, before.offset + len(data), STEP)
        end = data.rfind(b"\n") + 1
        at, lines = before.offset, before.lines
        newest = self.index.newest_key()
        for raw in data[: end - 1].split(b"\n") if end else ():
            lines += 1
            newest = self._take_line(raw, at, lines, newest, step)
            at += len(raw) + 1
        step.done = before.offset + len(data) >= size
        if step.done and data[end:]:
            self._take_events(read_line(data[end:].removeprefix(BOM).rstrip(b"\0"))[0], at, data[end:], newest, step)
        read = before.offset + len(data) if step.done else at
        step.reading = Reading(signature if step.done and read == size else "", at, read, lines)
        self._keep_blocks(descriptor, before.size, read)
        self.index.set_reading(step.reading)
        return step

    def _take_line(self, raw: bytes, at: int, line: int, newest: str, step: _Step) -> str:
        events, whole = read_line(raw.removeprefix(BOM))
        if not whole:
            step.rejected.append(raw)
            self.index.add_problem(line, "This line cannot be read as TOML; it stays here, and a copy is kept.")
        return self._take_events(events, at, raw, newest, step, line)

    def _take_events(
        self, events: list[Event], at: int, raw: bytes, newest: str, step: _Step, line: int | None = None
    ) -> str:
        """Add the events of a line that are not there yet; return the greatest key."""
        for event in events:
            if event.key <= newest and (known := self.index.of_key(event.key)):
                if event.form in {each.form for each in self.events(known) if each.key == event.key}:
                    continue
                number = step.reading.lines + 1 if line is None else line
                self.index.add_problem(number, f"The key {event.key} stands for two different events; both are read.")
            self.index.add(event, at, len(raw))
            newest = max(newest, event.key)
            step.new.append(event)
        return newest

    def _keep(self, step: _Step, now: datetime) -> None:
        """Hand out what a step found, now that it is kept."""
        if step.lost:
            self.generation += 1
            self._new = []
        self._new += step.new
        if step.rejected:
            try:
                keep_rejected(self.path.parent, step.rejected, stamp_of(now))
            except OSError:
                message = f"No copy could be kept of {counted(len(step.rejected), 'line')} that cannot be read."
                self._unkept.append(Problem(self.path.name, None, message))

    def _agrees(self, descriptor: int) -> bool:
        """Return whether the file still begins with all that was read of it."""
        return all(
            hashlib.sha256(_read_at(descriptor, number * BLOCK, size)).digest() == digest
            for number, size, digest in self.index.blocks()
        )

    def _keep_blocks(self, descriptor: int, before: int, size: int) -> None:
        """Keep the SHA-256 of the blocks that were read."""
        first = before // BLOCK
        blocks = []
        for start in range(first * BLOCK, size, BLOCK):
            data = _read_at(descriptor, start, min(BLOCK, size - start))
            blocks.append((start // BLOCK, len(data), hashlib.sha256(data).digest()))
        self.index.set_blocks(first, blocks)

    # Writing

    def append(self, entries: Sequence[Entry], now: datetime) -> list[Event]:
        """Write events at the end, with one write, flushed to the disk, and return them.

        Raises NotSavedError when that failed; nothing of it stands in the log then.
        """

        def text() -> str:
            lines, keys = "", set[str]()
            for entry in entries:
                keys.add(key := self._free_key(now, keys))
                lines += written(key, entry.fields, entry.comment)
            return lines

        return [event for line in self._added(text, now).encode().splitlines() for event in read_line(line)[0]]

    def _added(self, text: Callable[[], str], now: datetime) -> str:
        try:
            with locked(self.path.with_name("progress.lock")):
                return self._append(text, now)
        except OSError as error:
            hint = "Make room on the disk" if error.errno == ENOSPC else "Mend that"
            raise NotSavedError(
                f"Not saved: {self.path} cannot be written: {error.strerror}.", f"{hint}, then try again."
            ) from error

    def _append(self, text: Callable[[], str], now: datetime) -> str:
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _FLAGS, 0o644)
        try:
            tail = self._read(descriptor, now)
            begun = self._end_last_line(descriptor, tail, now)
            size = _size(descriptor)
            lines = text()
            self._write(descriptor, begun + (("" if size else HEADER + "\n") + lines).encode(), size)
            if not size:
                _flush_folder(self.path.parent)
            self._read(descriptor, now)
        finally:
            os.close(descriptor)
        return lines

    def _write(self, descriptor: int, data: bytes, size: int) -> None:
        try:
            count = os.write(descriptor, data)
            if count < len(data):
                raise OSError(ENOSPC, os.strerror(ENOSPC))
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)  # half a line is no line
            raise

    def _free_key(self, now: datetime, taken: set[str]) -> str:
        used = {key[:STAMP_LENGTH] for key in taken}
        moment = now
        while (stamp := stamp_of(moment)) in used or self.index.has_stamp(stamp):
            moment += timedelta(milliseconds=1)
        return key_at(moment, self.mark)

    def _end_last_line(self, descriptor: int, tail: bytes, now: datetime) -> bytes:
        """Deal with an unfinished last line; return what must be written first to end it."""
        if not tail:
            return b""
        events, whole = read_line(tail.rstrip(b"\0"))
        begun_header = not self.index.reading.offset and HEADER.encode().startswith(tail.removeprefix(BOM))
        if (events or (whole and tail.strip(b"\0"))) and not begun_header:
            self._cut(descriptor, _ragged_end(tail))
            return b"\n"
        if not begun_header:
            keep_rejected(self.path.parent, [tail], stamp_of(now))
        self._cut(descriptor, len(tail))
        return b""

    def _cut(self, descriptor: int, count: int) -> None:
        """Cut bytes off the end of the file."""
        if not count:
            return
        size = _size(descriptor) - count
        os.ftruncate(descriptor, size)

        def know() -> None:
            self._keep_blocks(descriptor, size, size)
            self.index.set_reading(replace(self.index.reading, signature="", size=size))

        self.index.cache.write(know)


def _signature(descriptor: int) -> str:
    """Return what changes whenever the file is written or another takes its name; empty for none."""
    if descriptor < 0:
        return ""
    stat = os.fstat(descriptor)
    return f"{stat.st_dev}:{stat.st_ino}:{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ctime_ns}"


def _size(descriptor: int) -> int:
    return 0 if descriptor < 0 else os.fstat(descriptor).st_size


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
    if descriptor < 0:
        return b""
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

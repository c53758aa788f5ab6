"""The log file read: only what is new, known again by what the file system says and by SHA-256."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from trainer.cache import Cache
from trainer.errors import HomeError
from trainer.model import Problem
from trainer.progress.events import Event, stamp_of
from trainer.progress.index import NO_FILE, SCHEMA, EventIndex, Place, Reading
from trainer.progress.lines import read_line
from trainer.progress.rejected import keep_rejected
from trainer.text import counted

BOM = b"\xef\xbb\xbf"
BLOCK = 1 << 16
"""Bytes of the file that have one SHA-256."""
STEP = 1 << 21
"""Bytes that are read before what was learned is kept."""
IN_HAND = 1 << 18
"""New events that are held; of more, the places are enough."""
FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

Told = Callable[[int, int], None]
"""Told how much of how much is done."""

Follower = Callable[[Sequence[Event], set[str], bool], None]
"""Given new events, the cards of events that are gone, and whether one of these changed how others count."""


def untold(done: int, whole: int) -> None:
    """Tell nobody."""


def _follow_nothing(new: Sequence[Event], gone: set[str], rare_gone: bool) -> None:
    pass


@dataclass
class _Step:
    """What one step of reading found; it counts once the step is kept."""

    reading: Reading
    newest: str = ""
    """The greatest key read."""
    new: list[Event] = field(default_factory=list)
    places: list[tuple[Event, int, int]] = field(default_factory=list)
    """Those of the new ones that the index does not have yet, with the bytes before and of their lines."""
    lost: bool = False
    """Whether events that were read before are gone."""
    cards: set[str] = field(default_factory=set)
    """Cards of events that are gone."""
    rare: bool = False
    """Whether one of the events gone changed how others count."""
    done: bool = True


class LogReader:
    """One log file, as far as it has been read; the index says where its events stand."""

    def __init__(self, path: Path, index: EventIndex | None = None) -> None:
        self.path = path
        self.index = index or EventIndex(Cache(None, SCHEMA))
        self.follow: Follower = _follow_nothing
        """Told of each step of reading, within the change that keeps it."""
        self.lost = False
        """Whether events that were read are in the file no more."""
        self._new: list[Event] = []
        self._overflowed = False
        self._unkept: list[Problem] = []

    @property
    def problems(self) -> list[Problem]:
        """Lines that could not be read, and keys that stand for two events."""
        found = [Problem(self.path.name, line, message) for line, message in self.index.problems()]
        return [*found, *self._unkept]

    def take_new(self) -> list[Event]:
        """Return the events that came since the last call, in the order they were read; none when too many to hold."""
        new, self._new, self._overflowed = self._new, [], False
        return new

    def events(self, places: Iterable[Place]) -> list[Event]:
        """Return the events at these places, in order. A place that the file has no more gives none."""
        wanted: dict[tuple[int, int], set[str]] = {}
        for key, at, size in places:
            wanted.setdefault((at, size), set()).add(key)
        found: dict[tuple[str, str], Event] = {}
        if wanted:
            with self.opened() as descriptor:
                for (at, size), keys in wanted.items():
                    for event in read_line(_plain(read_at(descriptor, at, size)))[0]:
                        if event.key in keys:
                            found.setdefault((event.key, event.form), event)
        return sorted(found.values(), key=lambda event: (event.key, event.form))

    @contextmanager
    def opened(self) -> Iterator[int]:
        """Open the file for reading; a missing one gives -1. Raises HomeError where it cannot be read."""
        descriptor = -1
        try:
            with suppress(FileNotFoundError):
                descriptor = os.open(self.path, os.O_RDONLY | FLAGS)
            yield descriptor
        except OSError as error:
            raise HomeError(f"The log {self.path} cannot be read: {error.strerror}.") from error
        finally:
            if descriptor >= 0:
                os.close(descriptor)

    def read(self, descriptor: int, now: datetime, told: Told = untold, checked: bool = False) -> bytes:
        """Take in all lines of an open file that were not read yet; return the unfinished last one.

        With `checked` the file is taken to begin as it did: only this process has added to it, under the lock.
        """
        reading = self.index.reading
        while _signature(descriptor) != reading.signature:
            whole = size_of(descriptor)
            step = self.index.cache.write(lambda checked=checked: self._step(descriptor, checked, now))  # type: ignore[misc]
            self._hand_out(step)
            checked, reading = True, step.reading
            if whole > STEP:
                told(min(reading.size, whole), whole)
            if step.done:
                break
        return read_at(descriptor, reading.offset, reading.size - reading.offset)

    def _step(self, descriptor: int, checked: bool, now: datetime) -> _Step:
        """Read some of what is new, and keep where it stands."""
        signature = _signature(descriptor)
        step = _Step(self.index.reading)
        if not checked:
            agreed = self._agreeing(descriptor, step.reading)
            if agreed < step.reading.size:
                self._rewind(descriptor, agreed, step)
        before, step.newest = step.reading, self.index.newest_key()
        size = size_of(descriptor)
        data = read_at(descriptor, before.offset, min(size - before.offset, STEP))
        while b"\n" not in data and before.offset + len(data) < size:
            data += read_at(descriptor, before.offset + len(data), STEP)
        end = data.rfind(b"\n") + 1
        at, lines = before.offset, before.lines
        rejected = []
        for raw in data[: end - 1].split(b"\n") if end else ():
            lines += 1
            if not self._take_line(raw, at, lines, step):
                rejected.append(raw)
            at += len(raw) + 1
        self._keep_rejected(rejected, now)
        step.done = before.offset + len(data) >= size
        if step.done and (tail := data[end:]):  # of which the next append cuts the ragged end
            self._take_events(read_line(_plain(tail))[0], at, len(tail) - ragged_end(tail), lines + 1, step)
        read = before.offset + len(data) if step.done else at
        self._index_new(step)
        step.reading = Reading(signature if step.done else "", at, read, lines)
        self.keep_blocks(descriptor, before.size, read)
        self.index.set_reading(step.reading)
        if step.new or step.lost:
            self.follow(step.new, step.cards, step.rare)
        return step

    def _take_line(self, raw: bytes, at: int, line: int, step: _Step) -> bool:
        """Add the events of a line; return whether all of it could be read."""
        events, whole = read_line(raw.removeprefix(BOM))
        if not whole:
            self.index.add_problem(line, "This line cannot be read as TOML; it stays here, and a copy is kept.")
        self._take_events(events, at, len(raw), line, step)
        return whole

    def _take_events(self, events: list[Event], at: int, size: int, line: int, step: _Step) -> None:
        for event in events:
            known: bool | None = False
            if event.key <= step.newest:
                self._index_new(step)
                known = self.index.knows(event)
            if known:
                continue
            if known is None:
                self.index.add_problem(line, f"The key {event.key} stands for two different events; both are read.")
            step.places.append((event, at, size))
            step.new.append(event)
            step.newest = max(step.newest, event.key)

    def _index_new(self, step: _Step) -> None:
        """Give the index what it does not have yet, many at once."""
        self.index.add(step.places)
        step.places = []

    def _hand_out(self, step: _Step) -> None:
        """Hold what a step found, now that it is kept."""
        self.lost |= step.lost
        if self._overflowed or len(self._new) + len(step.new) > IN_HAND:
            self._overflowed, self._new = True, []
        else:
            self._new += step.new

    def _keep_rejected(self, lines: list[bytes], now: datetime) -> None:
        try:
            if lines:
                keep_rejected(self.path.parent, lines, stamp_of(now))
        except OSError:
            message = f"No copy could be kept of {counted(len(lines), 'line')} that cannot be read."
            self._unkept.append(Problem(self.path.name, None, message))

    def _agreeing(self, descriptor: int, reading: Reading) -> int:
        """Return how many bytes of what was read the file still begins with, in whole blocks or all."""
        for number, size, digest in self.index.blocks():
            if hashlib.sha256(read_at(descriptor, number * BLOCK, size)).digest() != digest:
                return number * BLOCK
        return reading.size

    def _rewind(self, descriptor: int, agreed: int, step: _Step) -> None:
        """Forget what was read from the line on which the file differs."""
        offset = lines = 0
        for start in range(0, agreed, STEP):
            kept = read_at(descriptor, start, min(STEP, agreed - start))
            if b"\n" in kept:
                offset, lines = start + kept.rfind(b"\n") + 1, lines + kept.count(b"\n")
        step.cards, step.rare = self.index.drop_from(offset)
        self.index.drop_problems(lines + 1)
        step.lost = True
        step.reading = Reading("", offset, offset, lines)

    def keep_blocks(self, descriptor: int, before: int, size: int) -> None:
        """Keep the SHA-256 of the blocks between two sizes of the file, within a write."""
        first = before // BLOCK
        blocks = []
        for start in range(first * BLOCK, size, BLOCK):
            data = read_at(descriptor, start, min(BLOCK, size - start))
            blocks.append((start // BLOCK, len(data), hashlib.sha256(data).digest()))
        self.index.set_blocks(first, blocks)

    def know_cut(self, descriptor: int, size: int) -> None:
        """Take the file for read up to `size`, where its unfinished last line was just cut."""

        def know() -> None:
            self.keep_blocks(descriptor, size, size)
            self.index.set_reading(self.index.reading._replace(signature="", size=size))

        self.index.cache.write(know)


def _plain(raw: bytes) -> bytes:
    """Return a line without a BOM before it, and without zeros that a power cut left behind it."""
    return raw.removeprefix(BOM).rstrip(b"\0")


def ragged_end(tail: bytes) -> int:
    """Return how many bytes at the end of a line are half a character, or zeros after a power cut."""
    text = tail.rstrip(b"\0")
    try:
        text.decode()
    except UnicodeDecodeError as error:
        if error.end == len(text) and "unexpected end" in error.reason:
            text = text[: error.start]
    return len(tail) - len(text)


def _signature(descriptor: int) -> str:
    """Return what changes whenever the file is written or another takes its name."""
    if descriptor < 0:
        return NO_FILE
    stat = os.fstat(descriptor)
    return f"{stat.st_dev}:{stat.st_ino}:{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ctime_ns}"


def size_of(descriptor: int) -> int:
    """Return the bytes of an open file; 0 for none."""
    return 0 if descriptor < 0 else os.fstat(descriptor).st_size


def read_at(descriptor: int, offset: int, count: int) -> bytes:
    """Return `count` bytes from `offset` on, fewer where the file ends; none of a missing file."""
    if descriptor < 0:
        return b""
    os.lseek(descriptor, offset, os.SEEK_SET)
    chunks = []
    while count > 0 and (chunk := os.read(descriptor, count)):
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)

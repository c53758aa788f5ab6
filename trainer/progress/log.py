"""The log file: only ever added to, one flushed write an answer."""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from errno import ENOSPC
from pathlib import Path
from typing import Any, NamedTuple

from trainer.errors import NotSavedError
from trainer.model import Problem
from trainer.progress.events import AHEAD, Event, key_at, moment_of, stamp_of
from trainer.progress.flush import flush_folder
from trainer.progress.index import EventIndex, Place
from trainer.progress.lines import HEADER, events_on_line, read_line, written
from trainer.progress.lock import locked
from trainer.progress.reading import BOM, FLAGS, LogReader, Told, ragged_end, size_of, untold
from trainer.progress.rejected import keep_rejected

_MILLISECOND = timedelta(milliseconds=1)
_REST = 0.02
"""Seconds between two looks at a line that another program has not finished."""
_LOOKS = 25


class Entry(NamedTuple):
    """An event to be written: its fields in the order of writing, and the comment that follows."""

    fields: Mapping[str, Any]
    comment: str = ""


class Log:
    """One log file, as far as it has been read.

    `refresh` and `append` take in what others wrote meanwhile; `take_new` hands out what came.
    """

    def __init__(self, path: Path, mark: str, index: EventIndex | None = None) -> None:
        self.path = path
        self.mark = mark
        """What this writer puts behind the time of its keys: four digits of the home, two of the process."""
        self.reader = LogReader(path, index)
        self._tail = b""
        """The last line, where it was not finished when the file was read."""
        self._written: dict[str, bytes] = {}
        """The lines of this process, by key: they must not be lost when the file is replaced."""
        self._unsure: tuple[list[dict[str, Any]], bytes] | None = None
        """What was written but not saved, and could not be taken back."""

    @property
    def index(self) -> EventIndex:
        """Where the events stand."""
        return self.reader.index

    @property
    def problems(self) -> list[Problem]:
        """Lines that could not be read, also the last one where it is not finished; keys that stand for two events."""
        return self.reader.problems + self._unfinished()

    def _unfinished(self) -> list[Problem]:
        """Return the last line as a problem where the next append will put it away."""
        events, whole = read_line(self._tail.rstrip(b"\0"))
        if events or whole:
            return []
        words = "This line was never finished, as a crash or a power cut leaves the last one."
        hint = "The next answer goes in its place, and a copy is kept."
        return [Problem(self.path.name, self.index.reading.lines + 1, words, hint)]

    @property
    def unknown(self) -> int:
        """How many events are of a kind, or have fields, that this version does not know."""
        return self.index.count_novel()

    @property
    def size(self) -> int:
        """How many events there are."""
        return self.index.count()

    def take_new(self) -> list[Event]:
        """Return the events that came since the last call, in the order they were read; none when too many to hold."""
        return self.reader.take_new()

    def events(self, places: Iterable[Place]) -> list[Event]:
        """Return the events at these places, in order. Raises HomeError when the file cannot be read."""
        return self.reader.events(places)

    def refresh(self, now: datetime, told: Told = untold) -> None:
        """Read what was added to the file, and put back what of this process is in it no more.

        Raises HomeError when it cannot be read.
        """
        with self.reader.opened() as descriptor:
            self._tail = self.reader.read(descriptor, now, told)
        if self.reader.lost:
            with suppress(NotSavedError):  # tried again the next time
                self._added(lambda: b"", now)

    def append(self, entries: Sequence[Entry], now: datetime) -> list[Event]:
        """Write events at the end, with one write, flushed to the disk, and return them.

        Raises NotSavedError when that failed; nothing of it stands in the log then, or it is
        taken up by the next call for the same.
        """
        said = [{key: value for key, value in entry.fields.items() if key != "seconds"} for entry in entries]
        if self._unsure and self._unsure[0][-len(said) :] == said:  # without the wording, if that was there to read
            again = self._unsure[1]  # the same lines, which count once
            data = self._added(lambda: again, now, said)
        else:
            data = self._added(lambda: self._text(entries, now).encode(), now, said)
        lines = data.split(b"\n")[:-1]
        self._written |= {line.partition(b" ")[0].decode(): line for line in lines}
        return [event for line in lines for event in read_line(line)[0]]

    def append_lines(
        self, lines: Iterable[bytes], now: datetime, events_on: Callable[[bytes], Iterable[Event]] = events_on_line
    ) -> int:
        """Write lines of another log at the end as they are, those with an event that is not here yet.

        With one write, flushed to the disk. `events_on` gives the events on a line, where these were read already.
        Returns how many events came. Raises NotSavedError like `append`.
        """
        came: set[tuple[str, str]] = set()

        def missing() -> bytes:
            data: list[bytes] = []
            for line in lines:
                fresh = {(event.key, event.form) for event in events_on(line) if not self.index.knows(event)} - came
                if fresh:
                    came.update(fresh)
                    data.append(line + b"\n")
            return b"".join(data)

        self._added(missing, now)
        return len(came)

    def _text(self, entries: Sequence[Entry], now: datetime) -> str:
        """Return the lines of events, each with a key of its own."""
        moment = self.free_from(now)
        text = ""
        for entry in entries:
            while self.has_stamp(stamp_of(moment)):
                moment += _MILLISECOND
            text += written(key_at(moment, self.mark), entry.fields, entry.comment)
            moment += _MILLISECOND
        return text

    def has_stamp(self, stamp: str) -> bool:
        """Return whether a key has this time."""
        return self.index.has_stamp(stamp)

    def free_from(self, now: datetime) -> datetime:
        """Return the moment for a new key: now, or just after the newest event, though the clock was set back."""
        ahead = stamp_of(now + AHEAD)
        mine = [key for key in self._written if key < ahead]  # also those that the file lost
        newest = max([self.index.newest_key(below=ahead), *mine])
        with suppress(ValueError):
            return max(now, moment_of(newest) + _MILLISECOND)
        return now

    def _added(self, made: Callable[[], bytes], now: datetime, said: list[dict[str, Any]] | None = None) -> bytes:
        """Write lines, made once the lock is held and all is read; return them. Raises NotSavedError."""
        try:
            with locked(self.path.with_name("progress.lock")) as alone:
                try:
                    return self._append(made, now, alone, said)
                except OSError as error:
                    if error.errno != ENOSPC or not self.index.cache.give_way():
                        raise
                    return self._append(made, now, alone, said)
        except OSError as error:
            hint = "Make room on the disk" if error.errno == ENOSPC else "Mend that"
            raise NotSavedError(
                f"Not saved: {self.path} cannot be written: {error.strerror}.", f"{hint}, then try again."
            ) from error

    def _append(
        self, made: Callable[[], bytes], now: datetime, alone: bool, said: list[dict[str, Any]] | None
    ) -> bytes:
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | FLAGS, 0o644)
        try:
            tail = self.reader.read(descriptor, now)
            for _ in range(0 if alone else _LOOKS):  # another may be writing just now
                if not tail or read_line(tail.rstrip(b"\0"))[0]:
                    break
                time.sleep(_REST)
                tail = self.reader.read(descriptor, now)
            back, lines = self._gone(), made()
            if not back + lines:
                self.reader.lost = False
                return lines
            begun = self._end_last_line(descriptor, tail, now, alone)
            size = size_of(descriptor)
            head = b"" if size else HEADER.encode() + b"\n"
            try:
                self._write(descriptor, begun + head + back + lines, size, alone)
                if not size:
                    flush_folder(self.path.parent)
            except OSError:
                self._unsure = (said, lines) if said and size_of(descriptor) > size else None
                raise
            self._unsure, self._tail = None, b""
            self.reader.lost = False
            grown = size + len(begun + head + back + lines)
            self.reader.read(descriptor, now, checked=alone and size_of(descriptor) == grown)
        finally:
            os.close(descriptor)
        return lines

    def _gone(self) -> bytes:
        """Return the lines of this process that a file put in the place of the log does not have."""
        if not self.reader.lost:
            return b""
        return b"".join(line + b"\n" for key, line in self._written.items() if not self.index.of_key(key))

    def _write(self, descriptor: int, data: bytes, size: int, alone: bool) -> None:
        try:
            count = os.write(descriptor, data)
            if count < len(data):
                raise OSError(ENOSPC, os.strerror(ENOSPC))
            os.fsync(descriptor)
        except OSError:
            if alone:
                with suppress(OSError):
                    os.ftruncate(descriptor, size)  # half a line is no line
            raise

    def _end_last_line(self, descriptor: int, tail: bytes, now: datetime, alone: bool) -> bytes:
        """Deal with an unfinished last line; return what must be written first to end it.

        Where no lock keeps others away nothing is cut: what they are writing is theirs.
        """
        if not tail:
            return b""
        if not alone:
            return b"\n"
        events, whole = read_line(tail.rstrip(b"\0"))
        begun_header = not self.index.reading.offset and HEADER.encode().startswith(tail.removeprefix(BOM))
        if (events or (whole and tail.strip(b"\0"))) and not begun_header:
            self._cut(descriptor, ragged_end(tail))
            return b"\n"
        if not begun_header:
            keep_rejected(self.path.parent, [tail], stamp_of(now))
        self._cut(descriptor, len(tail))
        return b""

    def _cut(self, descriptor: int, count: int) -> None:
        """Cut bytes off the end of the file."""
        if count:
            size = size_of(descriptor) - count
            os.ftruncate(descriptor, size)
            self.reader.know_cut(descriptor, size)

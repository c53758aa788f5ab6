"""Answers written elsewhere while the log cannot be: a file that `trainer merge` brings home."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from errno import ENOSPC
from pathlib import Path
from typing import BinaryIO

from trainer.errors import NotSavedError
from trainer.progress.copies import HEADER_START
from trainer.progress.events import Event, key_at, stamp_of
from trainer.progress.flush import flush_folder
from trainer.progress.lines import HEADER, read_line, written
from trainer.progress.log import Entry

IsTaken = Callable[[str], bool]
"""Returns whether a key has this time."""


def write_rescue(path: Path, entries: Sequence[Entry], now: datetime, mark: str, is_taken: IsTaken) -> list[Event]:
    """Write events at the end of a file of their own, flushed to the disk, and return them.

    Their keys have times from `now` on that are neither taken nor in the file. A file that is there already is
    added to where it begins as a log does, else left alone. Raises NotSavedError.
    """
    try:
        with path.open("a+b", buffering=0) as file:
            file.seek(0)
            held = file.read()
            if held and not held.startswith(HEADER_START):
                raise NotSavedError(f"Not saved: {path} is there already and is no log.", "Name another file.")
            lines = _lines(entries, now, mark, is_taken, held)
            begin = HEADER + "\n" if not held else "" if held.endswith(b"\n") else "\n"
            _append(file, (begin + "".join(lines)).encode(), len(held))
        if not held:
            flush_folder(path.parent)
    except OSError as error:
        raise NotSavedError(f"Not saved: {path} cannot be written: {error.strerror}.", "Name another file.") from error
    return [event for line in lines for event in read_line(line.rstrip("\n").encode())[0]]


def _lines(entries: Sequence[Entry], now: datetime, mark: str, is_taken: IsTaken, held: bytes) -> list[str]:
    lines: list[str] = []
    for entry in entries:
        while is_taken(stamp_of(now)) or stamp_of(now).encode() in held:
            now += timedelta(milliseconds=1)
        lines.append(written(key_at(now, mark), entry.fields, entry.comment))
        now += timedelta(milliseconds=1)
    return lines


def _append(file: BinaryIO, data: bytes, size: int) -> None:
    """Write all of `data` behind the first `size` bytes, or nothing. Raises OSError."""
    try:
        if file.write(data) < len(data):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        os.fsync(file.fileno())
    except OSError:
        file.truncate(size)
        raise

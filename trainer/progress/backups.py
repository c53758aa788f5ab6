"""Backups: once a day a zip of log, decks and the user's own answers; the newest and some older ones stay.

A backup is `YYYY-MM-DD.zip` in a folder of its own; every other file there is somebody else's.
What is in one, and how to get it back, is in `backup_contents`.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from errno import EIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from trainer.errors import HomeError
from trainer.progress.backup_contents import ANSWERS_FOLDER, DECKS_FOLDER, LOG_NAME, MOST_BYTES, answer_name, deck_name
from trainer.progress.flush import flush_folder

if TYPE_CHECKING:
    from zipfile import ZipFile

KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 7, 4, 12
_LEVEL = 1
"""Of deflate: half the time of the usual level, for 8% more bytes."""
_CHUNK = 1 << 18
_BACKUP = re.compile(r"(\d{4}-\d{2}-\d{2})\.zip", re.ASCII)
_DRAFT = re.compile(r"\.draft-(\d{4}-\d{2}-\d{2})-\d+", re.ASCII)


@dataclass(frozen=True)
class Backup:
    """A backup on disk."""

    day: date
    """The local day it was made on."""
    size: int
    """Bytes of the zip."""
    path: Path


# Which there are, and which stay


def backup_due(folder: Path, day: date) -> bool:
    """Return whether the backup of this local day is not there yet. It costs one look at one name; never raises."""
    return not os.path.lexists(f"{folder}{os.sep}{day}.zip")


def list_backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the newest first; none where there is no folder.

    Raises HomeError when the folder cannot be read.
    """
    try:
        return sorted(_backups(folder), key=lambda backup: backup.day, reverse=True)
    except OSError as error:
        raise HomeError(f"The backups in {folder} cannot be read: {error.strerror}.") from error


def prune(days: Iterable[date], today: date) -> set[date]:
    """Return the days whose backups go.

    What stays: of the last 7 days that have a backup, of the last 4 weeks (Monday to Sunday) that have
    one, and of the last 12 months that have one, the newest each. A backup may stay for several of these
    reasons, so at most 23 stay, and the newest always does. Days, weeks and months without a backup do
    not count: after a year away all that was there is still there. Days after `today` (a clock that was
    wrong, a machine further east) neither count nor go.
    """
    newest_first = sorted({day for day in days if day <= today}, reverse=True)
    staying: set[date] = set()
    periods: list[tuple[int, Callable[[date], object]]] = [
        (KEPT_DAYS, lambda day: day),
        (KEPT_WEEKS, lambda day: day.isocalendar()[:2]),
        (KEPT_MONTHS, lambda day: (day.year, day.month)),
    ]
    for count, period_of in periods:
        newest: dict[object, date] = {}
        for day in newest_first:
            newest.setdefault(period_of(day), day)
        staying.update(list(newest.values())[:count])
    return set(newest_first) - staying


def _backups(folder: Path) -> Iterator[Backup]:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except FileNotFoundError:
        return
    for entry in entries:
        match = _BACKUP.fullmatch(entry.name)
        if match and entry.is_file(follow_symlinks=False):
            with suppress(ValueError, FileNotFoundError):  # the 31st of June; removed by another just now
                yield Backup(date.fromisoformat(match[1]), entry.stat().st_size, Path(entry.path))


# Writing one


def make_backup(log: Path, decks: Path, folder: Path, day: date, answers: Path | None = None) -> Path | None:
    """Write the backup of a local day, then remove those that `prune` names; return its path.

    It holds the whole lines that the log has now, and every deck and answer file that can be opened. It takes its
    name when all of it is on the disk. Returns None, and writes nothing, when the log has no whole line
    yet, or when the backup of the day is there or being written by another. Memory is bounded.
    Raises OSError; that old backups cannot be removed is no error.
    """
    path = folder / f"{day}.zip"
    try:
        file = log.open("rb")
    except FileNotFoundError:
        return None
    with file:
        length = _whole_lines(file)
        if not length or path.exists():
            return None
        folder.mkdir(parents=True, exist_ok=True)
        _remove_drafts(folder, day)
        if not _write(file, length, _beside(decks, answers), path):
            return None
    with suppress(OSError):
        backups = list(_backups(folder))
        going = prune((backup.day for backup in backups), day)
        for backup in backups:
            if backup.day in going:
                backup.path.unlink(missing_ok=True)
    return path


def _whole_lines(file: IO[bytes]) -> int:
    """Return how many bytes of the file are whole lines; what is added from now on does not count."""
    end = os.fstat(file.fileno()).st_size
    while end > 0:
        start = max(0, end - _CHUNK)
        file.seek(start)
        newline = file.read(end - start).rfind(b"\n")
        if newline >= 0:
            return start + newline + 1
        end = start
    return 0


def _write(log: IO[bytes], length: int, others: dict[str, Path], path: Path) -> bool:
    """Write a backup by way of a draft; return False when another was quicker."""
    draft = path.with_name(f".draft-{path.stem}-{os.getpid()}")
    try:
        file = draft.open("x+b")
    except FileExistsError:  # another thread, or this process's namesake in a container
        return False
    try:
        with file:
            if not (_hold(file.fileno()) and draft.exists()):
                return False  # taken for a left one before it was held, by another who makes the backup
            _fill(file, log, length, others)
            file.flush()
            os.fsync(file.fileno())
            if os.name == "posix":  # elsewhere an open file cannot be renamed
                return _publish(draft, path)
        return _publish(draft, path)
    finally:
        with suppress(OSError):  # it has its name by now, or the next backup removes it
            draft.unlink()


def _fill(file: IO[bytes], log: IO[bytes], length: int, others: dict[str, Path]) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile  # 6 ms that only this and `trainer restore` pay

    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        log.seek(0)
        if _copy(log, length, archive, LOG_NAME) < length:
            raise OSError(EIO, "it became shorter while it was copied")
        for name, path in others.items():
            try:
                other = path.open("rb")
            except OSError:
                continue  # one file that cannot be read must not cost the others
            with other:
                _copy(other, os.fstat(other.fileno()).st_size, archive, name)


def _beside(decks: Path, answers: Path | None) -> dict[str, Path]:
    """Return what is in a backup beside the log, by its name there."""
    files = {DECKS_FOLDER + name: path for name, path in _files(decks, deck_name).items()}
    if answers is not None:
        files |= {ANSWERS_FOLDER + name: path for name, path in _files(answers, answer_name).items()}
    return files


def _files(folder: Path, name_of: Callable[[str], str]) -> dict[str, Path]:
    """Return the files of a folder by the names they have in a backup: their own, but for what no name should hold."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry for entry in found if entry.is_file()), key=lambda entry: entry.name)
    except FileNotFoundError:
        return {}
    files: dict[str, Path] = {}
    for entry in entries:
        if name := name_of(entry.name):
            files.setdefault(name, Path(entry.path))
    return files


def _copy(source: IO[bytes], length: int, archive: "ZipFile", name: str) -> int:
    """Copy up to `length` bytes into a new entry of the zip; return how many there were."""
    left = length
    with archive.open(name, "w", force_zip64=length >= MOST_BYTES) as target:
        while left and (chunk := source.read(min(left, _CHUNK))):
            target.write(chunk)
            left -= len(chunk)
    return length - left


def _publish(draft: Path, path: Path) -> bool:
    """Give a finished draft its name, unless another took it; both would be whole."""
    if path.exists():
        return False
    draft.replace(path)
    flush_folder(path.parent)
    return True


def _remove_drafts(folder: Path, day: date) -> None:
    """Remove what writers left that are no more. Raises OSError when the folder cannot be read."""
    for name in os.listdir(folder):  # noqa: PTH208
        if match := _DRAFT.fullmatch(name):
            with suppress(OSError):
                if _is_left(folder / name, match[1] < day.isoformat()):
                    (folder / name).unlink()


if sys.platform == "win32":

    def _hold(descriptor: int) -> bool:
        """Return True: an open file cannot be removed anyway."""
        return True

    def _is_left(draft: Path, old: bool) -> bool:
        """Return True: removing a draft that is still written fails."""
        return True

else:
    import fcntl

    def _hold(descriptor: int) -> bool:
        """Mark a draft as being written, by a lock that a crash releases; return False when another has it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks
        return True

    def _is_left(draft: Path, old: bool) -> bool:
        """Return whether nobody writes this draft any more; without locks, whether it is of an earlier day."""
        with draft.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError:
                return old
            return True

"""What is in a backup: read out of the zip, whatever somebody made of it, and decks put back.

Reading raises HomeError for everything that is wrong with a zip, and puts nothing on disk. A zip that
holds a name that leads elsewhere (`/x`, `../x`, `decks/more/x`), or one name twice, is none of ours, and
no part of it is used. Other plain names are passed over, so that a later version may add to a backup.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.errors import HomeError
from trainer.progress.flush import flush_folder
from trainer.replacing import create_file, not_written
from trainer.text import clean, shown

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

LOG_NAME = "progress.toml"
"""What the log is called in a backup."""
DECKS_FOLDER = "decks/"
"""What stands before the name of a deck file in a backup."""
ANSWERS_FOLDER = "answers/"
"""The same for an answer of the user's own."""
MOST_BYTES = 2**30
"""The most that is unpacked from a backup at once: its log, or all its decks. A million reviews take a quarter."""
_CHUNK = 1 << 18
_NO_PART = {"", ".", ".."}
_NOT_IN_NAMES = {"/", "\\", "\0", "\t", "\n"} | ({":"} if os.name == "nt" else set())
_DRIVE = re.compile(r"[A-Za-z]:")


def deck_name(name: str) -> str:
    """Return the name of a deck file as a backup has it, or nothing when it is not one.

    It is the file's own name, unless that holds characters that could do harm.
    """
    return _plain_name(name, ".toml")


def answer_name(name: str) -> str:
    """Return the same for the file of an answer."""
    return _plain_name(name, ".md")


def _plain_name(name: str, ending: str) -> str:
    plain = "".join("_" if each in _NOT_IN_NAMES else each for each in clean(name))
    return plain if plain.endswith(ending) and not plain.startswith(".") else ""


def backup_log(path: Path) -> bytes:
    """Return the log in a backup, byte for byte. Raises HomeError when it cannot be read or trusted."""
    with _opened(path) as (archive, entries):
        if LOG_NAME not in entries:
            raise _broken(path, f"it holds no {LOG_NAME}")
        return _contents(path, archive, [entries[LOG_NAME]])[0]


def backup_decks(path: Path) -> dict[str, bytes]:
    """Return the decks in a backup, by file name. Raises HomeError when it cannot be read or trusted."""
    return _files(path, DECKS_FOLDER, deck_name)


def backup_answers(path: Path) -> dict[str, bytes]:
    """Return the user's own answers in a backup, likewise."""
    return _files(path, ANSWERS_FOLDER, answer_name)


def _files(path: Path, folder: str, name_of: Callable[[str], str]) -> dict[str, bytes]:
    with _opened(path) as (archive, entries):
        files = {name[len(folder) :]: entry for name, entry in entries.items() if name.startswith(folder)}
        names = sorted(name for name in files if name and name_of(name) == name)
        return dict(zip(names, _contents(path, archive, [files[name] for name in names]), strict=True))


def home_answers(folder: Path) -> dict[str, bytes]:
    """Return the user's own answers of another home, by file name, as far as they can be read."""
    answers = {}
    for path in sorted((folder / ANSWERS_FOLDER).glob("*.md")):
        with suppress(OSError):
            if answer_name(path.name) == path.name and path.stat().st_size <= MOST_BYTES:
                answers[path.name] = path.read_bytes()
    return answers


def restore_answers(folder: Path, contents: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Do for the user's own answers what `restore_decks` does for decks."""
    return _restore(folder, contents, answer_name, "an answer")


def restore_decks(decks_folder: Path, contents: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Write the deck files that are not there, and return their names, and those that hold something else.

    A file that is there is never written over; one that holds the same is in neither list. Each appears
    whole or not at all. Raises HomeError when one cannot be written (those before it stay) or when a
    name is not a plain file name.
    """
    return _restore(decks_folder, contents, deck_name, "a deck file")


def _restore(
    folder: Path, contents: Mapping[str, bytes], name_of: Callable[[str], str], what: str
) -> tuple[list[str], list[str]]:
    written: list[str] = []
    kept: list[str] = []
    for name, data in sorted(contents.items()):
        if not name or name_of(name) != name:
            raise HomeError(f"{shown(name)} is no name of {what}.", "Nothing more was written.")
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            try:
                create_file(path, data)
            except FileExistsError:
                if not _holds(path, data):
                    kept.append(name)
                continue
            flush_folder(folder)
            written.append(name)
        except OSError as error:
            raise not_written(path, error) from error
    return written, kept


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


@contextmanager
def _opened(path: Path) -> Iterator[tuple["ZipFile", dict[str, "ZipInfo"]]]:
    """Open a backup whose names are all harmless; every fault of it within the block is a HomeError."""
    from zipfile import ZipFile  # 6 ms that only this and the day's backup pay

    try:
        with ZipFile(path) as archive:
            entries: dict[str, ZipInfo] = {}
            for entry in archive.infolist():
                name = entry.orig_filename  # as it stands in the file, on every system
                if _leads_elsewhere(name):
                    raise _broken(path, f"it holds a file named {shown(name)}")
                if name in entries:
                    raise _broken(path, f"it holds {shown(name)} twice")
                entries[name] = entry
            yield archive, entries
    except HomeError:
        raise
    except OSError as error:
        raise HomeError(f"The backup {path} cannot be read: {error.strerror or error}.") from error
    except Exception as error:  # of bytes at random zipfile raises nearly everything
        raise _broken(path, "its content is damaged, or it is no zip file") from error


def _leads_elsewhere(name: str) -> bool:
    parts = name.removesuffix("/").split("/")
    return (
        "\\" in name
        or "\0" in name
        or _DRIVE.match(name) is not None
        or not _NO_PART.isdisjoint(parts)
        or (name.startswith((DECKS_FOLDER, ANSWERS_FOLDER)) and len(parts) > 2)
    )


def _contents(path: Path, archive: "ZipFile", entries: Sequence["ZipInfo"]) -> list[bytes]:
    """Unpack entries, never more of them than they declare."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED

    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):  # others unpack without bounds
        raise _broken(path, "it is packed in a way that no backup is")
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        raise _broken(path, f"it would unpack to {total:,} bytes, over the {MOST_BYTES:,} that are read")
    contents = []
    for entry in entries:
        with archive.open(entry) as file:  # in pieces: by itself one read unpacks all that is there
            contents.append(b"".join(iter(lambda: file.read(_CHUNK), b"")))
        if len(contents[-1]) != entry.file_size:
            raise _broken(path, f"{shown(entry.filename)} in it is cut off")
    return contents


def _broken(path: Path, reason: str) -> HomeError:
    return HomeError(
        f"The backup {path} cannot be used: {reason}.", "Nothing was restored; `trainer restore` lists the others."
    )

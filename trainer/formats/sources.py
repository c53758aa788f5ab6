"""What the sources of an import are: files, folders with all in them, standard input."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from mmap import ACCESS_READ
from pathlib import Path
from typing import Any, cast

from trainer.errors import TrainerError
from trainer.formats.archive import Mapped
from trainer.formats.fields import Fields
from trainer.formats.found import Found, Skipped, title_of
from trainer.formats.limits import LARGEST_PART, LARGEST_SOURCE, MOST_FILES, too_much
from trainer.formats.registry import choose_format, find_format, read_source
from trainer.model import Deck
from trainer.text import counted

STANDARD_INPUT = "-"
_LARGEST_HEAD = 4096


@dataclass(frozen=True)
class Reading:
    """How sources are to be read."""

    wanted: str | None = None
    """The format of all of them; None to find out."""
    fields: Fields = field(default_factory=Fields)
    options: Mapping[str, Any] = field(default_factory=dict)


def read_sources(
    sources: Iterable[str],
    reading: Reading,
    read_bytes: Callable[[str], bytes],
    progress: Callable[[int, int], None] = lambda done, all_: None,
) -> list[Found]:
    """Return the decks found in all sources; a folder stands for all files in it that are in a known format.

    `read_bytes` returns what a file, or `-`, holds; `progress` is told how many files of a folder are read.
    Raises UsageError for a wrong call, TrainerError for a source that cannot be read; a file of a folder that
    cannot be read is left out and told.
    """
    found: list[Found] = []
    for source in sources:
        if source == STANDARD_INPUT:
            data = read_bytes(source)
            wanted = reading.wanted or _format_of_bytes(data)
            found += read_source("standard input", data, wanted, reading.fields, reading.options)
        elif os.path.isdir(os.path.expanduser(source)):  # noqa: PTH111, PTH112  (Path raises for odd names)
            found += _read_folder(source, reading, read_bytes, progress)
        else:
            found += read_source(source, read_bytes(source), reading.wanted, reading.fields, reading.options)
    return found


def _format_of_bytes(data: bytes) -> str:
    """Return the format that bytes without a name look like."""
    head = data[:_LARGEST_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK"):
        return "anki"
    if head.startswith((b"{", b'["', b"[{", b"[ ", b"[\n", b"[\r")) and not head.startswith(b"[["):
        return "json"
    if head[:1] == b"<" and b"<" in head[1:]:
        return "html"
    if b"\n[[cards]]" in b"\n" + data or head.startswith((b"format =", b"title =")):
        return "deck"
    named = find_format("x.md", data)
    return named.NAME if named is not None else "text"


def _read_folder(
    folder: str, reading: Reading, read_bytes: Callable[[str], bytes], progress: Callable[[int, int], None]
) -> list[Found]:
    """Read the files of a folder; the documents of one folder make one deck."""
    paths = list(_files(Path(folder).expanduser()))
    if len(paths) > MOST_FILES:
        raise too_much(folder, "files", MOST_FILES, "Import the folders in it one by one.")
    found: list[Found] = []
    unknown: dict[str, int] = {}
    for number, path in enumerate(paths):
        progress(number, len(paths))
        name = str(path)
        try:
            if reading.wanted is None and "." not in path.name[1:]:
                raise _UnknownError
            data = read_bytes(name)
            chosen = find_format(name, data) if reading.wanted is None else choose_format(name, data, reading.wanted)
            if chosen is None:
                raise _UnknownError
            decks = read_source(name, data, chosen.NAME, reading.fields, reading.options)
        except _UnknownError:
            unknown[path.suffix or path.name] = unknown.get(path.suffix or path.name, 0) + 1
        except TrainerError as error:
            found.append(_nothing(name, error.message))
        else:
            if getattr(chosen, "GROUPED", False):
                decks = [_grouped(each, path) for each in decks if each.cards]
            found += decks
    if unknown:
        files = counted(sum(unknown.values()), "file")
        found.append(_nothing(folder, f"{files} in no known format: {', '.join(sorted(unknown)[:10])}."))
    return found


def bytes_of(path: str) -> bytes:
    """Return what a file holds; of an archive too large for memory, something that reads like bytes.

    Raises TrainerError when it cannot be read, or is too large.
    """
    try:
        with Path(path).expanduser().open("rb") as file:
            data = file.read(LARGEST_PART + 1)
            if len(data) > LARGEST_PART and data.startswith(b"PK") and file.seekable():
                # Parts of an archive are read, never all; a mapped file does what bytes do there.
                return cast(bytes, Mapped(file.fileno(), 0, access=ACCESS_READ))
            data += file.read(LARGEST_SOURCE + 1 - len(data))
    except (OSError, RuntimeError) as error:  # RuntimeError: ~name of nobody
        said = getattr(error, "strerror", None) or error
        raise TrainerError(f"{path} cannot be read: {said}.", "Check the name and try again.") from error
    return check_size(path, data)


def check_size(name: str, data: bytes) -> bytes:
    """Return the bytes of a source, where these are not more than is read. Raises TrainerError."""
    if len(data) > LARGEST_SOURCE:
        raise too_much(name, "bytes", LARGEST_SOURCE, "Split it, or export less at once.")
    return data


class _UnknownError(Exception):
    """A file is in no format known here."""


def _files(folder: Path) -> Iterator[Path]:
    """Go over the files of a folder and the folders in it, by name; none that is hidden, no folder twice."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _grouped(found: Found, path: Path) -> Found:
    """Return a document as a part of the deck of its folder; what it calls itself is a tag of its cards."""
    title, own = title_of(path.resolve().parent.name), found.deck.title
    if len(found.cards) > 1 and own != title:
        cards = [replace(each, card=replace(each.card, tags=_tagged(each.card.tags, own))) for each in found.cards]
        found = replace(found, cards=cards)
    return replace(found, deck=replace(found.deck, title=title))


def _tagged(tags: tuple[str, ...], tag: str) -> tuple[str, ...]:
    return tags if tag in tags else (tag, *tags)


def _nothing(name: str, reason: str) -> Found:
    found = Found(name, Deck("", title_of(name)))
    found.skipped.append(Skipped(name, None, Path(name).name, reason))
    return found

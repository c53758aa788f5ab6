"""New deck files put on disk: named after what they hold, whole or not at all, and never over another file."""

from collections.abc import Iterator
from errno import EEXIST
from itertools import count, islice
from pathlib import Path

from trainer.replacing import create_file, not_written
from trainer.text import slug

_MOST_ALIKE = 999
"""Files of one name, each with a number of its own."""


def create_deck(folder: Path, name: str, data: bytes) -> Path:
    """Write a new deck file named after `name`, and return its path; an existing file is never touched.

    Raises HomeError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in islice(deck_paths(folder, name), _MOST_ALIKE):
            try:
                create_file(path, data)
            except FileExistsError:
                continue
            return path
        raise FileExistsError(EEXIST, "every name like it is taken")
    except OSError as error:
        raise not_written(folder, error) from error


def deck_paths(folder: Path, name: str) -> Iterator[Path]:
    """Yield the paths that a deck of this name may have, the one without a number first, without end."""
    for number in count(1):
        yield folder / f"{slug(name)}{f'-{number}' if number > 1 else ''}.toml"

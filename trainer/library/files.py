"""Deck files put on disk: whole or not at all, and never over a file that was not read first."""

from errno import EEXIST
from pathlib import Path

from trainer.errors import HomeError
from trainer.replacing import draft_file, not_written, replace_file
from trainer.text import slug


def create_deck(folder: Path, name: str, data: bytes) -> Path:
    """Write a new deck file named after `name`, and return its path; an existing file is never touched.

    Raises HomeError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = draft_file(folder, data)
        try:
            for attempt in range(1, 1000):
                path = folder / f"{slug(name)}{f'-{attempt}' if attempt > 1 else ''}.toml"
                try:
                    _name(draft, path)
                except FileExistsError:
                    continue
                return path
            raise FileExistsError(EEXIST, "every name like it is taken")
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error


def put_deck(path: Path, data: bytes) -> None:
    """Write a deck file that is not there. Raises HomeError when it is, or cannot be written."""
    try:
        draft = draft_file(path.parent, data)
        try:
            _name(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise not_written(path, error) from error


def replace_deck(path: Path, before: bytes, data: bytes) -> None:
    """Put `data` in the place of a deck file that still holds `before`.

    Raises HomeError when it holds something else by now, or cannot be written.
    """
    replace_file(path, before, data)


def remove_deck(path: Path, before: bytes) -> None:
    """Remove a deck file that still holds `before`. Raises HomeError when it does not, or cannot be removed."""
    try:
        if path.read_bytes() != before:
            raise HomeError(f"{path} was changed by another program.", "Nothing was removed; try again.")
        path.unlink()
    except OSError as error:
        raise not_written(path, error) from error


def _name(draft: Path, path: Path) -> None:
    """Give a draft a name that is free. Raises FileExistsError when it is not."""
    path.touch(exist_ok=False)  # takes the name; a rename alone would go over a file
    try:
        draft.replace(path)
    except OSError:
        path.unlink()
        raise

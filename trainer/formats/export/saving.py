"""The one place where an export is written: whole or not at all, and over no file unasked."""

import os
from pathlib import Path

from trainer.errors import HomeError, TrainerError


def save(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file, over an existing one only with `force`. Raises TrainerError where that cannot be."""
    target = path.resolve() if force else path
    try:
        if target.is_dir() or (not force and target.exists()):
            raise TrainerError(f"{path} is there already.", "Name another file, or write over it with --force.")
        draft = target.with_name(f".{target.name[:100]}-{os.getpid()}")
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if force:
                draft.replace(target)
            else:
                _place(draft, target, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise HomeError(f"{path} cannot be written: {error.strerror}.", "Name a place that can be written.") from error


def _place(draft: Path, target: Path, path: Path) -> None:
    """Give the draft its name, which nobody may have taken meanwhile."""
    try:
        target.touch(exist_ok=False)
    except FileExistsError:
        raise TrainerError(f"{path} is there already.", "Name another file, or write over it with --force.") from None
    try:
        draft.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise

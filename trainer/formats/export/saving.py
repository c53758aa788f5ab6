"""The one place where an export is written: whole or not at all, and over no file unasked."""

import os
from pathlib import Path

from trainer.errors import HomeError, TrainerError
from trainer.replacing import take_name


def save(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file, over an existing one only with `force`. Raises TrainerError where that cannot be."""
    target = path.resolve() if force else path
    taken = TrainerError(f"{path} is there already.", "Name another file, or write over it with --force.")
    try:
        if target.is_dir() or (not force and target.exists()):
            raise taken
        draft = target.with_name(f".{target.name[:100]}-{os.getpid()}")
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if force:
                draft.replace(target)
            else:
                take_name(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    except FileExistsError:
        raise taken from None
    except OSError as error:
        raise HomeError(f"{path} cannot be written: {error.strerror}.", "Name a place that can be written.") from error

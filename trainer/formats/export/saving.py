"""The one place where an export is written: whole or not at all, and over no file unasked."""

from pathlib import Path

from trainer.errors import HomeError, TrainerError
from trainer.replacing import create_file, write_file


def save(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file, over an existing one only with `force`. Raises TrainerError where that cannot be."""
    try:
        (write_file if force else create_file)(path, data)
    except (FileExistsError, IsADirectoryError):
        raise TrainerError(f"{path} is there already.", "Name another file, or write over it with --force.") from None
    except OSError as error:
        raise HomeError(f"{path} cannot be written: {error.strerror}.", "Name a place that can be written.") from error

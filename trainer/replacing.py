"""A file put in the place of another, whole or not at all, never over one that was not read; how a change is seen."""

import os
from pathlib import Path

from trainer.errors import HomeError


def replace_file(path: Path, before: bytes | None, data: bytes) -> None:
    """Put `data` in the place of a file that still holds `before`, or that is still not there (None).

    Raises HomeError when it holds something else by now, or cannot be written.
    """
    target = path.resolve()
    try:
        draft = draft_file(target.parent, data)
        try:
            if _content(target) != before:
                raise HomeError(f"{path} was changed by another program.", "Nothing was written; try again.")
            if before is not None:
                draft.chmod(target.stat().st_mode & 0o777)
            draft.replace(target)
        except BaseException:
            draft.unlink()
            raise
    except OSError as error:
        raise not_written(path, error) from error


def signature(path: Path) -> tuple[int, ...]:
    """Return what changes when a file is written; nothing of a file that is out of reach."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def draft_file(folder: Path, data: bytes) -> Path:
    """Write `data` to a hidden file in `folder`, flushed to the disk, and return its path."""
    draft = folder / f".draft-{os.getpid()}"
    with draft.open("wb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            draft.unlink()
            raise
    return draft


def not_written(path: Path, error: OSError) -> HomeError:
    """Return the error for a file that cannot be written."""
    return HomeError(
        f"{path} cannot be written: {error.strerror}.", "Make room or mend its permissions, then try again."
    )


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None

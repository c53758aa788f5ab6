"""Files written whole or not at all, and changed or removed only as they were read; how a change is seen."""

import os
from pathlib import Path

from trainer.errors import FileChangedError, HomeError


def replace_file(path: Path, before: bytes | None, data: bytes) -> None:
    """Put `data` in the place of a file that still holds `before`, or that is still not there (None).

    Raises FileChangedError when it holds something else by now, HomeError when it cannot be written.
    """
    target = path.resolve()
    try:
        draft = draft_file(target.parent, data)
        try:
            if _content(target) != before:
                raise _changed(path, "written")
            if before is None:
                take_name(draft, target)
            else:
                draft.chmod(target.stat().st_mode & 0o777)
                draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except FileExistsError as error:
        raise _changed(path, "written") from error
    except OSError as error:
        raise not_written(path, error) from error


def remove_file(path: Path, before: bytes) -> None:
    """Remove a file that still holds `before`.

    Raises FileChangedError when it does not, HomeError when it cannot be removed.
    """
    try:
        if _content(path) != before:
            raise _changed(path, "removed")
        path.unlink()
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


def take_name(draft: Path, path: Path) -> None:
    """Give a draft a name that is free. Raises FileExistsError when it is not."""
    path.touch(exist_ok=False)  # takes the name; a rename alone would go over a file
    try:
        draft.replace(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def not_written(path: Path, error: OSError) -> HomeError:
    """Return the error for a file that cannot be written."""
    return HomeError(
        f"{path} cannot be written: {error.strerror}.", "Make room or mend its permissions, then try again."
    )


def _changed(path: Path, done: str) -> FileChangedError:
    return FileChangedError(f"{path} was changed by another program.", f"Nothing was {done}; try again.")


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None

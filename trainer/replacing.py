"""Files put in place whole or not at all, and changed or removed only as they were read; how a change is seen."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EEXIST
from pathlib import Path

from trainer.errors import FileChangedError, HomeError


def replace_file(path: Path, before: bytes | None, data: bytes) -> None:
    """Put `data` in the place of a file that still holds `before`, or that is still not there (None).

    Raises FileChangedError when it holds something else by now, HomeError when it cannot be written.
    """
    target = path.resolve()
    try:
        if before is None:
            create_file(target, data)
            return
        with _drafted(target.parent, data) as draft:
            if _content(target) != before:
                raise _changed(path, "written")
            _go_over(draft, target)
    except FileExistsError as error:
        raise _changed(path, "written") from error
    except OSError as error:
        raise not_written(path, error) from error


def write_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of whatever a file holds, or where none is. Raises OSError when that cannot be."""
    target = path.resolve()
    with _drafted(target.parent, data) as draft:
        _go_over(draft, target)


def create_file(path: Path, data: bytes) -> None:
    """Write a file that is not there yet. Raises FileExistsError when it is, or OSError when that cannot be."""
    if os.path.lexists(path):
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path))
    with _drafted(path.parent, data) as draft:
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            path.touch(exist_ok=False)  # takes the name; a rename alone would go over a file
            try:
                draft.replace(path)
            except OSError:
                path.unlink(missing_ok=True)
                raise


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


@contextmanager
def _drafted(folder: Path, data: bytes) -> Iterator[Path]:
    """Give the path of a hidden file in `folder` that holds `data`, flushed to the disk; it is gone in the end."""
    draft = folder / f".draft-{os.getpid()}"
    try:
        draft.unlink(missing_ok=True)  # of a process that was killed
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _go_over(draft: Path, target: Path) -> None:
    """Put a draft in the place of a file, with its permissions, or where none is."""
    if target.exists():
        draft.chmod(target.stat().st_mode & 0o777)
    draft.replace(target)

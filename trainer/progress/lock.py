"""One writer at a time: an advisory lock that a crash releases."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EAGAIN, EDEADLK
from pathlib import Path

from trainer.errors import NotSavedError

PATIENCE = 10.0
"""Seconds to wait for another writer, who needs milliseconds."""
_PAUSE = 0.01


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold the lock of this file. On a file system without locks it holds nothing, gives False, and goes on.

    Raises NotSavedError when another process keeps it too long, OSError when the file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    try:
        for _ in range(int(PATIENCE / _PAUSE)):
            taken = _take(descriptor)
            if taken is not None:
                break
            time.sleep(_PAUSE)
        else:
            raise NotSavedError(f"Another program holds {path}.", "Close the other trainer, or try again in a moment.")
        yield taken
    finally:
        os.close(descriptor)  # which releases it


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool | None:
        """Return True with the lock, None while another has it, False where there are no locks."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return None if error.errno in (EACCES, EAGAIN, EDEADLK) else False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool | None:
        """Return True with the lock, None while another has it, False where there are no locks."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return None if error.errno in (EACCES, EAGAIN) else False
        return True

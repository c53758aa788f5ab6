"""Whether files can be locked in a folder."""

import sys
from errno import ENOLCK
from pathlib import Path

if sys.platform == "win32":

    def has_locks(folder: Path) -> bool:
        """Return True."""
        return True

else:
    import fcntl

    def has_locks(folder: Path) -> bool:
        """Return False where there are no locks: SQLite takes each for held by another, and waits."""
        try:
            with (folder / "lock").open("ab") as file:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno != ENOLCK
        return True

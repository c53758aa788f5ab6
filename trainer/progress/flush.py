"""The names in a folder, flushed to the disk."""

import os
from pathlib import Path


def flush_folder(folder: Path) -> None:
    """Flush a folder, so that a name just given in it survives a power cut (POSIX). Raises OSError."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

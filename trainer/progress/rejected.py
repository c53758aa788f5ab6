"""Lines that could not be read, kept where a person can look at them."""

import os
from errno import EEXIST
from pathlib import Path


def keep_rejected(folder: Path, lines: list[bytes], stamp: str) -> Path | None:
    """Copy lines to a new `progress.rejected-STAMP.toml`, but for those that such a file holds already.

    Returns the new file, or None where there was nothing new. Raises OSError.
    """
    held: set[bytes] = set()
    for earlier in folder.glob("progress.rejected-*.toml"):
        held.update(earlier.read_bytes().split(b"\n"))
    fresh = [line for line in dict.fromkeys(lines) if line and line not in held]
    if not fresh:
        return None
    for attempt in range(1000):
        path = folder / f"progress.rejected-{stamp}{f'-{attempt}' if attempt else ''}.toml"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"".join(line + b"\n" for line in fresh))
            file.flush()
            os.fsync(descriptor)
        return path
    raise FileExistsError(EEXIST, "every name is taken")

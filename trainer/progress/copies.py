"""Copies of the log that a sync program left beside it, when two machines wrote at once."""

import os
import re
from pathlib import Path

HEADER_START = b"# trainer progress "
"""How the first line of a log of any version begins."""
_EVENT_START = re.compile(rb"\d{8}T\d{9}Z-[0-9A-Za-z]+[ \t]*=[ \t]*\{")
_BEGINNING = 256
"""Bytes of a candidate that are looked at."""
_ADDED = re.compile(
    r"\.sync-conflict-"  # Syncthing: .sync-conflict-20261121-101112-ABCDEFG, in old versions without the device
    r"|_conflict-"  # ownCloud and Nextcloud before 2018: _conflict-20261121-101112
    r"| \("  # Dropbox, Nextcloud, ownCloud, Google Drive: (Ann's conflicted copy 2026-11-21), (1)
    r"| \[conflict\]"  # Google Drive of old
    r"|-"  # OneDrive: -HOSTNAME
    r"| \d+$",  # iCloud Drive: a number
    re.IGNORECASE,
)
"""How what a sync program puts between name and ending begins; the file's first line decides."""


def conflict_copies(log: Path) -> list[Path]:
    """Return the conflict copies beside `log`, by name: files named after it that begin as a log does.

    The log itself, files of lines that could not be read, folders and links are none. It reads the
    folder once and opens only files whose names fit. It never raises: what cannot be read is no copy.
    """
    try:
        with os.scandir(log.parent) as entries:
            found = [entry for entry in entries if _is_named_after(entry.name, log)]
    except OSError:
        return []
    return sorted(log.parent / entry.name for entry in found if _is_log(entry))


def _is_named_after(name: str, log: Path) -> bool:
    if not (name.startswith(log.stem) and name.endswith(log.suffix)) or name == log.name:
        return False
    return _ADDED.match(name[len(log.stem) : -len(log.suffix)]) is not None


def _is_log(entry: os.DirEntry[str]) -> bool:
    try:
        if not entry.is_file(follow_symlinks=False):
            return False
        with open(entry.path, "rb") as file:  # noqa: PTH123
            beginning = file.read(_BEGINNING).removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    except OSError:
        return False
    return beginning.startswith(HEADER_START) or _EVENT_START.match(beginning) is not None

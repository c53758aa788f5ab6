"""How a writer signs its events."""

import hashlib
import os
from pathlib import Path


def home_mark(folder: Path) -> str:
    """Return four hex digits that tell this home on this machine from others."""
    return hashlib.sha256(f"{_host_name()}\0{folder}".encode()).hexdigest()[:4]


def process_mark() -> str:
    """Return two hex digits for this process."""
    return f"{os.getpid() % 256:02x}"


def _host_name() -> str:
    uname = getattr(os, "uname", None)
    if uname is not None:
        return str(uname().nodename)
    import socket  # Windows

    return socket.gethostname()

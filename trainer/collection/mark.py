"""How a writer signs its events."""

import hashlib
import os
import socket
from pathlib import Path


def home_mark(folder: Path) -> str:
    """Return four hex digits that tell this home on this machine from others."""
    return hashlib.sha256(f"{socket.gethostname()}\0{folder}".encode()).hexdigest()[:4]


def process_mark() -> str:
    """Return two hex digits for this process."""
    return f"{os.getpid() % 256:02x}"

"""A program on a pseudo-terminal of 80 x 24, driven by keys and timed by the bytes it draws. POSIX only."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

COLUMNS, ROWS = 80, 24
PATIENCE, KEY_PATIENCE = 600.0, 30.0
"""Seconds to wait for what must come after the start, and after a key."""
END_PATIENCE = 20.0
"""Seconds to wait for the end."""
QUIT = "\x11"
"""Ctrl+Q, which ends any Textual app."""


class Terminal:
    """A program that runs, and what it has drawn since the last key."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._drawn = bytearray()
        self._patience = PATIENCE
        self.started = time.perf_counter()
        """When the program was started, in seconds of `time.perf_counter`."""
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(command[0], command, {**environment, "TERM": "xterm-256color"})

    def press(self, keys: str) -> float:
        """Send keys and forget what was drawn before them; return when, in seconds."""
        self._drawn.clear()
        self._patience = KEY_PATIENCE
        pressed = time.perf_counter()
        os.write(self._descriptor, keys.encode())
        return pressed

    def wait_for(self, pattern: str, other_than: str = "") -> tuple[float, str]:
        """Read until `pattern` is drawn and its text is not `other_than`; return when, in seconds, and the text.

        Raises TimeoutError when it does not come, or the program ends before.
        """
        wanted = re.compile(pattern.encode())
        deadline = time.monotonic() + self._patience
        while True:
            for match in wanted.finditer(self._drawn):
                if (text := match[0].decode()) != other_than:
                    return time.perf_counter(), text
            chunk = self._read(deadline)
            if not chunk:
                raise TimeoutError(f"{pattern!r} was not drawn, but {bytes(self._drawn[-2000:])!r}")
            self._drawn += chunk

    def settle(self, seconds: float) -> None:
        """Let time pass, reading what is drawn meanwhile."""
        deadline = time.monotonic() + seconds
        while chunk := self._read(deadline):
            self._drawn += chunk

    def _read(self, deadline: float) -> bytes:
        """Return what can be read by then; nothing when nothing comes or the program has ended."""
        ready, _, _ = select.select([self._descriptor], [], [], max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(OSError):  # which is how a closed terminal reads
            return os.read(self._descriptor, 1 << 16) if ready else b""
        return b""

    def peak_memory(self) -> float:
        """Return the most memory the process has had resident, in MiB; 0 where the system does not say (but Linux)."""
        status = Path(f"/proc/{self.pid}/status")
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
        return int(peak[1]) / 1024 if peak else 0.0

    def end(self) -> None:
        """Quit the program as a user does, and see that it ends."""
        self.press(QUIT)
        deadline = time.monotonic() + END_PATIENCE
        self.settle(END_PATIENCE)  # reads on until the terminal closes
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                break
            time.sleep(0.01)
        os.close(self._descriptor)

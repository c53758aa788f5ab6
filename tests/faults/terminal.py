"""The app as a child on a terminal of its own, and the screen it has drawn so far."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte
from harness import PATIENCE, POINTS, Answer, Ended, card_id, surroundings

COLUMNS, ROWS = 100, 30
NO_SLIP = 0.32
"""Seconds after which a grade is no longer taken for a slip."""
HELD = 1.1
"""Seconds after which the same key again is not a held one."""
Before = Callable[[], None] | None
"""What a child does before it becomes the app."""
_QUESTION = re.compile(r"\bQ(\d{3})\b")


class App:
    """`trainer` on a pty, pressed key by key."""

    def __init__(self, home: Path, *call: str, env: Mapping[str, str] | None = None, before: Before = None) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            if before:
                before()
            around = surroundings(home, {"TEXTUAL_ANIMATIONS": "none"} | dict(env or {}))
            os.execve(sys.executable, [sys.executable, "-m", "trainer", *call], around)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    @property
    def shown(self) -> str:
        """The text on the screen."""
        return "\n".join(self.screen.display)

    def wait_until(self, holds: Callable[[str], bool]) -> None:
        """Read until the screen is as wanted. Raises Ended when the child has gone."""
        deadline = time.monotonic() + PATIENCE
        while not holds(self.shown):
            ready, _, _ = select.select([self._descriptor], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise AssertionError(f"the screen stayed as:\n{self.shown}")
            try:
                chunk = os.read(self._descriptor, 1 << 16)
            except OSError:  # which is how a closed terminal reads
                raise Ended from None
            if not chunk:
                raise Ended
            self._stream.feed(chunk)

    @property
    def said(self) -> str:
        """The text on the screen as one line, wherever it is wrapped."""
        return " ".join(self.shown.split())

    def wait_for(self, words: str) -> None:
        """Read until these words stand on the screen."""
        self.wait_until(lambda _: words in self.said)

    def next_question(self, *before: str) -> str:
        """Wait for a question that is none of those before, and return the id of its card."""
        self.wait_until(lambda shown: self.current not in ("", *before) and "shows the answer" in shown)
        return self.current

    @property
    def current(self) -> str:
        """The id of the card that is asked; empty where none is."""
        found = _QUESTION.search(self.shown)
        return card_id(int(found[1])) if found else ""

    def answer(self, card: str, whole: bool = False) -> Answer:
        """Reveal, and tick the first point, or all, where there are some; `g` will record what is returned."""
        self.press(" ")
        self.wait_until(lambda shown: "shows the answer" not in shown and "good" in shown)
        revealed = time.monotonic()
        answer = Answer(card, "good", ("answer",), ())
        if "Makes p1" in self.shown:
            made = len(POINTS) if whole else 1
            self.press("0" if whole else "1")
            self.wait_for(f"{made} of {len(POINTS)} made")
            answer = Answer(card, "good", POINTS[:made], POINTS[made:])
        time.sleep(max(0.0, revealed + NO_SLIP - time.monotonic()))
        return answer

    def press(self, keys: str) -> None:
        """Press keys; those that nobody reads any more are lost."""
        with contextlib.suppress(OSError):
            os.write(self._descriptor, keys.encode())

    @staticmethod
    def let_go() -> None:
        """Wait until the key pressed last is no longer taken for one held down."""
        time.sleep(HELD)

    def kill(self) -> None:
        """Kill it, as nothing can prevent."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill it where it still runs, and take its remains away."""
        self.kill()
        os.waitpid(self.pid, 0)
        os.close(self._descriptor)

"""The app as a person starts it: a process on a terminal of its own, killed and started again."""

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
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from trainer.home import Home
from trainer.tui.key_guard import KeyTimes

COLUMNS, ROWS = 80, 24
PATIENCE = 20.0
DECK = """
title = "Two"
[[cards]]
question = "Which three?"
key_points = ["First", "Second", "Third"]
[[cards]]
question = "Which one?"
answer = "This one."
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pty is a POSIX thing")


class Terminal:
    """A child on a pty, and the screen it has drawn so far."""

    def __init__(self, home: Home, *call: str, **environment: str) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self._deadline = 0.0
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            surroundings = {"TERM": "xterm-256color", "TRAINER_HOME": str(home.folder), **environment}
            os.execve(sys.executable, [sys.executable, "-m", "trainer", *call], os.environ | surroundings)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def wait_for(self, text: str) -> None:
        """Read until `text` stands on the screen."""
        self._deadline = time.monotonic() + PATIENCE
        while text not in "\n".join(self.screen.display):
            chunk = self._read(f"{text!r} did not come")
            self.raw += chunk
            self._stream.feed(chunk)

    def _read(self, trouble: str = "it did not end") -> bytes:
        left = max(0.0, self._deadline - time.monotonic())
        ready, _, _ = select.select([self._descriptor], [], [], left)
        assert ready, f"{trouble}:\n" + "\n".join(self.screen.display)
        return os.read(self._descriptor, 1 << 16)

    def press(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def let_pass(self) -> None:
        """Wait until a grade is no longer taken for a slip."""
        select.select([], [], [], KeyTimes().after_reveal)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._descriptor)
        self.pid = 0

    def end(self) -> int:
        """Read until the child ends, and return its exit code."""
        self._deadline = time.monotonic() + PATIENCE
        with contextlib.suppress(OSError):  # which is how a closed terminal reads
            while chunk := self._read():
                self.raw += chunk
        _, status = os.waitpid(self.pid, 0)
        os.close(self._descriptor)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def start(home: Home, write_deck: Callable[..., Path]) -> Iterator[Callable[..., Terminal]]:
    """Start the trainer on a terminal."""
    write_deck(DECK)
    started: list[Terminal] = []

    def start_(*call: str, **environment: str) -> Terminal:
        started.append(Terminal(home, *call, **environment))
        return started[-1]

    yield start_
    for terminal in started:
        if terminal.pid:
            terminal.kill()


def test_an_answer_survives_a_kill_and_the_next_card_is_asked(start: Callable[..., Terminal], home: Home) -> None:
    terminal = start()
    terminal.wait_for("2 questions today")
    terminal.press("\r")
    terminal.wait_for("Which three?")
    terminal.press(" ")
    terminal.wait_for("tick those you made")
    terminal.let_pass()
    terminal.press("1")
    terminal.wait_for("1 of 3 made")
    terminal.press("3")
    terminal.wait_for("2 of 3 made")
    terminal.press("g")
    terminal.wait_for("Which one?")
    terminal.kill()

    (review,) = logged(home)
    assert len(review["recalled"]) == 2
    again = start()
    again.wait_for("questions today")
    again.press("\r")
    again.wait_for("Which one?")
    again.press("q")
    again.wait_for("questions today")
    again.press("q")
    assert again.end() == 0


def test_the_editor_gets_the_answer_and_gives_it_back(start: Callable[..., Terminal], tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nprintf "\\033[31m by hand" >> "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    terminal = start("review", EDITOR=str(editor))
    terminal.wait_for("Which three?")
    terminal.press("tmy")
    terminal.wait_for("my")
    terminal.press("\x1bOS")
    terminal.wait_for("my[31m by hand")
    terminal.press("\t")
    terminal.wait_for("Space shows the answer")


def test_ctrl_c_leaves_and_gives_the_terminal_back(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.wait_for("2 questions today")
    terminal.press("\x03")
    assert terminal.end() in (0, 130)
    assert b"\x1b[?1049l" in terminal.raw


def test_a_terminal_that_cannot_draw_is_told_of_the_plain_review(start: Callable[..., Terminal]) -> None:
    terminal = start(TERM="dumb")
    terminal.wait_for("`trainer review --plain` runs the same session line by line")
    assert terminal.end() == 2
    assert b"\x1b" not in terminal.raw


def test_with_sixteen_colours_no_other_is_used_and_the_row_chosen_shows(start: Callable[..., Terminal]) -> None:
    terminal = start(TERM="xterm", COLORTERM="", LC_ALL="C")
    terminal.wait_for("2 questions today")
    terminal.wait_for("Two ")
    assert not re.search(rb"[34]8;[25];", terminal.raw)
    (row,) = (y for y, line in enumerate(terminal.screen.display) if "All decks" in line)
    chosen, other = (terminal.screen.buffer[y][10].bg for y in (row, row + 1))
    assert chosen != other


def logged(home: Home) -> list[dict[str, list[str]]]:
    if not home.log.exists():
        return []
    events = tomllib.loads(home.log.read_text(encoding="utf-8"))
    return [event for event in events.values() if "rating" in event]

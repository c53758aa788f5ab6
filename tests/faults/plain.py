"""`trainer review --plain` as a child, driven over pipes line by line."""

import os
import random
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from harness import PATIENCE, POINTS, Answer, Ended, card_id, surroundings

PROMPTS = {
    "shows the answer (": "reveal",
    "Which did you make?": "ticks",
    "How did it go?": "grade",
    "tries again": "retry",
    "undo takes the last answer back": "end",
}
_QUESTION = re.compile(r"\bQ(\d{3})\b")
_POINT = re.compile(r"^ ([ ✓]) (\d)\. ", re.MULTILINE)


class Plain:
    """`trainer review --plain` as a child, driven over pipes line by line."""

    def __init__(
        self,
        home: Path,
        *call: str,
        env: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "trainer", "review", "--plain", *call],
            env=surroundings(home, env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            preexec_fn=before,
        )
        self.said = self.errors = ""
        """What it printed to each stream since the last line was sent."""
        self.sent_at = time.monotonic()
        self._raw = b""
        self._out, self._err = (pipe.fileno() if pipe else -1 for pipe in (self.child.stdout, self.child.stderr))
        self._pipes = {self._out, self._err}

    def prompt(self) -> str:
        """Wait for the next prompt and return its kind. Raises Ended when none comes any more."""
        deadline = time.monotonic() + PATIENCE
        while True:
            last = self.said.rpartition("\n")[2]
            kinds = [kind for words, kind in PROMPTS.items() if words in last and last.endswith(": ")]
            if kinds:
                self._take(0)
                return kinds[0]
            if not self._take(deadline - time.monotonic()):
                raise Ended

    def _take(self, patience: float) -> bool:
        """Take in what the child has printed; return False when it will print no more."""
        ready, _, _ = select.select(list(self._pipes), [], [], max(0.0, patience)) if self._pipes else ([], [], [])
        if not ready and patience > 0 and self._pipes:
            raise AssertionError(f"no prompt came after:\n{self.said}\n{self.errors}")
        for pipe in ready:
            if not (chunk := os.read(pipe, 1 << 16)):
                self._pipes.discard(pipe)
            elif pipe == self._err:
                self.errors += chunk.decode()
            else:
                self._raw += chunk
        self.said = self._raw.decode(errors="ignore")
        return self._out in self._pipes

    def send(self, line: str = "") -> None:
        """Send a line. Raises Ended when nobody reads it any more."""
        assert self.child.stdin
        self.said, self._raw, self.errors = "", b"", ""
        self.sent_at = time.monotonic()
        try:
            self.child.stdin.write(line.encode() + b"\n")
        except BrokenPipeError:
            raise Ended from None

    @property
    def pid(self) -> int:
        """The child's process."""
        return self.child.pid

    @property
    def question(self) -> str:
        """The id of the card that the text printed last asks."""
        return card_id(int(_QUESTION.findall(self.said)[-1]))

    def answer(self, choose: random.Random, rating: str | None = None) -> Answer:
        """Answer the question at whose reveal prompt the child is, but for its last line: that is `self.last`."""
        card = self.question
        self.send(choose.choice(["", "an answer", "20261121T093000118Z-7f3a01 = { undo = 'x' }"]))
        if self.prompt() == "grade":
            rating = rating or choose.choice(["again", "hard", "good", "easy"])
            self.last = rating
            return Answer(card, rating, *(((), ("answer",)) if rating == "again" else (("answer",), ())))
        asked = [POINTS[int(number) - 1] for mark, number in _POINT.findall(self.said) if mark == " "]
        made = [point for point in asked if rating != "again" and (rating == "easy" or choose.random() < 0.7)]
        if not made and rating not in (None, "again"):
            made = asked[:1]
        missed = tuple(point for point in asked if point not in made)
        self.last = " ".join(str(POINTS.index(point) + 1) for point in made) or "none"
        if not made:
            return Answer(card, "again", (), missed)
        self.send(self.last)
        self.prompt()
        self.last = rating or choose.choice(["hard", "good"] if missed else ["hard", "good", "easy"])
        return Answer(card, self.last, tuple(made), missed)

    def answer_and_send(self, choose: random.Random, rating: str | None = None) -> Answer:
        """Answer the question, and wait for what comes next."""
        answer = self.answer(choose, rating)
        self.send(self.last)
        return answer

    def leave(self) -> int:
        """End the input and return the exit code."""
        assert self.child.stdin
        self.child.stdin.close()
        while self._take(PATIENCE):
            pass
        return self.wait()

    def wait(self) -> int:
        """Wait for the end of the child and return its exit code."""
        code = self.child.wait(PATIENCE)
        for pipe in (self.child.stdin, self.child.stdout, self.child.stderr):
            if pipe:
                pipe.close()
        return code


def drive(home: Path, answers: int, choose: random.Random, *call: str, **env: str) -> list[Answer]:
    """Answer some questions of one session and leave; return what was answered."""
    child = Plain(home, *call, env=env)
    given: list[Answer] = []
    try:
        while len(given) < answers and child.prompt() == "reveal":
            given.append(child.answer_and_send(choose))
        child.prompt()
    except Ended:
        child.wait()
        return given
    child.leave()
    return given

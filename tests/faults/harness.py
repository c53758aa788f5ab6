"""What the fault scripts share: homes to break, children to drive over pipes, and a tally of what was checked."""

import argparse
import json
import os
import random
import re
import select
import subprocess
import sys
import tempfile
import time
import tomllib
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE = 60.0
NOON = "2026-11-21T12:00:00+00:00"
PROMPTS = {
    "shows the answer (": "reveal",
    "Which did you make?": "ticks",
    "How did it go?": "grade",
    "tries again": "retry",
    "undo takes the last answer back": "end",
}
POINTS = ("p1", "p2", "p3")
_QUESTION = re.compile(r"\bQ(\d{3})\b")
_POINT = re.compile(r"^ ([ ✓]) (\d)\. ", re.MULTILINE)
_ODD = {
    4: 'with “quotes”, naïve — 日本語 and a "\\" 🙂',
    7: 'like 20261121T093000118Z-7f3a01 = { card = "x" }',
}


class Ended(Exception):
    """The child has closed its output."""


@dataclass
class Report:
    """What a script has checked so far, and what went wrong."""

    name: str
    random: random.Random
    checks: int = 0
    failures: list[str] = field(default_factory=list)

    def check(self, holds: bool, otherwise: str) -> bool:
        """Count a check; keep what to say where it does not hold."""
        self.checks += 1
        if not holds:
            if otherwise not in self.failures:
                self.say(f"FAILED: {otherwise}")
            self.failures.append(otherwise)
        return holds

    def say(self, words: str) -> None:
        """Print something worth knowing, such as a part that was left out."""
        print(f"{self.name}: {words}", flush=True)


def main(work: Callable[[Report, Path, int], str], times: int) -> None:
    """Run one script in a folder of its own; print its figure as the last line and exit."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--times", type=int, default=times, help=f"how often, where chance has a part ({times})")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30), help="the same chances again")
    arguments = parser.parse_args()
    report = Report(Path(sys.argv[0]).stem, random.Random(arguments.seed))
    with tempfile.TemporaryDirectory(prefix="trainer-fault-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        began = time.monotonic()
        try:
            figure = work(report, Path(folder), arguments.times)
        except Exception as error:
            traceback.print_exc(file=sys.stdout)
            figure = f"stopped by {type(error).__name__}"
            report.check(False, str(error))
        took = time.monotonic() - began
    verdict = f"{len(report.failures)} of {report.checks:,} checks FAILED (--seed {arguments.seed})"
    passed = f"{report.checks:,} checks in {took:.0f} s"
    print(f"{report.name}: {figure}; {verdict if report.failures else passed}", flush=True)
    sys.exit(bool(report.failures))


def make_home(folder: Path, cards: int = 60, first: int = 0) -> Path:
    """Make a home with one deck; every third card has no key points."""
    (folder / "decks").mkdir(parents=True)
    write_deck(folder / "decks" / "deck.toml", range(first, first + cards))
    return folder


def write_deck(path: Path, cards: Iterable[int], title: str = "Faults") -> None:
    """Write a deck of the cards with these numbers."""
    path.write_text(f'format = 1\ntitle = "{title}"\n' + "".join(map(_card, cards)), encoding="utf-8")


def _card(number: int) -> str:
    points = ", ".join(f'{{ id = "{point}", text = "Makes {point} — of ß" }}' for point in POINTS)
    question = json.dumps(f"Q{number:03d} {_ODD.get(number % 10, 'asks something')}", ensure_ascii=False)
    body = f"key_points = [{points}]" if number % 3 else 'answer = "So."'
    return f'\n[[cards]]\nid = "{card_id(number)}"\nquestion = {question}\n{body}\n'


def card_id(number: int) -> str:
    """Return the id of a card by the number in its question."""
    return f"card-{number:03d}"


def surroundings(home: Path, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a child: this home, a zone and clock only if asked for. What is empty is left out."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TRAINER_")}
    usual = {"TRAINER_HOME": str(home), "TZ": "UTC", "PYTHONUTF8": "1", "TERM": "xterm-256color"}
    return {name: value for name, value in (own | usual | dict(env or {})).items() if value}


def command(home: Path, *call: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; a traceback is never right."""
    done = subprocess.run(
        [sys.executable, "-m", "trainer", *call],
        env=surroundings(home, env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    if "Traceback" in done.stderr + done.stdout or done.returncode not in (0, 1, 2):
        raise AssertionError(f"trainer {' '.join(call)}: exit {done.returncode}\n{done.stderr}")
    return done


def asked_json(home: Path, *call: str, env: Mapping[str, str] | None = None) -> Any:
    """Run a command with --json and return what it printed."""
    return json.loads(command(home, *call, "--json", env=env).stdout)


def events_in(data: bytes) -> list[tuple[str, Any]]:
    """Return the events of a log, read line by line by TOML's own rules; raises where a line is no TOML.

    Equal lines count once.
    """
    lines = dict.fromkeys(data.split(b"\n"))
    return [event for line in lines for event in tomllib.loads(line.decode().rstrip("\r")).items()]


def rejected_lines(home: Path) -> set[bytes]:
    """Return the lines that were copied because they could not be read."""
    return {line for file in home.glob("progress.rejected-*.toml") for line in file.read_bytes().split(b"\n")}


def reviews_in(data: bytes) -> list[dict[str, Any]]:
    """Return the reviews of a log in the order of its lines."""
    return [value for _, value in events_in(data) if "rating" in value]


@dataclass(frozen=True)
class Answer:
    """What was answered to one question."""

    card: str
    rating: str
    recalled: tuple[str, ...]
    missed: tuple[str, ...]

    @classmethod
    def logged(cls, value: Mapping[str, Any]) -> "Answer":
        """Return the answer that a review in the log stands for."""
        return cls(value["card"], value["rating"], tuple(value.get("recalled", ())), tuple(value.get("missed", ())))


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


def injected(folder: Path, source: str) -> dict[str, str]:
    """Return an environment in which every Python child runs `source` before anything else."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(source, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])}


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

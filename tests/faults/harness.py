"""What the fault scripts share: homes to break, children to drive over pipes, and a tally of what was checked."""

import argparse
import json
import os
import random
import re
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
POINTS = ("p1", "p2", "p3")
_PROGRESS = re.compile(r"^.+: \d+%\n", re.MULTILINE)
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
    done.stderr = without_progress(done.stderr)
    return done


def without_progress(errors: str) -> str:
    """Return what was printed to standard error but for how far work is, which says nothing but that it takes long."""
    return _PROGRESS.sub("", errors)


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


def injected(folder: Path, source: str) -> dict[str, str]:
    """Return an environment in which every Python child runs `source` before anything else."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(source, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])}

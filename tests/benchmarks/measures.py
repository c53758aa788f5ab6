"""The budgets, each measured beside its peer: the two take turns, after one turn each that is not counted."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from homes import ENVIRONMENT, QUESTION_MARK
from peers import ANKI_COUNTS, ANKI_GRAPHS, EMPTY_APP, EMPTY_TEXT, TOML_LINES
from terminal import Terminal

GRADES_A_RUN = 3
GRADE_PAUSE = 0.35
"""Seconds after the reveal within which the trainer takes no grade, and a little more."""
TODAY = "questions? today"
QUESTION = rf"{QUESTION_MARK} \d+:"
STATISTICS = 2.0
"""At most this many times as long as Anki's graphs: theirs are of cards, ours of five points a card."""
REBUILD = 12 / 3.5
"""At most this many times as long as reading the lines: 12 s on a machine where 100,000 of them take 3.5 s."""
SETTLED = 0.1
"""Seconds for what a key set off to be done with."""


@dataclass(frozen=True)
class Place:
    """A home of one size, and the same as an Anki collection."""

    name: str
    """empty, large or huge."""
    home: Path
    collection: Path
    spare: Path
    """A copy of the home, to give answers in."""


@dataclass(frozen=True)
class Row:
    """One budget and what was measured."""

    what: str
    ours: float
    """The median, in `unit`."""
    unit: str
    """ms, s or MiB."""
    beside: str
    """The peer."""
    theirs: float
    budget: float
    """At most, as a ratio."""

    @property
    def ratio(self) -> float:
        """Ours by theirs."""
        return self.ours / self.theirs

    @property
    def holds(self) -> bool:
        """Whether it is within its budget."""
        return self.ratio <= self.budget


def start(sizes: Sequence[Place], runs: int) -> list[Row]:
    """From starting the app to its due counts on the screen, beside an empty Textual app to its first screen."""
    ours = [lambda place=place: _first_screen(("-m", "trainer"), place.home, TODAY) for place in sizes]
    times, empty = _with_peer(ours, lambda: _first_screen(("-c", EMPTY_APP), None, EMPTY_TEXT), runs, "start")
    return [
        Row(f"app start to due counts, {place.name}", each, "ms", "an empty Textual app", empty, budget)
        for place, each, budget in zip(sizes, times, (1.5, 2.0), strict=False)
    ]


def due(sizes: Sequence[Place], runs: int) -> list[Row]:
    """The process `trainer due`, beside one that opens the same cards with `anki` and prints its counts."""
    rows = []
    for place, budget in zip(sizes, (0.5, 1.0), strict=False):
        (ours,), theirs = _with_peer(
            [lambda place=place: _process(("-m", "trainer", "due"), place.home)],
            lambda place=place: _process(("-c", ANKI_COUNTS, str(place.collection))),
            runs,
            f"due, {place.name}",
        )
        rows.append(Row(f"trainer due, {place.name}", ours, "ms", "anki, the same counts", theirs, budget))
    return rows


def statistics(place: Place, runs: int) -> list[Row]:
    """The process `trainer stats` for each period, beside one that has `anki` work out its graphs for as many days."""
    rows = []
    for period, days in (("month", 30), ("year", 365), ("all", 0)):
        (ours,), theirs = _with_peer(
            [lambda period=period: _process(("-m", "trainer", "stats", "--period", period), place.home)],
            lambda days=days: _process(("-c", ANKI_GRAPHS, str(place.collection), str(days))),
            runs,
            f"statistics, {period}",
        )
        rows.append(Row(f"trainer stats, {period}, {place.name}", ours, "ms", "anki, its graphs", theirs, STATISTICS))
    return rows


def grade(empty: Place, sizes: Sequence[Place], runs: int) -> list[Row]:
    """From pressing a grade to the next question on the screen, the answer on the disk, beside an empty log."""
    places = [*sizes, empty]
    sessions = []
    try:
        for place in places:
            new = "200" if place is empty else "0"
            command = (sys.executable, "-m", "trainer", "review", "--minutes", "600", "--new", new)
            sessions.append(_Session(Terminal(command, _environment(_fresh_spare(place)))))
        works: list[Callable[[], float]] = [session.answer for session in sessions]
        times, alone = _with_peer(works[:-1], works[-1], runs * GRADES_A_RUN, "grade")
    finally:
        for session in sessions:
            session.terminal.end()
    return [
        Row(f"grade to next question, {place.name}", each, "ms", "an empty log", alone, 1.2)
        for place, each in zip(sizes, times, strict=True)
    ]


def memory(place: Place, runs: int) -> list[Row]:
    """The most memory the app has resident, on Today and after an answer, beside the `anki` process."""
    today: list[float] = []

    def app() -> float:
        terminal = Terminal((sys.executable, "-m", "trainer"), _environment(_fresh_spare(place)))
        try:
            terminal.wait_for(TODAY)
            terminal.settle(SETTLED)
            today.append(terminal.peak_memory())
            terminal.press("\r")
            _Session(terminal).answer()
            terminal.settle(SETTLED)
            return terminal.peak_memory()
        finally:
            terminal.end()

    def anki() -> float:
        command = [sys.executable, "-c", ANKI_COUNTS, str(place.collection)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment()).stdout
        peak = re.search(r"VmHWM:\s+(\d+) kB", printed)
        return int(peak[1]) / 1024 if peak else 0.0

    (after,), theirs = _with_peer([app], anki, runs, "memory", "MiB")
    return [
        Row(f"memory of the app, {place.name}, on Today", median(today[1:]), "MiB", "anki", theirs, 1.0),
        Row(f"memory of the app, {place.name}, after an answer", after, "MiB", "anki", theirs, 1.0),
    ]


def rebuild(place: Place, runs: int) -> list[Row]:
    """Everything from the log: `trainer due` without a cache, beside one that only reads the lines as TOML."""

    def work() -> float:
        shutil.rmtree(place.home / "cache", ignore_errors=True)
        return _process(("-m", "trainer", "due"), place.home) / 1000

    def read() -> float:
        return _process(("-c", TOML_LINES, str(place.home / "progress.toml"))) / 1000

    (ours,), theirs = _with_peer([work], read, runs, "rebuild", "s")
    return [Row(f"rebuild from the log, {place.name}", ours, "s", "tomllib, the same lines", theirs, REBUILD)]


class _Session:
    """A review on a terminal, its first question on the way."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        _, self._question = terminal.wait_for(QUESTION)

    def answer(self) -> float:
        """Answer with all points made; return the milliseconds from the grade to the next question."""
        terminal = self.terminal
        terminal.settle(SETTLED)
        terminal.press(" ")
        terminal.wait_for("tick those you made")
        terminal.settle(GRADE_PAUSE)
        terminal.press("0")
        terminal.wait_for(r"(\d+) of \1 made")
        terminal.settle(SETTLED)
        pressed = terminal.press("g")
        shown, self._question = terminal.wait_for(QUESTION, other_than=self._question)
        return (shown - pressed) * 1000


def _with_peer(
    ours: Sequence[Callable[[], float]], theirs: Callable[[], float], runs: int, what: str, unit: str = "ms"
) -> tuple[list[float], float]:
    """Let all take turns; return the medians, the peer's apart."""
    works = [*ours, theirs]
    for work in works:
        work()
    results: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, kept in zip(works, results, strict=True):
            kept.append(work())
    for kept in results[:-1]:
        _tell(what, kept, unit)
    _tell(f"{what}, peer", results[-1], unit)
    medians = [median(kept) for kept in results]
    return medians[:-1], medians[-1]


def _tell(what: str, results: Sequence[float], unit: str) -> None:
    """Say on standard error how far single results lie apart."""
    spread = f"{min(results):.1f} to {max(results):.1f}, median {median(results):.1f} {unit}"
    print(f"{what}: {spread}, {len(results)} times", file=sys.stderr, flush=True)


def _first_screen(arguments: Sequence[str], home: Path | None, text: str) -> float:
    """Return the milliseconds from starting Python with these arguments to this text on its screen."""
    terminal = Terminal((sys.executable, *arguments), _environment(home))
    try:
        return (terminal.wait_for(text)[0] - terminal.started) * 1000
    finally:
        terminal.end()


def _process(arguments: Sequence[str], home: Path | None = None) -> float:
    """Return the milliseconds that Python takes with these arguments, from start to end."""
    environment = _environment(home)
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    return (time.perf_counter() - started) * 1000


def _environment(home: Path | None = None) -> Mapping[str, str]:
    place = {"TRAINER_HOME": str(home)} if home else {}
    return {**os.environ, **ENVIRONMENT, **place}


def _fresh_spare(place: Place) -> Path:
    """Make the spare home the same as the home, and return it."""
    shutil.rmtree(place.spare, ignore_errors=True)
    shutil.copytree(place.home, place.spare)
    return place.spare

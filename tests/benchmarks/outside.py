"""The built program through months of days, from outside: `python tests/benchmarks/outside.py`.

Someone with memories of their own answers `trainer review --plain`, day by day as `TRAINER_NOW` says, and ticks
what they recall. Nothing here uses the trainer's code: prompts are read as a person reads them, what was promised
is read from the log. It prints how much was really known when cards came up beside what was asked for, whether
just the cards promised came up, and what two weeks away did.

The program's clock stands still while it asks, so the seconds an answer took are written into the log after it.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from fading import TRUTHS, Fading, Halving

ZONE = "America/New_York"
START = date(2026, 2, 1)
"""Five weeks before the clocks change."""
SIZES = (1, 3, 5)
ASKED = 0.9
MISSED_DAYS = 0.1
"""The share of all days on which nothing is done."""
LATER = (0, 15, 40)
"""Minutes after nine at which the day's sessions begin."""
MOST_SESSIONS = 8
LONGEST_BACKLOG = 30
"""Days after which it is not waited any longer for a backlog to go."""
KNOWN_AGAIN = 0.9
"""The chance that a point shown today is made when it returns."""
PROMPTS = {
    "shows the answer (": "reveal",
    "Which did you make?": "ticks",
    "How did it go?": "grade",
    "Enter ends": "end",
}


# The program


@dataclass
class Asked:
    """One question that came up."""

    card: str
    kind: str
    """"new", "due" or "return"."""
    known: float
    """The share of the points that was really known."""
    made: float
    """The share that was ticked."""
    seconds: int


@dataclass
class Home:
    """A home on disk, and whoever learns from it."""

    folder: Path
    memories: dict[str, list[Fading | Halving]]
    luck: Random
    promised: dict[str, date] = field(default_factory=dict)
    waits: dict[str, int] = field(default_factory=dict)
    """Days between the last answer and the day promised."""

    def waiting(self, day: date) -> int:
        """Return how many cards were promised for a day or before it, and did not come up."""
        return sum(promised <= day for promised in self.promised.values())

    def call(self, when: datetime, *words: str) -> subprocess.Popen[bytes]:
        """Start the program at a moment."""
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("TRAINER_")}
        surroundings |= {"TRAINER_HOME": str(self.folder), "TRAINER_NOW": when.isoformat(), "TZ": ZONE}
        command = [sys.executable, "-m", "trainer", *words]
        return subprocess.Popen(command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    def says(self, when: datetime, *words: str) -> str:
        """Return what a command prints."""
        with self.call(when, *words) as program:
            return program.communicate()[0].decode()

    def session(self, day: date, minutes: int) -> list[Asked]:
        """Answer all that a session asks, then write down how long it took, and what was promised."""
        asked: list[Asked] = []
        text = ""
        with self.call(morning(day, minutes), "review", "--plain") as program:
            for kind, said in conversation(program):
                text += said
                line = ""
                if kind == "reveal":
                    text = said
                elif kind == "ticks":
                    answer, line = self._answer(day, text)
                    asked.append(answer)
                program.stdin.write(f"{line}\n".encode())  # type: ignore[union-attr]
        self._note(asked, day)
        return asked

    def _answer(self, day: date, text: str) -> tuple[Asked, str]:
        """Recall the points of the question in `text`; return also the line that ticks them."""
        card = re.search(r"Q-\d+-\d+", text)[0]  # type: ignore[index]
        listed = re.findall(r"^ ([ ✓]) (\d+)\. ", text.rpartition("Key points:")[2], re.MULTILINE)
        numbers = [int(number) - 1 for given, number in listed if given == " "]
        kind = "return" if "(once more)" in text else "due" if card in self.promised else "new"
        points = self.memories[card]
        chances = {at: KNOWN_AGAIN if kind == "return" else points[at].chance(day) for at in numbers}
        made = [at for at in numbers if self.luck.random() < chances[at]]
        for at in numbers:
            points[at].judge(day, at in made)
        line = " ".join(str(at + 1) for at in made) or "none"
        known = sum(chances.values()) / len(chances)
        seconds = {"new": 20 + 10 * len(points), "due": 10 + 6 * len(points), "return": 5 + 6 * len(numbers)}[kind]
        return Asked(card, kind, known, len(made) / len(numbers), seconds), line

    def _note(self, asked: Sequence[Asked], day: date) -> None:
        log = self.folder / "progress.toml"
        lines = log.read_text(encoding="utf-8").split("\n") if log.exists() else []
        at = [number for number, line in enumerate(lines) if " rating = " in line][-len(asked) :] if asked else []
        for number, question in zip(at, asked, strict=True):
            assert question.card in lines[number]
            lines[number] = re.sub(r"seconds = \d+", f"seconds = {question.seconds}", lines[number])
            (event,) = tomllib.loads(lines[number]).values()
            self.promised[question.card] = event["due"]
            self.waits[question.card] = (event["due"] - day).days
        if asked:
            log.write_text("\n".join(lines), encoding="utf-8")


def conversation(program: subprocess.Popen[bytes]) -> Iterator[tuple[str, str]]:
    """Yield each prompt's kind with what stood before it, until the program ends."""
    held = b""
    assert program.stdout is not None
    while chunk := os.read(program.stdout.fileno(), 1 << 16):
        held += chunk
        text = held.decode(errors="ignore")
        last = text.rpartition("\n")[2]
        kind = next((kind for words, kind in PROMPTS.items() if words in last), None)
        if kind and last.endswith(": "):
            held = b""
            yield kind, text


def morning(day: date, minutes: int = 0) -> datetime:
    """Return nine o'clock on a day, or some minutes later."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(ZONE)) + timedelta(minutes=minutes)


def write_deck(folder: Path, name: str, cards: Sequence[str]) -> None:
    """Write a deck; a card's name says how many points it has."""
    lines = [f'title = "{name}"']
    for card in cards:
        points = ", ".join(f'"Makes point {at}"' for at in range(int(card.rpartition("-")[2])))
        lines += ["[[cards]]", f'id = "{card}"', f'question = "{card}: what belongs here?"', f"key_points = [{points}]"]
    (folder / "decks").mkdir(parents=True, exist_ok=True)
    (folder / "decks" / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


# The months


@dataclass
class Tally:
    """What came up over the months."""

    known: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Share known when a card came up that was to hold for more than a day, by its size."""
    made: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    expected: int = 0
    kept: int = 0
    """Cards promised for a day or before it that came up on it."""
    early: int = 0
    """Cards that came up before their day."""

    def show(self, when: str) -> None:
        """Print what was known when cards came up, and whether they were those promised."""
        print(f"{when}\npoints  reviews  asked for  known  ticked")
        for size in [*SIZES, 0]:
            known = [share for each, shares in self.known.items() for share in shares if size in (each, 0)]
            made = [share for each, shares in self.made.items() for share in shares if size in (each, 0)]
            if known:
                means = f"{sum(known) / len(known):6.1%} {sum(made) / len(made):7.1%}"
                print(f"{size or 'all':>6} {len(known):8} {ASKED:10.1%} {means}")
        print(f"promised for the day or before: {self.expected}; came up: {self.kept}; before their day: {self.early}")


def live_day(home: Home, day: date, tally: Tally | None = None) -> list[Asked]:
    """Hold the day's sessions until one asks nothing."""
    due = {card for card, promised in home.promised.items() if promised <= day}
    waits, asked = dict(home.waits), []
    for number in range(MOST_SESSIONS):
        now = home.session(day, LATER[number] if number < len(LATER) else 15 * number)
        asked += now
        if not now:
            break
    if tally is not None:
        came = [each for each in asked if each.kind == "due"]
        tally.expected += len(due)
        tally.kept += len(due & {each.card for each in came})
        tally.early += sum(each.card not in due for each in came)
        for each in came:
            if waits[each.card] > 1:
                size = len(home.memories[each.card])
                tally.known[size].append(each.known)
                tally.made[size].append(each.made)
    return asked


def months(home: Home, days: int, tuned: Sequence[int], luck: Random) -> None:
    """Live the days, and have the memory model fitted on some; print what was known when cards came up."""
    tally = Tally()
    for number in range(days):
        if number in tuned:
            tally.show(f"before day {number}")
            print(home.says(morning(START + timedelta(days=number)), "tune"))
            tally = Tally()
        if luck.random() >= MISSED_DAYS:
            live_day(home, START + timedelta(days=number), tally)
    tally.show(f"until day {days}")


def away(home: Home, day: date, minutes: int) -> None:
    """Come back after two weeks to days of few minutes, with cards never seen in the home; print what happens."""
    more = [f"Q-9{number}-3" for number in range(10)]
    write_deck(home.folder, "More", more)
    home.memories |= {card: [Fading(1.0) for _ in range(3)] for card in more}
    write_settings(home.folder, minutes)
    said = re.search(r"\d+ cards? came due[^\n]*", home.says(morning(day), "due"))
    print(f"\n14 days away, then {minutes} minutes a day: {said[0] if said else 'it says nothing of a backlog'}")
    print("day  waiting  asked  returns  new  minutes without returns  still waiting")
    waited = 0
    for number in range(LONGEST_BACKLOG):
        today = day + timedelta(days=number)
        before = home.waiting(today)
        asked = live_day(home, today)
        due, returns, new = (sum(each.kind == kind for each in asked) for kind in ("due", "return", "new"))
        spent = sum(each.seconds for each in asked if each.kind != "return") / 60
        print(f"{number:3} {before:8} {due:6} {returns:8} {new:4} {spent:24.1f} {home.waiting(today):14}")
        if not home.waiting(today):
            break
        waited += 1
    print(f"days on which due cards had to wait: {waited}")


def write_settings(folder: Path, minutes: int) -> None:
    """Ask for two new cards a day, and this many minutes."""
    text = f"desired_retention = {ASKED}\nnew_cards = 2\nminutes = {minutes}\n"
    (folder / "settings.toml").write_text(text, encoding="utf-8")


def main() -> None:
    """Live the months, then two weeks away."""
    options = _options()
    luck = Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="outside-") as folder:
        cards = [f"Q-{number}-{SIZES[number % len(SIZES)]}" for number in range(options.cards)]
        make = TRUTHS[options.truth]
        memories = {
            card: [make(exp(luck.gauss(0, options.sigma))) for _ in range(int(card.rpartition("-")[2]))]
            for card in cards
        }
        home = Home(Path(folder), memories, Random(options.seed + 1))
        write_deck(home.folder, "Months", cards)
        write_settings(home.folder, 20)
        months(home, options.days, options.tune, luck)
        away(home, START + timedelta(days=options.days + 14), options.minutes)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cards", type=int, default=30)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--sigma", type=float, default=0.5, help="how far the points' paces lie apart")
    parser.add_argument("--truth", choices=TRUTHS, default="fading", help="how memories really are")
    parser.add_argument("--tune", type=int, nargs="*", default=(), metavar="DAY", help="fit the memory model on these")
    parser.add_argument("--minutes", type=int, default=2, help="a day, after the weeks away")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""Two at once on one home: every line of both survives, nothing is asked twice, limits hold, locks are released."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from harness import (
    Answer,
    Ended,
    Report,
    asked_json,
    card_id,
    command,
    events_in,
    injected,
    main,
    make_home,
    reviews_in,
    write_deck,
)
from locks import can_be_taken, take_away
from plain import Plain
from terminal import App

ANSWERS = 200
NO_LOCKS = """
import errno, fcntl, os
def flock(*_):
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
fcntl.flock = fcntl.lockf = flock
"""
HOLDER = """
import fcntl, sys, time
lock = open(sys.argv[1], "a")
fcntl.flock(lock, fcntl.LOCK_EX)
print(flush=True)
time.sleep(60)
"""


@dataclass
class Trace:
    """What one of two sessions was asked, and when."""

    answers: list[Answer] = field(default_factory=list)
    wanted: dict[str, float] = field(default_factory=dict)
    """When the line was sent that led to this card's coming up first."""
    saved: dict[str, float] = field(default_factory=dict)
    """When this card's answer was seen to be saved."""


def work(report: Report, folder: Path, times: int) -> str:
    """Run each pair."""
    both = pair(report, make_home(folder / "both", 500), lambda home: [Plain(home, "--all") for _ in "12"], times)
    without = pair(report, make_home(folder / "no-locks", 500), lambda home: lockless(report, home), times)
    apps = two_apps(report, make_home(folder / "apps", 100))
    app = app_and_plain(report, make_home(folder / "app", 100))
    cards = imports(report, make_home(folder / "import", 60), folder)
    new = limits(report, make_home(folder / "limits", 60))
    held = holder_killed(report, make_home(folder / "held"))
    return (
        f"2 x {times} answers at once: {both} in the log, {without} on a file system without locks; two apps: {apps}; "
        f"app and plain: {app}; {cards} cards imported meanwhile; {new} new cards of 7 a day; "
        f"a killed holder's lock was free after {held:.1f} s"
    )


def lockless(report: Report, home: Path) -> list[Plain]:
    """Begin two sessions to which the system gives no locks; where it cannot be made to, Python gives them none."""
    if can_be_taken():
        return [Plain(home, "--all", before=take_away) for _ in "12"]
    report.say("the system cannot be told to give no locks, so Python is")
    return [Plain(home, "--all", env=injected(home.with_suffix(".site"), NO_LOCKS)) for _ in "12"]


def at_once(*works: Callable[[], object]) -> None:
    """Do these at once; raise what one of them raises."""
    with ThreadPoolExecutor(len(works)) as pool:
        for doing in [pool.submit(each) for each in works]:
            doing.result()


def follow(child: Plain, answers: int, choose: random.Random) -> Trace:
    """Answer so many questions and leave; keep a trace."""
    trace = Trace()
    try:
        while len(trace.answers) < answers and child.prompt() == "reveal":
            trace.wanted.setdefault(child.question, child.sent_at)
            answer = child.answer_and_send(choose)
            child.prompt()
            trace.saved.setdefault(answer.card, time.monotonic())
            trace.answers.append(answer)
    except Ended:
        pass
    child.leave()
    return trace


def pair(report: Report, home: Path, begin: Callable[[Path], list[Plain]], answers: int) -> int:
    """Answer in two sessions at once; every answer is in the log, none was asked of both for no reason."""
    seeds = [random.Random(report.random.random()) for _ in range(2)]
    traces: list[Trace] = []
    children = begin(home)
    at_once(*(lambda c=c, s=s: traces.append(follow(c, answers, s)) for c, s in zip(children, seeds, strict=True)))
    data = (home / "progress.toml").read_bytes()
    events = events_in(data)
    logged = Counter(map(Answer.logged, reviews_in(data)))
    given = Counter(answer for trace in traces for answer in trace.answers)
    report.check(logged == given, f"{home.name}: lost {list(given - logged)[:3]}, strange {list(logged - given)[:3]}")
    report.check(given.total() == 2 * answers, f"{home.name}: only {given.total()} were asked")
    report.check(len({key for key, _ in events}) == len(events), f"{home.name}: two events have one key")
    report.check(data.count(b"# trainer progress") == 1, f"{home.name}: {data.count(b'# trainer progress')} headers")
    report.check(not list(home.glob("progress.rejected-*")), f"{home.name}: lines were rejected")
    report.check(asked_json(home, "check")["problems"] == [], f"{home.name}: check has found something")
    one, other = traces
    for mine, others in ((one, other), (other, one)):
        for card, at in mine.wanted.items():
            again = others.saved.get(card, at) < at
            report.check(not again, f"{home.name}: {card} was asked after the other session had saved its answer")
    return logged.total()


def two_apps(report: Report, home: Path, most: int = 7) -> str:
    """Answer in two apps by turns until the day has had its new cards: no card is asked in both, and both end."""
    (home / "settings.toml").write_text(f"new_cards = {most}\n", encoding="utf-8")
    apps = [App(home, "review") for _ in range(2)]
    answers: list[Answer] = []
    try:
        for turn in range(most):
            app, done = apps[turn % 2], [answer.card for answer in answers]
            answers.append(app.answer(app.next_question(*done), whole=True))
            app.press("g")
        for app in apps:
            app.wait_for("cards in ")  # the summary
            own = most - most // 2 if app is apps[0] else most // 2
            report.check(f"{own} cards in" in app.said, f"two apps: not {own} cards, but {app.said}")
    finally:
        for app in apps:
            app.end()
    logged = list(map(Answer.logged, reviews_in((home / "progress.toml").read_bytes())))
    report.check(logged == answers, f"two apps: {len(answers)} answers are the reviews {logged}")
    return f"{len(answers)} new cards of {most} a day, none in both"


def app_and_plain(report: Report, home: Path) -> str:
    """Answer in the app and in a plain session by turns, then quit both."""
    app, child = App(home, "review", "--all"), Plain(home, "--all")
    in_app: list[Answer] = []
    in_plain: list[Answer] = []
    try:
        last, asked = "", set()
        for _ in range(6):
            last = app.next_question(last)
            report.check(last not in {answer.card for answer in in_plain[:-1]}, f"the app asks {last} again")
            in_app.append(app.answer(last))
            app.press("g")
            child.prompt()
            report.check(child.question not in asked, f"plain asks {child.question} again")
            asked = {answer.card for answer in in_app[:-1]}
            in_plain.append(child.answer_and_send(report.random, "good"))
        child.prompt()
        app.next_question(last)
    finally:
        app.end()
        child.leave()
    logged = Counter(map(Answer.logged, reviews_in((home / "progress.toml").read_bytes())))
    report.check(logged == Counter(in_app + in_plain), f"app and plain: the log has {logged}")
    return f"{len(in_app)} + {len(in_plain)}"


def imports(report: Report, home: Path, folder: Path, count: int = 10, each: int = 4) -> int:
    """Import into the deck that is reviewed; all cards come, and all answers stay."""
    sources = [folder / f"import-{number}.toml" for number in range(count)]
    for number, source in enumerate(sources):
        write_deck(source, range(100 + each * number, 100 + each * (number + 1)), "Faults" if number % 2 else "Other")
    child = Plain(home, "--all")
    traces: list[Trace] = []

    def bring() -> None:
        for source in sources:
            report.check(command(home, "import", str(source)).returncode == 0, f"{source.name} was not imported")

    at_once(bring, lambda: traces.append(follow(child, ANSWERS, random.Random(report.random.random()))))
    expected = Counter(traces[0].answers)
    logged = Counter(map(Answer.logged, reviews_in((home / "progress.toml").read_bytes())))
    report.check(logged == expected, f"import and review: lost {expected - logged}, strange {logged - expected}")
    there = {card["id"] for card in asked_json(home, "cards")}
    missing = {card_id(number) for number in [*range(60), *range(100, 100 + each * count)]} - there
    report.check(not missing, f"import and review: not there: {sorted(missing)[:5]}")
    report.check(asked_json(home, "check")["problems"] == [], "import and review: check has found something")
    return each * count


def limits(report: Report, home: Path, most: int = 7) -> int:
    """Two sessions within a limit for new cards: neither begins one once the day has had its number."""
    (home / "settings.toml").write_text(f"new_cards = {most}\n", encoding="utf-8")
    choices = [random.Random(report.random.random()) for _ in range(2)]
    children = [Plain(home) for _ in choices]
    traces: list[Trace] = []
    at_once(*(lambda c=c, s=s: traces.append(follow(c, ANSWERS, s)) for c, s in zip(children, choices, strict=True)))
    first = sorted(min(trace.saved.get(card, 1e18) for trace in traces) for trace in traces for card in trace.saved)
    begun = {card for trace in traces for card in trace.saved}
    distinct = sorted(set(first))
    reached = distinct[most - 1] if len(distinct) >= most else 1e18
    for trace in traces:
        late = [card for card, at in trace.wanted.items() if at > reached]
        fresh = [card for card in late if all(other.saved.get(card, 1e18) > trace.wanted[card] for other in traces)]
        report.check(not fresh, f"limits: {fresh} were begun after {most} were seen to be saved")
    report.check(most <= len(begun) <= most + 1, f"limits: {len(begun)} new cards on a day of {most}")
    return len(begun)


def holder_killed(report: Report, home: Path) -> float:
    """Kill the holder of the lock while an answer waits for it."""
    child = Plain(home, "--all")
    child.prompt()
    answer = child.answer(report.random)
    lock = home / "progress.lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(lock)], stdout=subprocess.PIPE)
    with holder:
        assert holder.stdout
        holder.stdout.readline()
        child.send(child.last)
        time.sleep(0.5)
        report.check(not (home / "progress.toml").exists(), "an answer was written while another held the lock")
        holder.kill()
    killed_at = time.monotonic()
    report.check(child.prompt() == "reveal", f"after the holder was killed: {child.errors}")
    waited = time.monotonic() - killed_at
    child.leave()
    logged = list(map(Answer.logged, reviews_in((home / "progress.toml").read_bytes())))
    report.check(logged == [answer], f"after the holder was killed the log has {logged}")
    return waited


if __name__ == "__main__":
    main(work, ANSWERS)

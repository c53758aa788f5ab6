"""Two branches with 500 reviews each, merged by git with `merge=union`: every line is there, in whatever order."""

import os
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from harness import POINTS, Report, asked_json, card_id, events_in, main, make_home
from plain import drive

from trainer.progress.lines import HEADER, written

REVIEWS, CARDS = 500, 100
START = datetime(2026, 1, 1, 9, tzinfo=UTC)
NOW = {"TRAINER_NOW": "2026-12-01T12:00:00+00:00"}
QUIET = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
WHO = {f"GIT_{role}_{what}": f"a@{role}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
ENDS = {"as written": b"\n", "without the last newlines": b""}


def work(report: Report, folder: Path, times: int) -> str:
    """Merge branches of every kind in both orders."""
    merges = 0
    for turn in range(times):
        for name, end in ENDS.items():
            choose = Random(report.random.random())
            merges += merge(report, make_home(folder / f"{turn}-{name.replace(' ', '-')}", CARDS), end, choose, name)
    return f"{merges} merges by git of 2 branches x {REVIEWS} reviews: every event is there, and all give equal cards"


def merge(report: Report, home: Path, end: bytes, choose: Random, name: str) -> int:
    """Make a repository with two branches, merge each into the other, and compare."""
    log = home / "progress.toml"
    base = (HEADER + "\n").encode() + reviews(choose, 50, "aaaa01", START)
    one, other = (reviews(choose, REVIEWS, mark, START + timedelta(days=30)) for mark in ("bbbb01", "cccc01"))
    ours, theirs = base + one, base + other
    git(home, "init", "--quiet", "--initial-branch=one")
    (home / ".gitattributes").write_text("progress.toml merge=union\n", encoding="utf-8")
    commit(home, base)
    git(home, "branch", "other")
    commit(home, ours.removesuffix(b"\n") + end)
    git(home, "checkout", "--quiet", "other")
    commit(home, theirs.removesuffix(b"\n") + end)
    git(home, "branch", "as-other")

    git(home, "merge", "--quiet", "--no-edit", "one")
    into_other = log.read_bytes()
    found = [seen(home)]
    git(home, "checkout", "--quiet", "one")
    git(home, "merge", "--quiet", "--no-edit", "as-other")
    into_one = log.read_bytes()
    found.append(seen(home))
    for merged in (base + one + other, base + other + one, one + base + base + other):
        log.write_bytes(merged)
        found.append(seen(home))
    count = len(events_in(base + one + other))
    for merged, where in ((into_other, "one into other"), (into_one, "other into one")):
        lines = {line for line in (base + one + other).split(b"\n") if line}
        there = sum(line in merged for line in lines)
        report.check(there == len(lines), f"{name}, {where}: {len(lines) - there} lines are gone")
    for events, problems, _ in found:
        report.check((events, problems) == (count, []), f"{name}: {events} events of {count}, {problems}")
    report.check(all(cards == found[0][2] for _, _, cards in found), f"{name}: merges give other cards")
    log.write_bytes(into_one)
    answers = drive(home, 3, choose, "--all", **NOW)
    report.check(log.read_bytes().startswith(into_one), f"{name}: the next answer changed what was merged")
    reviewed = sum(card["reviews"] for card in found[0][2])
    after = sum(card["reviews"] for card in asked_json(home, "cards", env=NOW))
    report.check(after == reviewed + len(answers), f"{name}: {len(answers)} more answers make {after} of {reviewed}")
    return 2


def seen(home: Path) -> tuple[int, Any, Any]:
    """Return how many events there are, the problems, and the cards."""
    checked = asked_json(home, "check", env=NOW)
    return checked["events"], checked["problems"], asked_json(home, "cards", env=NOW)


def reviews(choose: Random, count: int, mark: str, start: datetime) -> bytes:
    """Return the lines of so many reviews, some taken back, with wordings and suspensions among them."""
    lines, moment = [], start
    for _ in range(count):
        moment += timedelta(minutes=choose.randrange(1, 600), milliseconds=choose.randrange(1000))
        key = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z-{mark}"
        number = choose.randrange(CARDS)
        asked = POINTS if number % 3 else ("answer",)
        made = [point for point in asked if choose.random() < 0.7]
        fields: dict[str, Any] = {"card": card_id(number), "day": moment.date(), "rating": "again"}
        fields |= {"rating": choose.choice(["hard", "good"]), "recalled": made} if made else {}
        missed = [point for point in asked if point not in made]
        fields |= {"missed": missed} if missed else {}
        fields |= {"seconds": choose.randrange(200), "due": date(2027, 1, 1) + timedelta(days=choose.randrange(90))}
        lines.append(written(key, fields, f"Q{number:03d} – asks something"))
        late = f"{key[:-10]}{(int(key[-10:-8]) + 1) % 100:02d}{key[-8:]}"
        if choose.random() < 0.05:
            lines.append(written(late, {"undo": key}))
        elif choose.random() < 0.02:
            lines.append(written(late, {"card": card_id(number), "suspend": choose.random() < 0.5}, "a question"))
    return "".join(lines).encode()


def commit(home: Path, log: bytes) -> None:
    """Commit this log."""
    (home / "progress.toml").write_bytes(log)
    git(home, "add", "--all")
    git(home, "commit", "--quiet", "--message", "reviews")


def git(home: Path, *call: str) -> None:
    """Run git in the home."""
    done = subprocess.run(
        ["git", "-C", str(home), *call],
        env=os.environ | QUIET | WHO,
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise AssertionError(f"git {' '.join(call)}: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    main(work, 2)

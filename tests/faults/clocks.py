"""Clocks that jump, zones that change, summer time that begins and ends: keys, days and due days stay sane."""

import ctypes
import os
import random
import subprocess
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import TZPATH, ZoneInfo

from harness import Ended, Report, asked_json, command, events_in, main, make_home, reviews_in
from plain import Plain, drive

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.model import Rating
from trainer.study.session import Session
from trainer.study.share import Limits

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ZONES = ("UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Pacific/Kiritimati", "Australia/Lord_Howe")
SWITCHES = {
    "Europe/Berlin": (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    "America/New_York": (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
}
DAY_START = timedelta(hours=4)
NEW_MOUNTS, PRIVATE, BIND = 0x20000, 0x44000, 0x1000
"""What `unshare` and `mount` call mounts of one's own, mounts that nobody else sees, and a file in another's place."""


def work(report: Report, folder: Path, times: int) -> str:
    """Try each kind of clock."""
    jumped = jumps(report, make_home(folder / "jumps"))
    back = backwards_within_a_session(report, make_home(folder / "back"))
    named = ahead(report, make_home(folder / "ahead"))
    moved = sum(zones(report, make_home(folder / f"zones-{turn}"), turn) for turn in range(times))
    travelled = travel(report, make_home(folder / "travel"))
    switched = sum(
        switch(report, make_home(folder / f"{zone.replace('/', '-')}-{moment:%m}"), zone, moment)
        for zone, moments in SWITCHES.items()
        for moment in moments
    )
    return (
        f"{jumped} answers over jumps of a day and a year, {back} with the clock set back in a session, "
        f"{named} dated ahead were named and taken back, {moved} over changes of zone and {travelled} in one session, "
        f"{switched} over summer time"
    )


def at(moment: datetime) -> dict[str, str]:
    """Return the environment in which it is this moment."""
    return {"TRAINER_NOW": moment.isoformat()}


def expect_sane(report: Report, home: Path, where: str, moment: datetime) -> None:
    """Expect that keys are unique, that due days follow days, and that every memory is a number of days."""
    data = (home / "progress.toml").read_bytes()
    keys = [key for key, _ in events_in(data)]
    report.check(len(set(keys)) == len(keys), f"{where}: a key stands twice")
    for review in reviews_in(data):
        report.check(review["due"] > review["day"], f"{where}: due {review['due']} of an answer on {review['day']}")
    last = {value["card"]: value["due"] for _, value in sorted(events_in(data)) if "rating" in value}
    for card in asked_json(home, "cards", env=at(moment)):
        known = [point["stability"] for point in card["key_points"] if point["stability"] is not None]
        report.check(all(0 < stability < 36500.5 for stability in known), f"{where}: stability {known}")
        promised = last.get(card["id"])
        if promised is not None and not undone(data):
            report.check(card["due"] == str(promised), f"{where}: {card['id']} due {card['due']}, not {promised}")


def undone(data: bytes) -> bool:
    """Return whether something was taken back in this log."""
    return any("undo" in value for _, value in events_in(data))


def jumps(report: Report, home: Path) -> int:
    """Answer at noon, a day before, a year later, and at noon again."""
    answers = 0
    day, year = timedelta(days=1), timedelta(days=365)
    for step in (NOON, NOON - day, NOON, NOON + year, NOON + year - day, NOON + timedelta(hours=1), NOON - day):
        answers += len(drive(home, 8, report.random, "--all", **at(step)))
        logged = reviews_in((home / "progress.toml").read_bytes())
        report.check(len(logged) == answers, f"jump to {step}: {answers} answers are {len(logged)} reviews")
        report.check(logged[-1]["day"] == step.date(), f"jump to {step}: the day is {logged[-1]['day']}")
        expect_sane(report, home, f"jump to {step}", step)
    return answers


def backwards_within_a_session(report: Report, home: Path) -> int:
    """Set the clock back in a session: the newest answer is taken back first, and a return is asked once at a time."""
    clock = FixedClock(NOON)
    session = Session(Collection(Home(home), clock), limits=Limits(practise_all=True))
    answers = 0
    for jump in (timedelta(), timedelta(hours=-1), timedelta(days=-1), timedelta(days=2), timedelta(days=-1)):
        clock.move(seconds=jump.total_seconds() + 1)
        for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD):
            question = session.current
            if not report.check(question is not None, f"nothing was asked after {jump}"):
                return answers
            assert question
            ticked = set() if rating is Rating.AGAIN else set(question.asked)
            event = session.grade(session.outcomes(ticked)[rating])
            answers += 1
            clock.move(seconds=20)
        undone = session.undo()
        right = undone is not None and undone.event.key == event.key
        report.check(
            right, f"after the clock jumped by {jump}, undo took back {undone and undone.event.key}, not {event.key}"
        )
    expect_sane(report, home, "set back in a session", clock.now())
    return answers + returns_after_a_clock_set_back(report, home.with_name("returns"))


def returns_after_a_clock_set_back(report: Report, home: Path) -> int:
    """Miss a card, set the clock back by an hour, and answer what returns: it must not return for ever."""
    make_home(home, 3)
    answers = 0
    for moment, rating, most in ((NOON, "again", 6), (NOON - timedelta(hours=1), "easy", 30)):
        child = Plain(home, env=at(moment))
        try:
            while child.prompt() == "reveal" and answers < most:
                child.answer_and_send(report.random, rating)
                answers += 1
        except Ended:
            pass
        child.leave()
    report.check(answers < 20, f"three cards missed were asked {answers} times after the clock was set back")
    return answers


def ahead(report: Report, home: Path) -> int:
    """Answer under a clock a year ahead: check names each event, and undoing them leaves what was before."""
    drive(home, 6, report.random, "--all", **at(NOON))
    before = asked_json(home, "cards", env=at(NOON + timedelta(minutes=1)))
    count = len((home / "progress.toml").read_bytes().splitlines())
    drive(home, 5, report.random, "--all", **at(NOON + timedelta(days=365)))
    added = events_in((home / "progress.toml").read_bytes())[count - 1 :]
    wrong = [key for key, value in added if "rating" in value]
    now = at(NOON + timedelta(minutes=2))
    found = problems(home, now)
    for key in wrong:
        named = [each for each in found if key in each["message"] and f"trainer undo {key}" in each["hint"]]
        report.check(len(named) == 1, f"check does not name {key}, which is dated a year ahead")
    warned = command(home, "due", env=now).stderr
    report.check(any(key in warned for key in wrong), f"the start does not say how to take it back: {warned!r}")
    mine = drive(home, 1, report.random, "--all", **now)
    newest = [key for key, value in events_in((home / "progress.toml").read_bytes()) if "rating" in value][-1]
    said = command(home, "undo", env=now)
    undo = events_in((home / "progress.toml").read_bytes())[-1][1]
    report.check(undo == {"undo": newest}, f"undo after {mine} took back another: {undo}, {said.stdout}")
    for key in wrong:
        report.check(command(home, "undo", key, env=now).returncode == 0, f"{key} could not be taken back")
    report.check(not problems(home, now), "check still names events that were taken back")
    after = asked_json(home, "cards", env=at(NOON + timedelta(minutes=1)))
    report.check(after == before, "undoing all that was dated ahead does not leave what was before")
    return len(wrong)


def problems(home: Path, env: dict[str, str]) -> list[dict[str, Any]]:
    """Return what check finds."""
    found: list[dict[str, Any]] = asked_json(home, "check", env=env)["problems"]
    return found


def local_day(moment: datetime, zone: str) -> set[date]:
    """Return the days that a moment can belong to: by the wall clock, and by the hours since the day before."""
    local = moment.astimezone(ZoneInfo(zone))
    by_hours = (moment - DAY_START).astimezone(ZoneInfo(zone)).date()
    by_wall = (local.replace(tzinfo=None) - DAY_START).date()
    return {by_wall} if local.hour >= 4 else {by_wall, by_hours}


def zones(report: Report, home: Path, turn: int) -> int:
    """Travel: session after session in other zones, minutes apart."""
    choose = random.Random(report.random.random())
    moment = NOON + timedelta(minutes=choose.randrange(24 * 60), days=turn)
    answers = 0
    for zone in choose.sample(ZONES, 4):
        answers += len(drive(home, 3, choose, "--all", TZ=zone, **at(moment)))
        logged = reviews_in((home / "progress.toml").read_bytes())
        right = logged[-1]["day"] in local_day(moment, zone)
        report.check(right and len(logged) == answers, f"{moment} in {zone}: {len(logged)} reviews, {logged[-1]}")
        expect_sane(report, home, f"{moment} in {zone}", moment)
        moment += timedelta(minutes=choose.randrange(1, 90))
    keys = [key for key, _ in events_in((home / "progress.toml").read_bytes())]
    report.check(keys == sorted(keys), "a change of zone has put keys out of order")
    return answers


def travel(report: Report, home: Path, answers: int = 6) -> int:
    """Change the machine's zone under an open session, back and forth over the date line: its days follow.

    The zone is changed for the child alone, by a mount that only it has. Where that is not allowed this is left out.
    """
    zones = [ZoneInfo("Etc/GMT-14"), ZoneInfo("Etc/GMT+12")]  # so far apart that their days are never the same
    files = [next(each for root in TZPATH if (each := Path(root, zone.key)).exists()) for zone in zones]
    place = home.with_name("localtime")
    place.write_bytes(files[0].read_bytes())
    try:
        child = Plain(home, "--all", env={"TZ": ""}, before=lambda: mount_zone(place))
    except subprocess.SubprocessError:
        report.say("left out: a change of zone in a session: this machine allows no mounts")
        return 0
    child.prompt()
    for turn in range(answers):
        place.write_bytes(files[turn % 2].read_bytes())
        os.utime(place, (turn, turn))  # seconds tell the system that it is another
        child.answer_and_send(report.random, "good")
        child.prompt()
    child.leave()
    reviews = reviews_in((home / "progress.toml").read_bytes())
    days = [review["day"] for review in reviews]
    now = datetime.now(UTC)
    right = [date.fromordinal((now.astimezone(zones[turn % 2]) - DAY_START).toordinal()) for turn in range(answers)]
    report.check(days == right, f"a zone changed in a session: the days are {days}, not {right}")
    expect_sane(report, home, "a zone changed in a session", now)
    keys = [key for key, _ in events_in((home / "progress.toml").read_bytes())]
    report.check(keys == sorted(keys), "a zone changed in a session: keys are out of order")
    return len(days)


def mount_zone(place: Path) -> None:
    """Let this process alone have another file in the place of the machine's zone. Raises OSError."""
    system = ctypes.CDLL(None, use_errno=True)
    if system.unshare(NEW_MOUNTS):
        raise OSError(ctypes.get_errno(), "unshare")
    for source, target, flags in ((b"none", b"/", PRIVATE), (bytes(place), b"/etc/localtime", BIND)):
        if system.mount(source, target, None, flags, None):
            raise OSError(ctypes.get_errno(), "mount")


def switch(report: Report, home: Path, zone: str, moment: datetime) -> int:
    """Answer every half hour through the night in which summer time begins or ends, in one session."""
    zone_before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        clock = FixedClock(moment - timedelta(hours=6))
        session = Session(Collection(Home(home), clock), limits=Limits(practise_all=True))
        days: list[date] = []
        for _ in range(26):
            question = session.current
            if not report.check(question is not None, f"{zone}: nothing is asked at {clock.now()}"):
                break
            assert question
            event = session.grade(session.outcomes(set(question.asked))[Rating.GOOD])
            report.check(event.day in local_day(clock.now(), zone), f"{zone}, {clock.now()}: the day is {event.day}")
            days.append(event.day or date.min)
            clock.move(minutes=30)
    finally:
        os.environ.pop("TZ") if zone_before is None else os.environ.update(TZ=zone_before)
        time.tzset()
    changes = sum(one != other for one, other in pairwise(days))
    report.check(days == sorted(days) and changes == 1, f"{zone} around {moment}: the days are {days}")
    expect_sane(report, home, f"{zone} around {moment}", clock.now())
    return len(days)


if __name__ == "__main__":
    main(work, 6)

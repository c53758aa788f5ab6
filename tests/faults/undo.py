"""Anything taken back and brought back, in one process after another on two machines: as if it had not been."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from harness import Ended, Report, asked_json, card_id, command, events_in, main, make_home
from plain import Plain, drive

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
IMPORTED = """\
20261120T080000000Z-eeee01 = { import = "geo.apkg", deck = "Faults", cards = 2, reviews = 2 }
20250301T181500000Z-eeee01 = { card = "card-010", day = 2025-03-01, rating = "good", import = "20261120T080000000Z-eeee01", source = "anki:1" }
20250401T181500000Z-eeee01 = { card = "card-011", day = 2025-04-01, rating = "again", import = "20261120T080000000Z-eeee01", source = "anki:2" }
"""  # noqa: E501
Event = tuple[str, dict[str, Any]]


class Time:
    """A clock for one command after another."""

    def __init__(self) -> None:
        self._moment = START

    def next(self) -> dict[str, str]:
        """Return the environment in which it is some minutes later than before."""
        self._moment += timedelta(minutes=7)
        return {"TRAINER_NOW": self._moment.isoformat()}


def work(report: Report, folder: Path, times: int) -> str:
    """Make a home with an act of every kind; take back and bring back at random on it and on a copy."""
    taken = sum(one(report, folder / str(turn)) for turn in range(times))
    return f"{taken} acts of every kind taken back or brought back on two machines, each time as if it had not been"


def one(report: Report, folder: Path, acts: int = 14) -> int:
    """Do so once; return how much was taken or brought back."""
    time = Time()
    home = make_home(folder / "home", 14)
    acted(report, home, time)
    homes = [home, Path(shutil.copytree(home, folder / "other", ignore=shutil.ignore_patterns("backups")))]
    for number in range(acts):
        there = report.random.choice(homes)
        events = [(key, event) for key, event in logged(there) if "question" not in event]
        key = report.random.choice([key for key, _ in events if key not in gone(events)])
        call = ["undo"] if report.random.random() < 0.2 else ["undo", key]
        done = command(there, *call, env=time.next())
        fine = done.returncode == 0 or "could be taken back" in done.stderr
        report.check(fine, f"{call} of {dict(events).get(key)}: {done.stdout}{done.stderr}")
        if number % 4 == 3:
            together(report, homes, time)
    together(report, homes, time)
    now = time.next()
    expected = asked_json(never_done(homes[0], folder / "never"), "cards", env=now)
    for each in homes:
        cards = asked_json(each, "cards", env=now)
        different = [one["id"] for one, other in zip(cards, expected, strict=True) if one != other]
        report.check(not different, f"{each.name}: {different} are not as if what was taken back had not been")
    return acts


def acted(report: Report, home: Path, time: Time) -> None:
    """Do everything that can be taken back."""
    drive(home, 8, report.random, "--all", **time.next())
    child = Plain(home, "--all", env=time.next())
    try:
        child.prompt()
        child.send("suspend")
        child.prompt()
        child.answer_and_send(report.random)
        child.prompt()
    except Ended:
        pass
    child.leave()
    imported = home / "imported.toml"
    imported.write_text(IMPORTED, encoding="utf-8")
    deck = home / "decks" / "deck.toml"
    deck.write_text(deck.read_text(encoding="utf-8").replace('"card-002"', '"known-002"'), encoding="utf-8")
    for call in (("bury", card_id(4)), ("reset", card_id(1)), ("merge", str(imported))):
        done = command(home, *call, env=time.next())
        report.check(done.returncode == 0, f"{call}: {done.stderr}")
    drive(home, 2, report.random, "--all", **time.next())
    kinds = {
        next(iter({"rating", "suspend", "bury", "reset", "was", "import"} & set(event)), "")
        for _, event in logged(home)
    }
    report.check(len(kinds - {""}) == 6, f"not everything was done: {kinds}")


def logged(home: Path) -> list[Event]:
    """Return the events of a home's log."""
    return events_in((home / "progress.toml").read_bytes())


def gone(events: list[Event]) -> set[str]:
    """Return the keys of what does not count: an event that a counting undo names, or the import it came with.

    Taking a renaming back takes every equal one back.
    """
    values = dict(events)
    undos = {key: event["undo"] for key, event in events if "undo" in event}
    counting = {key for key in undos if _counts(key, undos)}
    named = {undos[key] for key in counting}
    renamings = {_renaming(values[key]) for key in named if key in values} - {None}
    return {
        key
        for key, event in events
        if key in named or event.get("import") in named or ("was" in event and _renaming(event) in renamings)
    }


def _counts(undo: str, undos: dict[str, str]) -> bool:
    return not any(target == undo and _counts(key, undos) for key, target in undos.items())


def _renaming(event: dict[str, Any]) -> tuple[str, str, str] | None:
    return (event["card"], event.get("point", ""), event["was"]) if "was" in event else None


def together(report: Report, homes: list[Path], time: Time) -> None:
    """Bring both logs together."""
    for here, there in (homes, reversed(homes)):
        done = command(here, "merge", str(there), env=time.next())
        report.check(done.returncode == 0, f"merge: {done.stderr}")


def never_done(home: Path, copy: Path) -> Path:
    """Copy a home without what was taken back, and without the undos."""
    lost = gone(logged(home))
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("cache", "backups"))
    lines = (home / "progress.toml").read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if line.split(" ")[0] not in lost and "= { undo =" not in line]
    (copy / "progress.toml").write_text("\n".join(kept), encoding="utf-8")
    return copy


if __name__ == "__main__":
    main(work, 2)

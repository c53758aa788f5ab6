"""The cache deleted, spoilt, cut, grown old or from another home, between any two commands: no output changes."""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random

from harness import Answer, Report, card_id, command, main, make_home, write_deck
from plain import drive

NOW = {"TRAINER_NOW": "2026-11-25T12:00:00+00:00"}
COMMANDS = (
    *(("due", "--json"), ("cards", "--json"), ("decks", "--json"), ("log",), ("check", "--json")),
    *(("due",), ("stats", "--json"), ("card", card_id(1)), ("cards", "makes", "p1"), ("log", card_id(2))),
)
IN_STEP: tuple[tuple[str, ...], ...] = (
    *(
        ("review",),
        ("due",),
        ("undo",),
        ("bury", card_id(7)),
        ("review",),
        ("merge", "other.toml"),
        ("stats", "--json"),
    ),
    *(
        ("reset", card_id(1)),
        ("rename", "Faults", "Old"),
        ("split", "New", card_id(3), card_id(4)),
        ("decks", "--json"),
    ),
    *(("import", "more.toml"), ("reword",), ("review",), ("undo",), ("cards", "--json"), ("workload", "--json")),
    *(("move", "New", card_id(9)), ("delete", card_id(10)), ("review",), ("tune", "--dry-run"), ("log",)),
    *(("join", "All", "Old", "New"), ("export", "All", "out.csv"), ("merge", "other.toml"), ("restore",), ("check",)),
)
"""What two homes go through, one after the other."""
Treatment = Callable[[Path, "Caches"], None]


class Caches:
    """Where other caches to put in the place of one's own come from."""

    def __init__(self, choose: Random, folder: Path) -> None:
        self.choose = choose
        self.old, self.foreign = folder / "old-cache", folder / "foreign" / "cache"


def files_of(cache: Path) -> list[Path]:
    """Return all files in a cache."""
    return sorted(path for path in cache.rglob("*") if path.is_file())


def leave(_cache: Path, _caches: Caches) -> None:
    """Leave it as the last command left it."""


def delete(cache: Path, _caches: Caches) -> None:
    """Delete all of it."""
    shutil.rmtree(cache, ignore_errors=True)


def delete_one(cache: Path, caches: Caches) -> None:
    """Delete one file of it."""
    if files := files_of(cache):
        caches.choose.choice(files).unlink()


def fill(cache: Path, caches: Caches) -> None:
    """Put random bytes in the place of each file."""
    for path in files_of(cache):
        path.write_bytes(caches.choose.randbytes(path.stat().st_size))


def flip(cache: Path, caches: Caches) -> None:
    """Flip a bit of each file."""
    for path in files_of(cache):
        data = bytearray(path.read_bytes())
        if data:
            data[caches.choose.randrange(len(data))] ^= 1 << caches.choose.randrange(8)
        path.write_bytes(data)


def cut(cache: Path, caches: Caches) -> None:
    """Cut each file anywhere, also to nothing."""
    for path in files_of(cache):
        data = path.read_bytes()
        path.write_bytes(data[: caches.choose.choice([0, len(data) // 2, max(0, len(data) - 1)])])


def swap(cache: Path, _caches: Caches) -> None:
    """Give each file the contents of the next."""
    files = files_of(cache)
    for path, data in zip(files, [path.read_bytes() for path in files[1:] + files[:1]], strict=True):
        path.write_bytes(data)


def put(cache: Path, other: Path) -> None:
    """Put another cache in the place of this one."""
    shutil.rmtree(cache, ignore_errors=True)
    if other.is_dir():
        shutil.copytree(other, cache)


def old(cache: Path, caches: Caches) -> None:
    """Put an older cache of the same home."""
    put(cache, caches.old)


def foreign(cache: Path, caches: Caches) -> None:
    """Put the cache of another home."""
    put(cache, caches.foreign)


def some_foreign(cache: Path, caches: Caches) -> None:
    """Put one file of another home's cache among its own."""
    if files := files_of(caches.foreign):
        path = caches.choose.choice(files)
        place = cache / path.relative_to(caches.foreign)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def aged(cache: Path, caches: Caches) -> None:
    """Let it be of a version before, which kept other things: a table less, another column."""
    for path in cache.glob("*.db"):
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as tables, tables:
            names = [name for (name,) in tables.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            tables.execute("UPDATE meta SET value = '0.0.1 ' || value WHERE name = 'version'")
            lost, changed = caches.choose.sample([name for name in names if name != "meta"], 2)
            tables.execute(f"DROP TABLE {lost}")
            tables.execute(f"ALTER TABLE {changed} ADD COLUMN of_old")


def blocked(cache: Path, _caches: Caches) -> None:
    """Put a file where the folder should be."""
    shutil.rmtree(cache, ignore_errors=True)
    cache.write_bytes(b"no folder")


TREATMENTS = (leave, delete, delete_one, fill, flip, cut, swap, old, aged, foreign, some_foreign, blocked)


def work(report: Report, folder: Path, times: int) -> str:
    """Treat the cache before each command, between changes to the log and the decks."""
    home = make_home(folder / "home")
    caches = Caches(report.random, folder)
    drive(home, 12, report.random, "--all", TRAINER_NOW="2026-11-21T12:00:00+00:00")
    there = (home / "cache").is_dir()
    put(caches.old, home / "cache")
    other = make_home(folder / "foreign", 50, first=10)
    drive(other, 9, report.random, "--all", TRAINER_NOW="2026-11-21T13:00:00+00:00")
    command(other, "cards", env=NOW)
    compared = 0
    for turn in range(times):
        change(report, home, turn)
        expected = without_cache(home, folder / "bare")
        for treat in TREATMENTS if there else (leave,):
            for call in report.random.sample(COMMANDS, len(COMMANDS) if treat is leave else 3):
                treat(home / "cache", caches)
                done = command(home, *call, env=NOW)
                compared += 1
                same = (done.stdout, done.returncode) == expected[call]
                report.check(same, f"turn {turn}, cache: {treat.__name__}: {' '.join(call)} says something else")
                if (home / "cache").is_file():
                    (home / "cache").unlink()
        command(home, "due", env=NOW)  # so that the next change finds a cache that was right before it
    compared += in_step(report, folder)
    treated = f"{len(TREATMENTS)} treatments" if there else "this version has no cache, so nothing was done to it"
    return f"{compared} outputs after {times} changes, equal to those without a cache; {treated}"


def without_cache(home: Path, bare: Path) -> dict[tuple[str, ...], tuple[str, int]]:
    """Return what every command says of the same home without its cache."""
    said: dict[tuple[str, ...], tuple[str, int]] = {}
    for call in COMMANDS:
        shutil.rmtree(bare, ignore_errors=True)
        shutil.copytree(home, bare, ignore=shutil.ignore_patterns("cache", "backups"))
        done = command(bare, *call, env=NOW)
        said[call] = (done.stdout, done.returncode)
    return said


def in_step(report: Report, folder: Path) -> int:
    """Let two homes go through the same commands, one without its cache each time; they say and hold the same."""
    homes = [make_home(folder / name, 20) for name in ("with", "without")]
    other = make_home(folder / "elsewhere", 20)
    drive(other, 6, report.random, "--all", TRAINER_NOW="2026-11-20T12:00:00+00:00")
    for home in homes:
        shutil.copyfile(other / "progress.toml", home / "other.toml")
        write_deck(home / "more.toml", range(30, 33), "More")
    for number, call in enumerate(IN_STEP):
        seed, now = report.random.random(), f"2026-11-23T12:{number:02d}:00+00:00"
        delete(homes[1] / "cache", Caches(report.random, folder))
        said = [in_words(home, done(home, call, Random(seed), now)) for home in homes]
        report.check(said[0] == said[1], f"{' '.join(call)} says with a cache {said[0]!r}, without one {said[1]!r}")
    logs = [in_words(home, (home / "progress.toml").read_text(encoding="utf-8")) for home in homes]
    report.check(logs[0] == logs[1], "two homes that went through the same have other logs")
    decks = [{path.name: path.read_bytes() for path in (home / "decks").iterdir()} for home in homes]
    report.check(decks[0] == decks[1], "two homes that went through the same have other decks")
    return len(IN_STEP)


def done(home: Path, call: tuple[str, ...], choose: Random, now: str) -> tuple[object, ...]:
    """Do one thing with a home; return all that was said."""
    if call == ("review",):
        given: list[Answer] = drive(home, 4, choose, "--all", TRAINER_NOW=now)
        return tuple(given)
    if call == ("reword",):
        deck = home / "decks" / "deck.toml"
        deck.write_text(
            deck.read_text(encoding="utf-8").replace('id = "card-00', 'id = "known-00', 3), encoding="utf-8"
        )
        return ()
    files = [str(home / each) if each.endswith((".toml", ".csv")) else each for each in call]
    ran = command(home, *files, env={"TRAINER_NOW": now})
    return ran.stdout, ran.stderr, ran.returncode


def in_words(home: Path, said: object) -> str:
    """Return what was said, but for what tells one home from another: where it is, and how it signs its lines."""
    return re.sub(r"(\d{9}Z-)[0-9a-f]{6}", r"\1", str(said).replace(str(home), "HOME"))


def change(report: Report, home: Path, turn: int) -> None:
    """Change log or decks, in ways that a cache must notice."""
    log, deck = home / "progress.toml", home / "decks" / "deck.toml"
    before = log.stat()
    match turn % 5:
        case 0:
            drive(home, 2, report.random, "--all", TRAINER_NOW=f"2026-11-22T12:{turn:02d}:00+00:00")
        case 1:  # of the same size and time, and other contents
            data = log.read_bytes()
            log.write_bytes(data.replace(b'rating = "good"', b'rating = "hard"'))
        case 2:
            header, *lines = log.read_bytes().splitlines(keepends=True)
            log.write_bytes(header + b"".join(lines[: len(lines) // 2] + lines[len(lines) // 2 + 1 :]))
        case 3:
            command(home, "undo", env=NOW)
        case _:
            text = deck.read_text(encoding="utf-8")
            stat = deck.stat()
            deck.write_text(text.replace("asks something", "asks anything!", 3), encoding="utf-8")
            os.utime(deck, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    if turn % 5 == 1:
        os.utime(log, ns=(before.st_atime_ns, before.st_mtime_ns))


if __name__ == "__main__":
    main(work, 5)

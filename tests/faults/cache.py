"""The cache deleted, spoilt, cut, grown old or from another home, between any two commands: no output changes."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from harness import Report, command, drive, main, make_home

NOW = {"TRAINER_NOW": "2026-11-25T12:00:00+00:00"}
COMMANDS = (("due", "--json"), ("cards", "--json"), ("decks", "--json"), ("log",), ("check", "--json"))
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


def blocked(cache: Path, _caches: Caches) -> None:
    """Put a file where the folder should be."""
    shutil.rmtree(cache, ignore_errors=True)
    cache.write_bytes(b"no folder")


TREATMENTS = (leave, delete, delete_one, fill, flip, cut, swap, old, foreign, some_foreign, blocked)


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

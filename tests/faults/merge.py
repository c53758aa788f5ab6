"""`trainer merge` and `trainer restore`: adding, never overwriting, the same in whatever order and however often."""

import shlex
import shutil
from pathlib import Path
from typing import Any

from harness import NOON, Report, asked_json, command, events_in, main, make_home, write_deck
from plain import drive
from terminal import App

NOW = {"TRAINER_NOW": "2026-12-24T12:00:00+00:00"}
LATER_KIND = b'20261121T235900000Z-dddd01 = { card = "card-001", teleport = "K\xc3\xb6ln" } # of another version\n'
COPIES = ("progress.sync-conflict-20261122-101112-ABCDEFG.toml", "progress (Ann's conflicted copy 2026-11-23).toml")
"""How Syncthing and Dropbox name theirs."""
TORN = b'20261121T235901000Z-dddd01 = { card = "card-0'


def work(report: Report, folder: Path, times: int) -> str:
    """Merge three copies in every order; then restore what was deleted."""
    merges = sum(merged(report, folder / f"merge-{turn}") for turn in range(times))
    offered = copies(report, folder / "copies")
    back = restored(report, folder / "restore")
    return f"{merges} merges of 3 copies in every order, all to equal cards; {offered} conflict copies offered; {back}"


def merged(report: Report, folder: Path) -> int:
    """Let three copies of a home grow apart, and merge them in different orders."""
    base = make_home(folder / "base")
    drive(base, 6, report.random, "--all", TRAINER_NOW=NOON)
    copies = {name: Path(shutil.copytree(base, folder / name)) for name in "abc"}
    for day, home in enumerate(copies.values(), 22):
        drive(home, 8, report.random, "--all", TRAINER_NOW=f"2026-11-{day}T12:00:00+00:00")
        command(home, "undo", env={"TRAINER_NOW": f"2026-11-{day}T12:05:00+00:00"})
    with (copies["b"] / "progress.toml").open("ab") as file:
        file.write(LATER_KIND + TORN)
    texts = {name: (home / "progress.toml").read_bytes() for name, home in copies.items()}
    union = {line for text in texts.values() for line in text.removesuffix(TORN).split(b"\n") if line}
    results: dict[str, Any] = {}
    count = 0
    for order in ("abc", "acb", "bac", "bca", "cab", "cba", "abcabc", "aabbcc"):
        home = Path(shutil.copytree(copies[order[0]], folder / order))
        log = home / "progress.toml"
        for number, name in enumerate(order[1:]):
            before = log.read_bytes().removesuffix(TORN)
            source = copies[name] if number % 2 else copies[name] / "progress.toml"
            done = command(home, "merge", str(source), env=NOW)
            count += 1
            report.check(done.returncode == 0, f"merge {order}, {name}: {done.stderr}")
            report.check(log.read_bytes().startswith(before), f"merge {order}, {name}: lines were changed")
            report.check(
                (copies[name] / "progress.toml").read_bytes() == texts[name],
                f"merge {order}: changed its source {name}",
            )
        data = log.read_bytes()
        lines = [line for line in data.removesuffix(TORN).split(b"\n") if line]
        report.check(set(lines) >= union, f"merge {order}: not there: {list(union - set(lines))[:2]}")
        events = events_in(data.removesuffix(TORN))
        report.check(len(dict(events)) == len(events), f"merge {order}: an event stands twice")
        results[order] = asked_json(home, "cards", env=NOW)
    different = [order for order, cards in results.items() if cards != results["abc"]]
    report.check(not different, f"merges in the orders {different} give other cards than abc")
    return count


def copies(report: Report, folder: Path) -> int:
    """Leave conflict copies beside the log as sync programs do: commands name each, the app merges them."""
    base = make_home(folder / "base")
    drive(base, 4, report.random, "--all", TRAINER_NOW=NOON)
    home = Path(shutil.copytree(base, folder / "home"))
    drive(home, 3, report.random, "--all", TRAINER_NOW="2026-11-22T12:00:00+00:00")
    union = {line for line in (home / "progress.toml").read_bytes().split(b"\n") if line}
    paths = [home / name for name in COPIES]
    for day, path in enumerate(paths, 22):
        other = Path(shutil.copytree(base, folder / f"other-{day}"))
        drive(other, 2, report.random, "--all", TRAINER_NOW=f"2026-11-{day}T13:00:00+00:00")
        union |= {line for line in (other / "progress.toml").read_bytes().split(b"\n") if line}
        shutil.copyfile(other / "progress.toml", path)
    said = command(home, "due", env=NOW).stderr
    for path in paths:
        report.check(f"`trainer merge {shlex.quote(str(path))}`" in said, f"{path.name} is not offered: {said!r}")
    app = App(home, env=NOW)
    try:
        for path in sorted(paths):
            app.wait_for(f"{path.name} holds 2 answers that are not in your log")
            app.press("m")
            app.wait_until(lambda _, name=path.name: f"{name} holds" not in app.said)  # type: ignore[misc]
    finally:
        app.end()
    there = {line for line in (home / "progress.toml").read_bytes().split(b"\n") if line}
    report.check(there == union, f"conflict copies: {len(union - there)} lines are not there after m and m")
    report.check(command(home, "due", env=NOW).stderr == "", "conflict copies are offered though all of them is there")
    report.check(all(path.exists() for path in paths), "a conflict copy was deleted")
    return len(paths)


def restored(report: Report, folder: Path) -> str:
    """Delete things that a backup has, write on, and restore: what is missing comes back, the rest stays."""
    home = make_home(folder, 20)
    decks = home / "decks"
    write_deck(decks / "second.toml", range(100, 110), "Second")
    for day in (21, 22, 23):
        drive(home, 5, report.random, "--all", TRAINER_NOW=f"2026-11-{day}T12:00:00+00:00")
    backups = sorted(path for path in (home / "backups").iterdir() if path.is_file())
    report.check(len(backups) == 3, f"three days with answers have left the backups {[b.name for b in backups]}")
    held = (home / "progress.toml").read_bytes()
    listed = command(home, "restore", env=NOW)
    report.check(listed.returncode == 0 and bool(listed.stdout.strip()), f"nothing is listed: {listed}")
    names = [line.split()[0] for line in listed.stdout.splitlines() if line.strip() and "2026" in line.split()[0]]
    report.check(len(names) >= len(backups), f"restore lists {names}")
    newest = max(names, default=backups[-1].name)

    (home / "progress.toml").unlink()
    (decks / "second.toml").unlink()
    edited = (decks / "deck.toml").read_text(encoding="utf-8") + "\n# mine\n"
    (decks / "deck.toml").write_text(edited, encoding="utf-8")
    mine = drive(home, 2, report.random, "Faults", "--all", **NOW)
    before = (home / "progress.toml").read_bytes()
    for again in ("", " again"):
        done = command(home, "restore", newest, env=NOW)
        report.check(done.returncode == 0, f"restore {newest}{again}: {done.stderr}")
        data = (home / "progress.toml").read_bytes()
        report.check(data.startswith(before), f"restore{again}: lines were changed")
        kept = dict(events_in(data))
        report.check(len(kept) == len(events_in(data)), f"restore{again}: an event stands twice")
        # A backup is made at the first append of its day: what came before that day is in it.
        sure = {key for key, _ in events_in(held) if key < "20261123"}
        report.check(sure <= kept.keys(), f"restore{again}: {len(sure - kept.keys())} events did not come back")
        report.check((decks / "second.toml").exists(), f"restore{again}: a deck did not come back")
        report.check(
            (decks / "deck.toml").read_text(encoding="utf-8") == edited, f"restore{again}: a deck is overwritten"
        )
    strange = command(home, "restore", "no-such-backup", env=NOW)
    report.check(strange.returncode in (1, 2), f"restore of no backup: exit {strange.returncode}")
    return f"{len(kept)} events after restoring {newest} beside {len(mine)} new answers, no file overwritten"


if __name__ == "__main__":
    main(work, 2)

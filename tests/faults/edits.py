"""The log edited by hand, sorted, joined, with foreign line ends, or replaced under an open session."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from harness import NOON, Answer, Report, asked_json, command, events_in, main, make_home, reviews_in
from plain import Plain, drive
from terminal import App

BOM = b"\xef\xbb\xbf"
NOW = {"TRAINER_NOW": NOON}
LATER = {"TRAINER_NOW": "2026-11-24T12:00:00+00:00"}
FOREIGN = (
    '20261122T080000000Z-bbbb01 = { card = "card-050", day = 2026-11-22, rating = "good", due = 2026-11-25, mood = 3}\n'
    '20261122T080000001Z-bbbb01 = { card = "card-051", teleport = "Köln" }\n'
    "20261122T080000002Z-bbbb01 = { moons = [1, { two = 2021-01-01T00:00:00Z }], undo = 7 } # of a later version\n"
).encode()
Edit = Callable[[bytes], bytes]
Begin = Callable[[Report, Path, Iterable[int]], Iterator[list[Answer]]]


def lines_of(data: bytes) -> list[bytes]:
    """Return the lines of a log, without their ends."""
    return data.removesuffix(b"\n").split(b"\n")


def put(lines: list[bytes], end: bytes = b"\n") -> bytes:
    """Return lines as one file."""
    return b"".join(line + end for line in lines)


EDITS: dict[str, Edit] = {
    "sort": lambda data: put(sorted(lines_of(data))),
    "sort -r": lambda data: put(sorted(lines_of(data), reverse=True)),
    "sort -u of it twice": lambda data: put(sorted(set(lines_of(data + data)))),
    "CRLF": lambda data: put(lines_of(data), b"\r\n"),
    "CRLF in some lines": lambda data: b"".join(
        line + (b"\r\n" if number % 3 else b"\n") for number, line in enumerate(lines_of(data))
    ),
    "a BOM": lambda data: BOM + data,
    "a BOM and CRLF": lambda data: BOM + put(lines_of(data), b"\r\n"),
    "no header": lambda data: put(lines_of(data)[1:]),
    "a BOM before the first event": lambda data: BOM + put(lines_of(data)[1:]),
    "the header at the end": lambda data: put(lines_of(data)[1:] + lines_of(data)[:1]),
    "blank lines and notes between": lambda data: put(lines_of(data), b"\n\n# a note\n\t \n"),
    "spaces around": lambda data: put(
        [b"  " + line.replace(b" = {", b"\t=  {", 1) + b" \t" for line in lines_of(data)]
    ),
    "no comments": lambda data: put(
        [line.partition(b" } # ")[0] + b" }" * (b" } # " in line) for line in lines_of(data)]
    ),
    "other comments": lambda data: put([line + " # { so = é".encode() for line in lines_of(data)]),
    "no newline at the end": lambda data: data[:-1],
    "CRLF, and no newline at the end": lambda data: put(lines_of(data), b"\r\n")[:-2],
    "CRLF, cut between the two": lambda data: put(lines_of(data), b"\r\n")[:-1],
    "joined with itself": lambda data: data + data,
    "joined halves, two headers": lambda data: halves(data, b"", b""),
    "joined halves, the first without its newline": lambda data: halves(data, b"", b"", ended=False),
    "joined halves, two BOMs": lambda data: halves(data, BOM, BOM),
    "joined halves, a BOM after no newline": lambda data: halves(data, BOM, BOM, ended=False),
    "joined halves, the second without header": lambda data: put(lines_of(data)[:9])[:-1] + put(lines_of(data)[9:]),
    "joined halves, LF and CRLF": lambda data: halves(data, b"", b"", end=b"\r\n"),
}


def halves(data: bytes, one: bytes, other: bytes, ended: bool = True, end: bytes = b"\n") -> bytes:
    """Join the halves of a log as two files, each with a header, as `cat` does."""
    header, *events = lines_of(data)
    first = put([header, *events[::2]])
    return one + (first if ended else first[:-1]) + other + put([header, *events[1::2]], end)


def work(report: Report, folder: Path, times: int) -> str:
    """Edit in every way; then replace the log under an open session."""
    home = make_home(folder / "home")
    for rating in ("good", "again", "undo"):
        drive(home, 9, report.random, "--all", **NOW) if rating != "undo" else command(home, "undo", env=NOW)
    data = (home / "progress.toml").read_bytes()
    whole = seen(home)
    for name, edit in EDITS.items():
        edited(report, home, name, edit(data), whole, data)
    for _ in range(times):
        deleted(report, home, data)
    kept = {
        name: [replaced(report, make_home(folder / f"{name}-{ours}"), ours, begin) for ours in (True, False)]
        for name, begin in {"a plain session": in_plain, "the app": in_app}.items()
    }
    figures = "; ".join(f"{name}: {' and '.join(each)} kept" for name, each in kept.items())
    return (
        f"{len(EDITS)} edits of {len(events_in(data))} events, {times} with lines deleted; "
        f"replaced under {figures}, with its lines and without"
    )


def seen(home: Path) -> tuple[Any, ...]:
    """Return all that the trainer says of a home."""
    checked = asked_json(home, "check", env=NOW)
    log = command(home, "log", env=NOW).stdout
    return asked_json(home, "cards", env=NOW), log, checked["events"], checked["problems"]


def edited(report: Report, home: Path, name: str, data: bytes, whole: tuple[Any, ...], before: bytes) -> None:
    """Expect an edited log to say the same, and to take the next answer."""
    log = home / "progress.toml"
    log.write_bytes(data)
    found = seen(home)
    for what, one, other in zip(("cards", "log", "events", "problems"), found, whole, strict=True):
        report.check(one == other, f"{name}: {what} differ: {str(one)[:300] if what in ('events', 'problems') else ''}")
    report.check(log.read_bytes() == data, f"{name}: reading changed the log")
    drive(home, 1, report.random, "--all", **LATER)
    report.check(log.read_bytes().startswith(data.rstrip(b"\r\n")), f"{name}: writing changed what was there")
    events = asked_json(home, "check", env=LATER)["events"]
    added = log.read_bytes()[len(data) :].count(b" = { card")
    report.check(
        events == whole[2] + added, f"{name}: after {added} more lines there are {events} events of {whole[2]}"
    )
    log.write_bytes(before)


def deleted(report: Report, home: Path, data: bytes) -> None:
    """Delete some lines from the middle: the others are all there."""
    header, *events = lines_of(data)
    kept = [line for line in events if report.random.random() < 0.7]
    (home / "progress.toml").write_bytes(put([header, *kept]))
    checked = asked_json(home, "check", env=NOW)
    report.check(checked["events"] == len(kept), f"{len(kept)} lines kept are {checked['events']} events")
    report.check(checked["problems"] == [], f"lines deleted: {checked['problems']}")
    (home / "progress.toml").write_bytes(data)


def in_plain(report: Report, home: Path, counts: Iterable[int]) -> Iterator[list[Answer]]:
    """Answer so many questions in a plain session, time and again."""
    child = Plain(home, "--all", env=LATER)
    child.prompt()
    for count in counts:
        given = []
        for _ in range(count):
            given.append(child.answer_and_send(report.random))
            child.prompt()
        yield given
    child.leave()


def in_app(report: Report, home: Path, counts: Iterable[int]) -> Iterator[list[Answer]]:
    """Do the same in the app on a terminal."""
    app = App(home, "review", "--all", env=LATER)
    asked = [app.next_question()]
    for count in counts:
        given = []
        for _ in range(count):
            given.append(app.answer(asked[-1]))
            app.press("g")
            asked.append(app.next_question(*asked))
        yield given
    app.end()


def replaced(report: Report, home: Path, ours: bool, begin: Begin) -> str:
    """Replace the log under an open session by another machine's, with the session's answers in it or not.

    Nothing of either is lost: also not the answers that this session knows to be saved.
    """
    log = home / "progress.toml"
    drive(home, 4, report.random, "--all", **NOW)
    base = log.read_bytes()
    session = begin(report, home, (3, 2))
    answers = next(session)
    mine = log.read_bytes()[len(base) :]
    synced = home / "synced"
    synced.write_bytes(base + FOREIGN + (mine if ours else b""))
    synced.replace(log)
    for more in session:
        answers += more
    data = log.read_bytes()
    where = f"{home.name}: replaced by a version {'with' if ours else 'without'} our lines"
    report.check(base in data and FOREIGN in data, f"{where}: lines of the other version are gone")
    logged = [Answer.logged(value) for value in reviews_in(data[len(base) :].replace(FOREIGN, b""))]
    missing = [answer for answer in answers if answer not in logged]
    report.check(not missing, f"{where}: {len(missing)} of {len(answers)} answers called saved are not in the log")
    counted = asked_json(home, "check", env=LATER)
    report.check(counted["unknown_events"] == 3, f"{where}: check counts {counted['unknown_events']} unknown events")
    events = len(dict(events_in(data)))
    report.check(counted["events"] == events, f"{where}: check counts {counted['events']} events of {events}")
    return f"{len(answers) - len(missing)} of {len(answers)} answers"


if __name__ == "__main__":
    main(work, 5)

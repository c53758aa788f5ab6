"""Nowhere to write, in the middle of a session: the answer is not called saved, is kept, and is saved at a retry."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

from harness import Answer, Report, command, events_in, injected, main, make_home, rejected_lines, reviews_in
from nowhere import LOST, Fault, bind_root, gone, lost, quota, small_disk, tried
from plain import Plain
from terminal import App

FAILING = ("write", "fsync", "write cut", "fsync cut")
FAILING_CALLS = """
import errno, os, stat
_write, _fsync, _cut = os.write, os.fsync, os.ftruncate
def fault():
    try:
        return open(os.environ["FAULT"]).read()
    except OSError:
        return ""
def is_log(descriptor):
    return os.readlink(f"/proc/self/fd/{descriptor}").endswith("progress.toml")
def write(descriptor, data):
    if "write" in fault() and is_log(descriptor):
        return _write(descriptor, data[: len(data) // 2])
    return _write(descriptor, data)
def fsync(descriptor):
    if "fsync" in fault() and is_log(descriptor):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return _fsync(descriptor)
def ftruncate(descriptor, size):
    if "cut" in fault() and is_log(descriptor):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return _cut(descriptor, size)
os.write, os.fsync, os.ftruncate = write, fsync, ftruncate
"""


def work(report: Report, folder: Path, times: int) -> str:
    """Make each fault in sessions of their own."""
    trials: list[tuple[str, Callable[[], int]]] = [
        ("RLIMIT_FSIZE", lambda: sum(limited(report, folder / f"limit-{turn}", turn) for turn in range(times))),
        ("a full tmpfs", lambda: full_disk(report, folder / "tmpfs")),
        ("a directory gone", lambda: session(report, make_home(folder / "gone"), gone)),
        *((name, lambda name=name: rights_lost(report, folder / name, *LOST[name])) for name in LOST),
        *((f"failing {what}", lambda what=what: failing(report, folder / f"eio-{what}", what)) for what in FAILING),
        ("another's torn line", lambda: torn(report, folder / "torn")),
    ]
    made, answers = tried(report, trials)
    return f"{made}: {answers} answers not saved at first, then by a retry"


def session(report: Report, home: Path, fault: Fault, child: Plain | None = None) -> int:
    """Answer, make the fault, answer, try again in vain, lift it, try again; then go on and look at the log."""
    log = home / "progress.toml"
    child = child or Plain(home, "--all")
    expected: list[Answer] = []
    for rating in ("good", "again", "hard"):
        child.prompt()
        expected.append(child.answer_and_send(report.random, rating))
    tries = asked_anew = 0
    for rating in ("good", "again", "hard"):
        child.prompt()
        before = log.read_bytes()
        answer = child.answer(report.random, rating)
        where = f"{home.name}, {answer}"
        with fault(child, home):
            child.send(child.last)
            _expect_not_saved(report, child, where)
            child.send()
            asked_anew += _retry(child)
            _expect_not_saved(report, child, where)
        tries += 1
        child.send()
        asked_anew += _retry(child)
        saved = child.said
        report.check("Saved: " in saved, f"{where}: not saved when the fault was lifted: {child.errors}")
        expected.append(answer)
        after = log.read_bytes()
        report.check(after.startswith(before), f"{where}: what was in the log has changed")
    report.check(not asked_anew, "Enter tries nothing again: plain asks for the rating anew")
    child.prompt()
    expected.append(child.answer_and_send(report.random))
    child.prompt()
    child.leave()
    data = log.read_bytes()
    logged = [Answer.logged(value) for value in reviews_in(data)]
    report.check(logged == expected, f"{home.name}: {_difference(logged, expected)}")
    report.check(data.endswith(b"\n"), f"{home.name}: the last line is not ended")
    return tries


def _difference(logged: list[Answer], expected: list[Answer]) -> str:
    """Say how the log differs from what was answered."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(logged, expected, strict=False)))
    return f"{len(expected)} answers are {len(logged)} reviews; after {same} there is {logged[same : same + 1]}"


def _retry(child: Plain) -> bool:
    """Wait for what became of trying again; where the rating is asked for once more, give it and return True."""
    if child.prompt() != "grade":
        return False
    child.send(child.last)
    child.prompt()
    return True


def _expect_not_saved(report: Report, child: Plain, where: str) -> None:
    """Expect that the answer is kept, and that the user is told at once."""
    kind = child.prompt()
    report.check(kind == "retry", f"{where}: the next prompt is {kind}")
    report.check("Saved" not in child.said, f"{where}: called saved")
    report.check("not saved" in child.errors.casefold(), f"{where}: the error does not say so: {child.errors!r}")


def limited(report: Report, folder: Path, turn: int) -> int:
    """Let the file grow by a few bytes only."""
    return session(report, make_home(folder), quota(report.random.randrange(1, 120) if turn else 0))


def full_disk(report: Report, folder: Path) -> int:
    """Fill a small disk to its last byte."""
    with small_disk(folder) as (home, fault):
        return session(report, home, fault)


def rights_lost(report: Report, home: Path, name: str, mode: int) -> int:
    """Lose permission on a file of the home, or on the home itself."""
    fault = lost(name, mode)
    return session(report, home, fault, Plain(make_home(home), "--all", before=bind_root))


def failing(report: Report, folder: Path, what: str) -> int:
    """Let calls of the system fail: half a line is written, or it cannot be flushed, or not even cut off again."""
    flag = folder.with_suffix(".fault")
    env = injected(folder.with_suffix(".site"), FAILING_CALLS) | {"FAULT": str(flag)}

    @contextmanager
    def fault(_child: Plain | App, _home: Path) -> Iterator[None]:
        flag.write_text(what, encoding="utf-8")
        yield
        flag.unlink()

    home = make_home(folder)
    return session(report, home, fault, Plain(home, "--all", env=env))


def torn(report: Report, folder: Path) -> int:
    """Find what others left behind in the middle of a session: half a line, and a line without its newline."""
    home = make_home(folder)
    log, child = home / "progress.toml", Plain(home, "--all")
    child.prompt()
    child.answer_and_send(report.random)
    whole = b'20261121T130000002Z-aaaa01 = { card = "card-001", bury = 2026-11-25 } # \xc3\xb6'
    for left, kept in ((whole[:30], b""), (whole, whole + b"\n"), (whole[:-1], whole[:-1]), (b"\0" * 99, b"")):
        child.prompt()
        before = log.read_bytes()
        with log.open("ab") as file:
            file.write(left)
        answer = child.answer_and_send(report.random)
        child.prompt()
        after = log.read_bytes()
        report.check(after.startswith(before), f"after {left!r}: what was in the log has changed")
        keys = [key for key, value in events_in(after[len(before) :]) if "question" not in value]
        report.check(len(keys) == 1 + bool(kept), f"after {left!r} and {answer}: the log has {keys}")
        if not kept and left.strip(b"\0"):
            report.check(left in rejected_lines(home), f"{left!r} was cut off without a copy")
    child.leave()
    command(home, "check")
    return 0


if __name__ == "__main__":
    main(work, 12)

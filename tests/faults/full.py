"""Nowhere to write, in the middle of a session: the answer is not called saved, is kept, and is saved at a retry."""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import takewhile
from pathlib import Path

from harness import Answer, Plain, Report, command, events_in, injected, main, make_home, rejected_lines, reviews_in
from terminal import App

DROP, PASSES_OVER = 24, (1, 2)
"""What `prctl` calls dropping a right of root; the two to pass over permissions."""
PAGE, ROOM = 4096, 10
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
Fault = Callable[[Plain, Path], AbstractContextManager[None]]


class Skipped(Exception):
    """The machine does not let us make this fault."""


def work(report: Report, folder: Path, times: int) -> str:
    """Make each fault in sessions of their own."""
    made: list[str] = []
    answers = 0
    trials: list[tuple[str, Callable[[], int]]] = [
        ("RLIMIT_FSIZE", lambda: sum(limited(report, folder / f"limit-{turn}", turn) for turn in range(times))),
        ("a full tmpfs", lambda: full_disk(report, folder / "tmpfs", session)),
        ("a full tmpfs, in the app", lambda: full_disk(report, folder / "tmpfs-app", app_session)),
        ("a directory gone", lambda: session(report, make_home(folder / "gone"), gone)),
        ("a read-only file", lambda: lost(report, folder / "read-only", "progress.toml", 0o444)),
        ("permission lost on the file", lambda: lost(report, folder / "file", "progress.toml", 0)),
        ("permission lost on the folder", lambda: lost(report, folder / "folder", ".", 0)),
        *((f"failing {what}", lambda what=what: failing(report, folder / f"eio-{what}", what)) for what in FAILING),
        ("another's torn line", lambda: torn(report, folder / "torn")),
    ]
    for name, trial in trials:
        try:
            answers += trial()
            made.append(name)
        except Skipped as why:
            report.say(f"left out: {name}: {why}")
    return f"{', '.join(made)}: {answers} answers not saved at first, then by a retry"


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


def app_session(report: Report, home: Path, fault: Callable[[App, Path], AbstractContextManager[None]]) -> int:
    """Do the same in the app."""
    log = home / "progress.toml"
    app = App(home, "review", "--all")
    try:
        first = app.next_question("")
        expected = [app.answer(first)]
        app.press("g")
        second = app.next_question(first)
        before = log.read_bytes()
        expected.append(app.answer(second))
        with fault(app, home):
            app.press("g")
            app.wait_for("ot saved")
            report.check("Saved" not in app.shown, "the app called an answer saved that was not")
            report.check(log.read_bytes().startswith(before), "the app changed the log")
            report.check(len(reviews_in(log.read_bytes())) == 1, "the app left something in the log")
        app.let_go()
        app.press("g")
        third = app.next_question(second)
        report.check("Saved" in app.shown, f"the app does not say that the retry saved {second}, but asks {third}")
    finally:
        app.end()
    logged = [Answer.logged(value) for value in reviews_in(log.read_bytes())]
    report.check(logged == expected, f"{home.name}: {_difference(logged, expected)}")
    return 1


def limited(report: Report, folder: Path, turn: int) -> int:
    """Let the file grow by a few bytes only."""
    room = report.random.randrange(1, 120) if turn else 0

    @contextmanager
    def fault(child: Plain, home: Path) -> Iterator[None]:
        size = (home / "progress.toml").stat().st_size
        unlimited = resource.prlimit(child.child.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(child.child.pid, resource.RLIMIT_FSIZE, (size + room, unlimited[1]))
        yield
        resource.prlimit(child.child.pid, resource.RLIMIT_FSIZE, unlimited)

    return session(report, make_home(folder), fault)


def full_disk(report: Report, folder: Path, trial: Callable[..., int]) -> int:
    """Fill a small disk to its last byte."""
    folder.mkdir()
    if os.geteuid():
        raise Skipped("only root may mount")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)], capture_output=True).returncode:
        raise Skipped("mount is not allowed here")

    @contextmanager
    def fault(_child: Plain | App, home: Path) -> Iterator[None]:
        log, filler = home / "progress.toml", folder / "filler"
        with log.open("ab") as file:  # so that its last page has room for a few bytes only
            file.write(b"#".ljust((-log.stat().st_size - ROOM - 1) % PAGE, b"-") + b"\n")
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(PAGE)):
                pass
        yield
        filler.unlink()

    try:
        home = make_home(folder / "home")
        (home / "cache").touch()  # in the way of a cache, which would give its room to the log
        return trial(report, home, fault)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def gone(_child: Plain, home: Path) -> Iterator[None]:
    """Take the whole folder away."""
    away = home.with_suffix(".away")
    home.rename(away)
    yield
    away.rename(home)


def bind_root() -> None:
    """Give up root's right to pass over permissions, for good once the child runs its program."""
    if not os.geteuid():
        system = ctypes.CDLL(None)
        for right in PASSES_OVER:
            system.prctl(DROP, right, 0, 0, 0)


def lost(report: Report, home: Path, name: str, mode: int) -> int:
    """Lose permission on a file of the home, or on the home itself."""
    if not os.geteuid() and sys.platform != "linux":
        raise Skipped("no permission binds root")

    @contextmanager
    def fault(_child: Plain, home: Path) -> Iterator[None]:
        before = (home / name).stat().st_mode
        (home / name).chmod(mode)
        yield
        (home / name).chmod(before & 0o777)

    return session(report, home, fault, Plain(make_home(home), "--all", before=bind_root))


def failing(report: Report, folder: Path, what: str) -> int:
    """Let calls of the system fail: half a line is written, or it cannot be flushed, or not even cut off again."""
    flag = folder.with_suffix(".fault")
    env = injected(folder.with_suffix(".site"), FAILING_CALLS) | {"FAULT": str(flag)}

    @contextmanager
    def fault(_child: Plain, _home: Path) -> Iterator[None]:
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

"""Nowhere to write under the open app: the answer is kept, tried again at each key, or written to another file."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from harness import Answer, Report, asked_json, command, main, make_home, reviews_in
from nowhere import LOST, Fault, bind_root, gone, lost, quota, small_disk, tried
from plain import Plain
from terminal import App


def work(report: Report, folder: Path, times: int) -> str:
    """Make each fault in an app of its own; then write to other files what cannot be saved."""
    trials: dict[str, Callable[[], int]] = {
        "RLIMIT_FSIZE": lambda: sum(
            session(report, make_home(folder / f"limit-{turn}"), quota(report.random.randrange(1, 120)))
            for turn in range(times)
        ),
        "a full tmpfs": lambda: full_disk(report, folder / "tmpfs"),
        "a directory gone": lambda: session(report, make_home(folder / "gone"), gone),
        **{name: lambda name=name: rights_lost(report, folder / name, *LOST[name]) for name in LOST},  # type: ignore[misc]
        "written elsewhere": lambda: elsewhere(report, folder / "elsewhere"),
    }
    made, answers = tried(report, trials.items())
    return f"{made}: {answers} answers that the app could not save at first, none lost"


def session(report: Report, home: Path, fault: Fault, before: Callable[[], None] | None = None) -> int:
    """Answer, make the fault, answer, try again in vain, lift it, try again; then look at the log."""
    log = home / "progress.toml"
    app = App(home, "review", "--all", before=before)
    try:
        first = app.next_question()
        expected = [app.answer(first)]
        app.press("g")
        second = app.next_question(first)
        expected.append(app.answer(second))
        with fault(app, home):
            app.press("g")
            app.wait_for("ot saved")
            report.check("Saved" not in app.said, f"{home.name}: an answer is called saved that is not")
            report.check("w writes it to another file" in app.said, f"{home.name}: no other file is offered")
            app.let_go()
            app.press("g")
            app.let_go()
            app.press("0")  # which any key but a few does, too
            app.let_go()
        report.check(len(reviews_in(log.read_bytes())) == 1, f"{home.name}: something was left in the log")
        app.press("g")
        third = app.next_question(first, second)
        report.check("Saved" in app.said, f"{home.name}: the retry is not said to have saved it, and {third} is asked")
        expected.append(app.answer(third))
        app.press("g")
        app.next_question(first, second, third)
    finally:
        app.end()
    data = log.read_bytes()
    logged = list(map(Answer.logged, reviews_in(data)))
    report.check(logged == expected, f"{home.name}: {expected} are the reviews {logged}")
    report.check(data.endswith(b"\n"), f"{home.name}: the last line is not ended")
    return 1


def full_disk(report: Report, folder: Path) -> int:
    """Fill a small disk to its last byte."""
    with small_disk(folder) as (home, fault):
        return session(report, home, fault)


def rights_lost(report: Report, home: Path, name: str, mode: int) -> int:
    """Lose permission on a file of the home, or on the home itself."""
    fault = lost(name, mode)
    return session(report, make_home(home), fault, bind_root)


def elsewhere(report: Report, folder: Path) -> int:
    """Write to other files what cannot be saved, line by line and in the app; merge these, and nothing is missing."""
    home, own = make_home(folder / "home"), folder / "own"
    own.mkdir()
    log, chosen = home / "progress.toml", own / "mine.toml"
    expected = [*line_by_line(report, home, chosen), *in_app(report, home, own)]
    files = [chosen, *own.glob("trainer-answers-*.toml")]
    report.check(len(files) == 2, f"elsewhere: the app wrote {files[1:]}")
    there = len(reviews_in(log.read_bytes()))
    report.check(there == len(expected) - 2, f"elsewhere: {there} answers are in the log itself")
    merged = command(home, "merge", *map(str, files))
    report.check(merged.returncode == 0, f"elsewhere: {merged.stderr}")
    logged = Counter(map(Answer.logged, reviews_in(log.read_bytes())))
    report.check(logged == Counter(expected), f"elsewhere: of {expected} the log has {logged}")
    problems = asked_json(home, "check")["problems"]
    report.check(problems == [], f"elsewhere: {problems}")
    return 2


def line_by_line(report: Report, home: Path, chosen: Path) -> list[Answer]:
    """Name a file for the answer that cannot be saved, in a plain session."""
    child = Plain(home, "--all")
    child.prompt()
    given = [child.answer_and_send(report.random)]
    child.prompt()
    given.append(child.answer(report.random))
    with gone(child, home):
        child.send(child.last)
        kind = child.prompt()
        report.check(kind == "retry", f"elsewhere: the next prompt is {kind}")
        child.send(str(chosen))
        child.prompt()
        report.check(f"Written to {chosen}" in child.said, f"elsewhere: plain says {child.said!r}")
    given.append(child.answer_and_send(report.random))
    child.prompt()
    child.leave()
    return given


def in_app(report: Report, home: Path, own: Path) -> list[Answer]:
    """Press `w` for the answer that cannot be saved, in an app whose user has a folder of their own."""
    app = App(home, "review", "--all", env={"HOME": str(own)})
    try:
        first = app.next_question()
        given = [app.answer(first)]
        with quota(7)(app, home):
            app.press("g")
            app.wait_for("writes it to another file")
            app.press("w")
            second = app.next_question(first)
            report.check("Written elsewhere" in app.said, f"elsewhere: the app says {app.shown}")
        given.append(app.answer(second))
        app.press("g")
        app.next_question(first, second)
    finally:
        app.end()
    return given


if __name__ == "__main__":
    main(work, 3)

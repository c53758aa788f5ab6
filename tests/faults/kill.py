"""kill -9 at random moments: every answer whose next question was shown is in the log, and nothing else is."""

import threading
from pathlib import Path
from typing import Any

from harness import Answer, Ended, Report, command, events_in, main, make_home
from plain import Plain
from terminal import App

UNDO = "undo"
PTY_SHARE = 10
"""One kill in so many is of the app on a terminal."""


def work(report: Report, folder: Path, times: int) -> str:
    """Kill sessions on one home after another."""
    home = make_home(folder / "home")
    ledger = Ledger(report, home / "progress.toml")
    on_terminal = max(1, times // PTY_SHARE)
    for _ in range(times - on_terminal):
        ledger.settle(*killed_session(report, home))
    app_home = make_home(folder / "app")
    app_ledger = Ledger(report, app_home / "progress.toml")
    for _ in range(on_terminal):
        app_ledger.settle(*killed_app(report, app_home))
    for each in (home, app_home):
        command(each, "check")
    shown, unfinished = ledger.shown + app_ledger.shown, ledger.unfinished + app_ledger.unfinished
    late = ledger.late + app_ledger.late
    lost, strange = ledger.lost + app_ledger.lost, ledger.strange + app_ledger.strange
    return (
        f"{times} kills ({on_terminal} of the app), {shown:,} answers shown as saved, {lost} lost, "
        f"{strange} half read, {late} saved but not shown yet, {unfinished} unfinished last lines"
    )


def killed_session(report: Report, home: Path) -> tuple[list[Answer | str], Answer | str | None]:
    """Answer until a kill comes; return what was shown as saved, and what was on its way."""
    child = Plain(home, "--all")
    shown: list[Answer | str] = []
    sent: Answer | str | None = None
    killer = None
    try:
        if report.random.random() < 0.9:
            child.prompt()
        killer = threading.Timer(report.random.uniform(0, 0.2), child.child.kill)
        killer.start()
        while True:
            child.prompt()
            if sent:
                shown.append(sent)
                sent = None
            if len(shown) > 2 * shown.count(UNDO) and report.random.random() < 0.1:
                sent = UNDO
                child.send(UNDO)
                continue
            answer = child.answer(report.random)
            sent = answer
            child.send(child.last)
    except Ended:
        pass
    finally:
        if killer:
            killer.join()
        child.child.kill()
        child.wait()
    return shown, sent


def killed_app(report: Report, home: Path) -> tuple[list[Answer | str], Answer | str | None]:
    """Answer in the app until a kill comes; return what was shown as saved, and what was on its way."""
    app = App(home, "review", "--all")
    shown: list[Answer | str] = []
    sent: Answer | str | None = None
    killer = threading.Timer(report.random.uniform(0.7, 2.4), app.kill)
    killer.start()
    last = ""
    try:
        while True:
            last = app.next_question(last)
            if sent:
                shown.append(sent)
                sent = None
            sent = app.answer(last)
            app.press("g")
    except Ended:
        pass
    finally:
        killer.join()
        app.end()
    return shown, sent


class Ledger:
    """A log and what should stand in it: looks at what each session has added."""

    def __init__(self, report: Report, path: Path) -> None:
        self.report = report
        self.path = path
        self.known = b""
        """Whole lines that were there after the last kill."""
        self.standing: list[str] = []
        """The keys of reviews not taken back, in order."""
        self.shown = self.late = self.lost = self.strange = self.unfinished = 0

    def settle(self, shown: list[Answer | str], sent: Answer | str | None) -> None:
        """Compare what was added since the last time with what was answered."""
        self.shown += len(shown)
        data = self.path.read_bytes() if self.path.exists() else b""
        whole, _, tail = data.rpartition(b"\n")
        whole += b"\n" if whole else b""
        self.unfinished += bool(tail)
        self.report.check(whole.startswith(self.known), "lines that were there have changed")
        added = [event for event in events_in(whole[len(self.known) :]) if not self._is_wording(*event)]
        self.known = whole
        expected = [*shown, *([sent] if sent and len(added) > len(shown) else [])]
        self.late += len(expected) - len(shown)
        self.lost += max(0, len(shown) - len(added))
        self.report.check(len(added) == len(expected), f"{len(expected)} answers are {len(added)} events")
        for (key, value), said in zip(added, expected, strict=False):
            self.strange += not self.report.check(self._is(key, value, said), f"{said} is read as {value}")

    def _is_wording(self, key: str, value: dict[str, Any]) -> bool:
        if "question" not in value:
            return False
        number = int(value["card"].removeprefix("card-"))
        whole = value["question"].startswith(f"Q{number:03d} ") and set(value) <= {"card", "question", "points"}
        if not whole or len(value.get("points", ())) != (3 if number % 3 else 0):
            self.strange += 1
            self.report.check(False, f"{key} is no wording of this deck: {value}")
        return True

    def _is(self, key: str, value: dict[str, Any], said: Answer | str) -> bool:
        if said == UNDO:
            return bool(self.standing) and value == {"undo": self.standing.pop()}
        if "rating" not in value or Answer.logged(value) != said:
            return False
        self.standing.append(key)
        return True


if __name__ == "__main__":
    main(work, 200)

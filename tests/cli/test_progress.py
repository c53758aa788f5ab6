"""Progress of a long opening."""

from io import StringIO

import pytest

from trainer.cli.progress import ProgressLine


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Watch:
    """A stopwatch that is set by hand."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize("out", [StringIO(), Terminal()], ids=["pipe", "terminal"])
def test_what_takes_a_moment_says_nothing(out: StringIO) -> None:
    watch = Watch()
    line = ProgressLine(out, watch)
    watch.seconds = 0.9
    line.tell("Reading the log", 0.9)
    line.end()
    assert out.getvalue() == ""


def test_a_pipe_gets_a_line_now_and_then() -> None:
    out, watch = StringIO(), Watch()
    line = ProgressLine(out, watch)
    watch.seconds = 2
    for share in (0.1, 0.2, 0.34, 0.35, 0.5, 0.6, 1.0):
        line.tell("Reading the log", share)
    line.tell("Working out what you know", 0.01)
    line.end()
    assert out.getvalue().splitlines() == [
        "Reading the log: 10%",
        "Reading the log: 35%",
        "Reading the log: 60%",
        "Reading the log: 100%",
        "Working out what you know: 1%",
    ]


def test_a_terminal_gets_one_line_that_fills_up_and_goes() -> None:
    out, watch = Terminal(), Watch()
    line = ProgressLine(out, watch)
    watch.seconds = 2
    line.tell("Reading", 0.5)
    assert out.getvalue() == f"\rReading [{'#' * 15}{'.' * 15}]  50%\x1b[K"
    line.end()
    assert out.getvalue().endswith("\r\x1b[K")
    assert "\n" not in out.getvalue()


def test_a_narrow_terminal_gets_a_shorter_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out, watch = Terminal(), Watch()
    line = ProgressLine(out, watch)
    watch.seconds = 2
    line.tell("Working out what you know", 1.0)
    assert out.getvalue() == f"\rWorking out what you know [{'#' * 6}] 100%\x1b[K"

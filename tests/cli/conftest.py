"""The command line called within the process, on a home of the test's own, at a time that stands still."""

import io
import json
import re
import threading
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from trainer.cli.main import main
from trainer.home import Home

NOW = "2026-11-21T12:00:00+00:00"
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Ran:
    """What a call gave back."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Trainer:
    """`trainer("due", "--json")` runs the command and returns what it said."""

    def __init__(self, home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.setenv("TRAINER_HOME", str(home.folder))
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setattr("trainer.cli.progress.PATIENCE", float("inf"))  # however busy the machine is
        self.at(NOW)

    def at(self, moment: str) -> None:
        """Set the time of the calls to come."""
        self._monkeypatch.setenv("TRAINER_NOW", moment)

    def __call__(self, *call: str, stdin: str | bytes = b"") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        with self._monkeypatch.context() as patch, io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") as source:
            patch.setattr("sys.stdin", source)
            self._capsys.readouterr()
            try:
                code = main(list(call))
            except SystemExit as stopped:  # argparse, after --help and --version
                code = stopped.code if isinstance(stopped.code, int) else 1
        for thread in threading.enumerate():
            if thread.name == "backup":
                thread.join()  # which a process waits for at its end
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    def json(self, *call: str) -> Any:
        """Run a command that must succeed in silence, and return its document."""
        ran = self(*call, "--json")
        assert (ran.code, ran.err) == (0, "")
        return ran.json

    def review(self, *answers: str, call: tuple[str, ...] = ()) -> Ran:
        """Run a session line by line, with these lines as the input."""
        return self("review", "--plain", *call, stdin="".join(f"{line}\n" for line in answers))

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the log's events by key, each line read as TOML on its own."""
        if not self.home.log.exists():
            return []
        lines = self.home.log.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# trainer progress 1.")
        return [pair for line in lines[1:] for pair in tomllib.loads(line).items()]

    def reviews(self) -> list[dict[str, Any]]:
        """Return the review lines of the log, also those taken back."""
        return [value for _, value in self.events() if "rating" in value]

    def files(self) -> dict[str, bytes]:
        """Return what every file of the home holds, but for the cache."""
        folder = self.home.folder
        paths = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in paths.items() if not name.startswith("cache")}

    def log(self, *lines: str) -> None:
        """Write a log of these events."""
        self.home.log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Trainer:
    """The command line on a home that is not there yet."""
    return Trainer(Home(tmp_path / "fresh"), monkeypatch, capsys)


@pytest.fixture
def trainer(
    home: Home, write_deck: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Trainer:
    """The command line on a home with the deck of capitals: `france` of three points, `spain` without."""
    write_deck()
    return Trainer(home, monkeypatch, capsys)


@pytest.fixture
def bare(home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Trainer:
    """The command line on a home without decks."""
    return Trainer(home, monkeypatch, capsys)


@pytest.fixture
def controls() -> re.Pattern[str]:
    """What no output may hold: control characters but newline and tab, and overrides of the direction."""
    return CONTROLS

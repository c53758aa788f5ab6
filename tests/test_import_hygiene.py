"""What each entry point imports: cheap commands stay cheap."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trainer.home import Home

HEAVY = {"textual", "rich", "fsrs_rs_python", "rapidfuzz"}
AS_A_MODULE = """
import atexit, runpy, sys
atexit.register(lambda: print("", "MODULES", *sys.modules, sep="\\n", file=sys.stderr))
runpy.run_module("trainer", run_name="__main__", alter_sys=True)
"""


def imported(*call: str, home: Path | None, code: str = AS_A_MODULE, **environment: str) -> set[str]:
    """Run the command, or other code, in a process of its own; return the modules it held at its end."""
    clean = {name: value for name, value in os.environ.items() if name not in ("TRAINER_HOME", "TRAINER_NOW")}
    if home is not None:
        clean["TRAINER_HOME"] = str(home)
    done = subprocess.run(
        [sys.executable, "-c", code, *call],
        env={**clean, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return set(done.stderr.partition("\nMODULES\n")[2].splitlines())


@pytest.fixture
def folder(home: Home) -> Path:
    """A home with a deck and a review."""
    folder = home.folder
    (folder / "decks" / "one.toml").write_text('[[cards]]\nid = "a"\nquestion = "Q"\nanswer = "A"\n')
    (folder / "progress.toml").write_text(
        '20261121T100000000Z-aaaa00 = { card = "a", day = 2026-11-21, rating = "good", due = 2026-11-23 }\n'
    )
    return folder


def test_importing_the_package_imports_nothing_of_it(tmp_path: Path) -> None:
    code = "import trainer, sys; print('', 'MODULES', *sys.modules, sep='\\n', file=sys.stderr)"
    modules = imported(home=tmp_path, code=code)
    assert "trainer" in modules
    assert {module for module in modules if module.startswith("trainer.")} == set()
    assert not modules & {*HEAVY, "fsrs", "platformdirs"}


@pytest.mark.parametrize("call", [["--version"], ["--help"], ["home"]], ids=" ".join)
def test_a_call_that_opens_no_home_imports_no_scheduler(folder: Path, call: list[str]) -> None:
    modules = imported(*call, home=folder)
    assert "trainer.cli.main" in modules
    assert not modules & {*HEAVY, "fsrs", "platformdirs", "trainer.collection.collection"}


@pytest.mark.parametrize("call", [["due"], ["check"], ["undo"], ["review", "--plain"]], ids=" ".join)
def test_a_command_imports_neither_the_screen_nor_the_fitter(folder: Path, call: list[str]) -> None:
    modules = imported(*call, home=folder)
    assert "trainer.collection.collection" in modules
    assert not modules & {*HEAVY, "platformdirs"}


def test_wordings_are_compared_only_when_something_vanished(folder: Path) -> None:
    asked = {"trainer.library.rewording", "trainer.library.candidates", "trainer.library.wording"}
    assert not imported("review", "--plain", home=folder) & asked
    (folder / "decks" / "one.toml").write_text('[[cards]]\nid = "b"\nquestion = "Other"\nanswer = "A"\n')
    assert asked <= imported("review", "--plain", home=folder)
    assert not imported("due", home=folder) & asked


def test_the_app_without_a_terminal_does_not_load_the_screen_to_say_so(folder: Path) -> None:
    modules = imported(home=folder)
    assert "trainer.cli.review" in modules
    assert not modules & {*HEAVY, "fsrs"}


def test_without_a_home_of_its_own_a_call_asks_the_platform(tmp_path: Path) -> None:
    modules = imported("home", home=None, XDG_DATA_HOME=str(tmp_path))
    assert "platformdirs" in modules

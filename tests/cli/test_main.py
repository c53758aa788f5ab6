"""The `trainer` command itself: calls, exit codes, streams, help, the clock, the home, hostile text."""

import ast
import io
import json
import os
import re
import runpy
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from trainer import __version__
from trainer.cli import main as command_line
from trainer.cli.main import COMMANDS, make_parser
from trainer.home import starter_decks

ALL = {
    "review": ["review", "--plain"],
    "due": ["due"],
    "decks": ["decks"],
    "cards": ["cards"],
    "card": ["card", "france"],
    "new": ["new", "Another"],
    "add": ["add", "--question", "Q?", "--answer", "A"],
    "edit": ["edit", "france"],
    "delete": ["delete", "spain"],
    "rename": ["rename", "capitals", "Towns"],
    "move": ["move", "capitals", "spain"],
    "split": ["split", "Another", "spain"],
    "join": ["join", "All", "capitals", "joined"],
    "import": ["import", "--starter"],
    "export": ["export", "capitals", "capitals.md", "--force"],
    "undo": ["undo"],
    "log": ["log"],
    "merge": ["merge", str(Path(__file__).with_name("other_log.toml"))],
    "restore": ["restore"],
    "check": ["check"],
    "bury": ["bury", "france"],
    "reset": ["reset", "france"],
    "tune": ["tune"],
    "workload": ["workload"],
    "stats": ["stats"],
    "settings": ["settings"],
    "home": ["home"],
    "completion": ["completion", "bash"],
}
"""Every command with a call of it that needs nothing else."""
OPENING = [
    "review", "due", "decks", "cards", "card", "new", "import", "export", "undo", "log", "merge", "check", "tune",
    "workload", "stats", "add", "edit", "delete", "rename", "move", "split",
]  # fmt: skip
"""The commands that open the home."""

SHOWN = "[bold]x[/] [@click=app.quit]q[/] List[String] <T> [31mred שלום 👩‍🚀"
"""Hostile text, as it must be shown: as written, but for control characters."""
WRITTEN = SHOWN.replace("[31m", "\\u001b[31m")
"""The same as a deck file writes it, with an escape sequence for the terminal."""
UNSEEN = "a\\u009b31mb\\u202ec\\u2066d\\u0007e"
HOSTILE_DECK = f"""
title = "{WRITTEN}"
about = "{WRITTEN}"
tags = ["{WRITTEN}"]

[[cards]]
id = "hostile"
question = "{WRITTEN}"
key_points = ["{WRITTEN}", {{ id = "second", text = "{UNSEEN}" }}]
answer = "{WRITTEN}"
follow_ups = ["{WRITTEN}"]
hint = "{WRITTEN}"
why = "{WRITTEN}"
tags = ["{WRITTEN}"]
source = "{WRITTEN}"

[[cards]]
question = "bad"
answer = "bad"
"{WRITTEN}" = 1
"""


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the surroundings of a process, without what would make Python write at once."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**usual, "TRAINER_HOME": str(home), "TRAINER_NOW": "2026-11-21T12:00:00+00:00", **more}


def start(*call: str, home: Path, **options: Any) -> subprocess.Popen[str]:
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen(
        [sys.executable, "-m", "trainer", *call], text=True, encoding="utf-8", env=environment(home), **options
    )


# What there is, and help


def test_the_version_is_one_line_and_touches_no_home(fresh: Any) -> None:
    ran = fresh("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"trainer {__version__}\n", "")
    assert not fresh.home.folder.exists()


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run where a file that a command writes is in nobody's way."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", "true")


def test_every_promised_command_is_there() -> None:
    promised = {
        "review", "due", "decks", "cards", "card", "new", "home", "undo", "log", "import", "export", "merge", "restore",
        "check", "tune", "workload", "stats", "settings", "add", "edit", "delete", "rename", "move", "split", "join",
        "completion",
    }  # fmt: skip
    assert promised <= COMMANDS.keys()
    assert ALL.keys() == COMMANDS.keys()


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_names_every_command_and_gives_examples(fresh: Any, flag: str) -> None:
    ran = fresh(flag)
    assert (ran.code, ran.err) == (0, "")
    for name, module in COMMANDS.items():
        assert re.search(rf"^    {name} +{re.escape(import_module(module).HELP[:30])}", ran.out, re.MULTILINE)
    assert "\nexamples:\n  trainer " in ran.out
    for option in ("--home FOLDER", "--version"):
        assert option in ran.out
    assert not fresh.home.folder.exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_says_what_it_does_with_an_example(fresh: Any, name: str) -> None:
    ran = fresh(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: trainer {name} ")
    examples = ran.out.partition("\nexamples:\n")[2]
    assert re.search(rf"trainer (.* )?{name}\b", examples)
    assert "--home FOLDER" in ran.out


def example_calls() -> list[str]:
    texts = [command_line.EXAMPLES, *(import_module(module).EXAMPLES for module in COMMANDS.values())]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return [re.split(r" {2,}", line)[0] for line in lines if line.startswith("trainer")]


@pytest.mark.parametrize("example", example_calls())
def test_every_example_in_the_help_is_a_call_that_is_taken(example: str) -> None:
    words = shlex.split(example.replace("COMMAND", "due"))
    assert words[0] == "trainer"
    if "--help" in words:
        with pytest.raises(SystemExit) as stopped:
            make_parser().parse_args(words[1:])
        assert stopped.value.code == 0
    else:
        taken = make_parser().parse_args(words[1:])
        assert taken.command in {None, *COMMANDS}
        assert taken.command is None or taken.command in words


# Wrong calls


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("duee", "due"),
        ("rewiev", "review"),
        ("imprt", "import"),
        ("deck", "decks"),
        ("logs", "log"),
        ("chekc", "check"),
    ],
)
def test_an_unknown_command_names_the_nearest(fresh: Any, typed: str, meant: str) -> None:
    ran = fresh(typed)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"trainer: There is no command '{typed}'.\nDid you mean `trainer {meant}`?\n"


def test_an_unknown_command_like_no_other_lists_them_all(fresh: Any) -> None:
    ran = fresh("xyzzy")
    assert ran.code == 2
    assert ran.err == f"trainer: There is no command 'xyzzy'.\nThere are: {', '.join(COMMANDS)}.\n"


@pytest.mark.parametrize(
    "call",
    [
        ["--nonsense"],
        ["due", "--nonsense"],
        ["due", "stray"],
        ["due", "--on"],
        ["due", "--on", "tomorrow"],
        ["due", "--on", "2026-02-30"],
        ["new"],
        ["new", "two", "titles"],
        ["new", " "],
        ["home", "stray"],
        ["undo", "one", "two"],
        ["log", "one", "two"],
        ["cards", "--deck"],
        ["cards", "--deck", "nowhere"],
        ["log", "no such card"],
        ["review", "--plain", "nowhere"],
        ["review", "--plain", "--new", "-1"],
        ["review", "--plain", "--new", "some"],
        ["review", "--plain", "--new", "²"],
        ["review", "--plain", "--limit", "1.5"],
        ["review", "--plain", "--limit", "100001"],
        ["review", "--plain", "--minutes", "0"],
        ["review", "--plain", "--minutes", "nan"],
        ["review", "--plain", "--minutes", "1441"],
        ["review", "--plain", "--minutes", "soon"],
        ["import"],
        ["import", "--starter", "--deck", " "],
        ["import", "--starter", "--format", "apkg9"],
        ["--home"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_2_with_two_lines_that_say_what_to_do(trainer: Any, call: list[str]) -> None:
    ran = trainer(*call)
    assert (ran.code, ran.out) == (2, "")
    message, hint = ran.err.splitlines()
    assert re.fullmatch(r"trainer: [^a-z].+\.", message)
    assert len(hint) > 10


@pytest.mark.parametrize("name", OPENING)
def test_a_complaint_about_an_option_names_the_help_of_its_command(trainer: Any, name: str) -> None:
    ran = trainer(name, "--home")
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err == f"trainer: Argument --home: expected one argument.\n`trainer {name} --help` shows what it takes.\n"
    )


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (["due", "--json", "--on", "never"], 2),
        (["due", "--json", "stray"], 2),
        (["--json", "duee"], 2),
        (["duee", "--json"], 2),
        (["cards", "--deck", "nowhere", "--json"], 2),
        (["import", "--json"], 2),
        (["import", "missing.toml", "--json"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_failure_under_json_is_one_document_on_standard_output(trainer: Any, call: list[str], code: int) -> None:
    ran = trainer(*call)
    assert (ran.code, ran.err) == (code, "")
    assert list(ran.json) == ["error"]
    assert list(ran.json["error"]) == ["message", "hint"]
    assert all(isinstance(text, str) and text for text in ran.json["error"].values())


# The clock


@pytest.mark.parametrize("name", OPENING)
@pytest.mark.parametrize("moment", ["noon", "2026-11-21T12:00:00", "2026-13-01T00:00:00Z"])
def test_a_wrong_time_to_stand_in_is_told(trainer: Any, name: str, moment: str) -> None:
    trainer.at(moment)
    ran = trainer(*ALL[name])
    assert (ran.code, ran.out) == (2, "")
    message, hint = ran.err.splitlines()
    assert message.startswith(f"trainer: TRAINER_NOW is '{moment}'")
    assert "2026-11-21T09:30:00+01:00" in hint


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "9999-12-31T12:00+00:00"])
def test_a_time_at_the_end_of_the_calendar_is_told_too(trainer: Any, moment: str) -> None:
    trainer.at(moment)
    ran = trainer("due")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"trainer: TRAINER_NOW is '{moment}'")


def test_a_wrong_time_under_json_is_a_document(trainer: Any) -> None:
    trainer.at("noon")
    ran = trainer("due", "--json")
    assert (ran.code, ran.err) == (2, "")
    assert "TRAINER_NOW" in ran.json["error"]["message"]


def test_the_day_begins_at_four_in_the_zone_of_the_user(trainer: Any, zone: Callable[[str], None]) -> None:
    zone("Europe/Berlin")
    trainer.at("2026-11-21T02:59:00+00:00")
    assert trainer.json("due")["date"] == "2026-11-20"
    trainer.at("2026-11-21T03:00:00Z")
    assert trainer.json("due")["date"] == "2026-11-21"


# The home


@pytest.mark.parametrize("name", COMMANDS)
def test_the_home_is_named_before_or_after_the_command(
    trainer: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    trainer("review", "--plain", "--limit", "1", stdin="\nall\n\n")  # something to undo
    if name == "join":
        (trainer.home.decks / "joined.toml").write_text("")
    log, decks = trainer.home.log.read_bytes(), {path: path.read_bytes() for path in trainer.home.decks.iterdir()}
    wanted = trainer(*ALL[name])
    assert wanted.code == 0
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setenv("TRAINER_HOME", str(in_the_way))
    named = ["--home", str(trainer.home.folder)]
    for call in (named + ALL[name], ALL[name] + named):
        for made in trainer.home.decks.iterdir():
            made.unlink()
        for path, data in decks.items():
            path.write_bytes(data)
        shutil.rmtree(trainer.home.deleted, ignore_errors=True)
        trainer.home.log.write_bytes(log)
        assert trainer(*call) == wanted


def test_a_home_named_twice_is_the_last(trainer: Any, tmp_path: Path) -> None:
    ran = trainer("--home", str(tmp_path / "first"), "home", f"--home={tmp_path / 'second'}")
    assert ran.lines[0].split()[:2] == ["home", str(tmp_path / "second")]


@pytest.mark.parametrize("name", OPENING)
def test_a_file_in_the_way_of_the_home_is_told_in_two_lines(trainer: Any, tmp_path: Path, name: str) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    ran = trainer("--home", str(in_the_way), *ALL[name])
    assert (ran.code, ran.out) == (1, "")
    message, hint = ran.err.splitlines()
    assert message.startswith(f"trainer: The home folder {in_the_way} cannot be made")
    assert "--home" in hint
    assert in_the_way.read_text() == "not a folder"


def test_a_file_in_the_way_under_json_is_a_document(trainer: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = trainer("decks", "--json", "--home", str(tmp_path / "file" / "deeper"))
    assert (ran.code, ran.err) == (1, "")
    assert str(tmp_path / "file") in ran.json["error"]["message"]


@pytest.mark.parametrize("command", ["home", "due"])
@pytest.mark.parametrize("name", ["n" * 300, "~no-such-user-here/home"], ids=["too long", "of nobody"])
def test_a_home_that_cannot_be_is_told_without_a_traceback(trainer: Any, name: str, command: str) -> None:
    ran = trainer(command, "--home", name)
    if command == "due":
        assert ran.code in (1, 2)
    if ran.code:
        assert ran.out == ""
        assert 1 <= len(ran.err.splitlines()) <= 2


def test_a_log_that_is_a_folder_is_told(trainer: Any) -> None:
    trainer.home.log.mkdir()
    ran = trainer("due")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"trainer: The log {trainer.home.log} cannot be read: ")
    assert all(ran.err.splitlines())  # no empty line where there is no hint


def test_the_first_call_copies_the_starter_decks(fresh: Any) -> None:
    assert [deck["file"] for deck in fresh.json("decks")] == [path.name for path in starter_decks()]


def test_a_home_without_decks_stays_without(bare: Any) -> None:
    assert bare.json("decks") == []
    assert list(bare.home.decks.iterdir()) == []


# A deck that does not load, named by file and line


@pytest.mark.parametrize("name", [name for name in OPENING if name != "check"])
def test_a_deck_that_does_not_load_is_a_warning_and_the_rest_works(
    trainer: Any, name: str, write_deck: Callable[..., Path]
) -> None:
    trainer("review", "--plain", "--limit", "1", stdin="\nall\n\n")
    log, deck = trainer.home.log.read_bytes(), (trainer.home.decks / "capitals.toml").read_bytes()
    before = trainer(*ALL[name])
    trainer.home.log.write_bytes(log)
    (trainer.home.decks / "capitals.toml").write_bytes(deck)
    shutil.rmtree(trainer.home.deleted, ignore_errors=True)
    for made in ("another.toml", *(path.name for path in starter_decks())):
        (trainer.home.decks / made).unlink(missing_ok=True)
    write_deck('title = "Broken"\n[[cards]\n', "broken.toml")
    after = trainer(*ALL[name])
    assert (after.code, after.out) == (before.code, before.out)
    assert before.err == ""
    assert re.fullmatch(r"broken\.toml:2: Not TOML: .+\n", after.err)


def test_faults_of_cards_are_one_line_of_warning(trainer: Any, write_deck: Callable[..., Path]) -> None:
    write_deck('[[cards]]\nquestion = "Q"\n[[cards]]\nquestion = "R"\n', "faulty.toml")
    ran = trainer("due")
    assert ran.code == 0
    assert ran.err == "2 problems in decks or log: `trainer check` names them.\n"


def test_a_damaged_log_is_told_with_how_much_of_it_is_safe(trainer: Any) -> None:
    trainer.log('20261121T100000000Z-aaaa00 = { undo = "x" }', "torn", '20261121T100000001Z-aaaa00 = { undo = "y" }')
    ran = trainer("due")
    assert ran.code == 0
    assert ran.err == (
        "1 problem in decks or log: `trainer check` names them. Read from the log, and safe: 2 events.\n"
    )


def test_json_stays_one_document_beside_warnings(trainer: Any, write_deck: Callable[..., Path]) -> None:
    write_deck("[[cards]\n", "broken.toml")
    ran = trainer("decks", "--json")
    assert ran.code == 0
    assert [deck["title"] for deck in ran.json] == ["Capitals"]
    assert "broken.toml:1" in ran.err


# The name of a deck


@pytest.fixture
def shelf(bare: Any, write_deck: Callable[..., Path]) -> Any:
    """A home with decks whose names are alike."""
    for title, file in (
        ("Biology", "bio.toml"),
        ("Biochemistry", "chem.toml"),
        ("Über Größe", "size.toml"),
        ("Twice", "one.toml"),
        ("Twice", "two.toml"),
    ):
        write_deck(f'title = "{title}"\n[[cards]]\nquestion = "From {file}?"\nanswer = "Yes."\n', file)
    return bare


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Biology", "bio.toml"),
        ("biology", "bio.toml"),
        ("BIOL", "bio.toml"),
        ("bio.toml", "bio.toml"),
        ("BIO", "bio.toml"),  # a file's name as it stands, though two titles begin so
        ("bioc", "chem.toml"),
        ("Chem", "chem.toml"),
        ("chem.t", "chem.toml"),
        ("über größe", "size.toml"),
        ("ÜBER GRÖSSE", "size.toml"),
        ("one", "one.toml"),
        ("two.toml", "two.toml"),
    ],
)
def test_a_deck_is_named_by_title_file_or_beginning_in_any_case(shelf: Any, name: str, file: str) -> None:
    ran = shelf("cards", "--deck", name, "--json")
    assert [card["question"] for card in ran.json] == [f"From {file}?"]
    assert f"From {file}?" in shelf("review", "--plain", name, stdin="quit\n").out


@pytest.mark.parametrize(("name", "files"), [("bi", ["bio.toml", "chem.toml"]), ("twice", ["one.toml", "two.toml"])])
def test_an_ambiguous_name_lists_the_decks_it_could_be(shelf: Any, name: str, files: list[str]) -> None:
    for call in (["cards", "--deck", name], ["review", "--plain", name]):
        ran = shelf(*call)
        assert (ran.code, ran.out) == (2, "")
        assert f"'{name}' could be " in ran.err
        assert re.findall(r"\w+\.toml", ran.err) == files


@pytest.mark.parametrize("call", [["cards", "--deck", "iology"], ["review", "--plain", "iology"]])
def test_a_name_of_no_deck_lists_the_decks_there_are(shelf: Any, call: list[str]) -> None:
    ran = shelf(*call)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("trainer: There is no deck 'iology'.\nThere are: Biology, Biochemistry, ")


# The process: Python, pipes, interrupts, terminals


def test_an_older_python_is_told_which_one_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    entrance = Path(command_line.__file__).parents[1] / "__main__.py"
    ast.parse(entrance.read_text(encoding="ascii"), feature_version=(3, 4))
    monkeypatch.setattr(sys, "version_info", (3, 10, 14))
    with pytest.raises(SystemExit, match=r"^The trainer needs Python 3.11 or later; this is "):
        runpy.run_path(str(entrance), run_name="__main__")


@pytest.mark.parametrize("call", [[], ["review"], ["review", "capitals", "--all"]], ids=" ".join)
def test_the_app_without_a_terminal_says_what_to_do_instead(trainer: Any, call: list[str]) -> None:
    ran = trainer(*call)
    assert (ran.code, ran.out) == (2, "")
    message, hint = ran.err.splitlines()
    assert message == "trainer: The app needs a terminal, and this is none."
    assert "`trainer review --plain`" in hint
    assert not trainer.home.log.exists()


def test_a_deck_there_is_none_of_is_told_before_the_app_opens(trainer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}", Terminal())
    assert command_line.main(["review", "nowhere"]) == 2
    assert isinstance(sys.stdout, Terminal)
    assert isinstance(sys.stderr, Terminal)
    assert sys.stdout.getvalue() == ""
    assert sys.stderr.getvalue().startswith("trainer: There is no deck 'nowhere'.\n")


def test_an_interrupt_is_130_without_a_traceback(trainer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def isatty(self) -> bool:
            return False

        def readline(self) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupted())
    assert command_line.main(["review", "--plain"]) == 130


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_at_a_prompt_is_130_and_keeps_what_was_answered(trainer: Any) -> None:
    pipes = {"stdin": subprocess.PIPE}
    with start("review", "--plain", home=trainer.home.folder, **pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        watchdog = threading.Timer(20, process.kill)  # a prompt that never comes fails the test, and does not hang it
        watchdog.start()
        process.stdin.write("\nall\neasy\n")
        process.stdin.flush()
        said = ""
        while "capital of Spain" not in said or not said.endswith("quit): "):
            character = process.stdout.read(1)
            assert character, said
            said += character
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=20)
        watchdog.cancel()
    assert process.returncode == 130
    assert "Traceback" not in rest + errors
    assert errors.strip() == ""
    assert [review["rating"] for review in trainer.reviews()] == ["easy"]


@pytest.mark.parametrize("also_errors", [False, True], ids=["output", "output and errors"])
@pytest.mark.parametrize("call", [["cards", "--json"], ["--help"]], ids=" ".join)
def test_a_closed_pipe_is_0_and_silent(
    trainer: Any, write_deck: Callable[..., Path], call: list[str], also_errors: bool
) -> None:
    write_deck("[[cards]\n", "broken.toml")  # so that there is something to say on both streams
    reading, writing = os.pipe()
    os.close(reading)
    try:
        errors = writing if also_errors else subprocess.PIPE
        with start(*call, home=trainer.home.folder, stdout=writing, stderr=errors) as process:
            said = process.communicate(timeout=20)[1] or ""
    finally:
        os.close(writing)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


def test_head_takes_the_first_line_of_much_and_the_pipe_is_0(trainer: Any, write_deck: Callable[..., Path]) -> None:
    cards = "".join(f'[[cards]]\nquestion = "Question {n}"\nanswer = "{"long " * 40}"\n' for n in range(500))
    write_deck(cards, "long.toml")
    with start("cards", "--json", home=trainer.home.folder) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "[\n"
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=20) == 0


def test_a_terminal_of_few_characters_is_no_reason_to_stop(trainer: Any, write_deck: Callable[..., Path]) -> None:
    write_deck('title = "שלום"', "shalom.toml")
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "decks"],
        env=environment(trainer.home.folder, PYTHONIOENCODING="ascii"),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"????" in done.stdout


def test_python_m_trainer_is_the_trainer(fresh: Any) -> None:
    with start("--version", home=fresh.home.folder) as process:
        assert process.communicate(timeout=20) == (f"trainer {__version__}\n", "")


# Hostile text


def hostile_calls(deck: Path) -> dict[str, tuple[list[str], str]]:
    """Every command that shows deck text: its call and its input."""
    return {
        "review": (["review", "--plain"], "hint\n\nall\neasy\nundo\nskip\nundo\nsuspend\nundo\nquit\n"),
        "review: no deck of the name": (["review", "--plain", "\x1b[31m nowhere"], ""),
        "due": (["due"], ""),
        "due --json": (["due", "--json"], ""),
        "decks": (["decks"], ""),
        "decks --json": (["decks", "--json"], ""),
        "cards": (["cards"], ""),
        "cards --json": (["cards", "--json"], ""),
        "log": (["log"], ""),
        "log CARD": (["log", "[bold]"], ""),
        "log: no card": (["log", "\x1b[31m"], ""),
        "undo": (["undo"], ""),
        "merge": (["merge", str(deck)], ""),
        "merge --json": (["merge", "--json", "\x1b[31m"], ""),
        "restore": (["restore", "\x1b[31m"], ""),
        "check": (["check"], ""),
        "check --json": (["check", "--json"], ""),
        "new": (["new", SHOWN.replace("[31m", "\x1b[31m")], ""),
        "import": (["import", str(deck), "--deck", "\x1b[31mx", "--dry-run"], ""),
        "import --json": (["import", str(deck), "--dry-run", "--json"], ""),
        "an option": (["due", "--\x1b[31m"], ""),
        "a command": (["\x1b[31m"], ""),
    }


@pytest.mark.parametrize("name", hostile_calls(Path()))
def test_hostile_deck_text_never_reaches_the_terminal_as_a_control_sequence(
    bare: Any, tmp_path: Path, write_deck: Callable[..., Path], controls: re.Pattern[str], name: str
) -> None:
    write_deck(HOSTILE_DECK, "hostile.toml")
    bare("review", "--plain", stdin="\nall\n\n")
    assert bare.reviews()
    other = tmp_path / "other.toml"
    other.write_text(HOSTILE_DECK.replace('id = "hostile"', 'id = "other"'), encoding="utf-8")
    call, answers = hostile_calls(other)[name]
    ran = bare(*call, stdin=answers)
    assert ran.out + ran.err
    assert not controls.search(ran.out), repr(ran.out)
    assert not controls.search(ran.err), repr(ran.err)


@pytest.mark.parametrize("name", ["due", "decks", "cards", "log", "undo"])
def test_hostile_deck_text_is_shown_as_written(bare: Any, write_deck: Callable[..., Path], name: str) -> None:
    write_deck(HOSTILE_DECK, "hostile.toml")
    bare("review", "--plain", stdin="\nall\n\n")
    call, answers = hostile_calls(Path())[name]
    ran = bare(*call, stdin=answers)
    assert SHOWN in ran.out + ran.err


def test_hostile_deck_text_is_shown_as_written_in_a_session(bare: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(HOSTILE_DECK, "hostile.toml")
    ran = bare("review", "--plain", stdin="hint\n\nall\neasy\nundo\nquit\n")
    for shown in (
        f"{SHOWN} (1 of 1)",  # the deck's title
        f"\n{SHOWN}\n",  # the question and the answer
        f"Hint: {SHOWN}\n",
        f"   1. {SHOWN}\n",
        "   2. a31mbcde\n",
        f"   - {SHOWN}\n",
        f"Taken back: the answer (easy) to: {SHOWN}",
    ):
        assert shown in ran.out


def test_hostile_deck_text_is_whole_in_json(bare: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(HOSTILE_DECK, "hostile.toml")
    (card,) = bare("cards", "--json").json
    for key in ("deck", "question", "answer", "hint", "why", "source"):
        assert card[key] == SHOWN
    assert card["tags"] == card["follow_ups"] == [SHOWN]
    assert [point["text"] for point in card["key_points"]] == [SHOWN, "a31mbcde"]
    assert SHOWN in bare("cards", "--json").out  # readable as it stands, not only after decoding


@pytest.mark.parametrize(
    "call", [["decks"], ["decks", "--json"], ["check"], ["cards", "--deck", "nowhere"]], ids=" ".join
)
@pytest.mark.parametrize("text", ["", "x = ["], ids=["good", "broken"])
def test_the_hostile_name_of_a_file_is_no_control_sequence_either(
    bare: Any, write_deck: Callable[..., Path], controls: re.Pattern[str], call: list[str], text: str
) -> None:
    write_deck(text, "a\x1b[31mb.toml")
    write_deck("x = 1", "c\x1b[31md.toml")
    ran = bare(*call)
    assert not controls.search(ran.out + ran.err), repr(ran.out + ran.err)


@pytest.mark.parametrize("call", [["due"], ["check"], ["check", "--json"]], ids=" ".join)
def test_hostile_settings_are_no_control_sequence_either(
    trainer: Any, controls: re.Pattern[str], call: list[str]
) -> None:
    trainer.home.settings.write_text(
        '"\\u001b[31m" = 1\ntheme = "\\u001b[31m"\nminutes = "\\u001b[31m"\n[decks."\\u001b[31m"]\npausd = 1\n'
    )
    ran = trainer(*call)
    assert ran.out + ran.err
    assert not controls.search(ran.out + ran.err), repr(ran.out + ran.err)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_writes_colours(trainer: Any, name: str) -> None:
    ran = trainer(*ALL[name], stdin="\nall\neasy\n")
    assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize(
    "call", [["due"], ["decks"], ["cards"], ["check"], ["import", "--starter", "--dry-run"]], ids=" ".join
)
def test_json_is_one_document_and_nothing_else(trainer: Any, call: list[str]) -> None:
    ran = trainer(*call, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == json.dumps(json.loads(ran.out), ensure_ascii=False, indent=2) + "\n"


def test_closed_streams_and_a_full_disk_are_no_traceback(tmp_path: Path) -> None:
    environment = os.environ | {"TRAINER_HOME": str(tmp_path / "home")}
    call = f"{sys.executable} -m trainer"
    for line, code in (
        (f"{call} due >&-", 0),
        (f"{call} review --plain <&- >/dev/null", 0),
        (f"{call} due >/dev/full", 1),
    ):
        ran = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, text=True, check=False)
        assert (ran.returncode, "Traceback" in ran.stderr) == (code, False), (line, ran.stderr)

"""`trainer settings`: shown with what they mean, set one by one, wrong ones refused in words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.cli.main import main
from trainer.home import Home
from trainer.settings import read_settings
from trainer.settings.schema import DECK_SETTINGS, SETTINGS
from trainer.tui.keys import KEYS

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Home, write_deck: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> Run:
    write_deck()

    def run_(*call: str) -> tuple[int, str, str]:
        code = main(["--home", str(home.folder), "settings", *call])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_


def test_all_are_shown_with_what_they_mean_and_help_names_them(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == list(SETTINGS)
    assert "minutes            20             the time to spend a day, in minutes\n" in out
    with pytest.raises(SystemExit):
        main(["settings", "--help"])
    said = capsys.readouterr().out
    assert [each.name for each in (*SETTINGS.values(), *DECK_SETTINGS.values()) if each.means not in said] == []


def test_one_is_set_and_taken_back(run: Run, home: Home) -> None:
    assert run("minutes", "30") == (0, "minutes is 30 now; it was 20.\n", "")
    assert run("minutes", "30") == (0, "minutes is 30.\n", "")
    assert run("minutes")[1].endswith("the time to spend a day, in minutes (20 by default)\n")
    assert read_settings(home.settings)[0].minutes == 30
    assert run("minutes", "default")[1] == "minutes is 20 now; it was 30.\n"
    assert read_settings(home.settings)[0].minutes == 20


def test_a_deck_has_settings_of_its_own(run: Run, home: Home) -> None:
    assert run("by", "2026-12-12", "--deck", "cap") == (0, "by is 2026-12-12 now; it was none.\n", "")
    assert "\nOf the deck Capitals:\n" in run()[1]
    assert run("desired_retention", "80%", "--deck", "cap")[1] == "desired_retention is 0.8 now; it was as set above.\n"
    assert read_settings(home.settings)[0].retention_of("capitals") == 0.8
    assert run("by", "none", "--deck", "cap")[1] == "by is none now; it was 2026-12-12.\n"


def test_a_key_is_bound_anew_and_shown(run: Run, home: Home) -> None:
    assert run("keys.review.again", "x") == (0, "review.again is x now: again: no point counts as made.\n", "")
    assert run("keys.review.leave", "Q, esc,f9")[1].startswith("review.leave is Q Esc F9 now")
    assert read_settings(home.settings)[0].keys == {"review.again": "x", "review.leave": "Q,escape,f9"}
    listed = run("keys")[1].splitlines()
    assert [line.split()[0] for line in listed] == [key.id for key in KEYS]
    assert "review.again           x            again: no point counts as made" in listed
    assert "Keys of your own:\nreview.again" in run()[1]
    assert run("keys.review.again", "default")[1].startswith("review.again is a now")
    assert read_settings(home.settings)[0].keys == {"review.leave": "Q,escape,f9"}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["minuts", "3"], "There is no setting 'minuts'.\nDid you mean `minutes`?"),
        (["qq"], "There are: desired_retention,"),
        (["minutes", "0"], "`minutes` cannot be '0'.\nIt takes a whole number from 1 to 600."),
        (["by", "2026-12-12"], "add --deck DECK"),
        (["minutes", "3", "--deck", "Capitals"], "no setting 'minutes' of a deck."),
        (["minutes", "3", "--deck", "Nowhere"], "There is no deck 'Nowhere'."),
        (["keys.review.again", "h"], "`review.again` is h, but that is `review.hard`: hard:"),
        (["keys.review.agin", "x"], "did you mean `review.again`?"),
        (["keys.nothing", "default"], "`trainer settings keys` lists them."),
        (["keys.review.again", "floop"], "takes names of keys"),
        (["keys.app.quit", "x"], "works while you write too: take a function key, or ctrl and a letter\n"),
        (["keys.review.tick", "A,B,C,D,E,F,G,H,I,J"], "has 10 keys, but takes 9 at most\n"),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_is_written(run: Run, home: Home, call: list[str], said: str) -> None:
    code, out, err = run(*call)
    assert (code, out) == (2, "")
    assert said in err
    assert not home.settings.exists()


def test_json_holds_what_is_set(run: Run) -> None:
    for call in (["easy_days", "sun, sat"], ["by", "2026-12-12", "--deck", "cap"], ["keys.review.again", "?"]):
        assert run(*call)[0] == (2 if "?" in call else 0)
    run("keys.review.again", "!")
    document = json.loads(run("--json")[1])
    assert list(document) == [*SETTINGS, "decks", "keys"]
    assert document["easy_days"] == ["saturday", "sunday"]
    assert document["day_start"] == "04:00:00"
    assert document["decks"] == {"Capitals": {"desired_retention": None, "paused": False, "by": "2026-12-12"}}
    assert document["keys"] == {"review.again": ["!"]}


WRONG_KEYS = """\
minutes = 30
[keys]
review.again = 3
"review.good" = "h"
"revew.easy" = "x"
today.start = ["f5", ""]
"app.palette" = "p"
"review.hint" = "z"
"""


def test_wrong_keys_are_told_with_their_lines_and_fall_back_alone(
    run: Run, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.settings.write_text(WRONG_KEYS, encoding="utf-8")
    told = run("keys")[2].splitlines()
    assert sorted(line.partition(": ")[0] for line in told) == [f"settings.toml:{line}" for line in range(3, 8)]
    assert "settings.toml:4: `keys.review.good` is h, but that is `review.hard`" in "\n".join(told)
    assert "review.hint            z" in run("keys")[1]
    assert main(["--home", str(home.folder), "check"]) == 1
    assert "5 problems." in capsys.readouterr().out

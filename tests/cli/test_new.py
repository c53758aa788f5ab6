"""`trainer new`: a commented deck to fill in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.home import starter_decks
from trainer.library.deck_format import read_deck


def test_it_writes_a_deck_that_loads_and_prints_its_path_alone(trainer: Any) -> None:
    ran = trainer("new", "System design")
    assert (ran.code, ran.err) == (0, "")
    path = Path(ran.out.removesuffix("\n"))
    assert path == trainer.home.decks / "system-design.toml"
    content = read_deck(path.read_bytes(), path.name)
    assert content.problems == []
    assert content.deck is not None
    assert (content.deck.title, content.deck.cards) == ("System design", ())
    assert b"# [[cards]]\n" in path.read_bytes()


def test_the_new_deck_is_there_at_once(trainer: Any) -> None:
    trainer("new", "System design")
    ran = trainer("decks", "--json")
    assert ran.err == ""
    assert [(deck["title"], deck["cards"]) for deck in ran.json] == [("Capitals", 2), ("System design", 0)]
    assert trainer("check").code == 0


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ('He said "no" \\ twice', 'He said "no" \\ twice'),
        ("  two\n lines\t ", "two lines"),
        ("a\x1b[31mb", "a[31mb"),
        ("C++ = { x }", "C++ = { x }"),
        ("שלום 🙂", "שלום 🙂"),
        ("'''", "'''"),
        ("../../etc/passwd", "../../etc/passwd"),
        ("{title}", "{title}"),
        ("half \udce9 of a letter", "half \ufffd of a letter"),
    ],
    ids=ascii,
)
def test_any_title_stands_in_the_deck_as_typed(trainer: Any, typed: str, title: str) -> None:
    ran = trainer("new", typed)
    assert (ran.code, ran.err) == (0, "")
    (path,) = set(trainer.home.decks.iterdir()) - {trainer.home.decks / "capitals.toml"}
    content = read_deck(path.read_bytes(), path.name)
    assert content.problems == []
    assert content.deck is not None
    assert content.deck.title == title


@pytest.mark.parametrize("title", ["", "   ", "\n", "\x07"], ids=ascii)
def test_a_deck_needs_a_title(trainer: Any, title: str) -> None:
    ran = trainer("new", title)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'trainer: A deck needs a title.\nWrite `trainer new "A title"`.\n'
    assert len(list(trainer.home.decks.iterdir())) == 1


@pytest.mark.parametrize("title", ["Capitals", "CAPITALS", " capitals "])
def test_a_title_that_is_there_already_names_its_file(trainer: Any, title: str) -> None:
    ran = trainer("new", title)
    assert (ran.code, ran.out) == (1, "")
    message, hint = ran.err.splitlines()
    assert message.startswith("trainer: There is a deck '")
    assert hint == f"It is {trainer.home.decks / 'capitals.toml'}"
    assert len(list(trainer.home.decks.iterdir())) == 1


def test_a_file_of_the_name_is_not_touched(trainer: Any, write_deck: Callable[..., Path]) -> None:
    broken = write_deck("[[cards]\n", "system-design.toml")
    ran = trainer("new", "System design")
    assert ran.code == 0
    assert ran.out == f"{trainer.home.decks / 'system-design-2.toml'}\n"
    assert broken.read_text() == "[[cards]\n"


def test_the_first_call_may_be_new_and_brings_the_starter_decks_too(fresh: Any) -> None:
    assert fresh("new", "Mine").code == 0
    assert {path.name for path in fresh.home.decks.iterdir()} == {
        "mine.toml",
        *(path.name for path in starter_decks()),
    }


def test_a_folder_that_takes_no_file_is_told(trainer: Any) -> None:
    ran = trainer("new", "n" * 55)
    assert ran.code == 0
    for path in trainer.home.decks.iterdir():
        path.unlink()
    trainer.home.decks.rmdir()
    outside = trainer.home.folder / "gone"
    trainer.home.decks.symlink_to(outside)  # a folder that is not there: nothing can be written into it
    ran = trainer("new", "Another")
    assert (ran.code, ran.out) == (1, "")
    assert 1 <= len(ran.err.splitlines()) <= 2

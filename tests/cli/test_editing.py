"""`trainer add`, `edit`, `delete`, `rename`, `move`, `split`, `join`: cards and decks changed from the command line."""

import shlex
from pathlib import Path
from typing import Any

import pytest

from trainer.home import Home

MORE = 'title = "More"\n[[cards]]\nid = "italy"\nquestion = "And of Italy?"\nanswer = "Rome."\n'


def capitals(trainer: Any) -> str:
    return (trainer.home.decks / "capitals.toml").read_text(encoding="utf-8")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set an editor that runs a line of shell on "$1"."""

    def set_editor(line: str) -> None:
        path = tmp_path / "editor.sh"
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(path))

    return set_editor


def test_a_card_is_asked_line_by_line(trainer: Any) -> None:
    before = capitals(trainer)
    ran = trainer("add", stdin="What of Peru?\nLima\nBy the sea x2\n\nLima, I\nwould say.\n.\nrest\n")
    assert (ran.code, ran.err) == (0, "")
    assert "A card for Capitals.\nQuestion: \nKey point 1 (an empty line ends them): \n" in ran.out
    assert ran.lines[-2] == "Added to Capitals: What of Peru?"
    assert ran.lines[-1].endswith("capitals.toml:22")
    assert capitals(trainer) == before + (
        '\n[[cards]]\nquestion = "What of Peru?"\nkey_points = [\n  "Lima",\n'
        '  { text = "By the sea", weight = 2 },\n]\nanswer = """\nLima, I\nwould say."""\n'
    )


def test_a_card_is_given_as_options_and_told_as_json(trainer: Any) -> None:
    call = ["--question", "Q", "--point", "One x1.5", "--follow-up", "F", "--hint", "H", "--why", "W", "--tag", "t"]
    card = trainer.json("add", *call, "--id", "peru")
    told = [card[key] for key in ("id", "deck", "question", "follow_ups", "hint", "why", "tags", "state")]
    assert told == ["peru", "Capitals", "Q", ["F"], "H", "W", ["t"], "new"]
    assert [(point["text"], point["weight"]) for point in card["key_points"]] == [("One", 1.5)]


def test_what_cannot_be_added_is_told(trainer: Any, bare: Any) -> None:
    assert trainer("add", "--question", "What is the capital of Spain", "--answer", "?").code == 0
    ran = trainer("add", "--question", "What is the capital of spain?", "--answer", "?")
    assert (ran.code, ran.out) == (1, "")
    assert "This question is in the deck Capitals already." in ran.err
    assert trainer("add", "--question", "Q").err == "trainer: A card needs `key_points` or an `answer`.\n"
    ran = trainer("add")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "trainer: A card needs a question.")
    assert trainer("add", "--deck", "nowhere", "--question", "Q").code == 2
    (trainer.home.decks / "more.toml").write_text(MORE)
    ran = trainer("add", "--question", "Q", "--answer", "A")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "trainer: Which deck is the card for?")


def test_only_the_card_is_edited(trainer: Any, editor: Any) -> None:
    before = capitals(trainer)
    editor("""sed -i 's/A river runs/The Seine runs/' "$1" """)
    ran = trainer("edit", "france")
    assert (ran.code, ran.out, ran.err) == (0, "Saved: What is the capital of France, and what is it known for?\n", "")
    assert capitals(trainer) == before.replace("A river runs", "The Seine runs")
    editor("true")
    assert trainer("edit", "france").out == "Nothing was changed.\n"


def test_a_text_that_is_no_card_is_told_with_its_line_and_kept(trainer: Any, editor: Any) -> None:
    before = capitals(trainer)
    editor("""echo 'hnt = "x"' >> "$1" """)
    ran = trainer("edit", "spain")
    assert (ran.code, ran.out) == (1, "")
    message, nothing, kept = ran.err.splitlines()
    assert message == "trainer: Line 6: `hnt` is no known key. Did you mean `hint`?"
    assert nothing == "trainer: Nothing was changed."
    assert 'hnt = "x"' in Path(kept.removeprefix("Your text is kept in ")).read_text()
    editor("exit 3")
    assert "did not end well" in trainer("edit", "spain").err
    assert capitals(trainer) == before


def test_without_an_editor_it_says_how_to_set_one(trainer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = trainer("edit", "spain")
    assert (ran.code, ran.err) == (2, "trainer: No editor is set.\nSet EDITOR, for example to nano.\n")
    monkeypatch.setenv("EDITOR", '"nano')
    ran = trainer("edit", "spain")
    assert (ran.code, ran.err) == (2, "trainer: The editor '\"nano' is no command.\nSet EDITOR, for example to nano.\n")


def test_a_deleted_card_is_imported_again_with_what_was_learned(trainer: Any) -> None:
    trainer.review("", "good", "quit", call=("capitals", "--new", "2"))
    known = {card["id"]: card["reviews"] for card in trainer.json("cards")}
    ran = trainer("delete", "spain")
    assert ran.lines[0] == "Deleted: What is the capital of Spain?"
    assert [card["id"] for card in trainer.json("cards")] == ["france"]
    back = shlex.split(ran.lines[1].split("`")[1])
    assert trainer(*back[1:]).code == 0
    assert {card["id"]: card["reviews"] for card in trainer.json("cards")} == known
    assert [deck["title"] for deck in trainer.json("decks")] == ["Capitals"]


def test_decks_are_renamed_split_filled_and_joined(trainer: Any, home: Home) -> None:
    home.settings.write_text('[decks."Capitals"]\npaused = false\n')
    ran = trainer("rename", "capitals", "Towns")
    assert ran.out == "Renamed to Towns.\n"
    assert home.settings.read_text() == "[decks.Towns]\npaused = false\n"
    home.settings.unlink()
    (home.decks / "more.toml").write_text(MORE)
    assert trainer("split", "Iberia", "spain").out == "1 card moved to Iberia.\n"
    assert trainer("move", "iberia", "italy").out == "1 card moved to Iberia.\n"
    assert trainer("join", "Europe", "towns", "iberia").out == "2 cards joined with Europe.\n"
    assert [(deck["title"], deck["cards"]) for deck in trainer.json("decks")] == [("Europe", 3), ("More", 0)]
    assert trainer("join", "Europe", "europe").code == 2
    assert trainer("rename", "more", "europe").code == 1

"""`trainer check`: every problem of decks, settings and log, with file and line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def test_nothing_wrong_is_said_with_what_was_looked_at(trainer: Any) -> None:
    ran = trainer("check")
    assert (ran.code, ran.out, ran.err) == (0, "1 deck, 2 cards, 0 events: nothing wrong.\n", "")
    trainer.review("", "all", "good", "quit")
    assert trainer("check").out == "1 deck, 2 cards, 2 events: nothing wrong.\n"


def test_the_document_says_the_same(trainer: Any) -> None:
    trainer.review("", "all", "good", "quit")
    assert trainer.json("check") == {"decks": 1, "cards": 2, "events": 2, "unknown_events": 0, "problems": []}


@pytest.fixture
def faulty(trainer: Any, write_deck: Callable[..., Path]) -> Any:
    """A home with something wrong in every kind of file."""
    write_deck('title = "A"\n\n[[cards]]\nquestion = "Q"\nkeypoints = ["x"]\nanswer = "A"\n', "a.toml")
    write_deck('title = "B"\n[[cards]\n', "b.toml")
    write_deck('[[cards]]\nid = "spain"\nquestion = "What is the capital of Spain?"\nanswer = "M."\n', "x.toml")
    write_deck('\n[[cards]]\nid = "france"\nquestion = "Another question"\nanswer = "A"\n', "y.toml")
    trainer.home.settings.write_text('fuzz = true\nminuts = 5\n[decks."Capitals"]\ndesired_retention = 2\n')
    trainer.log(
        '20261121T100000000Z-aaaa00 = { card = "spain", rating = "good" }',
        "not TOML at all",
        '20261121T100000000Z-aaaa00 = { card = "spain", rating = "easy" }',
        '20261121T100000001Z-aaaa00 = { mood = "fine" }',
        "20261121T100000002Z-aaaa00 = { weights = [1, 2, 3] }",
        '20261221T100000000Z-aaaa00 = { card = "spain", rating = "good" }',
    )
    return trainer


PLACES = [
    ("settings.toml", 2),
    ("settings.toml", 4),
    ("a.toml", 5),
    ("b.toml", 2),
    ("x.toml", 1),
    ("y.toml", 2),
    ("progress.toml", 2),
    ("progress.toml", 3),
    ("progress.toml", None),
    ("progress.toml", None),
]


def test_every_problem_is_named_with_file_and_line_on_standard_output(faulty: Any) -> None:
    ran = faulty("check")
    assert (ran.code, ran.err) == (1, "")
    *problems, end = ran.lines
    assert len(problems) == len(PLACES)
    for line, (file, number) in zip(problems, PLACES, strict=True):
        assert line.startswith(f"{file}: " if number is None else f"{file}:{number}: ")
    assert end == ("4 decks, 2 cards, 5 events (1 that say more than this version knows; they are kept): 10 problems.")
    assert "Did you mean `key_points`?" in problems[2]
    assert "did you mean `minutes`?" in problems[0]
    assert "capitals.toml:17" in problems[4]
    assert "capitals.toml:5" in problems[5]
    assert "`trainer undo 20261221T100000000Z-aaaa00` takes it back" in problems[9]


def test_the_document_has_the_same_problems(faulty: Any) -> None:
    ran = faulty("check", "--json")
    assert (ran.code, ran.err) == (1, "")
    document = ran.json
    assert list(document) == ["decks", "cards", "events", "unknown_events", "problems"]
    assert {key: document[key] for key in list(document)[:4]} == {
        "decks": 4, "cards": 2, "events": 5, "unknown_events": 1,
    }  # fmt: skip
    assert [(problem["file"], problem["line"]) for problem in document["problems"]] == PLACES
    for problem in document["problems"]:
        assert list(problem) == ["file", "line", "message", "hint"]
        assert problem["message"]
        assert isinstance(problem["hint"], str)


def test_one_problem_is_one(trainer: Any, write_deck: Callable[..., Path]) -> None:
    write_deck("[[cards]\n", "broken.toml")
    ran = trainer("check")
    assert ran.code == 1
    assert ran.lines[-1] == "1 deck, 2 cards, 0 events: 1 problem."


def test_unknown_events_are_counted_and_no_problem(trainer: Any) -> None:
    trainer.log('20261121T100000001Z-aaaa00 = { mood = "fine" }')
    ran = trainer("check")
    assert ran.code == 0
    assert ran.out == (
        "1 deck, 2 cards, 1 event (1 that say more than this version knows; they are kept): nothing wrong.\n"
    )


def test_a_deck_that_is_a_folder_is_a_problem(trainer: Any) -> None:
    (trainer.home.decks / "folder.toml").mkdir()
    ran = trainer("check")
    assert ran.code == 1
    assert ran.lines[0].startswith("folder.toml: The file cannot be read: ")


def test_settings_that_are_no_toml_are_a_problem_and_a_warning_elsewhere(trainer: Any) -> None:
    trainer.home.settings.write_text("minutes =\n")
    ran = trainer("check")
    assert ran.code == 1
    assert ran.lines[0].startswith("settings.toml")
    assert "The defaults are used until it is mended." in ran.lines[0]
    due = trainer("due")
    assert due.code == 0
    assert due.err == f"{ran.lines[0]}\n"


def test_the_rejected_line_is_kept_in_a_file_beside_the_log(faulty: Any) -> None:
    faulty("check")
    faulty("check")
    (kept,) = faulty.home.folder.glob("progress.rejected-*.toml")
    assert kept.read_text() == "not TOML at all\n"


def test_a_log_that_is_whole_for_the_reader_is_whole_for_toml_too(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "", "easy", "", "2", "hard", "undo", "quit")
    assert trainer("check").code == 0


def test_style_gives_advice_with_file_and_line_and_never_fails(trainer: Any) -> None:
    ran = trainer("check", "--style", "cap")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "capitals.toml:5: There is no `why` or tags. `why` says what the question is meant to find out.",
        "Capitals, 2 cards: 1 piece of advice.",
    ]


def test_style_of_a_deck_that_lacks_nothing_says_so(trainer: Any, write_deck: Callable[..., Path]) -> None:
    write_deck('title = "Words"\n[[cards]]\nquestion = "chat"\nanswer = "cat"\n', "words.toml")
    assert trainer("check", "--style", "Words").out == "Words, 1 card: nothing to advise.\n"


def test_style_as_a_document(trainer: Any) -> None:
    document = trainer.json("check", "--style", "Capitals")
    assert list(document) == ["deck", "cards", "advice"]
    assert (document["deck"], document["cards"]) == ("Capitals", 2)
    assert document["advice"] == [
        {
            "file": "capitals.toml",
            "line": 5,
            "message": "There is no `why` or tags.",
            "hint": "`why` says what the question is meant to find out.",
        }
    ]


def test_style_of_a_deck_that_is_not_there_is_a_wrong_call(trainer: Any) -> None:
    ran = trainer("check", "--style", "Rivers")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "trainer: There is no deck 'Rivers'.\nThere are: Capitals.\n"


def test_style_of_hostile_text_is_printed_without_what_steers_a_terminal(
    trainer: Any, write_deck: Callable[..., Path], controls: Any
) -> None:
    write_deck(
        'title = "Odd"\n[[cards]]\nquestion = "[red]Why?\\u001b[31m\\u202e"\nanswer = "x"\n'
        'key_points = ["Says [bold]what\\u001b]0;x\\u0007 it was; and how"]\n',
        "odd.toml",
    )
    ran = trainer("check", "--style", "Odd")
    assert ran.code == 0
    assert "[bold]" in ran.out
    assert not controls.search(ran.out)

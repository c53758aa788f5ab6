"""`trainer card`: all of one card, in lines to be read or heard."""

import re
from typing import Any

import pytest

FRANCE = "What is the capital of France, and what is it known for?"
PARTS = [
    "", "Hint: A river runs through it.", "", "A good answer:", "Paris, on the Seine, known for its iron tower.", "",
    "They may ask next:", "Since when?",
]  # fmt: skip


def test_a_new_card_is_its_question_its_points_and_its_parts(trainer: Any) -> None:
    ran = trainer("card", "france")
    assert (ran.code, ran.err) == (0, "")
    points = [
        "", "Point 1: Says Paris", "Never asked.", "", "Point 2: Names the tower", "Never asked.", "",
        "Point 3: Names the Seine", "Never asked.",
    ]  # fmt: skip
    assert ran.lines == [FRANCE, "Deck: Capitals. Id: france.", "New: never asked.", *points, *PARTS]


def test_after_an_answer_it_says_what_is_known_and_when_it_comes_back(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "quit")
    trainer.at("2026-11-23T12:00:00+00:00")
    lines = trainer("card", FRANCE[:30]).lines
    assert lines[2] == "Due since 1 day."
    known = re.fullmatch(r"Known today: (\d+)%\.", lines[3])
    assert known
    assert 60 < int(known[1]) < 90
    assert re.fullmatch(r"Known today: 9\d%, holds 2 days, asked 2 days ago\.", lines[6])
    assert re.fullmatch(r"Known today: [4-7]\d%, holds 1 day, asked 2 days ago\.", lines[9])
    assert lines[-2:] == ["History:", "2026-11-21 12:00: good, 2 of 3 points, 0 s, due 2026-11-22."]


def test_a_card_without_points_and_what_was_decided_about_it(trainer: Any) -> None:
    trainer.review("skip", "", "easy", "quit")
    trainer("bury", "spain", "--until", "2026-11-25")
    lines = trainer("card", "spain").lines
    assert lines[2:5] == ["Put aside until Wednesday 25 November.", "Known today: 100%.", ""]
    assert lines[5].startswith("Known today: 100%, holds ")
    assert not any(line.startswith("Point") for line in lines)
    trainer("undo")
    trainer("undo")
    lines = trainer("card", "spain").lines
    assert lines[2] == "New: never asked."
    assert [line[18:29] for line in lines if line.startswith("2026-11-21 12:00: taken")] == ["taken back:"] * 2


def test_a_suspended_card_is_said_to_be(trainer: Any) -> None:
    trainer.review("suspend", "quit")
    assert "Suspended: it does not come." in trainer("card", "france").lines


def test_nothing_but_words_is_printed(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "", "easy", "")
    for call in (["card", "france"], ["cards"], ["decks"], ["due"], ["log"], ["log", "spain"]):
        assert not re.search("[\u2500-\u25ff|]", trainer(*call).out)  # lines, blocks and shapes


@pytest.mark.parametrize(("name", "code"), [("nobody", 2), ("What is", 2)])
def test_a_card_that_is_not_one_is_told(trainer: Any, name: str, code: int) -> None:
    ran = trainer("card", name)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(("trainer: There is no card", "trainer: 'What is' could be 2 cards: "))

"""Cards that the home has already, in the same words or nearly: left out, taken over, or added."""

from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.formats.found import Found, FoundCard
from trainer.formats.near import Nearest
from trainer.formats.planning import UNANSWERED, Doubles, ImportPlan, plan_import
from trainer.home import Home
from trainer.library.folder import read_library
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.model import Card, Deck, KeyPoint

HOME = """
title = "Work"
[[cards]]
id = "failure"
question = "Tell me about a time you failed."
key_points = [{ id = "what", text = "What went wrong", weight = 3 }, "What you learned"]
tags = ["mine"]

[[cards]]
question = "What is a sprint?"
answer = "No answer yet."
"""
Write = Callable[..., Path]


def card(question: str, answer: str = "", *points: str) -> Card:
    key_points = tuple(KeyPoint(point_fingerprint(text), text) for text in points)
    return Card(card_fingerprint(question), question, key_points, answer)


def plan(home: Home, found: Card, doubles: Doubles | None, proposed: bool = False) -> ImportPlan:
    source = Found("in.md", Deck("", "New"), [FoundCard(found, 7, (), proposed)])
    return plan_import(read_library(home.decks), [source], doubles=doubles)


NEAR = "Tell me about a time when you failed."
SAME = "tell me about  a time you failed"


@pytest.fixture(autouse=True)
def work(write_deck: Write) -> None:
    write_deck(HOME, "work.toml")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tell me about a time you failed.", NEAR),
        ("What is a closure in JavaScript?", "Explain closures in JavaScript"),
    ],
)
def test_the_same_question_in_other_words_is_near(one: str, other: str) -> None:
    assert Nearest([card(one)]).to(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is the capital of Norway?", "What is the capital of Sweden?"),
        ("Who wrote Emma?", "When was Emma written?"),
        ("What is HTTP 404?", "What is HTTP 500?"),
        ("Why should you use it?", "Why should you not use it?"),
        ("What is it?", ""),
    ],
)
def test_another_question_is_not_near(one: str, other: str) -> None:
    assert Nearest([card(one)]).to(other) is None


def test_nothing_is_near_in_an_empty_home() -> None:
    assert Nearest([]).to("What is it?") is None


def test_by_default_the_same_is_left_out_and_what_is_near_added_and_told(home: Home) -> None:
    same, near = plan(home, card(SAME, "x"), None), plan(home, card(NEAR, "x"), None)
    assert (same.count, near.count) == (0, 1)
    assert [each.reason for each in same.skipped] == ["The home has this card already."]
    (origin,) = near.origins.values()
    assert origin.near is not None
    assert (origin.near.id, origin.found.line) == ("failure", 7)


def test_skipping_leaves_both_out(home: Home) -> None:
    skipped = plan(home, card(NEAR, "x"), Doubles.SKIP).skipped
    assert [(each.line, each.reason) for each in skipped] == [
        (7, "The home has nearly the same: Tell me about a time you failed."),
    ]


@pytest.mark.parametrize("question", [SAME, NEAR])
def test_updating_keeps_the_question_the_ids_and_what_is_not_said_anew(home: Home, question: str) -> None:
    updates = plan(home, card(question, "Newer.", "What went wrong, and why", "Who was told"), Doubles.UPDATE).updates
    ((newer,),) = updates.values()
    assert list(updates) == ["work.toml"]
    assert (newer.id, newer.question, newer.answer, newer.tags) == (
        "failure", "Tell me about a time you failed.", "Newer.", ("mine",),
    )  # fmt: skip
    assert (newer.key_points[0].id, newer.key_points[0].weight) == ("what", 3)
    assert [point.text for point in newer.key_points] == ["What went wrong, and why", "Who was told"]


def test_points_that_are_only_proposed_take_the_place_of_none(home: Home) -> None:
    ((newer,),) = plan(home, card(SAME, "Newer.", "A guess", "Another"), Doubles.UPDATE, proposed=True).updates.values()
    assert [point.text for point in newer.key_points] == ["What went wrong", "What you learned"]


def test_an_update_that_says_nothing_new_is_none(home: Home) -> None:
    planned = plan(home, card(SAME), Doubles.UPDATE)
    assert (dict(planned.updates), [each.reason for each in planned.skipped]) == (
        {}, ["The home has this card already."],
    )  # fmt: skip


def test_an_answer_takes_the_place_of_none_yet(home: Home) -> None:
    ((newer,),) = plan(home, card("What is a sprint?", "Two weeks."), Doubles.UPDATE).updates.values()
    assert newer.answer == "Two weeks."


def test_adding_adds_what_is_near_and_never_the_same_twice(home: Home) -> None:
    assert plan(home, card(NEAR, "x"), Doubles.ADD).count == 1
    assert plan(home, card(SAME, "x"), Doubles.ADD).count == 0


def test_a_card_without_answer_is_written_with_words_that_say_so(home: Home) -> None:
    planned = plan(home, card("What now?"), None)
    assert planned.additions[0].cards[0].answer == ""
    assert f'answer = "{UNANSWERED}"' in planned.additions[0].new_text.decode()

"""Flashcards in text: what only repeater writes, and answers that are lists."""

from typing import Any

from trainer.formats import qa
from trainer.formats.found import Part, Span
from trainer.model import Card


def read(text: str) -> Any:
    (found,) = qa.read("/x/notes.md", text.encode())
    return found


def test_an_answer_that_is_a_list_becomes_key_points_with_their_lines() -> None:
    (item,) = read("Q: Which?\nA:\n\n- Red\n- Green\n  and more\n\nOf light.\n").cards
    assert [point.text for point in item.card.key_points] == ["Red", "Green and more"]
    assert item.card.answer == "Of light."
    assert [span for span in item.spans if span.part is Part.POINT] == [Span(Part.POINT, 4, 4), Span(Part.POINT, 5, 8)]


def test_a_question_and_its_answer_may_stand_on_one_line() -> None:
    found = read("Some text.\n\nWhat is it?::A thing.\n\nQ: One?\nA: a::b\n")
    assert [(item.line, item.card.question, item.card.answer) for item in found.cards] == [
        (3, "What is it?", "A thing."),
        (5, "One?", "a::b"),
    ]


def test_a_mark_of_the_text_itself_has_a_backslash() -> None:
    (item,) = read("Q: One?\nA\\: not yet\nA: two\n Q\\: three\n").cards
    assert (item.card.question, item.card.answer) == ("One?\nA: not yet", "two\n Q: three")
    assert isinstance(item.card, Card)

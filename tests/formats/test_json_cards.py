"""JSON of many shapes: our own, lists, pairs, questions by answer."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import TrainerError
from trainer.formats.found import Found
from trainer.formats.json_cards import read


def found(document: Any, name: str = "birds.json") -> list[Found]:
    return list(read(name, json.dumps(document, indent=1).encode()))


def pairs(document: Any) -> list[tuple[str, str]]:
    return [(each.card.question, each.card.answer) for deck in found(document) for each in deck.cards]


WANTED = [("Which bird hoots?", "The owl"), ("Which bird sings?", "The wren")]
QA = [{"question": question, "answer": answer} for question, answer in WANTED]


@pytest.mark.parametrize(
    "document",
    [
        QA,
        {"cards": QA},
        {"title": "Birds", "questions": QA},
        [{"title": "Birds", "cards": QA}],
        [{"front": question, "back": answer, "id": 7} for question, answer in WANTED],
        [list(pair) for pair in WANTED],
        dict(WANTED),
        {"data": {"x": 1}, "items": QA},
        [{"Question": question, "modelAnswer": answer} for question, answer in WANTED],
    ],
)
def test_the_usual_shapes(document: Any) -> None:
    assert pairs(document) == WANTED


def test_the_title_of_a_list_is_that_of_the_deck() -> None:
    assert [deck.deck.title for deck in found({"title": "Owls", "cards": QA})] == ["Owls"]
    assert [deck.deck.title for deck in found(QA)] == ["Birds"]
    assert [deck.deck.title for deck in found([{**QA[0], "deck": "A"}, {**QA[1], "deck": "B"}])] == ["A", "B"]


def test_what_cards_prints_comes_back_whole() -> None:
    card = {
        "id": "owl",
        "deck": "Birds",
        "question": "Which bird hoots?",
        "answer": "",
        "hint": "At night.",
        "why": "To hear.",
        "follow_ups": ["And screams?"],
        "tags": ["night"],
        "source": "a book",
        "state": "new",
        "due": None,
        "key_points": [{"id": "big", "text": "Big eyes", "weight": 2, "stability": None}, {"id": "x", "text": "Soft"}],
    }
    (owl,) = [each.card for deck in found([card]) for each in deck.cards]
    assert (owl.id, owl.hint, owl.why, owl.follow_ups, owl.tags, owl.source) == (
        "owl", "At night.", "To hear.", ("And screams?",), ("night",), "a book",
    )  # fmt: skip
    assert [(point.id, point.text, point.weight) for point in owl.key_points] == [
        ("big", "Big eyes", 2),
        ("x", "Soft", 1),
    ]


def test_the_point_of_a_card_without_points_is_none() -> None:
    card = QA[0] | {"key_points": [{"id": "answer", "text": "the answer", "weight": 1}]}
    assert found([card])[0].cards[0].card.key_points == ()


def test_texts_alone_are_bare_questions_and_the_rest_is_told() -> None:
    (deck,) = found(["Which bird hoots?", 5, {"answer": "nothing"}])
    assert [each.card.question for each in deck.cards] == ["Which bird hoots?"]
    assert [each.reason for each in deck.skipped] == ["It has no question."] * 2


def test_each_card_says_its_line() -> None:
    (deck,) = found(QA)
    assert [each.line for each in deck.cards] == [3, 7]


@pytest.mark.parametrize(
    "data", [b"{", b"[]", b'{"a": 1}', b"[" * 100_000, b'{"question": ' + b"9" * 5000 + b"}", b"3"]
)
def test_what_holds_no_cards_is_told(data: bytes) -> None:
    with pytest.raises(TrainerError):
        read("x.json", data)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["question", "answer", "cards", "key_points", "tags", "deck", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_any_document_is_read_or_told(document: Any) -> None:
    try:
        decks = found(document)
    except TrainerError:
        return
    assert all(each.card.question for deck in decks for each in deck.cards)

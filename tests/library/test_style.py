"""Advice on wording: each rule speaks where it should and is silent where it should be."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.library.deck_format import read_deck
from trainer.library.style import LONGEST_ANSWER, LONGEST_POINT, LONGEST_WHOLE, MOST_POINTS, advice, length
from trainer.library.template import new_deck_text
from trainer.model import Card, Deck, KeyPoint, Problem

ANSWER = "Two options were open. We sold the old machine for 300 pounds, and the team voted on it."
PARTS: dict[str, Any] = {
    "answer": ANSWER,
    "follow_ups": ("Who voted against it?",),
    "hint": "Start with the machine.",
    "why": "Whether you decide by reasons.",
    "tags": ("behavioural",),
}
LABELLED = tomllib.loads((Path(__file__).parent / "rewording_pairs.toml").read_text(encoding="utf-8"))


def card(question: str = "What did you sell?", *points: str, **parts: Any) -> Card:
    """Return a card that lacks nothing, with these points and other parts."""
    key_points = tuple(KeyPoint(f"p{number}", text) for number, text in enumerate(points or ("Says what was sold",)))
    return Card(question, question, key_points, **{**PARTS, **parts})


def advised(*cards: Card) -> list[Problem]:
    """Return the advice on a deck of these cards, the first of which stands on line 10, the next on 20."""
    lines = {one.id: 10 * number for number, one in enumerate(cards, 1)}
    return advice(Deck("deck.toml", "Deck", cards=cards), lines.__getitem__)


def messages(*points: str, **parts: Any) -> list[str]:
    return [problem.message for problem in advised(card("What did you sell?", *points, **parts))]


def test_a_good_card_gets_no_advice() -> None:
    assert advised(card()) == []


def test_advice_names_file_and_line_and_what_to_do() -> None:
    (problem,) = advised(card(), card("Why?", hint=""))
    assert str(problem) == "deck.toml:20: There is no hint. A hint helps to begin when nothing comes."


def test_a_point_may_have_eleven_words() -> None:
    assert messages(" ".join(["says", *["word"] * (LONGEST_POINT - 1)])) == []
    (message,) = messages(" ".join(["says", *["word"] * LONGEST_POINT]))
    assert message.startswith("Key point 1, “says word")
    assert message.endswith("has 12 words.")


@pytest.mark.parametrize(
    ("point", "sign"),
    [
        ("Names the options and what each would have cost", "and what"),
        ("Says what was decided, and by whom", "and by whom"),
        ("States the decision and why", "and why"),
        ("Says how it was learned, and how fast", "and how"),
        ("Names the cost and says who paid it", "and says"),
        ("Admits the mistake but explains it", "but explains"),
        ("Reports losses as well as gains", "as well as"),
        ("Says what was sold; names the buyer", ";"),
        ("Says what was agreed. Names the buyer", "."),
    ],
)
def test_a_point_that_holds_two_ideas_is_named_with_its_sign(point: str, sign: str) -> None:
    assert messages(point) == [f"Key point 1, “{point}”, seems to hold two ideas (“{sign}”)."]


@pytest.mark.parametrize(
    "point",
    [
        "Says when and how the team was told",
        "Names the profit and loss",
        "Says that research and development agreed",
        "Sets cost against worth",
        "Names a machine, e.g. Enigma",
        "Names the St. Petersburg office",
        "Must, should, could and won't",
        "Says what the team and its manager sold",
    ],
)
def test_a_point_of_one_idea_is_left_alone(point: str) -> None:
    assert messages(point) == []


@pytest.mark.parametrize(
    ("point", "answer", "said"),
    [
        ("Water boils at sea level", ANSWER, "shares no word with the answer."),
        ("Says in figures what came of it", "It went well.", "asks for a figure, and the answer has none."),
        ("Gives the result with numbers", "It went well.", "asks for a figure, and the answer has none."),
        ("RICE: reach times impact", "Reach, then impact.", "is about RICE, which the answer does not name."),
    ],
)
def test_a_point_that_the_answer_never_makes_is_named(point: str, answer: str, said: str) -> None:
    assert messages(point, answer=answer) == [f"Key point 1, “{point}”, {said}"]


@pytest.mark.parametrize(
    ("point", "answer"),
    [
        ("The machines were sold", ANSWER),
        ("Names the loss", ANSWER),  # describes what the answer does: its words need not be there
        ("Admits own part", ANSWER),
        ("Says in figures what came of it", "A third of it was sold."),
        ("Gives a number of reasons", "It was old and loud."),
        ("RICE: reach times impact", "With RICE, reach times impact."),
        ("Voting", "They sold it."),
        ("Water boils at sea level", ""),
        ("Nennt die Kosten", "Wir haben die alte Maschine verkauft, und alle waren dafür."),
    ],
)
def test_a_point_that_the_answer_may_well_make_is_left_alone(point: str, answer: str) -> None:
    assert not any(
        "answer" in message for message in messages(point, answer=answer) if "no model answer" not in message
    )


def test_questions_that_ask_the_same_are_named_once_with_the_line_of_the_first() -> None:
    first = card("Tell me about a time you had to make a hard decision")
    again = card("Describe a time when you had to make a difficult decision")
    third = card("Tell me about a moment when you had to make a hard decision")
    problems = advised(first, again, third)
    assert [problem.line for problem in problems] == [20, 30]
    assert problems[0].message.startswith("This asks nearly what line 10 asks: “Tell me about")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What is the capital of Norway?", "What is the capital of Sweden?"),
        ("What does RICE stand for?", "What does MoSCoW stand for?"),
        ("When would you hire?", "When would you not hire?"),
        ("What is 3 times 4?", "What is 3 times 5?"),
    ],
)
def test_questions_that_only_look_alike_are_left_alone(first: str, second: str) -> None:
    assert advised(card(first), card(second)) == []


def test_of_the_labelled_pairs_none_is_called_alike_that_is_not() -> None:
    wrong = [
        pair["name"]
        for pair in LABELLED["card"]
        if not pair["same"]
        and any("nearly" in found.message for found in advised(card(pair["old"]), card(pair["new"])))
    ]
    assert wrong == []


def test_an_answer_may_have_two_hundred_words() -> None:
    assert messages(answer="sold " * LONGEST_ANSWER) == []
    assert messages(answer="sold " * (LONGEST_ANSWER + 1)) == ["The answer has 201 words."]


def test_a_card_may_have_seven_points() -> None:
    points = [f"Says it in way {number}" for number in "abcdefgh"]
    assert messages(*points[:MOST_POINTS]) == []
    assert messages(*points) == ["There are 8 key points."]


def test_a_long_answer_without_points_should_have_some() -> None:
    plain = Card("q", "What is it?", answer="word " * LONGEST_WHOLE)
    assert advised(plain) == []
    (problem,) = advised(Card("q", "What is it?", answer="word " * (LONGEST_WHOLE + 1)))
    assert problem.message == "The answer has 41 words and is judged as a whole."


@pytest.mark.parametrize(
    ("part", "name"),
    [("answer", "model answer"), ("hint", "hint"), ("follow_ups", "follow-ups"), ("why", "`why`"), ("tags", "tags")],
)
def test_a_part_that_is_missing_is_named(part: str, name: str) -> None:
    empty = "" if isinstance(PARTS[part], str) else ()
    assert [problem.message for problem in advised(card(), card("Why?", **{part: empty}))] == [f"There is no {name}."]


def test_parts_that_are_missing_are_named_together_and_once_where_no_card_has_them() -> None:
    (one,) = advised(card(), card("Why?", hint="", why=""))
    assert (one.line, one.message) == (20, "There is no hint or `why`.")
    (all_of_them,) = advised(card(hint=""), card("Why?", hint=""))
    assert (all_of_them.line, all_of_them.message) == (None, "No card has a hint.")


def test_a_word_and_its_meaning_need_no_more_than_an_answer() -> None:
    assert advised(*(Card(word, word, answer=word.upper()) for word in ("chat", "chien", "cheval"))) == []


@pytest.mark.parametrize(("text", "words"), [("", 0), ("one  two\nthree", 3), ("東京都庁", 2), ("東京 tower", 2)])
def test_length_is_told_in_words_of_any_script(text: str, words: int) -> None:
    assert length(text) == words


def test_the_example_that_new_writes_follows_the_advice() -> None:
    lines = new_deck_text("My talk").splitlines()
    start = lines.index("# [[cards]]")
    content = read_deck("\n".join(line.removeprefix("# ") for line in lines[start:]).encode(), "my-talk.toml")
    assert content.deck is not None
    assert [problem.message for problem in advice(content.deck, lambda _: 1)] == []


@settings(max_examples=100)
@given(st.lists(st.tuples(st.text(min_size=1), st.lists(st.text(min_size=1), max_size=3), st.text()), max_size=6))
def test_any_text_can_be_advised_on(cards: list[tuple[str, list[str], str]]) -> None:
    deck = [Card(str(number), one, tuple(KeyPoint(str(at), text) for at, text in enumerate(points)), answer)
            for number, (one, points, answer) in enumerate(cards)]  # fmt: skip
    found = advised(*deck)
    assert found == sorted(found, key=lambda problem: problem.line or 0)

"""Rewording: labelled pairs, what is certain, what is ambiguous, and what must hold of any input."""

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.library.identity import card_fingerprint, point_fingerprint, same_wording
from trainer.library.rewording import Learned, Renaming, card_renamings, point_renamings
from trainer.model import Card, KeyPoint

quick = settings(max_examples=60)

LABELLED = tomllib.loads((Path(__file__).parent / "rewording_pairs.toml").read_text(encoding="utf-8"))
MISSED = {
    *("tense", "inflection", "author wrote", "clause dropped at end", "Chinese clause", "Russian clause"),  # of cards
    "order",  # of points
}
"""Rewordings left alone, since the rule that would find them would also join other questions."""

TRAPS = [
    ("Why do you want this job?", "Why do you want to leave your job?"),
    ("What is the French Revolution?", "What caused the French Revolution?"),
    ("What is a trial in court?", "What is a trail in court?"),
    ("What is a process?", "What is a process in Linux?"),
    ("Who are you", "Who are they"),
    ("king", "kings"),
    ("I make", "I made"),
    ("What is the opposite of big?", "What is the opposite of large?"),
    ("What is the past of lead?", "What is the past of led?"),
    ("What is the effect of tax on price?", "What is the effect of price on tax?"),
    ("What happens if demand rises and supply falls?", "What happens if supply rises and demand falls?"),
    ("Is it possible to win?", "Is it impossible to win?"),
    ("What is German in character?", "What is Germany in character?"),
    ("What is a stack?", "What is a stack overflow?"),
    ("What is the speed of light?", "What is the speed of sound?"),
    ("What's 5 + 3", "What's 5 - 3"),
    ("犬", "猫"),
    ("der Hund", "der Mund"),
]
"""Found while the rule was measured: short questions, word pairs, questions turned round."""


@pytest.mark.parametrize(("old", "new"), TRAPS)
def test_a_like_question_that_asks_something_else_is_left_alone(old: str, new: str) -> None:
    assert pairs([learned("a", old)], [card("b", new)]) == set()
    assert pairs([learned("a", new)], [card("b", old)]) == set()


def learned(name: str, question: str, *points: str) -> Learned:
    return Learned(name, question, {point_fingerprint(text): text for text in points})


def card(name: str, question: str, *points: str) -> Card:
    return Card(name, question, tuple(KeyPoint(point_fingerprint(text), text) for text in points), "An answer.")


def pairs(vanished: list[Learned], fresh: list[Card], *undone: tuple[str, str, str]) -> set[tuple[str, str]]:
    return {(one.was, one.card) for one in card_renamings(vanished, fresh, undone)}


@pytest.mark.parametrize("pair", LABELLED["card"], ids=lambda pair: pair["name"])
def test_a_card_is_found_again_only_if_it_asks_the_same(pair: dict[str, Any]) -> None:
    found = pairs(
        [learned("old", pair["old"], *pair.get("old_points", ()))],
        [card("new", pair["new"], *pair.get("new_points", ()))],
    )
    assert found == ({("old", "new")} if pair["same"] and pair["name"] not in MISSED else set())


@pytest.mark.parametrize("pair", LABELLED["point"], ids=lambda pair: pair["name"])
def test_a_point_is_found_again_only_if_it_says_the_same(pair: dict[str, Any]) -> None:
    was = Learned("c", "Q", {"old": pair["old"]})
    found = point_renamings(Card("c", "Q", (KeyPoint("new", pair["new"]),)), was)
    assert found == ([Renaming("c", "old", "new")] if pair["same"] and pair["name"] not in MISSED else [])


def test_among_all_labelled_cards_at_once_none_is_joined_with_a_wrong_one() -> None:
    rows = LABELLED["card"]
    vanished = [learned(f"old{i}", row["old"], *row.get("old_points", ())) for i, row in enumerate(rows)]
    fresh = [card(f"new{i}", row["new"], *row.get("new_points", ())) for i, row in enumerate(rows)]
    right = {(f"old{i}", f"new{i}") for i, row in enumerate(rows) if row["same"]}
    forms = [(one.card, same_wording(one.question)) for one in vanished]
    right |= {(was, now.id) for was, form in forms for now in fresh if form == same_wording(now.question)}
    assert pairs(vanished, fresh) <= right


HARD = "Tell me about a hard decision"
HARD_ID = card_fingerprint(HARD)


@pytest.mark.parametrize(
    ("vanished", "fresh", "found"),
    [
        pytest.param([learned("a", "What is C?")], [card("b", "what is c")], {("a", "b")}, id="same wording"),
        pytest.param([learned(HARD_ID, "")], [card("b", HARD)], {(HARD_ID, "b")}, id="id given"),
        pytest.param([learned("a", HARD)], [card(HARD_ID, HARD)], {("a", HARD_ID)}, id="id removed"),
        pytest.param(
            [learned("a", HARD, "One", "Two")], [card("b", HARD, "Three"), card("c", HARD + "s")], {("a", "b")},
            id="the same wording wins whatever the points, and whatever is near",
        ),
        pytest.param(
            [learned("a", HARD)], [card("b", "Describe a hard decision"), card("c", "Please describe a hard decision")],
            set(), id="two fresh ones as near",
        ),
        pytest.param(
            [learned("a", "Describe a hard decision"), learned("b", "Please describe a hard decision")],
            [card("c", HARD)], set(), id="two vanished ones as near",
        ),
        pytest.param(
            [learned("a", HARD, "One two three"), learned("b", HARD, "Four five six")],
            [card("c", HARD, "Four five six")], {("b", "c")}, id="of two with the wording the one with the points",
        ),
        pytest.param([learned("a", "")], [card("b", "?")], set(), id="no wording known"),
        pytest.param([learned("a", "?")], [card("b", "!")], set(), id="no words"),
        pytest.param([learned("a", HARD)], [card("a", HARD), card("b", HARD)], set(), id="not vanished at all"),
        pytest.param([learned("a", "x " * 50_000)], [card("b", "x " * 50_000)], {("a", "b")}, id="long and equal"),
        pytest.param([learned("a", "x " * 50_000)], [card("b", "x " * 50_001 + "y")], set(), id="long and not equal"),
        pytest.param([], [card("b", HARD)], set(), id="none vanished"),
        pytest.param([learned("a", HARD)], [], set(), id="none fresh"),
    ],
)  # fmt: skip
def test_which_cards_are_proposed(vanished: list[Learned], fresh: list[Card], found: set[tuple[str, str]]) -> None:
    assert pairs(vanished, fresh) == found


def test_an_undone_pair_leaves_the_place_to_the_next() -> None:
    fresh = [card("b", HARD), card("c", "Describe a hard decision")]
    assert pairs([learned("a", HARD)], fresh) == {("a", "b")}
    assert pairs([learned("a", HARD)], fresh, ("b", "", "a")) == {("a", "c")}
    assert pairs([learned("a", HARD)], fresh, ("a", "", "b")) == {("a", "c")}
    assert pairs([learned("a", HARD)], fresh, ("b", "a", "b")) == {("a", "b")}  # of a point, not of the card


OPTIONS, DECIDED, RESULT = "Names the options", "Says what was decided", "Gives the result in numbers"
RESULT_ID = point_fingerprint(RESULT)


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        pytest.param({"p": OPTIONS}, {}, {("p", "answer")}, id="first points"),
        pytest.param({"p": OPTIONS, "q": RESULT}, {"answer": "A"}, {("p", "answer"), ("q", "answer")}, id="answer"),
        pytest.param({}, {"p": OPTIONS, "q": RESULT}, {("answer", "p"), ("answer", "q")}, id="last points lost"),
        pytest.param({}, {}, set(), id="never any"),
        pytest.param({"p": OPTIONS}, {"p": RESULT}, set(), id="the id stays, whatever it says"),
        pytest.param({"p": OPTIONS, "q": RESULT}, {"p": OPTIONS}, set(), id="one added"),
        pytest.param({"p": OPTIONS}, {"p": OPTIONS, "q": RESULT}, set(), id="one dropped"),
        pytest.param({"p": OPTIONS + "."}, {"old": OPTIONS}, {("p", "old")}, id="an id given"),
        pytest.param({"p": RESULT}, {RESULT_ID: ""}, {("p", RESULT_ID)}, id="by its id alone"),
        pytest.param(
            {"p": OPTIONS + " and their cost", "q": DECIDED + " by whom"}, {"o": OPTIONS, "d": DECIDED, "r": RESULT},
            {("p", "o"), ("q", "d")}, id="two reworded, one dropped",
        ),
        pytest.param({"p": OPTIONS + " well", "q": "Well, names the options"}, {"o": OPTIONS}, set(), id="two as near"),
    ],
)  # fmt: skip
def test_which_points_are_proposed(now: dict[str, str], before: dict[str, str], found: set[tuple[str, str]]) -> None:
    of_today = Card("c", "Q", tuple(KeyPoint(name, text) for name, text in now.items()), "A")
    renamings = point_renamings(of_today, Learned("other", "Q", before))
    assert {(one.point, one.was) for one in renamings} == found
    assert {one.card for one in renamings} <= {"c"}
    undone = {(one.card, one.point, one.was) for one in renamings}
    assert (
        not {(one.card, one.point, one.was) for one in point_renamings(of_today, Learned("c", "Q", before), undone)}
        & undone
    )


WORDS = (
    "what is the capital of norway sweden describe tell me about a hard difficult decision not 1914 1918 如 何 C++ ?"
)
QUESTIONS = st.one_of(st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join), st.text(max_size=12))
POINTS = st.lists(QUESTIONS, max_size=3)
OLDS = st.lists(st.builds(lambda q, p: (q, p), QUESTIONS, POINTS), max_size=6).map(
    lambda rows: [learned(f"old{i}", question, *points) for i, (question, points) in enumerate(rows)]
)
NEWS = st.lists(st.builds(lambda q, p: (q, p), QUESTIONS, POINTS), max_size=6).map(
    lambda rows: [card(f"new{i}", question, *points) for i, (question, points) in enumerate(rows)]
)


@quick
@given(OLDS, NEWS, st.randoms())
def test_each_is_matched_once_in_whatever_order_they_come(
    vanished: list[Learned], fresh: list[Card], chance: random.Random
) -> None:
    found = card_renamings(vanished, fresh)
    assert len({one.card for one in found}) == len({one.was for one in found}) == len(found)
    shuffled = [Learned(one.card, one.question, dict(reversed(one.points.items()))) for one in vanished]
    others = list(fresh)
    chance.shuffle(shuffled)
    chance.shuffle(others)
    assert card_renamings(shuffled, others) == found


@quick
@given(OLDS, NEWS)
def test_what_was_undone_is_never_proposed_again(vanished: list[Learned], fresh: list[Card]) -> None:
    undone: set[tuple[str, str, str]] = set()
    while found := card_renamings(vanished, fresh, undone):
        again = {(one.card, one.point, one.was) for one in found}
        assert not again & undone
        undone |= again


@quick
@given(OLDS, NEWS, st.text(max_size=30).filter(same_wording))
def test_the_same_wording_is_always_found(vanished: list[Learned], fresh: list[Card], question: str) -> None:
    vanished = [one for one in vanished if same_wording(one.question) != same_wording(question)]
    fresh = [one for one in fresh if same_wording(one.question) != same_wording(question)]
    found = pairs([*vanished, learned("was", f" {question}?")], [*fresh, card("now", question)])
    assert ("was", "now") in found


@quick
@given(POINTS, POINTS, st.randoms())
def test_each_point_is_matched_once_in_whatever_order_they_come(
    before: list[str], now: list[str], chance: random.Random
) -> None:
    old = [(f"old{i}", text) for i, text in enumerate(before)]
    new = [KeyPoint(f"new{i}", text) for i, text in enumerate(now)]
    found = point_renamings(Card("c", "Q", tuple(new), "A"), Learned("c", "Q", dict(old)))
    if old and new:
        assert len({one.point for one in found}) == len({one.was for one in found}) == len(found)
    chance.shuffle(old)
    chance.shuffle(new)
    assert point_renamings(Card("c", "Q", tuple(new), "A"), Learned("c", "Q", dict(old))) == found


def test_thousands_are_searched_through_an_index() -> None:
    names = [f"{i:x}".translate(str.maketrans("0123456789", "ghijklmnop")) * 3 for i in range(60)]
    vanished = [learned(f"old{i}", f"Why did {name} fall to the sea people?") for i, name in enumerate(names)]
    fresh = [card(f"new{i}", f"Why did {name} fall to the sea people, in your view?") for i, name in enumerate(names)]
    assert pairs(vanished, fresh) == {(f"old{i}", f"new{i}") for i in range(len(names))}

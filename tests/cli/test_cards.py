"""`trainer cards`: the cards there are, with the memory of each key point."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fsrs import Card as FsrsCard
from fsrs import Rating as FsrsRating
from fsrs import Scheduler

from trainer.search.conditions import CONDITIONS

FULL = """
title = "Stories"

[[cards]]
id = "call"
question = "Tell me about a hard call"
key_points = [{ id = "options", text = "Names the options" }, "Says what was decided"]
answer = "Two\\nlines."
follow_ups = ["Why?", "And then?"]
hint = "Say when."
why = "Judgement."
tags = ["behavioural", "senior"]
source = "A book"
"""
KEYS = [
    "id", "deck", "question", "answer", "hint", "why", "follow_ups", "tags", "source", "key_points",
    "state", "due", "coverage", "reviews", "lapses",
]  # fmt: skip


def by_id(trainer: Any, *call: str) -> dict[str, Any]:
    return {card["id"]: card for card in trainer.json("cards", *call)}


def remembered(*ratings: FsrsRating) -> dict[str, Any]:
    """What FSRS itself makes of these ratings of 21 November, on that day."""
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = FsrsCard(card_id=1)
    for rating in ratings:
        card, _ = scheduler.review_card(card, rating, datetime(2026, 11, 21, tzinfo=UTC))
    return {
        "stability": pytest.approx(card.stability),
        "difficulty": pytest.approx(card.difficulty),
        "retrievability": 1.0,
        "last_day": "2026-11-21",
    }


NEVER = {"stability": None, "difficulty": None, "retrievability": None, "last_day": None}


def test_a_new_card_has_all_of_the_deck_and_nothing_of_the_log(bare: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(FULL, "stories.toml")
    (card,) = bare.json("cards")
    decided = card["key_points"][1]["id"]
    assert len(decided) == 8
    assert card == {
        "id": "call",
        "deck": "Stories",
        "question": "Tell me about a hard call",
        "answer": "Two\nlines.",
        "hint": "Say when.",
        "why": "Judgement.",
        "follow_ups": ["Why?", "And then?"],
        "tags": ["behavioural", "senior"],
        "source": "A book",
        "state": "new",
        "due": None,
        "coverage": None,
        "reviews": 0,
        "lapses": 0,
        "key_points": [
            {"id": "options", "text": "Names the options", "weight": 1, **NEVER},
            {"id": decided, "text": "Says what was decided", "weight": 1, **NEVER},
        ],
    }


def test_every_card_has_every_promised_key(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "quit")
    for card in trainer.json("cards"):
        assert set(card) == set(KEYS)
        for point in card["key_points"]:
            assert set(point) == {
                "id", "text", "weight", "stability", "difficulty", "retrievability", "last_day",
            }  # fmt: skip


def test_a_reviewed_card_has_the_memory_of_each_point(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "quit")
    france = by_id(trainer)["france"]
    assert (france["state"], france["reviews"], france["lapses"]) == ("review", 1, 0)
    assert france["due"] == "2026-11-22"
    assert france["coverage"] == pytest.approx(1.0)
    good, again = remembered(FsrsRating.Good), remembered(FsrsRating.Again)
    assert france["key_points"] == [
        {"id": "paris", "text": "Says Paris", "weight": 1, **good},
        {"id": "tower", "text": "Names the tower", "weight": 1, **again},
        {"id": "river", "text": "Names the Seine", "weight": 2, **good},
    ]


def test_a_return_moves_only_the_points_it_asked(trainer: Any) -> None:
    trainer.review("skip", "", "good", "", "1 3", "good", "", "2", "hard", "")
    france = by_id(trainer)["france"]
    assert (france["reviews"], france["lapses"]) == (2, 0)
    paris, tower, _ = france["key_points"]
    assert paris == {"id": "paris", "text": "Says Paris", "weight": 1, **remembered(FsrsRating.Good)}
    moved = remembered(FsrsRating.Again, FsrsRating.Hard)
    assert tower == {"id": "tower", "text": "Names the tower", "weight": 1, **moved}


def test_coverage_falls_with_the_days_by_the_weights_of_the_points(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "quit")
    trainer.at("2026-11-24T12:00:00+00:00")
    france = by_id(trainer)["france"]
    shares = [point["retrievability"] for point in france["key_points"]]
    assert 0 < shares[1] < shares[0] == shares[2] < 0.95
    assert france["coverage"] == pytest.approx((shares[0] + shares[1] + 2 * shares[2]) / 4)


def test_a_point_that_was_never_asked_is_null_and_counts_nothing(trainer: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(FULL, "stories.toml")
    trainer.log(
        '20261121T100000000Z-aaaa00 = { card = "call", day = 2026-11-21, rating = "good", recalled = ["options"], '
        "due = 2026-11-23 }"
    )
    call = by_id(trainer)["call"]
    assert call["key_points"][0]["last_day"] == "2026-11-21"
    assert {key: call["key_points"][1][key] for key in NEVER} == NEVER
    assert call["coverage"] == pytest.approx(0.5)


def test_a_card_without_points_shows_its_answer_as_the_only_one(trainer: Any) -> None:
    trainer.review("skip", "", "easy", "quit")
    (point,) = by_id(trainer)["spain"]["key_points"]
    assert (point["id"], point["weight"]) == ("answer", 1)
    assert point["text"]
    assert {key: point[key] for key in NEVER} == remembered(FsrsRating.Easy)


def test_a_suspended_card_keeps_its_day(trainer: Any) -> None:
    trainer.review("", "all", "good", "quit")
    due = by_id(trainer)["france"]["due"]
    trainer.log(
        *trainer.home.log.read_text(encoding="utf-8").splitlines(),
        '20261121T130000000Z-aaaa00 = { card = "france", suspend = true }',
        '20261121T130000001Z-aaaa00 = { card = "spain", suspend = true }',
    )
    cards = by_id(trainer)
    assert (cards["france"]["state"], cards["france"]["due"], cards["france"]["reviews"]) == ("suspended", due, 1)
    assert (cards["spain"]["state"], cards["spain"]["due"], cards["spain"]["coverage"]) == ("suspended", None, None)


def test_lapses_are_missed_points_but_for_the_first_review_and_returns(trainer: Any) -> None:
    trainer.log(
        '20261101T120000000Z-aaaa00 = { card = "france", day = 2026-11-01, rating = "again", missed = ["paris"] }',
        '20261101T121500000Z-aaaa00 = { card = "france", day = 2026-11-01, rating = "again", missed = ["paris"], '
        "given = true }",
        '20261105T120000000Z-aaaa00 = { card = "france", day = 2026-11-05, rating = "good", recalled = ["paris"], '
        'missed = ["tower"] }',
        '20261107T120000000Z-aaaa00 = { card = "france", day = 2026-11-07, rating = "good", recalled = ["paris"] }',
        '20261109T120000000Z-aaaa00 = { card = "france", day = 2026-11-09, rating = "again", missed = ["river"] }',
        '20261110T120000000Z-aaaa00 = { undo = "20261109T120000000Z-aaaa00" }',
    )
    france = by_id(trainer)["france"]
    assert (france["reviews"], france["lapses"]) == (4, 1)


def test_a_card_without_a_promised_day_is_due_at_its_crossing(trainer: Any) -> None:
    trainer.log('20261121T100000000Z-aaaa00 = { card = "spain", day = 2026-11-21, rating = "good" }')
    assert by_id(trainer)["spain"]["due"] == "2026-11-23"  # a first good answer holds for 2.3 days


def test_an_answer_taken_back_leaves_a_new_card(trainer: Any) -> None:
    before = trainer.json("cards")
    trainer.review("", "all", "good", "quit")
    assert trainer.json("cards") != before
    trainer("undo")
    assert trainer.json("cards") == before


def test_people_read_a_line_a_card_and_the_number(trainer: Any) -> None:
    trainer.review("", "all", "good", "suspend", "quit")
    due = trainer.reviews()[0]["due"]
    ran = trainer("cards")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        f"due {due}  100% known  What is the capital of France, and what is it known for?",
        "new                         What is the capital of Spain? (suspended)",
        "2 cards.",
    ]


def test_a_long_question_is_cut_at_a_word_for_people_and_whole_in_json(
    bare: Any, write_deck: Callable[..., Path]
) -> None:
    question = "word " * 30 + "end"
    write_deck(f'[[cards]]\nquestion = "{question}"\nanswer = "A."', "long.toml")
    line = bare("cards").lines[0]
    assert line.endswith("word word…")
    assert len(line) < 110
    assert bare.json("cards")[0]["question"] == question


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ([], ["france", "spain", "call"]),
        (["capital"], ["france", "spain"]),
        (["CAPITAL"], ["france", "spain"]),
        (["capital", "seine"], ["france"]),
        (["capital seine"], ["france"]),
        (["seine", "capital"], ["france"]),
        (["madrid"], ["spain"]),
        (["judgement"], ["call"]),
        (["senior"], ["call"]),
        (["say when."], ["call"]),
        (["and then"], ["call"]),
        (["decided"], ["call"]),
        (["call"], ["call"]),
        (["france"], ["france"]),
        (["since when", "tower"], ["france"]),
        (["capital", "judgement"], []),
        (["nowhere"], []),
        ([""], ["france", "spain", "call"]),
    ],
    ids=" ".join,
)
def test_a_query_is_words_that_all_stand_somewhere_in_the_card(
    trainer: Any, write_deck: Callable[..., Path], query: list[str], found: list[str]
) -> None:
    write_deck(FULL, "stories.toml")
    assert list(by_id(trainer, *query)) == found


def test_a_query_that_finds_nothing_says_so(trainer: Any) -> None:
    ran = trainer("cards", "nowhere")
    assert (ran.code, ran.out, ran.err) == (0, "0 cards.\n", "")
    assert trainer.json("cards", "nowhere") == []


def test_one_card_is_one(trainer: Any) -> None:
    assert trainer("cards", "madrid").lines[-1] == "1 card."


def test_only_the_cards_of_one_deck(trainer: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(FULL, "stories.toml")
    assert list(by_id(trainer, "--deck", "capi")) == ["france", "spain"]
    assert list(by_id(trainer, "--deck", "STORIES.TOML")) == ["call"]
    assert list(by_id(trainer, "--deck", "stories", "capital")) == []


def test_asking_writes_nothing_but_the_cache(trainer: Any) -> None:
    before = trainer.files()
    trainer("cards")
    assert trainer.files() == before


def test_leeches_are_listed_with_their_points(trainer: Any) -> None:
    assert trainer("cards", "--leeches").out == "0 cards.\n"
    trainer.log(
        *(
            f'2026110{day}T120000000Z-ffff01 = {{ card = "france", day = 2026-11-0{day}, rating = "good", '
            f'recalled = ["paris", "tower"], missed = ["river"], due = 2026-11-0{day + 1} }}'
            for day in range(1, 8)
        )
    )
    listed, point, count = trainer("cards", "--leeches").lines
    assert "What is the capital of France" in listed
    assert point.strip().startswith("“Names the Seine” was missed 6 times or more: ")
    assert count == "1 card."
    assert [card["id"] for card in trainer.json("cards", "--leeches")] == ["france"]
    said = trainer.review("", "1 2", "good", "quit").out
    assert said.count("“Names the Seine” was missed 6 times or more") == 1


def test_a_search_by_where_cards_stand(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "quit")
    assert list(by_id(trainer, "is:review", "points>=3")) == ["france"]
    assert list(by_id(trainer, "due<=3d -madrid")) == ["france"]
    assert list(by_id(trainer, "--deck", "capitals", "capital -is:review")) == ["spain"]
    assert trainer("cards", "--", "-is:review").lines[-1] == "1 card."


def test_a_search_that_cannot_be_understood_is_shown_with_the_place(trainer: Any) -> None:
    ran = trainer("cards", "capital", "is:old")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "trainer: A card is due, new, review, suspended, leech, buried or paused, not 'old'.\n"
        "capital is:old\n           ^\n"
    )
    error = trainer("cards", "--json", "tag:").json["error"]
    assert error == {"message": "`tag:` needs a tag.", "hint": "tag:\n    ^"}


def test_the_help_shows_every_condition(trainer: Any) -> None:
    said = trainer("cards", "--help").out
    assert [name for name in CONDITIONS if not re.search(rf"\b{name}[:<>=]", said)] == []

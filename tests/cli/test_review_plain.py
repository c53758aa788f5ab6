"""`trainer review --plain`: every prompt, what each takes, and what is recorded."""

import io
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.cli.plain import PlainReview
from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.collection.merging import merge
from trainer.progress.lines import HEADER
from trainer.progress.merging import read_other
from trainer.study.session import Session

REVEAL = "Enter shows the answer (hint, skip, suspend, undo, quit): "
TICK = "Which did you make? (numbers, all or none): "
FLUENCY = "How did it go? "
END = "undo takes the last answer back, Enter ends: "
RETRY = "Enter tries again, the path of a file writes the answer there: "

FRANCE = "What is the capital of France, and what is it known for?"
SPAIN = "What is the capital of Spain?"
POINTS = {"paris": "Says Paris", "tower": "Names the tower", "river": "Names the Seine"}

ONE_POINT_LESS = """
title = "Capitals"
[[cards]]
id = "spain"
question = "What is the capital of Spain?"
answer = "Madrid."
"""
ONLY_FRANCE = """
title = "Capitals"
[[cards]]
id = "france"
question = "What is the capital of France, and what is it known for?"
key_points = [
  { id = "paris", text = "Says Paris" },
  { id = "tower", text = "Names the tower" },
  { id = "river", text = "Names the Seine", weight = 2 },
]
"""


def prompts(out: str) -> list[str]:
    """Return the prompts in the order they were printed."""
    found = [(out.find(each, at), each) for each in (REVEAL, TICK, FLUENCY, END, RETRY) for at in starts(out, each)]
    return [each for _, each in sorted(found)]


def starts(out: str, text: str) -> list[int]:
    return [at for at in range(len(out)) if out.startswith(text, at)]


def ends(trainer: Any) -> dict[str, str]:
    """Return the rating of each review that is not taken back, by the card; a card twice is an error."""
    undone = {value["undo"] for _, value in trainer.events() if "undo" in value}
    standing = [value for key, value in trainer.events() if "rating" in value and key not in undone]
    assert len({value["card"] for value in standing}) == len(standing)
    return {value["card"]: value["rating"] for value in standing}


@pytest.fixture
def spain(trainer: Any, write_deck: Callable[..., Path]) -> Any:
    """The command line on a home with one card, which has no key points."""
    write_deck(ONE_POINT_LESS)
    return trainer


@pytest.fixture
def france(trainer: Any, write_deck: Callable[..., Path]) -> Any:
    """The command line on a home with one card of three key points."""
    write_deck(ONLY_FRANCE)
    return trainer


# The whole way


def test_the_daily_loop_end_to_end_on_a_fresh_home(fresh: Any) -> None:
    def new_cards() -> int:
        (count,) = [deck["new"] for deck in fresh.json("due")["decks"] if deck["title"] == "Leading product marketing"]
        return int(count)

    before = new_cards()
    ran = fresh("review", "leading", "--plain", stdin="\n1 3\ngood\n\nall\neasy\nquit\n")
    assert (ran.code, ran.err) == (0, "")
    first, second = fresh.reviews()
    assert (first["rating"], second["rating"]) == ("good", "easy")
    deck = tomllib.loads((fresh.home.decks / "leading-product-marketing.toml").read_text(encoding="utf-8"))
    for review, card in zip((first, second), deck["cards"], strict=False):
        assert review["card"] == card["id"]
        points = [point["id"] for point in card["key_points"]]
        assert sorted(review["recalled"] + review.get("missed", [])) == sorted(points)
    assert first["recalled"] == [deck["cards"][0]["key_points"][at]["id"] for at in (0, 2)]
    assert new_cards() == before - 2

    ran = fresh("undo")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Taken back: easy, ")
    assert new_cards() == before - 1
    assert ends(fresh) == {first["card"]: "good"}


def test_the_log_of_a_session_is_whole_and_each_line_toml_by_itself(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "", "hard", "", "2", "good", "")
    text = trainer.home.log.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert [*tomllib.loads(text)] == [key for key, _ in trainer.events()]
    assert [value.get("rating") for _, value in trainer.events()] == [None, "good", None, "hard", "good"]
    assert trainer.events()[0][1] == {"card": "france", "question": FRANCE, "points": POINTS}
    assert trainer.events()[2][1] == {"card": "spain", "question": SPAIN}


def test_prompts_and_cards_come_in_order_and_on_standard_output(trainer: Any) -> None:
    ran = trainer.review("", "all", "easy", "", "good", "")
    assert (ran.code, ran.err) == (0, "")
    assert prompts(ran.out) == [REVEAL, TICK, FLUENCY, REVEAL, FLUENCY, END]
    assert ran.out.index("Capitals (1 of 2)") < ran.out.index(FRANCE) < ran.out.index("Capitals (2 of 2)")


def test_nothing_of_the_answer_is_shown_before_the_reveal(trainer: Any) -> None:
    ran = trainer.review("", "quit")
    before, _, after = ran.out.partition(REVEAL)
    answer = [*POINTS.values(), "Paris, on the Seine, known for its iron tower.", "Since when?"]
    for text in answer:
        assert text not in before
        assert text in after
    assert "A river runs through it." not in ran.out


def test_the_reveal_numbers_the_points_and_shows_the_answer_and_what_follows(trainer: Any) -> None:
    ran = trainer.review("", "quit")
    assert (
        "\nKey points:\n   1. Says Paris\n   2. Names the tower\n   3. Names the Seine\n"
        "\nA good answer:\nParis, on the Seine, known for its iron tower.\n"
        "\nThey may ask next:\n   - Since when?\n"
    ) in ran.out


def test_a_card_of_an_answer_alone_shows_only_that(spain: Any) -> None:
    ran = spain.review("")
    assert "\nA good answer:\nMadrid.\n" in ran.out
    assert "Key points" not in ran.out
    assert "They may ask" not in ran.out


def test_a_card_of_key_points_alone_shows_only_those(france: Any) -> None:
    ran = france.review("")
    assert "\nKey points:\n   1. Says Paris\n" in ran.out
    assert "A good answer" not in ran.out


def test_the_days_that_are_shown_are_the_days_that_are_recorded(spain: Any) -> None:
    ran = spain.review("", "easy", "")
    offered = ran.out.partition(FLUENCY)[2].partition("easy (")[2].partition(" day")[0]
    review = spain.reviews()[0]
    assert int(offered) == (review["due"] - review["day"]).days
    assert f"Saved: easy, due in {offered} days.\n" in ran.out


# The reveal prompt


@pytest.mark.parametrize("line", ["", "   ", "Paris, on the Seine", "all", "good", "1 2", "hint?", "skip it", "u", "q"])
def test_any_line_but_a_command_reveals(trainer: Any, line: str) -> None:
    ran = trainer.review(line, "none", "quit")
    assert prompts(ran.out)[:2] == [REVEAL, TICK]
    assert ends(trainer) == {"france": "again"}


@pytest.mark.parametrize("line", ["hint", "HINT", "  hint  "])
def test_hint_shows_the_hint_and_asks_again(trainer: Any, line: str) -> None:
    ran = trainer.review(line, "quit")
    assert prompts(ran.out) == [REVEAL, REVEAL]
    assert "Hint: A river runs through it.\n" in ran.out
    assert "Says Paris" not in ran.out


def test_a_card_without_a_hint_says_so(spain: Any) -> None:
    ran = spain.review("hint", "quit")
    assert prompts(ran.out) == [REVEAL, REVEAL]
    assert "This card has no hint.\n" in ran.out


def test_skip_brings_the_card_at_the_end(trainer: Any) -> None:
    ran = trainer.review("skip", "", "good", "", "all", "good", "")
    assert [review["card"] for review in trainer.reviews()] == ["spain", "france"]
    assert prompts(ran.out) == [REVEAL, REVEAL, FLUENCY, REVEAL, TICK, FLUENCY, END]


def test_skip_records_nothing(trainer: Any) -> None:
    trainer.review("skip", "quit")
    assert trainer.events() == []


def test_suspend_takes_the_card_out_of_this_and_later_sessions(trainer: Any) -> None:
    ran = trainer.review("suspend", "quit")
    assert [value for _, value in trainer.events()] == [{"card": "france", "suspend": True}]
    assert "Suspended: " in ran.out
    assert SPAIN in ran.out
    assert FRANCE not in trainer.review("", "good", "").out
    assert trainer("review", "--plain").out.startswith("Nothing is due now.")


def test_undo_brings_a_suspended_card_back(trainer: Any) -> None:
    ran = trainer.review("suspend", "undo", "", "all", "", "quit")
    assert ran.out.count(FRANCE) >= 2
    assert ends(trainer) == {"france": "good"}
    assert trainer.json("cards")[0]["state"] == "review"


@pytest.mark.parametrize("word", ["hint", "skip", "suspend"])
def test_commands_of_the_reveal_prompt_are_no_ticks_and_no_grades(trainer: Any, word: str) -> None:
    ran = trainer.review("", word, "all", word, "good", "quit")
    assert prompts(ran.out) == [REVEAL, TICK, TICK, FLUENCY, FLUENCY, REVEAL]
    assert ends(trainer) == {"france": "good"}
    assert all("suspend" not in value for _, value in trainer.events())


# The tick prompt


@pytest.mark.parametrize("line", ["1 3", "1,3", "1, 3", "  3   1 ", "3,1", "1 , 3", "1 1 3", "01 03", "1\t3"])
def test_ticks_are_numbers_by_spaces_or_commas(trainer: Any, line: str) -> None:
    trainer.review("", line, "good", "quit")
    (review,) = trainer.reviews()
    assert review["recalled"] == ["paris", "river"]
    assert review["missed"] == ["tower"]


@pytest.mark.parametrize(
    "line",
    [
        "", "   ", "0", "4", "1 4", "1 2 3 4", "-1", "+1", "1.5", "1;2", "1-3", "x", "1 x", "²", "①", "good", "easy",
        "again", "al", "alll", "all none", "all 1", "no", "hint", "skip", "y", "9" * 30, "9" * 5000, ",", "u", "undone",
    ],
    ids=lambda line: repr(line[:12]),
)  # fmt: skip
def test_anything_else_at_the_ticks_asks_again_and_grades_nothing(trainer: Any, line: str) -> None:
    ran = trainer.review("", line, "quit")
    assert prompts(ran.out) == [REVEAL, TICK, TICK]
    assert "Write numbers from 1 to 3" in ran.out
    assert trainer.events() == []


def test_ticks_can_be_tried_again_and_again(trainer: Any) -> None:
    ran = trainer.review("", "", "7", "nine", "2", "hard", "quit")
    assert prompts(ran.out)[:6] == [REVEAL, TICK, TICK, TICK, TICK, FLUENCY]
    assert trainer.reviews()[0]["recalled"] == ["tower"]


@pytest.mark.parametrize("line", ["none", "NONE", " none "])
def test_none_records_again_and_asks_no_more(trainer: Any, line: str) -> None:
    ran = trainer.review("", line, "quit")
    (review,) = trainer.reviews()
    assert review["rating"] == "again"
    assert "recalled" not in review
    assert review["missed"] == ["paris", "tower", "river"]
    assert prompts(ran.out) == [REVEAL, TICK, REVEAL]
    assert FLUENCY not in ran.out


@pytest.mark.parametrize("line", ["all", "ALL", " All ", "1 2 3", "3,2,1"])
def test_all_or_every_number_ticks_every_point(trainer: Any, line: str) -> None:
    trainer.review("", line, "easy", "quit")
    (review,) = trainer.reviews()
    assert review["rating"] == "easy"
    assert review["recalled"] == ["paris", "tower", "river"]
    assert "missed" not in review


# The fluency prompt


@pytest.mark.parametrize(
    ("line", "rating"),
    [("hard", "hard"), ("h", "hard"), ("HARD", "hard"), (" h ", "hard"), ("good", "good"), ("g", "good"), ("", "good"),
     ("   ", "good"), ("G", "good")],
)  # fmt: skip
@pytest.mark.parametrize("ticks", ["1 3", "all"])
def test_fluency_takes_words_first_letters_and_empty_for_good(trainer: Any, ticks: str, line: str, rating: str) -> None:
    trainer.review("", ticks, line, "quit")
    assert [review["rating"] for review in trainer.reviews()] == [rating]


@pytest.mark.parametrize("line", ["easy", "e", "EASY", " e "])
def test_easy_needs_all(trainer: Any, line: str) -> None:
    ran = trainer.review("", "1 3", line, "quit")
    assert prompts(ran.out) == [REVEAL, TICK, FLUENCY, FLUENCY]
    assert "Easy is for an answer with all its points.\n" in ran.out
    assert trainer.events() == []
    trainer.review("", "all", line, "quit")
    assert ends(trainer) == {"france": "easy"}


def test_easy_is_offered_only_with_all(trainer: Any) -> None:
    some = trainer.review("", "1 3", "quit").out.partition(FLUENCY)[2].partition("[good]: ")[0]
    every = trainer.review("", "all", "quit").out.partition(FLUENCY)[2].partition("[good]: ")[0]
    assert [choice.split()[0] for choice in some.split(", ")] == ["hard", "good"]
    assert [choice.split()[0] for choice in every.split(", ")] == ["hard", "good", "easy"]


@pytest.mark.parametrize(
    "line", ["again", "a", "1", "1 3", "all", "none", "x", "ok", "goods", "good easy", "yes", "easyy"]
)
def test_anything_else_at_the_fluency_asks_again_and_grades_nothing(trainer: Any, line: str) -> None:
    ran = trainer.review("", "1 3", line, "quit")
    assert prompts(ran.out) == [REVEAL, TICK, FLUENCY, FLUENCY]
    assert trainer.events() == []


# A card without key points


@pytest.mark.parametrize("rating", ["again", "hard", "good", "easy"])
@pytest.mark.parametrize("write", [str, lambda word: word[0], str.upper, lambda word: f" {word} "])
def test_a_card_without_points_has_one_prompt_of_four(spain: Any, rating: str, write: Callable[[str], str]) -> None:
    ran = spain.review("", write(rating), "quit")
    (review,) = spain.reviews()
    assert review["rating"] == rating
    told = ("missed", "recalled") if rating == "again" else ("recalled", "missed")
    assert review[told[0]] == ["answer"]
    assert told[1] not in review
    assert prompts(ran.out)[:2] == [REVEAL, FLUENCY]
    assert TICK not in ran.out


@pytest.mark.parametrize("line", ["", "   ", "all", "none", "1", "ag ain", "x", "hint"])
def test_a_card_without_points_asks_again_for_anything_else(spain: Any, line: str) -> None:
    ran = spain.review("", line, "quit")
    assert prompts(ran.out) == [REVEAL, FLUENCY, FLUENCY]
    assert spain.events() == []


def test_a_card_without_points_offers_all_four_with_their_days(spain: Any) -> None:
    offered = spain.review("", "quit").out.partition(FLUENCY)[2].partition("): ")[0]
    assert [choice.split()[0] for choice in offered.split(", ")] == ["again", "hard", "good", "easy"]
    assert "[good]" not in offered


# Returns


def test_a_return_keeps_the_numbers_ticks_what_is_given_and_asks_only_the_missed(trainer: Any) -> None:
    ran = trainer.review("", "1 3", "good", "", "good", "", "2", "good", "")
    assert (ran.code, ran.err) == (0, "")
    again = ran.out.partition("Capitals (once more)\n")[2]
    assert again.lstrip().startswith(FRANCE)
    assert "\nKey points:\n ✓ 1. Says Paris\n   2. Names the tower\n ✓ 3. Names the Seine\n" in again
    first, _, second = trainer.reviews()
    assert (first["missed"], first.get("given")) == (["tower"], None)
    assert (second["card"], second["recalled"], second["given"]) == ("france", ["tower"], True)
    assert "missed" not in second
    assert prompts(ran.out)[-4:] == [REVEAL, TICK, FLUENCY, END]


def test_on_a_return_what_was_made_is_shown_before_the_reveal_and_what_is_missing_is_not(france: Any) -> None:
    ran = france.review("", "1 3", "good", "quit")
    before = ran.out.partition("Capitals (once more)\n")[2].partition(REVEAL)[0]
    assert (
        f"{FRANCE}\n\nYou made these. One point is missing: say it.\n ✓ 1. Says Paris\n ✓ 3. Names the Seine\n"
        in before
    )
    assert "Names the tower" not in before


def test_on_a_return_of_every_point_nothing_is_shown_before_the_reveal(france: Any) -> None:
    ran = france.review("", "none", "quit")
    before = ran.out.partition("Capitals (once more)\n")[2].partition(REVEAL)[0]
    assert before == f"\n{FRANCE}\n\n"


def test_on_a_first_showing_nothing_is_shown_before_the_reveal(france: Any) -> None:
    assert france.review("quit").out.partition(REVEAL)[0] == f"\nCapitals (1 of 1)\n\n{FRANCE}\n\n"


@pytest.mark.parametrize("line", ["1", "3", "1 3", "", "4"])
def test_on_a_return_given_points_alone_are_no_ticks(france: Any, line: str) -> None:
    ran = france.review("", "1 3", "good", "", line, "quit")
    assert prompts(ran.out) == [REVEAL, TICK, FLUENCY, REVEAL, TICK, TICK]
    assert len(france.reviews()) == 1


def test_on_a_return_ticks_may_name_given_points_beside_a_missed_one(france: Any) -> None:
    france.review("", "1", "good", "", "1 2", "good", "quit")
    assert france.reviews()[1]["recalled"] == ["tower"]
    assert france.reviews()[1]["missed"] == ["river"]


def test_on_a_return_all_means_all_that_are_asked(france: Any) -> None:
    ran = france.review("", "3", "good", "", "all", "easy", "")
    assert france.reviews()[1] | {"day": None, "due": None} == {
        "card": "france",
        "day": None,
        "rating": "easy",
        "recalled": ["paris", "tower"],
        "given": True,
        "seconds": 0,
        "due": None,
    }
    assert prompts(ran.out)[-1] == END


def test_on_a_return_none_misses_only_what_is_asked(france: Any) -> None:
    france.review("", "3", "good", "", "none", "quit")
    second = france.reviews()[1]
    assert (second["rating"], second["missed"], second["given"]) == ("again", ["paris", "tower"], True)
    assert "recalled" not in second


def test_a_return_comes_at_once_at_most_once_and_the_session_ends_with_points_missed(france: Any) -> None:
    ran = france.review("", "none", "", "none", "")
    assert prompts(ran.out) == [REVEAL, TICK, REVEAL, TICK, END]
    assert len(france.reviews()) == 2
    assert "1 card with missed points: back in ten minutes, or when next due.\n" in ran.out


def test_a_missed_card_comes_back_in_a_session_ten_minutes_later(france: Any) -> None:
    france.review("", "none", "", "none", "")
    france.at("2026-11-21T12:10:00+00:00")
    ran = france.review("", "all", "good", "")
    assert "Capitals (once more)" in ran.out
    assert france.reviews()[2]["given"] is True


def test_a_card_without_points_returns_with_its_one_prompt(spain: Any) -> None:
    ran = spain.review("", "again", "", "good", "")
    assert prompts(ran.out) == [REVEAL, FLUENCY, REVEAL, FLUENCY, END]
    assert [(review["rating"], review.get("given")) for review in spain.reviews()] == [("again", None), ("good", True)]


# Undo and quit, at every prompt

AT_EACH_PROMPT = {
    "reveal": [],
    "ticks": [""],
    "fluency": ["", "1 3"],
}


@pytest.mark.parametrize("lines", AT_EACH_PROMPT.values(), ids=AT_EACH_PROMPT)
@pytest.mark.parametrize("word", ["undo", "UNDO", " undo "])
def test_undo_at_every_prompt_takes_back_the_answer_before(trainer: Any, lines: list[str], word: str) -> None:
    ran = trainer.review("skip", "", "easy", *lines, word, "", "hard", "quit")
    assert (ran.code, ran.err) == (0, "")
    (first, taken), (undo, named), (last, kept) = [
        (key, value) for key, value in trainer.events() if "rating" in value or "undo" in value
    ]
    assert (taken["card"], taken["rating"]) == ("spain", "easy")
    assert named == {"undo": first}
    assert (kept["card"], kept["rating"]) == ("spain", "hard")
    assert first < undo < last
    assert f"Taken back: the answer (easy) to: {SPAIN}\n" in ran.out


@pytest.mark.parametrize("word", ["undo", "UNDO"])
def test_undo_after_the_last_card_asks_it_again(spain: Any, word: str) -> None:
    ran = spain.review("", "easy", word, "", "good", "")
    assert prompts(ran.out) == [REVEAL, FLUENCY, END, REVEAL, FLUENCY, END]
    assert ends(spain) == {"spain": "good"}


def test_undo_after_the_last_card_goes_back_through_the_whole_session(trainer: Any) -> None:
    trainer.review("", "all", "good", "", "good", "undo", "undo", "", "none", "", "easy", "quit")
    assert ends(trainer) == {"france": "again", "spain": "easy"}


def test_undo_takes_back_what_an_earlier_session_recorded(trainer: Any) -> None:
    trainer.review("", "all", "good", "", "hard", "")
    ran = trainer.review("undo", call=("--all",))
    assert f"Taken back: the answer (hard) to: {SPAIN}\n" in ran.out
    assert ends(trainer) == {"france": "good"}


@pytest.mark.parametrize("lines", AT_EACH_PROMPT.values(), ids=AT_EACH_PROMPT)
def test_undo_with_nothing_to_take_back_says_so_and_asks_the_same(trainer: Any, lines: list[str]) -> None:
    ran = trainer.review(*lines, "undo", "quit")
    assert "There is nothing to take back.\n" in ran.out
    assert prompts(ran.out)[-1] == prompts(ran.out)[-2] == [REVEAL, TICK, FLUENCY][len(lines)]
    assert trainer.events() == []


def test_undo_after_the_suspension_of_the_last_card_is_taken_too(spain: Any) -> None:
    ran = spain.review("suspend", "undo", "", "good", "")
    assert prompts(ran.out) == [REVEAL, END, REVEAL, FLUENCY, END]
    assert ends(spain) == {"spain": "good"}
    assert spain.json("cards")[0]["state"] == "review"


@pytest.mark.parametrize("lines", AT_EACH_PROMPT.values(), ids=AT_EACH_PROMPT)
@pytest.mark.parametrize("word", ["quit", "QUIT", " quit "])
def test_quit_at_every_prompt_ends_and_keeps_what_was_answered(trainer: Any, lines: list[str], word: str) -> None:
    ran = trainer.review("skip", "", "easy", *lines, word, "", "all", "good")
    assert (ran.code, ran.err) == (0, "")
    assert ends(trainer) == {"spain": "easy"}
    assert "\n1 card in 0 minutes.\n" in ran.out


@pytest.mark.parametrize("word", ["", "quit", "done", "no"])
def test_the_last_prompt_ends_with_anything_but_undo(spain: Any, word: str) -> None:
    ran = spain.review("", "good", word, "", "again")
    assert (ran.code, ran.err) == (0, "")
    assert prompts(ran.out) == [REVEAL, FLUENCY, END]
    assert ends(spain) == {"spain": "good"}


SCRIPT = ["hint", "", "7", "1 3", "x", "good", "undo", "", "all", "easy", "", "hard", ""]


@pytest.mark.parametrize("count", range(len(SCRIPT) + 1))
@pytest.mark.parametrize("whole", [True, False], ids=["with its newline", "without a newline"])
def test_the_end_of_input_anywhere_is_a_clean_quit(trainer: Any, count: int, whole: bool) -> None:
    stdin = "\n".join(SCRIPT[:count]) + ("\n" if whole and count else "")
    ran = trainer("review", "--plain", stdin=stdin)
    assert (ran.code, ran.err) == (0, "")
    given = stdin.splitlines()  # an empty last line without its newline is the end
    expected = {}
    if "good" in given and "undo" not in given:
        expected = {"france": "good"}
    if "easy" in given:
        expected = {"france": "easy"}
    if "hard" in given:
        expected["spain"] = "hard"
    assert ends(trainer) == expected
    assert trainer("check").code == 0


def test_no_input_at_all_is_a_clean_quit(trainer: Any) -> None:
    ran = trainer("review", "--plain")
    assert (ran.code, ran.err) == (0, "")
    assert trainer.events() == []


@pytest.mark.parametrize("end", ["", "quit\n"], ids=["end of input", "quit"])
def test_the_summary_is_said_once(spain: Any, end: str) -> None:
    ran = spain("review", "--plain", stdin=f"\ngood\n{end}")
    assert ran.out.count("1 card in 0 minutes.") == 1
    assert ran.out.count("Next: 1 card ") == 1


def test_input_that_is_no_utf8_is_an_answer_like_any(spain: Any) -> None:
    ran = spain("review", "--plain", stdin=b"\xff\xfe madrid\ngood\n")
    assert (ran.code, ran.err) == (0, "")
    assert ends(spain) == {"spain": "good"}


# What there is to ask


def test_nothing_due_says_so_and_asks_nothing(trainer: Any) -> None:
    trainer.review("", "all", "good", "", "good", "")
    ran = trainer("review", "--plain")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "Nothing is due now."
    assert ran.lines[1].startswith("Next: ")
    assert prompts(ran.out) == []


def test_an_empty_deck_says_how_to_fill_it(bare: Any, write_deck: Callable[..., Path]) -> None:
    write_deck('title = "Empty"')
    for call in ([], ["empty"], ["empty", "--all"]):
        ran = bare("review", "--plain", *call)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("There is no card here yet")
        assert prompts(ran.out) == []


def test_a_home_without_decks_says_the_same(bare: Any) -> None:
    assert bare("review", "--plain").out.startswith("There is no card here yet")


def test_all_asks_cards_that_are_not_due(spain: Any) -> None:
    spain.review("", "good", "")
    assert spain("review", "--plain").lines[0] == "Nothing is due now."
    ran = spain.review("", "hard", "", call=("--all",))
    assert (ran.code, ran.err) == (0, "")
    assert [review["rating"] for review in spain.reviews()] == ["good", "hard"]


def test_all_leaves_suspended_cards_alone(trainer: Any) -> None:
    trainer.review("suspend", "quit")
    ran = trainer("review", "--plain", "--all")
    assert FRANCE not in ran.out
    assert SPAIN in ran.out


@pytest.fixture
def shelf(bare: Any, write_deck: Callable[..., Path]) -> Any:
    """A home with two decks of ten cards."""
    for title in ("Left", "Right"):
        cards = (f'[[cards]]\nid = "{title}{n}"\nquestion = "{title} {n}?"\nanswer = "Yes."\n' for n in range(10))
        write_deck(f'title = "{title}"\n' + "".join(cards), f"{title.lower()}.toml")
    return bare


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ([], 5),
        (["--new", "2"], 2),
        (["--new", "7"], 7),
        (["--limit", "3"], 3),
        (["--limit", "100000"], 5),
        (["--limit", "3", "--new", "1"], 1),
        (["--minutes", "1"], 1),
        (["--minutes", "0.5"], 1),
        (["--minutes", "5.5"], 3),
        (["--all"], 20),
        (["--all", "--new", "4"], 4),
        (["--all", "--limit", "6"], 6),
        (["left", "--all"], 10),
        (["left", "right", "--all"], 20),
        (["left", "LEFT", "left.toml", "--all"], 10),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_options_of_the_call_bound_the_session(shelf: Any, call: list[str], count: int) -> None:
    ran = shelf.review(*["", "good"] * 20, call=tuple(call))
    assert (ran.code, ran.err) == (0, "")
    assert f"(1 of {count})" in ran.out
    assert len(shelf.reviews()) == count


@pytest.mark.parametrize("call", [["--new", "0"], ["--limit", "0"]], ids=" ".join)
def test_a_session_of_nothing_ends_at_once(shelf: Any, call: list[str]) -> None:
    ran = shelf("review", "--plain", *call)
    assert (ran.code, ran.err) == (0, "")
    assert prompts(ran.out) == []


def test_the_limit_of_new_cards_counts_over_the_day(shelf: Any) -> None:
    shelf.review("", "good", "", "good", "quit")
    assert "(1 of 3)" in shelf("review", "--plain").out
    shelf.at("2026-11-22T12:00:00+00:00")
    assert "(1 of 5)" in shelf("review", "--plain").out


def test_a_paused_deck_is_asked_only_when_named(shelf: Any) -> None:
    shelf.home.settings.write_text('[decks."Left"]\npaused = true\n')
    assert "Right 0?" in shelf("review", "--plain").out
    assert "Left 0?" in shelf("review", "--plain", "left").out


def test_cards_due_come_back_on_their_day(spain: Any) -> None:
    spain.review("", "good", "")
    assert spain("review", "--plain").lines[0] == "Nothing is due now."
    due = spain.reviews()[0]["due"]
    spain.at(f"{due}T04:00:00+00:00")
    ran = spain.review("", "good", "")
    assert "(1 of 1)" in ran.out
    assert [review["day"].isoformat() for review in spain.reviews()] == ["2026-11-21", due.isoformat()]


def test_only_new_points_of_a_known_card_are_asked_with_the_others_given(
    spain: Any, write_deck: Callable[..., Path]
) -> None:
    write_deck(ONLY_FRANCE)
    spain.review("", "all", "good", "")
    write_deck(ONLY_FRANCE.replace("key_points = [", 'key_points = [\n  { id = "light", text = "Names the light" },'))
    ran = spain.review("", "1", "good", "")
    assert "   1. Names the light\n ✓ 2. Says Paris\n ✓ 3. Names the tower\n ✓ 4. Names the Seine\n" in ran.out
    assert (spain.reviews()[1]["recalled"], spain.reviews()[1]["given"]) == (["light"], True)


# The summary


def test_the_summary_says_cards_what_was_missed_what_comes_next_and_what_is_known(trainer: Any) -> None:
    ran = trainer.review("", "1 3", "good", "", "easy", "quit")
    summary = ran.out.rpartition("\n\n")[2].splitlines()
    assert summary[0] == "2 cards in 0 minutes."
    assert summary[1] == "1 card with missed points: back in ten minutes, or when next due."
    assert summary[2] == "Next: 1 card tomorrow."
    assert summary[3].startswith("Known tomorrow, of what was asked so far: ")
    assert summary[3].endswith("% of Capitals.")
    assert len(summary) == 4


def test_leaving_before_an_answer_claims_nothing(trainer: Any) -> None:
    ran = trainer.review("quit")
    assert "Nothing is due" not in ran.out
    assert " in 0 minutes" not in ran.out


def test_the_cards_of_an_answer_and_its_return_are_counted_once(france: Any) -> None:
    ran = france.review("", "1", "good", "", "all", "good", "")
    assert "\n1 card in 0 minutes.\n" in ran.out


# A screen of lines, and a disk that fails: the same object, on streams of the test's own


class Lines(io.StringIO):
    """Input whose lines may be things to do before the next line is read."""

    def __init__(self, *lines: str | Callable[[], object], echoes: bool = False) -> None:
        super().__init__()
        self._lines = list(lines)
        self._echoes = echoes

    def isatty(self) -> bool:
        return self._echoes

    def readline(self, size: int | None = -1, /) -> str:
        while self._lines:
            line = self._lines.pop(0)
            if isinstance(line, str):
                return line + "\n"
            line()
        return ""


def run(collection: Collection, source: Lines) -> tuple[int, str, str]:
    out, errors = io.StringIO(), io.StringIO()
    code = PlainReview(Session(collection), source, out, errors).run()
    return code, out.getvalue(), errors.getvalue()


@pytest.mark.parametrize("echoes", [True, False], ids=["terminal", "pipe"])
def test_a_prompt_is_followed_by_a_newline_only_where_no_terminal_writes_it(
    collection: Collection, echoes: bool
) -> None:
    _, out, _ = run(collection, Lines("", "quit", echoes=echoes))
    assert (f"{REVEAL}\nKey points:" if echoes else f"{REVEAL}\n\nKey points:") in out


@pytest.fixture
def disk(collection: Collection) -> Any:
    """A disk that refuses the log until it is mended."""

    class Disk:
        lock = collection.home.folder / "progress.lock"

        def fail(self) -> None:
            self.lock.unlink(missing_ok=True)
            self.lock.mkdir()

        def mend(self) -> None:
            self.lock.rmdir()

    return Disk()


def logged(collection: Collection) -> list[Any]:
    return list(tomllib.loads(collection.home.log.read_text(encoding="utf-8")).values())


def test_an_answer_that_cannot_be_saved_is_told_kept_and_tried_again(
    collection: Collection, disk: Any, clock: FixedClock
) -> None:
    def later() -> None:
        clock.move(seconds=100)
        disk.mend()

    code, out, errors = run(collection, Lines("", "all", disk.fail, "easy", "", later, "", "quit"))
    assert code == 0
    assert errors.startswith(f"Not saved: {collection.home.log} cannot be written: ")
    assert errors.endswith(", then try again.\n")
    assert errors.count("Not saved: ") == errors.count("\n") == 2
    assert prompts(out) == [REVEAL, TICK, FLUENCY, RETRY, RETRY, REVEAL]
    assert out.count("Saved: easy, ") == 1
    assert [event.get("rating") for event in logged(collection)] == [None, "easy"]
    assert logged(collection)[1]["seconds"] == 0  # what the disk took is not the answer's


def test_an_answer_that_cannot_be_saved_may_be_written_elsewhere_and_merged(
    collection: Collection, disk: Any, tmp_path: Path
) -> None:
    path = tmp_path / "my answers.toml"
    code, out, errors = run(
        collection,
        Lines(
            "", "all", disk.fail, "easy", str(tmp_path / "no" / "x.toml"), str(path), "", "good", str(path), disk.mend
        ),
    )
    assert code == 0
    assert errors.count("Not saved: ") == 3
    assert prompts(out) == [REVEAL, TICK, FLUENCY, RETRY, RETRY, REVEAL, FLUENCY, RETRY, END]
    assert out.count(f"Written to {path}, not to the log.\n") == 2
    assert out.count(f"Not in the log yet: `trainer merge '{path}'` adds what was written there.\n") == 1
    assert not collection.home.log.exists()
    merge(collection, read_other(path))
    assert [event.get("rating") for event in logged(collection)] == [None, "easy", None, "good"]
    assert collection.losses() == collection.faults() == []


@pytest.mark.parametrize("line", ["good", "y", "try again"])
def test_a_word_is_no_path_for_an_answer(
    collection: Collection, disk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    _, out, _ = run(collection, Lines("", disk.fail, "none", line, disk.mend, "", "quit"))
    assert prompts(out)[:4] == [REVEAL, TICK, RETRY, RETRY]
    assert "write a path such as ~/answers.toml" in out
    assert "Saved: again" in out
    assert sorted(tmp_path.iterdir()) == before


def test_undo_takes_back_an_answer_that_was_not_saved(collection: Collection, disk: Any) -> None:
    code, out, _ = run(collection, Lines("", "all", disk.fail, "easy", "undo", disk.mend, "", "none", "quit"))
    assert code == 0
    assert "Taken back: it was not saved.\n" in out
    assert prompts(out)[:6] == [REVEAL, TICK, FLUENCY, RETRY, REVEAL, TICK]
    assert [event.get("rating") for event in logged(collection)] == [None, "again"]


@pytest.mark.parametrize("name", ["", "decks"], ids=["home", "decks"])
def test_a_home_that_vanishes_for_a_while_ends_no_session(collection: Collection, name: str) -> None:
    collection.home.log.write_text(f"{HEADER}\n", encoding="utf-8")
    place = collection.home.folder / name
    away = place.with_name("away")
    flush = os.fsync
    lost: list[bool] = []

    def lose() -> None:
        def flush_then_lose(descriptor: int) -> None:
            flush(descriptor)
            if not lost:  # once: the day's backup is flushed too
                lost.append(True)
                place.rename(away)

        patch.setattr(os, "fsync", flush_then_lose)

    def bring_back() -> None:
        patch.undo()
        away.rename(place)

    with pytest.MonkeyPatch.context() as patch:
        code, out, errors = run(
            collection, Lines("", "all", lose, "easy", bring_back, "", "good", "undo", "", "hard", "quit")
        )
    assert code == 0
    assert errors == f"The folder {collection.home.decks} is not there. The trainer looks again before each question.\n"
    assert [event.get("rating") for event in logged(collection)] == [None, "easy", None, "good", None, "hard"]
    assert out.count(SPAIN) >= 2


def test_an_undo_without_the_home_is_told_and_the_question_stays(collection: Collection) -> None:
    away = collection.home.folder.with_name("away")
    _, out, errors = run(
        collection,
        Lines(
            "", "all", "easy",
            lambda: collection.home.folder.rename(away), "undo",
            lambda: away.rename(collection.home.folder), "undo", "quit",
        ),
    )  # fmt: skip
    assert "is not there" in errors
    assert "Taken back: the answer (easy)" in out


@pytest.mark.parametrize("end", [["quit"], []], ids=["quit", "end of input"])
def test_leaving_with_an_answer_that_could_not_be_saved_is_1(collection: Collection, disk: Any, end: list[str]) -> None:
    code, out, errors = run(collection, Lines("", disk.fail, "none", *end))
    assert code == 1
    assert errors.startswith("Not saved: ")
    assert prompts(out) == [REVEAL, TICK, RETRY]
    assert not collection.home.log.exists()


def test_an_undo_that_cannot_be_saved_is_told_and_the_question_stays(collection: Collection, disk: Any) -> None:
    code, out, errors = run(
        collection, Lines("", "all", "good", disk.fail, "undo", "", "undo", disk.mend, "undo", "quit")
    )
    assert errors.count("Not saved: ") == 2
    assert prompts(out) == [REVEAL, TICK, FLUENCY, REVEAL, REVEAL, FLUENCY, FLUENCY, REVEAL]
    assert [next(iter(event.keys() & {"rating", "undo"}), "") for event in logged(collection)] == ["", "rating", "undo"]
    assert code == 0


def test_a_suspension_that_cannot_be_saved_is_told_and_the_question_stays(collection: Collection, disk: Any) -> None:
    _, out, errors = run(collection, Lines(disk.fail, "suspend", disk.mend, "", "all", "good", "quit"))
    assert errors.count("Not saved: ") == 1
    assert "Suspended" not in out
    assert [event.get("rating") for event in logged(collection)] == [None, "good"]


def test_a_deck_edited_during_the_session_is_asked_as_it_is_now(
    collection: Collection, write_deck: Callable[..., Path]
) -> None:
    def edit() -> None:
        path = write_deck(ONE_POINT_LESS.replace("of Spain?", "of Spain, today?"))
        os.utime(path, ns=(5, 5))

    _, out, _ = run(collection, Lines("", "all", edit, "good", "quit"))
    assert "What is the capital of Spain, today?" in out


def test_undo_of_a_card_that_no_deck_has_any_more_is_said_and_the_question_stays(
    collection: Collection, write_deck: Callable[..., Path]
) -> None:
    def edit() -> None:
        path = write_deck(ONE_POINT_LESS)
        os.utime(path, ns=(5, 5))

    _, out, _ = run(collection, Lines("", "all", "good", edit, "undo", "", "good", ""))
    assert f"Taken back: the answer (good) to: {FRANCE}\n" in out
    assert [event["card"] for event in logged(collection) if "rating" in event] == ["france", "spain"]


def test_a_deck_that_breaks_during_the_session_is_told_once_and_asked_as_it_was(
    collection: Collection, write_deck: Callable[..., Path]
) -> None:
    def edit() -> None:
        path = write_deck("[[cards]\n")
        os.utime(path, ns=(5, 5))

    code, out, errors = run(collection, Lines("", "all", edit, "good", "", "good", ""))
    assert code == 0
    assert errors.startswith("capitals.toml:1: Not TOML: ")
    assert errors.count("\n") == 1
    assert SPAIN in out
    assert [event["card"] for event in logged(collection) if "rating" in event] == ["france", "spain"]


def test_a_deck_that_was_broken_from_the_start_is_not_told_again(
    collection: Collection, write_deck: Callable[..., Path]
) -> None:
    write_deck("[[cards]\n", "broken.toml")
    opened = Collection(collection.home, collection.clock)
    assert run(opened, Lines("", "all", "good", "", "good", ""))[2] == ""


def test_weak_asks_only_what_is_likely_to_be_missed(trainer: Any) -> None:
    trainer.log(
        HEADER,
        '20261101T120000000Z-ffff01 = { card = "france", day = 2026-11-01, rating = "good", '
        'recalled = ["paris", "tower"], missed = ["river"], due = 2026-12-21 }',
        '20261120T120000000Z-ffff01 = { card = "france", day = 2026-11-20, rating = "easy", '
        'recalled = ["paris", "tower"], due = 2026-12-21 }',
    )
    ran = trainer.review("", "all", "good", call=("--weak",))
    assert "You made these. One point is missing" in ran.out
    review = trainer.reviews()[-1]
    assert (review["recalled"], review["given"]) == (["river"], True)
    assert "No point is likelier to be missed" in trainer.review(call=("--weak",)).out
    assert trainer("review", "--plain", "--weak", "--all").code == 2


def test_find_asks_only_what_a_search_finds(trainer: Any) -> None:
    ran = trainer.review("", "good", "", call=("--find", "madrid"))
    assert SPAIN in ran.out
    assert FRANCE not in ran.out
    assert "Nothing is due now." in trainer.review(call=("--find", "madrid")).out
    assert SPAIN in trainer.review("quit", call=("--find", "madrid or nowhere", "--all")).out
    assert trainer.review(call=("--find", "nowhere")).out == "No card fits this search.\n"
    wrong = trainer.review(call=("--find=-",))
    assert wrong.out == "No card fits this search.\n"
    wrong = trainer.review(call=("--find", "is:"))
    assert (wrong.code, wrong.err) == (2, "trainer: `is:` needs a state, such as due.\nis:\n   ^\n")


def test_what_was_typed_is_kept_as_ones_own_answer_and_shown_first_the_next_time(trainer: Any) -> None:
    ran = trainer.review("Paris, I said.", "k", "undo", "keep", "1", "good", "quit")
    assert "k keeps what you wrote as your own answer." in ran.out
    assert ran.out.count("Kept as your answer; undo takes it back.") == 2
    assert ran.out.count("Taken back: your answer is as it was.") == 1
    assert "Saved: good" in ran.out
    assert (trainer.home.answers / "france.md").read_text().endswith("\n\nParis, I said.\n")
    trainer.at("2026-11-22T12:00:00+00:00")
    ran = trainer.review("", "k", "quit")
    assert "Kept" not in ran.out
    assert ran.out.index("Your answer:\nParis, I said.\n") < ran.out.index("A good answer:\n")

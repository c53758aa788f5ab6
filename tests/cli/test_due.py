"""`trainer due`: what each deck, and all together, would show on a day."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def cards(title: str, count: int) -> str:
    blocks = (f'[[cards]]\nid = "{title}{n}"\nquestion = "{title} {n}?"\nanswer = "Yes."\n' for n in range(count))
    return f'title = "{title}"\n' + "".join(blocks)


@pytest.fixture
def shelf(bare: Any, write_deck: Callable[..., Path]) -> Any:
    """A home with two decks of ten cards, and one without."""
    write_deck(cards("Left", 10), "left.toml")
    write_deck(cards("Right", 10), "right.toml")
    write_deck('title = "Void"', "void.toml")
    return bare


def test_the_document_has_the_decks_and_a_total_of_one_session_over_all(shelf: Any) -> None:
    shelf.log(
        '20261110T120000000Z-aaaa00 = { card = "Left0", day = 2026-11-10, rating = "good", due = 2026-11-12 }',
        '20261110T120001000Z-aaaa00 = { card = "Left1", day = 2026-11-10, rating = "good", due = 2026-11-21 }',
        '20261110T120002000Z-aaaa00 = { card = "Left2", day = 2026-11-10, rating = "good", due = 2026-11-22 }',
        '20261121T090000000Z-aaaa00 = { card = "Right0", day = 2026-11-21, rating = "again", missed = ["answer"], '
        "due = 2026-11-22 }",
    )
    minute = 60
    assert shelf.json("due") == {
        "date": "2026-11-21",
        "decks": [
            {"title": "Left", "new": 4, "due": 2, "minutes": round((2 * 60 + 4 * 110) / minute, 1)},
            {"title": "Right", "new": 4, "due": 1, "minutes": round((20 + 4 * 110) / minute, 1)},
            {"title": "Void", "new": 0, "due": 0, "minutes": 0.0},
        ],
        "total": {"new": 4, "due": 3, "minutes": round((20 + 2 * 60 + 4 * 110) / minute, 1)},
    }


def test_the_keys_come_in_the_promised_order_and_numbers_are_numbers(shelf: Any) -> None:
    document = shelf.json("due")
    assert list(document) == ["date", "decks", "total"]
    for row in document["decks"]:
        assert list(row) == ["title", "new", "due", "minutes"]
        assert [type(value) for value in row.values()] == [str, int, int, float]
    assert [type(value) for value in document["total"].values()] == [int, int, float]
    assert list(document["total"]) == ["new", "due", "minutes"]


def test_people_read_a_sentence_and_a_line_a_deck(shelf: Any) -> None:
    ran = shelf("due")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "Today: 5 questions, about 10 minutes.",
        "",
        "     0 due      5 new     10 minutes  Left",
        "     0 due      5 new     10 minutes  Right",
        "     0 due      0 new      0 minutes  Void",
    ]


def test_one_question_is_one(shelf: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(cards("Left", 1), "left.toml")
    write_deck("", "right.toml")
    assert shelf("due").lines[0] == "Today: 1 question, about 2 minutes."


def test_nothing_due_is_said(bare: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(cards("Left", 1), "left.toml")
    bare.review("", "good", "")
    ran = bare("due")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == ["Nothing is due today.", "", "     0 due      0 new      0 minutes  Left"]


def test_a_home_without_decks_has_nothing_due(bare: Any) -> None:
    assert bare.json("due") == {
        "date": "2026-11-21",
        "decks": [],
        "total": {"new": 0, "due": 0, "minutes": 0.0},
    }
    assert bare("due").lines[0] == "Nothing is due today."


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-21", "Nothing is due today."),
        ("2026-11-22", "Nothing is due tomorrow."),
        ("2026-11-23", "Nothing is due on Monday 23 November."),
        ("2026-11-25", "Wednesday 25 November: 1 question, about 1 minute."),
        ("2027-01-01", "Friday 1 January 2027: 1 question, about 1 minute."),
        ("2026-11-20", "Nothing is due on Friday 20 November."),
    ],
)
def test_another_day_counts_what_is_due_by_then(
    bare: Any, write_deck: Callable[..., Path], day: str, sentence: str
) -> None:
    write_deck(cards("Left", 1), "left.toml")
    bare.log('20261120T120000000Z-aaaa00 = { card = "Left0", day = 2026-11-20, rating = "good", due = 2026-11-25 }')
    assert bare("due", "--on", day).lines[0] == sentence
    document = bare.json("due", "--on", day)
    assert document["date"] == day
    assert document["total"]["due"] == (day >= "2026-11-25")


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "2999-12-31", "9999-12-31"])
@pytest.mark.parametrize("reviewed", [False, True], ids=["new", "reviewed"])
def test_a_day_at_the_ends_of_the_calendar_is_an_answer_or_a_wrong_call(trainer: Any, day: str, reviewed: bool) -> None:
    if reviewed:
        trainer.log('20261120T120000000Z-aaaa00 = { card = "spain", rating = "good", due = 2026-11-25 }')
    ran = trainer("due", "--json", "--on", day)
    assert ran.code in (0, 2)
    assert ran.json.keys() == ({"date", "decks", "total"} if ran.code == 0 else {"error"})


def test_a_wrong_day_says_how_one_is_written(shelf: Any) -> None:
    ran = shelf("due", "--on", "21.11.2026")
    assert (ran.code, ran.out) == (2, "")
    assert "'21.11.2026' is no date such as 2026-12-01" in ran.err


def test_a_paused_deck_is_shown_but_not_in_the_total(shelf: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(cards("Right", 2), "right.toml")
    shelf.home.settings.write_text('[decks."Left"]\npaused = true\n')
    document = shelf.json("due")
    assert [(row["title"], row["new"]) for row in document["decks"]] == [("Left", 5), ("Right", 2), ("Void", 0)]
    assert document["total"]["new"] == 2
    lines = shelf("due").lines
    assert lines[0] == "Today: 2 questions, about 4 minutes."
    assert lines[2:4] == [
        "     0 due      5 new     10 minutes  Left (paused)",
        "     0 due      2 new      4 minutes  Right",
    ]


def test_suspended_cards_are_not_counted(trainer: Any) -> None:
    before = trainer.json("due")["total"]["new"]
    trainer.review("suspend", "quit")
    assert trainer.json("due")["total"]["new"] == before - 1


def test_an_undone_answer_is_not_counted(trainer: Any) -> None:
    before = trainer.json("due")
    trainer.review("", "all", "good", "quit")
    assert trainer.json("due") != before
    trainer("undo")
    assert trainer.json("due") == before


def test_the_answers_of_today_take_from_the_cards_and_minutes_of_today(shelf: Any) -> None:
    shelf.review("", "good", "", "good", "quit")
    assert shelf.json("due")["total"]["new"] == 3
    assert shelf.json("due", "--on", "2026-11-22")["total"]["new"] == 5


def test_what_is_shown_is_what_a_session_would_ask(shelf: Any) -> None:
    total = shelf.json("due")["total"]
    assert f"(1 of {total['new'] + total['due']})" in shelf("review", "--plain").out


def test_asking_writes_nothing_but_the_cache(trainer: Any) -> None:
    before = trainer.files()
    trainer("due")
    trainer("due", "--json")
    assert trainer.files() == before


def test_a_deck_with_a_date_is_told_with_what_to_expect(trainer: Any) -> None:
    trainer.home.settings.write_text('[decks."Capitals"]\nby = 2026-12-05\n', encoding="utf-8")
    [line] = [line for line in trainer("due").lines if line.startswith("Capitals: ")]
    assert line.startswith("Capitals: 14 days left; ")
    assert line.endswith("% of its points expected then if you go on, 0% if you stop now.")
    assert "14 days left" not in trainer("due", "--on", "2026-11-22").out


@pytest.mark.parametrize(("cards", "said"), [(3, False), (12, True)])
def test_someone_who_was_away_is_told_when_they_are_level(trainer: Any, cards: int, said: bool) -> None:
    text = "".join(f'[[cards]]\nid = "c{card}"\nquestion = "Q{card}"\nanswer = "A"\n' for card in range(cards))
    (trainer.home.decks / "more.toml").write_text(text, encoding="utf-8")
    trainer.home.settings.write_text("minutes = 10\n", encoding="utf-8")
    trainer.log(
        *(
            f'20261001T1200{card:02}000Z-ffff01 = {{ card = "c{card}", day = 2026-10-01, rating = "good", '
            'recalled = ["answer"], due = 2026-11-05 }'
            for card in range(cards)
        )
    )
    for ran in (trainer("due"), trainer.review("quit")):
        assert (f"{cards} cards came due while you were away: about " in ran.out) == said
    assert "away" not in trainer("due", "--on", "2026-11-22").out

"""`trainer decks`: what decks there are and where they stand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def test_the_document_is_a_list_with_every_promised_key(trainer: Any, write_deck: Callable[..., Path]) -> None:
    write_deck('title = "Void"', "void.toml")
    trainer.log(
        '20261119T120000000Z-aaaa00 = { card = "spain", day = 2026-11-19, rating = "good", recalled = ["answer"], '
        "due = 2026-11-21 }"
    )
    trainer.home.settings.write_text('[decks."Void"]\npaused = true\n')
    document = trainer.json("decks")
    coverage = document[0].pop("coverage")
    assert 0.90 < coverage < 0.95  # two days after a first good answer, which has a stability of 2.3 days
    assert document == [
        {"title": "Capitals", "file": "capitals.toml", "cards": 2, "new": 1, "due": 1, "paused": False},
        {"title": "Void", "file": "void.toml", "cards": 0, "new": 0, "due": 0, "coverage": None, "paused": True},
    ]


def test_the_keys_come_in_the_promised_order(trainer: Any) -> None:
    assert [list(deck) for deck in trainer.json("decks")] == [
        ["title", "file", "cards", "new", "due", "coverage", "paused"]
    ]


def test_people_read_a_line_a_deck(trainer: Any, write_deck: Callable[..., Path]) -> None:
    write_deck('title = "Void"', "void.toml")
    trainer.home.settings.write_text('[decks."Void"]\npaused = true\n')
    trainer.review("", "all", "good", "quit")
    ran = trainer("decks")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "     2 cards      1 new      0 due  100% known  Capitals (capitals.toml)",
        "     0 cards      0 new      0 due              Void (void.toml) (paused)",
    ]


def test_a_home_without_decks_says_how_to_begin_one(bare: Any) -> None:
    ran = bare("decks")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f'There is no deck in {bare.home.decks} yet. `trainer new "A title"` begins one.\n'
    assert bare.json("decks") == []


def test_what_is_due_is_counted_without_the_limit_of_the_day(bare: Any, write_deck: Callable[..., Path]) -> None:
    ids = [f"c{n}" for n in range(60)]
    write_deck(
        "".join(f'[[cards]]\nid = "{each}"\nquestion = "{each}?"\nanswer = "Yes."\n' for each in ids), "many.toml"
    )
    bare.log(
        *(
            f'20261110T1200000{n:02}Z-aaaa00 = {{ card = "c{n}", day = 2026-11-10, rating = "good", due = 2026-11-12 }}'
            for n in range(40)
        )
    )
    (deck,) = bare.json("decks")
    assert (deck["cards"], deck["new"], deck["due"]) == (60, 20, 40)
    assert bare.json("due")["decks"][0]["due"] < 40


def test_a_suspended_card_is_not_due(trainer: Any) -> None:
    trainer.log(
        '20261119T120000000Z-aaaa00 = { card = "spain", day = 2026-11-19, rating = "good", due = 2026-11-20 }',
        '20261119T120001000Z-aaaa00 = { card = "spain", suspend = true }',
    )
    (deck,) = trainer.json("decks")
    assert (deck["cards"], deck["new"], deck["due"]) == (2, 1, 0)


def test_points_missed_today_are_due(trainer: Any) -> None:
    trainer.review("", "none", "quit")
    (deck,) = trainer.json("decks")
    assert (deck["new"], deck["due"]) == (1, 1)


@pytest.mark.parametrize("name", ["a.toml", "z.toml"])
def test_a_card_in_two_decks_is_counted_in_the_first_by_file(
    trainer: Any, write_deck: Callable[..., Path], name: str
) -> None:
    write_deck(
        'title = "Other"\n[[cards]]\nid = "spain"\nquestion = "What is the capital of Spain?"\nanswer = "M."', name
    )
    ran = trainer("decks", "--json")
    assert {deck["title"]: deck["cards"] for deck in ran.json} == (
        {"Other": 1, "Capitals": 1} if name == "a.toml" else {"Capitals": 2, "Other": 0}
    )
    assert "`trainer check` names them" in ran.err


def test_a_deck_of_no_title_is_named_after_its_file(bare: Any, write_deck: Callable[..., Path]) -> None:
    write_deck("", "capital cities.toml")
    assert [deck["title"] for deck in bare.json("decks")] == ["capital cities"]

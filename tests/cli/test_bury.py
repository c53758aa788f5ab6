"""`trainer bury` and `trainer reset`: a card put aside, a card begun anew; undo takes either back."""

from typing import Any

import pytest


def spain(trainer: Any) -> dict[str, Any]:
    return {card["id"]: card for card in trainer.json("cards")}["spain"]


@pytest.fixture
def learned(trainer: Any) -> Any:
    """The deck of capitals, with the card of Spain due today."""
    trainer.log(
        '20261110T120000000Z-ffff01 = { card = "spain", day = 2026-11-10, rating = "good", '
        'recalled = ["answer"], due = 2026-11-21 }'
    )
    return trainer


def shown(trainer: Any, day: str) -> tuple[int, int]:
    total = trainer.json("due", "--on", day)["total"]
    return total["due"], total["new"]


def test_a_card_put_aside_comes_up_from_its_day_on(learned: Any) -> None:
    assert shown(learned, "2026-11-21") == (1, 1)
    ran = learned("bury", "spain", "--until", "2026-11-25")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "Put aside until Wednesday 25 November: What is the capital of Spain?"
    assert shown(learned, "2026-11-24") == (0, 1)
    assert shown(learned, "2026-11-25") == (1, 1)


def test_without_a_day_it_is_put_aside_until_tomorrow(learned: Any) -> None:
    assert learned("bury", "What is the capital of Sp").lines[0].startswith("Put aside until tomorrow: ")
    assert learned("log", "spain").out.count("put aside until 2026-11-22") == 1


def test_undo_takes_either_back(learned: Any) -> None:
    before = spain(learned)
    for call in (["bury", "spain"], ["reset", "spain"]):
        learned(*call)
        assert learned("undo").code == 0
        assert spain(learned) == before
        assert shown(learned, "2026-11-21") == (1, 1)


def test_a_card_begun_anew_is_new(learned: Any) -> None:
    ran = learned("reset", "spain")
    assert (ran.code, ran.lines[0]) == (0, "Begun anew, 1 review forgotten: What is the capital of Spain?")
    card = spain(learned)
    assert (card["state"], card["due"], card["coverage"], card["reviews"]) == ("new", None, None, 0)
    assert card["key_points"][0]["stability"] is None
    assert shown(learned, "2026-11-21") == (0, 2)


@pytest.mark.parametrize("day", ["2026-11-21", "2020-01-01"])
def test_a_day_that_is_not_ahead_is_a_wrong_call(learned: Any, day: str) -> None:
    ran = learned("bury", "spain", "--until", day)
    assert (ran.code, ran.out) == (2, "")
    assert f"{day} is not ahead" in ran.err
    assert learned("bury", "spain", "--until", "soon").code == 2


def test_a_new_card_has_nothing_to_forget(learned: Any) -> None:
    ran = learned("reset", "france")
    assert ran.code == 1
    assert "new already" in ran.err


@pytest.mark.parametrize("command", ["bury", "reset"])
def test_a_card_that_is_in_no_deck_is_a_wrong_call(learned: Any, command: str) -> None:
    assert learned(command, "nowhere").code == 2
    (learned.home.decks / "capitals.toml").unlink()
    ran = learned(command, "spain")
    assert ran.code == 2
    assert "No deck has the card 'spain' any more." in ran.err

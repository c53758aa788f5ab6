"""`trainer workload`: what a setting would cost, said before it is chosen."""

from datetime import date, timedelta
from typing import Any

import pytest

CHOICE = {
    "desired_retention", "new_cards", "minutes", "minutes_by_month",
    "points_known", "points_gained", "short_days", "learns_most",
}  # fmt: skip


@pytest.fixture
def cards(trainer: Any) -> None:
    """Twelve cards of two points, some learned, in place of the deck of capitals."""
    (trainer.home.decks / "capitals.toml").unlink()
    text = 'title = "Deck"\n'
    for card in range(12):
        points = '{ id = "p", text = "P" }, { id = "q", text = "Q" }'
        text += f'[[cards]]\nid = "c{card}"\nquestion = "Q{card}"\nkey_points = [{points}]\n'
    (trainer.home.decks / "deck.toml").write_text(text, encoding="utf-8")
    day = date(2026, 11, 18)
    trainer.log(
        *(
            f'20261118T09000000{card}Z-ffff01 = {{ card = "c{card}", day = {day}, rating = "good", '
            f'recalled = ["p", "q"], seconds = {30 + card}, due = {day + timedelta(days=card)} }}'
            for card in range(4)
        )
    )


def choices(found: Any, **wanted: Any) -> list[dict[str, Any]]:
    return [each for each in found["choices"] if all(each[name] == value for name, value in wanted.items())]


def test_json_has_the_retentions_and_the_new_cards_beside_those_in_force(trainer: Any, cards: None) -> None:
    found = trainer.json("workload")
    assert found.keys() == {"desired_retention", "new_cards", "points_known", "choices"}
    assert (found["desired_retention"], found["new_cards"]) == (0.9, 5)
    assert 6 < found["points_known"] < 8
    assert all(each.keys() == CHOICE for each in found["choices"])
    assert [(each["new_cards"], each["desired_retention"]) for each in found["choices"]] == [
        (2, 0.9), (5, 0.8), (5, 0.85), (5, 0.9), (5, 0.95), (10, 0.9),
    ]  # fmt: skip
    for each in found["choices"]:
        assert len(each["minutes_by_month"]) == 3
        assert each["minutes"] == pytest.approx(sum(each["minutes_by_month"]) / 3, abs=0.1)
        assert 0 < each["points_gained"] < each["points_known"] <= 24


def test_more_asked_for_costs_more_and_holds_more(trainer: Any, cards: None) -> None:
    low, *_, high = choices(trainer.json("workload"), new_cards=5)
    assert low["minutes"] < high["minutes"]
    assert low["points_known"] < high["points_known"]


def test_one_retention_is_marked_by_what_it_gains_per_minute(trainer: Any, cards: None) -> None:
    found = trainer.json("workload")
    [marked] = choices(found, learns_most=True)
    assert marked["new_cards"] == 5
    best = max(each["points_gained"] / each["minutes"] for each in choices(found, new_cards=5))
    assert marked["points_gained"] / marked["minutes"] == pytest.approx(best, rel=0.2)


def test_what_is_set_is_among_the_choices_and_marked(trainer: Any, cards: None) -> None:
    trainer.home.settings.write_text("desired_retention = 0.87\nnew_cards = 0\n", encoding="utf-8")
    found = trainer.json("workload")
    assert [(each["new_cards"], each["desired_retention"]) for each in found["choices"]] == [
        (0, 0.8), (0, 0.85), (0, 0.87), (0, 0.9), (0, 0.95), (5, 0.87),
    ]  # fmt: skip
    ran = trainer("workload")
    assert (ran.code, ran.err) == (0, "")
    assert len([line for line in ran.lines if "now" in line.partition("(")[2] and "87%" in line]) == 1
    assert "With 0 new cards a day:" in ran.lines
    assert ran.out.count("learns most per minute") == 1


def test_it_says_where_the_minutes_of_a_day_are_too_few(trainer: Any, cards: None) -> None:
    trainer.home.settings.write_text("minutes = 1\n", encoding="utf-8")
    assert "the minutes are too few on " in trainer("workload").out
    assert all(0 < each["short_days"] <= 90 for each in trainer.json("workload")["choices"])


def test_it_writes_nothing_and_says_the_same_again(trainer: Any, cards: None) -> None:
    log = trainer.home.log.read_bytes()
    first = trainer("workload")
    assert trainer("workload") == first
    assert trainer.home.log.read_bytes() == log


def test_paused_decks_and_suspended_cards_cost_nothing(trainer: Any, cards: None) -> None:
    trainer.home.settings.write_text('[decks."Deck"]\npaused = true\n', encoding="utf-8")
    found = trainer.json("workload")
    assert {each["minutes"] for each in found["choices"]} == {0.0}
    assert {each["points_known"] for each in found["choices"]} == {0.0}


def test_a_home_without_cards_has_an_answer_too(trainer: Any) -> None:
    (trainer.home.decks / "capitals.toml").unlink()
    found = trainer.json("workload")
    assert {each["minutes"] for each in found["choices"]} == {0.0}
    assert trainer("workload").code == 0

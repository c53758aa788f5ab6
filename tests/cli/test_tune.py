"""`trainer tune`: the weights fitted to the log, taken only where better, and due days moved only when asked."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from trainer.memory.tuning import ENOUGH
from trainer.progress.events import key_at
from trainer.progress.lines import HEADER, written

MEASURE = {"log_loss", "rmse", "weights"}


def learned(trainer: Any, cards: int, missed: bool, promised: int = 30) -> None:
    """Write a log of cards asked twice, two days apart, not long ago, and missed or recalled the second time."""
    lines = []
    for card in range(cards):
        for days_ago in (12, 10):
            at = datetime(2026, 11, 21, 12, tzinfo=UTC) - timedelta(days=days_ago, seconds=-card)
            is_missed = missed and days_ago == 10
            judged = (
                {"rating": "again", "missed": ["answer"]} if is_missed else {"rating": "good", "recalled": ["answer"]}
            )
            due = date(2026, 11, 11) + timedelta(days=promised)
            lines.append(written(key_at(at, "ffff01"), {"card": f"c{card}", "day": at.date(), **judged, "due": due}))
    trainer.log(HEADER, *[line.strip() for line in lines])


@pytest.fixture
def deck(trainer: Any) -> None:
    cards = "".join(f'[[cards]]\nid = "c{card}"\nquestion = "Q{card}"\nanswer = "A"\n' for card in range(10))
    (trainer.home.decks / "learned.toml").write_text(f'title = "Learned"\n{cards}', encoding="utf-8")


def dues(trainer: Any) -> dict[str, str]:
    return {card["id"]: card["due"] for card in trainer.json("cards", "--deck", "Learned")}


def test_a_better_fit_is_written_as_one_event_and_named_for_undoing(trainer: Any) -> None:
    learned(trainer, ENOUGH, missed=True)
    before = trainer.home.log.read_bytes()
    ran = trainer("tune")
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.lines[0]
        == "400 reviews a day or more after the one before; the newest 80 of them judge the fit to the others."
    )
    key, event = trainer.events()[-1]
    assert trainer.home.log.read_bytes().startswith(before)
    assert event.keys() == {"weights", "reviews"}
    assert (len(event["weights"]), event["reviews"]) == (21, 800)
    assert all(weight == round(weight, 4) for weight in event["weights"])
    assert f"`trainer undo {key}`" in ran.out
    assert "Due days stay as promised" in ran.out


def test_memory_follows_the_weights_and_their_undo_but_no_due_day_does(trainer: Any, deck: None) -> None:
    learned(trainer, ENOUGH, missed=True)
    first = trainer.json("cards", "--deck", "Learned")
    trainer("tune")
    tuned = trainer.json("cards", "--deck", "Learned")
    stability = [cards[0]["key_points"][0]["stability"] for cards in (first, tuned)]
    assert stability[1] < stability[0]
    assert [card["due"] for card in tuned] == [card["due"] for card in first]
    trainer("undo", trainer.events()[-1][0])
    assert trainer.json("cards", "--deck", "Learned") == first


def test_json_says_how_good_the_weights_were_and_are(trainer: Any) -> None:
    learned(trainer, ENOUGH, missed=True)
    found = trainer.json("tune")
    assert found.keys() == {"reviews", "adopted", "before", "after"}
    assert found["before"].keys() == found["after"].keys() == MEASURE
    assert (found["reviews"], found["adopted"]) == (800, True)
    assert found["after"]["log_loss"] < found["before"]["log_loss"]
    assert found["after"]["weights"] == trainer.events()[-1][1]["weights"]


def test_a_second_fit_to_the_same_log_changes_nothing(trainer: Any) -> None:
    learned(trainer, ENOUGH, missed=True)
    trainer("tune")
    written_by_the_first = trainer.events()
    ran = trainer("tune")
    assert "nothing changes" in ran.out
    assert trainer.json("tune")["adopted"] is False
    assert trainer.events() == written_by_the_first


def test_a_dry_run_says_the_same_and_writes_nothing(trainer: Any) -> None:
    learned(trainer, ENOUGH, missed=True)
    before = trainer.home.log.read_bytes()
    assert "without --dry-run they would be taken" in trainer("tune", "--dry-run").out
    found = trainer.json("tune", "--dry-run")
    assert trainer.home.log.read_bytes() == before
    assert found == trainer.json("tune")


def test_too_few_reviews_are_said_to_be_few(trainer: Any) -> None:
    learned(trainer, ENOUGH - 1, missed=True)
    ran = trainer("tune")
    assert ran.code == 0
    assert ran.out == "So far 399 reviews a day or more after the one before; a fit makes sense from 400 on.\n"
    found = trainer.json("tune")
    assert found["adopted"] is False
    assert found["before"] == found["after"]


def test_a_home_without_reviews_has_nothing_to_measure(trainer: Any) -> None:
    found = trainer.json("tune")
    assert (found["reviews"], found["adopted"]) == (0, False)
    assert found["after"]["log_loss"] is None
    assert trainer("tune").code == 0


# Due days


def test_rescheduling_says_how_many_move_and_by_how_much_and_asks(trainer: Any, deck: None) -> None:
    learned(trainer, ENOUGH, missed=True)
    promised = dues(trainer)
    trainer("tune")
    ran = trainer("tune", "--reschedule", stdin="n\n")
    assert "10 cards would move: 10 come earlier, by 20 days on average and 20 days at most." in ran.out
    assert dues(trainer) == promised
    assert trainer("tune", "--reschedule").out == ran.out + "\n"  # the end of input is no
    said = trainer("tune", "--reschedule", stdin="yes\n").out
    assert set(dues(trainer).values()) == {"2026-11-21"}
    assert f"`trainer undo {trainer.events()[-11][0]}` puts all of them back" in said


def test_one_undo_puts_back_all_that_moved(trainer: Any, deck: None) -> None:
    learned(trainer, ENOUGH, missed=True)
    promised = dues(trainer)
    found = trainer.json("tune", "--reschedule", "--yes")["rescheduled"]
    assert found == {"cards": 10, "earlier": 10, "later": 0, "mean_days": -20.0, "done": True}
    key, whole = trainer.events()[-11]
    assert whole == {"import": "rescheduling", "cards": 10}
    assert "due days moved" in trainer("log").out
    trainer("undo", key)
    assert dues(trainer) == promised


def test_moved_days_are_no_act_that_undo_takes_back_one_by_one(trainer: Any, deck: None) -> None:
    learned(trainer, ENOUGH, missed=True)
    trainer("tune", "--reschedule", "--yes")
    assert trainer("undo").code == 1


def test_json_moves_nothing_unless_told_to(trainer: Any, deck: None) -> None:
    learned(trainer, ENOUGH, missed=True)
    promised = dues(trainer)
    assert trainer.json("tune", "--reschedule")["rescheduled"]["done"] is False
    assert dues(trainer) == promised


def test_a_day_that_could_be_promised_now_stays(trainer: Any, deck: None) -> None:
    learned(trainer, 10, missed=False, promised=200)
    first = trainer("tune", "--reschedule", "--yes")
    again = trainer("tune", "--reschedule", "--yes")
    assert "Moved." in first.out
    assert "No due day moves." in again.out


def test_rescheduling_cannot_be_tried_dry(trainer: Any) -> None:
    ran = trainer("tune", "--reschedule", "--dry-run")
    assert ran.code == 2
    assert "Leave out --dry-run" in ran.err

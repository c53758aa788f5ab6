"""`trainer undo`: takes back the newest answer or choice made in this home, and says which."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.collection.mark import home_mark

FRANCE = "What is the capital of France, and what is it known for?"
SPAIN = "What is the capital of Spain?"


def states(trainer: Any) -> dict[str, str]:
    return {card["id"]: card["state"] for card in trainer.json("cards")}


def test_it_takes_back_the_newest_answer_and_says_which(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "", "easy", "quit")
    key, review = trainer.events()[-1]
    ran = trainer("undo")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"Taken back: easy, 0 s, due {review['due']}: {SPAIN}\n"
    assert trainer.events()[-1][1] == {"undo": key}
    assert states(trainer) == {"france": "review", "spain": "new"}


def test_nothing_that_was_written_is_rewritten(trainer: Any) -> None:
    trainer.review("", "all", "good", "quit")
    before = trainer.home.log.read_bytes()
    trainer("undo")
    after = trainer.home.log.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 1


def test_again_and_again_it_takes_back_the_one_before_until_nothing_is_left(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "", "easy", "", "2", "hard", "")
    said = [trainer("undo").out for _ in range(3)]
    assert [line.split(",")[0] for line in said] == [
        "Taken back: hard (other points given)", "Taken back: easy", "Taken back: good",
    ]  # fmt: skip
    assert f": {FRANCE}\n" in said[2]
    assert states(trainer) == {"france": "new", "spain": "new"}
    size = trainer.home.log.stat().st_size
    ran = trainer("undo")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("trainer: Nothing was answered in this home")
    assert len(ran.err.splitlines()) == 2
    assert trainer.home.log.stat().st_size == size


def test_with_nothing_answered_there_is_nothing_to_take_back(trainer: Any) -> None:
    ran = trainer("undo")
    assert (ran.code, ran.out) == (1, "")
    assert not trainer.home.log.exists()


def test_a_suspension_is_taken_back_too(trainer: Any) -> None:
    trainer.review("suspend", "quit")
    assert states(trainer)["france"] == "suspended"
    ran = trainer("undo")
    assert (ran.code, ran.out) == (0, f"Taken back: suspended: {FRANCE}\n")
    assert states(trainer)["france"] == "new"


def test_an_event_is_taken_back_by_its_key(trainer: Any) -> None:
    trainer.review("", "all", "good", "", "easy", "quit")
    key = next(key for key, value in trainer.events() if value.get("rating") == "good")
    ran = trainer("undo", key)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith(f": {FRANCE}\n")
    assert states(trainer) == {"france": "new", "spain": "review"}


def test_an_undo_that_is_undone_brings_the_event_back(trainer: Any) -> None:
    trainer.review("", "all", "good", "quit")
    review = trainer.events()[-1][0]
    trainer("undo")
    undo = trainer.events()[-1][0]
    ran = trainer("undo", undo)
    assert (ran.code, ran.out) == (0, f"Taken back: undo of {review}\n")
    assert states(trainer)["france"] == "review"


def test_what_was_taken_back_already_is_told(trainer: Any) -> None:
    trainer.review("", "all", "good", "quit")
    key = trainer.events()[-1][0]
    trainer("undo", key)
    size = trainer.home.log.stat().st_size
    ran = trainer("undo", key)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"trainer: {key} was taken back already.\n`trainer log` shows what counts.\n"
    assert trainer.home.log.stat().st_size == size


def test_a_key_that_is_not_in_the_log_is_told(trainer: Any) -> None:
    ran = trainer("undo", "20261121T120000000Z-aaaa00")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("trainer: The log has no event '20261121T120000000Z-aaaa00'.\n")


def test_it_leaves_alone_what_came_from_elsewhere(trainer: Any) -> None:
    mine = home_mark(trainer.home.folder)
    other = "0000" if mine != "0000" else "1111"
    trainer.log(
        f'20261120T100000000Z-{mine}00 = {{ card = "spain", day = 2026-11-20, rating = "good", seconds = 7 }}',
        f'20261120T110000000Z-{other}00 = {{ card = "spain", day = 2026-11-20, rating = "hard" }}',
        f'20261120T110000001Z-{mine}00 = {{ card = "spain", rating = "easy", import = "20261120T110000002Z-{mine}" }}',
        f'20261120T110000002Z-{mine} = {{ import = "x.apkg" }}',
        f'20261120T110000003Z-{mine}00 = {{ card = "spain", was = "madrid" }}',
        f'20261130T110000000Z-{mine}00 = {{ card = "spain", rating = "again" }}',  # under a wrong clock
    )
    ran = trainer("undo")
    assert (ran.code, ran.out) == (0, f"Taken back: good, 7 s: {SPAIN}\n")
    assert "is dated ahead" in ran.err
    assert trainer("undo").code == 1


def test_an_answer_to_a_card_that_no_deck_has_any_more_is_taken_back(
    trainer: Any, write_deck: Callable[..., Path]
) -> None:
    trainer.review("", "all", "good", "quit")
    write_deck("")
    ran = trainer("undo")
    assert ran.code == 0
    assert ran.out.endswith(f": {FRANCE}\n")


@pytest.mark.parametrize("key", ["", "undo", "' or 1"])
def test_no_key_of_nonsense_writes_anything(trainer: Any, key: str) -> None:
    trainer.review("", "all", "good", "quit")
    size = trainer.home.log.stat().st_size
    assert trainer("undo", key).code == 1
    assert trainer.home.log.stat().st_size == size


def test_an_undo_that_cannot_be_written_is_told(trainer: Any) -> None:
    trainer.review("", "all", "good", "quit")
    lock = trainer.home.folder / "progress.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    ran = trainer("undo")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"trainer: Not saved: {trainer.home.log} cannot be written: ")
    assert states(trainer)["france"] == "review"

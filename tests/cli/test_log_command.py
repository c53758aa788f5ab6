"""`trainer log`: what happened, in words."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FRANCE = "What is the capital of France, and what is it known for?"
SPAIN = "What is the capital of Spain?"


def test_it_shows_every_event_with_time_words_and_key_in_order(trainer: Any) -> None:
    trainer.review("", "1 3", "good", "suspend", "quit")
    trainer("undo")
    keys = [key for key, _ in trainer.events()]
    ran = trainer("log")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        f"2026-11-21 12:00  worded: {FRANCE}  [{keys[0]}]",
        f"2026-11-21 12:00  good, 2 of 3 points, 0 s, due 2026-11-22: {FRANCE}  [{keys[1]}]",
        f"2026-11-21 12:00  (taken back) suspended: {SPAIN}  [{keys[2]}]",
        f"2026-11-21 12:00  undo of {keys[2]}  [{keys[3]}]",
    ]


def test_lines_of_a_merged_log_are_shown_in_the_order_of_their_times(trainer: Any) -> None:
    trainer.log(
        '20261121T100000000Z-aaaa00 = { card = "spain", rating = "good" }',
        '20261119T100000000Z-bbbb00 = { card = "france", rating = "hard" }',
        '20261120T100000000Z-cccc00 = { card = "spain", rating = "again" }',
    )
    assert [line.split()[0] for line in trainer("log").lines] == ["2026-11-19", "2026-11-20", "2026-11-21"]


def test_times_are_those_of_the_users_zone(trainer: Any, zone: Callable[[str], None]) -> None:
    trainer.log('20261121T220000000Z-aaaa00 = { card = "spain", rating = "good" }')
    zone("Asia/Tokyo")
    assert trainer("log").out.startswith("2026-11-22 07:00  good: ")


@pytest.mark.parametrize("name", ["spain", SPAIN, "What is the capital of S", "WHAT IS THE CAPITAL OF SPAIN?"])
def test_the_events_of_one_card_by_id_or_beginning_of_its_question(trainer: Any, name: str) -> None:
    trainer.review("", "all", "good", "", "hard", "quit")
    ran = trainer("log", name)
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.lines) == 2
    assert all(f": {SPAIN}  [" in line for line in ran.lines)


def test_what_was_taken_back_of_a_card_is_shown_as_such(trainer: Any) -> None:
    trainer.review("skip", "", "hard", "quit")
    trainer("undo")
    assert [re.search(r"\(taken back\)", line) is not None for line in trainer("log", "spain").lines] == [False, True]


def test_a_beginning_of_several_questions_names_them(trainer: Any) -> None:
    ran = trainer("log", "what is")
    assert (ran.code, ran.out) == (2, "")
    message, hint = ran.err.splitlines()
    assert message.startswith("trainer: 'what is' could be 2 cards: What is the capital of ")
    assert hint == "Write more of it."


def test_a_name_of_no_card_says_where_ids_are_shown(trainer: Any) -> None:
    ran = trainer("log", "harbour")
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err
        == "trainer: There is no card 'harbour'.\n`trainer cards WORDS` lists cards; words of a question name it.\n"
    )


def test_a_card_that_no_deck_has_any_more_is_found_by_its_wording(
    trainer: Any, write_deck: Callable[..., Path]
) -> None:
    trainer.review("", "all", "good", "quit")
    write_deck("")
    assert len(trainer("log", "what is the capital of f").lines) == 2
    assert len(trainer("log", "france").lines) == 2


def test_an_empty_log_says_so(trainer: Any) -> None:
    for call in (["log"], ["log", "spain"]):
        ran = trainer(*call)
        assert (ran.code, ran.out, ran.err) == (0, "Nothing happened yet.\n", "")


def test_events_of_a_later_version_are_shown_as_unknown(trainer: Any) -> None:
    trainer.log('20261121T100000000Z-aaaa00 = { mood = "fine" }', 'tomorrow = { card = "spain" }')
    assert trainer("log").lines == [
        "2026-11-21 10:00  of a kind that this version does not know  [20261121T100000000Z-aaaa00]",
        "without a time    of a kind that this version does not know  [tomorrow]",
    ]


def test_a_log_of_hostile_lines_is_no_control_sequence(trainer: Any, controls: re.Pattern[str]) -> None:
    escape = "\\u001b[31m"
    key = "20261121T10000000{}Z-aaaa00"
    trainer.log(
        f'"{escape}" = 1',
        f'{key.format(0)} = {{ undo = "{escape}" }}',
        f'{key.format(1)} = {{ card = "{escape}", was = "{escape}" }}',
        f'{key.format(2)} = {{ card = "{escape}", rating = "good", recalled = ["{escape}"] }}',
        f'{key.format(3)} = {{ card = "{escape}x", question = "{escape}", points = {{ "{escape}" = "{escape}" }} }}',
        f'{key.format(4)} = {{ import = "{escape}", deck = "{escape}" }}',
        f'{key.format(5)} = {{ "{escape}" = "{escape}" }}',
        f'"{escape}" = 2',
    )
    for call in (["log"], ["check"], ["check", "--json"], ["log", "[31m"], ["undo", "\x1b[31m"], ["cards"]):
        ran = trainer(*call)
        assert ran.out + ran.err
        assert not controls.search(ran.out + ran.err), (call, ran.out + ran.err)


@pytest.mark.parametrize("place", ["UTC", "Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("key", ["99991231T235959999Z-aaaa00", "00010101T000000000Z-aaaa00"])
def test_a_line_from_the_end_of_the_calendar_stops_no_command(
    trainer: Any, zone: Callable[[str], None], key: str, place: str
) -> None:
    zone(place)
    trainer.log(
        '20261121T100000000Z-aaaa00 = { card = "france", day = 2026-11-21, rating = "good" }',
        f'{key} = {{ card = "spain", rating = "good" }}',
    )
    for call in (["log"], ["due"], ["decks"], ["cards"], ["undo", "20261121T100000000Z-aaaa00"]):
        assert trainer(*call).code == 0, call
    assert trainer("check").code in (0, 1)

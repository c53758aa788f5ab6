"""After days away: the day's minutes hold, new cards wait, and it is said for how long."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.study.conftest import names
from trainer.insight.backlog import LONGEST, backlog_words, days_until_level, waiting_cards
from trainer.model import Rating
from trainer.study.plan import plan_day
from trainer.study.session import Session
from trainer.study.share import Limits, asked_decks

Sit = Callable[..., Session]


def away(desk: Any, cards: int, settings: str = "minutes = 10\n") -> None:
    """Have cards learned two months ago that came due over the last two weeks, and some never seen."""
    desk.deck("Deck", *names("old", cards), *names("new", 6))
    desk.settings(settings)
    for number, card in enumerate(names("old", cards)):
        for days_ago in (80, 75, 60):
            desk.review(card, days_ago, seconds=60, due=-1 - number % 14)


def plan(desk: Any, **limits: Any) -> Any:
    collection = desk.open()
    return plan_day(collection, asked_decks(collection), collection.today, Limits(**limits))


def test_no_new_card_comes_while_what_is_overdue_takes_more_than_a_day(desk: Any) -> None:
    away(desk, 11)
    found = plan(desk)
    assert found.is_behind
    assert (len(found.due), found.left_due, found.new) == (10, 1, ())


def test_a_new_card_comes_when_what_is_overdue_fits_in_a_day(desk: Any) -> None:
    away(desk, 10)
    found = plan(desk)
    assert not found.is_behind
    assert len(found.new) == 1


def test_none_comes_later_that_day_while_something_overdue_is_left(desk: Any, sit: Sit) -> None:
    away(desk, 11)
    desk.finish(sit(), seconds=60)
    found = plan(desk)
    assert (len(found.due), found.left_due, found.new) == (0, 1, ())
    desk.clock.move(days=1)
    assert len(plan(desk).new) == 5


def test_new_cards_come_all_the_same_when_they_are_asked_for(desk: Any) -> None:
    away(desk, 30)
    assert len(plan(desk, new=2).new) == 2


def test_what_is_due_only_today_is_no_backlog(desk: Any) -> None:
    desk.deck("Deck", *names("old", 30))
    desk.settings("minutes = 10\n")
    desk.backlog(*names("old", 30))
    assert not plan(desk).is_behind


def test_it_says_how_many_days_until_it_is_level(desk: Any) -> None:
    away(desk, 40)
    collection = desk.open()
    days = days_until_level(collection, waiting_cards(collection))
    assert days is not None
    assert 4 <= days <= 9
    assert backlog_words(collection) == (
        f"40 cards came due while you were away: about {days} days until you are level. "
        "New ones wait until the old fit a day."
    )


def test_the_days_it_says_are_near_those_it_takes(desk: Any, sit: Sit) -> None:
    away(desk, 40)
    collection = desk.open()
    said = days_until_level(collection, waiting_cards(collection))
    assert said is not None
    taken = 0
    while plan(desk).is_behind or plan(desk).left_due:
        session = sit()
        count = 0
        while session.current is not None:
            count += 1
            desk.answer(session, rating=Rating.AGAIN if count % 5 == 0 else Rating.GOOD, seconds=60)
        desk.clock.move(days=1, hours=-1)
        taken += 1
    assert taken == pytest.approx(said, abs=1)


def test_a_backlog_that_grows_faster_than_the_minutes_is_said_to_take_long(desk: Any) -> None:
    away(desk, 100, "minutes = 1\n")
    collection = desk.open()
    assert days_until_level(collection, waiting_cards(collection)) is None
    assert f"more than {LONGEST} days" in backlog_words(collection)


def test_looking_ahead_leaves_the_home_alone(desk: Any) -> None:
    away(desk, 30)
    log = desk.home.log.read_bytes()
    collection = desk.open()
    before = [collection.due(card) for card in collection.library.cards]
    backlog_words(collection)
    assert [collection.due(card) for card in collection.library.cards] == before
    assert desk.home.log.read_bytes() == log

"""A deck with a date: no interval passes it, its new cards are seen a week before, and it is said what to expect."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.study.conftest import names
from trainer.insight.goal import FARTHEST, goals, goals_day_by_day
from trainer.model import Rating
from trainer.simulate.home import AT_ONCE
from trainer.study.plan import Kind, plan_day
from trainer.study.question import ask, outcomes
from trainer.study.session import Session
from trainer.study.share import Limits, asked_decks

Sit = Callable[..., Session]


def by(desk: Any, days: int, extra: str = "") -> None:
    """Set the date of the deck called Exam."""
    desk.settings(f'{extra}[decks."Exam"]\nby = {desk.today() + timedelta(days=days)}\n')


def intervals(desk: Any, card: str) -> list[int]:
    collection = desk.open()
    question = ask(collection, collection.library.cards[card], Kind.DUE, collection.today)
    return [outcome.days for outcome in outcomes(collection, question, {"answer"}, collection.today).values()]


@pytest.mark.parametrize("fuzz", ["true", "false"])
def test_no_interval_passes_the_date(desk: Any, fuzz: str) -> None:
    desk.deck("Exam", *names("e", 30))
    for card in names("e", 30):
        desk.review(card, 40, due=0)
    by(desk, 21, f"fuzz = {fuzz}\n")
    found = [max(intervals(desk, card)) for card in names("e", 30)]
    assert max(found) <= 21
    assert max(found) > 15
    desk.settings(f"fuzz = {fuzz}\n")
    assert min(max(intervals(desk, card)) for card in names("e", 30)) > 21


@pytest.mark.parametrize("days", [0, -3])
def test_from_the_day_itself_on_the_date_means_nothing(desk: Any, days: int) -> None:
    desk.deck("Exam", "a")
    desk.review("a", 40, due=0)
    free = intervals(desk, "a")
    by(desk, days)
    assert intervals(desk, "a") == free
    assert goals(desk.open()) == []


def test_a_card_without_a_promise_is_due_by_the_date_too(desk: Any) -> None:
    desk.deck("Exam", "a")
    desk.review("a", 0, rating="easy")
    assert desk.open().due("a") > desk.today() + timedelta(days=5)
    by(desk, 5)
    assert desk.open().due("a") == desk.today() + timedelta(days=5)


def plan(desk: Any) -> Any:
    collection = desk.open()
    return plan_day(collection, asked_decks(collection), collection.today, Limits())


def test_its_new_cards_come_first_and_as_many_a_day_as_it_takes(desk: Any) -> None:
    desk.deck("Another", *names("a", 20))
    desk.deck("Exam", *names("e", 40))
    desk.review("a00", 1, due=9)
    by(desk, 12, "minutes = 600\n")
    found = [card.id for card in plan(desk).new]
    assert found == names("e", 40)[:8]  # 40 in the five days until a week before
    by(desk, 60, "minutes = 600\n")
    assert [card.id for card in plan(desk).new] == names("e", 40)[:5]


def test_the_minutes_of_a_day_hold_all_the_same(desk: Any) -> None:
    desk.deck("Exam", *names("e", 40))
    by(desk, 8, "minutes = 10\n")
    assert len(plan(desk).new) == 5


def test_a_session_asks_as_many_as_the_date_needs_and_each_is_seen_a_week_before(desk: Any, sit: Sit) -> None:
    desk.deck("Exam", *names("e", 40))
    by(desk, 12, "minutes = 600\n")
    settings = desk.home.settings.read_text()
    seen: set[str] = set()
    for _ in range(5):
        session = sit()
        assert session.plan.pace == 8
        new = [card.id for card in session.plan.new]
        asked = set(desk.finish(session, seconds=5))
        assert set(new) <= asked
        seen |= asked
        desk.clock.move(days=1, hours=-1)
    assert desk.home.settings.read_text() == settings
    assert len(seen) == 40


def test_it_says_what_to_expect_on_the_day(desk: Any) -> None:
    desk.deck("Exam", *names("e", 8))
    for card in names("e", 4):
        desk.review(card, 5, due=1)
    by(desk, 14)
    [goal] = goals(desk.open())
    assert (goal.deck.title, goal.days) == ("Exam", 14)
    assert 0.3 < goal.stopping < 0.5  # four of eight, half forgotten
    assert goal.going_on is not None
    assert 0.8 < goal.going_on <= 1
    assert goal.words.startswith("Exam: 14 days left; ")
    assert "if you stop now." in goal.words


def test_the_more_cards_there_are_the_more_often_a_screen_may_look_up(desk: Any) -> None:
    desk.deck("Exam", *names("e", 240))
    by(desk, 1)
    steps = list(goals_day_by_day(desk.open()))
    assert [goal.days for goal in steps if goal] == [1]
    assert steps.count(None) >= 4 * 240 // AT_ONCE


def test_the_nearest_date_comes_first_and_a_far_one_is_not_lived(desk: Any) -> None:
    desk.deck("Exam", "e")
    desk.deck("Soon", "s")
    desk.deck("Free", "f")
    by(desk, FARTHEST + 1)
    soon = desk.today() + timedelta(days=3)
    desk.settings(desk.home.settings.read_text() + f'[decks."Soon"]\nby = {soon}\n')
    first, second = goals(desk.open())
    assert (first.deck.title, first.days, second.deck.title) == ("Soon", 3, "Exam")
    assert first.going_on is not None
    assert second.going_on is None
    assert second.words == f"Exam: {FARTHEST + 1} days left; 0% of its points expected then if you stop now."


def test_a_rating_offered_is_still_no_sooner_than_a_worse_one(desk: Any) -> None:
    desk.deck("Exam", "a")
    desk.review("a", 40, due=0)
    by(desk, 3)
    found = intervals(desk, "a")
    assert found == sorted(found)
    assert len(found) == len(Rating)

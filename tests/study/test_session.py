"""A session: what it asks next, what it records, what it takes back, and what others do meanwhile."""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.study.conftest import names
from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.collection.mark import home_mark
from trainer.collection.troubles import problems
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.model import Rating, Review
from trainer.progress.events import ReviewEvent
from trainer.progress.replay import CardState
from trainer.study.plan import Kind
from trainer.study.session import Session
from trainer.study.share import Limits

Sit = Callable[..., Session]
AGAIN, HARD, GOOD, EASY = Rating


def asked(session: Session) -> tuple[str, Kind] | None:
    """Return the current card and why it comes up."""
    return session.current and (session.current.card.id, session.current.kind)


def card_of(session: Session) -> str:
    assert session.current is not None
    return session.current.card.id


# Answering


def test_an_answer_is_recorded_as_it_was_shown(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q", "r"]))
    session = sit()
    desk.clock.move(seconds=48.4)
    outcome = desk.outcome(session, {"r", "p"}, HARD)
    event = session.grade(outcome)
    wording, review = desk.events()
    assert wording[1] == {
        "card": "a",
        "question": "What of a?",
        "points": {"p": "Point p", "q": "Point q", "r": "Point r"},
    }
    assert review[1] == {
        "card": "a",
        "day": date(2026, 11, 21),
        "rating": "hard",
        "recalled": ["p", "r"],
        "missed": ["q"],
        "seconds": 48,
        "due": outcome.due,
    }
    assert event.key == review[0]
    assert session.answered == [event]


def test_a_wording_is_written_once(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p"]), "b")
    session = sit()
    desk.miss(session)
    desk.finish(session)
    assert ["question" in fields for _, fields in desk.events()] == [True, False, True, False, False]


def test_nothing_stands_in_the_log_before_the_first_answer(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    session.outcomes({"answer"})
    session.put_off()
    assert not desk.home.log.exists()


def test_a_session_ends_when_nothing_is_left(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    assert desk.finish(session) == ["a", "b"]
    assert session.current is None
    assert session.outcomes({"answer"}) == {}
    assert session.still_missed() == []


@pytest.mark.parametrize("deck", ["", 'title = "Empty"\n'], ids=["no deck", "no cards"])
@pytest.mark.parametrize("practise_all", [False, True])
def test_without_cards_a_session_has_nothing_to_ask(desk: Any, sit: Sit, deck: str, practise_all: bool) -> None:
    if deck:
        desk.write("empty.toml", deck)
    session = sit(practise_all=practise_all)
    assert session.current is None
    session.put_off()
    session.suspend()
    assert session.undo() is None
    assert session.progress.ahead == 0
    assert not desk.home.log.exists()


def test_what_was_shown_is_recorded_though_another_process_wrote_in_between(desk: Any, sit: Sit) -> None:
    others = names("o", 30)
    desk.deck("Deck", "a", *others)
    desk.backlog("a")
    session = sit(new=0)
    assert card_of(session) == "a"
    shown = desk.outcome(session, {"answer"}, EASY)
    # The other process fills that day, and answers the card itself.
    for other in others:
        desk.review(other, 0, due=shown.due)
    desk.review("a", 0, "again", due=1)
    session.grade(shown)
    assert desk.reviews()[-1]["due"] == shown.due
    assert desk.open().due("a") == shown.due


def test_the_first_review_of_the_day_is_on_that_day_though_midnight_passed(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    desk.clock.move(hours=15.5)  # 03:30
    session = sit()
    shown = desk.outcome(session, {"answer"})
    desk.clock.move(hours=1)
    session.grade(shown)
    assert desk.reviews()[0]["day"] == date(2026, 11, 21)
    assert desk.reviews()[0]["due"] == shown.due


# The time an answer takes


def test_the_seconds_run_from_when_the_question_was_shown(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b", "c")
    session = sit()
    for seconds in (3, 77, 0):
        desk.answer(session, seconds=seconds)
    assert [review["seconds"] for review in desk.reviews()] == [3, 77, 0]
    assert session.seconds_spent() == 80


def test_the_time_of_a_question_that_was_put_off_is_not_kept(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    desk.clock.move(seconds=40)
    session.put_off()
    desk.answer(session, seconds=5)
    desk.answer(session, seconds=6)
    assert [review["seconds"] for review in desk.reviews()] == [5, 6]


def test_an_answer_counts_five_minutes_at_most(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    desk.answer(session, seconds=301)
    desk.answer(session, seconds=86_400 / 2)
    assert [review["seconds"] for review in desk.reviews()] == [300, 300]


def test_time_in_a_dialog_does_not_count(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b", "c")
    session = sit()
    desk.clock.move(seconds=5)
    session.pause()
    desk.clock.move(seconds=100)
    session.pause()  # a dialog over a dialog
    desk.clock.move(seconds=100)
    session.resume()
    session.resume()
    desk.clock.move(seconds=2)
    session.pause()
    desk.clock.move(seconds=50)
    desk.answer(session, seconds=50)  # graded from within the dialog
    desk.answer(session, seconds=9)
    session.pause()
    desk.clock.move(seconds=50)
    session.put_off()  # the pause ends with its question
    desk.answer(session, seconds=4)
    assert [review["seconds"] for review in desk.reviews()] == [7, 9, 4]


# Limits, over the day


def test_five_new_cards_a_day_over_two_sessions(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 12))
    first = sit()
    desk.answer(first)
    desk.answer(first)
    assert desk.finish(sit()) == ["n02", "n03", "n04"]
    assert sit().current is None
    desk.clock.move(days=1)
    due_or_new = desk.finish(sit())
    assert [card for card in due_or_new if card > "n04"] == names("n", 12)[5:10]


def test_two_sessions_at_once_share_the_days_new_cards(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 12))
    one, other = sit(), sit()
    for _ in range(4):
        desk.answer(one)
    other.put_off()
    assert card_of(other) == "n04"
    desk.answer(other)
    assert other.current is None
    assert sit().current is None


def test_new_cards_introduced_elsewhere_meanwhile_count_against_the_day(desk: Any, sit: Sit) -> None:
    desk.deck("A", *names("a", 6))
    desk.deck("B", *names("b", 6))
    one, other = sit("A"), sit("B")
    for _ in range(4):
        desk.answer(one)
    assert desk.finish(other) == ["b00"]


def test_due_cards_stop_when_the_minutes_are_spent(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("o", 9))
    desk.backlog(*names("o", 9))
    desk.settings("minutes = 5\n")
    session = sit()
    assert len(session.plan.due) == 5
    assert len(desk.finish(session, seconds=100)) == 3
    assert sit().current is None


def test_minutes_spent_in_another_session_stop_this_one(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "other", *names("o", 9))
    desk.backlog(*names("o", 9))
    desk.settings("minutes = 5\n")
    session = sit()
    desk.answer(session)
    desk.review("other", 0, seconds=295, due=9)
    desk.answer(session)
    assert session.current is None


def test_the_one_new_card_of_the_day_comes_though_the_minutes_are_spent(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("new", 3), *names("o", 9), "done")
    desk.backlog(*names("o", 9))
    desk.review("done", 3, due=9)
    desk.review("done", 0, seconds=300, due=9)
    desk.settings("minutes = 5\n")
    session = sit()
    assert desk.finish(session) == ["new00"]
    assert sit().current is None


def test_minutes_do_not_stop_returns(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    desk.settings("minutes = 1\n")
    session = sit()
    desk.miss(session, seconds=200)
    assert asked(session) == ("a", Kind.RETURN)


def test_a_sessions_own_minutes_count_its_own_answers(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("o", 9))
    desk.backlog(*names("o", 9))
    desk.settings("minutes = 1\n")
    assert len(desk.finish(sit(minutes=4), seconds=60)) == 4
    assert sit().current is None
    assert len(desk.finish(sit(minutes=2), seconds=60)) == 2


def test_a_sessions_own_number_of_new_cards_replaces_the_days(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 20))
    assert len(desk.finish(sit(new=7), seconds=1)) == 7
    assert sit().current is None
    assert len(desk.finish(sit(new=2), seconds=1)) == 2


@pytest.mark.parametrize("limits", [{"new": 3}, {"cards": 3}], ids=["new", "cards"])
def test_a_sessions_own_limits_hold_when_a_deck_changes(desk: Any, sit: Sit, limits: dict[str, int]) -> None:
    desk.deck("Deck", *names("n", 9))
    session = sit(**limits)
    desk.answer(session)
    desk.deck("Deck", *names("n", 9), extra='about = "Changed."')
    assert desk.finish(session) == ["n01", "n02"]


def test_an_answer_undone_leaves_its_place_among_the_new_to_another(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 4))
    session = sit(new=1)
    desk.answer(session)
    session.undo()
    session.suspend()
    assert session.current is None
    desk.deck("Deck", *names("n", 4), extra='about = "Changed."')
    session.undo()
    session.suspend()
    assert asked(session) == ("n01", Kind.NEW)


def test_returns_of_an_earlier_session_are_no_answers_of_this_one(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    desk.miss(sit())
    desk.clock.move(minutes=11)
    session = sit()
    assert asked(session) == ("a", Kind.RETURN)
    desk.answer(session)
    assert session.progress.answered == 0
    desk.answer(session)
    assert session.progress.answered == 1


def test_a_limit_of_cards_leaves_returns_aside(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 5))
    session = sit(cards=2)
    desk.miss(session)
    desk.answer(session)
    assert asked(session) == ("n00", Kind.RETURN)
    desk.answer(session)
    assert session.current is None
    assert session.progress.answered == 2


def test_a_session_goes_on_under_other_limits(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 20), *names("o", 2))
    desk.backlog(*names("o", 2))
    session = sit(new=1)
    assert len(desk.finish(session)) == 3
    session.extend(Limits(new=2))
    assert desk.finish(session) == ["n01", "n02"]
    session.extend(Limits(cards=1, new=5))
    assert desk.finish(session) == ["n03"]
    session.extend(Limits())
    assert session.current is not None  # one more, of the day's five
    desk.answer(session)
    assert session.current is None


# Points added to a known card


def test_an_added_point_is_asked_with_the_others_given(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "added"]))
    desk.review("a", 9, recalled=["p"], due=30)
    session = sit()
    assert asked(session) == ("a", Kind.NEW)
    before = desk.open().state("a").memory["p"]
    desk.answer(session)
    review = desk.reviews()[-1]
    assert (review["recalled"], review["given"]) == (["added"], True)
    state = desk.open().state("a")
    assert state.memory["p"] == before
    assert state.memory["added"].last_day == desk.today()
    assert session.current is None


def test_added_points_count_within_the_days_new_cards(desk: Any, sit: Sit) -> None:
    grown = names("g", 4)
    desk.deck("Deck", *((card, ["p", "added"]) for card in grown), *names("n", 9))
    for card in grown:
        desk.review(card, 9, recalled=["p"], due=30)
    assert len(desk.finish(sit(), seconds=1)) == 5
    assert sit().current is None


# Returns


def test_a_missed_point_returns_at_once_when_nothing_else_is_left(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q"]))
    session = sit()
    desk.answer(session, {"p"})
    assert asked(session) == ("a", Kind.RETURN)
    assert session.current.asked == {"q"}
    desk.answer(session)
    review = desk.reviews()[-1]
    assert (review["recalled"], review["given"], "missed" in review) == (["q"], True, False)
    assert session.current is None


def test_a_point_returns_at_once_at_most_once(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q"]))
    session = sit()
    desk.miss(session)
    desk.miss(session)
    assert session.current is None
    assert [card.id for card in session.still_missed()] == ["a"]


def test_other_cards_come_before_a_return_under_ten_minutes(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 4))
    session = sit()
    desk.miss(session)
    desk.answer(session, seconds=200)
    desk.answer(session, seconds=200)
    assert asked(session) == ("n03", Kind.NEW)
    desk.answer(session)
    assert asked(session) == ("n00", Kind.RETURN)


def test_after_ten_minutes_a_return_comes_first(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 5))
    session = sit()
    desk.miss(session)
    desk.answer(session, seconds=599)
    assert card_of(session) == "n02"
    desk.answer(session, seconds=2)
    assert asked(session) == ("n00", Kind.RETURN)
    desk.answer(session)
    assert asked(session) == ("n03", Kind.NEW)


def test_a_return_missed_again_waits_ten_minutes_anew(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 5))
    session = sit()
    desk.miss(session)
    desk.answer(session, seconds=601)
    assert asked(session) == ("n00", Kind.RETURN)
    desk.miss(session)
    assert asked(session) == ("n02", Kind.NEW)
    desk.answer(session, seconds=599)
    assert asked(session) == ("n03", Kind.NEW)
    desk.answer(session, seconds=2)
    assert asked(session) == ("n00", Kind.RETURN)


def test_two_missed_cards_return_in_turn_when_nothing_else_is_left(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    turns = []
    for _ in range(6):
        turns.append(asked(session))
        desk.miss(session)
    assert turns == [("a", Kind.NEW), ("b", Kind.NEW), *[("a", Kind.RETURN), ("b", Kind.RETURN)] * 2]


def test_what_returns_is_read_from_the_log_by_a_new_session(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q"]), *names("n", 5))
    session = sit()
    desk.answer(session, {"q"})
    again = sit()
    assert len(again.still_missed()) == 1
    assert card_of(again) == "n00"
    desk.clock.move(minutes=11)
    restarted = sit()
    assert asked(restarted) == ("a", Kind.RETURN)
    assert restarted.current.asked == {"p"}
    assert restarted.current.given


def test_a_point_missed_in_another_deck_does_not_return_in_this_ones_session(desk: Any, sit: Sit) -> None:
    desk.deck("A", "a")
    desk.deck("B", "b")
    desk.miss(sit("A"))
    session = sit("B")
    desk.answer(session, seconds=900)
    assert session.current is None
    assert len(session.still_missed()) == 0


def test_what_was_missed_does_not_return_the_next_day(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q"]))
    session = sit()
    desk.answer(session, {"p"})
    desk.clock.move(days=1)
    following = sit()
    assert len(following.still_missed()) == 0
    assert asked(following) == ("a", Kind.DUE)
    assert following.current.asked == {"p", "q"}


def test_a_return_put_off_does_not_come_though_nothing_else_is_left(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    session = sit()
    desk.miss(session)
    assert asked(session) == ("a", Kind.RETURN)
    desk.clock.move(minutes=1)
    session.put_off()
    assert session.current is None
    assert [card.id for card in session.still_missed()] == ["a"]


def test_a_return_put_off_and_missed_later_is_as_any_other(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 4))
    session = sit()
    desk.miss(session)
    desk.answer(session, seconds=601)
    session.put_off()
    desk.answer(session, seconds=601)
    assert asked(session) == ("n00", Kind.RETURN)
    desk.miss(session)
    desk.answer(session)
    assert asked(session) == ("n00", Kind.RETURN)  # nothing else is left


def test_going_on_asks_at_once_what_was_put_off(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    desk.miss(session)
    session.put_off()
    session.extend(Limits())
    assert asked(session) == ("b", Kind.NEW)
    desk.answer(session)
    session.put_off()
    assert session.current is None
    session.extend(Limits())
    assert asked(session) == ("a", Kind.RETURN)


def test_returns_put_off_come_after_ten_minutes_before_other_cards(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 5))
    session = sit()
    desk.miss(session)
    desk.answer(session, seconds=601)
    assert asked(session) == ("n00", Kind.RETURN)
    session.put_off()
    desk.answer(session, seconds=599)
    assert card_of(session) == "n03"
    desk.answer(session, seconds=2)
    assert asked(session) == ("n00", Kind.RETURN)


def test_a_card_missed_in_another_process_returns_here_too(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 5))
    session = sit()
    desk.review("n02", 0, "again", due=1)
    session.refresh()
    assert len(session.still_missed()) == 1
    desk.answer(session, seconds=700)
    assert asked(session) == ("n02", Kind.RETURN)


def test_a_card_missed_elsewhere_returns_though_it_was_read_while_an_answer_was_written(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 5))
    session = sit()
    desk.review("n02", 0, "again", due=1)
    desk.answer(session)
    assert len(session.still_missed()) == 1
    desk.answer(session, seconds=700)
    assert asked(session) == ("n02", Kind.RETURN)


def test_a_card_missed_elsewhere_returns_though_weights_came_with_it(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 5))
    session = sit()
    weights = [*session.collection.model.weights]
    desk.review("n02", 0, "again", due=1)
    desk.line({"weights": [weights[0] + 0.1, *weights[1:]], "reviews": 812})
    session.refresh()
    desk.answer(session, seconds=700)
    assert asked(session) == ("n02", Kind.RETURN)


# Not now


def test_a_card_put_off_comes_at_the_end(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 4))
    session = sit()
    session.put_off()
    desk.answer(session)
    session.put_off()
    assert desk.finish(session) == ["n03", "n00", "n02"]


def test_a_card_put_off_as_the_last_one_is_asked_again(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    session = sit()
    session.put_off()
    session.put_off()
    assert asked(session) == ("a", Kind.NEW)


def test_a_card_put_off_keeps_its_place_in_the_progress(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 3))
    session = sit()
    assert session.progress.ahead == 3
    session.put_off()
    assert session.progress.ahead == 3
    desk.answer(session)
    assert (session.progress.answered, session.progress.ahead) == (1, 2)


def test_a_card_put_off_and_answered_elsewhere_is_not_asked_again(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    session.put_off()
    desk.review("a", 0, due=3)
    assert desk.finish(session) == ["b"]


@pytest.mark.parametrize("practise_all", [False, True])
def test_a_card_put_off_and_suspended_elsewhere_is_not_asked_again(desk: Any, sit: Sit, practise_all: bool) -> None:
    desk.deck("Deck", "a", "b")
    session = sit(practise_all=practise_all)
    session.put_off()
    desk.line({"card": "a", "suspend": True})
    assert desk.finish(session) == ["b"]


def test_a_card_put_off_and_removed_from_its_deck_is_not_asked_again(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    session.put_off()
    desk.deck("Deck", "b")
    assert desk.finish(session) == ["b"]


def test_a_card_put_off_stays_put_off_when_a_deck_changes(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b", "c")
    session = sit()
    session.put_off()
    desk.deck("Deck", "a", "b", "c", "d")
    assert desk.finish(session) == ["b", "c", "d", "a"]


def test_due_cards_put_off_do_not_come_when_the_minutes_are_spent(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("o", 3))
    desk.backlog(*names("o", 3))
    session = sit(minutes=3)
    session.put_off()
    desk.answer(session, seconds=200)
    assert session.current is None


# Suspending


def test_a_suspended_card_is_in_no_session_any_more(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    session.suspend()
    assert card_of(session) == "b"
    assert desk.events()[0][1] == {"card": "a", "suspend": True}
    assert card_of(sit()) == "b"
    assert card_of(sit(practise_all=True)) == "b"


def test_a_return_can_be_suspended(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    session = sit()
    desk.miss(session)
    session.suspend()
    assert session.current is None
    assert session.still_missed() == []


def test_suspending_twice_leaves_the_load_of_days_right(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    for days_ago in (60, 50, 25, 1):
        desk.review("b", days_ago, due=9)
    usual = desk.outcome(sit(practise_all=True, new=0), {"answer"}, EASY)
    desk.review("a", 1, "again", due=usual.days)
    session = sit(practise_all=True)
    assert card_of(session) == "a"
    session.suspend()
    session.undo()
    assert session.collection.tally.due_on(usual.due) == 1
    session.suspend()
    assert session.collection.tally.due_on(usual.due) == 0
    assert card_of(session) == "b"
    assert desk.outcome(session, {"answer"}, EASY) == usual


def test_a_card_suspended_elsewhere_is_passed_over(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b", "c")
    session = sit()
    desk.line({"card": "b", "suspend": True})
    desk.answer(session)
    assert card_of(session) == "c"


# Others at work


def test_a_card_answered_in_another_collection_is_not_asked_again(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b", "c")
    session, other = sit(), sit()
    desk.answer(other)
    desk.answer(other)
    session.put_off()
    assert card_of(session) == "c"


def test_the_current_question_gives_way_when_it_was_answered_elsewhere(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session, other = sit(), sit()
    assert card_of(session) == card_of(other) == "a"
    desk.answer(other)
    session.refresh()
    assert card_of(session) == "b"


def test_an_answer_undone_elsewhere_is_taken_in(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b", "c")
    session = sit()
    desk.answer(session)
    desk.line({"undo": desk.events()[-1][0]})
    desk.answer(session)
    assert session.collection.state("a").reviews == 0
    assert session.collection.tally.introduced_on(desk.today()) == 1


# Undo


def test_undo_restores_the_question_and_its_ticks(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q", "r"]), "b")
    session = sit()
    event = desk.answer(session, {"p", "r"}, HARD)
    undone = session.undo()
    assert undone is not None
    assert undone.event == event
    assert (undone.words, undone.question) == ("the answer (hard)", "What of a?")
    assert asked(session) == ("a", Kind.NEW)
    assert session.current.ticked == {"p", "r"}
    assert session.current.asked == {"p", "q", "r"}
    assert session.collection.state("a").memory == {}
    assert session.answered == []
    assert session.progress.answered == 0
    assert desk.events()[-1][1] == {"undo": event.key}


def test_after_an_undo_the_question_that_was_shown_comes_next(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 4))
    session = sit()
    desk.answer(session)
    session.undo()
    assert (session.progress.answered, session.progress.ahead) == (0, 4)
    assert desk.finish(session) == names("n", 4)
    assert len(session.answered) == 4


def test_the_last_answer_can_be_undone_when_nothing_is_left(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    session = sit(cards=1)
    desk.answer(session)
    assert session.current is None
    session.undo()
    assert asked(session) == ("a", Kind.NEW)
    desk.answer(session)
    assert session.current is None


def test_undo_of_a_return_brings_the_return_back(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q", "r"]))
    session = sit()
    desk.answer(session, {"p"})
    desk.answer(session, {"q"})
    session.undo()
    assert asked(session) == ("a", Kind.RETURN)
    assert (session.current.asked, session.current.ticked) == ({"q", "r"}, {"q"})
    assert session.progress.answered == 1
    session.undo()
    assert (session.current.asked, session.current.ticked) == ({"p", "q", "r"}, {"p"})
    assert session.progress.answered == 0
    assert session.undo() is None


def test_undo_goes_on_across_sessions_to_the_first_answer(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q"]), ("b", ["p", "q"]), ("c", ["p", "q"]))
    for ticks in ({"p"}, {"q"}):
        desk.answer(sit(cards=1), ticks)
        desk.clock.move(seconds=1)
    third = sit(cards=1)
    third.suspend()
    restarted = sit()
    undone = restarted.undo()
    assert undone is not None
    assert undone.words == "the suspension"
    seen = []
    for _ in range(2):
        restarted = sit()
        restarted.undo()
        seen.append((card_of(restarted), set(restarted.current.ticked)))
    assert seen == [("b", {"q"}), ("a", {"p"})]
    assert sit().undo() is None
    assert [desk.open().state(card).reviews for card in "abc"] == [0, 0, 0]


def test_an_answer_of_an_earlier_day_can_be_undone(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q"]), "b")
    desk.answer(sit(cards=1), {"p"}, HARD)
    desk.clock.move(days=3)
    session = sit()
    undone = session.undo()
    assert undone is not None
    assert asked(session) == ("a", Kind.NEW)
    assert session.current.ticked == {"p"}


def test_undo_of_a_suspension_asks_the_card_again(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    session.suspend()
    undone = session.undo()
    assert undone is not None
    assert undone.words == "the suspension"
    assert asked(session) == ("a", Kind.NEW)
    assert session.current.ticked == frozenset()
    assert desk.finish(session) == ["a", "b"]


def test_undo_of_the_end_of_a_suspension_does_not_ask_the_suspended_card(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    collection = desk.open()
    desk.clock.move(seconds=1)
    for suspend in (True, False):
        collection.suspend(collection.library.cards["a"], suspend)
    session = sit()
    undone = session.undo()
    assert undone is not None
    assert undone.words == "the end of a suspension"
    assert session.collection.state("a").suspended
    assert card_of(session) == "b"


@pytest.mark.parametrize(
    "act", [{"bury": date(2026, 12, 24)}, {"reset": True}, {"due": date(2026, 12, 24)}], ids=["bury", "reset", "move"]
)
def test_other_choices_can_be_undone_too(desk: Any, sit: Sit, act: dict[str, Any]) -> None:
    desk.deck("Deck", "a")
    desk.backlog("a")
    before = desk.open().state("a")
    desk.line({"card": "a", **act}, mark=home_mark(desk.home.folder) + "07")
    session = sit()
    assert session.collection.state("a") != before
    undone = session.undo()
    assert undone is not None
    assert undone.words == "the choice"
    assert session.collection.state("a") == before
    assert asked(session) == ("a", Kind.DUE)


def test_what_was_done_in_another_home_or_imported_or_dated_ahead_is_not_undone(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    mine = home_mark(desk.home.folder) + "07"
    desk.review("a", 0, due=1)
    desk.line({"card": "b", "rating": "good", "import": "20261101T000000000Z-7f3a01"}, mark=mine)
    desk.line({"card": "b", "rating": "good"}, desk.clock.now() + timedelta(days=2), mark=mine)
    desk.line({"card": "b", "was": "c"}, mark=mine)
    lines = desk.events()
    assert sit().undo() is None
    assert desk.events() == lines


def test_undo_takes_back_an_answer_of_a_card_that_no_deck_has_any_more(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b", "c")
    session = sit()
    desk.answer(session)
    desk.deck("Deck", "b", "c")
    undone = session.undo()
    assert undone is not None
    assert undone.question == "What of a?"
    assert card_of(session) == "b"
    assert desk.finish(session) == ["b", "c"]


def test_an_answer_undone_does_not_count_against_the_limits(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 9))
    session = sit(new=2, cards=2)
    desk.answer(session)
    desk.answer(session)
    session.undo()
    session.undo()
    assert desk.finish(session) == ["n00", "n01"]


def test_undo_when_a_return_was_on_the_screen_keeps_the_return(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    desk.miss(session)
    desk.answer(session)
    assert asked(session) == ("a", Kind.RETURN)
    session.undo()
    assert asked(session) == ("b", Kind.NEW)
    desk.answer(session)
    assert asked(session) == ("a", Kind.RETURN)


def test_a_return_undone_after_a_restart_is_not_lost_when_it_is_put_off(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    first = sit()
    desk.miss(first)
    desk.answer(first)
    session = sit()
    session.undo()
    assert asked(session) == ("a", Kind.RETURN)
    session.put_off()
    assert [card.id for card in session.still_missed()] == ["a"]


def test_a_return_undone_after_a_restart_is_not_lost_by_another_undo(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    first = sit()
    desk.miss(first)
    desk.answer(first)  # b
    desk.answer(first)  # a, returning
    session = sit()
    session.undo()
    assert asked(session) == ("a", Kind.RETURN)
    session.undo()
    assert asked(session) == ("b", Kind.NEW)
    desk.answer(session)
    assert asked(session) == ("a", Kind.RETURN)


def test_a_card_put_off_and_then_brought_back_by_undo_is_asked_once(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    desk.answer(sit(cards=1))
    desk.clock.move(days=5)
    session = sit()
    assert asked(session) == ("a", Kind.DUE)
    session.put_off()
    session.undo()
    assert asked(session) == ("a", Kind.NEW)
    assert desk.finish(session) == ["a", "b"]


def test_a_second_answer_after_an_undo_is_timed_by_itself(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    desk.answer(session, seconds=50)
    desk.clock.move(seconds=5)
    session.undo()
    desk.answer(session, seconds=4)
    assert [review["seconds"] for review in desk.reviews()] == [50, 4]
    assert session.seconds_spent() == 4
    assert desk.open().tally.seconds_on(desk.today()) == 4


# A disk that fails


def test_an_answer_that_cannot_be_saved_leaves_the_question(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q"]), "b")
    session = sit()
    before = session.current
    desk.home.log.mkdir()
    shown = desk.outcome(session, {"p"})
    desk.clock.move(seconds=30)
    with pytest.raises(NotSavedError, match="Not saved"):
        session.grade(shown)
    with pytest.raises(NotSavedError):
        session.suspend()
    assert session.current is before
    assert session.answered == []
    assert session.progress.answered == 0
    assert session.collection.state("a").reviews == 0
    desk.home.log.rmdir()
    desk.clock.move(seconds=5)
    session.grade(shown)
    assert [review["seconds"] for review in desk.reviews()] == [35]
    assert card_of(session) == "b"


def test_an_undo_that_cannot_be_saved_takes_nothing_back(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    desk.answer(session)
    log = desk.home.log.read_bytes()
    folder = desk.home.folder
    lock = folder / "progress.lock"
    lock.unlink()
    lock.mkdir()
    with pytest.raises(NotSavedError):
        session.undo()
    assert asked(session) == ("b", Kind.NEW)
    assert len(session.answered) == 1
    assert desk.home.log.read_bytes() == log
    lock.rmdir()
    session.undo()
    assert asked(session) == ("a", Kind.NEW)


FULL_DISK = """
import json, resource, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.model import Rating
from trainer.study.session import Session

home = Home(Path(sys.argv[1]))
session = Session(Collection(home, FixedClock(datetime(2026, 11, 21, 12, tzinfo=timezone.utc))))
session.grade(session.outcomes({"answer"})[Rating.GOOD])
size = home.log.stat().st_size
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, resource.RLIM_INFINITY))
told = ""
try:
    session.grade(session.outcomes({"answer"})[Rating.GOOD])
except NotSavedError as error:
    told = f"{error.message} {error.hint}"
full = [session.current.card.id, home.log.stat().st_size - size, told]
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
session.grade(session.outcomes({"answer"})[Rating.GOOD])
print(json.dumps([*full, session.current.card.id]))
"""


def test_on_a_full_disk_nothing_is_half_written_and_the_question_stays(desk: Any) -> None:
    desk.deck("Deck", "a", "b", "c")
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(desk.home.folder)],
        env={**os.environ, "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    current, grown, told, following = json.loads(run.stdout)
    assert (current, grown, following) == ("b", 0, "c")
    assert told.startswith("Not saved:")
    assert [review["card"] for review in desk.reviews()] == ["a", "b"]
    assert problems(desk.open()) == []


# The day turns


def test_at_four_in_the_morning_a_session_goes_on_with_the_new_day(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b", "tomorrow")
    desk.review("tomorrow", 9, due=1)
    desk.clock.move(hours=15, minutes=55)  # 03:55
    session = sit()
    assert session.plan.day == date(2026, 11, 21)
    desk.answer(session, seconds=299)
    assert session.plan.day == date(2026, 11, 21)
    assert card_of(session) == "b"
    desk.answer(session, seconds=1)
    assert session.plan.day == date(2026, 11, 22)
    assert card_of(session) == "tomorrow"
    desk.answer(session)
    assert [review["day"].day for review in desk.reviews()][1:] == [21, 22, 22]


def test_the_new_day_brings_its_own_limits(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 20))
    desk.clock.move(hours=15, minutes=55)
    session = sit()
    for _ in range(4):
        desk.answer(session, seconds=1)
    desk.clock.move(minutes=5)
    desk.answer(session, seconds=1)  # n04, already on the new day
    assert desk.finish(session, seconds=1) == names("n", 20)[5:9]
    days = Counter(review["day"].day for review in desk.reviews())
    assert days == {21: 4, 22: 5}


def test_what_was_missed_just_before_the_day_turned_does_not_return_but_is_due(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", ("a", ["p", "q"]), "b")
    desk.clock.move(hours=15, minutes=55)
    session = sit()
    desk.answer(session, {"p"})
    desk.answer(session, seconds=300)
    assert len(session.still_missed()) == 0
    assert asked(session) == ("a", Kind.DUE)
    assert session.current.asked == {"p", "q"}


def test_an_outcome_shown_before_the_day_turned_is_recorded_on_its_day(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    desk.clock.move(hours=15, minutes=59)
    session = sit()
    shown = desk.outcome(session, {"answer"})
    desk.clock.move(minutes=2)
    event = session.grade(shown)
    assert (event.day, event.due) == (shown.day, shown.due)
    assert desk.outcome(session, {"answer"}).day == date(2026, 11, 22)


# Decks that change


def test_a_question_edited_on_disk_is_asked_in_its_new_form(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", ("b", ["p"]))
    session = sit()
    desk.deck("Deck", "a", ("b", ["p", "q"]))
    desk.answer(session)
    assert [point.id for point in session.current.card.key_points] == ["p", "q"]
    assert session.current.asked == {"p", "q"}


def test_a_card_removed_on_disk_is_not_asked(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b", "c")
    session = sit()
    desk.deck("Deck", "a", "c")
    desk.answer(session)
    assert card_of(session) == "c"


def test_a_deck_added_on_disk_joins_the_session(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    session = sit()
    desk.deck("Other", "x", "y")
    assert desk.finish(session) == ["a", "x", "y"]


def test_a_deck_added_on_disk_does_not_join_a_session_over_another(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit("Deck")
    desk.deck("Other", "x")
    assert desk.finish(session) == ["a", "b"]


def test_a_deck_that_is_broken_for_a_while_is_asked_as_it_was(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    desk.deck("Other", "x", "y", "z")
    session = sit()
    desk.write("deck.toml", "title = [")
    desk.answer(session)
    assert card_of(session) == "b"
    desk.deck("Deck", "a", "b")
    assert sorted(desk.finish(session)) == ["b", "x", "y", "z"]


@pytest.mark.parametrize("change", ["removed", "broken", "retitled"])
def test_a_named_deck_that_goes_away_does_not_break_its_session(desk: Any, sit: Sit, change: str) -> None:
    deck = desk.deck("Deck", "a", "b", file="first.toml")
    desk.deck("Deck of others", "x")
    session = sit("Deck")
    if change == "removed":
        deck.unlink()
    elif change == "broken":
        desk.write("first.toml", "title = [")
    else:
        desk.deck("Another title", "a", "b", file="first.toml")
    desk.answer(session)
    assert [review["card"] for review in desk.reviews()] == ["a"]
    assert asked(session) == (None if change == "removed" else ("b", Kind.NEW))


def test_a_card_on_the_screen_can_be_answered_though_its_deck_is_gone(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    desk.deck("Other", "x")
    session = sit()
    (desk.home.decks / "deck.toml").unlink()
    session.refresh()
    if card_of(session) == "a":
        desk.answer(session)
    assert card_of(session) == "x"


def test_undo_with_nothing_to_undo_leaves_a_question_that_can_be_answered(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a")
    session = sit()
    (desk.home.decks / "deck.toml").unlink()
    assert session.undo() is None
    assert session.current is None or len(session.outcomes({"answer"})) == 4


def test_a_deck_changed_while_a_question_is_shown_does_not_count_it_twice(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    session = sit()
    desk.deck("Deck", "a", "b", "c")
    session.refresh()
    assert session.progress.ahead == 3
    assert desk.finish(session) == ["a", "b", "c"]


# Practising


def test_practising_asks_every_card_once_and_records_reviews(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "due", "strong", "weak", "suspended", "new")
    desk.backlog("due")
    desk.review("strong", 3, "easy", due=9)
    desk.review("weak", 3, "hard", due=9)
    desk.review("suspended", 3, due=9)
    desk.line({"card": "suspended", "suspend": True})
    before = desk.open().state("strong").memory["answer"]
    assert desk.finish(sit(practise_all=True)) == ["due", "new", "weak", "strong"]
    assert desk.open().state("strong").memory["answer"].stability > before.stability
    assert sit().current is None


def test_practising_goes_on_though_the_day_is_done(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 8))
    desk.settings("minutes = 1\n")
    desk.finish(sit(), seconds=100)
    assert len(desk.finish(sit(practise_all=True), seconds=100)) == 8


def test_practising_keeps_to_its_own_minutes(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 8))
    assert len(desk.finish(sit(practise_all=True, minutes=3), seconds=100)) == 2


def test_a_card_missed_in_practice_returns(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    desk.review("a", 3, due=9)
    desk.review("b", 3, "easy", due=9)
    session = sit(practise_all=True)
    desk.miss(session)
    assert asked(session) == ("b", Kind.PRACTICE)
    desk.answer(session)
    assert asked(session) == ("a", Kind.RETURN)


def test_a_practised_card_put_off_comes_at_the_end(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "a", "b")
    desk.review("a", 3, "hard", due=9)
    desk.review("b", 3, "easy", due=9)
    session = sit(practise_all=True)
    session.put_off()
    desk.answer(session)
    assert asked(session) == ("a", Kind.PRACTICE)


def test_practice_asks_no_card_twice_when_a_deck_changes(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 3))
    for card in names("n", 3):
        desk.review(card, 3, due=9)
    session = sit(practise_all=True)
    desk.answer(session)
    desk.deck("Deck", *names("n", 3), "more")
    assert sorted(desk.finish(session)) == ["more", "n01", "n02"]


def test_practice_asks_no_card_twice_when_a_deck_changes_while_it_is_shown(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 3))
    for card in names("n", 3):
        desk.review(card, 3, due=9)
    session = sit(practise_all=True)
    desk.deck("Deck", *names("n", 3), "more")
    session.refresh()
    assert sorted(desk.finish(session)) == ["more", *names("n", 3)]


def test_a_limit_of_cards_in_practice_holds_when_a_deck_changes(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", *names("n", 6))
    for card in names("n", 6):
        desk.review(card, 3, due=9)
    session = sit(practise_all=True, cards=3)
    desk.answer(session)
    desk.deck("Deck", *names("n", 6), extra='about = "Changed."')
    assert len(desk.finish(session)) == 2


# Anything in any order


DECK = ("a", ["p", "q", "r"]), ("b", ["p", "q:3"]), "c", ("d", ["p"]), "e", "f", "g"
DECKS = (DECK, DECK[1:], (("a", ["p", "q", "r", "added"]), *DECK[1:], "h"))
"""The deck, also without its first card, and with a point and a card more."""


def days_with_rows(collection: Collection) -> set[date]:
    """Return the days on which a tally can tell something."""
    rows = collection._cache.query(
        "SELECT due FROM standing UNION SELECT last_day FROM state UNION SELECT introduced FROM state"
    )
    return {date.fromordinal(day) for (day,) in rows if day is not None}


class Walk:
    """A user who does anything in any order, and an account kept beside."""

    def __init__(self, desk: Any, practise_all: bool) -> None:
        home = Home(Path(tempfile.mkdtemp(dir=desk.home.folder)))
        home.decks.mkdir()
        self.desk = type(desk)(home, FixedClock(desk.clock.now()))
        self.limits = Limits(practise_all=practise_all)
        self.desk.deck("Deck", *DECK)
        self.written: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = []
        self.acts = 0
        self.undone = 0
        self.restart()

    def restart(self) -> None:
        self.session = Session(self.desk.open(), (), self.limits)

    def grade(self, ticks: int, rating: int, seconds: int) -> None:
        if self.session.current is None:
            return
        ids = [point.id for point in self.session.current.points]
        open_to = self.session.outcomes({point for place, point in enumerate(ids) if ticks >> place & 1})
        outcome = list(open_to.values())[rating % len(open_to)]
        self.desk.clock.move(seconds=seconds)
        event = self.session.grade(outcome)
        assert (event.rating, event.due, event.day) == (outcome.rating, outcome.due, outcome.day)
        assert event.seconds is not None
        assert min(seconds, 300) <= event.seconds <= 300
        self.written.append((event.card, str(event.rating), outcome.recalled, outcome.missed))
        self.acts += 1

    def answer_elsewhere(self, place: int) -> None:
        """Let another process of this home answer a card."""
        other = self.desk.open()
        card = list(other.library.cards.values())[place]
        if other.state(card.id).suspended:
            return
        missed = [point.id for point in card.points]
        due = other.today + timedelta(days=1)
        other.record_review(card, Review(other.today, AGAIN, (), missed, given=False, seconds=20, due=due))
        self.written.append((card.id, "again", (), tuple(missed)))
        self.acts += 1

    def suspend(self) -> None:
        if self.session.current is not None:
            self.session.suspend()
            self.acts += 1

    def undo(self) -> None:
        undone = self.session.undo()
        if undone is None:
            assert self.undone == self.acts
            return
        self.undone += 1
        if undone.event.card not in self.session.collection.library.cards:
            return
        assert self.session.current is not None
        assert self.session.current.card.id == undone.event.card
        if isinstance(undone.event, ReviewEvent):
            made = set(undone.event.recalled or ())
            assert self.session.current.ticked == made & self.session.current.asked

    def check(self) -> None:
        """Compare what the session shows with what it may show."""
        current, collection = self.session.current, self.session.collection
        if current is not None:
            assert not collection.state(current.card.id).suspended
            assert current.asked
            assert current.asked <= {point.id for point in current.card.points}
            assert len(self.session.outcomes(current.asked)) == 4
        assert len(set(self.session.answered)) == len(self.session.answered)

    def compare(self) -> None:
        """Compare with the log, and with the home opened anew."""
        told = [
            (each["card"], each["rating"], tuple(each.get("recalled", ())), tuple(each.get("missed", ())))
            for each in self.desk.reviews()
        ]
        assert told == self.written
        self.session.refresh()
        collection, fresh = self.session.collection, self.desk.open()
        for card in fresh.library.cards:
            assert fresh.state(card) == collection.state(card)
            assert fresh.due(card) == collection.due(card)
        for day in days_with_rows(collection) | days_with_rows(fresh):
            assert fresh.tally.due_on(day) == collection.tally.due_on(day)
            assert fresh.tally.introduced_on(day) == collection.tally.introduced_on(day)
            assert fresh.tally.seconds_on(day) == pytest.approx(collection.tally.seconds_on(day))
        assert problems(fresh) == []

    def undo_everything(self) -> None:
        while self.undone < self.acts:
            self.undo()
        assert self.session.undo() is None
        self.desk.deck("Deck", *DECK)
        self.session.refresh()
        collection = self.session.collection
        for card in collection.library.cards:
            assert collection.state(card) == CardState(wording=collection.state(card).wording)
            assert collection.due(card) is None
        for day in (collection.today + timedelta(days=away) for away in range(-2, 366)):
            assert collection.tally.due_on(day) == collection.tally.introduced_on(day) == 0


STEPS = st.one_of(
    st.tuples(st.just("grade"), st.integers(0, 7), st.integers(0, 3), st.sampled_from((0, 5, 61, 400))),
    st.tuples(st.just("grade"), st.just(7), st.integers(1, 3), st.sampled_from((5, 20))),
    st.tuples(st.just("undo")),
    st.tuples(st.just("put_off")),
    st.tuples(st.just("suspend")),
    st.tuples(st.just("move"), st.sampled_from((1, 9, 11, 600, 1441, 4000))),
    st.tuples(st.just("restart")),
    st.tuples(st.just("refresh")),
    st.tuples(st.just("edit"), st.sampled_from(DECKS)),
    st.tuples(st.just("answer_elsewhere"), st.integers(0, 5)),
)


@given(st.lists(STEPS, min_size=3, max_size=25), st.booleans())
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_log_memory_and_session_agree(
    desk: Any, steps: list[tuple[Any, ...]], practise_all: bool
) -> None:
    walk = Walk(desk, practise_all)
    for name, *values in steps:
        if name == "move":
            walk.desk.clock.move(minutes=values[0])
        elif name == "edit":
            walk.desk.deck("Deck", *values[0])
        elif name in ("put_off", "refresh"):
            getattr(walk.session, name)()
        else:
            getattr(walk, name)(*values)
        walk.check()
    walk.compare()
    walk.undo_everything()
    walk.compare()


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 3), st.booleans()), min_size=1, max_size=10))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_an_answer_and_giving_it_again_leads_to_the_same_place(
    desk: Any, answers: list[tuple[int, int, bool]]
) -> None:
    walk = Walk(desk, practise_all=False)

    def standing() -> dict[str, Any]:
        collection = walk.session.collection
        return {card: (collection.state(card).memory, collection.due(card)) for card in collection.library.cards}

    for ticks, rating, restart in answers:
        walk.grade(ticks, rating, 7)
        before, shown = standing(), asked(walk.session)
        card, name, recalled, missed = walk.written[-1]
        if restart:
            walk.restart()
        walk.undo()
        current = walk.session.current
        assert current is not None
        assert (current.card.id, current.asked) == (card, {*recalled, *missed})
        outcome = walk.session.outcomes(current.ticked)[Rating(name)]
        assert (outcome.recalled, set(outcome.missed)) == (recalled, set(missed))
        walk.session.grade(outcome)
        walk.written.append((card, name, recalled, outcome.missed))
        assert standing() == before
        if not restart:
            assert asked(walk.session) == shown
        walk.compare()


def test_the_same_answers_at_the_same_times_write_the_same_log(desk: Any) -> None:
    logs = []
    for _ in range(2):
        desk.deck("Deck", *DECK)
        clock = FixedClock(desk.clock.now())
        session = Session(Collection(desk.home, clock))
        for rating in (GOOD, AGAIN, EASY, HARD, GOOD, GOOD):
            clock.move(seconds=7)
            session.grade(session.outcomes({"p", "q", "r"})[rating])
        logs.append(desk.home.log.read_bytes())
        desk.home.log.unlink()
    assert logs[0] == logs[1]
    assert logs[0].count(b"rating") == 6

"""A session over weak points: the ones likely to be missed today, the others given."""

from collections.abc import Callable
from typing import Any

import pytest

from trainer.model import Rating
from trainer.study.plan import Kind, weak_points
from trainer.study.session import Session

Sit = Callable[..., Session]


def learned(desk: Any) -> None:
    """Have three cards learned: one with two weak points, one with a weaker one, one that is fresh."""
    desk.deck("Deck", ("a", ["p", "q", "r"]), ("b", ["p", "q"]), ("c", ["p"]), "d", "new")
    desk.review("a", 9, recalled=["p"], missed=["q", "r"], due=20)
    desk.review("a", 8, recalled=["q"], given=True, due=20)
    desk.review("b", 30, recalled=["p"], missed=["q"], due=20)
    desk.review("b", 1, rating="easy", recalled=["p"], due=20)
    desk.review("c", 0, rating="easy", recalled=["p"], due=20)
    desk.review("d", 40, due=20)


def test_it_asks_cards_by_their_weakest_point_and_of_them_the_weak_points_alone(desk: Any, sit: Sit) -> None:
    learned(desk)
    session = sit(weak=True)
    asked = []
    while session.current is not None:
        assert session.current.kind is Kind.WEAK
        assert session.current.given
        asked.append((session.current.card.id, sorted(session.current.asked)))
        desk.answer(session)
    collection = desk.open()
    assert [card for card, _ in asked] == ["b", "a", "d"]
    assert asked[0] == ("b", ["q"])
    assert asked[1] == ("a", ["p", "q", "r"]) or asked[1] == ("a", ["q", "r"])
    assert asked[2] == ("d", ["answer"])
    assert all(not weak_points(collection, card, collection.today) for card in collection.library.cards.values())


def test_a_point_is_weak_when_its_chance_is_under_what_is_asked_for(desk: Any) -> None:
    learned(desk)
    collection = desk.open()
    card, today = collection.library.cards["a"], collection.today
    memory = collection.state("a").memory
    expected = {point for point in "pqr" if collection.model.retrievability(memory[point], today) < 0.9}
    found = weak_points(collection, card, today)
    assert set(found) == expected
    assert found == sorted(found, key=lambda point: collection.model.retrievability(memory[point], today))
    desk.settings('[decks."Deck"]\ndesired_retention = 0.7\n')
    assert len(weak_points(desk.open(), card, today)) < len(found)


def test_it_is_recorded_as_given_and_no_test_of_the_memory(desk: Any, sit: Sit) -> None:
    learned(desk)
    session = sit(weak=True)
    event = desk.answer(session)
    assert desk.reviews()[-1]["given"] is True
    assert event.recalled == ("q",)
    series = [each for own in desk.open().point_series() for each in own if each.key == event.key]
    assert [each.given for each in series] == [True]


def test_a_weak_point_that_is_missed_comes_back_and_then_is_weak_no_more(desk: Any, sit: Sit) -> None:
    learned(desk)
    session = sit(weak=True, cards=1)
    desk.miss(session)
    assert session.current is not None
    assert (session.current.card.id, session.current.kind) == ("b", Kind.RETURN)
    desk.answer(session)
    assert session.current is None


def test_undo_asks_the_weak_points_again(desk: Any, sit: Sit) -> None:
    learned(desk)
    session = sit(weak=True)
    desk.answer(session)
    session.undo()
    assert session.current is not None
    assert (session.current.card.id, session.current.kind) == ("b", Kind.WEAK)
    assert session.current.asked == {"q"}


def test_one_put_off_comes_later_as_it_was(desk: Any, sit: Sit) -> None:
    learned(desk)
    session = sit(weak=True)
    session.put_off()
    kinds = []
    while session.current is not None:
        kinds.append((session.current.card.id, session.current.kind))
        desk.answer(session)
    assert kinds == [("a", Kind.WEAK), ("d", Kind.WEAK), ("b", Kind.WEAK)]


@pytest.mark.parametrize(("limits", "count"), [({}, 3), ({"cards": 2}, 2), ({"minutes": 0.5}, 1)])
def test_its_limits_hold(desk: Any, sit: Sit, limits: dict[str, Any], count: int) -> None:
    learned(desk)
    session = sit(weak=True, **limits)
    assert len(session.plan.weak) == session.plan.asked == count


def test_suspended_cards_new_ones_and_other_decks_stay_out(desk: Any, sit: Sit) -> None:
    learned(desk)
    desk.line({"card": "b", "suspend": True})
    desk.deck("Other", "else")
    desk.review("else", 40, due=20)
    asked = [card.id for card in sit("Deck", weak=True).plan.weak]
    assert asked == ["a", "d"]


def test_the_days_minutes_do_not_stop_it(desk: Any, sit: Sit) -> None:
    learned(desk)
    desk.settings("minutes = 1\n")
    session = sit(weak=True)
    for _ in range(3):
        desk.answer(session, seconds=60)
    assert session.current is None
    assert len(session.answered) == 3


def test_ratings_and_ticks_work_as_ever(desk: Any, sit: Sit) -> None:
    learned(desk)
    session = sit(weak=True)
    assert set(session.outcomes({"q"})) == set(Rating)
    assert set(session.outcomes(set())) == {Rating.AGAIN}

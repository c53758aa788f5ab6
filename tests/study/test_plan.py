"""What a day shows: which cards come up, in what order, and how many."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.study.conftest import names
from trainer.collection.collection import Collection
from trainer.errors import UsageError
from trainer.model import Card, Rating
from trainer.study.plan import Kind, Plan, kind_of, plan_day
from trainer.study.session import Session
from trainer.study.share import Limits, asked_decks, spread

Sit = Callable[..., Session]


def plan(collection: Collection, *decks: str, **limits: Any) -> Plan:
    return plan_day(collection, asked_decks(collection, decks), collection.today, Limits(**limits))


def ids(cards: tuple[Card, ...]) -> list[str]:
    return [card.id for card in cards]


def kind(collection: Collection, card: str, days: int = 0) -> Kind | None:
    return kind_of(collection, collection.library.cards[card], collection.today + timedelta(days=days))


# Why a card comes up


def test_a_card_never_asked_is_new(desk: Any) -> None:
    desk.deck("Deck", "a")
    assert kind(desk.open(), "a") is Kind.NEW


def test_a_card_comes_up_from_its_due_day_on(desk: Any) -> None:
    desk.deck("Deck", "a")
    desk.review("a", 3, due=1)
    collection = desk.open()
    assert [kind(collection, "a", days) for days in (0, 1, 2)] == [None, Kind.DUE, Kind.DUE]


def test_a_card_without_a_promised_day_is_due_at_its_crossing(desk: Any) -> None:
    desk.deck("Deck", "a")
    desk.review("a", 0)  # good: 2.3 days
    collection = desk.open()
    assert [kind(collection, "a", days) for days in (0, 1, 2)] == [None, None, Kind.DUE]


def test_a_card_with_a_point_missed_today_returns(desk: Any) -> None:
    desk.deck("Deck", ("a", ["p", "q"]))
    desk.review("a", 0, recalled=["p"], missed=["q"], due=1)
    assert kind(desk.open(), "a") is Kind.RETURN


def test_a_point_missed_the_day_before_does_not_return(desk: Any) -> None:
    desk.deck("Deck", ("a", ["p", "q"]))
    desk.review("a", 1, recalled=["p"], missed=["q"], due=1)
    desk.review("a", 2, recalled=["p"], missed=["q"], due=1)
    collection = desk.open()
    assert kind(collection, "a") is None
    assert kind(collection, "a", 1) is Kind.DUE


def test_a_missed_point_that_its_card_has_no_more_does_not_return(desk: Any) -> None:
    desk.deck("Deck", ("a", ["p"]))
    desk.review("a", 0, recalled=["p"], missed=["q"], due=3)
    assert kind(desk.open(), "a") is None


@pytest.mark.parametrize("before", ["new", "due", "missed"])
def test_a_suspended_card_does_not_come_up(desk: Any, before: str) -> None:
    desk.deck("Deck", "a")
    if before == "due":
        desk.review("a", 9, due=0)
    if before == "missed":
        desk.review("a", 0, "again", due=1)
    suspended = desk.line({"card": "a", "suspend": True})
    assert kind(desk.open(), "a") is None
    desk.line({"undo": suspended})
    assert kind(desk.open(), "a") is {"new": Kind.NEW, "due": Kind.DUE, "missed": Kind.RETURN}[before]


def test_a_buried_card_comes_up_again_on_the_day_it_was_buried_until(desk: Any) -> None:
    desk.deck("Deck", "a", "b")
    desk.review("a", 9, due=0)
    for card in ("a", "b"):
        desk.line({"card": card, "bury": desk.today() + timedelta(days=2)})
    collection = desk.open()
    assert [kind(collection, "a", days) for days in (0, 1, 2)] == [None, None, Kind.DUE]
    assert [kind(collection, "b", days) for days in (0, 1, 2)] == [None, None, Kind.NEW]


def test_a_card_that_gained_a_point_is_new_unless_it_is_due_anyway(desk: Any) -> None:
    desk.deck("Deck", ("a", ["p", "added"]), ("b", ["p", "added"]))
    desk.review("a", 9, recalled=["p"], due=5)
    desk.review("b", 9, recalled=["p"], due=0)
    collection = desk.open()
    assert kind(collection, "a") is Kind.NEW
    assert kind(collection, "b") is Kind.DUE


def test_a_due_day_that_was_moved_counts(desk: Any) -> None:
    desk.deck("Deck", "a")
    desk.review("a", 9, due=0)
    desk.line({"card": "a", "due": desk.today() + timedelta(days=4)})
    collection = desk.open()
    assert kind(collection, "a") is None
    assert kind(collection, "a", 4) is Kind.DUE


# The order


def test_due_cards_come_lowest_coverage_first(desk: Any) -> None:
    desk.deck("Deck", "easy", "good", "hard", "again")
    for rating in Rating:
        desk.review(str(rating), 20, str(rating), due=0)
    assert ids(plan(desk.open()).due) == ["again", "hard", "good", "easy"]


def test_coverage_and_not_the_due_day_orders_due_cards(desk: Any) -> None:
    desk.deck("Deck", ("half", ["p", "q", "r"]), "old")
    desk.review("half", 20, recalled=["p"], missed=["q", "r"], due=0)
    desk.review("old", 20, "easy", due=-9)
    assert ids(plan(desk.open()).due) == ["half", "old"]


def test_cards_of_several_decks_are_one_queue(desk: Any) -> None:
    desk.deck("A", "a1", "a2")
    desk.deck("B", "b1", "b2")
    for card, rating in (("a1", "easy"), ("b1", "hard"), ("a2", "again"), ("b2", "good")):
        desk.review(card, 20, rating, due=0)
    assert ids(plan(desk.open()).due) == ["a2", "b1", "b2", "a1"]


def test_new_cards_are_spread_among_the_due_ones(desk: Any) -> None:
    old, new = names("old", 8), names("new", 2)
    desk.deck("Deck", *new, *old)
    desk.backlog(*old)
    kinds = [kind for _, kind in plan(desk.open()).queue]
    assert [place for place, each in enumerate(kinds) if each is Kind.NEW] == [2, 7]
    assert kinds.count(Kind.DUE) == 8


@given(st.integers(0, 30), st.integers(0, 30))
def test_spreading_keeps_both_orders_and_leaves_even_gaps(many: int, few: int) -> None:
    mixed = spread([("many", n) for n in range(many)], [("few", n) for n in range(few)])
    assert [n for kind, n in mixed if kind == "many"] == list(range(many))
    assert [n for kind, n in mixed if kind == "few"] == list(range(few))
    for kind, place in mixed:
        count, others = (few, many) if kind == "few" else (many, few)
        before = sum(each != kind for each, _ in mixed[: mixed.index((kind, place))])
        assert abs(before - (place + 0.5) * others / count) <= 1


def test_returns_come_in_the_order_in_which_they_were_missed(desk: Any) -> None:
    desk.deck("Deck", "a", "b", "c")
    for card in ("b", "c", "a"):
        desk.review(card, 0, "again", due=1)
        desk.clock.move(minutes=1)
    found = plan(desk.open())
    assert ids(found.returns) == ["b", "c", "a"]
    assert found.queue == ()


def test_new_cards_come_first_from_the_deck_chosen_last(desk: Any) -> None:
    desk.deck("A", "a1", "a2", "a3")
    desk.deck("B", "b1", "b2", "b3")
    desk.deck("C", "c1", "c2", "c3")
    assert ids(plan(desk.open()).new) == ["a1", "a2", "a3", "b1", "b2"]
    desk.review("b2", 2, due=9)
    desk.review("c2", 3, due=9)
    assert ids(plan(desk.open()).new) == ["b1", "b3", "a1", "a2", "a3"]
    desk.review("c2", 1, due=9)
    assert ids(plan(desk.open()).new) == ["c1", "c3", "a1", "a2", "a3"]


# Which decks


def test_a_paused_deck_is_left_out_unless_it_is_named(desk: Any) -> None:
    desk.deck("A", "a1")
    desk.deck("B", "b1")
    desk.settings("[decks.A]\npaused = true\n")
    collection = desk.open()
    assert ids(plan(collection).new) == ["b1"]
    assert ids(plan(collection, "A").new) == ["a1"]
    assert ids(plan(collection, "A", "B").new) == ["a1", "b1"]


def test_a_deck_named_twice_is_asked_once(desk: Any) -> None:
    desk.deck("Alpha", "a1")
    assert ids(plan(desk.open(), "alpha", "ALPHA.TOML", "al").new) == ["a1"]


def test_a_name_of_no_deck_is_a_wrong_call(desk: Any) -> None:
    desk.deck("Alpha", "a1")
    with pytest.raises(UsageError, match="beta"):
        plan(desk.open(), "beta")


@pytest.mark.parametrize("practise_all", [False, True])
def test_a_home_without_decks_plans_nothing(desk: Any, practise_all: bool) -> None:
    found = plan(desk.open(), practise_all=practise_all)
    assert (found.asked, found.queue, found.left_due, found.left_new, found.seconds) == (0, (), 0, 0, 0)


def test_a_deck_without_cards_plans_nothing(desk: Any) -> None:
    desk.write("empty.toml", 'title = "Empty"\n')
    desk.review("gone", 1, due=0)
    assert plan(desk.open()).asked == 0
    assert plan(desk.open(), "Empty").asked == 0


# How many new ones


def test_five_new_cards_a_day_at_most(desk: Any) -> None:
    desk.deck("Deck", *names("n", 9))
    found = plan(desk.open())
    assert ids(found.new) == names("n", 5)
    assert found.left_new == 4


def test_the_most_new_cards_can_be_set(desk: Any) -> None:
    desk.deck("Deck", *names("n", 9))
    desk.settings("new_cards = 2\nminutes = 600\n")
    assert len(plan(desk.open()).new) == 2
    desk.settings("new_cards = 0\nminutes = 600\n")
    assert plan(desk.open()).new == ()


def test_new_cards_introduced_earlier_today_count(desk: Any) -> None:
    desk.deck("Deck", *names("n", 9))
    desk.review("n00", 0, seconds=10, due=1)
    desk.review("n01", 1, seconds=10, due=9)
    desk.review("n02", 1, seconds=10, due=9)
    desk.review("n02", 0, seconds=10, due=9)
    assert len(plan(desk.open()).new) == 4


def test_one_new_card_comes_even_under_a_backlog(desk: Any) -> None:
    old = names("old", 60)
    desk.deck("Deck", *names("new", 6), *old)
    desk.backlog(*old)
    found = plan(desk.open())
    assert ids(found.new) == ["new00"]
    assert len(found.due) == 20
    assert found.left_due == 40


def test_under_a_backlog_no_second_new_card_comes_that_day(desk: Any) -> None:
    old = names("old", 60)
    desk.deck("Deck", *names("new", 6), *old)
    desk.backlog(*old)
    desk.review("new00", 0, due=1)
    assert plan(desk.open()).new == ()


def test_new_cards_leave_room_for_what_is_due_today(desk: Any) -> None:
    old = names("old", 16)
    desk.deck("Deck", *names("new", 9), *old)
    desk.backlog(*old)
    # 20 minutes less 16 of due cards are 240 seconds; a new card takes 90 and its return 20.
    assert len(plan(desk.open()).new) == 2


def test_new_cards_leave_room_for_what_is_due_tomorrow(desk: Any) -> None:
    old = names("old", 17)
    desk.deck("Deck", *names("new", 9), *old)
    for card in old:
        desk.review(card, 30, due=1)
    # Tomorrow has 20 minutes for 17 cards of a minute and those that are new today.
    assert len(plan(desk.open()).new) == 3


@pytest.mark.parametrize("event", [{"suspend": True}, {"bury": 9}], ids=["suspended", "buried"])
def test_a_card_that_will_not_come_tomorrow_takes_no_room_there(desk: Any, event: dict[str, Any]) -> None:
    old = names("old", 30)
    desk.deck("Deck", *names("new", 9), *old)
    for card in old:
        desk.review(card, 30, due=1)
        until = {"bury": desk.today() + timedelta(days=9)} if "bury" in event else event
        desk.line({"card": card, **until})
    assert len(plan(desk.open()).new) == 5


def test_a_card_that_gained_a_point_counts_among_the_new(desk: Any) -> None:
    grown = [(name, ["p", "added"]) for name in names("g", 7)]
    desk.deck("Deck", *grown)
    for name, _ in grown:
        desk.review(name, 9, recalled=["p"], due=50)
    found = plan(desk.open())
    assert len(found.new) == 5
    desk.review("g00", 0, recalled=["added"], given=True, due=50)
    assert len(plan(desk.open()).new) == 4


# How many due ones


def test_due_cards_are_limited_by_the_minutes_alone(desk: Any) -> None:
    old = names("old", 30)
    desk.deck("Deck", *old)
    desk.backlog(*old)
    assert len(plan(desk.open()).due) == 20
    desk.settings("minutes = 25\n")
    assert len(plan(desk.open()).due) == 25
    desk.settings("minutes = 600\n")
    assert len(plan(desk.open()).due) == 30


def test_minutes_spent_earlier_today_are_taken_off(desk: Any) -> None:
    old = names("old", 30)
    desk.deck("Deck", "done", "yesterday", *old)
    desk.backlog(*old)
    desk.review("done", 9, due=0)
    desk.review("done", 0, seconds=300, due=9)
    desk.review("yesterday", 1, seconds=300, due=9)
    found = plan(desk.open())
    # 15 minutes are left; the later attempts of one took 300 seconds once: (300 + 5 * 60) / 6.
    assert len(found.due) == 900 // 100
    assert found.left_due == 30 - 9


def test_what_returns_takes_its_time_first(desk: Any) -> None:
    old, missed = names("old", 30), names("missed", 6)
    desk.deck("Deck", *old, *missed)
    desk.backlog(*old)
    for card in missed:
        desk.review(card, 0, "again", due=1)
    found = plan(desk.open())
    assert len(found.returns) == 6
    assert len(found.due) == (1200 - 6 * 20) // 60


def test_one_due_card_comes_while_there_is_any_time(desk: Any) -> None:
    old = names("old", 3)
    desk.deck("Deck", *old, "done")
    desk.backlog(*old)
    desk.settings("minutes = 1\n")
    desk.review("done", 0, seconds=55, due=9)
    assert len(plan(desk.open()).due) == 1
    desk.review("done", 0, seconds=5, due=9)
    assert len(plan(desk.open()).due) == 0


# How long it takes


def test_an_answer_takes_the_usual_time_until_the_users_own_is_known(desk: Any) -> None:
    desk.deck("Deck", "new", "old", "missed")
    desk.backlog("old")
    desk.review("missed", 0, "again", due=1)
    assert plan(desk.open()).seconds == 20 + 60 + (90 + 20)


def test_the_users_own_times_count_against_five_usual_ones(desk: Any) -> None:
    desk.deck("Deck", "old", "timed")
    desk.backlog("old")
    desk.review("timed", 9, seconds=99, due=9)
    for days_ago in range(8, 3, -1):
        desk.review("timed", days_ago, seconds=20, due=9)
    assert plan(desk.open()).seconds == pytest.approx((5 * 20 + 5 * 60) / 10)


def test_a_time_over_five_minutes_counts_as_five(desk: Any) -> None:
    desk.deck("Deck", "old", "timed")
    desk.backlog("old")
    desk.review("timed", 9, due=9)
    for days_ago in range(8, 3, -1):
        desk.review("timed", days_ago, seconds=4000, due=9)
    assert plan(desk.open()).seconds == pytest.approx((5 * 300 + 5 * 60) / 10)


def test_first_answers_later_ones_and_returns_are_timed_apart(desk: Any) -> None:
    desk.deck("Deck", "new", "old", "missed", "timed")
    desk.review("timed", 9, "again", seconds=30, due=9)
    desk.review("timed", 9, given=True, seconds=8, due=9)
    desk.review("timed", 8, seconds=120, due=9)
    desk.backlog("old")
    desk.review("missed", 0, "again", due=1)
    first, later, back = (30 + 450) / 6, (120 + 300) / 6, (8 + 100) / 6
    assert plan(desk.open()).seconds == pytest.approx(first + back + later + back)


# A session's own limits


def test_new_for_this_session_replaces_the_days_number(desk: Any) -> None:
    desk.deck("Deck", *names("n", 30))
    desk.review("n00", 0, due=1)
    collection = desk.open()
    assert len(plan(collection, new=12).new) == 12
    assert len(plan(collection, new=1).new) == 1
    assert plan(collection, new=0).new == ()


def test_minutes_for_this_session_replace_what_the_day_has_left(desk: Any) -> None:
    old = names("old", 30)
    desk.deck("Deck", *old, "done")
    desk.backlog(*old)
    desk.review("done", 0, seconds=300, due=9)
    desk.settings("minutes = 1\n")
    collection = desk.open()
    assert plan(collection).due == ()
    assert len(plan(collection, minutes=7).due) == 7
    assert plan(collection, minutes=0).due == ()


def test_a_limit_of_cards_keeps_the_first_of_the_queue(desk: Any) -> None:
    old = names("old", 6)
    desk.deck("Deck", *names("new", 4), *old)
    desk.backlog(*old)
    collection = desk.open()
    whole = [card.id for card, _ in plan(collection).queue]
    for count in range(12):
        found = plan(collection, cards=count)
        assert {card.id for card, _ in found.queue} == set(whole[:count])
        assert found.left_due + len(found.due) == 6
        assert found.left_new + len(found.new) == 4


def test_a_limit_of_cards_does_not_stop_returns(desk: Any) -> None:
    desk.deck("Deck", "missed", "new")
    desk.review("missed", 0, "again", due=1)
    found = plan(desk.open(), cards=0, new=0, minutes=0)
    assert ids(found.returns) == ["missed"]
    assert found.asked == 1


# Practising all


def practised(desk: Any) -> Collection:
    """Open a deck of new, due, idle, missed, buried and suspended cards."""
    desk.deck("Deck", "new", "due", "strong", "weak", "missed", "buried", "suspended", "fresh")
    desk.backlog("due")
    desk.review("strong", 3, "easy", due=9)
    desk.review("weak", 3, "hard", due=9)
    desk.review("missed", 0, "again", due=1)
    desk.review("buried", 4, due=0)
    desk.line({"card": "buried", "bury": desk.today() + timedelta(days=3)})
    desk.review("suspended", 9, due=0)
    desk.line({"card": "suspended", "suspend": True})
    opened: Collection = desk.open()
    return opened


def test_practising_all_takes_every_card_that_is_not_suspended(desk: Any) -> None:
    found = plan(practised(desk), practise_all=True)
    assert ids(found.returns) == ["missed"]
    assert ids(found.due) == ["due"]
    assert ids(found.new) == ["new", "fresh"]
    assert ids(found.practice) == ["weak", "buried", "strong"]
    assert found.asked == 7
    assert [kind for _, kind in found.queue][-3:] == [Kind.PRACTICE] * 3


def test_practising_all_ignores_the_days_limits(desk: Any) -> None:
    old = names("old", 40)
    desk.deck("Deck", *old, *names("new", 20), "done")
    desk.backlog(*old)
    desk.review("done", 0, seconds=300, due=9)
    desk.settings("minutes = 1\nnew_cards = 1\n")
    found = plan(desk.open(), practise_all=True)
    assert (len(found.due), len(found.new), len(found.practice)) == (40, 20, 1)


def test_practising_all_keeps_to_the_limits_named(desk: Any) -> None:
    collection = practised(desk)
    assert ids(plan(collection, practise_all=True, new=1).new) == ["new"]
    assert len(plan(collection, practise_all=True, cards=4).queue) == 4
    by_minutes = plan(collection, practise_all=True, new=0, minutes=3)
    assert (len(by_minutes.due), len(by_minutes.practice)) == (1, 2)
    assert plan(collection, practise_all=True, new=0, minutes=1).practice == ()


# Plan and session


@pytest.mark.parametrize(
    "limits",
    [{}, {"new": 2}, {"new": 9}, {"cards": 3}, {"minutes": 4}, {"practise_all": True}],
    ids=["none", "few new", "many new", "cards", "minutes", "all"],
)
def test_a_session_asks_what_its_plan_counts(desk: Any, sit: Sit, limits: dict[str, Any]) -> None:
    old = names("old", 6)
    desk.deck("Deck", *names("new", 9), *old, "idle")
    desk.backlog(*old)
    desk.review("idle", 1, due=9)
    expected = plan(desk.open(), **limits)
    session = sit(**limits)
    assert session.plan == expected
    assert desk.finish(session, seconds=1) == [card.id for card, _ in expected.queue]
    assert expected.asked == len(expected.queue) > 2


def test_new_cards_named_for_this_session_come_though_the_days_minutes_are_spent(desk: Any, sit: Sit) -> None:
    desk.deck("Deck", "done", *names("new", 9))
    desk.settings("minutes = 1\n")
    desk.review("done", 0, seconds=90, due=9)
    session = sit(new=3)
    assert session.plan.asked == 3
    assert len(desk.finish(session)) == 3


# New cards in another order, and easy days


def test_new_cards_come_mixed_where_so_set_and_always_in_that_order(desk: Any) -> None:
    desk.deck("A", *names("a", 20))
    desk.deck("B", *names("b", 20))
    desk.settings('new_order = "mixed"\nnew_cards = 40\nminutes = 600\n')
    desk.review("a00", 3, due=9)
    found = ids(plan(desk.open()).new)
    assert sorted(found) == [*names("a", 20)[1:], *names("b", 20)]
    assert found != sorted(found)
    assert {card[0] for card in found[:10]} == {"a", "b"}
    assert ids(plan(desk.open()).new) == found


def test_on_an_easy_day_no_new_card_comes_unless_asked_for(desk: Any) -> None:
    desk.deck("Deck", *names("n", 9), "old")
    desk.backlog("old")
    desk.settings('easy_days = ["saturday"]\n')
    collection = desk.open()
    saturday = collection.today
    assert (ids(plan(collection).due), plan(collection).new) == (["old"], ())
    assert len(plan(collection, new=2).new) == 2
    assert len(plan_day(collection, asked_decks(collection), saturday + timedelta(days=1)).new) == 5

"""A session over some cards only: those that a search found, or that were chosen by hand."""

from datetime import timedelta
from typing import Any

import pytest

from trainer.library.identity import card_fingerprint
from trainer.study.plan import plan_day
from trainer.study.session import Session
from trainer.study.share import Limits


@pytest.fixture
def learned(desk: Any) -> Any:
    """`a` and `b` are due, `c` is not, `m` and `n` are new; `x` of another deck is due."""
    desk.deck("Deck", "a", "b", "c", "m", "n")
    desk.deck("Other", "x")
    desk.backlog("a", "b", "x")
    desk.review("c", 1, due=9)
    return desk


def test_only_these_are_asked_due_and_new_as_usual(learned: Any) -> None:
    session = Session(learned.open(), limits=Limits(minutes=30), cards=["a", "c", "n", "nowhere"])
    assert session.progress.ahead == 2
    assert sorted(learned.finish(session)) == ["a", "n"]
    session.extend(Limits(practise_all=True))
    assert sorted(learned.finish(session)) == ["a", "c", "n"]


def test_what_is_planned_counts_these_alone(learned: Any) -> None:
    collection = learned.open()
    decks, today = collection.library.decks, collection.today
    plan = plan_day(collection, decks, today, Limits(cards=1), among=frozenset(["a", "b", "m"]))
    assert (plan.asked, plan.left_due, plan.left_new) == (1, 1, 1)
    weak = plan_day(collection, decks, today, Limits(weak=True), among=frozenset(["b", "x", "m"]))
    assert sorted(card.id for card in weak.weak) == ["b", "x"]
    assert plan_day(collection, decks, today, among=frozenset()).asked == 0


def test_what_is_missed_elsewhere_returns_only_where_it_belongs(learned: Any) -> None:
    here = Session(learned.open(), cards=["b"])
    elsewhere = Session(learned.open(), cards=["a"])
    learned.miss(elsewhere)
    here.refresh()
    assert here.still_missed() == []
    assert [card.id for card in elsewhere.still_missed()] == ["a"]


def test_undo_brings_a_card_back_and_the_session_goes_on(learned: Any) -> None:
    session = Session(learned.open(), limits=Limits(minutes=30), cards=["a", "b"])
    first = learned.answer(session).card
    session.undo()
    assert session.current is not None
    assert session.current.card.id == first
    assert sorted(learned.finish(session)) == ["a", "b"]


CALL = "Describe a hard decision you made at work"
DECISION = "Tell me about a hard decision you made at work"


def test_a_card_that_is_reworded_meanwhile_is_still_one_of_them(desk: Any) -> None:
    text = f'[[cards]]\nquestion = "{CALL}"\nanswer = "A"\n[[cards]]\nid = "b"\nquestion = "B?"\nanswer = "B"\n'
    desk.write("deck.toml", text)
    call = card_fingerprint(CALL)
    desk.line({"card": call, "question": CALL}, desk.clock.now() - timedelta(days=31))
    desk.backlog("b", call)
    session = Session(desk.open(), limits=Limits(minutes=30), cards=[call, "b"])
    desk.write("deck.toml", text.replace(CALL, DECISION))
    session.refresh()
    assert [each.old for each in session.reworded] == [CALL]
    assert sorted(desk.finish(session)) == sorted(["b", card_fingerprint(DECISION)])

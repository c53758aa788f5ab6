"""Everything known about a card, as plain data."""

from datetime import date, timedelta

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.insight.cards import card_content, card_facts
from trainer.model import Card, KeyPoint, Rating, Review

DAY = date(2026, 11, 21)
FULL = Card(
    "id-1",
    "The QUESTION",
    (KeyPoint("p", "A point", 2.5),),
    "An answer",
    ("A follow-up",),
    "A hint",
    "A reason",
    ("tag-1", "tag-2"),
    "A source",
)


def answer(collection: Collection, rating: Rating, recalled: list[str], missed: list[str], day: date = DAY) -> None:
    collection.record_review(
        collection.library.cards["france"],
        Review(day, rating, recalled, missed, given=False, seconds=1, due=day + timedelta(days=1)),
    )


def test_content_is_what_the_deck_says() -> None:
    assert card_content(FULL, "My deck") == {
        "id": "id-1",
        "deck": "My deck",
        "question": "The QUESTION",
        "answer": "An answer",
        "hint": "A hint",
        "why": "A reason",
        "follow_ups": ["A follow-up"],
        "tags": ["tag-1", "tag-2"],
        "source": "A source",
        "key_points": [{"id": "p", "text": "A point", "weight": 2.5}],
    }


def test_content_of_a_card_without_points_has_its_answer_as_the_only_one() -> None:
    (point,) = card_content(Card("x", "Q", answer="A"), "D")["key_points"]
    assert (point["id"], point["weight"]) == ("answer", 1)


def test_facts_add_where_the_card_stands(collection: Collection) -> None:
    card = collection.library.cards["france"]
    answer(collection, Rating.GOOD, ["paris", "river"], ["tower"])
    facts = card_facts(collection, card, DAY)
    assert facts.items() >= {
        "state": "review", "due": "2026-11-22", "coverage": 1.0, "reviews": 1, "lapses": 0, "deck": "Capitals",
    }.items()  # fmt: skip
    assert [point["retrievability"] for point in facts["key_points"]] == [1.0, 1.0, 1.0]
    stabilities = [point["stability"] for point in facts["key_points"]]
    assert stabilities[0] == stabilities[2] > stabilities[1] > 0


def test_facts_on_a_later_day_forecast(collection: Collection) -> None:
    card = collection.library.cards["france"]
    answer(collection, Rating.GOOD, ["paris", "river"], ["tower"])
    facts = card_facts(collection, card, DAY + timedelta(days=30))
    shares = [point["retrievability"] for point in facts["key_points"]]
    assert all(0 < share < 0.8 for share in shares)
    assert facts["coverage"] == pytest.approx((shares[0] + shares[1] + 2 * shares[2]) / 4)
    assert {point["last_day"] for point in facts["key_points"]} == {"2026-11-21"}


def test_a_missed_point_of_a_later_review_is_a_lapse(collection: Collection, clock: FixedClock) -> None:
    answer(collection, Rating.AGAIN, [], ["paris", "tower", "river"])
    clock.move(days=2)
    answer(collection, Rating.GOOD, ["paris", "river"], ["tower"], DAY + timedelta(days=2))
    facts = card_facts(collection, collection.library.cards["france"], DAY)
    assert (facts["reviews"], facts["lapses"]) == (2, 1)


@pytest.mark.parametrize("reviewed", [True, False])
def test_a_suspended_card_is_suspended_first_of_all(collection: Collection, reviewed: bool) -> None:
    card = collection.library.cards["france"]
    if reviewed:
        answer(collection, Rating.GOOD, ["paris", "tower", "river"], [])
    collection.suspend(card)
    facts = card_facts(collection, card, DAY)
    assert facts["state"] == "suspended"
    assert facts["due"] == ("2026-11-22" if reviewed else None)
    assert (facts["coverage"] is None) is not reviewed

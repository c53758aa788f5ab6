"""One card as a person looks at it, and as a line of a list."""

from datetime import date, timedelta

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.collection.standing import Row
from trainer.insight.listing import due_words, lines_of
from trainer.insight.one_card import AHEAD, curve_of, happenings, next_words, points_of
from trainer.model import Rating, Review

DAY = date(2026, 11, 21)


def answer(collection: Collection, missed: list[str], due_in: int) -> None:
    card = collection.library.cards["france"]
    made = [point.id for point in card.points if point.id not in missed]
    day = collection.today
    collection.record_review(
        card, Review(day, Rating.GOOD, made, missed, given=False, seconds=9, due=day + timedelta(days=due_in))
    )


def test_each_point_says_how_well_it_is_known(collection: Collection, clock: FixedClock) -> None:
    france, spain = (collection.library.cards[card] for card in ("france", "spain"))
    assert [(view.recall, view.words) for view in points_of(collection, spain)] == [(None, "never asked")]
    answer(collection, ["tower"], 2)
    clock.move(days=1)
    answer(collection, ["tower"], 9)
    paris, tower, _ = points_of(collection, france)
    assert paris.recall == 1.0
    assert paris.words.endswith("asked today")
    assert tower.words.endswith("asked today, missed 1 time")
    clock.move(days=3)
    assert points_of(collection, france)[1].words == "holds 1 day, asked 3 days ago, missed 1 time"


def test_the_curve_falls_to_the_due_day_and_then_goes_on(collection: Collection, clock: FixedClock) -> None:
    france = collection.library.cards["france"]
    assert curve_of(collection, france, 20) is None
    answer(collection, [], 10)
    curve = curve_of(collection, france, 20)
    assert curve is not None
    assert (len(curve.days), curve.days[0], curve.days[-1]) == (20, DAY, DAY + timedelta(days=10))
    assert list(curve.shares) == sorted(curve.shares, reverse=True)
    assert curve.shares[-1] == pytest.approx(collection.coverage(france, curve.days[-1]))
    assert (
        curve.words
        == f"100% of the answer expected today, {curve.shares[-1]:.0%} on Tuesday 1 December, when it is due."
    )
    clock.move(days=12)
    late = curve_of(collection, france, 5)
    assert late is not None
    assert late.days[-1] == collection.today + timedelta(days=AHEAD)
    assert late.words.endswith(f"without a review {late.shares[-1]:.0%} in 30 days.")


def test_when_it_comes_next_is_a_sentence(collection: Collection, clock: FixedClock) -> None:
    france = collection.library.cards["france"]
    said = [next_words(collection, france)]
    answer(collection, [], 1)
    said.append(next_words(collection, france))
    clock.move(days=4)
    said.append(next_words(collection, france))
    collection.bury(france, collection.today + timedelta(days=1))
    said.append(next_words(collection, france))
    collection.suspend(france)
    said.append(next_words(collection, france))
    assert said == [
        "New: never asked.", "Due tomorrow.", "Due since 3 days.", "Put aside until tomorrow.",
        "Suspended: it does not come.",
    ]  # fmt: skip


def test_what_happened_is_told_the_newest_first(collection: Collection) -> None:
    france = collection.library.cards["france"]
    for _ in range(3):
        answer(collection, [], 5)
    (newest,) = (event for event in [collection.newest_act()] if event)
    collection.undo(newest.key)
    collection.suspend(france)
    assert list(happenings(collection, france, 2)) == [
        "2026-11-21  suspended",
        "2026-11-21  good, 3 of 3 points, 9 s, due 2026-11-26",
        "and 1 more: `trainer log france`",
    ]


def test_a_line_of_a_list(collection: Collection) -> None:
    answer(collection, ["tower"], 3)
    lines = lines_of(collection, ["france", "spain", "nowhere"])
    assert list(lines) == ["france", "spain"]
    france, spain = lines.values()
    assert (france.deck, france.due, france.known, france.reviews, france.weakest) == (
        "Capitals", "today", "100%", "1", "100%",
    )  # fmt: skip
    assert (spain.due, spain.known, spain.reviews, spain.weakest) == ("new", "–", "–", "–")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("a", "f", None, DAY, True, None, 1, 0, 1.0, 1.0), "suspended"),
        (Row("a", "f", None, DAY, False, DAY + timedelta(days=1), 1, 0, 1.0, 1.0), "put aside"),
        (Row("a", "f", "due", DAY, False, DAY, 1, 0, 1.0, 1.0), "today"),
        (Row("a", "f", "return", DAY + timedelta(days=3), False, None, 1, 0, 1.0, 1.0), "today"),
        (Row("a", "f", None, DAY + timedelta(days=3), False, None, 1, 0, 1.0, 1.0), "in 3 d"),
        (Row("a", "f", "due", DAY - timedelta(days=2), False, None, 1, 0, 1.0, 1.0), "2 d late"),
        (Row("a", "f", "new", None, False, None, 0, 0, None, None), "new"),
    ],
)
def test_when_it_is_due_in_a_word_or_two(row: Row, said: str) -> None:
    assert due_words(row, DAY) == said

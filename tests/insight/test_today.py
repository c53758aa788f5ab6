"""The day at a glance."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.insight.today import day_at_a_glance, next_due
from trainer.model import Rating, Review

DAY = date(2026, 11, 21)


def deck(title: str, count: int) -> str:
    cards = (f'[[cards]]\nid = "{title}{n}"\nquestion = "{title} {n}?"\nanswer = "Yes."\n' for n in range(count))
    return f'title = "{title}"\n' + "".join(cards)


@pytest.fixture
def shelf(home: Home, clock: FixedClock, write_deck: Callable[..., Path]) -> Collection:
    """An open home with two decks of ten cards; four of the first were reviewed."""
    write_deck(deck("Left", 10), "left.toml")
    write_deck(deck("Right", 10), "right.toml")
    lines = [
        '20261110T120000000Z-aaaa00 = { card = "Left0", day = 2026-11-10, rating = "good", due = 2026-11-12 }',
        '20261110T120000001Z-aaaa00 = { card = "Left1", day = 2026-11-10, rating = "good", due = 2026-11-21 }',
        '20261110T120000002Z-aaaa00 = { card = "Left2", day = 2026-11-10, rating = "good", due = 2026-11-25 }',
        '20261121T090000000Z-aaaa00 = { card = "Left3", day = 2026-11-21, rating = "again", missed = ["answer"], '
        "due = 2026-11-22 }",
    ]
    home.log.write_text("\n".join(lines) + "\n")
    return Collection(home, clock)


def test_each_deck_shows_what_a_session_over_it_alone_would(shelf: Collection) -> None:
    day = day_at_a_glance(shelf, DAY)
    assert day.day == DAY
    left, right = day.decks
    assert (left.deck.title, left.due, left.share.new) == ("Left", 3, 4)  # one new card was begun today
    assert (right.deck.title, right.due, right.share.new) == ("Right", 0, 4)
    assert left.share.seconds > right.share.seconds > 0
    known = shelf.mean_coverage([left.deck], DAY)
    assert known is not None
    assert 0.7 < known < 1
    assert shelf.mean_coverage([right.deck], DAY) is None


def test_the_total_is_one_session_and_not_the_sum(shelf: Collection) -> None:
    day = day_at_a_glance(shelf, DAY)
    assert (day.due, day.share.new) == (3, 4)
    assert day.share.seconds == day.decks[0].share.seconds


def test_a_paused_deck_is_a_row_but_not_in_the_total(
    home: Home, clock: FixedClock, write_deck: Callable[..., Path]
) -> None:
    write_deck(deck("Left", 1), "left.toml")
    write_deck(deck("Right", 2), "right.toml")
    home.settings.write_text('[decks."Left"]\npaused = true\n')
    day = day_at_a_glance(Collection(home, clock), DAY)
    rows = [(row.deck.title, row.paused, row.share.new) for row in day.decks]
    assert rows == [("Left", True, 1), ("Right", False, 2)]
    assert day.share.new == 2


def test_another_day_is_asked_for_as_it_will_be(shelf: Collection) -> None:
    later = day_at_a_glance(shelf, DAY + timedelta(days=4))
    assert (later.due, later.share.new) == (4, 5)
    assert later.decks[0].share.due == 4


def test_a_deck_is_counted_without_limits(shelf: Collection) -> None:
    counts = shelf.standing.counts(DAY)
    numbers = [(count.cards, count.unseen, count.due + count.returns) for count in counts.values()]
    assert numbers == [(10, 6, 3), (10, 10, 0)]
    shelf.suspend(shelf.library.cards["Left0"])
    assert shelf.standing.counts(DAY)["left.toml"].due == 1


def test_counts_are_those_of_now_whoever_wrote(shelf: Collection) -> None:
    before = shelf.standing.counts(DAY)["left.toml"]
    other = Collection(shelf.home, shelf.clock)
    other.suspend(other.library.cards["Left0"])
    after = shelf.standing.counts(DAY)["left.toml"]
    assert (after.cards, after.idle, after.due) == (before.cards, before.idle, before.due - 1)


def test_the_next_day_with_cards_due_and_how_many(shelf: Collection) -> None:
    decks = shelf.library.decks
    assert next_due(shelf, decks, DAY) == (date(2026, 11, 22), 1)
    assert next_due(shelf, decks, date(2026, 11, 22)) == (date(2026, 11, 25), 1)
    assert next_due(shelf, decks, date(2026, 11, 25)) is None
    assert next_due(shelf, decks[1:], DAY) is None
    shelf.record_review(
        shelf.library.cards["Right0"],
        Review(DAY, Rating.GOOD, ["answer"], [], given=False, seconds=1, due=date(2026, 11, 22)),
    )
    assert next_due(shelf, decks, DAY) == (date(2026, 11, 22), 2)


def test_a_suspended_card_is_never_next(shelf: Collection) -> None:
    shelf.suspend(shelf.library.cards["Left3"])
    assert next_due(shelf, shelf.library.decks, DAY) == (date(2026, 11, 25), 1)

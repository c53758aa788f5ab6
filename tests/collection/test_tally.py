"""Running sums over all cards, and that they follow every change."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.collection.tally import USUAL_SECONDS
from trainer.home import Home
from trainer.model import Rating, Review
from trainer.progress.log import Entry, Log
from trainer.progress.replay import Attempt

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)


def sums(collection: Collection) -> dict[str, Any]:
    """Return all that a tally tells, without days on which there is nothing: those that no row has."""
    tally = collection.tally
    days = collection._cache.query(
        "SELECT due FROM standing UNION SELECT last_day FROM state UNION SELECT introduced FROM state"
    )

    def told(sum_on: Callable[[date], float]) -> dict[date, float]:
        every = (date.fromordinal(day) for (day,) in days if day is not None)
        return {day: number for day in every if (number := sum_on(day))}

    return {
        "seconds": told(tally.seconds_on),
        "introduced": told(tally.introduced_on),
        "due": told(tally.due_on),
        "usual": {kind: tally.usual_seconds(kind) for kind in Attempt},
    }


def answer(collection: Collection, card_id: str = "spain", **options: Any) -> str:
    """Record a good answer, due tomorrow unless said otherwise; return its key."""
    card = collection.library.cards[card_id]
    given: dict[str, Any] = {"given": False, "seconds": 30, "due": collection.today + timedelta(days=1)} | options
    points = [point.id for point in card.points]
    return collection.record_review(card, Review(collection.today, Rating.GOOD, points, [], **given)).key


def test_without_history_the_usual_seconds_are_expected(collection: Collection) -> None:
    assert {kind: collection.tally.usual_seconds(kind) for kind in Attempt} == USUAL_SECONDS


def test_answers_are_counted_on_their_day_and_by_their_kinds(collection: Collection, clock: FixedClock) -> None:
    answer(collection, seconds=30)
    answer(collection, "france", seconds=50)
    answer(collection, "france", seconds=10, given=True)
    assert collection.tally.seconds_on(DAY) == 90
    assert collection.tally.introduced_on(DAY) == 2
    clock.move(days=1)
    answer(collection, seconds=400)
    assert collection.tally.seconds_on(DAY + timedelta(days=1)) == 300
    assert collection.tally.usual_seconds(Attempt.FIRST) == (30 + 50 + 5 * USUAL_SECONDS[Attempt.FIRST]) / 7
    assert collection.tally.usual_seconds(Attempt.LATER) == (300 + 5 * USUAL_SECONDS[Attempt.LATER]) / 6
    assert collection.tally.usual_seconds(Attempt.RETURN) == (10 + 5 * USUAL_SECONDS[Attempt.RETURN]) / 6


def test_a_suspended_card_falls_due_on_no_day_and_on_its_own_when_it_is_back(collection: Collection) -> None:
    answer(collection)
    spain, tomorrow = collection.library.cards["spain"], DAY + timedelta(days=1)
    assert collection.tally.due_on(tomorrow) == 1
    collection.suspend(spain)
    assert collection.tally.due_on(tomorrow) == 0
    assert collection.due("spain") == tomorrow
    collection.suspend(spain, False)
    assert collection.tally.due_on(tomorrow) == 1
    key = answer(collection, due=tomorrow)
    collection.undo(key)
    assert collection.tally.due_on(tomorrow) == 1


def test_an_undone_review_is_taken_out_of_all_sums(collection: Collection) -> None:
    before = sums(collection)
    collection.undo(answer(collection))
    assert sums(collection) == before


def test_an_id_that_becomes_a_card_is_counted_once(
    home: Home, clock: FixedClock, write_deck: Callable[..., Path]
) -> None:
    write_deck()
    log = Log(home.log, "0b3a01")
    log.append([Entry({"card": "iberia", "rating": "good", "day": DAY, "seconds": 40, "due": DAY})], clock.now())
    collection = Collection(home, clock)
    assert collection.tally.seconds_on(DAY) == 40
    log.append([Entry({"card": "spain", "was": "iberia"})], clock.now())
    collection.refresh()
    assert sums(collection) == sums(Collection(home, clock))
    assert collection.tally.seconds_on(DAY) == 40
    assert collection.tally.introduced_on(DAY) == 1
    assert collection.tally.due_on(DAY) == 1


def test_joined_ids_that_no_deck_has_are_counted_once(
    home: Home, clock: FixedClock, write_deck: Callable[..., Path]
) -> None:
    write_deck()
    log = Log(home.log, "0b3a01")
    review = {"card": "iberia", "rating": "good", "day": DAY, "seconds": 40, "due": DAY}
    log.append([Entry(review), Entry({"card": "hispania", "was": "iberia"})], clock.now())
    collection = Collection(home, clock)
    assert collection.tally.seconds_on(DAY) == 40
    assert collection.tally.introduced_on(DAY) == 1


CARDS = ("france", "spain", "gone")
DECKS = [
    '[[cards]]\nid = "france"\nquestion = "F?"\nkey_points = [{ id = "p", text = "P" }, { id = "q", text = "Q" }]\n'
    '[[cards]]\nid = "spain"\nquestion = "S?"\nanswer = "A"\n',
    '[[cards]]\nid = "france"\nquestion = "F?"\nkey_points = [{ id = "r", text = "P" }, { id = "q", text = "Q" }]\n',
    '[[cards]]\nid = "spain"\nquestion = "S?"\nanswer = "A"\n[[cards]]\nid = "gone"\nquestion = "G?"\nanswer = "A"\n',
    "",
]
WEIGHTS = [0.2172, 1.1771, 3.2602, 16.1507, 7.0114, 0.57, 2.0966, 0.0069, 1.5261, 0.112, 1.0178, 1.849, 0.1133]
WEIGHTS += [0.3127, 2.2934, 0.2191, 3.0004, 0.7536, 0.3332, 0.1437, 0.2]

cards = st.sampled_from(CARDS)
own = st.one_of(
    st.tuples(st.just("review"), cards, st.integers(0, 400), st.booleans()),
    st.tuples(st.just("suspend"), cards, st.booleans()),
    st.tuples(st.just("undo newest")),
    st.tuples(st.just("undo"), st.integers(0, 20)),
)
lines = st.one_of(
    st.fixed_dictionaries(
        {"card": cards, "rating": st.sampled_from(["good", "again", "easy"])},
        optional={"seconds": st.integers(0, 400), "due": st.just(DAY), "source": st.just("s"), "import": st.just("K")},
    ),
    st.fixed_dictionaries({"card": cards, "was": cards}),
    st.fixed_dictionaries({"card": cards, "was": cards}),
    st.sampled_from(
        [
            {"card": "france", "point": "r", "was": "p"}, {"card": "spain", "suspend": True}, {"undo": "K"},
            {"card": "france", "due": DAY + timedelta(days=4)}, {"card": "spain", "reset": True},
            {"weights": WEIGHTS}, {"dance": True},
        ]
    ),
)  # fmt: skip
other_home = st.tuples(st.just("line"), lines) | st.tuples(st.just("refresh"))
rare = st.one_of(
    st.tuples(st.just("deck"), st.sampled_from(DECKS)),
    st.tuples(st.just("shrink"), st.integers(1, 400)),
    st.tuples(st.just("wait"), st.integers(0, 60)),
)
steps = st.integers(0, 9).flatmap(lambda number: own if number < 6 else other_home if number < 9 else rare)


def take_step(collection: Collection, foreign: Log, clock: FixedClock, number: int, step: tuple[Any, ...]) -> None:
    """Do one thing to an open home, by this collection or behind its back."""
    match step:
        case ("review", card_id, seconds, given) if card := collection.library.cards.get(card_id):
            points = [point.id for point in card.points]
            today = collection.today
            due = today + timedelta(days=1)
            collection.record_review(
                card, Review(today, Rating.GOOD, points, [], given=given, seconds=seconds, due=due)
            )
        case ("suspend", card_id, suspend) if card := collection.library.cards.get(card_id):
            collection.suspend(card, suspend)
        case ("undo newest",) if act := collection.newest_act():
            collection.undo(act.key)
        case ("undo", index) if events := collection.events():
            collection.undo(events[index % len(events)].key)
        case ("line", fields):
            foreign.append([Entry(fields)], clock.now())
        case ("deck", text):
            path = collection.home.decks / "deck.toml"
            path.write_text(text)
            os.utime(path, ns=(1, number + 1))
        case ("shrink", size) if collection.home.log.exists():
            with collection.home.log.open("r+b") as file:
                file.truncate(min(size, collection.home.log.stat().st_size))
        case ("refresh",):
            collection.refresh()
        case ("wait", hours):
            clock.move(hours=hours)


@settings(max_examples=100)
@given(st.lists(steps, min_size=4, max_size=14))
def test_after_any_changes_all_is_as_if_the_home_were_just_opened(taken: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        home, clock = Home(Path(name)), FixedClock(NOON)
        home.decks.mkdir()
        (home.decks / "deck.toml").write_text(DECKS[0])
        os.utime(home.decks / "deck.toml", ns=(1, 0))
        collection, foreign = Collection(home, clock), Log(home.log, "0b3a01")
        for number, step in enumerate(taken):
            take_step(collection, foreign, clock, number, step)
            collection.backup.wait()
        collection.refresh()

        with_cache = Collection(home, clock)
        shutil.rmtree(home.folder / "cache")
        fresh = Collection(home, clock)
        for opened in (collection, with_cache):
            assert opened.library.cards == fresh.library.cards
            for card_id in fresh.library.cards:
                assert opened.state(card_id) == fresh.state(card_id)
                assert opened.due(card_id) == fresh.due(card_id)
            assert opened.events() == fresh.events()
            assert opened.newest_act() == fresh.newest_act()
            assert sums(opened) == sums(fresh)


@settings(max_examples=60)
@given(st.lists(own, max_size=10))
def test_the_sums_are_those_of_the_cards(taken: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        home, clock = Home(Path(name)), FixedClock(NOON)
        home.decks.mkdir()
        (home.decks / "deck.toml").write_text(DECKS[0])
        collection = Collection(home, clock)
        for number, step in enumerate(taken):
            take_step(collection, Log(home.log, "0b3a01"), clock, number, step)
            collection.backup.wait()
        states = {card_id: collection.state(card_id) for card_id in collection.library.cards}
        assert collection.tally.seconds_on(DAY) == sum(each.seconds_on_last_day for each in states.values())
        assert collection.tally.introduced_on(DAY) == sum(each.introduced == DAY for each in states.values())
        falling = [card_id for card_id, each in states.items() if not each.suspended and collection.due(card_id)]
        assert sums(collection)["due"] == Counter(collection.due(card_id) for card_id in falling)

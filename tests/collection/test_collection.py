"""An open home: one writer of events, one answer to where a card stands."""

import os
import re
import tomllib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from trainer.clock import FixedClock
from trainer.collection import troubles
from trainer.collection.collection import Collection
from trainer.collection.finding import find_card, find_event
from trainer.collection.mark import home_mark, process_mark
from trainer.collection.opened import Changes
from trainer.collection.troubles import problems, warnings
from trainer.errors import NotSavedError, TrainerError, UsageError
from trainer.home import Home
from trainer.memory.model import MemoryModel
from trainer.model import Memory, Rating, Review
from trainer.progress.events import ReviewEvent, SuspendEvent, UndoEvent, WordingEvent, stamp_of
from trainer.progress.lines import HEADER
from trainer.progress.log import Entry, Log

DAY = date(2026, 11, 21)
FRANCE = "What is the capital of France, and what is it known for?"
MODEL = MemoryModel()


def days(number: int) -> date:
    return DAY + timedelta(days=number)


def answer(
    collection: Collection,
    card_id: str = "spain",
    recalled: Sequence[str] = ("answer",),
    missed: Sequence[str] = (),
    rating: Rating = Rating.GOOD,
    **options: Any,
) -> ReviewEvent:
    """Record an answer of 30 seconds, due tomorrow unless said otherwise."""
    given: dict[str, Any] = {"given": False, "seconds": 30, "due": collection.today + timedelta(days=1)} | options
    return collection.record_review(
        collection.library.cards[card_id], Review(collection.today, rating, recalled, missed, **given)
    )


def written(home: Home) -> list[str]:
    """Return the lines of the log without the header, each without its key."""
    lines = home.log.read_text(encoding="utf-8").split("\n")
    assert lines[0] == HEADER
    assert lines[-1] == ""
    return [re.sub(r"^\d{8}T\d{9}Z-[0-9a-f]{6} = ", "", line) for line in lines[1:-1]]


def foreign(home: Home, moment: datetime, *fields: dict[str, Any]) -> list[str]:
    """Write events as another home's trainer would, and return their keys."""
    return [event.key for event in Log(home.log, "ffff01").append([Entry(each) for each in fields], moment)]


def line(home: Home, text: str) -> None:
    with home.log.open("a", encoding="utf-8") as file:
        file.write(text + "\n")


# Writing


def test_a_review_is_written_as_the_contract_shows_after_its_wording(collection: Collection, home: Home) -> None:
    event = answer(collection, "france", ["paris", "river"], ["tower"], due=date(2026, 11, 24), seconds=48)
    wording, review = written(home)
    assert wording == (
        f'{{ card = "france", question = "{FRANCE}", '
        'points = { paris = "Says Paris", tower = "Names the tower", river = "Names the Seine" } }'
    )
    assert review == (
        '{ card = "france", day = 2026-11-21, rating = "good", recalled = ["paris", "river"], missed = ["tower"], '
        f"seconds = 48, due = 2026-11-24 }} # {FRANCE}"
    )
    assert event == collection.events()[1]
    assert (event.card, event.rating, event.due) == ("france", Rating.GOOD, date(2026, 11, 24))


def test_a_return_is_marked_and_empty_lists_are_left_out(collection: Collection, home: Home) -> None:
    answer(collection, given=True, seconds=9)
    answer(collection, recalled=[], missed=["answer"], rating=Rating.AGAIN)
    returned, missed = written(home)[1:]
    assert 'recalled = ["answer"], given = true, seconds = 9, due' in returned
    assert "missed = []" not in returned
    assert 'rating = "again", missed = ["answer"], seconds = 30' in missed


def test_keys_are_signed_with_the_home_and_the_process(collection: Collection, home: Home) -> None:
    event = answer(collection)
    assert event.key == f"20261121T120000001Z-{home_mark(home.folder)}{process_mark()}"
    assert re.fullmatch(r"[0-9a-f]{4}", home_mark(home.folder))
    assert process_mark() == f"{os.getpid() & 255:02x}"
    assert home_mark(home.folder) != home_mark(home.folder / "other")


def test_the_wording_is_written_first_and_only_when_it_is_new(
    collection: Collection, home: Home, write_deck: Callable[..., Path]
) -> None:
    def kinds() -> list[str]:
        return ["wording" if "question" in tomllib.loads(f"x = {text}")["x"] else "review" for text in written(home)]

    answer(collection)
    answer(collection)
    assert kinds() == ["wording", "review", "review"]
    collection.undo(collection.events()[-1].key)
    answer(Collection(home, collection.clock))
    assert kinds().count("wording") == 1
    write_deck('[[cards]]\nid = "spain"\nquestion = "Spain?"\nanswer = "Madrid."\n', "other.toml")
    (home.decks / "capitals.toml").unlink()
    collection.refresh()
    answer(collection)
    answer(collection)
    assert kinds()[-3:] == ["wording", "review", "review"]
    write_deck('[[cards]]\nid = "spain"\nquestion = "Spain?"\nkey_points = ["Says Madrid"]\n', "other.toml")
    collection.refresh()
    answer(collection)
    assert kinds()[-2:] == ["wording", "review"]
    assert kinds().count("wording") == 3


def test_a_card_without_key_points_has_a_wording_without_points(collection: Collection, home: Home) -> None:
    answer(collection)
    assert written(home)[0] == '{ card = "spain", question = "What is the capital of Spain?" }'


def test_a_wording_survives_that_its_review_is_undone_and_that_the_card_is_reset(
    collection: Collection, home: Home, clock: FixedClock
) -> None:
    collection.undo(answer(collection).key)
    clock.move(minutes=1)
    foreign(home, clock.now(), {"card": "spain", "reset": True})
    collection.refresh()
    clock.move(minutes=1)
    answer(collection)
    assert sum("question" in text for text in written(home)) == 1


@pytest.mark.parametrize(
    ("question", "comment"),
    [
        ("Why {x} = {y}?", " # Why x = y?"),
        ("a" * 70, " # " + "a" * 60),
        ("One\\nline\\u001B[0m", " # One line[0m"),
        ("{ }", ""),
    ],
)
def test_the_comment_is_the_beginning_of_the_question(
    home: Home, clock: FixedClock, write_deck: Callable[..., Path], question: str, comment: str
) -> None:
    write_deck(f'[[cards]]\nid = "x"\nquestion = "{question}"\nanswer = "A"\n')
    collection = Collection(home, clock)
    answer(collection, "x")
    collection.suspend(collection.library.cards["x"])
    assert written(home)[1].partition(" }")[2] == comment
    assert written(home)[2] == f'{{ card = "x", suspend = true }}{comment}'
    tomllib.loads(home.log.read_text(encoding="utf-8"))


def test_suspend_and_undo_are_one_line_each(collection: Collection, home: Home) -> None:
    spain = collection.library.cards["spain"]
    collection.suspend(spain)
    assert collection.state("spain").suspended
    collection.suspend(spain, False)
    assert not collection.state("spain").suspended
    [first, second] = collection.events_of("spain")
    collection.undo(second.key)
    assert collection.state("spain").suspended
    assert written(home) == [
        '{ card = "spain", suspend = true } # What is the capital of Spain?',
        '{ card = "spain", suspend = false } # What is the capital of Spain?',
        f'{{ undo = "{second.key}" }}',
    ]
    assert collection.counts(first)
    assert not collection.counts(second)


def test_what_cannot_be_written_changes_nothing(collection: Collection, home: Home) -> None:
    answer(collection)
    before = collection.state("spain"), home.log.read_bytes()
    (home.folder / "progress.lock").unlink()
    (home.folder / "progress.lock").mkdir()
    with pytest.raises(NotSavedError):
        answer(collection)
    assert (collection.state("spain"), home.log.read_bytes()) == before


# Undo


def test_the_newest_act_is_the_newest_counting_answer_or_choice(collection: Collection, clock: FixedClock) -> None:
    assert collection.newest_act() is None
    first = answer(collection)
    clock.move(minutes=1)
    second = answer(collection, "france", ["paris"], ["tower", "river"])
    clock.move(minutes=1)
    collection.suspend(collection.library.cards["spain"])
    found = []
    while act := collection.newest_act():
        found.append(act)
        collection.undo(act.key)
    assert isinstance(found[0], SuspendEvent)
    assert found[1:] == [second, first]
    assert collection.state("spain").reviews == collection.state("france").reviews == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"card": "spain", "bury": DAY}, {"card": "spain", "reset": True}, {"card": "spain", "due": DAY},
        {"card": "spain", "suspend": True}, {"card": "spain", "rating": "good"},
    ],
)  # fmt: skip
def test_every_kind_of_choice_can_be_taken_back(collection: Collection, home: Home, fields: dict[str, Any]) -> None:
    answer(collection)
    later = collection.clock.now() + timedelta(minutes=1)
    [event] = Log(home.log, home_mark(home.folder) + "00").append([Entry(fields)], later)
    collection.refresh()
    assert collection.newest_act() == event


@pytest.mark.parametrize(
    "fields",
    [
        {"card": "spain", "was": "iberia"}, {"card": "spain", "rating": "good", "import": "K", "source": "anki:1"},
        {"card": "spain", "suspend": True, "import": "K"}, {"import": "geo.apkg"}, {"weights": [1.0]}, {"undo": "x"},
        {"card": "spain", "question": "Q"}, {"dance": True},
    ],
)  # fmt: skip
def test_what_was_no_answer_or_choice_is_never_the_newest_act(
    collection: Collection, home: Home, fields: dict[str, Any]
) -> None:
    act = answer(collection)
    later = collection.clock.now() + timedelta(minutes=1)
    Log(home.log, home_mark(home.folder) + "00").append([Entry(fields)], later)
    collection.refresh()
    assert collection.newest_act() == act


def test_an_act_of_another_home_is_never_the_newest(collection: Collection, home: Home, clock: FixedClock) -> None:
    act = answer(collection)
    foreign(home, clock.now() + timedelta(minutes=5), {"card": "spain", "rating": "easy"})
    collection.refresh()
    assert collection.state("spain").reviews == 2
    assert collection.newest_act() == act


@pytest.mark.parametrize(("ahead", "taken"), [(timedelta(days=1), True), (timedelta(days=1, milliseconds=1), False)])
def test_an_act_dated_over_a_day_ahead_is_not_the_newest_but_counts_and_is_reported(
    collection: Collection, home: Home, clock: FixedClock, ahead: timedelta, taken: bool
) -> None:
    act = answer(collection)
    mark = home_mark(home.folder) + "00"
    [event] = Log(home.log, mark).append([Entry({"card": "spain", "suspend": True})], clock.now() + ahead)
    collection.refresh()
    assert collection.newest_act() == (event if taken else act)
    assert collection.state("spain").suspended
    assert troubles.ahead(collection) == ([] if taken else [event])
    named = [problem for problem in problems(collection) if event.key in problem.message]
    assert len(named) == (not taken)
    if named:
        assert named[0].file == "progress.toml"
        assert f"trainer undo {event.key}" in named[0].hint
        collection.undo(event.key)
        assert troubles.ahead(collection) == []
        assert problems(collection) == []


def test_what_is_ahead_of_any_kind_is_reported_but_unknown_ones(
    collection: Collection, home: Home, clock: FixedClock
) -> None:
    far = clock.now() + timedelta(days=400)
    keys = foreign(home, far, {"weights": [1.0]}, {"undo": "x"}, {"card": "gone", "rating": "good"}, {"dance": True})
    line(home, '99999999T999999999Z-zz = { card = "spain", rating = "good" }')
    collection.refresh()
    assert {event.key for event in troubles.ahead(collection)} == set(keys[:3])


def test_an_act_is_the_newest_by_its_key_not_by_its_place(collection: Collection, home: Home) -> None:
    act = answer(collection)
    earlier = stamp_of(collection.clock.now() - timedelta(hours=1))
    line(home, f'{earlier}-{home_mark(home.folder)}00 = {{ card = "france", suspend = true }}')
    collection.refresh()
    assert collection.newest_act() == act


def test_an_event_is_found_by_its_key_or_not_at_all(collection: Collection) -> None:
    event = answer(collection)
    assert find_event(collection, event.key) == event
    with pytest.raises(TrainerError, match="no event '20200101T000000000Z-zz'") as caught:
        find_event(collection, "20200101T000000000Z-zz")
    assert caught.value.hint


# Where a card stands


def test_a_new_card_has_no_state_no_due_day_and_no_coverage(collection: Collection) -> None:
    card = collection.library.cards["spain"]
    assert collection.state("spain").reviews == 0
    assert collection.due("spain") is None
    assert collection.coverage(card, DAY) is None
    assert collection.mean_coverage(collection.library.decks[:1], DAY) is None


def test_a_card_is_due_on_the_day_that_was_promised(collection: Collection, home: Home, clock: FixedClock) -> None:
    answer(collection, due=days(17))
    assert collection.due("spain") == days(17)
    foreign(home, clock.now(), {"card": "spain", "due": days(5)})
    collection.refresh()
    assert collection.due("spain") == days(5)


def test_a_new_card_that_was_moved_is_new_all_the_same(collection: Collection, home: Home, clock: FixedClock) -> None:
    foreign(home, clock.now(), {"card": "spain", "due": days(5)})
    collection.refresh()
    assert collection.due("spain") is None


def recall(memory: Memory, day: float, model: MemoryModel = MODEL) -> float:
    """Return FSRS-6's forgetting curve, `day` days after the review."""
    decay = -model.weights[20]
    return float((1 + (0.9 ** (1 / decay) - 1) * day / memory.stability) ** decay)


def falls_to(retention: float, points: list[tuple[Memory, float]], model: MemoryModel = MODEL) -> float:
    """Return by halving in how many days the weighted mean of recall has fallen to `retention`."""
    low, high = 0.0, 1e6
    for _ in range(200):
        at = (low + high) / 2
        mean = sum(weight * recall(memory, at, model) for memory, weight in points) / sum(w for _, w in points)
        low, high = (at, high) if mean > retention else (low, at)
    return low


def after(*ratings: Rating, model: MemoryModel = MODEL) -> Memory:
    """Return the memory after a review every ten days."""
    memory = None
    for number, rating in enumerate(ratings):
        memory = model.review(memory, rating, days(10 * number))
    assert memory is not None
    return memory


GOOD, EASY, AGAIN = Rating.GOOD, Rating.EASY, Rating.AGAIN


def test_without_a_promise_a_card_is_due_at_its_crossing(collection: Collection, home: Home, clock: FixedClock) -> None:
    foreign(
        home, clock.now(),
        {"card": "spain", "rating": "easy", "day": DAY},
        {"card": "france", "rating": "good", "day": DAY, "recalled": ["paris", "river"], "missed": ["tower"]},
        {"card": "france", "rating": "easy", "day": days(10), "recalled": ["paris", "river"], "missed": ["tower"]},
    )  # fmt: skip
    collection.refresh()
    assert collection.due("spain") == days(round(falls_to(0.9, [(after(EASY), 1)])))
    points = [(after(GOOD, EASY), 1.0), (after(AGAIN, AGAIN), 1.0), (after(GOOD, EASY), 2.0)]
    crossing = falls_to(0.9, points)
    assert crossing > 2
    assert collection.due("france") == days(10 + round(crossing))


def test_the_crossing_follows_retention_longest_interval_and_weights(
    home: Home, clock: FixedClock, write_deck: Callable[..., Path]
) -> None:
    write_deck()
    foreign(home, clock.now(), {"card": "spain", "rating": "easy", "day": DAY})
    home.settings.write_text('[decks."Capitals"]\ndesired_retention = 0.8\n')
    collection = Collection(home, clock)
    assert collection.retention_of("spain") == 0.8
    assert collection.due("spain") == days(round(falls_to(0.8, [(after(EASY), 1)])))
    home.settings.write_text("desired_retention = 0.85\n")
    assert Collection(home, clock).due("spain") == days(round(falls_to(0.85, [(after(EASY), 1)])))
    home.settings.write_text("maximum_interval = 3\n")
    assert Collection(home, clock).due("spain") == days(3)

    home.settings.unlink()
    collection = Collection(home, clock)
    weights = [0.5, 1.5, 4.5, 25.0, *MODEL.weights[4:]]
    foreign(home, clock.now(), {"weights": weights})
    assert collection.refresh().cards == {"spain"}
    assert collection.model.weights[:4] == (0.5, 1.5, 4.5, 25.0)
    model = MemoryModel(collection.model.weights)
    assert collection.due("spain") == days(round(falls_to(0.9, [(after(EASY, model=model), 1)], model)))


def test_a_point_added_stays_out_of_the_crossing_and_counts_nothing_in_the_coverage(
    collection: Collection, home: Home, clock: FixedClock
) -> None:
    foreign(home, clock.now(), {"card": "france", "rating": "easy", "day": DAY, "recalled": ["paris", "lost"]})
    collection.refresh()
    assert collection.due("france") == days(round(falls_to(0.9, [(after(EASY), 1)])))
    france = collection.library.cards["france"]
    assert collection.coverage(france, days(7)) == pytest.approx(recall(after(EASY), 7) / 4)
    assert collection.mean_coverage(collection.library.decks[:1], days(7)) == collection.coverage(france, days(7))


def test_a_card_whose_points_are_all_new_is_due_at_once(collection: Collection, home: Home, clock: FixedClock) -> None:
    foreign(home, clock.now(), {"card": "france", "rating": "easy", "day": DAY, "recalled": ["lost"]})
    collection.refresh()
    assert collection.due("france") == DAY


def test_the_coverage_of_a_deck_is_the_mean_of_its_reviewed_cards(collection: Collection) -> None:
    answer(collection)
    [deck] = collection.library.decks
    spain = recall(after(GOOD), 3)
    assert collection.mean_coverage([deck], days(3)) == pytest.approx(spain)
    answer(collection, "france", ["paris"], ["tower", "river"])
    france = (recall(after(GOOD), 3) + 3 * recall(after(AGAIN), 3)) / 4
    assert collection.mean_coverage([deck], days(3)) == pytest.approx((spain + france) / 2)


@pytest.mark.parametrize(("hour", "day"), [(3, date(2026, 11, 20)), (4, DAY)])
def test_today_begins_at_four(home: Home, hour: int, day: date) -> None:
    collection = Collection(home, FixedClock(datetime(2026, 11, 21, hour, tzinfo=UTC)))
    assert collection.today == day
    assert collection.settings.day_start == time(4)


def test_today_begins_where_the_settings_say(home: Home, zone: Callable[[str], None]) -> None:
    zone("Asia/Tokyo")
    home.settings.write_text('day_start = "22:00"\n')
    assert Collection(home, FixedClock(datetime(2026, 11, 21, 12, 59, tzinfo=UTC))).today == date(2026, 11, 20)
    assert Collection(home, FixedClock(datetime(2026, 11, 21, 13, 0, tzinfo=UTC))).today == DAY


def test_the_question_of_a_card_outlives_its_deck(collection: Collection, home: Home, clock: FixedClock) -> None:
    foreign(home, clock.now(), {"card": "gone", "question": "Who?"}, {"card": "bare", "rating": "good"})
    collection.refresh()
    assert collection.question_of("spain") == "What is the capital of Spain?"
    assert collection.question_of("gone") == "Who?"
    assert collection.question_of("bare") == "bare"
    assert collection.question_of("never") == "never"


@pytest.mark.parametrize(
    ("name", "card_id"),
    [("spain", "spain"), ("what is the capital of S", "spain"), ("WHAT  IS THE CAPITAL OF FRANCE", "france"),
     ("gone", "gone"), ("who", "gone"), ("bare", "bare"), ("Spain?", "spain")],
)  # fmt: skip
def test_a_card_is_found_by_its_id_or_by_words_of_its_question(
    collection: Collection, home: Home, name: str, card_id: str
) -> None:
    foreign(home, collection.clock.now(), {"card": "gone", "question": "Who?"}, {"card": "bare", "rating": "good"})
    collection.refresh()
    assert find_card(collection, name) == card_id


@pytest.mark.parametrize(
    ("name", "said"), [("What is", "could be 2 cards: .*France.*; .*Spain"), ("Portugal", "There is no card")]
)
def test_a_name_that_fits_no_card_or_several_is_refused(collection: Collection, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        find_card(collection, name)
    assert caught.value.hint


# Following the disk


def test_a_home_without_decks_gets_the_starter_decks(tmp_path: Path, clock: FixedClock) -> None:
    collection = Collection(Home(tmp_path / "new"), clock)
    assert collection.first_run
    assert not Collection(Home(tmp_path / "new"), clock).first_run
    assert not collection.home.log.exists()
    assert collection.events() == []


def test_nothing_new_changes_nothing(collection: Collection) -> None:
    answer(collection)
    assert collection.refresh().cards == {"spain"}
    changes = collection.refresh()
    assert (changes.decks, changes.cards) == (False, set())


def test_two_collections_on_one_home_see_each_others_answers_once(
    home: Home, clock: FixedClock, collection: Collection
) -> None:
    other = Collection(home, clock)
    first = answer(collection)
    assert other.refresh().cards == {"spain"}
    assert other.refresh().cards == set()
    second = answer(other, "france", ["paris"], ["tower", "river"])
    third = answer(collection)
    assert [event for event in collection.events() if isinstance(event, ReviewEvent)] == [first, second, third]
    other.refresh()
    assert other.events() == collection.events()
    assert other.newest_act() == collection.newest_act() == third
    other.undo(third.key)
    collection.refresh()
    assert collection.newest_act() == second
    for card_id in ("spain", "france"):
        assert other.state(card_id) == collection.state(card_id)
        assert other.due(card_id) == collection.due(card_id)
    assert [type(event) for event in collection.events_of("spain")] == [WordingEvent, ReviewEvent, ReviewEvent]
    assert sum(isinstance(event, UndoEvent) for event in collection.events()) == 1


def test_an_answer_takes_in_what_others_wrote_before_it(collection: Collection, home: Home, clock: FixedClock) -> None:
    foreign(home, clock.now(), {"card": "france", "suspend": True})
    answer(collection)
    assert collection.state("france").suspended
    assert collection.refresh().cards == {"france", "spain"}
    assert collection.refresh().cards == set()


def test_a_changed_deck_is_read_again(
    collection: Collection, home: Home, write_deck: Callable[..., Path], clock: FixedClock
) -> None:
    answer(collection)
    key = answer(collection, "france", ["paris"], ["tower", "river"]).key
    foreign(home, clock.now(), {"card": "italy", "was": "spain"})
    write_deck('[[cards]]\nid = "italy"\nquestion = "Italy?"\nanswer = "Rome."\n')
    changes = collection.refresh()
    assert (changes.decks, changes.cards) == (True, None)
    assert list(collection.library.cards) == ["italy"]
    assert collection.state("italy").reviews == 1
    assert collection.due("italy") == days(1)
    assert collection.due("france") is None
    assert find_event(collection, key).key == key
    assert [collection.tally.due_on(days(away)) for away in range(3)] == [0, 1, 0]


def test_a_log_replaced_or_deleted_is_read_anew(collection: Collection, home: Home, clock: FixedClock) -> None:
    foreign(home, clock.now(), {"card": "spain", "rating": "good", "day": DAY})
    collection.refresh()
    assert collection.state("spain").reviews == 1
    other = home.folder / "other.toml"
    lines = ['{ card = "gaul", suspend = true }', '{ card = "france", was = "gaul" }']
    other.write_text("".join(f"2026110{day}T000000000Z-zz = {value}\n" for day, value in enumerate(lines, 1)))
    other.replace(home.log)
    assert collection.refresh().cards == {"spain", "france", "gaul"}
    assert collection.state("spain").reviews == 0
    assert collection.due("spain") is None
    assert collection.state("france").suspended
    home.log.unlink()
    assert collection.refresh().cards == {"france", "gaul"}
    assert collection.events() == []
    assert not collection.state("france").suspended
    assert answer(collection) == collection.newest_act()
    assert len(written(home)) == 2


def test_problems_of_settings_decks_and_log_are_all_told(
    home: Home, clock: FixedClock, write_deck: Callable[..., Path]
) -> None:
    write_deck("title = 5\n")
    home.settings.write_text("fuzz = 1\n")
    home.log.write_text("bad\n20261101T000000000Z-zz = { weights = [1] }\n20991101T000000000Z-zz = { undo = 'x' }\n")
    collection = Collection(home, clock)
    files = [problem.file for problem in problems(collection)]
    assert files == ["settings.toml", "capitals.toml", "progress.toml", "progress.toml", "progress.toml"]
    assert [problem.line for problem in problems(collection)] == [1, 1, 1, None, None]
    assert collection.settings.fuzz


def test_warnings_name_what_is_left_out_and_wrong_clocks_and_count_the_rest(
    home: Home, clock: FixedClock, write_deck: Callable[..., Path]
) -> None:
    write_deck()
    assert warnings(Collection(home, clock)) == []
    write_deck("not toml", "broken.toml")
    write_deck("[[cards]]\nquestion = 5\n", "poor.toml")
    home.settings.write_text("fuzz = 1\n")
    home.log.write_text("bad\n20991101T000000000Z-zz = { undo = 'x' }\n")
    collection = Collection(home, clock)
    said = warnings(collection)
    assert said[0].startswith("settings.toml:1:")
    assert any(warning.startswith("broken.toml:1:") for warning in said)
    assert "20991101T000000000Z-zz" in said[-1]
    [counted] = [warning for warning in said if "trainer check" in warning]
    assert counted.startswith(f"{len(problems(collection)) - len(said) + 1} problem")


def test_kinds_to_come_are_counted_and_kept(collection: Collection, home: Home, clock: FixedClock) -> None:
    assert collection.unknown_events == 0
    foreign(home, clock.now(), {"dance": True}, {"card": "spain", "mood": "calm"})
    collection.refresh()
    assert collection.unknown_events == 2
    assert problems(collection) == []
    assert len(collection.events()) == collection.event_count == 2


def test_settings_changed_on_disk_are_followed(home: Home, collection: Collection) -> None:
    home.settings.write_text("minutes = 30\n", encoding="utf-8")
    assert collection.refresh() == Changes(decks=False, cards=None)
    assert collection.settings.minutes == 30
    assert collection.refresh() == Changes(decks=False, cards=set())
    home.settings.write_text('minutes = 30\nday_start = "13:00"\n', encoding="utf-8")
    before = collection.today
    collection.refresh()
    assert collection.today == before - timedelta(days=1)
    home.settings.write_text("minutes = many\n", encoding="utf-8")
    collection.refresh()
    assert collection.settings.minutes == 20
    assert [problem.line for problem in collection.losses()] == [1]
    home.settings.unlink()
    collection.refresh()
    assert collection.losses() == []

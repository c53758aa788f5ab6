"""What a log adds up to: the same state in every order and every split into batches, and with any cache."""

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cache import Cache
from trainer.clock import local_day
from trainer.memory.model import MemoryModel
from trainer.progress import history as histories
from trainer.progress import index
from trainer.progress.events import CardEvent, Event, ReviewEvent, UndoEvent, WasEvent, WeightsEvent
from trainer.progress.history import History
from trainer.progress.index import EventIndex
from trainer.progress.lines import event_from
from trainer.progress.log import Log
from trainer.progress.replay import CardState, replay

DAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SCHEMA = index.SCHEMA + histories.SCHEMA


def day_of(moment: datetime) -> date:
    return local_day(moment, time(4))


def key(number: int) -> str:
    return f"20261121T0930{number:02d}118Z-7f3a01"


def review(number: int, card: str = "a", rating: str = "good", **fields: Any) -> Event:
    return event_from(key(number), {"card": card, "rating": rating, "day": DAY, **fields})


def undo(number: int, target: int) -> Event:
    return event_from(key(number), {"undo": key(target)})


def was(number: int, card: str, old: str, point: str = "") -> Event:
    return event_from(key(number), {"card": card, "was": old} | ({"point": point} if point else {}))


class Kept:
    """A log on disk that events are added to, and the history that follows it."""

    def __init__(self, day_of: Callable[[datetime], date] = day_of) -> None:
        self.folder = Path(tempfile.mkdtemp())
        weakref.finalize(self, shutil.rmtree, self.folder)
        self.present: Mapping[str, frozenset[str]] = {}
        self._day_of = day_of
        self.open()

    def open(self) -> None:
        """Begin with what the cache holds."""
        self.cache = Cache(self.folder / "cache.db", SCHEMA)
        self.log = Log(self.folder / "progress.toml", "7f3a01", EventIndex(self.cache))
        self.history = History(self.log, self._day_of, self._points_of)
        self.refresh()

    def _points_of(self, card: str) -> dict[str, float] | None:
        return dict.fromkeys(self.present[card], 1.0) if card in self.present else None

    def refresh(self) -> set[str] | None:
        self.log.refresh(NOON)
        return self.history.take()

    def take(self, events: Iterable[Event]) -> set[str] | None:
        """Add events; return the cards whose state may differ now."""
        with self.log.path.open("a", encoding="utf-8") as file:
            file.writelines(f"{event.key} = {event.form}\n" for event in events)
        return self.refresh()

    def set_present(self, cards: Mapping[str, frozenset[str]]) -> set[str] | None:
        """Say which cards decks have, with their points."""
        self.present = cards
        self.cache.write(self.history.decks_changed)
        return self.history.take()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.history, name)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.log.events(self.log.index.after("")))


def history(*events: Event, **present: str) -> Kept:
    """Return a history of these events, for decks with these cards and points."""
    made = Kept()
    made.set_present({card: frozenset(points) for card, points in present.items()})
    made.take(events)
    return made


WEIGHTS = [round(weight, 4) for weight in DEFAULT_PARAMETERS]
OTHER_WEIGHTS = [0.2172, 1.1771, 3.2602, 16.1507, 7.0114, 0.57, 2.0966, 0.0069, 1.5261, 0.112, 1.0178, 1.849]
OTHER_WEIGHTS += [0.1133, 0.3127, 2.2934, 0.2191, 3.0004, 0.7536, 0.3332, 0.1437, 0.2]


# Reviews and what counts


def test_reviews_are_replayed_in_the_order_of_their_keys() -> None:
    one, two, three = review(1, recalled=["p"]), review(2, missed=["p"], day=DAY + timedelta(3)), review(3)
    assert history(three, one, two).state("a") == replay([one, two, three], MemoryModel(), day_of)  # type: ignore[list-item]
    assert history(three, one, two).events_of("a") == [one, two, three]


def test_equal_keys_stand_in_the_order_of_their_values() -> None:
    first, second = review(1, rating="hard", due=DAY), review(1, rating="good", due=DAY + timedelta(5))
    for order in ([first, second], [second, first]):
        made = history(*order)
        assert made.events_of("a") == [first, second]
        assert (made.state("a").reviews, made.state("a").due) == (2, DAY + timedelta(5))


def test_an_undone_review_is_as_if_it_had_not_been() -> None:
    assert history(review(1), review(2), undo(3, 2)).state("a") == history(review(1)).state("a")
    assert history(review(1), undo(2, 1)).state("a") == CardState()
    assert history(review(1), undo(2, 1), undo(3, 2)).state("a") == history(review(1)).state("a")


def test_a_card_of_no_event_is_new() -> None:
    assert history(review(1)).state("z") == CardState()
    assert history(a="p").cards() == set()


def test_imported_reviews_of_equal_source_count_once_while_one_of_them_counts() -> None:
    first = [event_from(key(1), {"import": "x.apkg"}), review(2, source="anki:1", **{"import": key(1)})]
    second = [event_from(key(3), {"import": "x.apkg"}), review(4, source="anki:1", **{"import": key(3)})]
    assert history(*first, *second).state("a") == history(*first).state("a")
    assert history(*first, *second).state("a").reviews == 1
    assert history(*first, *second, undo(5, 1)).state("a").reviews == 1
    assert history(*first, undo(5, 1)).state("a").reviews == 0
    assert history(*first, undo(5, 1), *second).state("a") == history(*second).state("a")
    assert history(*first, *second, undo(5, 1), undo(6, 3)).state("a").reviews == 0
    assert history(*first, *second, undo(5, 1), undo(6, 5)).state("a") == history(*first).state("a")


def test_reviews_of_equal_source_count_once_over_all_cards_and_the_other_card_is_told() -> None:
    made = history(review(5, "b", source="s"))
    assert made.state("b").reviews == 1
    assert made.take([review(4, "a", source="s")]) == {"a", "b"}
    assert (made.state("a").reviews, made.state("b").reviews) == (1, 0)
    assert made.take([undo(6, 4)]) == {"a", "b"}
    assert (made.state("a").reviews, made.state("b").reviews) == (0, 1)


def test_reviews_without_a_source_are_never_doubles() -> None:
    assert history(review(1), review(2), review(3, source="s"), review(4, source="t")).state("a").reviews == 4


# Renamings


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_events_of_an_id_that_no_deck_has_count_for_the_card_it_became(order: tuple[int, ...]) -> None:
    events = [review(1, "old"), review(2, "new"), was(3, "new", "old")]
    made = history(*(events[number] for number in order), new="")
    assert made.state("new").reviews == 2
    assert made.cards() == {"new"}
    assert made.events_of("new") == events


def test_events_of_an_absent_id_count_once_for_every_present_card_joined_to_it() -> None:
    events = [review(1, "old"), was(2, "one", "old"), was(3, "two", "mid"), was(4, "mid", "old"), review(5, "one")]
    made = history(*events, one="", two="")
    assert (made.state("one").reviews, made.state("two").reviews) == (2, 1)
    assert made.cards() == {"one", "two"}


def test_events_of_an_id_that_a_deck_has_belong_to_it_alone() -> None:
    made = history(review(1, "old"), review(2, "new"), was(3, "new", "old"), old="", new="")
    assert (made.state("old").reviews, made.state("new").reviews) == (1, 1)


def test_ids_of_no_deck_that_are_joined_stay_one_while_more_comes_in() -> None:
    made = history(review(1, "old"), was(2, "new", "old"))
    assert {made.state(card).reviews for card in made.cards()} == {1}
    for number, card in enumerate(["old", "new", "old"], 3):
        made.take([review(number, card)])
        assert {made.state(card).reviews for card in made.cards()} == {number - 1}


def test_what_decks_have_may_change() -> None:
    made = history(review(1, "old"), review(2, "new"), was(3, "new", "old"), old="", new="")
    assert made.state("new").reviews == 1
    assert made.set_present({"new": frozenset()}) == {"old", "new"}
    assert made.state("new").reviews == 2
    assert made.set_present({"old": frozenset(), "new": frozenset()}) == {"old", "new"}
    assert (made.state("old").reviews, made.state("new").reviews) == (1, 1)


def test_an_undone_renaming_parts_what_it_and_every_equal_one_joined() -> None:
    made = history(review(1, "old"), review(2, "new"), was(3, "new", "old"), was(4, "new", "old"), new="")
    assert made.state("new").reviews == 2
    changed = made.take([undo(5, 3)])
    assert changed is not None
    assert changed >= {"old", "new"}
    assert (made.state("old").reviews, made.state("new").reviews) == (1, 1)
    assert [event for event in made if made.counts(event) and isinstance(event, WasEvent)] == []
    made.take([undo(6, 5)])
    assert made.state("new").reviews == 2


def test_points_are_followed_through_their_renamings() -> None:
    events = [review(1, recalled=["p"]), was(2, "a", "p", "q"), was(3, "a", "q", "r")]
    assert set(history(*events, a="r").state("a").memory) == {"r"}
    assert set(history(*events, a="qr").state("a").memory) == {"q", "r"}
    assert set(history(*events, a="pqr").state("a").memory) == {"p"}
    assert set(history(*events, a="x").state("a").memory) == {"p"}
    assert set(history(*events).state("a").memory) == {"p"}
    assert set(history(*events, undo(4, 3), a="r").state("a").memory) == {"p"}


def test_points_learned_under_another_id_of_the_card_are_followed_too() -> None:
    events = [review(1, "old", recalled=["p"]), was(2, "new", "old"), was(3, "new", "p", "q")]
    assert set(history(*events, new="q").state("new").memory) == {"q"}


def test_a_card_that_gains_its_first_points_keeps_what_is_known_of_its_answer() -> None:
    events = [review(1), was(2, "a", "answer", "p")]
    assert set(history(*events, a="p").state("a").memory) == {"p"}


# Weights


def weights(number: int, values: Any) -> Event:
    return event_from(key(number), {"weights": values})


def test_without_weights_the_default_ones_are_in_force() -> None:
    assert history(review(1)).model.weights == tuple(DEFAULT_PARAMETERS)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_counting_weights_of_the_greatest_key_are_in_force(order: tuple[int, int]) -> None:
    events = [weights(1, OTHER_WEIGHTS), weights(2, [*WEIGHTS[:20], 0.3])]
    made = history(*(events[number] for number in order))
    assert made.model.weights == (*WEIGHTS[:20], 0.3)
    assert made.problems("progress.toml") == []
    made.take([undo(3, 2)])
    assert made.model.weights == tuple(OTHER_WEIGHTS)
    made.take([undo(4, 1)])
    assert made.model.weights == tuple(DEFAULT_PARAMETERS)
    made.take([undo(5, 3)])
    assert made.model.weights == (*WEIGHTS[:20], 0.3)


@pytest.mark.parametrize(
    "values",
    [[], WEIGHTS[:20], [*WEIGHTS, 0.1], *([*WEIGHTS[:20], odd] for odd in (float("nan"), float("inf"), "x", True))],
    ids=["none", "too few", "too many", "nan", "inf", "text", "truth"],
)
def test_weights_that_are_none_are_ignored_and_reported(values: list[Any]) -> None:
    made = history(weights(1, OTHER_WEIGHTS), weights(2, values))
    assert made.model.weights == tuple(OTHER_WEIGHTS)
    [problem] = made.problems("progress.toml")
    assert (problem.file, problem.line) == ("progress.toml", None)
    assert key(2) in problem.message


@pytest.mark.parametrize(
    ("extreme", "expected"), [(-1e9, LOWER_BOUNDS_PARAMETERS), (1e9, UPPER_BOUNDS_PARAMETERS)], ids=["low", "high"]
)
def test_weights_out_of_bounds_are_brought_within(extreme: float, expected: tuple[float, ...]) -> None:
    made = history(weights(1, [extreme] * 21))
    assert made.model.weights == tuple(expected)
    assert made.problems("progress.toml") == []


def test_weights_have_four_decimals() -> None:
    values = list(OTHER_WEIGHTS)
    values[0] = 0.21724999
    assert history(weights(1, values)).model.weights[0] == 0.2172


def test_new_weights_change_every_memory() -> None:
    made = history(review(1), review(2, "b"))
    before = made.state("a").memory["answer"]
    assert made.take([weights(3, OTHER_WEIGHTS)]) == {"a", "b"}
    assert made.state("a").memory["answer"] != before
    assert made.state("a").memory == replay(made.events_of("a"), MemoryModel(OTHER_WEIGHTS), day_of).memory
    assert made.take([weights(4, OTHER_WEIGHTS)]) == set()


# Taking in what is new


def test_only_the_cards_of_new_events_change() -> None:
    made = history(review(1, "a"), review(2, "b"), review(3, "c"), was(4, "d", "c"), d="")
    assert made.take([]) == set()
    assert made.take([review(5, "b")]) == {"b"}
    changed = made.take([review(6, "c")])
    assert changed is not None
    assert changed & made.cards() == {"d"}
    assert made.take([event_from(key(7), {"dance": True}), event_from(key(8), {"import": "x"})]) == set()


def test_going_over_a_history_meets_every_event_once() -> None:
    events = [review(1), review(2, "b"), undo(3, 1), weights(4, OTHER_WEIGHTS), was(5, "c", "a"), event_from("x", 5)]
    assert sorted(history(*events), key=lambda event: event.key) == sorted(events, key=lambda event: event.key)


def test_ids_that_part_while_weights_come_both_have_a_state() -> None:
    made = history(review(1), was(2, "b", "a"))
    made.take([undo(3, 2), weights(4, OTHER_WEIGHTS)])
    assert made.cards() == {"a", "b"}


# Against the sentences themselves


def walk(start: str, pairs: list[tuple[str, str]]) -> set[str]:
    found = {start}
    for _ in range(12):
        found |= {other for pair in pairs if found & set(pair) for other in pair}
    return found


class Naive:
    """What the contract's sentences say, worked out with no thought of speed."""

    def __init__(self, events: list[Event], present: Mapping[str, frozenset[str]]) -> None:
        self.events = sorted(events, key=lambda event: (event.key, event.form))
        self.present = present
        self.undos = [event for event in events if isinstance(event, UndoEvent)]
        self.renamings = [event for event in events if isinstance(event, WasEvent) and self.counts(event)]
        self.pairs = [(event.card, event.was) for event in self.renamings if not event.point]
        fitted = [event for event in self.events if isinstance(event, WeightsEvent) and self.counts(event)]
        fitted = [event for event in fitted if len(event.weights) == 21]
        self.model = MemoryModel(fitted[-1].weights if fitted else None)

    def leads_back(self, undo: UndoEvent) -> bool:
        target = {event.key: event.target for event in self.undos}
        at = undo.target
        for _ in self.undos:
            if at == undo.key:
                return True
            at = target.get(at, "")
        return False

    def stands(self, event: Event) -> bool:
        if isinstance(event, UndoEvent) and self.leads_back(event):
            return False
        named = {event.key, *([event.batch] if isinstance(event, CardEvent) and event.batch else [])}
        return not any(each.target in named and self.stands(each) for each in self.undos)

    def counts(self, event: Event) -> bool:
        if isinstance(event, WasEvent):
            equal = [each for each in self.events if isinstance(each, WasEvent)]
            equal = [one for one in equal if (one.card, one.point, one.was) == (event.card, event.point, event.was)]
            return all(map(self.stands, equal))
        if isinstance(event, ReviewEvent) and event.source and self.stands(event):
            doubles = [one for one in self.events if isinstance(one, ReviewEvent) and one.source == event.source]
            return event == next(filter(self.stands, doubles))
        return self.stands(event)

    def joined(self, card: str) -> set[str]:
        return walk(card, self.pairs)

    def stands_for(self, card: str) -> set[str]:
        return {card} if card in self.present else self.joined(card) & set(self.present) or {card}

    def cards(self) -> set[str]:
        return {each for event in self.events if isinstance(event, CardEvent) for each in self.stands_for(event.card)}

    def state(self, card: str) -> CardState:
        group = self.joined(card)
        ids = {each for each in group if each == card or each not in self.present}
        own = [event for event in self.events if isinstance(event, CardEvent) and event.card in ids]
        pairs = [(event.point, event.was) for event in self.renamings if event.point and event.card in group]
        points = self.present.get(card, frozenset())

        def today(point: str) -> list[str]:
            return [point] if point in points else sorted(walk(point, pairs) & points) or [point]

        return replay([event for event in own if self.counts(event)], self.model, day_of, today)


cards, points = st.sampled_from("abc"), st.sampled_from("pqr")
days = st.integers(0, 9).map(lambda number: DAY + timedelta(number))
some = st.lists(points, max_size=2)
reviews = st.fixed_dictionaries(
    {"card": cards, "rating": st.sampled_from(["good", "again", "easy"])},
    optional={
        "day": days, "recalled": some, "missed": some, "given": st.just(True), "due": days,
        "seconds": st.integers(1, 400), "import": st.just(key(0)), "source": st.sampled_from(["s", "t"]),
    },
)  # fmt: skip
undos = st.integers(0, 9).map(lambda number: {"undo": key(number)})
renamings = st.fixed_dictionaries({"card": cards, "was": cards})
wordings = st.dictionaries(points, st.just("P")).map(lambda texts: dict(sorted(texts.items())))
rare = st.one_of(
    st.fixed_dictionaries({"card": cards, "was": cards, "import": st.just(key(0))}),
    st.fixed_dictionaries({"card": cards, "was": points, "point": points}),
    st.fixed_dictionaries({"card": cards, "question": st.just("Q"), "points": wordings}),
    st.fixed_dictionaries({"card": cards, "due": days}),
    st.fixed_dictionaries({"card": cards, "reset": st.just(True)}),
    st.sampled_from([{"weights": OTHER_WEIGHTS}, {"weights": WEIGHTS}, {"weights": [1.0]}, {"dance": True}]),
)
IMPORT = event_from(key(0), {"import": "x"})
logs = st.lists(st.one_of(reviews, undos, renamings, rare), min_size=2, max_size=9).map(
    lambda log: [IMPORT, *(event_from(key(number), value) for number, value in enumerate(log, 1))]
)
decks = st.dictionaries(cards, st.frozensets(points, max_size=2), max_size=2)


@settings(max_examples=200)
@given(logs, st.lists(decks, min_size=1, max_size=3), st.data())
def test_every_order_and_every_split_gives_the_state_the_contract_says(
    log: list[Event], presents: list[dict[str, frozenset[str]]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(log))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(log)), max_size=3)))
    batches = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(log)], strict=True)]
    steps: list[Any] = data.draw(st.permutations([*batches, *presents]))
    present = [step for step in steps if isinstance(step, dict)][-1]
    made = Kept()
    for step in steps:
        before = {card: made.state(card) for card in made.cards() | set("abc")}
        changed = made.set_present(step) if isinstance(step, dict) else made.take(step)
        if changed is not None:
            for card in made.cards():
                assert card in changed or made.state(card) == before[card]

    if data.draw(st.booleans()):
        made.open()
    expected = Naive(log, present)
    assert {event.key: made.counts(event) for event in made} == {event.key: expected.counts(event) for event in log}
    assert made.model.weights == expected.model.weights
    assert made.cards() & set(present) == expected.cards() & set(present)
    assert made.cards() <= {each for card in expected.cards() for each in expected.joined(card)}
    for card in expected.cards():
        assert made.cards() & ({card} if card in present else expected.joined(card))
    for card in made.cards():
        assert made.state(card) == expected.state(card), card


def test_local_days_are_asked_of_the_function_given(zone: Callable[[str], None]) -> None:
    zone("Asia/Tokyo")
    event = event_from("20261121T190000000Z-7f", {"card": "a", "rating": "good"})
    assert history(event).state("a").last_day == date(2026, 11, 22)
    other = Kept(lambda moment: moment.astimezone(UTC).date())
    other.take([event])
    assert other.state("a").last_day == date(2026, 11, 21)


# Two processes on one cache


def beside(made: Kept) -> Kept:
    """Return what another process holds of the same home."""
    other = Kept.__new__(Kept)
    other.folder, other.present, other._day_of = made.folder, made.present, made._day_of
    other.open()
    return other


def test_what_another_process_was_told_to_take_back_does_not_count_here() -> None:
    one = history(review(1, card="a"), review(2, card="b"))
    other = beside(one)
    other.take([undo(3, 1)])
    one.take([undo(4, 2), review(5, card="a")])
    assert (one.state("a").reviews, one.state("b").reviews) == (1, 0)
    assert one.counts(undo(4, 2))
    assert not one.counts(review(1, card="a"))


def test_what_another_process_takes_back_while_this_one_works_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "BATCH", 1)
    one = history(*(review(number, card=f"c{number}") for number in range(1, 5)))
    other = beside(one)
    with one.log.path.open("a", encoding="utf-8") as file:
        file.writelines(f"{each.key} = {each.form}\n" for each in (review(6, card="c1"), review(7, card="c2")))
    one.log.refresh(NOON)
    lines = iter(f"{each.key} = {each.form}\n" for each in (undo(8, 3), undo(9, 4)))

    def told(_done: int, _whole: int) -> None:
        for line in lines:
            with other.log.path.open("a", encoding="utf-8") as file:
                file.write(line)
            other.log.refresh(NOON)

    one.history.take(told=told)
    assert [one.state(f"c{number}").reviews for number in range(1, 5)] == [2, 2, 0, 0]

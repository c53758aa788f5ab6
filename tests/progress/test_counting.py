"""Which events count: undo, undo of undo, circles, imports and renamings taken back."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.progress.counting import Counting
from trainer.progress.events import CardEvent, Event, UndoEvent, WasEvent
from trainer.progress.lines import event_from

POOL = [f"2026112{number}T093000118Z-7f3a01" for number in range(8)]
A, B, C, D, E, F, G, H = POOL


def undo(key: str, target: str) -> UndoEvent:
    event = event_from(key, {"undo": target})
    assert isinstance(event, UndoEvent)
    return event


def review(key: str, batch: str = "", card: str = "a") -> Event:
    return event_from(key, {"card": card, "rating": "good"} | ({"import": batch} if batch else {}))


def was(key: str, card: str, old: str, point: str = "", batch: str = "") -> WasEvent:
    fields = {"card": card, "was": old} | ({"point": point} if point else {}) | ({"import": batch} if batch else {})
    event = event_from(key, fields)
    assert isinstance(event, WasEvent)
    return event


def counting(events: Iterable[Event]) -> Counting:
    events = list(events)
    return Counting(
        [event for event in events if isinstance(event, UndoEvent)],
        [event for event in events if isinstance(event, WasEvent)],
    )


def keys_that_count(events: list[Event]) -> set[str]:
    counts = counting(events)
    return {event.key for event in events if counts(event)}


@pytest.mark.parametrize(
    ("undos", "expected"),
    [
        ([], "ABCDEFGH"),
        ([(B, A)], "BCDEFGH"),
        ([(A, B)], "ACDEFGH"),
        ([(B, A), (C, B)], "ACDEFGH"),
        ([(B, A), (C, B), (D, C)], "BDEFGH"),
        ([(B, A), (C, A)], "BCDEFGH"),
        ([(B, A), (C, A), (D, B)], "CDEFGH"),
        ([(B, A), (C, A), (D, B), (E, C)], "ADEFGH"),
        ([(B, B)], "ACDEFGH"),
        ([(B, C), (C, B)], "ADEFGH"),
        ([(B, C), (C, D), (D, B)], "AEFGH"),
        ([(B, A), (C, B), (B + "x", C)], "BDEFGH"),
        ([(B, C), (C, B), (D, B)], "ADEFGH"),
        ([(B, C), (C, B), (D, C), (E, D)], "AEFGH"),
        ([(B, C), (C, D), (D, C), (E, F), (F, A)], "ABEGH"),
        ([(B, "20991121T000000000Z-zz"), (C, "no key")], "ABCDEFGH"),
    ],
)  # fmt: skip
def test_an_event_counts_unless_a_counting_undo_names_it(undos: list[tuple[str, str]], expected: str) -> None:
    named = dict(undos)
    events = [undo(key, named[key]) if key in named else review(key) for key in [*POOL, B + "x"]]
    counted = {name for name, key in zip("ABCDEFGH", POOL, strict=True) if key in keys_that_count(events)}
    assert counted == set(expected)


def test_two_undos_of_an_undo_do_not_bring_it_back() -> None:
    events = [review(A), undo(B, A), undo(C, B), undo(D, B)]
    assert keys_that_count(events) == {A, C, D}


def test_an_undo_waits_for_what_is_not_there_yet() -> None:
    assert Counting([undo(B, A)]).undone == {A}
    assert keys_that_count([undo(B, A)]) == {B}
    assert keys_that_count([undo(B, A), review(A)]) == {B}


def test_undoing_an_import_undoes_all_that_carries_it_and_undoing_that_brings_it_back() -> None:
    imported = [event_from(A, {"import": "x.apkg"}), review(B, batch=A), was(C, "b", "a", batch=A), review(D)]
    assert keys_that_count(imported) == {A, B, C, D}
    assert keys_that_count([*imported, undo(E, A)]) == {D, E}
    assert keys_that_count([*imported, undo(E, A), undo(F, E)]) == {A, B, C, D, F}
    assert keys_that_count([*imported[1:], undo(E, A)]) == {D, E}


@pytest.mark.parametrize("carried", [{"undo": D}, {"weights": [1.0]}])
def test_whatever_carries_an_import_is_undone_with_it(carried: dict[str, Any]) -> None:
    events = [event_from(A, {"import": "x.apkg"}), event_from(B, {**carried, "import": A}), review(D), undo(E, A)]
    assert keys_that_count(events) == {D, E}


def test_undoing_a_renaming_undoes_every_equal_one_and_no_other() -> None:
    events: list[Event] = [was(A, "b", "a"), was(B, "b", "a"), was(C, "b", "c"), was(D, "b", "a", "p"), undo(E, A)]
    assert keys_that_count(events) == {C, D, E}
    assert keys_that_count([*events, undo(F, E)]) == {A, B, C, D, E, F} - {E}
    points: list[Event] = [was(A, "b", "q", "p"), was(B, "b", "q", "p"), was(C, "c", "q", "p"), undo(E, B)]
    assert keys_that_count(points) == {C, E}


def test_two_events_of_one_key_are_undone_together() -> None:
    assert keys_that_count([review(A), review(A, card="b"), undo(B, A)]) == {B}


def test_undos_of_one_key_in_several_circles_count_for_nothing() -> None:
    undos = [undo(A, B), undo(A, C), undo(B, D), undo(C, D), undo(D, A), undo(E, D)]
    assert keys_that_count([*undos, review(F)]) == {E, F}
    counts = counting(undos)
    assert not any(counts(event) for event in undos[:5])


@pytest.mark.parametrize("other", [review(A), review(B, batch=A)], ids=["of its key", "that carries its key"])
def test_an_undo_in_a_circle_takes_no_other_event_with_it(other: Event) -> None:
    counts = counting([undo(A, A), other])
    assert not counts(undo(A, A))
    assert counts(other)


# Against the sentences themselves


def naive(events: list[Event]) -> dict[Event, bool]:
    """Return whether each event counts, straight from the contract's sentences."""
    undos = [event for event in events if isinstance(event, UndoEvent)]
    target = {event.key: event.target for event in undos}

    def leads_back(start: str) -> bool:
        at, steps = target[start], 0
        while at in target and at != start and steps <= len(target):
            at, steps = target[at], steps + 1
        return at == start

    def stands(event: Event) -> bool:
        if isinstance(event, UndoEvent) and leads_back(event.key):
            return False
        named = {event.key, *([event.batch] if isinstance(event, CardEvent) and event.batch else [])}
        return not any(each.target in named and stands(each) for each in undos)

    def counts(event: Event) -> bool:
        if isinstance(event, WasEvent):
            equal = [each for each in events if isinstance(each, WasEvent)]
            equal = [
                each for each in equal if (each.card, each.point, each.was) == (event.card, event.point, event.was)
            ]
            return all(map(stands, equal))
        return stands(event)

    return {event: counts(event) for event in events}


names = st.sampled_from("abc")
references = st.sampled_from([*POOL, "20991121T000000000Z-zz"])
kinds = st.one_of(
    references.map(lambda target: {"undo": target}),
    references.map(lambda target: {"undo": target}),
    references.map(lambda target: {"undo": target}),
    st.builds(lambda card: {"card": card, "rating": "good", "import": A}, names),
    st.builds(lambda card, old: {"card": card, "was": old}, names, names),
    st.builds(lambda card, old: {"card": card, "was": old, "point": "p", "import": A}, names, names),
    st.just({"card": "a", "suspend": True}),
)
logs = st.builds(
    lambda imported, rest: imported | rest,
    st.sampled_from([{}, {A: {"import": "x.apkg"}}]),
    st.dictionaries(st.sampled_from(POOL[1:]), kinds, max_size=7),
)


@settings(max_examples=200)
@given(logs, st.randoms(use_true_random=False))
def test_what_counts_is_what_the_contract_says_in_whatever_order_the_lines_stand(
    log: dict[str, dict[str, Any]], random: Any
) -> None:
    events = [event_from(key, value) for key, value in log.items()]
    expected = naive(events)
    random.shuffle(events)
    counts = counting(events + events[:2])  # doubled lines change nothing
    assert {event: counts(event) for event in events} == expected


@settings(max_examples=20)
@given(st.permutations(range(60)))
def test_long_chains_and_great_circles_are_settled(order: list[int]) -> None:
    keys = [f"20261121T0930{number:02d}118Z-7f3a01" for number in range(60)]
    chain = [undo(keys[number], keys[number - 1] if number else A) for number in order]
    assert keys_that_count([*chain, review(A)]) == set(keys[1::2]) | {A}
    circle = [undo(keys[number], keys[number - 1]) for number in order]
    assert keys_that_count([*circle, review(A)]) == {A}

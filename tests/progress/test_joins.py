"""Ids that name the same card or point: what `was` events join."""

from collections.abc import Iterable
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.progress.events import WasEvent
from trainer.progress.joins import Joins
from trainer.progress.lines import event_from


def was(new: str, old: str, point: str = "") -> WasEvent:
    """Return the event that says a card, or a point of it, was known under another id."""
    event = event_from("20261121T093000118Z-7f", {"card": new, "was": old} | ({"point": point} if point else {}))
    assert isinstance(event, WasEvent)
    return event


def test_what_nothing_joins_stands_for_itself_alone() -> None:
    joins = Joins()
    assert joins.joined("a") == {"a"}
    assert joins.joined_points("a", "p") == {"p"}
    assert joins.touched() == set()


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [
        ([("b", "a")], ["ab"]),
        ([("b", "a"), ("c", "b")], ["abc"]),
        ([("b", "a"), ("c", "a")], ["abc"]),
        ([("b", "a"), ("d", "c")], ["ab", "cd"]),
        ([("b", "a"), ("d", "c"), ("c", "b")], ["abcd"]),
        ([("b", "a"), ("a", "b")], ["ab"]),
        ([("b", "a"), ("c", "b"), ("a", "c")], ["abc"]),
        ([("a", "a")], ["a"]),
    ],
)
def test_chains_forks_and_circles_join_cards_in_whatever_order(pairs: list[tuple[str, str]], groups: list[str]) -> None:
    for order in permutations(pairs):
        joins = Joins(was(*pair) for pair in order)
        for name in "abcde":
            assert joins.joined(name) == set(next((group for group in groups if name in group), name))
        assert joins.touched() == set("".join(groups))


def test_points_are_joined_within_their_card_only() -> None:
    joins = Joins([was("a", "p", "q"), was("a", "q", "r"), was("b", "p", "s")])
    assert joins.joined_points("a", "p") == {"p", "q", "r"}
    assert joins.joined_points("b", "p") == {"p", "s"}
    assert joins.joined_points("c", "p") == {"p"}
    assert joins.joined_points("a", "s") == {"s"}
    assert joins.joined("a") == {"a"}
    assert joins.touched() == {"a", "b"}


@pytest.mark.parametrize("card", ["a", "b", "c"])
def test_points_joined_under_any_id_of_a_card_are_joined_under_all(card: str) -> None:
    for order in permutations([was("b", "a"), was("c", "b"), was(card, "p", "q"), was("a", "q", "r")]):
        joins = Joins(order)
        for name in "abc":
            assert joins.joined_points(name, "r") == {"p", "q", "r"}


def reachable(start: str, pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Return all that is joined with `start`, by walking along the pairs."""
    found = {start}
    for _ in range(20):
        found |= {other for pair in pairs if found & set(pair) for other in pair}
    return found


names = st.sampled_from("abcdef")
points = st.sampled_from("pqrs")


@settings(max_examples=150)
@given(st.lists(st.tuples(names, names), max_size=6), st.lists(st.tuples(names, points, points), max_size=6), st.data())
def test_joins_are_all_that_can_be_walked_to(
    cards: list[tuple[str, str]], renamed: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    events = [was(*pair) for pair in cards] + [was(card, old, new) for card, new, old in renamed]
    joins = Joins(data.draw(st.permutations(events)))
    for name in "abcdef":
        group = reachable(name, cards)
        assert joins.joined(name) == group
        own = [(new, old) for card, new, old in renamed if card in group]
        for point in "pqrs":
            assert joins.joined_points(name, point) == reachable(point, own)


def test_a_long_chain_is_one_group() -> None:
    names = [f"n{number}" for number in range(500)]
    joins = Joins(was(*pair) for pair in pairwise(names))
    assert joins.joined("n250") == set(names)

"""Cards imported again: which side changed, and what keeps its memory."""

from dataclasses import replace

import pytest

from trainer.formats.update import CHANGED_HERE, marked, update_of
from trainer.model import Card, KeyPoint

OLD = Card("c", "What?", (KeyPoint("a1", "Red", 2.0), KeyPoint("b2", "Green leaves")), "Answer.", tags=("t",))


def came(card: Card, origin: str = "anki:7") -> Card:
    return marked(card, origin)


def test_the_mark_tells_where_a_card_comes_from_and_what_it_said() -> None:
    assert came(OLD).source.startswith("anki:7#")
    assert came(OLD) == came(OLD)
    assert came(replace(OLD, answer="Other.")).source != came(OLD).source


def test_what_changed_in_neither_place_is_left_alone() -> None:
    assert update_of(came(OLD), came(OLD)) is None


def test_what_changed_here_alone_is_left_alone() -> None:
    here = replace(came(OLD), answer="Mine.")
    assert update_of(here, came(OLD)) is None


def test_what_changed_in_both_places_is_not_touched() -> None:
    here = replace(came(OLD), answer="Mine.")
    assert update_of(here, came(replace(OLD, answer="Theirs."))) == CHANGED_HERE


def test_what_became_the_same_in_both_places_is_left_alone() -> None:
    here = replace(came(OLD), answer="New.")
    assert update_of(here, came(replace(OLD, answer="New."))) is None


def test_what_only_a_deck_of_ours_says_stays() -> None:
    here = replace(came(OLD), hint="H", why="W", follow_ups=("F",))
    newer = update_of(here, came(replace(OLD, question="What now?")))
    assert isinstance(newer, Card)
    assert (newer.question, newer.hint, newer.why, newer.follow_ups) == ("What now?", "H", "W", ("F",))


def test_points_keep_their_ids_by_id_by_wording_and_by_likeness() -> None:
    points = (KeyPoint("x", "Something new"), KeyPoint("y", "Green  LEAVES."), KeyPoint("z", "Reds"))
    newer = update_of(came(OLD), came(replace(OLD, key_points=points)))
    assert isinstance(newer, Card)
    assert [(point.id, point.text, point.weight) for point in newer.key_points] == [
        ("x", "Something new", 1.0),
        ("b2", "Green  LEAVES.", 1.0),
        ("a1", "Reds", 2.0),
    ]


@pytest.mark.parametrize("source", ["", "my own notes", "anki:7", "anki:8#00000000", "anki:7#short"])
def test_a_card_without_the_mark_is_the_users_own(source: str) -> None:
    here = replace(OLD, source=source)
    assert update_of(here, came(replace(OLD, answer="New."))) is None
    assert update_of(here, came(replace(OLD, question="Other?"))) == CHANGED_HERE

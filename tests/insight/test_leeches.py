"""Points missed again and again are pointed out, with what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.insight.leeches import MISSES, leech_words, leeches

Write = Callable[..., Path]


def opened(home: Home, clock: FixedClock, write_deck: Write, *reviews: str) -> Collection:
    """Open the deck of capitals with these reviews of France, a day after the other."""
    write_deck()
    home.log.write_text(
        "".join(
            f'202610{day:02}T120000000Z-ffff01 = {{ card = "france", day = 2026-10-{day:02}, {review} }}\n'
            for day, review in enumerate(reviews, start=1)
        )
    )
    return Collection(home, clock)


def found(collection: Collection) -> list[str]:
    return [point.id for point in leeches(collection, collection.library.cards["france"])]


FIRST = 'rating = "again", missed = ["paris", "tower", "river"]'
MISSED = 'rating = "good", recalled = ["paris", "tower"], missed = ["river"]'
GIVEN = 'rating = "again", missed = ["river"], given = true'


@pytest.mark.parametrize(("misses", "expected"), [(MISSES - 1, []), (MISSES, ["river"]), (MISSES + 3, ["river"])])
def test_a_point_missed_six_times_is_one(
    home: Home, clock: FixedClock, write_deck: Write, misses: int, expected: list[str]
) -> None:
    assert found(opened(home, clock, write_deck, FIRST, *[MISSED] * misses)) == expected


def test_the_first_sight_and_returns_count_for_nothing(home: Home, clock: FixedClock, write_deck: Write) -> None:
    assert found(opened(home, clock, write_deck, *[FIRST, *[MISSED] * (MISSES - 1), *[GIVEN] * 9])) == []


def test_a_new_card_has_none(home: Home, clock: FixedClock, write_deck: Write) -> None:
    assert found(opened(home, clock, write_deck)) == []


def test_it_says_what_to_do(home: Home, clock: FixedClock, write_deck: Write) -> None:
    cards = opened(home, clock, write_deck).library.cards
    france, spain = cards["france"], cards["spain"]
    assert leech_words(france, france.points[2]) == (
        "“Names the Seine” was missed 6 times or more: reword it, make two of it."
    )
    assert leech_words(spain, spain.points[0]) == (
        "The answer was missed 6 times or more: reword it, make two of it, or give the card a hint."
    )

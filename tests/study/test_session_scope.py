"""What belongs to a session: its decks, and limits that count from when they were set."""

from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.model import Rating
from trainer.study.session import Session
from trainer.study.share import Limits


@pytest.fixture
def two_decks(write_deck: Callable[..., Path]) -> None:
    for title in ("One", "Two"):
        cards = "".join(f'[[cards]]\nid = "{title}{n}"\nquestion = "{title} {n}?"\nanswer = "A"\n' for n in range(4))
        write_deck(f'title = "{title}"\n{cards}', f"{title.lower()}.toml")


@pytest.mark.usefixtures("two_decks")
def test_what_is_missed_elsewhere_in_another_deck_does_not_return_here(home: Home, clock: FixedClock) -> None:
    here = Session(Collection(home, clock), ["One"])
    both = Session(Collection(home, clock))
    elsewhere = Session(Collection(home, clock), ["Two"])
    elsewhere.grade(elsewhere.outcomes(())[Rating.AGAIN])
    here.refresh()
    both.refresh()
    assert here.still_missed() == []
    assert [card.id for card in both.still_missed()] == ["Two0"]


@pytest.mark.usefixtures("two_decks")
def test_minutes_of_a_session_that_goes_on_count_from_then(home: Home, clock: FixedClock) -> None:
    session = Session(Collection(home, clock), limits=Limits(minutes=1))
    clock.move(seconds=70)
    session.grade(session.outcomes(())[Rating.GOOD])
    assert session.current is None
    session.extend(Limits(minutes=4))
    clock.move(seconds=200)
    session.grade(session.outcomes(())[Rating.GOOD])
    assert session.current is not None
    clock.move(seconds=40)
    session.grade(session.outcomes(())[Rating.GOOD])
    assert session.current is None


@pytest.mark.usefixtures("two_decks")
def test_a_short_session_asks_one_new_card_though_the_day_has_had_some(home: Home, clock: FixedClock) -> None:
    first = Session(Collection(home, clock), limits=Limits(cards=1))
    first.grade(first.outcomes(())[Rating.GOOD])
    short = Session(Collection(home, clock), limits=Limits(minutes=1))
    assert len(short.plan.new) == 1
    clock.move(seconds=59)
    short.grade(short.outcomes(())[Rating.GOOD])
    assert short.current is None

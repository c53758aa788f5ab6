"""An imagined home stands where a real one does after the same sessions, and starts where a real one is."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from trainer.collection.collection import Collection
from trainer.model import Rating
from trainer.simulate.home import ImaginedHome
from trainer.simulate.living import Answer, live_day
from trainer.study.plan import plan_day
from trainer.study.question import Question
from trainer.study.session import Session


class Fickle:
    """Makes some points at random, in any rating; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        self.asked: list[tuple[str, frozenset[str]]] = []

    def answer(self, home: ImaginedHome | Collection, question: Question) -> Answer:
        self.asked.append((question.card.id, question.asked))
        ticked = [point.id for point in question.points if self._rng.random() < 0.7]
        if not question.card.key_points:
            rating = self._rng.choice(list(Rating))
        else:
            rating = self._rng.choice([Rating.HARD, Rating.GOOD]) if ticked else Rating.AGAIN
        return Answer(ticked, rating, self._rng.randint(5, 90))


@pytest.fixture
def decks(desk: Any) -> None:
    for name in "AB":
        cards = [(f"{name}{number}", ["p", "q:2", "r"][: number % 4]) for number in range(12)]
        desk.deck(name, *cards)
    desk.settings('minutes = 8\nnew_cards = 3\n[decks."A"]\ndesired_retention = 0.8\n')


def live_for_real(desk: Any, fickle: Fickle) -> None:
    """Hold a session as `live_day` does, in the real home."""
    session = Session(desk.open())
    while session.current is not None:
        answer = fickle.answer(session.collection, session.current)
        desk.clock.move(seconds=answer.seconds)
        session.grade(session.outcomes(answer.ticked)[answer.rating])


def standing(home: Any, cards: Any) -> list[Any]:
    return [(card, home.state(card).memory, home.state(card).missed, home.due(card)) for card in sorted(cards)]


@pytest.mark.parametrize("fuzz", ["true", "false"])
def test_after_the_same_sessions_it_stands_where_a_real_home_does(desk: Any, decks: None, fuzz: str) -> None:
    desk.settings(f'minutes = 8\nnew_cards = 3\nfuzz = {fuzz}\n[decks."A"]\ndesired_retention = 0.8\n')
    real = desk.open()
    imagined = ImaginedHome(real.library.decks, real.settings, real.today)
    here, there = Fickle(1), Fickle(1)
    for day in range(8):
        live_for_real(desk, there)
        live_day(imagined, here)
        assert here.asked == there.asked
        real = desk.open()
        assert standing(imagined, real.library.cards) == standing(real, real.library.cards)
        ahead = [real.today + timedelta(days=away) for away in range(-20, 60)]
        assert [imagined.tally.due_on(each) for each in ahead] == [real.tally.due_on(each) for each in ahead]
        assert imagined.tally.seconds_on(real.today) == real.tally.seconds_on(real.today)
        desk.clock.move(days=1 + day % 3, hours=-2 if day % 2 else 1)
        imagined.begin(desk.today())
    assert len(here.asked) > 60


def test_it_begins_where_a_real_home_is_and_leaves_that_alone(desk: Any, decks: None) -> None:
    live_for_real(desk, Fickle(2))
    desk.clock.move(days=2)
    real = desk.open()
    log = desk.home.log.read_bytes()
    before = standing(real, real.library.cards)
    imagined = ImaginedHome.like(real, real.library.decks, real.settings, real.today)
    assert standing(imagined, real.library.cards) == before
    plans = [plan_day(home, real.library.decks, real.today) for home in (real, imagined.as_collection)]
    assert plans[0] == plans[1]
    for _ in range(5):
        live_day(imagined, Fickle(3))
        imagined.begin(imagined.today + timedelta(days=1))
    assert standing(imagined, real.library.cards) != before
    assert standing(real, real.library.cards) == before
    assert real.standing.counts(real.today) == desk.open().standing.counts(real.today)
    assert desk.home.log.read_bytes() == log


def test_with_other_weights_memory_is_worked_out_anew_and_promises_stay(
    desk: Any, decks: None, make_model: Callable[[float], Any]
) -> None:
    real = desk.open()
    imagined = ImaginedHome(real.library.decks, real.settings, real.today)
    live_day(imagined, Fickle(4))
    before = standing(imagined, real.library.cards)
    model = make_model(2.0)
    imagined.take_model(model)
    after = standing(imagined, real.library.cards)
    assert [each[3] for each in after] == [each[3] for each in before]
    assert [each[1] for each in after] != [each[1] for each in before]
    assert imagined.coverage(real.library.cards["A1"], real.today) is not None


@pytest.fixture
def make_model() -> Callable[[float], Any]:
    from trainer.memory.model import MemoryModel

    def make(stretch: float) -> MemoryModel:
        weights = list(MemoryModel().weights)
        weights[:4] = [weight * stretch for weight in weights[:4]]
        return MemoryModel(weights)

    return make

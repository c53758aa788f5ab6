"""The user as the log shows them: what they make at first sight, on a return, and how fluently."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from trainer.memory.tuning import Judgement
from trainer.model import Rating
from trainer.simulate.home import ImaginedHome
from trainer.simulate.user import Habits, User, habits
from trainer.study.plan import Kind
from trainer.study.question import ask

DAY = date(2026, 11, 21)


def series(*said: tuple[int, Rating]) -> Sequence[Judgement]:
    return [
        Judgement(f"{number}", DAY + timedelta(days=day), rating, False) for number, (day, rating) in enumerate(said)
    ]


def test_without_a_log_nothing_is_known_at_first_sight_and_most_on_return() -> None:
    found = habits([])
    assert (found.at_first_sight, found.on_return) == (0, 0.9)
    assert list(found.fluency) == [Rating.GOOD]


def test_the_users_own_answers_take_over() -> None:
    first, again, hard = (0, Rating.GOOD), (0, Rating.AGAIN), (3, Rating.HARD)
    found = habits([series(first, hard)] * 90 + [series(again, again, hard)] * 90)
    assert found.at_first_sight == pytest.approx(90 / 190)
    assert found.on_return == pytest.approx(9 / 100)
    assert found.fluency == {Rating.GOOD: 10, Rating.HARD: 180}


@pytest.mark.parametrize(("kind", "share"), [(Kind.NEW, 0.25), (Kind.RETURN, 0.5)])
def test_points_are_made_as_often_as_the_habits_say(desk: Any, kind: Kind, share: float) -> None:
    desk.deck("Deck", ("a", [f"p{number}" for number in range(20)]))
    real = desk.open()
    home = ImaginedHome(real.library.decks, real.settings, real.today)
    user = User(Habits(0.25, 0.5, {Rating.EASY: 1}), Random(1))
    question = ask(home.as_collection, home.library.cards["a"], kind, home.today)
    answers = [user.answer(home, question) for _ in range(200)]
    assert sum(len(answer.ticked) for answer in answers) / 4000 == pytest.approx(share, abs=0.03)
    assert {answer.rating for answer in answers} == {Rating.GOOD}  # easy needs all points
    assert {answer.seconds for answer in answers} == {90.0 if kind is Kind.NEW else 20.0}


def test_what_was_learned_is_recalled_as_its_memory_says(desk: Any) -> None:
    desk.deck("Deck", "a")
    desk.review("a", 10)
    real = desk.open()
    home = ImaginedHome.like(real, real.library.decks, real.settings, real.today)
    user = User(Habits(0, 0, {Rating.EASY: 1}), Random(1))
    question = ask(home.as_collection, home.library.cards["a"], Kind.DUE, home.today)
    ratings = [user.answer(home, question).rating for _ in range(2000)]
    chance = real.model.retrievability(real.state("a").memory["answer"], real.today)
    assert ratings.count(Rating.EASY) / 2000 == pytest.approx(chance, abs=0.03)
    assert ratings.count(Rating.AGAIN) > 0

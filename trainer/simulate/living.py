"""A day lived in an imagined home: the real session, answered by someone whose memory is given."""

from collections.abc import Collection as Ids
from dataclasses import dataclass
from typing import Protocol

from trainer.model import Rating
from trainer.simulate.home import ImaginedHome, Steps, at_once
from trainer.study.question import Question
from trainer.study.session import Session
from trainer.study.share import Limits

ANSWERS_AT_ONCE = 8
"""Answers between two looks at the keyboard, where there is one."""


@dataclass(frozen=True)
class Answer:
    """What came of a question."""

    ticked: Ids[str]
    """Ids of the points made."""
    rating: Rating
    seconds: float


class Learner(Protocol):
    """Someone who answers."""

    def answer(self, home: ImaginedHome, question: Question) -> Answer:
        """Return how the question went; called once for each that is asked."""


def live_day(home: ImaginedHome, learner: Learner, limits: Limits | None = None) -> Session:
    """Hold one session on the home's present day, to its end, and return it."""
    return at_once(live_day_by_steps(home, learner, limits))


def live_day_by_steps(home: ImaginedHome, learner: Learner, limits: Limits | None = None) -> Steps[Session]:
    """Hold such a session a few answers at a time."""
    session = Session(home.as_collection, limits=limits)
    while session.current is not None:
        if len(session.answered) % ANSWERS_AT_ONCE == 0:
            yield
        answer = learner.answer(home, session.current)
        home.clock.move(seconds=answer.seconds)
        session.grade(session.outcomes(answer.ticked)[answer.rating])
    return session

"""The user, as far as the log knows them: what they remember, how they grade, how long they take."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from trainer.memory.tuning import Judgement
from trainer.model import Rating
from trainer.progress.replay import Attempt
from trainer.simulate.home import ImaginedHome
from trainer.simulate.living import Answer
from trainer.study.plan import Kind
from trainer.study.question import Question

_PATIENCE = 10
"""How many judgements the usual habit is worth against the user's own."""
_USUAL_SIGHT, _USUAL_RETURN = 0.0, 0.9
_ATTEMPT = {Kind.NEW: Attempt.FIRST, Kind.RETURN: Attempt.RETURN}


@dataclass(frozen=True)
class Habits:
    """How someone answers, beyond what they remember."""

    at_first_sight: float
    """The share (0-1) of points made of a card never seen before."""
    on_return: float
    """The share (0-1) of points made that were missed earlier the same day."""
    fluency: Mapping[Rating, float]
    """How often answers are hard, good and easy, in any unit."""


def habits(series: Iterable[Sequence[Judgement]]) -> Habits:
    """Return the habits that the judgements of each point show, good ones until there are some."""
    firsts: Counter[bool] = Counter()
    returns: Counter[bool] = Counter()
    fluency: Counter[Rating] = Counter({Rating.GOOD: _PATIENCE})
    for judgements in series:
        before: Judgement | None = None
        for judgement in judgements:
            made = judgement.rating is not Rating.AGAIN
            if before is None:
                firsts[made] += 1
            elif judgement.day == before.day:
                returns[made] += 1
            elif made:
                fluency[judgement.rating] += 1
            before = judgement
    return Habits(_share(firsts, _USUAL_SIGHT), _share(returns, _USUAL_RETURN), fluency)


def _share(counts: Counter[bool], usual: float) -> float:
    return (counts[True] + _PATIENCE * usual) / (counts.total() + _PATIENCE)


class User:
    """Recalls each point with the probability that its memory gives, at the speed of the log so far."""

    def __init__(self, habits: Habits, rng: Random) -> None:
        self._habits = habits
        self._rng = rng

    def answer(self, home: ImaginedHome, question: Question) -> Answer:
        """Return how the question goes."""
        memory = home.state(question.card.id).memory
        made = []
        for point in question.points:
            known = memory.get(point.id)
            if question.kind is Kind.RETURN:
                chance = self._habits.on_return
            elif known is None:
                chance = self._habits.at_first_sight
            else:
                chance = home.model.retrievability(known, home.today)
            if self._rng.random() < chance:
                made.append(point.id)
        seconds = home.tally.usual_seconds(_ATTEMPT.get(question.kind, Attempt.LATER))
        if not made:
            return Answer(made, Rating.AGAIN, seconds)
        [rating] = self._rng.choices(list(self._habits.fluency), list(self._habits.fluency.values()))
        if rating is Rating.EASY and len(made) < len(question.points):
            rating = Rating.GOOD
        return Answer(made, rating, seconds)

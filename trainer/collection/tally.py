"""Running sums over all cards: what was done on a day, how long answers take, what falls due when."""

from collections import Counter, defaultdict
from datetime import date

from trainer.progress.replay import Attempt, CardState

USUAL_SECONDS = {Attempt.FIRST: 90.0, Attempt.LATER: 60.0, Attempt.RETURN: 20.0}
"""What an answer is taken to need before the user's own times are known."""
_PATIENCE = 5
"""How many answers the usual time is worth against the user's own."""


class Tally:
    """Sums that follow the cards: a state is taken out when another takes its place."""

    def __init__(self) -> None:
        self.seconds_on: defaultdict[date, float] = defaultdict(float)
        """Seconds spent, by the day; of a card only its last day is known."""
        self.introduced_on: Counter[date] = Counter()
        """Cards with a point asked for the first time, by the day."""
        self.due_on: Counter[date] = Counter()
        """Cards in decks that fall due, by the day."""
        self._seconds: defaultdict[Attempt, float] = defaultdict(float)
        self._attempts: Counter[Attempt] = Counter()

    def add(self, state: CardState, sign: int = 1) -> None:
        """Count what a card's state holds; with sign -1, take it out again."""
        if state.last_day is not None:
            self.seconds_on[state.last_day] += sign * state.seconds_on_last_day
        if state.introduced is not None:
            self.introduced_on[state.introduced] += sign
        for kind in Attempt:
            self._seconds[kind] += sign * state.seconds[kind]
            self._attempts[kind] += sign * state.attempts[kind]

    def usual_seconds(self, kind: Attempt) -> float:
        """Return how long an answer of this kind is expected to take, in seconds."""
        return (self._seconds[kind] + _PATIENCE * USUAL_SECONDS[kind]) / (self._attempts[kind] + _PATIENCE)

"""Running sums over all cards: what was done on a day, how long answers take, what falls due when."""

from datetime import date

from trainer.collection.standing import Standing
from trainer.progress.history import History
from trainer.progress.replay import Attempt

USUAL_SECONDS = {Attempt.FIRST: 90.0, Attempt.LATER: 60.0, Attempt.RETURN: 20.0}
"""What an answer is taken to need before the user's own times are known."""
_PATIENCE = 5
"""How many answers the usual time is worth against the user's own."""


class Tally:
    """Sums that follow the cards."""

    def __init__(self, history: History, standing: Standing) -> None:
        self._history = history
        self._standing = standing

    def seconds_on(self, day: date) -> float:
        """Return the seconds spent on a day; of a card only its last day is known."""
        return self._history.seconds_on(day)

    def introduced_on(self, day: date) -> int:
        """Return how many cards had a point asked for the first time on a day."""
        return self._history.introduced_on(day)

    def due_on(self, day: date) -> int:
        """Return how many cards in decks fall due on a day, those suspended aside."""
        return self._standing.due_on(day)

    def attempts(self, kind: Attempt) -> int:
        """Return how many answers of a kind there are whose time is known."""
        return self._history.spent(kind)[1]

    def usual_seconds(self, kind: Attempt) -> float:
        """Return how long an answer of this kind is expected to take, in seconds."""
        seconds, attempts = self._history.spent(kind)
        return (seconds + _PATIENCE * USUAL_SECONDS[kind]) / (attempts + _PATIENCE)

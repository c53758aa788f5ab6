"""Fitting FSRS's weights to the user's own reviews: when it is time, and what came of it, in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from trainer.collection.collection import Collection
from trainer.garbage import no_collecting
from trainer.insight.words import in_days
from trainer.memory.tuning import ENOUGH, Fit, Judgement, fit
from trainer.progress.replay import Attempt
from trainer.study.reschedule import Move
from trainer.text import counted

OFFERED_FOR = timedelta(days=7)
"""How long a fit is offered once there are reviews enough."""
_AT_ONCE = 50
"""Cards whose reviews are read between two words on how far it is."""


@dataclass(frozen=True)
class Growth:
    """How far the log has grown, in reviews that count."""

    tests: int
    """Those that may test a memory: not the first of a card, nor with points given."""
    reviews: int
    recent: int
    """Of these, the ones written or imported in the time that an offer stands."""
    fitted: int
    """How many there were at the last fit that was taken; 0 for none."""

    @property
    def is_enough(self) -> bool:
        """Whether a fit can be tried."""
        return self.tests >= ENOUGH

    @property
    def is_time(self) -> bool:
        """Whether a fit is to be offered: enough reviews, or twice as many as then, were reached lately.

        Without a fit the first step is where there are `ENOUGH` tests, then each doubling is one. A refusal
        so needs no memory: the offer goes by itself, until the next step.
        """
        if not self.is_enough:
            return False
        step = self.fitted * 2 or ENOUGH * self.reviews / self.tests
        while step * 2 <= self.reviews:
            step *= 2
        return self.reviews - self.recent < step <= self.reviews

    def words(self, key: str) -> str:
        """Return the offer on one line, with the key that takes it."""
        if self.fitted:
            return f"Your reviews have doubled since the memory model was fitted to you: {key} fits it again."
        return f"{self.reviews:,} reviews are enough to fit the memory model to you: {key} does it."


def growth(collection: Collection) -> Growth:
    """Return how far the log of a home has grown."""
    attempts = {kind: collection.tally.attempts(kind) for kind in Attempt}
    tests, reviews = attempts[Attempt.LATER], sum(attempts.values())
    if tests < ENOUGH:
        return Growth(tests, reviews, 0, 0)
    newest = collection.newest_weights()
    recent = collection.reviews_since(collection.clock.now() - OFFERED_FOR)
    return Growth(tests, reviews, min(recent, reviews), newest.reviews if newest else 0)


def fit_to_own(collection: Collection, told: Callable[[str, float], None]) -> Fit:
    """Fit to all reviews of a home, telling how far it is. Raises TrainerError where it cannot."""
    with no_collecting():  # which stops an app that goes on beside this for a tenth of a second at a time
        return fit(_series(collection, told), collection.model.weights)


def _series(collection: Collection, told: Callable[[str, float], None]) -> Iterator[Sequence[Judgement]]:
    """Yield what was said of each point, telling how far that is, and at the end that the fit begins."""
    cards = sorted(collection.known_cards())
    for number, card in enumerate(cards):
        if number % _AT_ONCE == 0:
            told("Reading your reviews", number / len(cards))
        yield from collection.point_series_of(card).values()
    told("Fitting", 1.0)


def few_words(found: Fit) -> str:
    """Return what to say where there are too few reviews to fit."""
    tests = f"{counted(found.tests, 'review')} a day or more after the one before"
    return f"So far {tests}; a fit makes sense from {ENOUGH} on."


def error_words(found: Fit) -> list[str]:
    """Return by how much the forecasts were off on the reviews held out, before and after a fit."""
    before, after = found.before, found.after
    if before.rmse is None or after.rmse is None or before.log_loss is None or after.log_loss is None:
        return []
    return [
        f"Your newest {found.held_out:,} reviews, which the fit has not seen:",
        f"{'':26}{'in force':>10}{'fitted':>10}",
        f"{'  predictions off by':26}{before.rmse:>10.1%}{after.rmse:>10.1%}",
        f"{'  log loss, which decides':26}{before.log_loss:>10.4f}{after.log_loss:>10.4f}",
    ]


def move_words(found: Sequence[Move]) -> str:
    """Return how many due days would move, and by how much; the first word may stand within a sentence."""
    if not found:
        return "no due day moves."
    parts = []
    for name, days in (
        ("earlier", [-move.days for move in found if move.days < 0]),
        ("later", [move.days for move in found if move.days > 0]),
    ):
        if days:
            mean, most = in_days(max(1, round(sum(days) / len(days)))), in_days(max(days))
            come = "comes" if len(days) == 1 else "come"
            parts.append(f"{len(days):,} {come} {name}, by {mean} on average and {most} at most")
    return f"{counted(len(found), 'card')} would move: {'; '.join(parts)}."

"""FSRS weights fitted to one user's answers, and judged on answers that the fit has not seen.

`fsrs-rs-python` is loaded when a fit begins; a command that fits nothing needs none of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from trainer.errors import TrainerError
from trainer.memory.model import bounded_weights
from trainer.model import Rating

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem

ENOUGH = 400
"""Reviews that tested a memory, from which on a fit is tried.

Anki 24.04 asked for as many. The study its authors made for that version (Anki's repository, March 2024)
found that weights fitted to about 200 reviews hold for the next 1,000, and that fitting
again pays when the number has doubled.
"""
HELD_OUT = 0.2
"""The share of the reviews, the newest, on which a fit is judged."""


_DECIMALS = 6
"""Of a measure; beyond these the same reviews may give different digits, by the order of summing."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one review said of one key point."""

    key: str
    """Of the review's event: text order is time order."""
    day: date
    rating: Rating
    """Again for a point missed, else the rating of the review."""
    given: bool
    """Whether the other points were shown: it shapes the memory, and is no test of it."""


@dataclass(frozen=True)
class Measure:
    """How well a set of weights foretells the reviews held out; None where there were none.

    As `fsrs-rs-python` measures it: of reviews in the order of time, where newer ones weigh up to
    four times as much as the oldest.
    """

    weights: tuple[float, ...]
    log_loss: float | None
    rmse: float | None
    """Over bins of reviews with like histories."""


@dataclass(frozen=True)
class Fit:
    """What a fit came to."""

    reviews: int
    """All reviews that count."""
    tests: int
    """Those that tested a memory: a day or more after the review before, of points that were not given away."""
    held_out: int
    """How many of these, the newest, the fit was judged on."""
    before: Measure
    """The weights in force."""
    after: Measure
    """The weights fitted; those in force where reviews are too few to fit."""

    @property
    def is_better(self) -> bool:
        """Whether the fitted weights foretell the reviews held out better, by log loss."""
        before, after = self.before.log_loss, self.after.log_loss
        return before is not None and after is not None and after < before


@dataclass(frozen=True, slots=True)
class _Target:
    """A judgement to be foretold, with what came before it on the same point."""

    key: str
    series: int
    item: "FSRSItem"


def fit(series: Iterable[Sequence[Judgement]], weights: Sequence[float]) -> Fit:
    """Fit FSRS's weights to the judgements of each point, in order, starting beside `weights` in force.

    The older reviews are fitted to and the newest held out, so what is measured is what would be
    used. The series are gone through once, and none need be held. Raises TrainerError where
    `fsrs-rs-python` is missing or cannot fit.
    """
    reviews: set[str] = set()
    targets = sorted(_targets(series, reviews), key=lambda target: target.key)
    keys = list(dict.fromkeys(target.key for target in targets))
    held_out = round(len(keys) * HELD_OUT)
    cut = keys[-held_out] if held_out else ""
    newest = [target.item for target in targets if held_out and target.key >= cut]
    in_force = tuple(weights)
    before = _measured(in_force, newest)
    after = before
    if len(keys) >= ENOUGH:
        after = _measured(_fitted([target for target in targets if target.key < cut]), newest)
    return Fit(len(reviews), len(keys), held_out, before, after)


def _targets(series: Iterable[Sequence[Judgement]], reviews: set[str]) -> Iterable[_Target]:
    """Yield every judgement that tests a memory, as FSRS's items: elapsed days and ratings up to it.

    The keys of all reviews are added to `reviews`.
    """
    item_of, review_of = _library().FSRSItem, _library().FSRSReview
    ratings = {rating: number for number, rating in enumerate(Rating, start=1)}
    for number, judgements in enumerate(series):
        answers = []
        last: date | None = None
        for judgement in judgements:
            reviews.add(judgement.key)
            elapsed = max(0, (judgement.day - last).days) if last else 0
            answers.append(review_of(ratings[judgement.rating], elapsed))
            if elapsed and not judgement.given:
                yield _Target(judgement.key, number, item_of(answers))
            last = judgement.day


def _fitted(targets: Sequence[_Target]) -> tuple[float, ...]:
    model = _library().FSRS(_library().DEFAULT_PARAMETERS)
    try:
        found = model.compute_parameters(
            [target.item for target in targets], card_ids=[target.series for target in targets]
        )
    except ValueError as error:
        raise _no_fit() from error
    weights = bounded_weights(found)
    if weights is None:
        raise _no_fit()
    return weights


def _measured(weights: tuple[float, ...], items: list["FSRSItem"]) -> Measure:
    if not items:
        return Measure(weights, None, None)
    found = _library().FSRS(list(weights)).evaluate(items)
    return Measure(weights, *(round(number, _DECIMALS) for number in (found.log_loss, found.rmse_bins)))


def _no_fit() -> TrainerError:
    return TrainerError("These reviews cannot be fitted.", "The weights in force stay as they are.")


def _library() -> Any:
    try:
        import fsrs_rs_python
    except ImportError:
        raise TrainerError(
            "Fitting needs the package fsrs-rs-python, which has no build for this Python or machine.",
            "With Python 3.11 to 3.14 it comes with the trainer; everything else works without it.",
        ) from None
    return fsrs_rs_python

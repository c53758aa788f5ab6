"""Weights fitted to the user's own answers: what is fitted to, what it is judged on."""

import random
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from trainer.errors import TrainerError
from trainer.memory.model import MemoryModel, bounded_weights
from trainer.memory.tuning import ENOUGH, Fit, Judgement, fit
from trainer.model import Rating
from trainer.progress.events import key_at

START = date(2026, 1, 1)


def judgement(day: int, rating: Rating = Rating.GOOD, minute: int = 0, given: bool = False) -> Judgement:
    at = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day, minutes=minute)
    return Judgement(key_at(at, "7f3a01"), START + timedelta(days=day), rating, given)


def learner(stretch: float, cards: int = 150, days: int = 200) -> list[list[Judgement]]:
    """Return the answers of someone whose memories last `stretch` times as long as FSRS expects."""
    rng = random.Random(7)
    model = MemoryModel()
    series = []
    for card in range(cards):
        day, gap, memory, own = card % 30, 0, None, []
        while day < days:
            knows = memory is None or rng.random() < model.recall_after(memory, gap / stretch)
            rating = Rating.GOOD if knows else Rating.AGAIN
            memory = model.review(memory, rating, START + timedelta(days=day))
            own.append(judgement(day, rating, card))
            gap = max(1, round(model.days_until(memory, 0.9)))
            day += gap
        series.append(own)
    return series


def held_out_items(series: Iterable[list[Judgement]], cut: str) -> list[FSRSItem]:
    """Return FSRS's items for the judgements from a key on, in order of time, built apart from the code under test."""
    ratings = {rating: number for number, rating in enumerate(Rating, start=1)}
    items: list[tuple[str, FSRSItem]] = []
    for own in series:
        for end in range(1, len(own)):
            gaps = [0, *((own[i].day - own[i - 1].day).days for i in range(1, end + 1))]
            if own[end].key >= cut and gaps[-1] and not own[end].given:
                reviews = [FSRSReview(ratings[own[i].rating], gaps[i]) for i in range(end + 1)]
                items.append((own[end].key, FSRSItem(reviews)))
    return [item for _, item in sorted(items, key=lambda pair: pair[0])]


@pytest.fixture(scope="module")
def found() -> Fit:
    return fit(learner(3), DEFAULT_PARAMETERS)


def test_someone_who_remembers_longer_gets_weights_that_foretell_better(found: Fit) -> None:
    assert found.is_better
    assert found.before.weights == DEFAULT_PARAMETERS
    new, old = MemoryModel(found.after.weights), MemoryModel()
    memories = [model.review(None, Rating.GOOD, START) for model in (new, old)]
    assert new.days_until(memories[0], 0.9) > 1.5 * old.days_until(memories[1], 0.9)


def test_the_weights_found_are_ones_that_fsrs_and_the_log_take(found: Fit) -> None:
    assert bounded_weights(found.after.weights) == found.after.weights
    assert len(found.after.weights) == 21


def test_what_is_measured_is_the_newest_fifth_under_the_weights_given(found: Fit) -> None:
    series = learner(3)
    keys = sorted({each.key for own in series for each in own[1:]})
    assert (found.reviews, found.tests) == (len({each.key for own in series for each in own}), len(keys))
    assert found.held_out == round(len(keys) / 5)
    items = held_out_items(series, keys[-found.held_out])
    for measure in (found.before, found.after):
        expected = FSRS(list(measure.weights)).evaluate(items)
        assert measure.log_loss == pytest.approx(expected.log_loss, abs=1e-5)
        assert measure.rmse == pytest.approx(expected.rmse_bins, abs=1e-5)


def test_the_reviews_it_is_judged_on_are_not_fitted_to(found: Fit) -> None:
    series = learner(3)
    cut = sorted({each.key for own in series for each in own[1:]})[-found.held_out]
    turned = [
        [judgement(0, Rating.AGAIN) if each.key >= cut else each for each in own] for own in series
    ]  # what it would see, were it to look
    turned = [
        [Judgement(old.key, old.day, new.rating, old.given) for old, new in zip(own, others, strict=True)]
        for own, others in zip(series, turned, strict=True)
    ]
    again = fit(turned, DEFAULT_PARAMETERS)
    assert again.after.weights == found.after.weights
    assert again.after.log_loss != found.after.log_loss


def test_the_same_answers_give_the_same_weights(found: Fit) -> None:
    assert fit(learner(3), DEFAULT_PARAMETERS) == found


def test_weights_that_are_no_better_are_not_adopted(found: Fit) -> None:
    again = fit(learner(3), found.after.weights)
    assert again.after == again.before == found.after
    assert not again.is_better


def test_points_that_were_asked_with_the_others_given_are_no_test_but_shape_the_memory() -> None:
    plain = [[judgement(0), judgement(3, minute=card), judgement(9, minute=card)] for card in range(10)]
    helped = [[own[0], judgement(3, minute=card, given=True), own[2]] for card, own in enumerate(plain)]
    skipped = [[own[0], own[2]] for own in plain]
    results = [fit(series, DEFAULT_PARAMETERS) for series in (plain, helped, skipped)]
    assert [each.tests for each in results] == [20, 10, 10]
    assert results[1].before.log_loss != results[2].before.log_loss


def test_a_second_look_on_the_same_day_is_no_test() -> None:
    found = fit([[judgement(0), judgement(0, minute=10), judgement(4)]], DEFAULT_PARAMETERS)
    assert (found.reviews, found.tests) == (3, 1)


def test_a_day_before_the_last_one_counts_as_the_same_day() -> None:
    earlier = Judgement(judgement(6).key, START, Rating.GOOD, False)
    found = fit([[judgement(5), earlier, judgement(7)]], DEFAULT_PARAMETERS)
    assert found.tests == 1


def test_points_of_one_review_are_held_out_together() -> None:
    series = [[judgement(0), judgement(4)], [judgement(0), judgement(4)], [judgement(0), judgement(4)]]
    found = fit(series, DEFAULT_PARAMETERS)
    assert (found.tests, found.held_out) == (1, 0)
    assert found.before.log_loss is None


@pytest.mark.parametrize("short", [0, 1])
def test_it_fits_from_enough_reviews_on(short: int) -> None:
    series = [[judgement(0, minute=card), judgement(2, Rating.AGAIN, minute=card)] for card in range(ENOUGH)]
    found = fit(series[short:], DEFAULT_PARAMETERS)
    assert found.tests == ENOUGH - short
    assert (found.after == found.before) == bool(short)
    assert found.is_better == (not short)


def test_without_answers_there_is_nothing_to_say() -> None:
    found = fit([], DEFAULT_PARAMETERS)
    assert (found.reviews, found.tests, found.held_out, found.is_better) == (0, 0, 0, False)
    assert (found.after.log_loss, found.after.rmse) == (None, None)


def test_where_the_fitter_is_missing_it_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    with pytest.raises(TrainerError, match="fsrs-rs-python") as caught:
        fit([[judgement(0), judgement(4)]], DEFAULT_PARAMETERS)
    assert "Python 3.11 to 3.14" in caught.value.hint

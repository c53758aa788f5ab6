"""One key point's memory: FSRS-6 in days, with weights that FSRS takes."""

import math
import random
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import fsrs
import pytest
from fsrs import Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from trainer.memory.model import LONGEST_STABILITY, MemoryModel, bounded_weights
from trainer.model import Memory, Rating

DAY = date(2026, 11, 21)
MODEL = MemoryModel()
EACH_RATING = list(Rating)

stabilities = st.floats(0.001, LONGEST_STABILITY)
memories = st.builds(Memory, stabilities, st.floats(1, 10), st.just(DAY))
retentions = st.floats(0.70, 0.97)
weight_sets = st.tuples(
    *(st.floats(low, high) for low, high in zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True))
)


# Weights


def test_weights_within_bounds_come_back_to_four_decimals() -> None:
    weights = [weight + 0.00004 for weight in DEFAULT_PARAMETERS]
    assert bounded_weights(weights) == DEFAULT_PARAMETERS


def test_weights_beyond_a_bound_are_moved_to_it() -> None:
    assert bounded_weights([-1e9] * 21) == LOWER_BOUNDS_PARAMETERS
    assert bounded_weights([1e9] * 21) == UPPER_BOUNDS_PARAMETERS


def test_a_float32_of_a_bound_is_within_it() -> None:
    (just_over,) = struct.unpack("f", struct.pack("f", 0.8))
    assert just_over > 0.8
    weights = bounded_weights([*DEFAULT_PARAMETERS[:20], just_over])
    assert weights is not None
    assert weights[20] == 0.8


@pytest.mark.parametrize("count", [0, 17, 19, 20, 22])
def test_another_number_of_weights_than_21_is_none(count: int) -> None:
    assert bounded_weights([1.0] * count) is None


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_weights_with_one_that_is_no_number_are_none(wrong: float) -> None:
    assert bounded_weights([*DEFAULT_PARAMETERS[:20], wrong]) is None


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=21, max_size=21))
def test_fsrs_takes_any_bounded_weights(weights: list[float]) -> None:
    bounded = bounded_weights(weights)
    assert bounded is not None
    Scheduler(bounded)  # raises for a weight out of bounds
    assert bounded_weights(bounded) == bounded


def test_without_weights_a_model_has_the_defaults_of_fsrs() -> None:
    assert MODEL.weights == DEFAULT_PARAMETERS


# A review


@pytest.mark.parametrize(("place", "rating"), enumerate(Rating))
def test_the_first_review_gives_the_first_stability_of_its_rating(place: int, rating: Rating) -> None:
    memory = MODEL.review(None, rating, DAY)
    assert memory.stability == DEFAULT_PARAMETERS[place]
    assert memory.last_day == DAY


def test_the_first_difficulty_falls_with_the_rating() -> None:
    difficulties = [MODEL.review(None, rating, DAY).difficulty for rating in Rating]
    assert difficulties == sorted(difficulties, reverse=True)
    assert len(set(difficulties)) == 4


@pytest.mark.parametrize(("grade", "rating"), enumerate(Rating, start=1))
def test_a_second_review_on_one_day_uses_the_short_term_formula(grade: int, rating: Rating) -> None:
    before = Memory(12.0, 5.0, DAY)
    w17, w18, w19 = DEFAULT_PARAMETERS[17:20]
    growth = math.exp(w17 * (grade - 3 + w18)) * 12.0**-w19
    if rating is not Rating.AGAIN:
        growth = max(growth, 1.0)
    assert MODEL.review(before, rating, DAY).stability == pytest.approx(12.0 * growth, rel=1e-12)


@pytest.mark.parametrize("rating", EACH_RATING)
def test_a_review_dated_before_the_last_counts_as_on_the_same_day(rating: Rating) -> None:
    before = Memory(12.0, 5.0, DAY)
    early = MODEL.review(before, rating, DAY - timedelta(days=30))
    same = MODEL.review(before, rating, DAY)
    assert (early.stability, early.difficulty) == (same.stability, same.difficulty)
    assert early.last_day == DAY - timedelta(days=30)


def test_a_day_later_the_long_term_formula_is_used() -> None:
    before = Memory(12.0, 5.0, DAY)
    later = MODEL.review(before, Rating.GOOD, DAY + timedelta(days=1))
    w = DEFAULT_PARAMETERS
    recall = MODEL.retrievability(before, DAY + timedelta(days=1))
    growth = math.exp(w[8]) * (11 - 5.0) * 12.0 ** -w[9] * (math.exp((1 - recall) * w[10]) - 1)
    assert later.stability == pytest.approx(12.0 * (1 + growth), rel=1e-12)


@given(memories, st.integers(1, 2000))
def test_a_better_rating_on_a_later_day_never_leaves_a_weaker_memory(memory: Memory, days: int) -> None:
    after = [MODEL.review(memory, rating, DAY + timedelta(days=days)) for rating in Rating]
    assert [each.stability for each in after] == sorted(each.stability for each in after)
    assert [each.difficulty for each in after] == sorted((each.difficulty for each in after), reverse=True)


@given(
    weight_sets,
    st.lists(st.tuples(st.integers(0, 4000), st.sampled_from(EACH_RATING)), min_size=1, max_size=12),
)
def test_memory_stays_within_its_limits_under_any_weights(
    weights: tuple[float, ...], reviews: list[tuple[int, Rating]]
) -> None:
    model = MemoryModel(bounded_weights(weights))
    memory, day = None, DAY
    for gap, rating in reviews:
        day += timedelta(days=gap)
        memory = model.review(memory, rating, day)
        assert 0.001 <= memory.stability <= 36_500
        assert 1 <= memory.difficulty <= 10


def test_stability_grows_to_a_hundred_years_and_no_further() -> None:
    memory = Memory(36_000.0, 1.0, DAY)
    assert MODEL.review(memory, Rating.EASY, DAY + timedelta(days=36_000)).stability == 36_500


def test_a_review_leaves_the_global_random_generator_alone() -> None:
    before = random.getstate()
    MODEL.review(Memory(100.0, 5.0, DAY), Rating.GOOD, DAY + timedelta(days=100))
    assert random.getstate() == before


@pytest.mark.parametrize("name", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"])
def test_a_review_means_the_same_in_every_time_zone(name: str, zone: Callable[[str], None]) -> None:
    before = Memory(12.0, 5.0, date(2026, 3, 28))
    here = MemoryModel().review(before, Rating.GOOD, date(2026, 3, 29))
    zone(name)
    assert MemoryModel().review(before, Rating.GOOD, date(2026, 3, 29)) == here


# The forgetting curve


def test_a_point_is_known_on_the_day_it_was_asked_and_before() -> None:
    memory = Memory(5.0, 5.0, DAY)
    assert MODEL.retrievability(memory, DAY) == 1.0
    assert MODEL.retrievability(memory, DAY - timedelta(days=10)) == 1.0


@given(weight_sets, stabilities)
def test_recall_has_fallen_to_nine_tenths_when_its_stability_has_passed(
    weights: tuple[float, ...], stability: float
) -> None:
    model = MemoryModel(bounded_weights(weights))
    memory = Memory(stability, 5.0, DAY)
    assert model.recall_after(memory, stability) == pytest.approx(0.9, abs=1e-12)
    assert model.days_until(memory, 0.9) == pytest.approx(stability, rel=1e-12)


@given(weight_sets, memories, retentions)
def test_days_until_a_retention_is_when_recall_reaches_it(
    weights: tuple[float, ...], memory: Memory, retention: float
) -> None:
    model = MemoryModel(bounded_weights(weights))
    assert model.recall_after(memory, model.days_until(memory, retention)) == pytest.approx(retention, abs=1e-12)


@given(weight_sets, st.floats(0.5, 5000), st.floats(0, 5000))
def test_decline_is_the_slope_of_recall(weights: tuple[float, ...], stability: float, days: float) -> None:
    model = MemoryModel(bounded_weights(weights))
    memory = Memory(stability, 5.0, DAY)
    step = stability * 1e-4
    slope = (model.recall_after(memory, days + step) - model.recall_after(memory, days - step)) / (2 * step)
    assert model.decline_after(memory, days) < 0
    assert model.decline_after(memory, days) == pytest.approx(slope, rel=1e-4)


@given(memories, st.integers(0, 2000))
def test_retrievability_counts_whole_days_since_the_last(memory: Memory, days: int) -> None:
    assert MODEL.retrievability(memory, DAY + timedelta(days=days)) == MODEL.recall_after(memory, days)


@given(
    st.lists(st.tuples(st.sampled_from(Rating), st.integers(-3, 400)), min_size=1, max_size=12),
    st.floats(0.1, 0.8),
)
def test_every_step_is_what_the_scheduler_of_fsrs_makes_of_it(history: list[tuple[Rating, int]], decay: float) -> None:
    model = MemoryModel(bounded_weights([*MODEL.weights[:20], decay]))
    scheduler = fsrs.Scheduler(model.weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    memory, day = None, DAY
    card = fsrs.Card(card_id=0)
    for rating, days in history:
        day = max(day, day + timedelta(days=days))
        memory = model.review(memory, rating, day)
        at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        card, _ = scheduler.review_card(card, list(fsrs.Rating)[list(Rating).index(rating)], at)
        assert card.stability is not None
        assert (memory.stability, memory.difficulty) == (min(card.stability, LONGEST_STABILITY), card.difficulty)

"""Coverage of several points, and the day it has fallen to what the user wants."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trainer.memory.coverage import Weighted, coverage, crossing, interval
from trainer.memory.model import MemoryModel, bounded_weights
from trainer.model import Memory

DAY = date(2026, 11, 21)
MODEL = MemoryModel()


def model_with(decay: float) -> MemoryModel:
    return MemoryModel(bounded_weights([*MODEL.weights[:20], decay]))


def points_with(stabilities: st.SearchStrategy[float], fewest: int = 2) -> st.SearchStrategy[list[Weighted]]:
    memory = st.builds(
        Memory, stabilities, st.just(5.0), st.integers(-1000, 3).map(lambda days: DAY + timedelta(days=days))
    )
    return st.lists(st.tuples(memory, st.floats(0.01, 100)), min_size=fewest, max_size=9)


models = st.floats(0.1, 0.8).map(model_with)
retentions = st.floats(0.70, 0.97)
several = points_with(st.floats(0.2, 36_500))


def coverage_after(model: MemoryModel, points: list[Weighted], days: float) -> float:
    """Return the coverage a number of days after DAY, not only at whole ones."""
    made = sum(
        weight * model.recall_after(memory, max(0, (DAY - memory.last_day).days) + days) for memory, weight in points
    )
    return made / sum(weight for _, weight in points)


# Coverage


def test_coverage_is_the_mean_of_the_points_by_their_weights() -> None:
    strong, weak = Memory(100.0, 5.0, DAY), Memory(1.0, 5.0, DAY)
    day = DAY + timedelta(days=20)
    expected = (3 * MODEL.retrievability(strong, day) + MODEL.retrievability(weak, day)) / 4
    assert coverage(MODEL, [(strong, 3.0), (weak, 1.0)], day) == pytest.approx(expected, rel=1e-12)


def test_a_point_never_asked_counts_nothing_in_the_coverage() -> None:
    memory = Memory(100.0, 5.0, DAY)
    assert coverage(MODEL, [(memory, 1.0), (None, 1.0)], DAY) == 0.5
    assert coverage(MODEL, [(memory, 1.0), (None, 3.0)], DAY) == 0.25
    assert coverage(MODEL, [(None, 1.0)], DAY) == 0.0


@given(models, several, st.integers(0, 1000))
def test_coverage_is_what_the_curves_say(model: MemoryModel, points: list[Weighted], days: int) -> None:
    assume(all(memory.last_day <= DAY for memory, _ in points))
    share = coverage(model, points, DAY + timedelta(days=days))
    assert share == pytest.approx(coverage_after(model, points, days), abs=1e-12)


# The crossing


@given(models, st.floats(0.001, 36_500), st.integers(0, 1000), retentions)
def test_one_point_crosses_where_the_closed_form_of_fsrs_says(
    model: MemoryModel, stability: float, elapsed: int, retention: float
) -> None:
    decay = -model.weights[20]
    factor = 0.9 ** (1 / decay) - 1
    closed = stability / factor * (retention ** (1 / decay) - 1)
    memory = Memory(stability, 5.0, DAY - timedelta(days=elapsed))
    assert crossing(model, [(memory, 2.0)], DAY, retention) == max(0.0, closed - elapsed)


@given(models, several, retentions)
@settings(max_examples=150)
def test_the_coverage_of_several_points_at_their_crossing_is_the_retention(
    model: MemoryModel, points: list[Weighted], retention: float
) -> None:
    days = crossing(model, points, DAY, retention)
    if coverage_after(model, points, 0) <= retention:
        assert days == 0
    else:
        assert coverage_after(model, points, days) == pytest.approx(retention, abs=1e-9)


@given(models, points_with(st.floats(0.001, 36_500)), retentions)
@settings(max_examples=150)
def test_the_crossing_is_right_to_the_ninth_decimal_even_for_memories_of_seconds(
    model: MemoryModel, points: list[Weighted], retention: float
) -> None:
    days = crossing(model, points, DAY, retention)
    assume(days > 1e-9)
    near = 1e-9 + days * 1e-12
    assert coverage_after(model, points, days - near) > retention - 1e-12
    assert coverage_after(model, points, days + near) < retention + 1e-12


@given(models, points_with(st.floats(0.001, 36_500), fewest=1), retentions, retentions)
def test_a_higher_retention_is_never_crossed_later(
    model: MemoryModel, points: list[Weighted], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    later = crossing(model, points, DAY, low)
    assert crossing(model, points, DAY, high) <= later + 1e-9 + later * 1e-12


@given(models, points_with(st.floats(0.2, 36_500), fewest=1), retentions)
def test_a_crossing_lies_between_those_of_its_weakest_and_its_strongest_point(
    model: MemoryModel, points: list[Weighted], retention: float
) -> None:
    alone = [crossing(model, [point], DAY, retention) for point in points]
    days = crossing(model, points, DAY, retention)
    assert min(alone) - 1e-9 <= days <= max(alone) * (1 + 1e-12) + 1e-9


@given(models, several, retentions, st.floats(0.1, 10))
def test_only_the_proportion_of_the_weights_counts(
    model: MemoryModel, points: list[Weighted], retention: float, times: float
) -> None:
    scaled = [(memory, weight * times) for memory, weight in points]
    days = crossing(model, points, DAY, retention)
    assert crossing(model, scaled, DAY, retention) == pytest.approx(days, rel=1e-11, abs=1e-8)


def test_a_coverage_already_below_the_retention_is_crossed_now() -> None:
    old, fresh = Memory(1.0, 5.0, DAY - timedelta(days=100)), Memory(50.0, 5.0, DAY)
    assert coverage(MODEL, [(old, 3.0), (fresh, 1.0)], DAY) < 0.9
    assert crossing(MODEL, [(old, 3.0), (fresh, 1.0)], DAY, 0.9) == 0.0
    assert crossing(MODEL, [(old, 3.0)], DAY, 0.9) == 0.0


def test_a_strong_point_carries_a_weak_one_that_is_already_below() -> None:
    weak, strong = Memory(1.0, 5.0, DAY - timedelta(days=5)), Memory(500.0, 5.0, DAY)
    assert crossing(MODEL, [(weak, 1.0)], DAY, 0.8) == 0.0
    days = crossing(MODEL, [(weak, 1.0), (strong, 9.0)], DAY, 0.8)
    assert 100 < days < MODEL.days_until(strong, 0.8)


def test_a_point_last_asked_after_the_day_counts_as_asked_on_it() -> None:
    ahead = Memory(10.0, 5.0, DAY + timedelta(days=9))
    today = Memory(10.0, 5.0, DAY)
    assert crossing(MODEL, [(ahead, 1.0), (ahead, 2.0)], DAY, 0.9) == crossing(
        MODEL, [(today, 1.0), (today, 2.0)], DAY, 0.9
    )


def test_a_crossing_is_rounded_to_nine_decimals() -> None:
    points = [(Memory(7.3, 5.0, DAY), 1.0), (Memory(41.9, 5.0, DAY - timedelta(days=3)), 2.0)]
    days = crossing(MODEL, points, DAY, 0.9)
    assert days == round(days, 9)
    assert 7 < days < 41.9


def test_a_crossing_hundreds_of_years_away_is_found_where_floats_leave_no_smaller_step() -> None:
    told = [(27_358.0, 3, 2.0), (33_941.0, 0, 4.0), (11_268.0, 2, 1.0), (30_305.0, 0, 9.0)]
    points = [(Memory(stability, 5.0, DAY - timedelta(days=ago)), weight) for stability, ago, weight in told]
    days = crossing(MODEL, points, DAY, 0.74)
    assert 178_000 < days < 179_000
    assert coverage_after(MODEL, points, days) == pytest.approx(0.74, abs=1e-12)


def test_several_equal_points_cross_where_one_does() -> None:
    memory = Memory(23.7, 5.0, DAY)
    assert crossing(MODEL, [(memory, 1.0)] * 5, DAY, 0.85) == pytest.approx(
        crossing(MODEL, [(memory, 1.0)], DAY, 0.85), abs=1e-9
    )


# Whole days


@pytest.mark.parametrize(
    ("days", "whole"),
    [(0.0, 1), (0.2, 1), (0.5, 1), (1.49, 1), (1.5, 2), (2.5, 2), (3.5, 4), (4.5, 4), (4.500000001, 5), (99.9, 100)],
)
def test_an_interval_is_rounded_half_to_even_and_at_least_a_day(days: float, whole: int) -> None:
    assert interval(days, 365) == whole
    assert isinstance(interval(days, 365), int)


@pytest.mark.parametrize(
    ("days", "maximum", "whole"),
    [(364.4, 365, 364), (365.6, 365, 365), (9e5, 365, 365), (9, 1, 1)],
)
def test_an_interval_is_at_most_the_maximum(days: float, maximum: int, whole: int) -> None:
    assert interval(days, maximum) == whole

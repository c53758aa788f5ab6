"""Due days spread a little: within FSRS's range, true to the mean, kind to busy days, the same each time."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import accumulate, pairwise
from math import sqrt

import pytest
from fsrs import Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.memory.fuzz import draw, fuzz_range, fuzzed

Load = Callable[[int], int]

MAXIMUM = 365
PLACES = st.floats(0, 1, exclude_max=True)
INTERVALS = st.integers(1, MAXIMUM)


def empty(day: int) -> int:
    return 0


LOADS: dict[str, Load] = {
    "empty": empty,
    "even": lambda day: 7,
    "weekly": lambda day: 40 if day % 7 == 0 else 2,
    "falling": lambda day: max(0, 60 - day),
    "lumpy": lambda day: (day * day * 31 + day * 17) % 11 * ((day * 7) % 5),
    "every other day full": lambda day: 1000 * (day % 2),
}


class Scale(float):
    """A place that lies beyond every day, and notes where each day ends: the distribution in one call."""

    def __new__(cls) -> "Scale":
        made = super().__new__(cls, 1.0)
        made.ends = []
        return made

    ends: list[float]

    def __lt__(self, end: float) -> bool:
        self.ends.append(end)
        return False


def chances(days: int, load: Load, maximum: int = MAXIMUM) -> dict[int, float]:
    """Return how likely each day is for an interval of `days`."""
    scale = Scale()
    last = fuzzed(days, maximum, scale, load)
    if not scale.ends:
        return {last: 1.0}
    first = fuzz_range(days, maximum)[0]
    assert last - first + 1 == len(scale.ends)
    assert scale.ends[-1] == pytest.approx(1.0, abs=1e-9)
    return {first + n: end - start for n, (start, end) in enumerate(pairwise([0.0, *scale.ends]))}


def mean(days: int, load: Load, maximum: int = MAXIMUM) -> float:
    return sum(day * chance for day, chance in chances(days, load, maximum).items())


# The draw


def test_draws_are_spread_evenly_from_0_to_1() -> None:
    draws = [draw(f"card-{number}", number % 7) for number in range(20_000)]
    assert min(draws) >= 0
    assert max(draws) < 1
    assert abs(sum(draws) / 20_000 - 0.5) < 4 / sqrt(12 * 20_000)
    tenths = [sum(int(each * 10) == tenth for each in draws) for tenth in range(10)]
    assert sum((count - 2000) ** 2 / 2000 for count in tenths) < 27.9  # chi square, 9 degrees, 0.1%


def test_the_reviews_of_one_card_draw_evenly_too() -> None:
    draws = [draw("one-card", reviews) for reviews in range(5000)]
    assert abs(sum(draws) / 5000 - 0.5) < 4 / sqrt(12 * 5000)
    assert len(set(draws)) == 5000


def test_a_draw_depends_on_the_card_and_on_its_number_of_reviews() -> None:
    assert draw("france", 3) == draw("france", 3)
    assert len({draw("france", 33), draw("france", 34), draw("spain", 33), draw("france3", 3)}) == 4


def test_a_draw_and_its_day_are_the_same_in_every_process() -> None:
    code = (
        "from trainer.memory.fuzz import draw, fuzzed\n"
        "print([draw('großer Plan', n).hex() for n in range(5)])\n"
        "print([fuzzed(days, 365, draw('x', days), lambda n: n % 4) for days in range(1, 60)])\n"
    )
    outputs = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
        )
        outputs.add(run.stdout)
    draws = [draw("großer Plan", n).hex() for n in range(5)]
    days = [fuzzed(days, 365, draw("x", days), lambda n: n % 4) for days in range(1, 60)]
    assert outputs == {f"{draws}\n{days}\n"}


# The range


@pytest.mark.parametrize("maximum", [365, 100, 30, 7, 36_500])
def test_the_range_is_that_of_fsrs(maximum: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=True, maximum_interval=maximum)

    def by_fsrs(days: int, generator_gives: float) -> int:
        """Return the interval that FSRS fuzzes `days` to."""
        monkeypatch.setattr("fsrs.scheduler.random", lambda: generator_gives)
        made = scheduler._get_fuzzed_interval(interval=timedelta(days=days))
        return made.days

    for days in range(1, min(maximum, 400) + 1):
        first, last = fuzz_range(days, maximum)
        if first == last:
            assert by_fsrs(days, 0.0) == by_fsrs(days, 0.999999) == days
        else:
            width = last - first + 1
            assert by_fsrs(days, 0.0) == first
            assert by_fsrs(days, (width - 0.75) / width) == last  # its rounding would go half a day further


@given(INTERVALS, PLACES, st.integers(0, 10**6))
def test_a_fuzzed_interval_lies_within_the_range(days: int, place: float, salt: int) -> None:
    first, last = fuzz_range(days, MAXIMUM)
    assert first <= days <= last
    assert first <= fuzzed(days, MAXIMUM, place, lambda day: (day * salt) % 13) <= last


@given(st.integers(1, 500), st.data())
def test_no_fuzzed_interval_passes_the_maximum_or_falls_under_a_day(maximum: int, data: st.DataObject) -> None:
    days = data.draw(st.integers(1, maximum))
    assert 1 <= fuzzed(days, maximum, data.draw(PLACES), empty) <= maximum


@pytest.mark.parametrize("days", [1, 2])
@pytest.mark.parametrize("place", [0.0, 0.3, 0.999])
def test_an_interval_under_two_and_a_half_days_is_not_spread(days: int, place: float) -> None:
    assert fuzzed(days, MAXIMUM, place, lambda day: 100 if day == days else 0) == days


def test_every_day_of_the_range_can_be_drawn() -> None:
    for days in (3, 10, 40, 200):
        first, last = fuzz_range(days, MAXIMUM)
        drawn = {fuzzed(days, MAXIMUM, n / 200, empty) for n in range(200)}
        assert drawn == set(range(first, last + 1))


# The mean


@pytest.mark.parametrize("load", LOADS.values(), ids=LOADS)
def test_the_mean_of_every_interval_stays_within_one_percent(load: Load) -> None:
    means = {days: mean(days, load) for days in range(3, MAXIMUM + 1)}
    assert {days: found for days, found in means.items() if abs(found / days - 1) > 0.01} == {}


@pytest.mark.parametrize("maximum", [3, 4, 7, 30, 1000])
def test_the_mean_stays_within_one_percent_at_another_maximum(maximum: int) -> None:
    for days in range(max(1, maximum - 30), maximum + 1):
        assert mean(days, LOADS["lumpy"], maximum) == pytest.approx(days, rel=0.01)


def test_the_mean_of_thousands_of_draws_is_the_interval() -> None:
    days = [fuzzed(5, MAXIMUM, draw(f"card-{number}", 4), LOADS["weekly"]) for number in range(4000)]
    assert sum(days) / len(days) == pytest.approx(5, rel=0.01)


@given(st.integers(3, MAXIMUM), st.dictionaries(st.integers(1, 400), st.integers(0, 2000), max_size=60))
def test_the_mean_holds_whatever_else_is_due(days: int, load: dict[int, int]) -> None:
    assert mean(days, lambda day: load.get(day, 0)) == pytest.approx(days, rel=0.01)


# Busy days


@pytest.mark.parametrize("days", [8, 30, 120, 300])
def test_a_busy_day_is_avoided(days: int) -> None:
    busy = chances(days, lambda day: 9 if day == days else 0)
    free = chances(days, empty)
    assert busy[days] < free[days] / 10
    assert busy[days] < min(busy[days - 1], busy[days + 1]) / 10


def test_equally_busy_days_are_as_good_as_free_ones() -> None:
    for day, chance in chances(50, empty).items():
        assert chances(50, LOADS["even"])[day] == pytest.approx(chance, abs=1e-9)


@pytest.mark.parametrize("name", sorted(LOADS.keys() - {"every other day full"}))
def test_days_weigh_by_what_is_due_and_by_how_far_they_are(name: str) -> None:
    """What the weights leave is a steady tilt: each day is likelier than the one before by one factor."""
    load = LOADS[name]
    found = [chance * (load(day) + 1) ** 2 * day for day, chance in chances(30, load).items()]
    factors = [later / sooner for sooner, later in pairwise(found)]
    assert len(factors) == 6
    assert factors == pytest.approx([factors[0]] * 6, rel=1e-6)


def test_the_busier_of_two_days_is_drawn_less() -> None:
    found = chances(60, lambda day: {59: 1, 60: 4, 61: 2}.get(day, 0))
    assert found[60] < found[61] < found[59] < found[58]


# One draw for all ratings


@pytest.mark.parametrize("name", sorted(LOADS.keys() - {"lumpy"}))
def test_one_draw_keeps_the_order_of_the_ratings(name: str) -> None:
    """Among regular loads; `outcomes` answers for the others."""

    def ends(days: int) -> list[float]:
        """Return by each day how likely it is to be drawn by then."""
        found = chances(days, LOADS[name])
        return list(accumulate(found.get(day, 0.0) for day in range(MAXIMUM + 1)))

    for shorter, longer in pairwise(map(ends, range(1, MAXIMUM))):
        assert all(soon >= late - 1e-9 for soon, late in zip(shorter, longer, strict=True))


@given(INTERVALS, st.sampled_from(sorted(LOADS)))
@settings(max_examples=40)
def test_a_later_place_never_means_an_earlier_day(days: int, load: str) -> None:
    drawn = [fuzzed(days, MAXIMUM, place / 16, LOADS[load]) for place in range(16)]
    assert drawn == sorted(drawn)


def test_cards_at_the_maximum_interval_part_too() -> None:
    places = [number / 2000 for number in range(2000)]
    days = [fuzzed(365, 365, place, lambda _: 0) for place in places]
    assert max(days) == 365
    assert min(days) < 360
    assert 0.99 <= sum(days) / len(days) / 365 < 1


def test_the_mean_holds_when_all_but_one_day_are_full() -> None:
    places = [number / 500 for number in range(500)]
    for free in fuzz_range(300, 365):
        days = [fuzzed(300, 365, place, lambda day, free=free: 0 if day == free else 10_000) for place in places]
        assert abs(sum(days) / len(days) / 300 - 1) < 0.01

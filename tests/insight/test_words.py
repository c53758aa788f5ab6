"""How numbers are said to a person."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.insight.words import day_name, in_days, minutes, missing_points, on_day, percent, whole_minutes

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (2, "2 days"),
        (30, "30 days"),
        (31, "1 month"),
        (32, "1.1 months"),
        (60, "2 months"),
        (61, "2 months"),
        (76, "2.5 months"),
        (364, "12 months"),
        (365, "1 year"),
        (366, "1 year"),
        (400, "1.1 years"),
        (438, "1.2 years"),
        (730, "2 years"),
        (36500, "99.9 years"),
    ],
)
def test_days_are_said_in_short_words(days: int, said: str) -> None:
    assert in_days(days) == said


@given(st.integers(0, 40_000))
def test_what_is_said_of_days_is_near_the_truth(days: int) -> None:
    number, unit = in_days(days).split(" ")
    length = {"day": 1, "month": 30.4375, "year": 365.25}[unit.removesuffix("s")]
    assert abs(float(number) * length - days) <= (0 if length == 1 else 0.051 * length)
    assert unit.endswith("s") == (number != "1")


def test_what_is_missing_is_counted_in_words() -> None:
    assert missing_points(1) == "You made these. One point is missing: say it."
    assert missing_points(3) == "You made these. 3 points are missing: say them."


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 minutes"), (0.1, "1 minute"), (1, "1 minute"), (60, "1 minute"), (60.5, "2 minutes"), (720, "12 minutes")],
)
def test_any_time_at_all_is_a_minute_at_least(seconds: float, said: str) -> None:
    assert minutes(seconds) == said
    assert whole_minutes(seconds) == int(said.split()[0])


@pytest.mark.parametrize(
    ("share", "said"), [(None, "–"), (0.0, "0%"), (0.005, "0%"), (0.5, "50%"), (0.904, "90%"), (1.0, "100%")]
)
def test_a_share_is_said_in_percent(share: float | None, said: str) -> None:
    assert percent(share) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "today"),
        (date(2026, 11, 22), "tomorrow"),
        (date(2026, 11, 23), "Monday 23 November"),
        (date(2026, 12, 1), "Tuesday 1 December"),
        (date(2026, 11, 20), "Friday 20 November"),
        (date(2027, 1, 1), "Friday 1 January 2027"),
        (date(2025, 11, 21), "Friday 21 November 2025"),
    ],
)
def test_a_day_is_said_as_one_would_today(day: date, said: str) -> None:
    assert day_name(day, TODAY) == said
    assert on_day(day, TODAY) == (said if said in ("today", "tomorrow") else f"on {said}")


def test_tomorrow_is_tomorrow_over_the_end_of_a_year() -> None:
    last = date(2026, 12, 31)
    assert day_name(last + timedelta(days=1), last) == "tomorrow"

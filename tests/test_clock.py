"""The clock, and the local day a moment belongs to."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.clock import Clock, FixedClock, SystemClock, clock_from, local_day
from trainer.errors import UsageError

FOUR = time(4)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize("environment", [{}, {"TRAINER_NOW": ""}])
def test_without_trainer_now_the_machine_tells_the_time(environment: dict[str, str]) -> None:
    clock = clock_from(environment)
    before = datetime.now(UTC)
    now = clock.now()
    assert isinstance(clock, SystemClock)
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows looks the zone up by itself")
def test_a_zone_that_changes_while_the_trainer_runs_is_followed(
    zone: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    zone("Pacific/Kiritimati")
    moment = utc(2026, 11, 21, 12)
    assert local_day(moment, FOUR) == date(2026, 11, 21)
    monkeypatch.setenv("TZ", "Etc/GMT+12")
    SystemClock().now()
    assert local_day(moment, FOUR) == date(2026, 11, 20)


def test_the_stopwatch_of_the_machine_never_runs_backwards() -> None:
    clock: Clock = SystemClock()
    readings = [clock.stopwatch() for _ in range(100)]
    assert readings == sorted(readings)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21T09:30:00+01:00", utc(2026, 11, 21, 8, 30)),
        ("2026-11-21T09:30:00Z", utc(2026, 11, 21, 9, 30)),
        ("2026-11-21 09:30+00:00", utc(2026, 11, 21, 9, 30)),
        ("2026-11-21T09:30:00.118-05:30", utc(2026, 11, 21, 15, 0, 0, 118000)),
        ("20261121T093000Z", utc(2026, 11, 21, 9, 30)),
    ],
)
def test_trainer_now_stands_in_for_the_clock(text: str, moment: datetime) -> None:
    clock = clock_from({"TRAINER_NOW": text})
    assert clock.now() == moment
    assert clock.now().tzinfo is UTC
    assert clock.stopwatch() == 0


@pytest.mark.parametrize(
    "text",
    [
        "now",
        "2026-11-21",
        "2026-11-21T09:30:00",
        "2026-13-01T09:30:00Z",
        "2026-11-21T25:00:00Z",
        "1763717400",
        " ",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:59:59-05:00",
    ],
)
def test_a_time_without_an_offset_or_none_at_all_is_a_wrong_call(text: str) -> None:
    with pytest.raises(UsageError, match="TRAINER_NOW is ") as raised:
        clock_from({"TRAINER_NOW": text})
    assert repr(text) in raised.value.message
    assert "2026-11-21T09:30:00+01:00" in raised.value.hint
    assert raised.value.exit_code == 2


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(datetime(2026, 11, 21, 13, 0, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == clock.now() == utc(2026, 11, 21, 12, 0)
    clock.move(minutes=10, seconds=1.5)
    assert clock.now() == utc(2026, 11, 21, 12, 10, 1, 500000)
    assert clock.stopwatch() == 601.5


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (utc(2026, 11, 21, 4, 0), date(2026, 11, 21)),
        (utc(2026, 11, 21, 3, 59, 59, 999999), date(2026, 11, 20)),
        (utc(2026, 11, 21, 3, 59), date(2026, 11, 20)),
        (utc(2026, 11, 21, 0, 0), date(2026, 11, 20)),
        (utc(2026, 11, 21, 23, 59), date(2026, 11, 21)),
        (utc(2026, 3, 1, 3, 0), date(2026, 2, 28)),
        (utc(2027, 1, 1, 3, 59), date(2026, 12, 31)),
    ],
)
def test_a_day_begins_at_four(moment: datetime, day: date) -> None:
    assert local_day(moment, FOUR) == day


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (time(0), date(2026, 11, 21)),
        (time(3, 30), date(2026, 11, 21)),
        (time(3, 30, 1), date(2026, 11, 20)),
        (time(23, 59), date(2026, 11, 20)),
    ],
)
def test_another_start_of_the_day_moves_the_boundary(start: time, day: date) -> None:
    assert local_day(utc(2026, 11, 21, 3, 30), start) == day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Summer time begins on 2026-03-29: 02:00 becomes 03:00, so 04:00 is at 02:00 UTC.
        (utc(2026, 3, 28, 2, 59), date(2026, 3, 27)),
        (utc(2026, 3, 28, 3, 0), date(2026, 3, 28)),
        (utc(2026, 3, 29, 0, 59), date(2026, 3, 28)),
        (utc(2026, 3, 29, 1, 0), date(2026, 3, 28)),
        (utc(2026, 3, 29, 1, 59), date(2026, 3, 28)),
        (utc(2026, 3, 29, 2, 0), date(2026, 3, 29)),
        # It ends on 2026-10-25: 03:00 becomes 02:00, so 04:00 is at 03:00 UTC.
        (utc(2026, 10, 24, 1, 59), date(2026, 10, 23)),
        (utc(2026, 10, 24, 2, 0), date(2026, 10, 24)),
        (utc(2026, 10, 25, 0, 30), date(2026, 10, 24)),
        (utc(2026, 10, 25, 1, 30), date(2026, 10, 24)),
        (utc(2026, 10, 25, 2, 59), date(2026, 10, 24)),
        (utc(2026, 10, 25, 3, 0), date(2026, 10, 25)),
    ],
)
def test_the_wall_clock_decides_when_summer_time_begins_and_ends(
    zone: Callable[[str], None], moment: datetime, day: date
) -> None:
    zone("Europe/Berlin")
    assert local_day(moment, FOUR) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [("Pacific/Kiritimati", date(2026, 11, 22)), ("America/New_York", date(2026, 11, 21)), ("UTC", date(2026, 11, 21))],
)
def test_one_moment_is_different_days_around_the_world(zone: Callable[[str], None], name: str, day: date) -> None:
    zone(name)
    assert local_day(utc(2026, 11, 21, 14, 30), FOUR) == day


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hours=st.integers(0, 24 * 366),
    later=st.timedeltas(timedelta(0), timedelta(days=2)),
    start=st.sampled_from([time(0), FOUR, time(12, 30)]),
)
def test_days_never_run_backwards(zone: Callable[[str], None], hours: int, later: timedelta, start: time) -> None:
    zone("Europe/Berlin")
    moment = utc(2026, 1, 1) + timedelta(hours=hours)
    assert local_day(moment, start) <= local_day(moment + later, start)


def test_a_day_begins_once_where_its_start_is_in_the_hour_that_comes_twice(zone: Callable[[str], None]) -> None:
    zone("Europe/Berlin")
    first, second = utc(2026, 10, 25, 0, 45), utc(2026, 10, 25, 1, 10)  # 02:45 summer time, then 02:10 again
    assert local_day(first, time(2, 30)) <= local_day(second, time(2, 30))

"""Which backups stay: the newest of the last days, weeks and months that have one."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.progress.backups import prune

TODAY = date(2026, 11, 21)
DAYS = st.sets(st.dates(date(2024, 12, 20), date(2026, 11, 21)), max_size=300)


@given(st.sets(st.dates()), st.dates())
def test_the_newest_stays_and_few_others(days: set[date], today: date) -> None:
    going = prune(days, today)
    past = {day for day in days if day <= today}
    assert going <= past
    assert len(past - going) <= 7 + 4 + 12
    if past:
        assert max(past) not in going
    assert set(sorted(past)[-7:]).isdisjoint(going)
    assert prune(days - going, today) == set()


@given(DAYS)
def test_the_newest_of_each_of_the_last_weeks_and_months_stays(days: set[date]) -> None:
    staying = days - prune(days, TODAY)
    weeks = sorted({day - timedelta(day.weekday()) for day in days})[-4:]
    months = sorted({day.replace(day=1) for day in days})[-12:]
    newest_of_weeks = {max(day for day in days if 0 <= (day - week).days < 7) for week in weeks}
    newest_of_months = {max(day for day in days if day.replace(day=1) == month) for month in months}
    assert staying == set(sorted(days)[-7:]) | newest_of_weeks | newest_of_months


@given(DAYS)
def test_thinned_out_day_by_day_the_same_stay_as_at_once(days: set[date]) -> None:
    there: set[date] = set()
    for day in sorted(days):
        there.add(day)
        there -= prune(there, day)
    assert there == days - prune(days, max(days, default=TODAY))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(365, 800))
def test_after_a_year_of_days_the_kept_ones_are_spread(today: date, length: int) -> None:
    there: set[date] = set()
    for number in range(length):
        day = today - timedelta(length - 1 - number)
        there.add(day)
        there -= prune(there, day)
    kept = sorted(there, reverse=True)
    assert kept[:7] == [today - timedelta(number) for number in range(7)]
    sundays = [today - timedelta(today.weekday() + 1 + 7 * number) for number in range(3)]
    ends = []
    first = today.replace(day=1)
    for _ in range(11):
        first = (first - timedelta(1)).replace(day=1)
        ends.append(first.replace(day=monthrange(first.year, first.month)[1]))
    assert there == {*kept[:7], *sundays, *ends}


def test_days_to_come_neither_count_nor_go() -> None:
    days = [TODAY - timedelta(number) for number in range(40)]
    ahead = [date(2036, 11, number) for number in range(1, 29)]
    assert prune(days + ahead, TODAY) == prune(days, TODAY) != set()


def test_a_clock_far_ahead_for_a_day_costs_one_backup() -> None:
    days = {TODAY - timedelta(number) for number in range(400)}
    days -= prune(days, TODAY)
    assert len(prune({*days, date(2036, 1, 1)}, date(2036, 1, 1))) <= 3


def test_after_a_year_away_all_is_still_there() -> None:
    days = {TODAY - timedelta(number) for number in range(400)}
    days -= prune(days, TODAY)
    assert len(prune({*days, TODAY + timedelta(365)}, TODAY + timedelta(365))) <= 3

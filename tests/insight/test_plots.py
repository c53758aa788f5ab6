"""Plots as text: what is drawn is what was given, in the width there is."""

from datetime import date, timedelta

import pytest

from trainer.insight.plots.shapes import LEVELS, Bar, Bars, Calendar, Columns, Grid, level
from trainer.insight.plots.text import HEIGHT, draw

DAYS = tuple(str(date(2026, 11, 1) + timedelta(days=day)) for day in range(30))


def test_columns_rise_to_the_top_and_any_value_shows() -> None:
    caption, *rows, axis = draw(Columns(DAYS[:3], (0.0, 1000.0, 1.0), "reviews", "day"), 40)
    assert caption == "reviews"
    assert [row.count("█") for row in rows] == [3] * HEIGHT
    assert (rows[0][:5], rows[-1][:5]) == ("1,000", "    0")
    assert rows[-1].count("▁") == 3
    assert axis.strip() == "2026-11-01"


def test_columns_may_begin_above_nothing() -> None:
    lines = draw(Columns(DAYS[:2], (100.0, 110.0), "points known", "day", 90.0), 40)
    assert lines[1].startswith("110 ")
    assert lines[HEIGHT].startswith(" 90 ")
    assert lines[1].count("█") * 2 == lines[HEIGHT].count("█")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_ends_of_the_axis_are_named(width: int) -> None:
    axis = draw(Columns(DAYS, tuple(map(float, range(30))), "reviews", "day"), width)[-1]
    assert axis.split()[0] == DAYS[0]
    assert axis.split()[-1] == DAYS[-1]
    assert len(axis) <= width


def test_columns_of_nothing_are_empty() -> None:
    assert "█" not in "".join(draw(Columns(DAYS, (0.0,) * 30, "reviews", "day"), 80))


def test_bars_are_as_long_as_their_share_and_marked() -> None:
    rows = (Bar("a", 1.0, "all"), Bar("b", 0.5, "half", 0.75), Bar("c", 0.0, "none"), Bar("d", 0.0001, "a little"))
    _, full, half, none, little, legend = draw(Bars(rows, 1.0, "what", "share", "foretold"), 53)
    assert full.count("█") == 2 * half.count("█")
    assert half.index("│") == 2 + round(0.75 * full.count("█"))
    assert none == "c" + " " * (full.count("█") + 2) + "none"
    assert "▏" in little
    assert legend.strip() == "│ foretold"


def test_a_calendar_shades_days_and_marks_imports() -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 21)
    own = {date(2026, 11, 2): 10.0, date(2026, 11, 3): 40.0, date(2026, 11, 4): 1.0}
    _, months, *rows, legend = draw(Calendar(first, last, own, {date(2026, 11, 5): 9.0}), 80)
    assert months.split() == ["Oct", "Nov"]
    assert [row.split()[0] for row in rows] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [row[8] for row in rows] == ["▒", "█", "░", "=", "·", "·", "·"]
    assert rows[6][4] == "·"  # Sunday 1 November, alone in its week
    assert [row[4:5].strip() for row in rows[:6]] == [""] * 6
    assert legend.endswith("█ to 40 minutes  = imported")


def test_a_calendar_of_years_has_a_row_a_year() -> None:
    own = {date(2024, 6, 1): 5.0, date(2026, 1, 1): 20.0}
    _, months, *rows, legend = draw(Calendar(date(2024, 5, 1), date(2026, 11, 21), own, {}), 80)
    assert months.split() == ["Jan", "Apr", "Jul", "Oct"]
    assert [row[:4] for row in rows] == ["2024", "2025", "2026"]
    assert [len(row) for row in rows] == [58] * 3
    assert (rows[0].count("▒"), rows[1].count("·"), rows[2][5]) == (1, 53, "█")
    assert legend.endswith("minutes a week")


def test_a_grid_shades_hours() -> None:
    values = tuple(tuple(float(hour == day) for hour in range(24)) for day in range(7))
    _, heads, *rows, _ = draw(Grid(tuple("MTWTFSS"), tuple(f"{hour}h" for hour in range(24)), values), 80)
    assert heads.split() == [f"{hour}h" for hour in range(0, 24, 3)]
    assert [row[2:].index("█") // 2 for row in rows] == list(range(7))


def test_levels_are_one_for_little_and_the_last_for_the_top() -> None:
    assert [level(value, 100.0) for value in (0, 0.1, 25, 50, 99, 100)] == [0, 1, 2, 3, 4, LEVELS]

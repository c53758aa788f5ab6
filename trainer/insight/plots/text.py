"""Plots as lines of text, to be read without colour."""

from datetime import timedelta

from trainer.insight.plots.shapes import LEVELS, WEEKDAYS, Bars, Calendar, Columns, Grid, Plot, level
from trainer.text import shorten

UPRIGHT = " ▁▂▃▄▅▆▇█"
LYING = " ▏▎▍▌▋▊▉█"
SHADES = "·░▒▓█"
IMPORTED = "="
"""A day on which all there is was imported."""
MARK = "│"
NOTHING = (0.0, 0.0)
"""No minutes, own and imported."""
HEIGHT = 6
"""Rows of a plot of columns."""
_LONGEST_LABEL = 36
_WIDEST = 4
"""Cells of a column, and of a day."""


def draw(plot: Plot, width: int) -> list[str]:
    """Return what a plot shows and its lines, each of at most `width` cells."""
    match plot:
        case Columns():
            drawn = _columns(plot, width)
        case Bars():
            drawn = _bars(plot, width)
        case Calendar() if plot.weeks <= 53:
            drawn = _calendar(plot, width)
        case Calendar():
            drawn = _years(plot)
        case Grid():
            drawn = _grid(plot)
    return [plot.caption, *drawn]


def _columns(plot: Columns, width: int) -> list[str]:
    top, base = max(plot.values), plot.base
    ends = (f"{top:,.0f}", f"{base:,.0f}")
    scale = max(map(len, ends))
    wide = max(1, min(_WIDEST, (width - scale - 2) // len(plot.values)))
    bar = max(1, wide - 1)  # a gap where there is room for one
    lines = []
    for row in range(HEIGHT, 0, -1):
        cells = [UPRIGHT[_eighths(value - base, top - base, row)] * bar for value in plot.values]
        label = ends[0] if row == HEIGHT else ends[1] if row == 1 else ""
        lines.append(f"{label:>{scale}} " + "".join(cell.ljust(wide) for cell in cells).rstrip())
    return [*lines, " " * (scale + 1) + _axis(plot.labels, wide * len(plot.labels))]


def _eighths(value: float, top: float, row: int) -> int:
    """Return how much of a cell in `row` (1 at the bottom) a column fills, 0-8; any value at all shows."""
    filled = round(value / top * HEIGHT * 8) if top else 0
    if value > 0:
        filled = max(filled, 1)
    return min(8, max(0, filled - (row - 1) * 8))


def _axis(labels: tuple[str, ...], width: int) -> str:
    """Return the first label, the middle one and the last, where there is room."""
    if len(labels) == 1 or width < 2 * len(labels[0]) + 2:
        return labels[0]
    left, right, middle = labels[0], labels[-1], labels[(len(labels) - 1) // 2]
    if width < 3 * len(middle) + 4:
        return left + right.rjust(width - len(left))
    line = left + middle.center(width - len(left) - len(right)) + right
    return line.rstrip()


def _bars(plot: Bars, width: int) -> list[str]:
    longest = min(_LONGEST_LABEL, max(len(row.label) for row in plot.rows))
    words = max(len(row.words) for row in plot.rows)
    room = max(8, width - longest - words - 4)
    lines = []
    for row in plot.rows:
        filled = round(row.value / plot.whole * room * 8) if plot.whole else 0
        if row.value > 0:
            filled = max(filled, 1)
        bar = LYING[8] * (filled // 8) + (LYING[filled % 8] if filled % 8 else "")
        cells = bar.ljust(room)
        if row.mark is not None:
            at = min(room - 1, round(row.mark / plot.whole * room))
            cells = cells[:at] + MARK + cells[at + 1 :]
        lines.append(f"{shorten(row.label, longest):>{longest}} {cells} {row.words}".rstrip())
    if plot.mark:
        lines.append(f"{'':>{longest}} {MARK} {plot.mark}")
    return lines


def _calendar(plot: Calendar, width: int) -> list[str]:
    top = max(plot.own.values(), default=0.0)
    wide = max(1, min(_WIDEST, (width - 4) // plot.weeks))
    monday, months = plot.monday, ""
    for week in range(plot.weeks):
        day = monday + timedelta(days=7 * week)
        starts = week == 0 or (day - timedelta(days=7)).month != day.month
        if starts and len(months) <= week * wide:
            months = months.ljust(week * wide) + f"{day:%b} "
    lines = [f"    {months.rstrip()}"[:width]]
    for weekday, name in enumerate(WEEKDAYS):
        cells = ""
        for week in range(plot.weeks):
            day = monday + timedelta(days=7 * week + weekday)
            cell = _shade(plot.own.get(day, 0.0), plot.imported.get(day, 0.0), top)
            cells += (cell if plot.first <= day <= plot.last else " ").ljust(wide)
        lines.append(f"{name} {cells}".rstrip())
    return [*lines, _legend(top, bool(plot.imported))]


def _years(plot: Calendar) -> list[str]:
    """Return a row a year, a cell a week."""
    sums: dict[tuple[int, int], tuple[float, float]] = {}
    for place, days in enumerate((plot.own, plot.imported)):
        for day, minutes in days.items():
            week = (day - day.replace(month=1, day=1)).days // 7
            own, imported = sums.get((day.year, week), NOTHING)
            sums[day.year, week] = (own + minutes, imported) if place == 0 else (own, imported + minutes)
    top = max((own for own, _ in sums.values()), default=0.0)
    lines = ["     " + "".join(name.ljust(13) for name in ("Jan", "Apr", "Jul", "Oct")).rstrip()]
    for year in range(plot.first.year, plot.last.year + 1):
        cells = (_shade(*sums.get((year, week), NOTHING), top) for week in range(53))
        lines.append(f"{year} {''.join(cells)}")
    return [*lines, _legend(top, bool(plot.imported), "a week")]


def _shade(own: float, imported: float, top: float) -> str:
    if not own and imported:
        return IMPORTED
    return SHADES[level(own, top)]


def _legend(top: float, imported: bool, each: str = "") -> str:
    steps = [f"{SHADES[at]} to {top * at / LEVELS:.0f}" for at in range(1, LEVELS + 1)] if top >= LEVELS else []
    words = [f"{SHADES[0]} none", *(steps or [f"{SHADES[-1]} some"])]
    words[-1] += f" minutes {each}".rstrip()
    return "    " + "  ".join(words + ([f"{IMPORTED} imported"] if imported else []))


def _grid(plot: Grid) -> list[str]:
    top = max((value for row in plot.values for value in row), default=0.0)
    longest = max(map(len, plot.rows))
    heads = "".join(name.ljust(6) for name in plot.columns[::3])
    lines = [f"{'':>{longest}} {heads}".rstrip()]
    for name, values in zip(plot.rows, plot.values, strict=True):
        cells = "".join(SHADES[level(value, top)] * 2 for value in values)
        lines.append(f"{name:>{longest}} {cells}")
    return [*lines, _legend(top, False)]

"""Plots as SVG, to be put into a page: colours are classes of the page, and every value can be pointed at."""

from datetime import timedelta
from html import escape

from trainer.insight.plots.shapes import WEEKDAYS, Bars, Calendar, Columns, Grid, Plot, level
from trainer.text import shorten

WIDTH = 760
"""Units of a plot; it shrinks with the page."""
_ROW = 22
_CELL, _GAP = 12, 2
_HEIGHT = 160
_SCALE = 60
"""Units left of a plot for its scale, and for the names of rows of a grid."""
_LABELS, _WORDS = 280, 150
"""Units for the labels of bars, and for what stands behind them."""


def draw(plot: Plot, title: str, description: str) -> str:
    """Return a plot as one `<svg>` element."""
    match plot:
        case Columns():
            height, parts = _columns(plot)
        case Bars():
            height, parts = _bars(plot)
        case Calendar():
            height, parts = _calendar(plot)
        case Grid():
            height, parts = _grid(plot)
    names = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img">{names}{"".join(parts)}</svg>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _box(place: tuple[float, float, float, float], kind: str, said: str) -> str:
    x, y, width, height = place
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="{kind}">'
        f"<title>{escape(said)}</title></rect>"
    )


def _columns(plot: Columns) -> tuple[int, list[str]]:
    top, base = max(plot.values), plot.base
    span = (top - base) or 1.0
    step = (WIDTH - _SCALE) / len(plot.values)
    parts = [
        _text(_SCALE - 8, 14, f"{top:,.0f}", "end"),
        _text(_SCALE - 8, _HEIGHT, f"{base:,.0f}", "end"),
        f'<line x1="{_SCALE}" y1="{_HEIGHT}" x2="{WIDTH}" y2="{_HEIGHT}" class="axis"/>',
    ]
    for at, (label, value) in enumerate(zip(plot.labels, plot.values, strict=True)):
        height = (value - base) / span * (_HEIGHT - 8)
        place = (_SCALE + at * step + 1, _HEIGHT - height, max(step - 2, 1.0), height)
        parts.append(_box(place, "fill", f"{label}: {value:,.0f} {plot.unit}"))
    last = len(plot.labels) - 1
    for at, anchor in {0: "start", last // 2: "middle", last: "end"}.items():
        x = _SCALE + (at + {"start": 0, "middle": 0.5, "end": 1}[anchor]) * step
        parts.append(_text(x, _HEIGHT + 18, plot.labels[at], anchor))
    return _HEIGHT + 26, parts


def _bars(plot: Bars) -> tuple[int, list[str]]:
    room, parts = WIDTH - _LABELS - _WORDS, []
    whole = plot.whole or 1.0
    for at, row in enumerate(plot.rows):
        y = at * _ROW
        label = shorten(row.label, 38)
        parts.append(_text(_LABELS - 8, y + 15, label, "end"))
        length = max(row.value / whole * room, 1.0 if row.value else 0.0)
        parts.append(_box((_LABELS, y + 3, length, _ROW - 6), "fill", f"{row.label}: {row.words}"))
        if row.mark is not None:
            x = _LABELS + row.mark / whole * room
            parts.append(f'<line x1="{x:.1f}" y1="{y}" x2="{x:.1f}" y2="{y + _ROW}" class="mark"/>')
        parts.append(_text(_LABELS + room + 8, y + 15, row.words))
    height = len(plot.rows) * _ROW
    if plot.mark:
        parts.append(f'<line x1="{_LABELS}" y1="{height + 4}" x2="{_LABELS}" y2="{height + 20}" class="mark"/>')
        parts.append(_text(_LABELS + 8, height + 17, plot.mark))
        height += 26
    return height, parts


def _calendar(plot: Calendar) -> tuple[int, list[str]]:
    """Return a block of weeks for each year, or one for all days where they are not many."""
    top = max(plot.own.values(), default=0.0)
    whole = plot.weeks <= 53
    blocks = [(plot.first, plot.last)] if whole else []
    if not whole:
        for year in range(plot.first.year, plot.last.year + 1):
            first, last = plot.first.replace(year=year, month=1, day=1), plot.last.replace(year=year, month=12, day=31)
            blocks.append((max(first, plot.first), min(last, plot.last)))
    parts, y = [], 16
    for first, last in blocks:
        monday = first - timedelta(days=first.weekday())
        if not whole:
            monday = first.replace(month=1, day=1)
            monday -= timedelta(days=monday.weekday())
        parts.append(_text(_SCALE - 8, y - 4, str(first.year), "end"))
        for row in (0, 2, 4):
            parts.append(_text(_SCALE - 8, y + row * (_CELL + 1) + _CELL - 2, WEEKDAYS[row], "end"))
        for away in range((last - first).days + 1):
            day = first + timedelta(days=away)
            week, weekday = divmod((day - monday).days, 7)
            x, own, imported = _SCALE + week * (_CELL + 1), plot.own.get(day, 0.0), plot.imported.get(day, 0.0)
            kind = "imported" if imported and not own else f"shade{level(own, top)}"
            said = f"{day}: {own:.0f} minutes" + (f", {imported:.0f} imported" if imported else "")
            parts.append(_box((x, y + weekday * (_CELL + 1), _CELL, _CELL), kind, said))
            is_alone = (day.year, day.month) == (last.year, last.month)
            if day.day == 1 or (away == 0 and (day.day <= 15 or is_alone)):  # else the next month's name is too near
                parts.append(_text(x, y - 4, f"{day:%b}"))
        y += 7 * (_CELL + 1) + 24
    return y, parts


def _grid(plot: Grid) -> tuple[int, list[str]]:
    top = max((value for values in plot.values for value in values), default=0.0)
    step = (WIDTH - _SCALE) / len(plot.columns)
    parts = [_text(_SCALE + at * step, 12, name) for at, name in enumerate(plot.columns) if at % 3 == 0]
    for row, (name, values) in enumerate(zip(plot.rows, plot.values, strict=True)):
        y = 20 + row * _ROW
        parts.append(_text(_SCALE - 8, y + 15, name, "end"))
        for at, value in enumerate(values):
            said = f"{name} {plot.columns[at]}: {value:.0f} minutes"
            place = (_SCALE + at * step, y, step - _GAP, _ROW - _GAP)
            parts.append(_box(place, f"shade{level(value, top)}", said))
    return 20 + len(plot.rows) * _ROW, parts

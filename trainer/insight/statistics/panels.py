"""The panels: each a question, the sentence that answers it, and plots where there is enough to draw."""

from dataclasses import dataclass
from datetime import timedelta

from trainer.collection.collection import Collection
from trainer.insight.fitting import growth
from trainer.insight.plots.shapes import WEEKDAYS, Bar, Bars, Calendar, Columns, Grid, Plot
from trainer.insight.statistics import sentences
from trainer.insight.statistics.calibration import EDGES
from trainer.insight.statistics.spread import DIFFICULTY_EDGES, STABILITY_EDGES
from trainer.insight.statistics.statistics import Statistics
from trainer.insight.words import percent
from trainer.progress.past import RATINGS
from trainer.text import counted

MOST_COLUMNS = 31
"""Columns of a forecast; where days are more, each takes several."""


@dataclass(frozen=True)
class Panel:
    """One thing to know."""

    key: str
    title: str
    sentence: str
    plots: tuple[Plot, ...] = ()
    """None where there is too little to draw."""


def panels(found: Statistics, collection: Collection, fit: str) -> list[Panel]:
    """Return the panels, the four main questions first; `fit` is what fits the memory model, to begin a sentence."""
    fit = fit if growth(collection).is_enough else ""
    return [
        Panel("known", "Is it working?", sentences.known(found), _known(found)),
        Panel("missed", "What is weak?", sentences.missed(found, collection), _missed(found, collection)),
        Panel("forecast", "What comes next?", sentences.forecast(found), _forecast(found)),
        Panel("calibration", "Is the promise kept?", sentences.calibration(found, fit), _calibration(found)),
        Panel("days", "When did you practise?", sentences.minutes(found), _days(found)),
        Panel("hours", "At what time?", sentences.hours(found), _hours(found, collection.settings.day_start.hour)),
        Panel("ratings", "How did it go?", sentences.ratings(found), _ratings(found)),
        Panel("spread", "How firm is it?", sentences.spread(found), _spread(found)),
    ]


def _known(found: Statistics) -> tuple[Plot, ...]:
    if not sentences.has_history(found):
        return ()
    values = found.known.known
    low, high = min(values), max(values)
    base = max(0.0, low - (high - low)) if low > high / 2 else 0.0
    base = base if round(base) < round(high) else 0.0  # both ends of the scale are shown as whole numbers
    return (Columns(tuple(map(str, found.known.days)), values, "points known", "day", base),)


def _missed(found: Statistics, collection: Collection) -> tuple[Plot, ...]:
    points = found.missed.points
    if not points:
        return ()
    rows = []
    for point, (question, text) in zip(points, found.missed.texts(collection), strict=True):
        imported = f" ({point.imported} imported)" if point.imported else ""
        words = f"{point.missed} of {point.asked}{imported}"
        rows.append(Bar(text if text != sentences.ANSWER else question, point.missed, words))
    return (Bars(tuple(rows), max(row.value for row in rows), "key point", "times missed"),)


def _forecast(found: Statistics) -> tuple[Plot, ...]:
    ahead = found.forecast
    if not any(ahead.reviews):
        return ()
    step = -(-len(ahead.reviews) // MOST_COLUMNS)
    starts = range(0, len(ahead.reviews), step)
    labels = tuple(str(ahead.first + timedelta(days=start)) for start in starts)
    words = "day" if step == 1 else f"{step} days from"
    return (
        Columns(labels, tuple(float(sum(ahead.reviews[at : at + step])) for at in starts), "reviews", words),
        Columns(labels, tuple(sum(ahead.seconds[at : at + step]) / 60 for at in starts), "minutes", words),
    )


def _calibration(found: Statistics) -> tuple[Plot, ...]:
    held = found.calibration
    if held.came_up.count < sentences.ENOUGH_TESTS:
        return ()
    rows = []
    for place, edge in enumerate(EDGES):
        group = held.bins.get(place)
        if group and group.mean_made is not None:
            end = EDGES[place + 1] if place + 1 < len(EDGES) else 1.0
            label = f"{edge * 100:.0f}–{end * 100:.0f}% foretold"
            words = f"{percent(group.mean_made)} of {counted(group.count, 'review')}"
            rows.append(Bar(label, group.mean_made, words, group.mean_foretold))
    return (Bars(tuple(rows), 1.0, "foretold", "made", "foretold"),)


def _days(found: Statistics) -> tuple[Plot, ...]:
    days = found.minutes.days
    if not days:
        return ()
    own = {day: each.own / 60 for day, each in days.items() if each.reviews}
    imported = {day: each.imported / 60 for day, each in days.items() if each.imported_reviews}
    return (Calendar(found.first, found.today, own, imported),)


def _hours(found: Statistics, day_start: int) -> tuple[Plot, ...]:
    if found.minutes.timed < sentences.ENOUGH_TIMES:
        return ()
    order = [(day_start + hour) % 24 for hour in range(24)]
    values = tuple(tuple(hours[hour] / 60 for hour in order) for hours in found.minutes.hours)
    return (Grid(WEEKDAYS, tuple(f"{hour}h" for hour in order), values),)


def _ratings(found: Statistics) -> tuple[Plot, ...]:
    counts = found.ratings
    if counts.count + sum(counts.imported) < sentences.ENOUGH_RATINGS:
        return ()

    def bars(numbers: tuple[int, ...], unit: str) -> Bars:
        whole = sum(numbers)
        rows = (
            Bar(str(name), each, f"{each:,} ({percent(each / whole)})")
            for name, each in zip(RATINGS, numbers, strict=True)
        )
        return Bars(tuple(rows), max(numbers), "rating", unit)

    both = ((counts.own, "your answers"), (counts.imported, "imported"))
    return tuple(bars(numbers, unit) for numbers, unit in both if any(numbers))


def _spread(found: Statistics) -> tuple[Plot, ...]:
    firm = found.spread
    if firm.points < sentences.ENOUGH_POINTS:
        return ()
    names = ("under a week", "to a month", "to 3 months", "to 6 months", "to a year", "over a year")
    assert len(names) == len(STABILITY_EDGES)
    difficulties = [f"difficulty {edge}" for edge in DIFFICULTY_EDGES]

    def bars(labels: "tuple[str, ...] | list[str]", numbers: tuple[int, ...], heading: str) -> Bars:
        rows = (Bar(label, each, f"{each:,}") for label, each in zip(labels, numbers, strict=True))
        return Bars(tuple(rows), max(numbers), heading, "points")

    return (bars(names, firm.stability, "holds"), bars(difficulties, firm.difficulty, "difficulty"))

"""One card as a person looks at it: how well each point is known, how that will fall, what happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trainer.collection.collection import Collection
from trainer.insight.history import act_words
from trainer.insight.words import day_name, in_days, on_day, percent
from trainer.memory.coverage import coverage
from trainer.model import Card, KeyPoint
from trainer.progress.events import ReviewEvent, WordingEvent, moment_of
from trainer.text import counted

AHEAD = 30
"""Days for which the curve of a card that is due already goes on."""


@dataclass(frozen=True)
class PointView:
    """How well one point is known."""

    point: KeyPoint
    recall: float | None
    """The chance (0-1) of recall today; None where it was never asked."""
    words: str
    """What else there is to say: "holds 12 days, asked 9 days ago, missed twice"."""


@dataclass(frozen=True)
class Curve:
    """How the coverage of a card will fall."""

    days: tuple[date, ...]
    shares: tuple[float, ...]
    """The coverage (0-1) expected on each of the days, some of which may come more than once."""
    words: str
    """It in one sentence."""


def points_of(collection: Collection, card: Card) -> list[PointView]:
    """Return the points of a card, each with what is known of it today."""
    state, model, today = collection.state(card.id), collection.model, collection.today
    views = []
    for point in card.points:
        memory = state.memory.get(point.id)
        if memory is None:
            views.append(PointView(point, None, "never asked"))
            continue
        misses = state.misses.get(point.id, 0)
        parts = [f"holds {in_days(max(1, round(memory.stability)))}", _ago(today, memory.last_day)]
        parts += [f"missed {counted(misses, 'time')}"] if misses else []
        views.append(PointView(point, model.retrievability(memory, today), ", ".join(parts)))
    return views


def curve_of(collection: Collection, card: Card, steps: int) -> Curve | None:
    """Return how the coverage falls from today to the due day, in so many steps; None for a new card."""
    state, today, due = collection.state(card.id), collection.today, collection.due(card.id)
    if due is None:
        return None
    last = due if due > today else today + timedelta(days=AHEAD)
    length = (last - today).days
    days = tuple(today + timedelta(days=round(step * length / (steps - 1))) for step in range(steps))
    points = [(state.memory.get(point.id), point.weight) for point in card.points]
    shares = tuple(coverage(collection.model, points, day) for day in days)
    now, then = percent(shares[0]), percent(shares[-1])
    if due > today:
        words = f"{now} of the answer expected today, {then} {on_day(due, today)}, when it is due."
    else:
        words = f"{now} of the answer expected today; without a review {then} in {AHEAD} days."
    return Curve(days, shares, words)


def next_words(collection: Collection, card: Card) -> str:
    """Return when the card comes next, or why it does not, in a sentence."""
    state, today, due = collection.state(card.id), collection.today, collection.due(card.id)
    if state.suspended:
        return "Suspended: it does not come."
    if state.buried_until is not None and state.buried_until > today:
        return f"Put aside until {day_name(state.buried_until, today)}."
    if due is None:
        return "New: never asked."
    if due < today:
        return f"Due since {in_days((today - due).days)}."
    return f"Due {on_day(due, today)}."


def happenings(collection: Collection, card: Card, most: int) -> Iterator[str]:
    """Yield what happened to a card and counts, the newest first, a line each; at most so many, and how many more."""
    events = [
        event
        for event in reversed(collection.events_of(card.id))
        if not isinstance(event, WordingEvent) and collection.counts(event)
    ]
    for event in events[:most]:
        day = event.day if isinstance(event, ReviewEvent) and event.day else moment_of(event.key).date()
        yield f"{day}  {act_words(event)}"
    if len(events) > most:
        yield f"and {len(events) - most:,} more: `trainer log {card.id}`"


def _ago(today: date, day: date) -> str:
    return "asked today" if day >= today else f"asked {in_days((today - day).days)} ago"

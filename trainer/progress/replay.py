"""What the counting events of one card add up to: its memory, and where it stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum

from trainer.memory.model import MemoryModel
from trainer.model import ANSWER_POINT, Memory, Rating
from trainer.progress.events import BuryEvent, CardEvent, MoveEvent, ResetEvent, ReviewEvent, SuspendEvent, WordingEvent
from trainer.progress.past import UNKNOWN, Recorder

LONGEST_SECONDS = 300.0
"""More than this was spent elsewhere."""
Wording = tuple[str, tuple[tuple[str, str], ...]]
"""A question, and the texts of its points by id."""
PointsToday = Callable[[str], Iterable[str]]
"""Returns the ids that stand today for a point id of the log."""


class Attempt(IntEnum):
    """What kind of review it was, as far as time goes."""

    FIRST = 0
    LATER = 1
    RETURN = 2
    """Points asked with the others given."""


@dataclass(frozen=True, slots=True)
class CardState:
    """Where one card stands after its events."""

    memory: dict[str, Memory] = field(default_factory=dict)
    """By point id; a point never asked is absent."""
    reviews: int = 0
    lapses: int = 0
    """Reviews with a missed point, but for the first and returns."""
    due: date | None = None
    """The day promised by the newest review or move; None where that made no promise."""
    last_day: date | None = None
    """The day of the newest review."""
    last_moment: datetime | None = None
    """When the newest review was written."""
    missed: tuple[str, ...] = ()
    """The points whose newest judgement, on the last day, was missed."""
    returns: int = 0
    """How many returns of points missed there were on the last day."""
    introduced: date | None = None
    """The last day on which a point was asked for the first time."""
    suspended: bool = False
    buried_until: date | None = None
    wording: Wording | None = None
    """The newest wording logged."""
    seconds: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Time spent by kind of attempt."""
    attempts: tuple[int, int, int] = (0, 0, 0)
    """Attempts with a time, by kind."""
    seconds_on_last_day: float = 0.0
    misses: dict[str, int] = field(default_factory=dict)
    """How often each point was missed; its first sight, and reviews with others given, do not count."""


def replay(
    events: Iterable[CardEvent],
    model: MemoryModel,
    day_of: Callable[[datetime], date],
    points_of: PointsToday | None = None,
    state: CardState | None = None,
    recorder: Recorder | None = None,
) -> CardState:
    """Return the state of a card after its counting events, given in their order; `state` is that before them.

    `day_of` gives the local day of a moment, for lines without a day; `points_of` the ids
    that stand today for a point id of the log, where these are others. `recorder` takes the reviews down.
    """
    state = state or CardState()
    for event in events:
        match event:
            case ReviewEvent():
                state = after_review(state, event, model, event.day or day_of(event.moment), points_of, recorder)
            case WordingEvent():
                state = replace(state, wording=(event.question, tuple(event.points.items())))
            case SuspendEvent():
                state = replace(state, suspended=event.suspend)
            case BuryEvent():
                state = replace(state, buried_until=event.until)
            case MoveEvent():
                state = replace(state, due=event.due)
            case ResetEvent():
                state = CardState(wording=state.wording)
                if recorder:
                    recorder.reset(day_of(event.moment))
    return state


def after_review(
    state: CardState,
    event: ReviewEvent,
    model: MemoryModel,
    day: date,
    points_of: PointsToday | None = None,
    recorder: Recorder | None = None,
) -> CardState:
    """Return the state after one more counting review, on `day`; `points_of` and `recorder` as for `replay`."""
    missed, recalled = judged(state.wording, event, points_of)
    memory = dict(state.memory)
    misses = dict(state.misses)
    for point in missed if not event.given else ():
        if point in memory:
            misses[point] = misses.get(point, 0) + 1
    fresh = any(point not in memory for point in (*recalled, *missed))
    for point in recalled:
        memory[point] = model.review(memory.get(point), event.rating, day)
    for point in missed:
        memory[point] = model.review(memory.get(point), Rating.AGAIN, day)

    same_day = state.last_day == day
    open_before = state.missed if same_day else ()
    is_return = event.given and any(point in open_before for point in (*recalled, *missed))
    kind = Attempt.RETURN if event.given else Attempt.LATER if state.reviews else Attempt.FIRST
    seconds, attempts = list(state.seconds), list(state.attempts)
    spent = 0.0
    if event.seconds is not None:
        spent = min(event.seconds, LONGEST_SECONDS)
        seconds[kind] += spent
        attempts[kind] += 1
    moment = event.moment
    if recorder:
        known = UNKNOWN if event.seconds is None else spent
        promised = (state.due - state.last_day).days if state.due and state.last_day else UNKNOWN
        recorder.review(event, moment, day, known, promised, state.last_day, missed, recalled, memory)
    return CardState(
        memory=memory,
        reviews=state.reviews + 1,
        lapses=state.lapses + (kind == Attempt.LATER and bool(missed)),
        due=event.due,
        last_day=day,
        last_moment=moment,
        missed=tuple(point for point in open_before if point not in recalled and point not in missed) + missed,
        returns=(state.returns if same_day else 0) + is_return,
        introduced=day if fresh else state.introduced,
        suspended=state.suspended,
        buried_until=state.buried_until,
        wording=state.wording,
        seconds=(seconds[0], seconds[1], seconds[2]),
        attempts=(attempts[0], attempts[1], attempts[2]),
        seconds_on_last_day=(state.seconds_on_last_day if same_day else 0.0) + spent,
        misses=misses,
    )


def judged(
    wording: Wording | None, event: ReviewEvent, points_of: PointsToday | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the points missed and the points recalled.

    A point in both lists is missed; rating again goes with nothing recalled. A line that
    names no points judges all of the wording learned.
    """
    named_recalled, named_missed = event.recalled, event.missed
    if named_recalled is None and named_missed is None:
        asked = tuple(point for point, _ in wording[1]) if wording else ()
        named_recalled = asked or (ANSWER_POINT,)
    recalled = _today(named_recalled or (), points_of)
    missed = _today(named_missed or (), points_of)
    if event.rating is Rating.AGAIN:
        missed, recalled = missed + tuple(point for point in recalled if point not in missed), ()
    return missed, tuple(point for point in recalled if point not in missed)


def _today(points: tuple[str, ...], points_of: PointsToday | None) -> tuple[str, ...]:
    """Return the ids of today for points, of which each is named once."""
    if points_of is None:
        return points
    return tuple(dict.fromkeys(today for point in points for today in points_of(point)))

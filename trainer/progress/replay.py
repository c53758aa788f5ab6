"""What the counting events of one card add up to: its memory, and where it stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from trainer.memory.model import MemoryModel
from trainer.model import ANSWER_POINT, Memory, Rating
from trainer.progress.events import (
    BuryEvent,
    CardEvent,
    MoveEvent,
    ResetEvent,
    ReviewEvent,
    SuspendEvent,
    WordingEvent,
    moment_of,
)
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
    running = _Running(state or CardState(), model, points_of, recorder)
    for event in events:
        match event:
            case ReviewEvent():
                running.review(event, event.day or day_of(moment_of(event.key)))
            case WordingEvent():
                running.wording = (event.question, tuple(event.points.items()))
            case SuspendEvent():
                running.suspended = event.suspend
            case BuryEvent():
                running.buried_until = event.until
            case MoveEvent():
                running.due = event.due
            case ResetEvent():
                running = _Running(CardState(wording=running.wording), model, points_of, recorder)
                if recorder:
                    recorder.reset(day_of(moment_of(event.key)))
    return running.state()


def after_review(
    state: CardState, event: ReviewEvent, model: MemoryModel, day: date, points_of: PointsToday | None = None
) -> CardState:
    """Return the state after one more counting review, on `day`; `points_of` as for `replay`."""
    running = _Running(state, model, points_of)
    running.review(event, day)
    return running.state()


class _Running:
    """A state while events are added to it, one by one."""

    def __init__(
        self, state: CardState, model: MemoryModel, points_of: PointsToday | None, recorder: Recorder | None = None
    ) -> None:
        self._model = model
        self._points_of = points_of
        self._recorder = recorder
        self._memory = dict(state.memory)
        self._reviews = state.reviews
        self._lapses = state.lapses
        self.due = state.due
        self._last_day = state.last_day
        self._last_moment = state.last_moment
        self._missed = state.missed
        self._returns = state.returns
        self._introduced = state.introduced
        self.suspended = state.suspended
        self.buried_until = state.buried_until
        self.wording = state.wording
        self._seconds = list(state.seconds)
        self._attempts = list(state.attempts)
        self._seconds_on_last_day = state.seconds_on_last_day
        self._misses = dict(state.misses)

    def review(self, event: ReviewEvent, day: date) -> None:
        """Add a review on `day`."""
        missed, recalled = judged(self.wording, event, self._points_of)
        before, moment = self._last_day, moment_of(event.key)
        if before != day:
            self._missed, self._returns, self._seconds_on_last_day = (), 0, 0.0
        if event.given:
            self._returns += not (set(self._missed).isdisjoint(recalled) and set(self._missed).isdisjoint(missed))
        else:
            for point in missed:
                if point in self._memory:
                    self._misses[point] = self._misses.get(point, 0) + 1
        known = len(self._memory)
        if recalled:
            self._judge(recalled, event.rating, day)
        if missed:
            self._judge(missed, Rating.AGAIN, day)
        if len(self._memory) > known:
            self._introduced = day
        kind = Attempt.RETURN if event.given else Attempt.LATER if self._reviews else Attempt.FIRST
        spent = self._spend(event.seconds, kind)
        if self._recorder:
            promised = (self.due - before).days if self.due and before else UNKNOWN
            self._recorder.review(event, moment, day, spent, promised, before, missed, recalled, self._memory)
        self._reviews += 1
        self._lapses += kind == Attempt.LATER and bool(missed)
        self.due = event.due
        self._last_day = day
        self._last_moment = moment
        self._missed = tuple(each for each in self._missed if each not in recalled and each not in missed) + missed

    def _judge(self, points: Sequence[str], rating: Rating, day: date) -> None:
        """Work out the memory of points of one rating: once for all that share one."""
        memory = self._memory
        before = [memory.get(point) for point in points]
        after: dict[int, Memory] = {}
        for point, had in zip(points, before, strict=True):
            has = after.get(id(had))
            if has is None:
                has = after[id(had)] = self._model.review(had, rating, day)
            memory[point] = has

    def _spend(self, seconds: float | None, kind: Attempt) -> float:
        """Add the time of a review; return the seconds that count, `UNKNOWN` where the log does not say."""
        if seconds is None:
            return UNKNOWN
        spent = min(seconds, LONGEST_SECONDS)
        self._seconds[kind] += spent
        self._attempts[kind] += 1
        self._seconds_on_last_day += spent
        return spent

    def state(self) -> CardState:
        """Return the state as it is now."""
        return CardState(
            self._memory, self._reviews, self._lapses, self.due, self._last_day, self._last_moment, self._missed,
            self._returns, self._introduced, self.suspended, self.buried_until, self.wording,
            (self._seconds[0], self._seconds[1], self._seconds[2]),
            (self._attempts[0], self._attempts[1], self._attempts[2]), self._seconds_on_last_day, self._misses,
        )  # fmt: skip


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

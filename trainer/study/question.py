"""One question as it is asked: which points count, which are given, what each rating would bring."""

from collections.abc import Callable, Mapping
from collections.abc import Collection as Ids
from dataclasses import dataclass, replace
from datetime import date, timedelta

from trainer.collection.collection import Collection
from trainer.memory.coverage import crossing, interval
from trainer.memory.fuzz import draw, fuzzed
from trainer.model import Card, KeyPoint, Memory, Rating, Review
from trainer.study.plan import Kind, weak_points

EASY_LOAD = 30
"""Cards that an easy day seems to have due already."""


@dataclass(frozen=True)
class Question:
    """A card that is being asked."""

    card: Card
    kind: Kind
    asked: frozenset[str]
    """Ids of the points to be judged."""
    ticked: frozenset[str] = frozenset()
    """Ids of points ticked from the start: those of an answer that was taken back."""

    @property
    def given(self) -> bool:
        """Whether some points are shown and only the others asked, or the card returns, or comes for weak points."""
        return self.kind in (Kind.RETURN, Kind.WEAK) or len(self.asked) < len(self.card.points)

    @property
    def points(self) -> tuple[KeyPoint, ...]:
        """The points to be judged, in the card's order."""
        return tuple(point for point in self.card.points if point.id in self.asked)


@dataclass(frozen=True)
class Outcome:
    """What a rating would record: shown first, recorded as shown."""

    question: Question
    day: date
    rating: Rating
    recalled: tuple[str, ...]
    missed: tuple[str, ...]
    due: date

    @property
    def days(self) -> int:
        """Days until the card is due."""
        return (self.due - self.day).days

    def review(self, seconds: int) -> Review:
        """Return the review that it is, given in so many seconds."""
        return Review(self.day, self.rating, self.recalled, self.missed, self.question.given, seconds, self.due)


def ask(collection: Collection, card: Card, kind: Kind, day: date) -> Question:
    """Return the question for a card that comes up as `kind`."""
    state = collection.state(card.id)
    ids = [point.id for point in card.points]
    asked = ids
    if kind is Kind.RETURN:
        asked = [point for point in ids if point in state.missed]
    elif kind is Kind.NEW and state.reviews:
        asked = [point for point in ids if point not in state.memory]
    elif kind is Kind.WEAK:
        asked = weak_points(collection, card, day)
    return Question(card, kind, frozenset(asked or ids))


def outcomes(collection: Collection, question: Question, ticked: Ids[str], day: date) -> dict[Rating, Outcome]:
    """Return what each rating open to these ticks would bring.

    With nothing ticked only again is open; easy needs all points. A card without key
    points has nothing to tick: every rating is open.
    """
    made = tuple(point.id for point in question.points if point.id in ticked)
    rest = tuple(point.id for point in question.points if point.id not in ticked)
    everything = made + rest
    found = {Rating.AGAIN: _outcome(collection, question, Rating.AGAIN, (), everything, day)}
    if not question.card.key_points:
        made, rest = everything, ()
    if made:
        for rating in (Rating.HARD, Rating.GOOD, *((Rating.EASY,) if not rest else ())):
            found[rating] = _outcome(collection, question, rating, made, rest, day)
    latest = day
    for rating, outcome in found.items():  # a busy day must not make a better rating come back sooner
        latest = max(latest, outcome.due)
        found[rating] = replace(outcome, due=latest)
    return found


def _outcome(
    collection: Collection,
    question: Question,
    rating: Rating,
    recalled: tuple[str, ...],
    missed: tuple[str, ...],
    day: date,
) -> Outcome:
    card = question.card
    state = collection.state(card.id)
    model = collection.model
    memory = dict(state.memory)
    memory.update((point, model.review(memory.get(point), rating, day)) for point in recalled)
    memory.update((point, model.review(memory.get(point), Rating.AGAIN, day)) for point in missed)
    own = collection.due(card.id)
    load = collection.tally.due_on

    def already_due(on: date) -> int:
        return load(on) - (on == own and not state.suspended)

    return Outcome(question, day, rating, recalled, missed, due_after(collection, card, memory, day, already_due))


def due_after(
    collection: Collection, card: Card, memory: Mapping[str, Memory], day: date, already_due: Callable[[date], int]
) -> date:
    """Return the day a card falls due that has this memory on `day`, when it is reviewed.

    `already_due` gives the number of other cards due on a day.
    """
    maximum = collection.longest_interval(card.id, day)
    days = interval_after(collection, card, memory, day)
    if collection.settings.fuzz:
        place = draw(card.id, collection.state(card.id).reviews)
        days = fuzzed(days, maximum, place, lambda away: _load(collection, day + timedelta(days=away), already_due))
    return day + timedelta(days=days)


def interval_after(collection: Collection, card: Card, memory: Mapping[str, Memory], day: date) -> int:
    """Return the days from `day` until a card with this memory falls due, before any fuzz."""
    points = [(memory[point.id], point.weight) for point in card.points if point.id in memory]
    days = crossing(collection.model, points, day, collection.retention_of(card.id))
    return interval(days, collection.longest_interval(card.id, day))


def _load(collection: Collection, day: date, already_due: Callable[[date], int]) -> int:
    """Return how many cards a day counts as having: an easy day, many more than are due."""
    return already_due(day) + (EASY_LOAD if collection.settings.is_easy(day) else 0)

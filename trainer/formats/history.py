"""What happened to found cards elsewhere, put into the log: one import event, and all that came under it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from trainer.clock import FIRST_YEAR, LAST_YEAR, local_day
from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.formats.found import Found, FoundEvent, FoundReset, FoundReview
from trainer.formats.planning import ImportPlan, planned_cards
from trainer.model import Card, Rating
from trainer.progress.events import (
    STAMP_LENGTH,
    ResetEvent,
    ReviewEvent,
    SuspendEvent,
    WeightsEvent,
    key_at,
    moment_of,
    stamp_of,
)
from trainer.progress.lines import written

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(FIRST_YEAR, 1, 3, tzinfo=UTC)
_LATEST = datetime(LAST_YEAR, 12, 30, tzinfo=UTC)
_STEP = timedelta(milliseconds=1)


@dataclass(frozen=True)
class PastPlan:
    """What of the found past the log does not hold yet. Making it writes nothing."""

    past: Sequence[FoundReview | FoundReset]
    """In the order of their times."""
    events: Sequence[FoundEvent]
    suspended: Mapping[str, bool]

    @property
    def reviews(self) -> int:
        """How many reviews would come along."""
        own = sum("rating" in event.fields for event in self.events)
        return own + sum(isinstance(each, FoundReview) for each in self.past)

    def __bool__(self) -> bool:
        return bool(self.past or self.events or self.suspended)


def plan_past(collection: Collection, found: Iterable[Found], plan: ImportPlan) -> PastPlan:
    """Return what happened to the cards that the home has once the plan is written, as far as the log lacks it."""
    brought = [each for each in found if each.past or each.events or each.suspended]
    if not brought:
        return PastPlan([], [], {})
    wanted = {*collection.library.cards, *planned_cards(plan)}
    known = _Known(collection)
    past: dict[tuple[str, object], FoundReview | FoundReset] = {}
    events: dict[str, FoundEvent] = {}
    suspended: dict[str, bool] = {}
    for each in brought:
        for happened in each.past:
            if happened.card in wanted and _is_of_our_days(happened.milliseconds) and not known.holds(happened):
                own = happened.source if isinstance(happened, FoundReview) else happened.milliseconds
                past.setdefault((happened.card, own), happened)
        for event in each.events:
            if (event.card in wanted or not event.card) and known.lacks(event):
                events.setdefault(event.key, event)
        suspended.update((card, is_so) for card, is_so in each.suspended.items() if card in wanted)
    suspended = {card: is_so for card, is_so in suspended.items() if known.takes_suspension(card, is_so)}
    return PastPlan(sorted(past.values(), key=lambda each: each.milliseconds), list(events.values()), suspended)


class _Known:
    """What counting events of the log say already."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._keys = {each.key for each in collection.renamings() if collection.counts(each)}
        self._sources: set[str] = set()
        self._resets: set[tuple[str, str]] = set()
        self._moments: set[tuple[str, str]] = set()
        """Card and time of each review."""
        self._suspensions: dict[str, str] = {}
        """The key of the newest of each card."""
        self._has_weights = False
        for event in collection.in_brief():
            self._keys.add(event.key)
            if event.kind is ReviewEvent:
                self._sources.add(event.source)
                self._moments.add((event.card, event.key[:STAMP_LENGTH]))
            elif event.kind is WeightsEvent:
                self._has_weights = True
            elif event.kind is ResetEvent:
                self._resets.add((event.card, event.key[: STAMP_LENGTH - 4]))
            elif event.kind is SuspendEvent:
                self._suspensions[event.card] = event.key

    def holds(self, happened: FoundReview | FoundReset) -> bool:
        if isinstance(happened, FoundReview):
            # one that went out from here has its time, and no source
            at = (happened.card, stamp_of(_moment(happened.milliseconds)))
            return happened.source in self._sources or at in self._moments
        stamp = stamp_of(_moment(happened.milliseconds))  # to the second: a key may have moved on by a little
        return (happened.card, stamp[: STAMP_LENGTH - 4]) in self._resets

    def lacks(self, event: FoundEvent) -> bool:
        if "weights" in event.fields and self._has_weights:
            return False  # this home has its own
        return event.key not in self._keys and event.fields.get("source", "-") not in self._sources

    def takes_suspension(self, card: str, is_so: bool) -> bool:
        """Return whether it says something new, and does not go over the user's own choice."""
        newest = self._collection.event(self._suspensions.get(card, ""))
        if not isinstance(newest, SuspendEvent):
            return is_so
        return bool(newest.batch) and newest.suspend is not is_so


def record_past(collection: Collection, name: str, plan: ImportPlan, past: PastPlan) -> str:
    """Write the import and all that came along into the log at once, and return the key of the import.

    Raises NotSavedError, or TrainerError where an event of an export cannot be written.
    """
    try:
        lines = _Lines(collection, planned_cards(plan))
        key = lines.head(name, [addition.title for addition in plan.additions], plan.count, past.reviews)
        collection.add_lines([*lines.all(past)])
    except (TypeError, ValueError, RecursionError) as error:  # a value of an export that TOML has no form for
        raise TrainerError(f"{name} holds an event that cannot be written to the log.", "Export it anew.") from error
    return key


class _Lines:
    """Makes the lines of one import, each with a key of its own."""

    def __init__(self, collection: Collection, cards: Mapping[str, Card]) -> None:
        self._collection = collection
        self._written = cards
        self._stamps: set[str] = set()
        """Times that lines of this import have."""
        self._now = collection.clock.now()
        self._import = ""
        self._head = b""

    def head(self, name: str, decks: Sequence[str], cards: int, reviews: int) -> str:
        self._import = self._key(self._now)
        fields = {"import": name, "deck": ", ".join(decks), "cards": cards, "reviews": reviews}
        self._head = written(self._import, fields).encode()[:-1]
        return self._import

    def all(self, plan: PastPlan) -> Iterator[bytes]:
        yield self._head
        worded: set[str] = set()
        after = _EPOCH
        for happened in plan.past:
            moment = max(_moment(happened.milliseconds), after)
            if isinstance(happened, FoundReview) and happened.card not in worded:
                worded.add(happened.card)
                yield from self._wording(self._card(happened.card), moment)
            moment = self._free(moment, _STEP)
            yield self._line(moment, self._fields(happened), self._card(happened.card).question)
            after = moment + _STEP
        for event in plan.events:
            fields = {**event.fields, "import": self._import}
            if self._is_taken(event.key[:STAMP_LENGTH]):  # taken back here, and brought again
                yield written(self._key(moment_of(event.key)), fields).encode()[:-1]
            else:
                self._stamps.add(event.key[:STAMP_LENGTH])
                yield written(event.key, fields).encode()[:-1]
        for card, is_so in plan.suspended.items():
            self._now += _STEP  # where the next free time is most likely
            yield self._line(self._now, {"card": card, "suspend": is_so}, self._card(card).question)

    def _card(self, card_id: str) -> Card:
        """Return a card as it is after the import."""
        return self._written.get(card_id) or self._collection.library.cards[card_id]

    def _wording(self, card: Card, before: datetime) -> Iterator[bytes]:
        """Make the wording that a card is learned under, if the log does not have it, a moment before its review."""
        fields = self._collection.new_wording(card)
        if fields is not None:
            yield self._line(self._free(before - _STEP, -_STEP), fields, "")

    def _fields(self, happened: FoundReview | FoundReset) -> dict[str, Any]:
        if isinstance(happened, FoundReset):
            return {"card": happened.card, "reset": True}
        day = local_day(_moment(happened.milliseconds), self._collection.settings.day_start)
        fields: dict[str, Any] = {"card": happened.card, "day": day, "rating": str(happened.rating)}
        fields["missed" if happened.rating is Rating.AGAIN else "recalled"] = list(happened.points)
        if happened.given:
            fields["given"] = True
        if happened.seconds is not None:
            fields["seconds"] = happened.seconds
        if happened.due is not None:
            fields["due"] = happened.due
        fields["source"] = happened.source
        return fields

    def _line(self, moment: datetime, fields: dict[str, Any], comment: str) -> bytes:
        source = fields.pop("source", None)
        fields["import"] = self._import
        if source is not None:
            fields["source"] = source
        return written(self._key(moment), fields, comment).encode()[:-1]

    def _key(self, moment: datetime) -> str:
        moment = self._free(moment, _STEP)
        self._stamps.add(stamp_of(moment))
        return key_at(moment, self._collection.mark)

    def _free(self, moment: datetime, step: timedelta) -> datetime:
        """Return the first time from a moment on that no line has."""
        while self._is_taken(stamp_of(moment)):
            moment += step
        return moment

    def _is_taken(self, stamp: str) -> bool:
        return stamp in self._stamps or self._collection.has_stamp(stamp)


def _moment(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


def _is_of_our_days(milliseconds: int) -> bool:
    try:
        return _EARLIEST <= _moment(milliseconds) <= _LATEST
    except OverflowError:
        return False

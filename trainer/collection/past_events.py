"""What the log of an open home tells: its events, which of them count, what was said of each card and point."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.clock import Clock
from trainer.progress.events import (
    AHEAD,
    BuryEvent,
    CardEvent,
    Event,
    MoveEvent,
    ResetEvent,
    ReviewEvent,
    SuspendEvent,
    WasEvent,
    WeightsEvent,
    stamp_of,
)
from trainer.progress.history import History
from trainer.progress.index import Brief
from trainer.progress.log import Log
from trainer.progress.past import Past, oldest_day, pasts

if TYPE_CHECKING:
    from trainer.memory.tuning import Judgement

_ACTS = (ReviewEvent, SuspendEvent, BuryEvent, ResetEvent, MoveEvent)


class PastEvents:
    """The events of one log, as far as it was read."""

    def __init__(self, log: Log, history: History, clock: Clock, home_mark: str) -> None:
        self._log = log
        self._history = history
        self._home_mark = home_mark
        self.clock = clock

    def events(self) -> list[Event]:
        """Return all events in order."""
        return self._log.events(self._log.index.after(""))

    def in_brief(self) -> Iterator[Brief]:
        """Go over the events that were not taken back, undos and renamings aside, by key; the log is not read."""
        return filter(self._history.rules.counts_by_name, self._log.index.in_brief())

    def events_after(self, key: str) -> list[Event]:
        """Return the events of greater keys, in order."""
        return self._log.events(self._log.index.after(key))

    def event(self, key: str) -> Event | None:
        """Return the event of a key."""
        return next(iter(self._log.events(self._log.index.of_key(key))), None)

    def events_of(self, card_id: str) -> list[CardEvent]:
        """Return the events that belong to a card, in order."""
        return self._history.events_of(card_id)

    def ids_of(self, card_id: str) -> list[str]:
        """Return the ids that a card is and was known under, those of other cards aside; its own first."""
        return sorted(self._history.rules.ids_of(card_id), key=lambda each: (each != card_id, each))

    def point_series(self) -> "list[list[Judgement]]":
        """Return what was said of each point of each card, one judgement after the other."""
        return [series for card in sorted(self._history.cards()) for series in self.point_series_of(card).values()]

    def point_series_of(self, card_id: str) -> "dict[str, list[Judgement]]":
        """Return what was said of each point of a card, one judgement after the other."""
        return self._history.point_series(card_id)

    def reviews_since(self, moment: datetime) -> int:
        """Return how many reviews were written, or imported, from a moment on; counting or not."""
        return self._log.index.reviews_since(stamp_of(moment))

    def pasts(self, first: int, cards: Iterable[str] | None = None) -> list[Past]:
        """Return the reviews in brief from a day (ordinal) on, card by card, also of cards that no deck has any more.

        Of `cards` where these are given.
        """
        return pasts(self._log.index.cache, first, cards)

    def oldest_day(self, cards: Iterable[str] | None = None) -> int | None:
        """Return the ordinal of the day of the first review of all cards, or of those given; None for none."""
        return oldest_day(self._log.index.cache, cards)

    def newest_weights(self) -> WeightsEvent | None:
        """Return the event of the FSRS weights in force; None where these are FSRS's own."""
        return self._history.rules.newest_weights()

    def counts(self, event: Event) -> bool:
        """Return whether an event counts."""
        return self._history.counts(event)

    def renamings(self, after: str = "") -> list[WasEvent]:
        """Return the renamings of greater keys, in order, each of equal ones."""
        return sorted((each for each in self._log.index.renamings() if each.key > after), key=lambda each: each.key)

    def parted(self) -> frozenset[tuple[str, str, str]]:
        """Return card, point and earlier id of what was joined and taken apart again: it is never joined anew."""
        return self._history.rules.parted()

    @property
    def mark(self) -> str:
        """What this writer puts behind the time of its keys."""
        return self._log.mark

    def has_stamp(self, stamp: str) -> bool:
        """Return whether an event has this time in its key."""
        return self._log.has_stamp(stamp)

    @property
    def event_count(self) -> int:
        """How many events the log holds."""
        return self._log.size

    @property
    def unknown_events(self) -> int:
        """How many events are of a kind that this version does not know."""
        return self._log.unknown

    def newest_act(self) -> CardEvent | None:
        """Return the newest counting answer or choice that the user made in this home."""
        limit = stamp_of(self.clock.now() + AHEAD)
        for place in self._log.index.newest(_ACTS, self._home_mark, limit):
            for event in self._log.events([place]):
                if isinstance(event, CardEvent) and self._history.counts(event):
                    return event
        return None

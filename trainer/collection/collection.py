"""The open home: what cards there are, where each stands, and the one writer of events."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from trainer.clock import Clock, local_day
from trainer.collection.mark import home_mark, process_mark
from trainer.collection.tally import Tally
from trainer.home import Home
from trainer.library.folder import Library, folder_changed, read_library
from trainer.memory.coverage import coverage, crossing, interval
from trainer.memory.model import MemoryModel
from trainer.model import Card, Problem, Rating
from trainer.progress.events import (
    STAMP_LENGTH,
    BuryEvent,
    CardEvent,
    Event,
    MoveEvent,
    ResetEvent,
    ReviewEvent,
    SuspendEvent,
    stamp_of,
)
from trainer.progress.history import History
from trainer.progress.log import Entry, Log
from trainer.progress.replay import CardState
from trainer.settings import read_settings
from trainer.text import shown

AHEAD = timedelta(days=1)
"""An event dated further ahead than this was written under a wrong clock."""
_ACTS = (ReviewEvent, SuspendEvent, BuryEvent, ResetEvent, MoveEvent)


@dataclass(frozen=True)
class Changes:
    """What `refresh` found: whether decks changed, and which cards' states may differ (None: all)."""

    decks: bool
    cards: set[str] | None


class Collection:
    """One home, open. Reads follow the disk when `refresh` is called; every write goes through here."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self.home = home
        self.clock = clock
        self.first_run = home.prepare()
        """Whether the starter decks were just put in place."""
        self.settings, self._settings_problems = read_settings(home.settings)
        self._home_mark = home_mark(home.folder)
        self._log = Log(home.log, self._home_mark + process_mark())
        self._generation = self._log.generation
        self._history = History(self._day_of)
        self._states: dict[str, CardState] = {}
        self._dues: dict[str, date | None] = {}
        self._changed: set[str] | None = set()
        """Cards changed since the last `refresh`, None for all."""
        self.tally = Tally()
        self.library: Library = read_library(home.decks)
        self._history.set_present(self._points())
        self._log.refresh(clock.now())
        self._history.take(self._log.take_new())
        self._count_all()

    # What there is

    @property
    def today(self) -> date:
        """The local day it is now."""
        return self._day_of(self.clock.now())

    @property
    def model(self) -> MemoryModel:
        """FSRS with the weights in force."""
        return self._history.model

    def _day_of(self, moment: datetime) -> date:
        return local_day(moment, self.settings.day_start)

    def state(self, card_id: str) -> CardState:
        """Return where a card stands."""
        return self._states.get(card_id) or self._history.state(card_id)

    def due(self, card_id: str) -> date | None:
        """Return the day a card of a deck should next be reviewed; None when it is new."""
        return self._dues.get(card_id)

    def coverage(self, card: Card, day: date) -> float | None:
        """Return the share (0-1) of the answer expected on `day`; None for a new card."""
        state = self.state(card.id)
        if not state.reviews:
            return None
        return coverage(self.model, ((state.memory.get(point.id), point.weight) for point in card.points), day)

    def mean_coverage(self, cards: Iterable[Card], day: date) -> float | None:
        """Return the mean coverage (0-1) of those of the cards that were reviewed; None when none was."""
        shares = [share for card in cards if (share := self.coverage(card, day)) is not None]
        return sum(shares) / len(shares) if shares else None

    def retention_of(self, card_id: str) -> float:
        """Return the desired retention (0-1) for a card."""
        deck = self.library.deck_of.get(card_id)
        return self.settings.retention_of(deck.title) if deck else self.settings.desired_retention

    def faults(self) -> list[Problem]:
        """Return what is wrong in the files of the home: settings, decks, log."""
        titles = {deck.title.casefold() for deck in self.library.decks}
        strays = [
            Problem(
                self.home.settings.name, None, f"[decks.{shown(title)}] names no deck.", "`trainer decks` lists them."
            )
            for title in self.settings.decks
            if title.casefold() not in titles and not self.library.lost
        ]
        log = [*self._log.problems, *self._history.problems(self.home.log.name)]
        return [*self._settings_problems, *strays, *self.library.problems, *log]

    def losses(self) -> list[Problem]:
        """Return those of the faults that cost a setting or a whole deck."""
        return [*self._settings_problems, *self.library.lost]

    def events(self) -> list[Event]:
        """Return all events in order."""
        return sorted(self.iter_events(), key=lambda event: (event.key, event.form))

    def iter_events(self) -> Iterator[Event]:
        """Go over all events, in no order."""
        return iter(self._history)

    def known_cards(self) -> list[str]:
        """Return the ids of all cards, in decks or only in the log."""
        return list({**dict.fromkeys(self.library.cards), **dict.fromkeys(self._history.cards())})

    def events_of(self, card_id: str) -> list[CardEvent]:
        """Return the events that belong to a card, in order."""
        return self._history.events_of(card_id)

    def counts(self, event: Event) -> bool:
        """Return whether an event counts."""
        return self._history.counts(event)

    @property
    def mark(self) -> str:
        """What this writer puts behind the time of its keys."""
        return self._log.mark

    @property
    def event_count(self) -> int:
        """How many events the log holds."""
        return self._log.size

    @property
    def unknown_events(self) -> int:
        """How many events are of a kind that this version does not know."""
        return self._log.unknown

    # Following the disk

    def refresh(self) -> Changes:
        """Take in what was written to log and decks since the last time."""
        decks = folder_changed(self.home.decks, self.library)
        if decks:
            self.library = read_library(self.home.decks, self.library)
            self._history.set_present(self._points())
        self._log.refresh(self.clock.now())
        self._take_new()
        changed, self._changed = self._changed, set()
        if decks:
            self._count_all()
            return Changes(True, None)
        return Changes(False, changed)

    def _take_new(self) -> None:
        changed = self._count_new()
        self._changed = None if changed is None or self._changed is None else self._changed | changed

    def _count_new(self) -> set[str] | None:
        """Take in new events and count their cards; return these, None for all."""
        new = self._log.take_new()
        if self._log.generation != self._generation:
            self._generation = self._log.generation
            self._history = History(self._day_of)
            self._history.set_present(self._points())
            self._history.take(new)
            self._count_all()
            return None
        if not new:
            return set()
        changed = self._history.take(new)
        if changed is None:
            self._count_all()
        else:
            for card_id in changed:
                self._count(card_id)
        return changed

    def _points(self) -> dict[str, frozenset[str]]:
        cards = self.library.cards.values()
        return {card.id: frozenset(point.id for point in card.points) for card in cards}

    def _count_all(self) -> None:
        self.tally = Tally()
        self._states.clear()
        self._dues.clear()
        for card_id in self._history.cards():
            self._count(card_id)

    def _count(self, card_id: str) -> None:
        """Put a card's present state into the sums, in place of the one counted before."""
        before = self._states.pop(card_id, None)
        if before is not None:
            self.tally.add(before, -1)
        due_before = self._dues.pop(card_id, None)
        if before is not None and due_before is not None and not before.suspended:
            self.tally.due_on[due_before] -= 1
        if not self._history.stands(card_id):
            return
        state = self._history.state(card_id)
        self._states[card_id] = state
        self.tally.add(state)
        card = self.library.cards.get(card_id)
        if card is not None:
            due = self._due_of(card, state)
            self._dues[card_id] = due
            if due is not None and not state.suspended:
                self.tally.due_on[due] += 1

    def _due_of(self, card: Card, state: CardState) -> date | None:
        """Return the day promised, or else the crossing without fuzz."""
        if state.due is not None or state.last_day is None:
            return state.due if state.reviews else None
        points = [(memory, point.weight) for point in card.points if (memory := state.memory.get(point.id)) is not None]
        if not points:
            return state.last_day
        days = crossing(self.model, points, state.last_day, self.retention_of(card.id))
        return state.last_day + timedelta(days=interval(days, self.settings.maximum_interval))

    # Writing

    def record_review(
        self,
        card: Card,
        day: date,
        rating: Rating,
        recalled: Sequence[str],
        missed: Sequence[str],
        *,
        given: bool,
        seconds: int,
        due: date,
    ) -> ReviewEvent:
        """Write one review, after its wording where that is new. Raises NotSavedError."""
        review: dict[str, Any] = {"card": card.id, "day": day, "rating": str(rating)}
        if recalled:
            review["recalled"] = list(recalled)
        if missed:
            review["missed"] = list(missed)
        if given:
            review["given"] = True
        review |= {"seconds": seconds, "due": due}
        entries = [Entry(review, card.question)]
        wording = (card.question, tuple((point.id, point.text) for point in card.key_points))
        if self.state(card.id).wording != wording:
            points = {"points": dict(wording[1])} if wording[1] else {}
            entries.insert(0, Entry({"card": card.id, "question": card.question, **points}))
        event = self._record(entries)[-1]
        assert isinstance(event, ReviewEvent)
        return event

    def suspend(self, card: Card, suspend: bool = True) -> None:
        """Take a card out of all sessions, or put it back. Raises NotSavedError."""
        self._record([Entry({"card": card.id, "suspend": suspend}, card.question)])

    def undo(self, key: str) -> None:
        """Take back the event of this key. Raises NotSavedError."""
        self._record([Entry({"undo": key})])

    def add_lines(self, lines: Iterable[bytes]) -> int:
        """Write lines of another log that hold events missing here; return how many events. Raises NotSavedError."""
        came = self._log.append_lines(lines, self.clock.now())
        self._take_new()
        return came

    def _record(self, entries: list[Entry]) -> list[Event]:
        events = self._log.append(entries, self.clock.now())
        self._take_new()
        return sorted(events, key=lambda event: event.key)

    def newest_act(self) -> CardEvent | None:
        """Return the newest counting answer or choice that the user made in this home."""
        limit = stamp_of(self.clock.now() + AHEAD)
        newest: CardEvent | None = None
        for event in self._history:
            if (
                isinstance(event, _ACTS)
                and not event.batch
                and event.key.partition("-")[2].startswith(self._home_mark)
                and (newest is None or event.key > newest.key)
                and event.key[:STAMP_LENGTH] <= limit
                and self._history.counts(event)
            ):
                newest = event
        return newest

    def question_of(self, card_id: str) -> str:
        """Return the question of a card, also of one that no deck has any more."""
        card = self.library.cards.get(card_id)
        if card is not None:
            return card.question
        wording = self.state(card_id).wording
        return wording[0] if wording else card_id

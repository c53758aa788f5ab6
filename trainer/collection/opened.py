"""An open home, as it is read: what cards there are, where each stands, what happened."""

import json
import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import NamedTuple

from trainer.cache import Cache
from trainer.clock import Clock, local_day, zone_mark
from trainer.collection import standing, vanished
from trainer.collection.backup import DailyBackup
from trainer.collection.mark import home_mark, process_mark
from trainer.collection.past_events import PastEvents
from trainer.collection.standing import Standing
from trainer.collection.tally import Tally
from trainer.collection.vanished import Vanished
from trainer.errors import HomeError
from trainer.garbage import no_collecting
from trainer.home import Home
from trainer.library import shelf
from trainer.library.folder import Library
from trainer.memory.coverage import coverage, crossing, interval
from trainer.memory.model import MemoryModel
from trainer.model import Card, Deck, Problem
from trainer.progress import history, index
from trainer.progress.history import History
from trainer.progress.index import EventIndex
from trainer.progress.log import Log
from trainer.progress.reading import Told
from trainer.progress.replay import CardState
from trainer.replacing import signature
from trainer.settings import read_settings
from trainer.text import shown

SCHEMA = index.SCHEMA + history.SCHEMA + shelf.SCHEMA + standing.SCHEMA + vanished.SCHEMA


Opening = Callable[[str, float], None]
"""Told what is being done, and how much of it (0-1)."""


def _untold(_words: str, _share: float) -> None:
    pass


def mean(sums: Iterable[tuple[float, int]]) -> float | None:
    """Return the mean of what was summed in parts, each given with its number; None of nothing."""
    parts = list(sums)
    number = sum(count for _, count in parts)
    return math.fsum(part for part, _ in parts) / number if number else None


class Changes(NamedTuple):
    """What `refresh` found: whether decks changed, and which cards' states may differ (None: all)."""

    decks: bool
    cards: set[str] | None


class OpenHome(PastEvents):
    """One home, open for reading. What is read follows the disk when `refresh` is called."""

    def __init__(self, home: Home, clock: Clock, told: Opening = _untold) -> None:
        self.home = home
        self.first_run = home.prepare()
        """Whether the starter decks were just put in place."""
        self._settings_sign = signature(home.settings)
        self.settings, self._settings_problems = read_settings(home.settings)
        mark = home_mark(home.folder)
        self.backup = DailyBackup(home)
        """Made at the first write of a day."""
        self._cache = Cache(home.cache / "index.db", SCHEMA)
        log = Log(home.log, mark + process_mark(), EventIndex(self._cache))
        self._standing = Standing(self._cache)
        self.vanished = Vanished(self._cache)
        """What was learned and is in no deck any more."""
        self._told = told
        self.library = Library(home.decks, self._cache)
        super().__init__(log, History(log, self._day_of, self._points_of, self._stand), clock, mark)
        self.tally = Tally(self._history, self._standing)
        self._changed: set[str] | None = set()
        """Cards changed since the last `refresh`, None for all."""
        self._cache.refill = self._fill
        with no_collecting():
            self._fill()
        self._told = _untold
        self._changed = set()

    def _fill(self) -> None:
        """Take in everything: what the cache lacks is worked out."""
        self._history.reload()
        self.library.forget()
        self.library.refresh(self._history.decks_changed, self._tell("Reading the decks"))
        self._cache.write(self._follow_settings)
        self._log.refresh(self.clock.now(), self._tell("Reading the log"))
        self._take_new()
        self._changed = None

    @contextmanager
    def telling(self, told: Opening) -> Iterator[None]:
        """Tell how far work is that follows what is written meanwhile."""
        self._told = told
        try:
            yield
        finally:
            self._told = _untold

    def _tell(self, words: str) -> Told:
        return lambda done, whole: self._told(words, done / whole)

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
        return self._history.state(card_id)

    def due(self, card_id: str) -> date | None:
        """Return the day a card of a deck should next be reviewed; None when it is new."""
        return self._standing.due(card_id)

    def kind(self, card_id: str, day: date) -> str | None:
        """Return why a card comes up on a day ("return", "due", "new"); None when it does not."""
        return self._standing.kind(card_id, day)

    @property
    def standing(self) -> Standing:
        """Where the cards of the decks stand: counts and lists of them."""
        return self._standing

    def coverage(self, card: Card, day: date) -> float | None:
        """Return the share (0-1) of the answer expected on `day`; None for a new card."""
        state = self.state(card.id)
        if not state.reviews:
            return None
        return coverage(self.model, ((state.memory.get(point.id), point.weight) for point in card.points), day)

    def mean_coverage(self, decks: Iterable[Deck], day: date) -> float | None:
        """Return the mean coverage (0-1) of the cards of these decks that were reviewed; None when none was."""
        return mean(self.coverage_sum(deck, day) for deck in decks)

    def coverage_sum(self, deck: Deck, day: date) -> tuple[float, int]:
        """Return the summed coverage (0-1 each) of the cards of a deck that were reviewed, and how many these are."""
        return self._standing.coverage(deck.file, self.model, day)

    def retention_of(self, card_id: str) -> float:
        """Return the desired retention (0-1) for a card."""
        deck = self.library.deck_of.get(card_id)
        return self.settings.retention_of(deck.title) if deck else self.settings.desired_retention

    def longest_interval(self, card_id: str, day: date) -> int:
        """Return the most days from `day` until a card falls due: none passes the date of its deck."""
        deck = self.library.deck_of.get(card_id)
        left = self.settings.days_left(deck.title, day) if deck else None
        return min(self.settings.maximum_interval, left or self.settings.maximum_interval)

    def faults(self) -> list[Problem]:
        """Return what is wrong in the files of the home: settings, decks, log."""
        others = [*self._log_problems(), *self.backup.problems]
        return [*self._settings_problems, *self._strays(), *self.library.problems, *others]

    def fault_count(self) -> int:
        """Return how much is wrong in the files of the home."""
        others = [*self._settings_problems, *self._strays(), *self._log_problems(), *self.backup.problems]
        return self.library.problem_count + len(others)

    def losses(self) -> list[Problem]:
        """Return those of the faults that cost a setting, a whole deck or the day's backup."""
        return [*self._settings_problems, *self.library.lost, *self.backup.problems]

    def _strays(self) -> list[Problem]:
        titles = {deck.title.casefold() for deck in self.library.decks}
        name = self.home.settings.name
        return [
            Problem(name, None, f"[decks.{shown(title)}] names no deck.", "`trainer decks` lists them.")
            for title in self.settings.decks
            if title.casefold() not in titles and not self.library.lost
        ]

    def _log_problems(self) -> list[Problem]:
        return [*self._log.problems, *self._history.problems(self.home.log.name)]

    # Following the disk

    def refresh(self) -> Changes:
        """Take in what was written to log and decks since the last time.

        Raises HomeError when the home cannot be read; all stays as it was then.
        """
        if not os.path.isdir(self.home.decks):  # noqa: PTH112  (Path raises for a name that is too long)
            raise HomeError(
                f"The folder {self.home.decks} is not there.", "The trainer looks again before each question."
            )
        decks = self.library.refresh(self._history.decks_changed)
        others = self._read_settings_anew()
        if decks or others:
            self._cache.write(self._follow_settings)
        self._log.refresh(self.clock.now())
        self._take_new()
        changed, self._changed = self._changed, set()
        return Changes(decks, None if decks or others else changed)

    def _read_settings_anew(self) -> bool:
        """Read the settings where the file was written since the last time; return whether they are others."""
        sign = signature(self.home.settings)
        if sign == self._settings_sign:
            return False
        before, self._settings_sign = self.settings, sign
        self.settings, self._settings_problems = read_settings(self.home.settings)
        return self.settings != before

    def _take_new(self) -> None:
        zone = zone_mark(self.settings.day_start)
        changed = self._history.take(zone, self._tell("Working out what you know"))
        self._changed = None if changed is None or self._changed is None else self._changed | changed

    def _points_of(self, card_id: str) -> dict[str, float] | None:
        outline = self.library.outline(card_id)
        return outline and outline.weights

    def _stand(self, states: Mapping[str, CardState]) -> None:
        """Keep where cards of decks stand, within a write."""
        placed = self.library.placed(states)
        self._standing.put(
            (card, file, place, states[card_id], self._due_of(card, states[card_id]))
            for card_id, (file, place, card) in placed.items()
        )
        self._standing.remove(states.keys() - placed.keys())
        self.vanished.put((each, placed[each][2] if each in placed else None, states[each]) for each in states)

    def _follow_settings(self) -> None:
        """Work out the due days that follow from settings where these are others than before."""
        settings = self.settings
        retentions = {deck.file: settings.retention_of(deck.title) for deck in self.library.decks}
        own = {file: each for file, each in retentions.items() if each != settings.desired_retention}
        dates = {title: str(each.by) for title, each in settings.decks.items() if each.by}
        told = json.dumps([settings.desired_retention, settings.maximum_interval, own, dates])
        if told != self._cache.get("settings", ""):
            self._cache.set("settings", told)
            self._history.tell(self._standing.unpromised())

    def _due_of(self, card: Card, state: CardState) -> date | None:
        """Return the day promised, or else the crossing without fuzz."""
        if state.due is not None or state.last_day is None:
            return state.due if state.reviews else None
        points = [(memory, point.weight) for point in card.points if (memory := state.memory.get(point.id)) is not None]
        if not points:
            return state.last_day
        days = crossing(self.model, points, state.last_day, self.retention_of(card.id))
        return state.last_day + timedelta(days=interval(days, self.longest_interval(card.id, state.last_day)))

    # Cards of the log

    def known_cards(self) -> list[str]:
        """Return the ids of all cards, in decks or only in the log."""
        return list(dict.fromkeys([*self.library.cards, *sorted(self._history.cards())]))

    def card_of(self, card_id: str) -> Card | None:
        """Return the card of a deck that events of this id count for, the first of several; None for none."""
        known = (self.library.cards.get(each) for each in sorted(self._history.rules.stands_for(card_id)))
        return next(filter(None, known), None)

    def question_of(self, card_id: str) -> str:
        """Return the question of a card, also of one that no deck has any more."""
        card = self.card_of(card_id)
        if card is not None:
            return card.question
        wording = self.state(card_id).wording
        return wording[0] if wording else card_id

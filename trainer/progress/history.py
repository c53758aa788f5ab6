"""Where every card stands after its events, worked out once and kept: only what changed is worked out anew."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.memory.model import MemoryModel, bounded_weights
from trainer.model import Problem
from trainer.progress import past, rules
from trainer.progress.events import CardEvent, Event, ResetEvent, ReviewEvent, WeightsEvent
from trainer.progress.log import Log
from trainer.progress.reading import Told, untold
from trainer.progress.replay import Attempt, CardState, replay
from trainer.progress.rules import PointsOf, Rules
from trainer.progress.stored import state_from, state_text

if TYPE_CHECKING:
    from trainer.memory.tuning import Judgement

SCHEMA = f"""{rules.SCHEMA}{past.SCHEMA}
CREATE TABLE stale (card TEXT PRIMARY KEY, how INTEGER) WITHOUT ROWID;
CREATE TABLE change (id INTEGER PRIMARY KEY, card TEXT);
CREATE TABLE state (
    card TEXT PRIMARY KEY, newest TEXT, events INTEGER, floating INTEGER, last_day INTEGER, introduced INTEGER,
    day_ms INTEGER, ms0 INTEGER, count0 INTEGER, ms1 INTEGER, count1 INTEGER, ms2 INTEGER, count2 INTEGER, body TEXT);
CREATE INDEX state_last_day ON state (last_day, day_ms);
CREATE INDEX state_introduced ON state (introduced) WHERE introduced NOT NULL;
CREATE INDEX state_floating ON state (floating) WHERE floating;
CREATE TABLE total (ms0 INTEGER, count0 INTEGER, ms1 INTEGER, count1 INTEGER, ms2 INTEGER, count2 INTEGER);
INSERT INTO total VALUES (0, 0, 0, 0, 0, 0);
CREATE TRIGGER state_added AFTER INSERT ON state BEGIN UPDATE total SET
    ms0 = ms0 + new.ms0, count0 = count0 + new.count0, ms1 = ms1 + new.ms1, count1 = count1 + new.count1,
    ms2 = ms2 + new.ms2, count2 = count2 + new.count2; END;
CREATE TRIGGER state_removed AFTER DELETE ON state BEGIN UPDATE total SET
    ms0 = ms0 - old.ms0, count0 = count0 - old.count0, ms1 = ms1 - old.ms1, count1 = count1 - old.count1,
    ms2 = ms2 - old.ms2, count2 = count2 - old.count2; END;
"""
STAND, FRESH, WHOLE = range(3)
"""How a card is stale: its state is to be told of again, lacks fresh events, or must be worked out from all events."""
BATCH = 400
"""Cards that are worked out before what was learned is kept."""
MANY = 2000
"""Changes that are named; more are as good as all."""

Changed = Callable[[Mapping[str, CardState]], None]
"""Told of the new states of cards, within the change that keeps them; of one that has none any more, an empty state."""


class _Kept(NamedTuple):
    """What is kept of a card: its greatest key, how many events it has, whether the zone matters, and its state."""

    newest: str = ""
    events: int = 0
    floating: bool = False
    state: CardState = CardState()


def _unheard(states: Mapping[str, CardState]) -> None:
    pass


def _is_floating(event: Event) -> bool:
    """Return whether the day of an event depends on the zone: it says none."""
    return isinstance(event, ResetEvent) or (isinstance(event, ReviewEvent) and event.day is None)


class History:
    """The states that the events of a log add up to, for the cards and points that decks have today."""

    def __init__(
        self, log: Log, day_of: Callable[[datetime], date], points_of: PointsOf, changed: Changed = _unheard
    ) -> None:
        self._log = log
        self._index = log.index
        self._cache = log.index.cache
        self._day_of = day_of
        self._changed = changed
        self.rules = Rules(log, points_of)
        self._seen = self._newest_change()
        log.reader.follow = self._follow

    @property
    def model(self) -> MemoryModel:
        """FSRS with the newest counting weights."""
        return self.rules.model

    def reload(self) -> None:
        """Take over what the cache holds now."""
        self.rules.load()
        self._seen = self._newest_change()

    # Following the log

    def take(self, zone: str = "", told: Told = untold) -> set[str] | None:
        """Work out what the log's new events change; `zone` names what the day of a line without one depends on.

        Returns the cards whose state changed since the last call, in this process or another; None for all.
        """
        new = self._log.take_new()
        self.rules.catch_up()
        if self._cache.get("zone", "") != zone:
            self._cache.write(lambda: self._forget_floating(zone))
        self._work_out(new, told)
        rows = self._cache.query("SELECT id, card FROM change WHERE id > ? ORDER BY id LIMIT ?", self._seen, MANY)
        whole = bool(rows) and (len(rows) == MANY or rows[0][0] > self._seen + 1)
        self._seen = self._newest_change()
        return None if whole else {card for _, card in rows}

    def _newest_change(self) -> int:
        return self._cache.number("SELECT max(id) FROM change")

    def decks_changed(self, cards: Iterable[str] = ()) -> None:
        """Say, within a write, that decks have other cards or points now: what is joined may stand for others."""
        self.tell(cards)
        self._mark(self.rules.joined_cards(), WHOLE)

    def tell(self, cards: Iterable[str]) -> None:
        """Say, within a write, that the states of these cards are to be told of again with the next `take`."""
        self._mark(cards, STAND)

    def _forget_floating(self, zone: str) -> None:
        self._mark([card for (card,) in self._cache.query("SELECT card FROM state WHERE floating")], WHOLE)
        self._cache.set("zone", zone)

    def _follow(self, new: Sequence[Event], gone: set[str], rare_gone: bool) -> None:
        """Mark the cards that must be worked out after events came or went."""
        touched, refitted = self.rules.follow(new, gone, rare_gone)
        if refitted:
            touched |= self.cards()
        self._mark(touched, WHOLE)
        self._mark(self.rules.cards_fed_by(new), FRESH)

    def _mark(self, cards: Iterable[str], how: int) -> None:
        """Note cards to be worked out, at least in this way."""
        sql = "INSERT INTO stale VALUES (?, ?) ON CONFLICT (card) DO UPDATE SET how = max(how, excluded.how)"
        self._cache.run_many(sql, ((card, how) for card in cards))

    def _work_out(self, new: Sequence[Event], told: Told) -> None:
        """Work out every card that is stale."""
        fresh: dict[str, list[CardEvent]] = defaultdict(list)
        for event in new:
            if isinstance(event, CardEvent):
                fresh[event.card].append(event)
        done = 0
        while rows := self._cache.query("SELECT card, how FROM stale LIMIT ?", BATCH):
            stale = dict(rows)
            self._cache.write(lambda stale=stale: self._work_out_some(stale, fresh))  # type: ignore[misc]
            done += len(rows)
            if len(rows) == BATCH:
                told(done, done + self._cache.number("SELECT count(*) FROM stale"))

    def _work_out_some(self, stale: Mapping[str, int], fresh: Mapping[str, list[CardEvent]]) -> None:
        """Work out these cards, each as it is stale, within a write."""
        self.rules.catch_up()  # another process may have marked them
        kept = self._kept(card for card, how in stale.items() if how < WHOLE)
        changed = [card for card, how in stale.items() if how > STAND]
        counts = self._index.counts_of(changed)
        for card in changed:
            kept[card] = self._replay(card, kept.get(card, _Kept()), fresh.get(card, []), counts.get(card, 0))
        one = [(card,) for card in changed]
        self._cache.run_many("DELETE FROM stale WHERE card = ?", ((card,) for card in stale))
        self._cache.run_many("DELETE FROM state WHERE card = ?", one)
        self._cache.run_many("INSERT INTO change VALUES (NULL, ?)", one)
        self._cache.run("DELETE FROM change WHERE id <= (SELECT max(id) FROM change) - ?", 2 * MANY)
        self._keep((card, kept[card]) for card in changed if kept[card].events)
        self._changed({card: kept[card].state if card in kept else CardState() for card in stale})

    def _replay(self, card: str, kept: _Kept, fresh: list[CardEvent], count: int) -> _Kept:
        """Work out a card from what is kept where its fresh events follow that; else from all its events.

        `count` is how many of these it has.
        """
        events = sorted(fresh, key=lambda event: (event.key, event.form))
        follows = (
            bool(events)
            and events[0].key > kept.newest
            and kept.events + len(events) == count
            and len(self.rules.joins.joined(card)) == 1
        )
        if not follows:
            kept = _Kept()
            events = self.events_of(card) if self.stands(card) else []
        if not kept.events:
            past.forget(self._cache, card)
        if not events:
            return kept
        counted = [event for event in events if self.counts(event)]
        recorder = past.Recorder(self._cache, card, bool(kept.events), self.model, self.rules.points_of(card))
        state = replay(counted, self.model, self._day_of, self.rules.points_today(card), kept.state, recorder)
        recorder.keep(state.memory)
        floating = kept.floating or any(map(_is_floating, counted))
        return _Kept(events[-1].key, kept.events + len(events), floating, state)

    def _kept(self, cards: Iterable[str]) -> dict[str, _Kept]:
        """Return what is kept of these cards."""
        return self._cache.read(
            lambda rows: {row[0]: _Kept(row[1], row[2], bool(row[3]), state_from(row[4])) for row in rows},
            "SELECT card, newest, events, floating, body FROM state WHERE card IN (SELECT value FROM json_each(?))",
            json.dumps([*cards]),
        )

    def _keep(self, kept: Iterable[tuple[str, _Kept]]) -> None:
        """Keep states, with what sums over all cards are made of."""
        sql = "INSERT INTO state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self._cache.run_many(sql, (_row(*each) for each in kept))

    # What there is

    def stands(self, card: str) -> bool:
        """Return whether the card has a state of its own, and is not counted under another id."""
        return card in self.rules.stands_for(card)

    def events_of(self, card: str) -> list[CardEvent]:
        """Return the events that belong to a card, counting or not, in order."""
        ids = self.rules.ids_of(card)
        places = [place for each in ids for place in self._index.of_card(each)]
        return [event for event in self._log.events(places) if isinstance(event, CardEvent) and event.card in ids]

    def counts(self, event: Event) -> bool:
        """Return whether the event counts."""
        return self.rules.counts(event)

    def state(self, card: str) -> CardState:
        """Return where a card stands."""
        sql = "SELECT body FROM state WHERE card = ?"
        return self._cache.read(lambda rows: state_from(rows[0][0]) if rows else CardState(), sql, card)

    def point_series(self, card: str) -> "dict[str, list[Judgement]]":
        """Return what was said of each point of a card, one judgement after the other."""
        from trainer.progress.series import point_series  # needed for tuning only

        events = (event for event in self.events_of(card) if self.counts(event))
        return point_series(events, self._day_of, self.rules.points_today(card))

    def cards(self) -> set[str]:
        """Return the ids of all cards with events that have a state of their own."""
        return {card for (card,) in self._cache.query("SELECT card FROM state")}

    def seconds_on(self, day: date) -> float:
        """Return the seconds spent on a day; of a card only its last day is known."""
        return self._cache.number("SELECT sum(day_ms) FROM state WHERE last_day = ?", day.toordinal()) / 1000

    def introduced_on(self, day: date) -> int:
        """Return how many cards had a point asked for the first time on a day, and on none after it."""
        return self._cache.number("SELECT count(*) FROM state WHERE introduced = ?", day.toordinal())

    def spent(self, kind: Attempt) -> tuple[float, int]:
        """Return the seconds of all attempts of a kind that have a time, and how many these are."""
        row = self._cache.one(f"SELECT ms{kind:d}, count{kind:d} FROM total")
        return (row[0] / 1000, row[1]) if row else (0.0, 0)

    def problems(self, file: str) -> list[Problem]:
        """Return what is wrong with events that could be read."""
        return [
            Problem(file, None, f"The weights of {event.key} are not 21 finite numbers; they are ignored.")
            for event in self._log.events(self._index.of_kind(WeightsEvent))
            if isinstance(event, WeightsEvent) and bounded_weights(event.weights) is None
        ]


def _row(card: str, kept: _Kept) -> tuple[Any, ...]:
    """Return what the table of states says of a card."""
    state = kept.state
    spent = [number for pair in zip(state.seconds, state.attempts, strict=True) for number in pair]
    spent[::2] = [round(seconds * 1000) for seconds in state.seconds]
    return (
        card, kept.newest, kept.events, kept.floating,
        state.last_day and state.last_day.toordinal(), state.introduced and state.introduced.toordinal(),
        round(state.seconds_on_last_day * 1000), *spent, state_text(state),
    )  # fmt: skip

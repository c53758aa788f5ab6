"""Where each event stands in the log, and by what it is asked for: the log's table of contents.

It is kept in the cache. Lines themselves stay in the log and are read there.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from trainer.cache import Cache
from trainer.progress.events import (
    BuryEvent,
    CardEvent,
    Event,
    ImportEvent,
    MoveEvent,
    ResetEvent,
    ReviewEvent,
    SuspendEvent,
    UndoEvent,
    UnknownEvent,
    WasEvent,
    WeightsEvent,
    WordingEvent,
)

KINDS: dict[type[Event], int] = {
    ReviewEvent: 1, WordingEvent: 2, SuspendEvent: 3, BuryEvent: 4, ResetEvent: 5, MoveEvent: 6,
    UndoEvent: 10, WasEvent: 11, WeightsEvent: 12, ImportEvent: 13, UnknownEvent: 14,
}  # fmt: skip
"""The number of each kind; what changes how others count has one from 10."""
SCHEMA = """
CREATE TABLE event (
    id INTEGER PRIMARY KEY, key TEXT, digest INTEGER, kind INTEGER, card TEXT, batch TEXT, source TEXT,
    about TEXT, novel INTEGER, at INTEGER, size INTEGER);
CREATE INDEX event_key ON event (key);
CREATE INDEX event_card ON event (card, key) WHERE card != '';
CREATE INDEX event_batch ON event (batch) WHERE batch != '';
CREATE INDEX event_source ON event (source) WHERE source != '';
CREATE INDEX event_rare ON event (kind, about) WHERE kind >= 10;
CREATE TABLE block (number INTEGER PRIMARY KEY, size INTEGER, digest BLOB);
CREATE TABLE log_problem (id INTEGER PRIMARY KEY, line INTEGER, message TEXT);
"""
NO_FILE = "none"
"""The signature of a file that is not there."""
_RARE = "WHERE kind = ? AND kind >= 10"  # in the words of the index, which SQLite does not conclude


class Place(NamedTuple):
    """Where an event of a key stands."""

    key: str
    at: int
    """Bytes before its line in the log."""
    size: int
    """Bytes of its line."""


class Brief(NamedTuple):
    """What is known of an event without its line."""

    key: str
    kind: type[Event]
    card: str
    """Empty for one of no card."""
    batch: str
    source: str


class Reading(NamedTuple):
    """How far the log was read."""

    signature: str = NO_FILE
    """What the file system says of the file; empty where reading was not finished."""
    offset: int = 0
    """Bytes of finished lines."""
    size: int = 0
    """Bytes read, an unfinished last line included."""
    lines: int = 0
    """Finished lines."""


class EventIndex:
    """The events of a log by key, card, kind, import and source."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    @property
    def reading(self) -> Reading:
        """How far the log was read."""
        return Reading(*json.loads(self.cache.get("log", "[]")))

    def set_reading(self, reading: Reading) -> None:
        """Say how far the log was read."""
        self.cache.set("log", json.dumps(reading))

    def add(self, found: Iterable[tuple[Event, int, int]]) -> None:
        """Add events, each with the bytes before its line and those of its line."""
        sql = "INSERT INTO event VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self.cache.run_many(sql, ((*_columns(event), at, size) for event, at, size in found))

    def drop_from(self, at: int) -> tuple[set[str], bool]:
        """Remove the events from a place on; return their cards, and whether one of them changes how others count."""
        rows = self.cache.query("SELECT DISTINCT card, kind >= 10 FROM event WHERE at >= ?", at)
        self.cache.run("DELETE FROM event WHERE at >= ?", at)
        return {card for card, _ in rows if card}, any(rare for _, rare in rows)

    # Finding

    def knows(self, event: Event) -> bool | None:
        """Return whether this event is there; None where its key stands only for others."""
        rows = self.cache.query("SELECT digest FROM event WHERE key = ?", event.key)
        if (_digest(event),) in rows:
            return True
        return None if rows else False

    def newest_key(self, below: str = "~") -> str:
        """Return the greatest key that is smaller than `below`; empty for none."""
        row = self.cache.one("SELECT max(key) FROM event WHERE key < ?", below)
        return (row and row[0]) or ""

    def has_stamp(self, stamp: str) -> bool:
        """Return whether a key has this time."""
        return self.cache.one("SELECT 1 FROM event WHERE key >= ? AND key < ? LIMIT 1", stamp, stamp + "~") is not None

    def of_key(self, key: str) -> list[Place]:
        """Return the places of a key."""
        return self._places("WHERE key = ?", key)

    def of_card(self, card: str) -> list[Place]:
        """Return the places of a card's events, by key."""
        return self._places("WHERE card = ? AND card != '' ORDER BY key", card)

    def in_brief(self) -> Iterator[Brief]:
        """Go over all events but undos and renamings, by key."""
        kinds = {number: kind for kind, number in KINDS.items()}
        sql = "SELECT key, kind, card, batch, source FROM event WHERE kind NOT IN (?, ?) ORDER BY key"
        for key, kind, card, batch, source in self.cache.query(sql, KINDS[UndoEvent], KINDS[WasEvent]):
            yield Brief(key, kinds[kind], card, batch, source)

    def reviews_since(self, stamp: str) -> int:
        """Return how many reviews were written, or came with an import, at a time or after it; counting or not."""
        kind = KINDS[ReviewEvent]
        own = self.cache.number("SELECT count(*) FROM event WHERE key >= ? AND kind = ? AND batch = ''", stamp, kind)
        imported = "SELECT count(*) FROM event WHERE batch >= ? AND batch != '' AND kind = ?"
        return own + self.cache.number(imported, stamp, kind)

    def counts_of(self, cards: Iterable[str]) -> dict[str, int]:
        """Return how many events each of these cards has; those without any are absent."""
        wanted = "SELECT value FROM json_each(?)"
        sql = f"SELECT card, count(*) FROM event WHERE card IN ({wanted}) AND card != '' GROUP BY card"
        return dict(self.cache.query(sql, json.dumps([*cards])))

    def of_source(self, source: str) -> list[Place]:
        """Return the places of the reviews imported from one source, by key."""
        kind = KINDS[ReviewEvent]
        return self._places("WHERE source = ? AND source != '' AND kind = ? ORDER BY key", source, kind)

    def of_kind(self, kind: type[Event]) -> list[Place]:
        """Return the places of the events of one kind that changes how others count, by key."""
        return self._places(f"{_RARE} ORDER BY key", KINDS[kind])

    def newest(self, kinds: Iterable[type[Event]], mark: str, stamp: str) -> Iterator[Place]:
        """Go over the events of these kinds that came with no import, newest first.

        Only those whose key has this mark behind its time, which is at most `stamp`.
        """
        numbers = ", ".join(str(KINDS[kind]) for kind in kinds)
        rest = (
            f"WHERE key < ? AND kind IN ({numbers}) AND batch = '' AND substr(key, ?, ?) = ?"
            " ORDER BY key DESC LIMIT 20 OFFSET ?"
        )
        skipped = 0
        while found := self._places(rest, stamp + "~", len(stamp) + 2, len(mark), mark, skipped):
            yield from found
            skipped += len(found)

    def after(self, key: str) -> list[Place]:
        """Return the places of greater keys."""
        return self._places("WHERE key > ? ORDER BY key", key)

    def cards_of(self, names: Iterable[str]) -> set[str]:
        """Return the cards of the events with these keys or of these imports."""
        cards: set[str] = set()
        for name in names:
            rows = self.cache.query(
                "SELECT card FROM event WHERE key = ? AND card != ''"
                " UNION SELECT card FROM event WHERE batch = ? AND batch != '' AND card != ''",
                name,
                name,
            )
            cards.update(card for (card,) in rows)
        return cards

    def cards_sharing(self, card: str) -> set[str]:
        """Return the cards with reviews imported from a source that this card has one of."""
        rows = self.cache.query(
            "SELECT DISTINCT other.card FROM event JOIN event AS other ON other.source = event.source"
            " WHERE event.card = ? AND event.card != '' AND event.source != '' AND event.kind = ?"
            " AND other.source != '' AND other.kind = event.kind",
            card,
            KINDS[ReviewEvent],
        )
        return {each for (each,) in rows}

    def undos(self) -> list[UndoEvent]:
        """Return every undo, without its form."""
        rows = self.cache.query(f"SELECT key, batch, about FROM event {_RARE}", KINDS[UndoEvent])
        return [UndoEvent(key, "", batch, False, target) for key, batch, target in dict.fromkeys(rows)]

    def renamings(self) -> list[WasEvent]:
        """Return every renaming, without its form."""
        rows = self.cache.query(f"SELECT key, batch, card, source, about FROM event {_RARE}", KINDS[WasEvent])
        return [WasEvent(key, "", batch, False, card, point, was) for key, batch, card, point, was in rows]

    def is_undone_by(self, name: str) -> bool:
        """Return whether an undo names this key."""
        return self.cache.one(f"SELECT 1 FROM event {_RARE} AND about = ? LIMIT 1", KINDS[UndoEvent], name) is not None

    def is_rare(self, name: str) -> bool:
        """Return whether a key is of an event that changes how others count, or names an import."""
        row = self.cache.one(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM event WHERE key = ?1 AND kind >= 10)"
            " OR EXISTS (SELECT 1 FROM event WHERE batch = ?1 AND batch != '')",
            name,
        )
        return row is not None

    def count(self) -> int:
        """Return how many events there are."""
        return self.cache.number("SELECT count(*) FROM event")

    def count_novel(self) -> int:
        """Return how many events say something that this version does not know."""
        return self.cache.number("SELECT count(*) FROM event WHERE novel")

    def _places(self, rest: str, *values: object) -> list[Place]:
        return [Place(*row) for row in self.cache.query(f"SELECT key, at, size FROM event {rest}", *values)]

    # Blocks of the file, by which it is known again

    def blocks(self) -> list[tuple[int, int, bytes]]:
        """Return number, size in bytes, and SHA-256 of each block read."""
        return [(row[0], row[1], row[2]) for row in self.cache.query("SELECT * FROM block ORDER BY number")]

    def set_blocks(self, first: int, blocks: Sequence[tuple[int, int, bytes]]) -> None:
        """Put these in the place of all blocks from number `first` on."""
        self.cache.run("DELETE FROM block WHERE number >= ?", first)
        self.cache.run_many("INSERT INTO block VALUES (?, ?, ?)", blocks)

    # What is wrong

    def add_problem(self, line: int, message: str) -> None:
        """Keep what is wrong on a line."""
        self.cache.run("INSERT INTO log_problem VALUES (NULL, ?, ?)", line, message)

    def drop_problems(self, line: int) -> None:
        """Forget what was wrong from a line on."""
        self.cache.run("DELETE FROM log_problem WHERE line >= ?", line)

    def problems(self) -> list[tuple[int, str]]:
        """Return line and message of all that is wrong."""
        return [(row[0], row[1]) for row in self.cache.query("SELECT line, message FROM log_problem ORDER BY id")]


def _columns(event: Event) -> tuple[object, ...]:
    """Return what an event is asked for by: key, digest, kind, card, import, source, about, novel."""
    card = event.card if isinstance(event, CardEvent) else ""
    source = about = ""
    match event:
        case ReviewEvent():
            source = event.source
        case UndoEvent():
            about = event.target
        case WasEvent():
            about, source = event.was, event.point
    return event.key, _digest(event), KINDS[type(event)], card, event.batch, source, about, event.novel


def _digest(event: Event) -> int:
    """Return the form of an event as a number that only equal forms share."""
    return int.from_bytes(hashlib.sha256(event.form.encode()).digest()[:8], "big", signed=True)

"""Where each event stands in the log, and by what it is asked for: the log's table of contents.

It is kept in the cache. Lines themselves stay in the log and are read there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
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
    id INTEGER PRIMARY KEY, key TEXT, kind INTEGER, card TEXT, batch TEXT, source TEXT,
    about TEXT, novel INTEGER, at INTEGER, size INTEGER, line BLOB);
CREATE INDEX event_key ON event (key);
CREATE INDEX event_card ON event (card, key) WHERE card != '';
CREATE INDEX event_batch ON event (batch) WHERE batch != '';
CREATE INDEX event_source ON event (source) WHERE source != '';
CREATE INDEX event_rare ON event (kind, about) WHERE kind >= 10;
CREATE TABLE block (number INTEGER PRIMARY KEY, size INTEGER, digest BLOB);
CREATE TABLE log_problem (id INTEGER PRIMARY KEY, line INTEGER, message TEXT);
"""
_PLACES = "key, at, size, line FROM event"
_READING = "log"


class Place(NamedTuple):
    """Where an event of a key stands."""

    key: str
    at: int
    """Bytes before its line in the log."""
    size: int
    """Bytes of its line."""
    line: bytes | None
    """The line itself where it is not in the log."""


@dataclass(frozen=True)
class Reading:
    """How far the log was read."""

    signature: str = ""
    """What the file system says of the file; empty where there is none, or reading was not finished."""
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
        return Reading(*json.loads(self.cache.get(_READING, "[]")))

    def set_reading(self, reading: Reading) -> None:
        """Say how far the log was read."""
        values = [reading.signature, reading.offset, reading.size, reading.lines]
        self.cache.set(_READING, json.dumps(values))

    def add(self, event: Event, at: int, size: int, line: bytes | None = None) -> None:
        """Add an event that stands at a place."""
        card = event.card if isinstance(event, CardEvent) else ""
        source = event.source if isinstance(event, ReviewEvent) else ""
        about = ""
        match event:
            case UndoEvent(target=target):
                about = target
            case WasEvent(was=was, point=point):
                about, source = was, point
        self.cache.run(
            "INSERT INTO event VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            event.key, KINDS[type(event)], card, event.batch, source, about, event.novel, at, size, line,
        )  # fmt: skip

    def forget(self) -> None:
        """Remove everything."""
        for table in ("event", "block", "log_problem"):
            self.cache.run(f"DELETE FROM {table}")

    # Finding

    def newest_key(self) -> str:
        """Return the greatest key."""
        row = self.cache.one("SELECT max(key) FROM event")
        return (row and row[0]) or ""

    def has_stamp(self, stamp: str) -> bool:
        """Return whether a key has this time."""
        return self.cache.one("SELECT 1 FROM event WHERE key >= ? AND key < ? LIMIT 1", stamp, stamp + "~") is not None

    def of_key(self, key: str) -> list[Place]:
        """Return the places of a key."""
        return self._places("WHERE key = ?", key)

    def count(self) -> int:
        """Return how many events there are."""
        row = self.cache.one("SELECT count(*) FROM event")
        return row[0] if row else 0

    def count_novel(self) -> int:
        """Return how many events say something that this version does not know."""
        row = self.cache.one("SELECT count(*) FROM event WHERE novel")
        return row[0] if row else 0

    def _places(self, rest: str, *values: object) -> list[Place]:
        return [Place(*row) for row in self.cache.query(f"SELECT {_PLACES} {rest}", *values)]

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

    def problems(self) -> list[tuple[int, str]]:
        """Return line and message of all that is wrong."""
        return [(row[0], row[1]) for row in self.cache.query("SELECT line, message FROM log_problem ORDER BY id")]

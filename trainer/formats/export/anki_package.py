"""An Anki package of the old format, which every Anki reads: cards, tags, suspended cards, and each review.

Schema 11: https://github.com/ankidroid/Anki-Android/wiki/Database-Structure
"""

import hashlib
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, time
from html import escape

from trainer.collection.collection import Collection
from trainer.formats.anki.notes import OWN_GUID
from trainer.formats.export.anki_schema import SCHEMA, collection_row
from trainer.formats.export.page import answer_html
from trainer.formats.export.past import counting_events
from trainer.model import Card, Deck, Rating
from trainer.progress.events import CardEvent, ResetEvent, ReviewEvent, moment_of
from trainer.progress.replay import CardState

HISTORY = True
_EASE = dict(zip(Rating, (1, 2, 3, 4), strict=True))
_NEW, _REVIEW, _SUSPENDED = 0, 2, -1
_LEARNING, _REVIEWING, _RELEARNING, _BY_HAND = 0, 1, 2, 4
_FACTOR = 2500
_ANKI_SOURCE = re.compile(r"anki:(\d{1,15})")


def export(collection: Collection, deck: Deck) -> bytes:
    """Return a deck as a package."""
    connection = sqlite3.connect(":memory:")
    with closing(connection):
        _Writer(collection, connection).write(deck)
        data = connection.serialize()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki21", data)
        archive.writestr("media", "{}")
    return target.getvalue()


class _Writer:
    def __init__(self, collection: Collection, connection: sqlite3.Connection) -> None:
        self._collection = collection
        self._connection = connection
        self._now = int(collection.clock.now().timestamp() * 1000)
        self._taken: set[int] = set()

    def write(self, deck: Deck) -> None:
        """Fill the database."""
        states = [self._collection.state(card.id) for card in deck.cards]
        days = [state.last_day for state in states if state.last_day]
        first_day = min([self._collection.today, *days])
        made = datetime.combine(first_day, time(4)).astimezone()
        self._first_day = first_day
        self._connection.executescript(SCHEMA)
        row = collection_row(deck, int(made.timestamp()), self._now)
        self._connection.execute(f"INSERT INTO col VALUES ({', '.join('?' * len(row))})", row)
        self._deck = next(int(key) for key in json.loads(row[10]) if key != "1")
        self._type = next(map(int, json.loads(row[9])))
        for number, card in enumerate(deck.cards, 1):
            self._note(number, card)
            self._card(number, card)
            self._events(self._now + number, counting_events(self._collection, card))

    def _note(self, number: int, card: Card) -> None:
        question = escape(card.question).replace("\n", "<br>")
        fields = (question, answer_html(card), escape(card.hint).replace("\n", "<br>"))
        tags = "".join(f" {'_'.join(tag.split())}" for tag in card.tags)
        check = int(hashlib.sha1(card.question.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:8], 16)
        self._insert(
            "notes",
            (self._now + number, OWN_GUID + card.id, self._type, self._now // 1000, -1, f"{tags} " if tags else "",
             "\x1f".join(fields), card.question, check, 0, ""),
        )  # fmt: skip

    def _card(self, number: int, card: Card) -> None:
        state = self._collection.state(card.id)
        due = self._collection.due(card.id)
        if state.last_day is None or due is None:
            kind, days, interval = _NEW, number, 0
        else:
            kind, days = _REVIEW, (due - self._first_day).days
            interval = max(1, (due - state.last_day).days)
        queue = _SUSPENDED if state.suspended else kind
        factor = _FACTOR if kind else 0
        self._insert(
            "cards",
            (self._now + number, self._now + number, self._deck, 0, self._now // 1000, -1, kind, queue, days, interval,
             factor, state.reviews, state.lapses, 0, 0, 0, 0, _memory(state)),
        )  # fmt: skip

    def _events(self, card: int, events: Sequence[CardEvent]) -> None:
        """Write what happened to a card: its reviews, and where it was begun anew."""
        before, kind = 0, _LEARNING
        for event in events:
            if isinstance(event, ResetEvent):
                self._insert("revlog", (self._free(_milliseconds(event)), card, -1, 0, 0, before, 0, 0, _BY_HAND))
                before, kind = 0, _LEARNING
            elif isinstance(event, ReviewEvent):
                ease = _EASE[event.rating]
                after = (event.due - event.day).days if event.due and event.day and ease > 1 else 0
                spent = int((event.seconds or 0) * 1000)
                kind = _RELEARNING if event.given and kind != _LEARNING else kind
                key = self._free(_anki_id(event) or _milliseconds(event))
                self._insert("revlog", (key, card, -1, ease, after, before, _FACTOR, spent, kind))
                before, kind = after, _REVIEWING

    def _free(self, key: int) -> int:
        """Return the id of a line of Anki's review log, which is its time; each is given once."""
        while key in self._taken:
            key += 1
        self._taken.add(key)
        return key

    def _insert(self, table: str, row: tuple[int | str, ...]) -> None:
        self._connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _anki_id(review: ReviewEvent) -> int | None:
    """Return the id in Anki of a review that came from there."""
    match = _ANKI_SOURCE.fullmatch(review.source)
    return int(match[1]) if match else None


def _milliseconds(event: CardEvent) -> int:
    return round(moment_of(event.key).timestamp() * 1000)


def _memory(state: CardState) -> str:
    """Return what Anki keeps of a card beside: when it was asked last, and FSRS's memory where it has one point."""
    if state.last_moment is None:
        return "{}"
    said: dict[str, float] = {"lrt": int(state.last_moment.timestamp())}
    if len(state.memory) == 1:
        (memory,) = state.memory.values()
        said |= {"s": round(memory.stability, 4), "d": round(memory.difficulty, 3)}
    return json.dumps(said)

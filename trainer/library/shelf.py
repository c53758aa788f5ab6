"""Deck files as they were read, kept in the cache: a file that did not change is not read again."""

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.cache import Cache, sealed, unsealed
from trainer.model import Card, KeyPoint, Problem
from trainer.text import folded

if TYPE_CHECKING:
    from trainer.library.deck_format import DeckFile

SCHEMA = """
CREATE TABLE file (name TEXT PRIMARY KEY, signature TEXT, digest BLOB, head TEXT, problems TEXT) WITHOUT ROWID;
CREATE TABLE card (
    file TEXT, place INTEGER, number INTEGER, id TEXT, asked INTEGER, outline TEXT, content TEXT,
    PRIMARY KEY (file, place));
CREATE TABLE words (file TEXT, place INTEGER, text TEXT, PRIMARY KEY (file, place));
CREATE INDEX card_id ON card (id);
CREATE INDEX card_twice ON card (asked) WHERE NOT asked;
"""
BETWEEN = "\x1f"
"""Stands around each tag in the words of a card: no text from outside holds it."""
_FIRST = "NOT EXISTS (SELECT 1 FROM card o WHERE o.id = card.id AND (o.file, o.place) < (card.file, card.place))"

Touched = Callable[[set[str]], None]
"""Told, within the change that keeps it, which cards came, went or changed."""


class Outline(NamedTuple):
    """Of a card only what statistics ask about all cards for."""

    card: str
    file: str
    weights: dict[str, float]
    """Of its points, by id."""
    tags: tuple[str, ...]
    """Its own, without those of its deck."""


class Shelf:
    """The content of all deck files; of a card in several places, the first by file and place is asked."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    # Files

    def signatures(self) -> dict[str, str]:
        """Return what the file system said of each file when it was read."""
        return dict(self._cache.query("SELECT name, signature FROM file"))

    def heads(self) -> list[tuple[str, list[Any] | None, list[Problem]]]:
        """Return name, title with description and tags (None for no deck), and problems of each file, by name."""
        return self._cache.read(
            lambda rows: [
                (name, head and json.loads(head), [Problem(*each) for each in json.loads(problems)])
                for name, head, problems in rows
            ],
            "SELECT name, head, problems FROM file ORDER BY name",
        )

    def put(self, name: str, signature: str, digest: bytes, content: "DeckFile", touched: Touched) -> None:
        """Keep what a file holds now."""
        deck = content.deck
        head = json.dumps([deck.title, deck.about, deck.tags]) if deck else None
        said = json.dumps([[each.file, each.line, each.message, each.hint] for each in content.problems])
        numbered = list(zip(content.indexes, deck.cards, strict=True)) if deck else []
        rows = [
            (name, place, number, card.id, _outline(card), _text(card)) for place, (number, card) in enumerate(numbered)
        ]
        words = [(name, place, _words(card)) for place, (_, card) in enumerate(numbered)]

        def work() -> None:
            self._cache.run("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", name, signature, digest, head, said)
            self._replace(name, rows, words, touched)

        self._cache.write(work)

    def put_problems(self, name: str, signature: str, problems: list[Problem]) -> None:
        """Keep what is wrong with a file whose deck stays what it was."""
        said = json.dumps([[each.file, each.line, each.message, each.hint] for each in problems])
        sql = "UPDATE file SET signature = ?, digest = x'', problems = ? WHERE name = ?"
        self._cache.write(lambda: self._cache.run(sql, signature, said, name))

    def is_same(self, name: str, digest: bytes) -> bool:
        """Return whether the file held these bytes when it was read."""
        return self._cache.one("SELECT 1 FROM file WHERE name = ? AND digest = ?", name, digest) is not None

    def sign(self, name: str, signature: str) -> None:
        """Keep a new signature of a file whose bytes did not change."""
        sql = "UPDATE file SET signature = ? WHERE name = ?"
        self._cache.write(lambda: self._cache.run(sql, signature, name))

    def remove(self, name: str, touched: Touched) -> None:
        """Forget a file."""

        def work() -> None:
            self._cache.run("DELETE FROM file WHERE name = ?", name)
            self._replace(name, [], [], touched)

        self._cache.write(work)

    def _replace(self, name: str, rows: list[tuple[Any, ...]], words: list[tuple[Any, ...]], touched: Touched) -> None:
        """Put cards in the place of all cards of a file; tell which changed."""
        before = set(self._cache.query("SELECT id, place, content FROM card WHERE file = ?", name))
        after = {(row[3], row[1], row[5]) for row in rows}
        self._cache.run("DELETE FROM card WHERE file = ?", name)
        self._cache.run_many("INSERT INTO card VALUES (?, ?, ?, ?, 1, ?, ?)", rows)
        self._cache.run("DELETE FROM words WHERE file = ?", name)
        self._cache.run_many("INSERT INTO words VALUES (?, ?, ?)", words)
        changed = {each[0] for each in before ^ after}
        self._cache.run_many(f"UPDATE card SET asked = {_FIRST} WHERE id = ?", ((each,) for each in changed))
        touched(changed)

    # Cards

    def card(self, card_id: str) -> Card | None:
        """Return the card of this id."""
        sql = "SELECT id, content FROM card WHERE id = ? AND asked"
        return self._cache.read(lambda rows: _card(*rows[0]) if rows else None, sql, card_id)

    def placed(self, card_ids: Iterable[str]) -> dict[str, tuple[str, int, Card]]:
        """Return file, place among the deck's cards, and content of these cards, but for those of no deck."""
        return self._cache.read(
            lambda rows: {card_id: (file, place, _card(card_id, text)) for card_id, file, place, text in rows},
            "SELECT id, file, place, content FROM card WHERE asked AND id IN (SELECT value FROM json_each(?))",
            json.dumps([*card_ids]),
        )

    def place(self, card_id: str) -> tuple[str, int, int] | None:
        """Return the file of a card, its place among the deck's cards, and among the file's tables."""
        row = self._cache.one("SELECT file, place, number FROM card WHERE id = ? AND asked", card_id)
        return row and (row[0], row[1], row[2])

    def ids(self) -> list[str]:
        """Return the id of every card, in the order of files and places."""
        return [row[0] for row in self._cache.query("SELECT id FROM card WHERE asked ORDER BY file, place")]

    def count(self) -> int:
        """Return how many cards there are."""
        return self._cache.number("SELECT count(*) FROM card WHERE asked")

    def count_in(self, file: str) -> int:
        """Return how many cards a deck has."""
        return self._cache.number("SELECT count(*) FROM card WHERE file = ? AND asked", file)

    def cards_in(self, file: str, start: int = 0, count: int = -1) -> list[Card]:
        """Return `count` cards of a deck (-1: all) from the one at `start` on, in order."""
        sql = "SELECT id, content FROM card WHERE file = ? AND asked ORDER BY place LIMIT ? OFFSET ?"
        return self._cache.read(lambda rows: [_card(*row) for row in rows], sql, file, count, start)

    def outline(self, card_id: str) -> Outline | None:
        """Return the outline of the card of this id."""
        sql = "SELECT id, file, outline FROM card WHERE id = ? AND asked"
        return next(iter(self._cache.read(_outlines, sql, card_id)), None)

    def outlines(self) -> list[Outline]:
        """Return the outline of every card, in the order of files and places."""
        return self._cache.read(_outlines, "SELECT id, file, outline FROM card WHERE asked ORDER BY file, place")

    def count_twice(self) -> int:
        """Return how many cards are left out since another is of the same id."""
        return self._cache.number("SELECT count(*) FROM card WHERE NOT asked")

    def twice(self) -> list[tuple[str, int, Card]]:
        """Return file, place among its tables, and content of the cards left out so."""
        sql = "SELECT file, number, id, content FROM card WHERE NOT asked ORDER BY file, place"
        return self._cache.read(lambda rows: [(file, number, _card(*card)) for file, number, *card in rows], sql)


def _text(card: Card) -> str:
    """Return what a card holds as one JSON list, sealed."""
    points = [[point.id, point.text, point.weight] for point in card.key_points]
    rest = (card.follow_ups, card.hint, card.why, card.tags, card.source)
    return sealed(json.dumps([card.question, points, card.answer, *rest], ensure_ascii=False, separators=(",", ":")))


def _words(card: Card) -> str:
    """Return what a card is searched by: the question first, a line for each text of it, its tags last."""
    points = (point.text for point in card.key_points)
    texts = (card.question, *points, card.answer, *card.follow_ups, card.hint, card.why, card.id)
    return BETWEEN.join(["\n".join(map(folded, texts)), *map(folded, card.tags), ""])


def _outline(card: Card) -> str:
    """Return what statistics ask about a card for as one JSON list, sealed."""
    return sealed(json.dumps([{point.id: point.weight for point in card.points}, card.tags], separators=(",", ":")))


def _outlines(rows: list[tuple[Any, ...]]) -> list[Outline]:
    """Return outlines from id, file and JSON of each: all of it is read at once, which takes a fraction of the time."""
    read = json.loads(f"[{','.join(unsealed(row[2]) for row in rows)}]")
    return [
        Outline(card, file, weights, tuple(tags)) for (card, file, _), (weights, tags) in zip(rows, read, strict=True)
    ]


def _card(card_id: str, text: str) -> Card:
    question, points, answer, follow_ups, hint, why, tags, source = json.loads(unsealed(text))
    key_points = tuple(KeyPoint(each[0], each[1], each[2]) for each in points)
    return Card(card_id, question, key_points, answer, tuple(follow_ups), hint, why, tuple(tags), source)

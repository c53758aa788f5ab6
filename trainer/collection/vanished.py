"""What was learned and is in no deck any more, kept in the cache: nothing is looked for while nothing is missing."""

import json
from collections.abc import Iterable
from zlib import crc32

from trainer.cache import Cache
from trainer.model import Card
from trainer.progress.replay import CardState

SCHEMA = """
CREATE TABLE vanished (card TEXT PRIMARY KEY, whole INTEGER, mark INTEGER) WITHOUT ROWID;
"""


class Vanished:
    """The cards with reviews that no deck has, and those with learned points gone while others are new."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def put(self, cards: Iterable[tuple[str, Card | None, CardState]]) -> None:
        """Keep whether something of these cards is missing, within a write; None stands for a card that no deck has."""
        cards = list(cards)
        self._cache.run_many("DELETE FROM vanished WHERE card = ?", ((card_id,) for card_id, _, _ in cards))
        self._cache.run_many("INSERT INTO vanished VALUES (?, ?, ?)", filter(None, (_row(*each) for each in cards)))

    def cards(self, whole: bool) -> list[str]:
        """Return the cards that vanished as a `whole`, or those of which only points did."""
        return [row[0] for row in self._cache.query("SELECT card FROM vanished WHERE whole = ? ORDER BY card", whole)]

    # What was looked for

    @property
    def found_nothing(self) -> bool:
        """Whether nothing is missing, or what is was looked for already in these decks, and is not there."""
        is_whole = self._cache.one("SELECT 1 FROM vanished LIMIT 1") is None
        return is_whole or self._cache.get("vanished", "") == self._circumstances()

    def note_nothing(self) -> None:
        """Keep that what is missing is not in these decks."""
        told = self._circumstances()
        self._cache.write(lambda: self._cache.set("vanished", told))

    def _circumstances(self) -> str:
        """Return what the outcome of a search follows from: it changes whenever that may be another."""
        rows = self._cache.query("SELECT * FROM vanished ORDER BY card")
        files = self._cache.query("SELECT name, hex(digest) FROM file ORDER BY name")
        unseen = self._cache.query("SELECT count(*), sum(rowid) FROM standing WHERE NOT reviews")
        return json.dumps([rows, files, unseen, self._cache.get("rules", 0)])


def _row(card_id: str, card: Card | None, state: CardState) -> tuple[str, bool, int] | None:
    """Return what the table says of a card of which something is missing, None of any other."""
    now = {point.id for point in card.points} if card else set()
    known = state.memory.keys()
    if not (known - now and now - known if card else state.reviews):
        return None
    return card_id, card is None, crc32(repr((state.wording, sorted(known))).encode(errors="replace"))

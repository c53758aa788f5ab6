"""Cards found by what a person writes, and in the order wished for."""

from enum import Enum
from typing import assert_never

from trainer.collection.opened import OpenHome
from trainer.search.conditions import CONDITIONS, Sql
from trainer.search.reading import All, Condition, Either, Node, Not, Words, read

_WANTED = {name: kind.wants for name, kind in CONDITIONS.items()}


class Order(Enum):
    """What cards are listed by, in SQL; those that have none of it come last, in the order of decks."""

    QUESTION = "substr(words.text, 1, 80) {way}"
    DECK = ""
    """By the titles of decks, then as these have them."""
    DUE = "suspended, due IS NULL, due {way}"
    COVERAGE = "curve IS NULL, coverage(curve) {way}"
    REVIEWS = "reviews = 0, reviews {way}"
    WEAKEST = "curve IS NULL, weakest(curve) {way}"


def find_cards(home: OpenHome, query: str, order: Order | None = None, backwards: bool = False) -> list[str]:
    """Return the ids of the cards that a search finds: in an order, or as files and decks have them.

    Raises QueryError for a search that cannot be understood.
    """
    condition, values = _sql(home, read(query, _WANTED))
    by = order.value.format(way="DESC" if backwards else "ASC") if order else ""
    titles = {deck.file: deck.title.casefold() for deck in home.library.decks}
    rows = home.standing.found(condition, values, by, home.model, home.today)
    found = [row for row in rows if row[1] in titles]  # another process may have taken in newer decks
    if order is Order.DECK:
        found.sort(key=lambda row: titles[row[1]], reverse=backwards)
    return [card for card, _ in found]


def _sql(home: OpenHome, node: Node) -> Sql:
    """Return what must hold as a condition of SQL; it never comes to NULL."""
    match node:
        case Words(text):
            return "ifnull(instr(words.text, ?), 0)", [text]
        case Condition():
            condition, values = CONDITIONS[node.name].sql(home, node)
            return f"ifnull({condition}, 0)", values
        case Not(part):
            condition, values = _sql(home, part)
            return f"NOT {condition}", values
        case All(parts):
            return _joined(home, parts, " AND ")
        case Either(parts):
            return _joined(home, parts, " OR ")
    assert_never(node)


def _joined(home: OpenHome, parts: tuple[Node, ...], word: str) -> Sql:
    conditions, values = ["1"] if not parts else [], []
    for part in parts:
        condition, own = _sql(home, part)
        conditions.append(condition)
        values += own
    return f"({word.join(conditions)})", values

"""Cards as a list shows them: one line each, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainer.collection.collection import Collection
from trainer.collection.standing import Row
from trainer.insight.words import percent
from trainer.text import one_line


@dataclass(frozen=True)
class Line:
    """One card of a list."""

    card: str
    question: str
    deck: str
    """The deck's title."""
    due: str
    """Its state or when it is due, as `due_words` says it."""
    known: str
    """The coverage expected today, in percent."""
    reviews: str
    weakest: str
    """The least chance of recall among its points, in percent."""


def lines_of(collection: Collection, card_ids: Sequence[str]) -> dict[str, Line]:
    """Return the lines of these cards, of those that a deck has."""
    rows = collection.standing.rows(card_ids, collection.model, collection.today)
    titles = {deck.file: deck.title for deck in collection.library.decks}
    lines = {}
    for card_id, row in rows.items():
        card = collection.library.cards.get(card_id)
        if card is not None and row.file in titles:
            lines[card_id] = Line(
                card_id,
                one_line(card.question),
                one_line(titles[row.file]),
                due_words(row, collection.today),
                percent(row.coverage),
                str(row.reviews or "–"),
                percent(row.weakest),
            )
    return lines


def due_words(row: Row, today: date) -> str:
    """Return where a card stands in a word or two: "new", "today", "in 3 d", "2 d late", "suspended", "put aside"."""
    if row.suspended:
        return "suspended"
    if row.buried_until is not None and row.buried_until > today:
        return "put aside"
    if row.due is None:
        return "new"
    days = (row.due - today).days
    if row.kind == "return" or days == 0:
        return "today"
    return f"in {days} d" if days > 0 else f"{-days} d late"

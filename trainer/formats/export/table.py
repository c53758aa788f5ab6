"""CSV for spreadsheets: a card a row, key points and other lists a line each within their cell."""

import csv
import io

from trainer.collection.collection import Collection
from trainer.model import Card, Deck

HISTORY = False
COLUMNS = ("question", "answer", "key_points", "hint", "why", "follow_ups", "tags", "source", "id")


def export(collection: Collection, deck: Deck) -> bytes:
    """Return a deck as CSV in UTF-8, with a row of names."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")  # as RFC 4180 has it
    rows.writerow(COLUMNS)
    rows.writerows(map(_row, deck.cards))
    return text.getvalue().encode("utf-8", "replace")


def _row(card: Card) -> list[str]:
    points = "\n".join(" ".join(point.text.split()) for point in card.key_points)
    lists = ("\n".join(card.follow_ups), "\n".join(card.tags))
    return [card.question, card.answer, points, card.hint, card.why, *lists, card.source, card.id]

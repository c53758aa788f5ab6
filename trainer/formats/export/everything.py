"""JSON with everything: the cards, and each event of the log that counts for them (docs/moving.md)."""

import json
from datetime import date
from typing import Any

from trainer.collection.collection import Collection
from trainer.formats.export.past import counting_events, fields_of
from trainer.model import Card, Deck

FORMAT = "keypoint-trainer"
VERSION = 1
HISTORY = True


def export(collection: Collection, deck: Deck) -> bytes:
    """Return a deck with all that the log says of its cards."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION, "title": deck.title}
    document |= {name: value for name, value in (("about", deck.about), ("tags", list(deck.tags))) if value}
    weights = collection.newest_weights()
    if weights is not None:
        document["weights"] = {"key": weights.key, **(fields_of(weights) or {})}
    document["cards"] = [_card(collection, card) for card in deck.cards]
    return (json.dumps(document, ensure_ascii=False, indent=1, default=_plain) + "\n").encode("utf-8", "replace")


def _card(collection: Collection, card: Card) -> dict[str, Any]:
    said: dict[str, Any] = {"id": card.id, "question": card.question}
    points = [{"id": point.id, "text": point.text, "weight": point.weight} for point in card.key_points]
    for name, value in (
        ("key_points", points),
        ("answer", card.answer),
        ("follow_ups", list(card.follow_ups)),
        ("hint", card.hint),
        ("why", card.why),
        ("tags", list(card.tags)),
        ("source", card.source),
    ):
        if value:
            said[name] = value
    events = [(event.key, fields_of(event)) for event in counting_events(collection, card)]
    said["events"] = [{"key": key, **fields} for key, fields in events if fields is not None]
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"JSON has no form for {type(value).__name__}")

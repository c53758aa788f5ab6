"""Everything known about one card, as plain data: what `trainer cards --json` prints."""

from datetime import date
from typing import Any

from trainer.collection.collection import Collection
from trainer.model import Card, KeyPoint


def card_content(card: Card, deck: str) -> dict[str, Any]:
    """Return what a deck says of a card."""
    return {
        "id": card.id,
        "deck": deck,
        "question": card.question,
        "answer": card.answer,
        "hint": card.hint,
        "why": card.why,
        "follow_ups": list(card.follow_ups),
        "tags": list(card.tags),
        "source": card.source,
        "key_points": [_point_content(point) for point in card.points],
    }


def card_facts(collection: Collection, card: Card, day: date) -> dict[str, Any]:
    """Return what a deck and the log say of a card, as it stands on `day`."""
    state = collection.state(card.id)
    points = []
    for point in card.points:
        memory = state.memory.get(point.id)
        points.append(
            _point_content(point)
            | {
                "stability": memory and memory.stability,
                "difficulty": memory and memory.difficulty,
                "retrievability": memory and collection.model.retrievability(memory, day),
                "last_day": memory and memory.last_day.isoformat(),
            }
        )
    due = collection.due(card.id)
    return card_content(card, collection.library.deck_of[card.id].title) | {
        "state": "suspended" if state.suspended else "review" if state.reviews else "new",
        "due": due and due.isoformat(),
        "coverage": collection.coverage(card, day),
        "reviews": state.reviews,
        "lapses": state.lapses,
        "key_points": points,
    }


def _point_content(point: KeyPoint) -> dict[str, Any]:
    return {"id": point.id, "text": point.text, "weight": point.weight}

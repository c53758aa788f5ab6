"""What happened to a card, as an export tells it: the events that count, in their order."""

from collections.abc import Mapping
from typing import Any

from trainer.collection.collection import Collection
from trainer.model import Card
from trainer.progress.events import (
    BuryEvent,
    CardEvent,
    Event,
    MoveEvent,
    ResetEvent,
    ReviewEvent,
    SuspendEvent,
    WasEvent,
    WeightsEvent,
    WordingEvent,
)


def counting_events(collection: Collection, card: Card) -> list[CardEvent]:
    """Return the events of a card that count, in order."""
    return [event for event in collection.events_of(card.id) if collection.counts(event)]


def counting_reviews(collection: Collection, card: Card) -> list[ReviewEvent]:
    """Return the reviews of a card that count, in order."""
    return [event for event in counting_events(collection, card) if isinstance(event, ReviewEvent)]


def fields_of(event: Event) -> Mapping[str, Any] | None:
    """Return what an event says, field by field as in the log; None for a kind that is not exported."""
    match event:
        case ReviewEvent():
            fields: dict[str, Any] = {
                "day": event.day,
                "rating": str(event.rating),
                "recalled": None if event.recalled is None else list(event.recalled),
                "missed": None if event.missed is None else list(event.missed),
                "given": event.given or None,
                "seconds": event.seconds,
                "due": event.due,
                "source": event.source or None,
            }
        case WordingEvent():
            fields = {"question": event.question, "points": dict(event.points) or None}
        case SuspendEvent():
            fields = {"suspend": event.suspend}
        case BuryEvent():
            fields = {"bury": event.until}
        case ResetEvent():
            fields = {"reset": True}
        case MoveEvent():
            fields = {"due": event.due}
        case WasEvent():
            fields = {"point": event.point or None, "was": event.was}
        case WeightsEvent():
            return {"weights": list(event.weights)}
        case _:
            return None
    assert isinstance(event, CardEvent)
    return {"card": event.card, **{name: value for name, value in fields.items() if value is not None}}

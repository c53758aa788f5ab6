"""The events of the log in words."""

from trainer.collection.collection import RESCHEDULING, Collection
from trainer.model import ANSWER_POINT, Rating
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
    WasEvent,
    WeightsEvent,
    WordingEvent,
    moment_of,
)
from trainer.text import shorten


def event_words(collection: Collection, event: Event) -> str:
    """Return what an event says, on one line: "good, 3 of 5 points, 48 s, due 2026-11-25: Tell me about…"."""
    said = act_words(event)
    if isinstance(event, CardEvent) and not isinstance(event, WordingEvent):
        return f"{said}: {shorten(collection.question_of(event.card), 70)}"
    return said


def local_time(event: Event) -> str:
    """Return when an event happened, in the user's zone: "2026-11-21 09:30"."""
    try:
        return f"{moment_of(event.key).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return "without a time  "


def act_words(event: Event) -> str:
    """Return what an event says, without its card: "good, 3 of 5 points, 48 s, due 2026-11-25"."""
    match event:
        case ReviewEvent():
            return _review(event)
        case WordingEvent(question=question):
            return f"worded: {shorten(question, 70)}"
        case SuspendEvent(suspend=suspend):
            return "suspended" if suspend else "no longer suspended"
        case BuryEvent(until=until):
            return f"put aside until {until}"
        case ResetEvent():
            return "begun anew"
        case MoveEvent(due=due):
            return f"moved to {due}"
        case WasEvent(was=was, point=point):
            return f"{'a point ' if point else ''}known before as {was}"
        case UndoEvent(target=target):
            return f"undo of {target}"
        case ImportEvent(name=name) if name == RESCHEDULING:
            return "due days moved"
        case ImportEvent(name=name):
            return f"import of {shorten(name, 60)}"
        case WeightsEvent():
            return "weights fitted to this log"
    return "of a kind that this version does not know"


def _review(event: ReviewEvent) -> str:
    missed = {*(event.missed or ()), *((event.recalled or ()) if event.rating is Rating.AGAIN else ())}
    recalled = {*(event.recalled or ())} - missed
    parts = [f"{event.rating}{' (other points given)' if event.given else ''}"]
    if (recalled | missed) - {ANSWER_POINT}:
        parts.append(f"{len(recalled)} of {len(recalled) + len(missed)} points")
    if event.seconds is not None:
        parts.append(f"{event.seconds:.0f} s")
    if event.due:
        parts.append(f"due {event.due}")
    return ", ".join(parts)

"""What is wrong in a home, for a person to mend."""

from trainer.collection.collection import Collection
from trainer.model import Problem
from trainer.progress.events import AHEAD, Event, UnknownEvent, WordingEvent, stamp_of
from trainer.text import counted


def problems(collection: Collection) -> list[Problem]:
    """Return everything wrong with settings, decks and log, by file and line."""
    return [*collection.faults(), *_ahead_problems(collection)]


def warnings(collection: Collection) -> list[str]:
    """Return what a user should know before anything else: decks and settings left out, wrong clocks."""
    said = [str(problem) for problem in collection.losses()]
    others = collection.fault_count() - len(said)
    if others:
        found = f"{counted(others, 'problem')} in decks or log: `trainer check` names them."
        said.append(found + _what_is_safe(collection))
    late = _ahead_problems(collection)
    if len(late) > 1:
        said.append(f"{counted(len(late), 'event')} dated ahead: `trainer check` names them.")
    return said + [str(problem) for problem in late[:1]]


def ahead(collection: Collection) -> list[Event]:
    """Return counting events dated over a day ahead."""
    late = collection.events_after(stamp_of(collection.clock.now() + AHEAD) + "~")
    return [event for event in late if not isinstance(event, UnknownEvent | WordingEvent) and collection.counts(event)]


def _ahead_problems(collection: Collection) -> list[Problem]:
    return [
        Problem(
            collection.home.log.name,
            None,
            f"The event {event.key} is dated ahead.",
            f"If the clock was wrong, `trainer undo {event.key}` takes it back.",
        )
        for event in ahead(collection)
    ]


def _what_is_safe(collection: Collection) -> str:
    """Return how much of the log could be read, where a line of it could not."""
    log = collection.home.log.name
    if not any(fault.file == log and fault.line is not None for fault in collection.faults()):
        return ""
    return f" Read from the log, and safe: {counted(collection.event_count, 'event')}."

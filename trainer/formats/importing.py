"""An import carried out as one thing: decks, log, and the record by which both are taken back."""

import os
from contextlib import suppress

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.formats.apply import record_of, write_import
from trainer.formats.history import PastPlan, record_past
from trainer.formats.planning import ImportPlan
from trainer.library.imported import TakenBack, forget, keep, kept, take_back


def carry_out(collection: Collection, plan: ImportPlan, past: PastPlan, name: str) -> str | None:
    """Write a planned import and return the key of its event; None where there is nothing to write.

    `name` says in the log what was imported. Raises TrainerError when decks or log cannot be written; nothing of the
    import stays then.
    """
    if not (plan.additions or plan.updates or past):
        return None
    record = record_of(collection.library, plan)
    draft = collection.home.imports / f".draft-{os.getpid()}"
    forget(draft)
    keep(draft, record)
    try:
        write_import(plan, collection.home.decks)
        key = record_past(collection, name, plan, past)
    except TrainerError:
        with suppress(TrainerError):
            take_back(collection.home.decks, record)
        forget(draft)
        raise
    with suppress(OSError):
        draft.rename(collection.home.imports / key)
    return key


def undo_import(collection: Collection, key: str) -> TakenBack | None:
    """Take an import back, in the decks and in the log; None where what it wrote is not known here.

    Raises HomeError when a deck cannot be written, NotSavedError when the log cannot.
    """
    folder = collection.home.imports / key
    record = kept(folder)
    taken = None if record is None else take_back(collection.home.decks, record)
    collection.undo(key)
    forget(folder)
    return taken

"""`trainer undo`: take back the newest answer or choice."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from trainer.cli.console import open_collection, say, warn
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.collection.collection import Collection

HELP = "take back the newest answer or choice made in this home"
EXAMPLES = """\
  trainer undo
  trainer undo 20261121T093012431Z-7f3a01    an event by the key that `trainer log` shows;
                                             of an import, all of it: cards, decks, reviews
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("key", nargs="?", metavar="KEY", help="the event to take back (default: the newest of yours)")


def run(arguments: Namespace) -> None:
    """Write the undo, and say what it took back."""
    from trainer.collection.finding import find_event
    from trainer.insight.history import event_words
    from trainer.progress.events import ImportEvent

    collection = open_collection(arguments)
    if arguments.key is not None:
        event = find_event(collection, arguments.key)
        if not collection.counts(event):
            raise TrainerError(f"{arguments.key} was taken back already.", "`trainer log` shows what counts.")
    else:
        newest = collection.newest_act()
        if newest is None:
            raise TrainerError(
                "Nothing was answered in this home that could be taken back.",
                "What came from elsewhere is taken back by its key: `trainer log` shows it.",
            )
        event = newest
    words = event_words(collection, event)
    if isinstance(event, ImportEvent):
        _undo_import(collection, event.key)
    else:
        collection.undo(event.key)
    say(f"Taken back: {words}")


def _undo_import(collection: "Collection", key: str) -> None:
    """Take an import back, and say what became of its cards."""
    from trainer.formats.importing import undo_import
    from trainer.text import counted, shorten

    taken = undo_import(collection, key)
    if taken is None:
        warn("Its cards stay: what it wrote is not kept in this home. Its reviews no longer count.")
        return
    if taken.removed:
        say(f"{counted(taken.removed, 'card')} removed.")
    if taken.restored:
        say(f"{counted(taken.restored, 'card')} as before.")
    for question in taken.changed:
        warn(f"Changed since, so it stays: {shorten(question, 90)}")

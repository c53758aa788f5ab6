"""`trainer undo`: take back the newest answer or choice."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import open_collection, say
from trainer.errors import TrainerError

HELP = "take back the newest answer or choice made in this home"
EXAMPLES = """\
  trainer undo
  trainer undo 20261121T093012431Z-7f3a01    an event by the key that `trainer log` shows
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("key", nargs="?", metavar="KEY", help="the event to take back (default: the newest of yours)")


def run(arguments: Namespace) -> None:
    """Write the undo, and say what it took back."""
    from trainer.collection.finding import find_event
    from trainer.insight.history import event_words

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
    collection.undo(event.key)
    say(f"Taken back: {event_words(collection, event)}")

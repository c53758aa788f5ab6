"""`trainer new`: begin a deck."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import open_collection, say
from trainer.errors import UsageError

HELP = "write a commented deck to fill in, and print its path"
EXAMPLES = """\
  trainer new "System design"
  $EDITOR "$(trainer new Biology)"
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("title", metavar="TITLE", help="the deck's title")


def run(arguments: Namespace) -> None:
    """Write the deck. Raises TrainerError when there is one of this title."""
    from trainer.collection.deck_editing import new_deck
    from trainer.text import one_line

    if not one_line(arguments.title):
        raise UsageError("A deck needs a title.", 'Write `trainer new "A title"`.')
    collection = open_collection(arguments)
    say(str(collection.home.decks / new_deck(collection, arguments.title)))

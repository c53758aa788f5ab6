"""`trainer rename`: a deck's title."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import name_deck, open_collection, say

HELP = "give a deck another title"
EXAMPLES = """\
  trainer rename leading "Leading without authority"
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_deck(parser)
    parser.add_argument("title", metavar="TITLE", help="its new title")


def run(arguments: Namespace) -> None:
    """Rename the deck. Raises TrainerError; nothing is changed then."""
    from trainer.collection.deck_editing import rename_deck

    collection = open_collection(arguments)
    change = rename_deck(collection, collection.library.find_deck(arguments.deck).file, arguments.title)
    say(f"{change.words}.")

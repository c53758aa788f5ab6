"""`trainer join`: the cards of decks put into one."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import name_deck, open_collection, say

HELP = "put the cards of decks into one, in the file of the first; what you learned stays"
EXAMPLES = """\
  trainer join Interviews leading product    both decks, under the title Interviews
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("title", metavar="TITLE", help="the title of the joined deck")
    name_deck(parser, "decks", nargs="+")


def run(arguments: Namespace) -> None:
    """Join the decks. Raises TrainerError; nothing is changed then."""
    from trainer.collection.deck_editing import join_decks

    collection = open_collection(arguments)
    files = [collection.library.find_deck(name).file for name in arguments.decks]
    change = join_decks(collection, files, arguments.title)
    say(f"{change.words}.")

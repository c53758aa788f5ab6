"""`trainer split`: cards put into a new deck."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import name_card, open_collection, say

HELP = "put cards into a new deck; what you learned stays"
EXAMPLES = """\
  trainer split "Hard questions" difficult-decision "Tell me about"
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("title", metavar="TITLE", help="the title of the new deck")
    name_card(parser, "cards", nargs="+")


def run(arguments: Namespace) -> None:
    """Begin the deck with these cards. Raises TrainerError; nothing is changed then."""
    from trainer.collection.deck_editing import split_deck
    from trainer.collection.finding import find_asked_card

    collection = open_collection(arguments)
    cards = [find_asked_card(collection, name).id for name in arguments.cards]
    change = split_deck(collection, cards, arguments.title)
    say(f"{change.words}.")

"""`trainer move`: cards put into another deck."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import name_card, name_deck, open_collection, say

HELP = "put cards into another deck; what you learned stays"
EXAMPLES = """\
  trainer move leading difficult-decision "Tell me about"    two cards, into the deck Leading
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_deck(parser)
    name_card(parser, "cards", nargs="+")


def run(arguments: Namespace) -> None:
    """Move the cards. Raises TrainerError; nothing is changed then."""
    from trainer.collection.editing import move_cards
    from trainer.collection.finding import find_asked_card

    collection = open_collection(arguments)
    file = collection.library.find_deck(arguments.deck).file
    change = move_cards(collection, [find_asked_card(collection, name).id for name in arguments.cards], file)
    say(f"{change.words}.")

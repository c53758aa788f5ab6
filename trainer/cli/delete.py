"""`trainer delete`: a card removed from its deck."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import name_card, open_collection, say

HELP = "remove a card from its deck; it is kept, and can be brought back"
EXAMPLES = """\
  trainer delete difficult-decision    by a card's id
  trainer delete "Tell me about"       by words of its question
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_card(parser)


def run(arguments: Namespace) -> None:
    """Remove the card, and say how it comes back. Raises TrainerError."""
    import shlex

    from trainer.collection.editing import delete_cards
    from trainer.collection.finding import find_asked_card
    from trainer.text import shorten

    collection = open_collection(arguments)
    card = find_asked_card(collection, arguments.card)
    change = delete_cards(collection, [card.id])
    say(f"Deleted: {shorten(card.question, 70)}")
    say(f"`trainer import {shlex.quote(str(change.kept[0]))}` brings it back, with what you learned.")

"""`trainer reset`: begin a card anew."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import name_card, open_collection, say

HELP = "forget what you learned of a card: it is new again"
EXAMPLES = """\
  trainer reset difficult-decision    by a card's id
  trainer reset "Tell me about"       by words of its question
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_card(parser)


def run(arguments: Namespace) -> None:
    """Write that the card begins anew. Raises TrainerError where it is new."""
    from trainer.collection.finding import find_asked_card
    from trainer.errors import TrainerError
    from trainer.text import counted, shorten

    collection = open_collection(arguments)
    card = find_asked_card(collection, arguments.card)
    reviews = collection.state(card.id).reviews
    if not reviews:
        raise TrainerError(f"This card is new already: {shorten(card.question, 70)}")
    collection.reset(card)
    say(f"Begun anew, {counted(reviews, 'review')} forgotten: {shorten(card.question, 70)}")
    say("`trainer undo` brings them back.")

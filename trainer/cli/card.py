"""`trainer card`: all of one card, to be read or heard."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import name_card, open_collection, say

HELP = "show all of one card: question, points, answer, memory, history"
EXAMPLES = """\
  trainer card difficult-decision      by a card's id
  trainer card "Tell me about"         by words of its question

“Holds” is how many days it takes until a point is known with 90%.
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_card(parser)


def run(arguments: Namespace) -> None:
    """Print the card, line by line."""
    from trainer.collection.finding import find_asked_card
    from trainer.insight.card_words import card_lines

    collection = open_collection(arguments)
    for line in card_lines(collection, find_asked_card(collection, arguments.card)):
        say(line)

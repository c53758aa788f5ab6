"""`trainer bury`: put a card aside for some days."""

from argparse import ArgumentParser, Namespace
from datetime import timedelta

from trainer.cli.console import date_argument, name_card, open_collection, say

HELP = "put a card aside, until tomorrow or a day you name"
EXAMPLES = """\
  trainer bury difficult-decision                  by a card's id
  trainer bury "Tell me about" --until 2026-12-01  by words of its question
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_card(parser)
    parser.add_argument(
        "--until", type=date_argument, metavar="DATE", help="when it may come again (default: tomorrow)"
    )


def run(arguments: Namespace) -> None:
    """Write that the card is put aside. Raises UsageError for a day that is over."""
    from trainer.collection.finding import find_asked_card
    from trainer.errors import UsageError
    from trainer.insight.words import day_name
    from trainer.text import shorten

    collection = open_collection(arguments)
    card = find_asked_card(collection, arguments.card)
    today = collection.today
    until = arguments.until or today + timedelta(days=1)
    if until <= today:
        raise UsageError(f"{until} is not ahead.", "Name a day from tomorrow on.")
    collection.bury(card, until)
    say(f"Put aside until {day_name(until, today)}: {shorten(card.question, 70)}")
    say("`trainer undo` brings it back.")

"""`trainer log`: what happened."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import name_card, open_collection, say

HELP = "show what happened, of one card or of all"
EXAMPLES = """\
  trainer log
  trainer log difficult-decision       by a card's id
  trainer log "Tell me about"          by words of its question
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_card(parser, nargs="?")


def run(arguments: Namespace) -> None:
    """Print the events in order, each with its time and key."""
    from trainer.collection.finding import find_card
    from trainer.insight.history import event_words, local_time

    collection = open_collection(arguments)
    events = (
        collection.events() if arguments.card is None else collection.events_of(find_card(collection, arguments.card))
    )
    for event in events:
        undone = "" if collection.counts(event) else "(taken back) "
        say(f"{local_time(event)}  {undone}{event_words(collection, event)}  [{event.key}]")
    if not events:
        say("Nothing happened yet.")

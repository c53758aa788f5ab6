"""`trainer decks`: what decks there are."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from trainer.cli.console import open_collection, say, say_json

if TYPE_CHECKING:
    from trainer.collection.standing import Counts

HELP = "list the decks"
EXAMPLES = """\
  trainer decks
  trainer decks --json
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Print every deck with its cards, how many are new and due, and the coverage expected today."""
    from trainer.collection.standing import Counts
    from trainer.insight.words import known

    collection = open_collection(arguments)
    today = collection.today
    decks = collection.library.decks
    counts = collection.standing.counts(today)
    numbers = [_numbers(counts.get(deck.file, Counts())) for deck in decks]
    coverage = [collection.mean_coverage([deck], today) for deck in decks]
    paused = [collection.settings.is_paused(deck.title) for deck in decks]
    if arguments.json:
        say_json(
            [
                {"title": deck.title, "file": deck.file, **own, "coverage": share, "paused": pause}
                for deck, own, share, pause in zip(decks, numbers, coverage, paused, strict=True)
            ]
        )
        return
    if not decks:
        say(f'There is no deck in {collection.home.decks} yet. `trainer new "A title"` begins one.')
        return
    for deck, own, share, pause in zip(decks, numbers, coverage, paused, strict=True):
        line = f"{own['cards']:6,} cards {own['new']:6,} new {own['due']:6,} due {known(share):>11}"
        say(f"{line}  {deck.title} ({deck.file}){' (paused)' if pause else ''}")


def _numbers(counts: "Counts") -> dict[str, int]:
    """Return what a deck holds, without a limit: cards, those never asked, and those due by today."""
    return {"cards": counts.cards, "new": counts.unseen, "due": counts.due + counts.returns}

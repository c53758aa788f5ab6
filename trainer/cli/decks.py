"""`trainer decks`: what decks there are."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import open_collection, say, say_json

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
    from dataclasses import asdict

    from trainer.insight.today import count_deck
    from trainer.insight.words import percent

    collection = open_collection(arguments)
    today = collection.today
    decks = collection.library.decks
    counts = [count_deck(collection, deck, today) for deck in decks]
    known = [collection.mean_coverage(deck.cards, today) for deck in decks]
    paused = [collection.settings.is_paused(deck.title) for deck in decks]
    if arguments.json:
        say_json(
            [
                {"title": deck.title, "file": deck.file, **asdict(count), "coverage": share, "paused": pause}
                for deck, count, share, pause in zip(decks, counts, known, paused, strict=True)
            ]
        )
        return
    if not decks:
        say(f'There is no deck in {collection.home.decks} yet. `trainer new "A title"` begins one.')
        return
    say(" cards    new    due  known  deck")
    for deck, count, share, pause in zip(decks, counts, known, paused, strict=True):
        numbers = f"{count.cards:6,} {count.new:6,} {count.due:6,} {percent(share):>6}"
        say(f"{numbers}  {deck.title} ({deck.file}){' (paused)' if pause else ''}")

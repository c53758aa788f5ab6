"""`trainer export`: a deck as a file for another program."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import name_deck, open_collection, say

HELP = "write a deck to a file for another program, by the file's ending"
EXAMPLES = """\
  trainer export leading leading.apkg     for Anki, with every review
  trainer export leading leading.json     everything: cards and history; `trainer import` reads it
  trainer export leading leading.md       Markdown for hashcards and repeater
  trainer export leading leading.csv      for a spreadsheet
  trainer export leading leading.html     to print: questions, their points folded away
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_deck(parser)
    parser.add_argument("file", metavar="FILE", help="a name that ends in .apkg, .csv, .html, .json or .md")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def run(arguments: Namespace) -> None:
    """Write the file, and say what is in it. Raises TrainerError where it cannot be written."""
    from pathlib import Path

    from trainer.formats.export.past import counting_reviews
    from trainer.formats.export.registry import choose_exporter
    from trainer.formats.export.saving import save
    from trainer.text import counted

    exporter = choose_exporter(arguments.file)
    collection = open_collection(arguments)
    deck = collection.library.find_deck(arguments.deck)
    save(Path(arguments.file).expanduser(), exporter.export(collection, deck), force=arguments.force)
    reviews = sum(len(counting_reviews(collection, card)) for card in deck.cards) if exporter.HISTORY else 0
    along = f" and {counted(reviews, 'review')}" if exporter.HISTORY else ""
    say(f"{counted(len(deck.cards), 'card')}{along} of {deck.title} written to {arguments.file}.")

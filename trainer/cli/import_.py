"""`trainer import`: build or extend decks from files."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.cli.console import open_collection, say, say_json, warn
from trainer.errors import TrainerError, UsageError

if TYPE_CHECKING:
    from trainer.formats.found import Found

HELP = "add decks, or cards to decks, from files"
EXAMPLES = """\
  trainer import biology.toml --dry-run     what would come, and what not
  trainer import biology.toml               write it
  trainer import more.toml --deck Biology   add its cards to a deck
  trainer import --starter                  the decks that come with the trainer
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a deck file (.toml), or - for standard input")
    parser.add_argument("--starter", action="store_true", help="the decks that come with the trainer")
    parser.add_argument("--deck", metavar="TITLE", help="put all cards into the deck of this title")
    parser.add_argument("--format", metavar="F", help="read the sources as this format (known: deck)")
    parser.add_argument("--dry-run", action="store_true", help="show what would come, write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Read the sources, say what was found, and write it. Raises TrainerError where nothing can be read."""
    from trainer.formats.apply import KNOWN_ALREADY, plan_import, write_import
    from trainer.formats.registry import choose_format
    from trainer.home import starter_decks
    from trainer.insight.cards import card_content
    from trainer.text import counted, one_line, shorten

    sources = [*arguments.sources, *(map(str, starter_decks()) if arguments.starter else ())]
    if not sources:
        raise UsageError("There is nothing to import.", "Name a file: `trainer import deck.toml`.")
    title = None if arguments.deck is None else one_line(arguments.deck)
    if title == "":
        raise UsageError("A deck needs a title.", 'Write `--deck "A title"`.')
    collection = open_collection(arguments)
    found: list[Found] = []
    for source in sources:
        data = _read(source)
        name = "standard input" if source == "-" else source
        wanted = arguments.format or ("deck" if source == "-" else None)
        found.extend(choose_format(name, data, wanted).read(name, data))
    plan = plan_import(collection.library, found, title)
    if not arguments.dry_run:
        write_import(plan, collection.home.decks)
    if arguments.json:
        say_json(
            {
                "decks": [addition.title for addition in plan.additions],
                "cards": [card_content(card, each.title) for each in plan.additions for card in each.cards],
                "skipped": [vars(each) for each in plan.skipped],
                "reviews": 0,
            }
        )
        return
    for each in plan.skipped:
        warn(f"{each.file}:{each.line or 1}: left out: {shorten(each.text, 60)}: {each.reason}")
    verb = "would be added" if arguments.dry_run else "added"
    for addition in plan.additions:
        if arguments.dry_run:
            for card in addition.cards:
                say(f"  {shorten(card.question, 90)}")
        say(f"{counted(len(addition.cards), 'card')} {verb} to {addition.title}.")
    if not plan.count:
        reasons = {each.reason for each in plan.skipped}
        known = "Nothing new: the home has all of it already."
        say(known if reasons == {KNOWN_ALREADY} else "Nothing was added." if reasons else "There is no card in it.")


def _read(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).expanduser().read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: ~name of nobody
        said = getattr(error, "strerror", None) or error
        raise TrainerError(f"{source} cannot be read: {said}.", "Check the name and try again.") from error

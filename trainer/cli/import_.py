"""`trainer import`: build or extend decks from files."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, cast

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
  trainer import spanish.apkg --dry-run     an Anki package, with its reviews; run again for what is new
  trainer import spanish.apkg --answer-field "Basic:Meaning"
"""
TOLD_EACH = 20
"""What is left out for one reason is told one by one up to here; `--json` tells all."""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    files = "a file (.toml, .apkg, .colpkg, .json, .md, .txt), or - for standard input"
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help=files)
    parser.add_argument("--starter", action="store_true", help="the decks that come with the trainer")
    parser.add_argument("--deck", metavar="TITLE", help="put all cards into the deck of this title")
    parser.add_argument("--format", metavar="F", help="read the sources as this format (a wrong one lists them)")
    for side in ("question", "answer"):
        what = f"the field that is the {side}, for one note type as TYPE:FIELD; may be given again"
        parser.add_argument(f"--{side}-field", metavar="FIELD", action="append", default=[], help=what)
    parser.add_argument("--dry-run", action="store_true", help="show what would come, write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Read the sources, say what was found, and write it. Raises TrainerError where nothing can be read."""
    from trainer.formats.apply import KNOWN_ALREADY, cards_after, plan_import, write_import
    from trainer.formats.fields import fields_from
    from trainer.formats.history import plan_past, record_past
    from trainer.formats.registry import read_source
    from trainer.home import starter_decks
    from trainer.insight.cards import card_content
    from trainer.text import counted, one_line, shorten

    sources = [*arguments.sources, *(map(str, starter_decks()) if arguments.starter else ())]
    if not sources:
        raise UsageError("There is nothing to import.", "Name a file: `trainer import deck.toml`.")
    title = None if arguments.deck is None else one_line(arguments.deck)
    if title == "":
        raise UsageError("A deck needs a title.", 'Write `--deck "A title"`.')
    fields = fields_from(arguments.question_field, arguments.answer_field)
    collection = open_collection(arguments)
    found: list[Found] = []
    for source in sources:
        data = _read(source)
        name = "standard input" if source == "-" else source
        wanted = arguments.format or ("deck" if source == "-" else None)
        found.extend(read_source(name, data, wanted, fields))
    plan = plan_import(collection.library, found, title)
    cards = cards_after(collection.library, plan)
    past = plan_past(collection, found, cards)
    if not arguments.dry_run:
        write_import(plan, collection.home.decks)
        if past or (any(each.updates for each in found) and (plan.count or plan.updated)):
            names = ", ".join(Path(source).name for source in sources)
            titles = [addition.title for addition in plan.additions]
            record_past(collection, names, titles, cards, plan.count, past)
    if arguments.json:
        say_json(
            {
                "decks": [addition.title for addition in plan.additions],
                "cards": [card_content(card, each.title) for each in plan.additions for card in each.cards],
                "skipped": [vars(each) for each in plan.skipped],
                "reviews": past.reviews,
            }
        )
        return
    told: Counter[str] = Counter()
    for each in plan.skipped:
        told[each.reason] += 1
        if told[each.reason] <= TOLD_EACH:
            place = each.file if each.line is None else f"{each.file}:{each.line}"
            warn(f"{place}: left out: {shorten(each.text, 60)}: {each.reason}")
    for reason, number in told.items():
        if number > TOLD_EACH:
            warn(f"{number - TOLD_EACH:,} more left out: {reason}")
    would = "would be " if arguments.dry_run else ""
    for remark in (remark for each in found for remark in each.remarks if arguments.dry_run):
        say(remark)
    for addition in plan.additions:
        if arguments.dry_run:
            for card in addition.cards:
                say(f"  {shorten(card.question, 90)}")
        say(f"{counted(len(addition.cards), 'card')} {would}added to {addition.title}.")
    if plan.updated:
        say(f"{counted(plan.updated, 'card')} {would}brought up to date.")
    if past.reviews:
        say(f"{counted(past.reviews, 'review')} {would}taken over into the log.")
    if not (plan.count or plan.updated or past):
        reasons = {each.reason for each in plan.skipped}
        known = "Nothing new: the home has all of it already."
        had = reasons == {KNOWN_ALREADY} or (not reasons and any(each.cards for each in found))
        say(known if had else "Nothing was added." if reasons else "There is no card in it.")


def _read(source: str) -> bytes:
    from trainer.formats.limits import LARGEST_SOURCE, too_much

    try:
        if source == "-":
            data = sys.stdin.buffer.read(LARGEST_SOURCE + 1)
        else:
            with Path(source).expanduser().open("rb") as file:
                data = file.read(LARGEST_SOURCE + 1)
                if len(data) > LARGEST_SOURCE and data.startswith(b"PK") and file.seekable():
                    # Parts of an archive are read, never all; a mapped file does what bytes do there.
                    return cast(bytes, mmap(file.fileno(), 0, access=ACCESS_READ))
    except (OSError, RuntimeError) as error:  # RuntimeError: ~name of nobody
        said = getattr(error, "strerror", None) or error
        raise TrainerError(f"{source} cannot be read: {said}.", "Check the name and try again.") from error
    if len(data) > LARGEST_SOURCE:
        raise too_much(source, "bytes", LARGEST_SOURCE, "Split it, or export less at once.")
    return data

"""`trainer import`: build or extend decks from documents, tables and other programs' exports."""

import sys
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.cli.console import open_collection, say, say_json, telling, warn
from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.formats.found import Found
    from trainer.formats.history import PastPlan
    from trainer.formats.planning import ImportPlan
    from trainer.model import Card

_LARGE = 1 << 20
"""Bytes from which on reading a file takes long enough to say so."""
HELP = "build decks, or add cards to decks, from whatever you have"
EXAMPLES = """\
  trainer import article.txt --dry-run      what would come, and what not; writes nothing
  trainer import article.txt                write it; one undo takes all of it back
  trainer import bank.md page.html notes/   several sources, and all files of a folder
  trainer import words.csv --columns question,answer,tags
  trainer import more.toml --deck Biology   add its cards to a deck
  trainer import new.md --duplicates update
                                            cards that are there take what the new ones say
  trainer import --starter                  the decks that come with the trainer
  trainer import spanish.apkg --dry-run     an Anki package, with its reviews; run again for what is new
  trainer import spanish.apkg --answer-field "Basic:Meaning"
"""
TOLD_EACH = 20
"""What is left out for one reason is told one by one up to here; `--json` tells all."""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    add = parser.add_argument
    what = "a document (.txt, .md, .html), table (.csv, .tsv), .json, deck (.toml), Anki package; a folder; - for input"
    add("sources", nargs="*", metavar="SOURCE", help=what)
    add("--starter", action="store_true", help="the decks that come with the trainer")
    add("--deck", metavar="TITLE", help="put all cards into the deck of this title")
    add("--format", metavar="F", help="read the sources as this format (a wrong one lists them)")
    what = "cards that the home has, in the same words or nearly: skip, update (memory is kept) or add"
    add("--duplicates", metavar="WHAT", help=f"{what}; by default only those in the same words are skipped")
    for side in ("question", "answer"):
        what = f"the field that is the {side}, for one note type as TYPE:FIELD; may be given again"
        add(f"--{side}-field", metavar="FIELD", action="append", default=[], help=what)
    add("--columns", metavar="A,B", help="what the columns of a table are: question,answer,_,tags or Term=question,...")
    add("--delimiter", metavar="C", help="what stands between the cells of a table: a character, or tab")
    add("--header", action=BooleanOptionalAction, help="whether the first row of a table names the columns")
    add("--dry-run", action="store_true", help="show what would come, write nothing")
    add("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Read the sources, say what was found, and write it. Raises TrainerError where nothing can be read."""
    from trainer.formats.history import plan_past
    from trainer.formats.importing import carry_out
    from trainer.formats.planning import plan_import
    from trainer.formats.sources import read_sources
    from trainer.home import starter_decks

    sources = [*arguments.sources, *(map(str, starter_decks()) if arguments.starter else ())]
    if not sources:
        raise UsageError("There is nothing to import.", "Name a file: `trainer import article.txt`.")
    title, doubles, reading = _title(arguments), _doubles(arguments), _reading(arguments)
    collection = open_collection(arguments)
    with telling() as tell:
        found = read_sources(sources, reading, _read, lambda done, all_: tell("Reading the files", done / all_))
    plan = plan_import(collection.library, found, title, doubles)
    past = plan_past(collection, found, plan)
    key = None
    if not arguments.dry_run:
        key = carry_out(collection, plan, past, ", ".join(Path(source).name or source for source in sources))
    if arguments.json:
        say_json(_document(plan, past))
    else:
        _tell(found, plan, past, key, arguments.dry_run)


def _title(arguments: Namespace) -> str | None:
    from trainer.text import one_line

    title = None if arguments.deck is None else one_line(arguments.deck)
    if title == "":
        raise UsageError("A deck needs a title.", 'Write `--deck "A title"`.')
    return title


def _doubles(arguments: Namespace) -> Any:
    from trainer.formats.planning import Doubles

    if arguments.duplicates is None:
        return None
    try:
        return Doubles(arguments.duplicates.casefold())
    except ValueError:
        raise UsageError("--duplicates takes skip, update or add.", "`trainer import --help` shows examples.") from None


def _reading(arguments: Namespace) -> Any:
    from trainer.formats.fields import fields_from
    from trainer.formats.sources import Reading

    options = {key: getattr(arguments, key) for key in ("columns", "delimiter", "header")}
    fields = fields_from(arguments.question_field, arguments.answer_field)
    return Reading(arguments.format, fields, {key: value for key, value in options.items() if value is not None})


def _document(plan: "ImportPlan", past: "PastPlan") -> dict[str, Any]:
    from trainer.insight.cards import card_content

    def content(card: "Card", title: str) -> dict[str, Any]:
        origin = plan.origins[card.id]
        proposed = {"proposed": True} if origin.found.proposed else {}
        near = {"nearly": origin.near.question} if origin.near else {}
        return card_content(card, title) | proposed | near

    document = {
        "decks": [addition.title for addition in plan.additions],
        "cards": [content(card, each.title) for each in plan.additions for card in each.cards],
        "skipped": [vars(each) for each in plan.skipped],
        "reviews": past.reviews,
    }
    updated = [card_content(card, file) for file, cards in plan.updates.items() for card in cards]
    return document | ({"updated": updated} if updated else {})


def _tell(found: "list[Found]", plan: "ImportPlan", past: "PastPlan", key: str | None, is_dry: bool) -> None:
    """Say what came, or would come, and what not."""
    from trainer.text import counted, shorten

    told: Counter[str] = Counter()
    for each in plan.skipped:
        told[each.reason] += 1
        if told[each.reason] <= TOLD_EACH:
            place = each.file if each.line is None else f"{each.file}:{each.line}"
            warn(f"{place}: left out: {shorten(each.text, 60)}: {each.reason}")
    for reason, number in told.items():
        if number > TOLD_EACH:
            warn(f"{number - TOLD_EACH:,} more left out: {reason}")
    would = "would be " if is_dry else ""
    for remark in (remark for each in found for remark in each.remarks if is_dry):
        say(remark)
    for addition in plan.additions:
        if is_dry:
            for card in addition.cards:
                _show(card, plan)
        say(f"{counted(len(addition.cards), 'card')} {would}added to {addition.title}.")
    if plan.updated:
        say(f"{counted(plan.updated, 'card')} {would}brought up to date.")
    if past.reviews:
        say(f"{counted(past.reviews, 'review')} {would}taken over into the log.")
    _tell_of_doubt(plan)
    if key is not None:
        say(f"To take all of it back: trainer undo {key}")
    elif not (plan.count or plan.updated or past):
        _tell_of_nothing(found, plan)


def _show(card: "Card", plan: "ImportPlan") -> None:
    """Show a card that would be added, with what belongs to it."""
    from trainer.text import counted, shorten

    origin = plan.origins[card.id]
    line = "" if origin.found.line is None else f"{origin.found.line}: "
    say(f"  {line}{shorten(card.question, 90)}")
    points = counted(len(card.key_points), "proposed point" if origin.found.proposed else "point")
    parts = [points] if card.key_points else []
    parts += [name for name, text in (("answer", card.answer), ("hint", card.hint), ("why", card.why)) if text]
    parts += [counted(len(card.follow_ups), "follow-up")] if card.follow_ups else []
    say(f"      {', '.join(parts) or 'no answer'}")
    if origin.near is not None:
        say(f"      nearly the same is there: {shorten(origin.near.question, 70)}")


def _tell_of_doubt(plan: "ImportPlan") -> None:
    """Say how many cards want a second look."""
    from trainer.formats.planning import UNANSWERED
    from trainer.text import counted

    cards = [card for addition in plan.additions for card in addition.cards]
    bare = sum(not (card.answer or card.key_points) for card in cards)
    if bare:
        say(f'{counted(bare, "card")} without answer or points; each gets "{UNANSWERED}" for you to fill in.')
    near = sum(plan.origins[card.id].near is not None for card in cards)
    if near:
        say(f"{counted(near, 'card')} of these asks nearly what another card asks: see --dry-run and --duplicates.")


def _tell_of_nothing(found: "list[Found]", plan: "ImportPlan") -> None:
    from trainer.formats.planning import KNOWN_ALREADY

    reasons = {each.reason for each in plan.skipped}
    known = "Nothing new: the home has all of it already."
    had = KNOWN_ALREADY in reasons or (not reasons and any(each.cards for each in found))
    if plan.additions:
        return
    say(known if had else "Nothing was added." if reasons else "There is no card in it.")


def _read(source: str) -> bytes:
    from trainer.formats.limits import LARGEST_SOURCE
    from trainer.formats.sources import STANDARD_INPUT, bytes_of, check_size
    from trainer.text import shorten

    if source == STANDARD_INPUT:
        return check_size(source, sys.stdin.buffer.read(LARGEST_SOURCE + 1))
    with suppress(OSError, RuntimeError):  # what cannot be looked at is told by reading it
        if Path(source).expanduser().stat().st_size > _LARGE and sys.stderr.isatty():
            print(f"\rReading {shorten(source, 60)}...\x1b[K", file=sys.stderr, flush=True)  # over a line of progress
    return bytes_of(source)

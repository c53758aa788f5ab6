"""`trainer` and `trainer review`: the app, or a session line by line."""

import gc
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from trainer.cli.console import name_deck, open_collection, say
from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.collection.collection import Collection
    from trainer.study.share import Limits

HELP = "review what is due: in the app, or with --plain line by line"
EXAMPLES = """\
  trainer review                       what today holds, from all decks
  trainer review leading --new 3       one deck, three new cards
  trainer review "Start here" --all    every card of a deck, due or not
  trainer review --find tag:senior     only cards that a search finds (`trainer cards --help`)
  trainer review --weak                only points that are likely to be missed, the others given
  trainer review --plain --minutes 5   five minutes, without a full screen
"""
NOTHING_FOUND = "No card fits this search."


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_deck(parser, "decks", nargs="*", otherwise=" (default: all)")
    parser.add_argument("--new", type=_count, metavar="N", help="new cards in this session")
    parser.add_argument("--limit", type=_count, metavar="N", help="cards in this session")
    parser.add_argument("--minutes", type=_minutes, metavar="N", help="minutes in this session")
    parser.add_argument("--all", action="store_true", help="every card, due or not")
    parser.add_argument("--weak", action="store_true", help="only points that are likely to be missed, weakest first")
    parser.add_argument("--find", metavar="QUERY", help="only cards that a search finds, as `trainer cards QUERY` does")
    parser.add_argument("--plain", action="store_true", help="line by line, without a full screen")


def run(arguments: Namespace) -> int:
    """Run the session that the call asks for."""
    if not arguments.plain:
        return open_app(arguments)
    from trainer.cli.plain import PlainReview
    from trainer.study.session import Session
    from trainer.study.share import asked_decks

    collection = open_collection(arguments)
    asked_decks(collection, arguments.decks)
    cards = _found(collection, arguments)
    if cards == frozenset():
        say(NOTHING_FOUND)
        return 0
    session = Session(collection, arguments.decks, _limits(arguments), cards)
    if session.plan.is_behind:
        from trainer.insight.backlog import backlog_words

        say(backlog_words(collection))
    return PlainReview(session, sys.stdin, sys.stdout, sys.stderr).run()


def open_app(arguments: Namespace) -> int:
    """Open the app: on Today, or with `review` straight in a session."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The app needs a terminal, and this is none.",
            "`trainer review --plain` runs the same session line by line.",
        )
    if os.environ.get("TERM", "dumb") in ("", "dumb", "unknown") and sys.platform != "win32":
        raise UsageError(
            "The app needs a terminal that can draw; TERM says this one cannot.",
            "`trainer review --plain` runs the same session line by line; else set TERM, as to xterm.",
        )
    gc.disable()  # looking for garbage is a tenth of the start, and there is none yet; the app turns it on again
    try:
        return _run_app(arguments)
    finally:
        gc.enable()


def _run_app(arguments: Namespace) -> int:
    from trainer.study.share import asked_decks

    collection = open_collection(arguments, offer_copies=False)
    start = None
    if arguments.command == "review":
        asked_decks(collection, arguments.decks)
        start = (tuple(arguments.decks), _limits(arguments), _found(collection, arguments))
        if start[2] == frozenset():
            say(NOTHING_FOUND)
            return 0
    from trainer.tui.app import TrainerApp

    app = TrainerApp(collection, start)
    app.run()
    return app.return_code or 0


def _limits(arguments: Namespace) -> "Limits":
    from trainer.study.share import Limits

    if arguments.weak and (arguments.all or arguments.new is not None):
        raise UsageError("--weak asks only points learned before.", "Leave out --all and --new, or --weak.")
    return Limits(arguments.new, arguments.limit, arguments.minutes, arguments.all, arguments.weak)


def _found(collection: "Collection", arguments: Namespace) -> frozenset[str] | None:
    """Return the cards that `--find` finds; None without it."""
    from trainer.search.finding import find_cards

    return None if arguments.find is None else frozenset(find_cards(collection, arguments.find))


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > 100_000:
        raise ArgumentTypeError(f"{text!r} is no whole number from 0 to 100000")
    return int(text)


def _minutes(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number <= 24 * 60:
        raise ArgumentTypeError(f"{text!r} is no number of minutes from 1 to 1440")
    return number

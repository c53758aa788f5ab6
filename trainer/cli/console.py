"""What every command shares: opening the home, and saying things on the right stream."""

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from trainer.clock import FIRST_YEAR, LAST_YEAR, SystemClock, clock_from
from trainer.errors import TrainerError
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.collection.collection import Collection
    from trainer.collection.opened import Opening


def name_card(parser: ArgumentParser, dest: str = "card", nargs: str | None = None) -> None:
    """Let a command take a card, or with `nargs` some, as `find_card` finds it."""
    parser.add_argument(dest, metavar="CARD", nargs=nargs, help="an id, or words of a question")


def name_deck(parser: ArgumentParser, dest: str = "deck", nargs: str | None = None, otherwise: str = "") -> None:
    """Let a command take a deck, or with `nargs` some, as `find_deck` finds it; `otherwise` says what none means."""
    parser.add_argument(dest, metavar="DECK", nargs=nargs, help=f"a title or file, or its beginning{otherwise}")


def say(text: str = "") -> None:
    """Print a result to standard output."""
    print(clean(text))


def warn(text: str) -> None:
    """Print a message to standard error."""
    print(clean(text), file=sys.stderr)


def say_json(document: Any) -> None:
    """Print one JSON document to standard output."""
    say(json.dumps(document, ensure_ascii=False, indent=2))


def say_error(error: TrainerError, as_json: bool) -> None:
    """Print an error: one or two lines to standard error, or JSON to standard output."""
    if as_json:
        say_json({"error": {"message": error.message, "hint": error.hint}})
    else:
        warn(f"trainer: {error.message}")
        if error.hint:
            warn(error.hint)


def date_argument(text: str) -> date:
    """Return the date that an option takes. Raises ArgumentTypeError for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ArgumentTypeError(f"{text!r} is no date such as 2026-12-01")
    return day


def open_collection(arguments: Namespace, offer_copies: bool = True) -> "Collection":
    """Open the home of this call and warn of what is wrong in it, briefly; offer conflict copies of the log."""
    from trainer.collection.troubles import warnings

    collection = open_silently(arguments)
    for line in warnings(collection):
        warn(line)
    if offer_copies:
        _offer_copies(collection)
    return collection


def open_silently(arguments: Namespace) -> "Collection":
    """Open the home of this call; say only how far that is, where it takes long."""
    from trainer.collection.collection import Collection
    from trainer.home import find_home

    with telling() as tell:
        return Collection(find_home(arguments.home, os.environ), clock_from(os.environ), tell)


@contextmanager
def telling() -> Iterator["Opening"]:
    """Say on standard error how far work is, where it takes long."""
    from trainer.cli.progress import ProgressLine

    progress = ProgressLine(sys.stderr, SystemClock().stopwatch)
    try:
        yield progress.tell
    finally:
        progress.end()


def _offer_copies(collection: "Collection") -> None:
    from trainer.collection.merging import offers

    for offer in offers(collection):
        import shlex

        warn(f"{offer.words}: `trainer merge {shlex.quote(str(offer.path))}`")

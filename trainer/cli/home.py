"""`trainer home`: where everything is."""

import os
from argparse import ArgumentParser, Namespace

from trainer.cli.console import say, say_json

HELP = "print where decks, progress, settings and all else are"
EXAMPLES = """\
  trainer home
  trainer home --json
  trainer --home ~/talk home      the places of another home
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Print the places, whether or not they exist yet."""
    from trainer.home import find_home

    places = find_home(arguments.home, os.environ).places
    if arguments.json:
        say_json({name: str(path) for name, path in places.items()})
        return
    for name, path in places.items():
        missing = "" if os.path.exists(path) else "  (not there yet)"  # noqa: PTH110  (Path raises for a long name)
        say(f"{name:9} {path}{missing}")

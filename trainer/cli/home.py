"""`trainer home`: where everything is."""

import os
from argparse import ArgumentParser, Namespace

from trainer.cli.console import say

HELP = "print where decks, progress and settings are"
EXAMPLES = """\
  trainer home
  trainer --home ~/talk home      the places of another home
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes: nothing of its own."""


def run(arguments: Namespace) -> None:
    """Print the places, whether or not they exist yet."""
    from trainer.home import find_home

    home = find_home(arguments.home, os.environ)
    for name, path in (
        ("home", home.folder),
        ("decks", home.decks),
        ("progress", home.log),
        ("settings", home.settings),
        ("backups", home.backups),
    ):
        missing = "" if os.path.exists(path) else "  (not there yet)"  # noqa: PTH110  (Path raises for a long name)
        say(f"{name:9} {path}{missing}")

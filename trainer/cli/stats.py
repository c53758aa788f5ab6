"""`trainer stats`: where you stand."""

import shutil
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.cli.console import open_collection, say, say_json
from trainer.text import listed

if TYPE_CHECKING:
    from trainer.insight.statistics.panels import Panel

HELP = "show where you stand: is it working, what is weak, what comes next, is the promise kept"
EXAMPLES = """\
  trainer stats                          all decks, the last month
  trainer stats leading --period year    one deck, a year
  trainer stats --tag behavioural --plots
  trainer stats --html stats.html        one page with every plot, to look at in a browser
  trainer stats --json                   every number, for scripts
"""
WIDTH = 80
"""Cells of a plot where they are not looked at on a wider terminal."""
PERIODS = ["month", "quarter", "year", "all"]


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("deck", metavar="DECK", nargs="?", default="", help="only this deck")
    parser.add_argument("--tag", default="", help="only cards with this tag")
    parser.add_argument(
        "--period", type=_period, default="month", help=f"how far back, and ahead: {listed(PERIODS, 'or')}"
    )
    parser.add_argument("--plots", action="store_true", help="print the plots too")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--html", metavar="FILE", help="write one page with every plot")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def _period(text: str) -> str:
    if text not in PERIODS:
        raise ArgumentTypeError(f"{text!r} is none of {listed(PERIODS)}")
    return text


def run(arguments: Namespace) -> None:
    """Print the numbers as they are asked for."""
    from trainer.insight.statistics.panels import panels
    from trainer.insight.statistics.scope import period_of, scope_of
    from trainer.insight.statistics.statistics import statistics

    collection = open_collection(arguments)
    scope = scope_of(collection, arguments.deck, arguments.tag)
    found = statistics(collection, scope, period_of(arguments.period))
    shown = panels(found, collection, "`trainer tune`")
    if arguments.html:
        from trainer.formats.export.saving import save
        from trainer.insight.statistics.page import page

        save(Path(arguments.html), page(found, shown).encode(), force=arguments.force)
    if arguments.json:
        from trainer.insight.statistics.document import document

        say_json(document(found))
    elif arguments.html:
        say(f"Written: {arguments.html}")
    else:
        say(f"{scope.words}, {found.first} to {found.today}")
        for panel in shown:
            _say_panel(panel, arguments.plots)


def _say_panel(panel: "Panel", plots: bool) -> None:
    from textwrap import fill

    from trainer.insight.plots.text import draw

    width = max(40, min(120, shutil.get_terminal_size((WIDTH, 24)).columns))
    say(f"\n{panel.title}")
    say(fill(panel.sentence, width, break_long_words=False, break_on_hyphens=False))
    for plot in panel.plots if plots else ():
        say()
        for line in draw(plot, width):
            say(line)

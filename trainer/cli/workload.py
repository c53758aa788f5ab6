"""`trainer workload`: what a setting would cost."""

import sys
from argparse import ArgumentParser, Namespace
from functools import partial
from typing import TYPE_CHECKING, Any

from trainer.cli.console import open_collection, say, say_json, telling

if TYPE_CHECKING:
    from trainer.insight.workload import Load, Workload

HELP = "show what a setting would cost: minutes a day and points known in three months"
EXAMPLES = """\
  trainer workload
  trainer workload --json        for scripts
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Live the next months under a few settings, and print what came of each."""
    from trainer.insight.workload import workload

    collection = open_collection(arguments)
    shows = sys.stderr.isatty() and not arguments.json
    with telling() as tell:
        told = partial(tell, "Living the next three months in advance") if shows else None
        found = workload(collection, progress=told)
    if arguments.json:
        say_json(_document(found))
    else:
        _say_table(found)


def _say_table(found: "Workload") -> None:
    from trainer.insight.words import percent
    from trainer.text import counted

    say(f"The next three months at your memory and speed. Now you know about {_points(found.known_today)}.\n")
    say(f"With {counted(found.new_cards, 'new card')} a day:")
    say("   retention  minutes a day  points known")
    for load in found.by_retention:
        say(_row(percent(load.retention), load, found))
    say(f"\nAt {percent(found.retention)}:")
    say("   new a day  minutes a day  points known")
    for load in found.by_new_cards:
        say(_row(f"{load.new_cards:,}", load, found))
    say(f"\nAs it is set: {_said(found.now)}.")
    say(f"Most is learned per minute at {percent(found.best.retention)}: {_said(found.best)}.")


def _row(name: str, load: "Load", found: "Workload") -> str:
    from trainer.text import counted

    marks = ["now"] if load == found.now else []
    if load == found.best:
        marks.append("learns most per minute")
    if load.short_days:
        marks.append(f"the minutes are too few on {counted(load.short_days, 'day')}")
    said = f"  ({'; '.join(marks)})" if marks else ""
    return f"{name:>12}{load.mean_minutes:15.1f}{load.known:14,.0f}{said}"


def _points(number: float) -> str:
    from trainer.text import counted

    return counted(round(number), "point")


def _said(load: "Load") -> str:
    from trainer.insight.words import minutes

    return f"about {minutes(load.mean_minutes * 60)} a day, {_points(load.known)} known"


def _document(found: "Workload") -> dict[str, Any]:
    return {
        "desired_retention": found.retention,
        "new_cards": found.new_cards,
        "points_known": round(found.known_today, 1),
        "choices": [
            {
                "desired_retention": load.retention,
                "new_cards": load.new_cards,
                "minutes": round(load.mean_minutes, 1),
                "minutes_by_month": [round(each, 1) for each in load.minutes],
                "points_known": round(load.known, 1),
                "points_gained": round(load.gained, 1),
                "short_days": load.short_days,
                "learns_most": load == found.best,
            }
            for load in found.loads
        ],
    }

"""`trainer check`: every deck and the log, with file and line for each problem."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import open_silently, say, say_json

HELP = "check every deck, the settings and the log"
EXAMPLES = """\
  trainer check
  trainer check --json     for scripts; exit code 1 when there are problems
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> int:
    """Print all problems; return 1 where there are any."""
    from dataclasses import asdict

    from trainer.collection.troubles import problems
    from trainer.text import counted

    collection = open_silently(arguments)
    found = problems(collection)
    decks, cards = len(collection.library.decks), len(collection.library.cards)
    if arguments.json:
        say_json(
            {
                "decks": decks,
                "cards": cards,
                "events": collection.event_count,
                "unknown_events": collection.unknown_events,
                "problems": [asdict(problem) for problem in found],
            }
        )
        return int(bool(found))
    for problem in found:
        say(str(problem))
    events = counted(collection.event_count, "event")
    if collection.unknown_events:
        events += f" ({collection.unknown_events:,} that say more than this version knows; they are kept)"
    verdict = counted(len(found), "problem") if found else "nothing wrong"
    say(f"{counted(decks, 'deck')}, {counted(cards, 'card')}, {events}: {verdict}.")
    return int(bool(found))

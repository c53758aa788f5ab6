"""`trainer check`: every deck and the log, with file and line for each problem; advice on the wording of a deck."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import open_collection, open_silently, say, say_json

HELP = "check every deck, the settings and the log"
EXAMPLES = """\
  trainer check
  trainer check --json            for scripts; exit code 1 when there are problems
  trainer check --style leading   what could be said better in a deck; advice, so exit code 0
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--style", metavar="DECK", help="give advice on the wording of this deck instead")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> int:
    """Print all problems and return 1 where there are any; or print advice on one deck and return 0."""
    if arguments.style is not None:
        return _advise(arguments)
    from trainer.collection.troubles import problems
    from trainer.text import counted
    from trainer.tui.keymap import key_problems

    collection = open_silently(arguments)
    found = [*key_problems(collection.home.settings, collection.settings.keys), *problems(collection)]
    decks, cards = len(collection.library.decks), len(collection.library.cards)
    if arguments.json:
        say_json(
            {
                "decks": decks,
                "cards": cards,
                "events": collection.event_count,
                "unknown_events": collection.unknown_events,
                "problems": [problem._asdict() for problem in found],
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


def _advise(arguments: Namespace) -> int:
    """Print what could be better in the wording of a deck."""
    from trainer.library.style import advice
    from trainer.text import counted

    library = open_collection(arguments).library
    deck = library.find_deck(arguments.style)
    found = advice(deck, library.line_of)
    if arguments.json:
        say_json({"deck": deck.title, "cards": len(deck.cards), "advice": [problem._asdict() for problem in found]})
        return 0
    for problem in found:
        say(str(problem))
    verdict = counted(len(found), "piece of advice", "pieces of advice") if found else "nothing to advise"
    say(f"{deck.title}, {counted(len(deck.cards), 'card')}: {verdict}.")
    return 0

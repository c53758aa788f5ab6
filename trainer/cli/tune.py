"""`trainer tune`: FSRS's weights fitted to the user's own reviews."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from trainer.cli.console import open_collection, say, say_json, telling

if TYPE_CHECKING:
    from trainer.collection.collection import Collection
    from trainer.memory.tuning import Fit, Measure

HELP = "fit the memory model to your own reviews"
EXAMPLES = """\
  trainer tune                  takes the fit if it foretells your newest reviews better
  trainer tune --dry-run        only says what it would do
  trainer tune --reschedule     also moves due days to where the weights in force put them
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--reschedule", action="store_true", help="move due days too; says how many first, and asks")
    parser.add_argument("--yes", action="store_true", help="move them without asking")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Fit, say how well, take the weights where they are better, and move due days where asked to."""
    from trainer.errors import UsageError
    from trainer.insight.fitting import fit_to_own

    if arguments.dry_run and arguments.reschedule:
        raise UsageError(
            "--reschedule moves due days by the weights in force, so it cannot try others.",
            "Leave out --dry-run: it says how many cards move, and asks first.",
        )
    collection = open_collection(arguments)
    with telling() as tell:
        found = fit_to_own(collection, tell)
    if not arguments.json:
        _say_fit(found)
    if found.is_better:
        _adopt(collection, found, arguments)
    moved = _reschedule(collection, arguments) if arguments.reschedule else None
    if arguments.json:
        say_json(_document(found, moved))


def _say_fit(found: "Fit") -> None:
    from trainer.insight.fitting import few_words
    from trainer.text import counted

    if found.after is found.before:
        say(few_words(found))
        return
    tests = f"{counted(found.tests, 'review')} a day or more after the one before"
    say(f"{tests}; the newest {found.held_out:,} of them judge the fit to the others.\n")
    say("            log loss    RMSE")
    for name, measure in (("in force", found.before), ("fitted", found.after)):
        say(f"{name:10}{measure.log_loss:10.4f}{measure.rmse:8.4f}")
    say()
    if not found.is_better:
        say("The weights in force are as good: nothing changes.")


def _adopt(collection: "Collection", found: "Fit", arguments: Namespace) -> None:
    if arguments.dry_run:
        words = "The fitted weights are better: without --dry-run they would be taken."
    else:
        with telling() as tell, collection.telling(tell):
            event = collection.adopt_weights(found.after.weights, found.reviews)
        words = f"The fitted weights are better, and in force now. `trainer undo {event.key}` takes them back."
    if not arguments.json:
        say(words)
        if not arguments.reschedule:
            say("Due days stay as promised; `trainer tune --reschedule` moves them.")


def _reschedule(collection: "Collection", arguments: Namespace) -> dict[str, Any]:
    """Move due days, after saying how many and by how much; return what to say of it in JSON."""
    from trainer.insight.fitting import move_words
    from trainer.study.reschedule import moves

    found = moves(collection, collection.library.cards.values(), collection.today)
    if not arguments.json:
        say(move_words(found).capitalize())
    done = bool(found) and (arguments.yes or (not arguments.json and _agrees()))
    if done:
        event = collection.move_dues([(move.card, move.after) for move in found])
        if not arguments.json:
            say(f"Moved. `trainer undo {event.key}` puts all of them back.")
    days = [move.days for move in found]
    return {
        "cards": len(days),
        "earlier": sum(away < 0 for away in days),
        "later": sum(away > 0 for away in days),
        "mean_days": round(sum(days) / len(days), 1) if days else 0.0,
        "done": done,
    }


def _agrees() -> bool:
    try:
        return input("Move them? [y/N] ").strip().casefold() in ("y", "yes")
    except EOFError:
        say()
        return False


def _document(found: "Fit", moved: dict[str, Any] | None) -> dict[str, Any]:
    document = {
        "reviews": found.reviews,
        "adopted": found.is_better,
        "before": _measure(found.before),
        "after": _measure(found.after),
    }
    return document if moved is None else {**document, "rescheduled": moved}


def _measure(measure: "Measure") -> dict[str, Any]:
    return {"log_loss": measure.log_loss, "rmse": measure.rmse, "weights": list(measure.weights)}

"""`trainer due`: what is due, per deck."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from trainer.cli.console import date_argument, open_collection, say, say_json

if TYPE_CHECKING:
    from trainer.collection.collection import Collection

HELP = "show what is due, per deck"
EXAMPLES = """\
  trainer due
  trainer due --on 2026-12-01    what will be due by then
  trainer due --json             for scripts
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--on", type=date_argument, metavar="DATE", help="on another day, written 2026-12-01")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Print what each deck, and a session over all of them, would show."""
    from trainer.insight.today import day_at_a_glance
    from trainer.insight.words import day_name, minutes, on_day, whole_minutes
    from trainer.text import counted

    collection = open_collection(arguments)
    today = collection.today
    day = day_at_a_glance(collection, arguments.on or today)
    share = day.share
    if arguments.json:
        say_json(
            {
                "date": day.day.isoformat(),
                "decks": [
                    {"title": row.deck.title, **_numbers(row.share.new, row.due, row.share.seconds)}
                    for row in day.decks
                ],
                "total": _numbers(share.new, day.due, share.seconds),
            }
        )
        return
    if not share.asked:
        say(f"Nothing is due {on_day(day.day, today)}.")
    else:
        questions = counted(share.asked, "question")
        when = day_name(day.day, today)
        say(f"{when[:1].upper()}{when[1:]}: {questions}, about {minutes(share.seconds)}.")
    if day.day == today:
        _say_outlook(collection, share.is_behind)
    say()
    for row in day.decks:
        paused = " (paused)" if row.paused else ""
        time = f"{whole_minutes(row.share.seconds):6,} minutes"
        say(f"{row.due:6,} due {row.share.new:6,} new {time}  {row.deck.title}{paused}")


def _say_outlook(collection: "Collection", is_behind: bool) -> None:
    """Say when someone who is behind will be level, and what to expect on the dates of decks."""
    if is_behind:
        from trainer.insight.backlog import backlog_words

        say(backlog_words(collection))
    if collection.settings.has_dates:
        from trainer.insight.goal import goals

        for goal in goals(collection):
            say(goal.words)


def _numbers(new: int, due: int, seconds: float) -> dict[str, float]:
    return {"new": new, "due": due, "minutes": round(seconds / 60, 1)}

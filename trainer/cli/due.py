"""`trainer due`: what is due, per deck."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import date_argument, open_collection, say, say_json

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
    from trainer.insight.backlog import backlog_words
    from trainer.insight.goal import goals
    from trainer.insight.today import day_at_a_glance
    from trainer.insight.words import day_name, minutes, whole_minutes
    from trainer.text import counted

    collection = open_collection(arguments)
    today = collection.today
    day = day_at_a_glance(collection, arguments.on or today)
    plan = day.plan
    if arguments.json:
        say_json(
            {
                "date": day.day.isoformat(),
                "decks": [{"title": row.deck.title, **_numbers(row.new, row.due, row.seconds)} for row in day.decks],
                "total": _numbers(len(plan.new), day.due, plan.seconds),
            }
        )
        return
    when = day_name(day.day, today)
    if not plan.count:
        say(f"Nothing is due {when}." if when in ("today", "tomorrow") else f"Nothing is due on {when}.")
    else:
        questions = counted(plan.count, "question")
        say(f"{when[:1].upper()}{when[1:]}: {questions}, about {minutes(plan.seconds)}.")
    if day.day == today:
        for words in (backlog_words(collection), *(goal.words for goal in goals(collection))):
            if words:
                say(words)
    say("\n   due    new  minutes  deck")
    for row in day.decks:
        paused = " (paused)" if row.paused else ""
        say(f"{row.due:6,} {row.new:6,} {whole_minutes(row.seconds):8,}  {row.deck.title}{paused}")


def _numbers(new: int, due: int, seconds: float) -> dict[str, float]:
    return {"new": new, "due": due, "minutes": round(seconds / 60, 1)}

"""What a session that was run line by line came to."""

import shlex
from datetime import timedelta

from trainer.insight.today import next_due
from trainer.insight.words import NOTHING_WEAK, minutes, on_day, percent
from trainer.study.plan import plan_day
from trainer.study.session import Session
from trainer.study.share import asked_decks
from trainer.text import counted


def summary_of(session: Session) -> str:
    """Return the lines that are printed at the end: what was done, what is left, what comes."""
    collection, day = session.collection, session.collection.today
    lines = []
    if session.answered:
        cards = counted(len({event.card for event in session.answered}), "card")
        lines.append(f"\n{cards} in {minutes(session.seconds_spent())}.")
    elif not any(deck.cards for deck in session.decks):
        lines.append("There is no card here yet: add some to the deck's file, `trainer home` shows where.")
    elif session.current is None and session.limits.weak:
        lines.append(NOTHING_WEAK)
    elif session.current is None:
        left = plan_day(collection, session.decks, day, among=session.cards).asked
        within = f"Nothing fits these limits; {counted(left, 'question')} left for today."
        lines.append(within if left else "Nothing is due now.")
    for path in session.elsewhere:
        lines.append(f"Not in the log yet: `trainer merge {shlex.quote(str(path))}` adds what was written there.")
    missed = session.still_missed()
    if missed:
        lines.append(f"{counted(len(missed), 'card')} with missed points: back in ten minutes, or when next due.")
    coming = next_due(collection, asked_decks(collection), day)
    if coming:
        lines.append(f"Next: {counted(coming[1], 'card')} {on_day(coming[0], day)}.")
    for deck in asked_decks(collection):
        coverage = collection.mean_coverage([deck], day + timedelta(days=1))
        if coverage is not None:
            lines.append(f"Known tomorrow, of what was asked so far: {percent(coverage)} of {deck.title}.")
    return "\n".join(lines)

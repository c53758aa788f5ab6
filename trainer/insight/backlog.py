"""How long it takes to be level again after days away."""

from datetime import timedelta

from trainer.collection.collection import Collection
from trainer.progress.replay import Attempt
from trainer.study.share import asked_decks, counts_of
from trainer.text import counted

LONGEST = 60
"""Days; beyond these it is only said that it takes longer."""


def waiting_cards(collection: Collection) -> int:
    """Return how many cards are due today."""
    return counts_of(collection, asked_decks(collection), collection.today).due


def days_until_level(collection: Collection, waiting: float) -> int | None:
    """Return on how many days, today included, due cards will have to wait; None for over `LONGEST`.

    Each day takes as many as its minutes allow, of those `waiting`, those that fall due meanwhile, and
    those missed the day before: as large a share as the desired retention lets be missed. What is
    answered and comes back within the time is left out, so it is the least that it takes.
    """
    decks, today, settings = asked_decks(collection), collection.today, collection.settings
    usual = collection.tally.usual_seconds
    missed = 1 - settings.desired_retention
    capacity = settings.minutes * 60 / (usual(Attempt.LATER) + missed * usual(Attempt.RETURN))
    dues = collection.standing.dues([deck.file for deck in decks], today)
    for days in range(LONGEST + 1):
        if waiting <= capacity:
            return days
        waiting += capacity * missed - capacity + dues.get(today + timedelta(days=days + 1), 0)
    return None


def backlog_words(collection: Collection) -> str:
    """Return what to say to someone who is behind."""
    waiting = waiting_cards(collection)
    days = days_until_level(collection, waiting)
    level = f"more than {LONGEST} days" if days is None else f"about {counted(days, 'day')}"
    came = f"{counted(waiting, 'card')} came due while you were away"
    return f"{came}: {level} until you are level. New ones wait until the old fit a day."

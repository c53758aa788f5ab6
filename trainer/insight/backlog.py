"""How long it takes to be level again after days away."""

from datetime import timedelta
from random import Random

from trainer.collection.collection import Collection
from trainer.simulate.home import ImaginedHome
from trainer.simulate.living import live_day
from trainer.simulate.user import User, habits
from trainer.study.plan import Limits, asked_decks, counts_of, plan_day
from trainer.text import counted

LONGEST = 60
"""Days; beyond these it is only said that it takes longer."""


def days_until_level(collection: Collection, seed: int = 1) -> int | None:
    """Return on how many days, today included, due cards will wait or new ones be held back; None for over `LONGEST`.

    The days are lived in advance, each to its full minutes, without new cards.
    """
    today = collection.today
    home = ImaginedHome.like(collection, asked_decks(collection), collection.settings, today)
    user = User(habits(()), Random(seed))
    for days in range(LONGEST + 1):
        home.begin(today + timedelta(days=days))
        plan = plan_day(home.as_collection, home.library.decks, home.today)
        if not plan.is_behind and not plan.left_due:
            return days
        live_day(home, user, Limits(new=0))
    return None


def backlog_words(collection: Collection) -> str:
    """Return what to say to someone who is behind."""
    waiting = counted(counts_of(collection, asked_decks(collection), collection.today).due, "card")
    days = days_until_level(collection)
    level = f"more than {LONGEST} days" if days is None else f"about {counted(days, 'day')}"
    return f"{waiting} came due while you were away: {level} until you are level. No new ones come until then."

"""What comes: reviews that are scheduled now, and the minutes they take."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from trainer.collection.collection import Collection
from trainer.library.shelf import Outline
from trainer.progress.replay import Attempt

FARTHEST = 365
"""Days ahead where the period is everything."""


@dataclass(frozen=True)
class Forecast:
    """The days from today on; what is late counts today. Reviews that follow from these, and new cards, come on top."""

    first: date
    """Today."""
    reviews: tuple[int, ...]
    """Cards that fall due, day by day."""
    seconds: tuple[float, ...]
    """Expected for these, with the returns of what is missed, day by day."""
    late: int
    """Of today's, those that were due on a day before."""


def forecast(collection: Collection, outlines: list[Outline], file: str, days: int | None) -> Forecast:
    """Return what falls due of these cards in `days` days (None: `FARTHEST`); decks paused are left out but `file`."""
    settings, usual = collection.settings, collection.tally.usual_seconds
    titles = {deck.file: deck.title for deck in collection.library.decks}
    paused = {each for each, title in titles.items() if settings.is_paused(title)} - {file}
    file_of = {each.card: each.file for each in outlines if each.file not in paused}
    later, returned = usual(Attempt.LATER), usual(Attempt.RETURN)
    cost = {each: later + (1 - settings.retention_of(title)) * returned for each, title in titles.items()}
    today = collection.today.toordinal()
    length = days or FARTHEST
    reviews: list[int] = [0] * length
    seconds: dict[int, float] = defaultdict(float)
    late = 0
    for card, due in collection.standing.scheduled():
        away = max(0, due - today)
        if card in file_of and away < length:
            reviews[away] += 1
            seconds[away] += cost[file_of[card]]
            late += due < today
    return Forecast(collection.today, tuple(reviews), tuple(seconds[each] for each in range(length)), late)

"""All numbers on where one stands, for some cards and a period."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from trainer.collection.collection import Collection
from trainer.insight.statistics.calibration import Calibration, CalibrationCount
from trainer.insight.statistics.forecast import Forecast, forecast
from trainer.insight.statistics.known import Known, KnownCount
from trainer.insight.statistics.minutes import Minutes, MinutesCount
from trainer.insight.statistics.missed import Missed, MissedCount
from trainer.insight.statistics.past import oldest_day, read_pasts
from trainer.insight.statistics.ratings import Ratings, RatingsCount
from trainer.insight.statistics.scope import Period, Scope
from trainer.insight.statistics.spread import Spread, SpreadCount


@dataclass(frozen=True)
class Statistics:
    """Everything that is shown, in the order of the questions it answers."""

    scope: Scope
    period: Period
    first: date
    """The first day of the period."""
    today: date
    oldest: date | None
    """The day of the first review of these cards, own or imported; None without any."""
    known: Known
    calibration: Calibration
    missed: Missed
    forecast: Forecast
    minutes: Minutes
    ratings: Ratings
    spread: Spread


def statistics(collection: Collection, scope: Scope, period: Period) -> Statistics:
    """Return the statistics of the cards in scope, for a period that ends today."""
    outlines = list(scope.outlines(collection))
    oldest = oldest_day(collection, scope, outlines)
    today = collection.today
    start = period.first(today, oldest)
    first, last = start.toordinal(), today.toordinal()
    known, spread = KnownCount(collection.model, first, last), SpreadCount()
    calibration, missed = CalibrationCount(collection), MissedCount()
    minutes, ratings = MinutesCount(), RatingsCount()
    with _without_collecting():
        for card in read_pasts(collection, scope, outlines, first, last):
            for count in (known, calibration, missed, minutes, ratings, spread):
                count.add(card)
    return Statistics(
        scope, period, start, today, oldest,
        known.result, calibration.result, missed.result,
        forecast(collection, outlines, scope.file, period.days),
        minutes.result, ratings.result, spread.result,
    )  # fmt: skip


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: among so many tuples, none in a circle, it takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

"""All numbers on where one stands, for some cards and a period."""

from dataclasses import dataclass
from datetime import date

from trainer.collection.collection import Collection
from trainer.garbage import no_collecting
from trainer.insight.statistics.calibration import Calibration, calibration
from trainer.insight.statistics.forecast import Forecast, forecast
from trainer.insight.statistics.known import Known, known
from trainer.insight.statistics.minutes import Minutes, minutes
from trainer.insight.statistics.missed import Missed, missed
from trainer.insight.statistics.past import CardPasts, oldest_day
from trainer.insight.statistics.ratings import Ratings, ratings
from trainer.insight.statistics.scope import Period, Scope
from trainer.insight.statistics.spread import Spread, spread


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
    with no_collecting():
        outlines = list(scope.outlines(collection))
        oldest = oldest_day(collection, scope, outlines)
        today = collection.today
        start = period.first(today, oldest)
        first, last = start.toordinal(), today.toordinal()
        pasts = CardPasts(collection, scope, outlines, first, last)
        return Statistics(
            scope, period, start, today, oldest,
            known(pasts, collection.model, first, last),
            calibration(pasts, collection),
            missed(pasts, first, last),
            forecast(collection, outlines, scope.file, period.days),
            minutes(pasts.reviews),
            ratings(pasts.reviews),
            spread(pasts),
        )  # fmt: skip

"""How long was practised, by day, and by day of the week and hour."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import compress
from time import localtime

from trainer.insight.statistics.past import Reviews
from trainer.progress.past import IMPORTED, QUARTER

QUARTERS = 1 << 26
"""More quarters of an hour than have passed since 1970 at any time that counts."""


@dataclass
class Day:
    """What was done on one day."""

    own: float = 0.0
    """Seconds."""
    imported: float = 0.0
    """Seconds of reviews that came with imports."""
    reviews: int = 0
    """Own, returns included."""
    imported_reviews: int = 0


@dataclass(frozen=True)
class Minutes:
    """Time spent on the cards in scope, within the period."""

    days: dict[date, Day]
    """Days with reviews, in order."""
    hours: list[list[float]]
    """Own seconds by day of the week (Monday first) and hour of the clock."""
    timed: int
    """Own reviews with a time, which `hours` are made of."""

    @property
    def own(self) -> float:
        """Own seconds."""
        return sum(day.own for day in self.days.values())

    @property
    def imported(self) -> float:
        """Seconds of reviews that came with imports."""
        return sum(day.imported for day in self.days.values())

    @property
    def reviews(self) -> int:
        """Own reviews."""
        return sum(day.reviews for day in self.days.values())

    @property
    def imported_reviews(self) -> int:
        """Reviews that came with imports."""
        return sum(day.imported_reviews for day in self.days.values())

    @property
    def own_days(self) -> int:
        """Days with own reviews."""
        return sum(day.reviews > 0 for day in self.days.values())


def minutes(reviews: Reviews) -> Minutes:
    """Return the time spent with these reviews."""
    days: dict[float, Day] = defaultdict(Day)
    own = [not code & IMPORTED for code in reviews.code]
    timed = [spent >= 0 and each for spent, each in zip(reviews.spent, own, strict=True)]
    for number, count in Counter(compress(reviews.day, own)).items():
        days[number].reviews = count
    hours = [[0.0] * 24 for _ in range(7)]
    for place, seconds in _sums(reviews, timed).items():
        number, quarter = divmod(place, QUARTERS)
        days[number].own += seconds
        hours[int(number - 1) % 7][localtime(quarter * QUARTER).tm_hour] += seconds
    if not all(own):
        for number, seconds, mine in zip(reviews.day, reviews.spent, own, strict=True):
            if not mine:
                days[number].imported_reviews += 1
                days[number].imported += max(seconds, 0.0)
    return Minutes({date.fromordinal(int(each)): days[each] for each in sorted(days)}, hours, sum(timed))


def _sums(reviews: Reviews, chosen: list[bool]) -> dict[float, float]:
    """Return the seconds of some reviews by day * `QUARTERS` + quarter of an hour: these are fewer than reviews."""
    sums: dict[float, float] = defaultdict(float)
    places = [day * QUARTERS + quarter for day, quarter in zip(reviews.day, reviews.quarter, strict=True)]
    for place, seconds in zip(compress(places, chosen), compress(reviews.spent, chosen), strict=True):
        sums[place] += seconds
    return sums

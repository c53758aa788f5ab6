"""How long was practised, by day, and by day of the week and hour."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime

from trainer.insight.statistics.past import CardPast

QUARTER = 900
"""Seconds; no zone begins a new hour anywhere but at a multiple of these."""


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


class MinutesCount:
    """Adds up the time spent in the period, card by card."""

    def __init__(self) -> None:
        self._days: dict[int, Day] = defaultdict(Day)
        self._hours = [[0.0] * 24 for _ in range(7)]
        self._hour_of: dict[int, int] = {}
        self._timed = 0

    def add(self, card: CardPast) -> None:
        """Add the reviews of a card."""
        for moment, number, spent, _, _, _, imported, _, _ in card.reviews:
            day = self._days[number]
            known = max(spent, 0.0)
            if imported:
                day.imported += known
                day.imported_reviews += 1
                continue
            day.own += known
            day.reviews += 1
            if spent >= 0:
                self._timed += 1
                self._hours[(number - 1) % 7][self._hour(int(moment // QUARTER))] += spent

    def _hour(self, quarter: int) -> int:
        hour = self._hour_of.get(quarter)
        if hour is None:
            hour = self._hour_of[quarter] = datetime.fromtimestamp(quarter * QUARTER, UTC).astimezone().hour
        return hour

    @property
    def result(self) -> Minutes:
        """The time spent on all cards added."""
        days = {date.fromordinal(each): self._days[each] for each in sorted(self._days)}
        return Minutes(days, self._hours, self._timed)

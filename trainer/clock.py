"""Now, and the local day a moment belongs to. No other file asks the time."""

import sys
import time as _time
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

from trainer.errors import UsageError

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""A time outside of these is a mistake."""


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""

    def stopwatch(self) -> float:
        """Return seconds from an arbitrary start, for measuring how long something took."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC; local days from here on are those of the zone that the machine is in."""
        if sys.platform != "win32":
            _time.tzset()  # which a process does not look up again by itself
        return datetime.now(UTC)

    def stopwatch(self) -> float:
        """Return seconds that never run backwards."""
        return _time.monotonic()


class FixedClock:
    """A clock that stands still until it is set, for tests and for TRAINER_NOW."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)
        self._start = self._moment

    def now(self) -> datetime:
        """Return the moment it was set to, in UTC."""
        return self._moment

    def stopwatch(self) -> float:
        """Return the seconds it was moved since it was made."""
        return (self._moment - self._start).total_seconds()

    def move(self, **units: float) -> None:
        """Move by a `timedelta(**units)`: `move(minutes=10)`."""
        self._moment += timedelta(**units)


def clock_from(environment: Mapping[str, str]) -> Clock:
    """Return the clock of this process: TRAINER_NOW where it is set, else the machine's.

    Raises UsageError when TRAINER_NOW is no ISO time with an offset.
    """
    text = environment.get("TRAINER_NOW")
    if not text:
        return SystemClock()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UsageError(
            f"TRAINER_NOW is {text!r}, which is no time of our days with an offset.",
            "Write it as 2026-11-21T09:30:00+01:00, or unset it.",
        )
    return FixedClock(moment)


def local_day(moment: datetime, day_start: time) -> date:
    """Return the local calendar day `moment` belongs to, when a day begins at `day_start`.

    A day has 23 or 25 hours when summer time begins or ends. What happens twice on the wall
    clock at the end of summer time begins a day the first time.
    """
    local = moment.astimezone()
    begins = datetime.combine(local.date(), day_start).astimezone()
    return local.date() if local >= begins else local.date() - timedelta(days=1)


def zone_mark(day_start: time) -> str:
    """Return a text that differs wherever `local_day` may: the start of the day, and the zone's offsets by year."""
    return _zone_mark(day_start, _time.tzname, _time.timezone, _time.altzone)


@lru_cache(maxsize=8)
def _zone_mark(day_start: time, names: tuple[str, str], *_offsets: int) -> str:
    moments = (datetime(year, month, 1, tzinfo=UTC) for year in range(2000, 2040) for month in (1, 7))
    minutes = [int((moment.astimezone().utcoffset() or timedelta()).total_seconds()) // 60 for moment in moments]
    return f"{day_start} {'/'.join(names)} {sorted(set(minutes))} {sum(n * m for n, m in enumerate(minutes))}"

"""How numbers are said to a person: the same on every screen and in every command."""

import math
from datetime import date

from trainer.text import counted

NOTHING_WEAK = "No point is likelier to be missed today than you ask for."
"""Said where a session over weak points has nothing to ask."""


def in_days(days: int) -> str:
    """Return a number of days as short words: "1 day", "12 days", "2.5 months", "1.2 years"."""
    if days < 31:
        return counted(days, "day")
    number, unit = (days / 30.4375, "month") if days < 365 else (days / 365.25, "year")
    said = f"{number:.1f}".removesuffix(".0")
    return f"{said} {unit}" if said == "1" else f"{said} {unit}s"


def missing_points(count: int) -> str:
    """Return what is asked when other points are given."""
    missing = "One point is missing: say it." if count == 1 else f"{count} points are missing: say them."
    return f"You made these. {missing}"


def minutes(seconds: float) -> str:
    """Return a time as whole minutes: "1 minute", "12 minutes"; any time at all is one at least."""
    return counted(whole_minutes(seconds), "minute")


def time_words(seconds: float) -> str:
    """Return a time as whole minutes, and from two hours on as hours: "12 minutes", "2.5 hours"."""
    return minutes(seconds) if seconds < 7200 else f"{seconds / 3600:,.1f} hours"


def whole_minutes(seconds: float) -> int:
    """Return seconds as minutes, rounded up."""
    return math.ceil(seconds / 60)


def percent(share: float | None) -> str:
    """Return a share (0-1) as a percentage, and a dash for None."""
    return "–" if share is None else f"{share:.0%}"


def known(share: float | None) -> str:
    """Return a coverage (0-1) as in a list: "92% known", and nothing for None."""
    return "" if share is None else f"{percent(share)} known"


def day_name(day: date, today: date) -> str:
    """Return a day as said today: "today", "tomorrow", "Monday 23 November"; with the year when it is another."""
    away = (day - today).days
    if away in (0, 1):
        return ("today", "tomorrow")[away]
    name = f"{day:%A} {day.day} {day:%B}"
    return name if day.year == today.year else f"{name} {day.year}"


def on_day(day: date, today: date) -> str:
    """Return when something is, inside a sentence: "today", "tomorrow", "on Monday 23 November"."""
    name = day_name(day, today)
    return name if (day - today).days in (0, 1) else f"on {name}"

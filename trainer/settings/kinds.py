"""What kinds of value a setting can have: each checks one, reads one that was typed, and says one."""

from datetime import date, datetime, time
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YES, _NO = ("true", "on", "yes"), ("false", "off", "no")


class WrongValue(ValueError):
    """A value that a setting cannot take; the text says which it can."""


class Kind:
    """A kind of value."""

    takes = ""
    """What such a setting takes, for the reader of an error or a table."""

    def check(self, value: Any) -> Any:
        """Return a value of the file as the model holds it. Raises WrongValue."""
        raise NotImplementedError

    def typed(self, text: str) -> Any:
        """Return the value of the file that a person means by a text. Raises WrongValue."""
        self.check(text)
        return text

    def said(self, value: Any) -> str:
        """Return a value of the model as a person types it."""
        return str(value)


class Number(Kind):
    """A number within bounds, which belong to it."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high
        self.takes = f"a number from {low} to {high}"

    def check(self, value: Any) -> float:
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.low <= value <= self.high:
            raise WrongValue(self.takes)
        return value

    def typed(self, text: str) -> float:
        """Return the number that was typed; a percentage is one too."""
        try:
            number = float(text.removesuffix("%"))
        except ValueError:
            raise WrongValue(self.takes) from None
        return self.check(round(number / 100, 4) if text.endswith("%") else number)


class Whole(Kind):
    """A whole number within bounds, which belong to it."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high
        self.takes = f"a whole number from {low} to {high}"

    def check(self, value: Any) -> int:
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            raise WrongValue(self.takes)
        return value

    def typed(self, text: str) -> int:
        """Return the number that was typed."""
        try:
            return self.check(int(text))
        except ValueError:
            raise WrongValue(self.takes) from None


class Switch(Kind):
    """True or false."""

    takes = "true or false"

    def check(self, value: Any) -> bool:
        """Return the value."""
        if not isinstance(value, bool):
            raise WrongValue(self.takes)
        return value

    def typed(self, text: str) -> bool:
        """Return what was typed; on and off, yes and no will do."""
        if text.casefold() not in (*_YES, *_NO):
            raise WrongValue(self.takes)
        return text.casefold() in _YES

    def said(self, value: Any) -> str:
        """Return true or false as the file has it."""
        return "true" if value else "false"


class Choice(Kind):
    """One of a few words."""

    def __init__(self, *options: str) -> None:
        self.options = options
        self.takes = " or ".join(f'"{option}"' for option in options)

    def check(self, value: Any) -> str:
        """Return the word."""
        if value not in self.options:
            raise WrongValue(self.takes)
        return str(value)


class Text(Kind):
    """A text on one line."""

    takes = "a text"

    def check(self, value: Any) -> str:
        """Return the text."""
        if not isinstance(value, str) or not value.isprintable():
            raise WrongValue(self.takes)
        return value


class TimeOfDay(Kind):
    """A local time of the day."""

    takes = 'a time such as "04:00"'

    def check(self, value: Any) -> time:
        """Return the time."""
        try:
            read = value if isinstance(value, time) else time.fromisoformat(value)
        except (TypeError, ValueError):
            raise WrongValue(self.takes) from None
        if read.tzinfo is not None:
            raise WrongValue('a time without an offset, such as "04:00"')
        return read

    def said(self, value: Any) -> str:
        """Return hours and minutes, and seconds where there are any."""
        return f"{value:%H:%M:%S}".removesuffix(":00")


class Day(Kind):
    """A date."""

    takes = "a date such as 2026-12-12"

    def check(self, value: Any) -> date:
        """Return the date."""
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise WrongValue(self.takes)
        return value

    def typed(self, text: str) -> date:
        """Return the date that was typed."""
        return self.check(text)


class Weekdays(Kind):
    """Some days of the week, not all."""

    takes = 'a list of days, not all seven, such as ["saturday", "sunday"]'

    def check(self, value: Any) -> frozenset[str]:
        """Return the days."""
        names = [name.casefold() for name in value if isinstance(name, str)] if isinstance(value, list) else []
        if not isinstance(value, list) or len(names) < len(value) or not {*names} < {*WEEKDAYS}:
            raise WrongValue(self.takes)
        return frozenset(names)

    def typed(self, text: str) -> list[str]:
        """Return the days that were typed with spaces or commas; the beginning of each will do."""
        words = text.casefold().replace(",", " ").split()
        found = [next((day for day in WEEKDAYS if len(word) > 1 and day.startswith(word)), word) for word in words]
        try:
            days = self.check(found)
        except WrongValue:
            raise WrongValue("days of the week, not all seven, such as: saturday sunday") from None
        return [day for day in WEEKDAYS if day in days]

    def said(self, value: Any) -> str:
        """Return the days in their order."""
        return " ".join(day for day in WEEKDAYS if day in value)

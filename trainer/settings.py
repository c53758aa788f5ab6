"""The user's settings: `settings.toml`, read with a fall-back for each wrong value."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from trainer.model import Problem
from trainer.text import shorten, shown
from trainer.toml_places import places, syntax_fault

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEW_ORDERS = ("deck", "mixed")


@dataclass(frozen=True)
class DeckSettings:
    """What a `[decks."Title"]` table sets for one deck."""

    desired_retention: float | None = None
    """0.70 to 0.97; None where the deck follows the general setting."""
    paused: bool = False
    """Left out of every session unless it is named."""
    by: date | None = None
    """The day by which it should be known."""


@dataclass(frozen=True)
class Settings:
    """Every setting, with its default."""

    desired_retention: float = 0.90
    """The share of points to be made when a card comes up: 0.70 to 0.97."""
    maximum_interval: int = 365
    """The longest time to the next review, in days: 1 to 36500."""
    minutes: int = 20
    """The time to spend a day, in minutes: 1 to 600."""
    new_cards: int = 5
    """The most new cards a day: 0 to 1000."""
    day_start: time = time(4)
    """When a new day begins, as local time."""
    fuzz: bool = True
    """Whether due days are spread a little, so that cards learned together part."""
    easy_days: frozenset[str] = frozenset()
    """Days of the week, in English, on which little falls due and no new cards come."""
    new_order: str = "deck"
    """New cards as the decks have them ("deck"), or from all over ("mixed")."""
    theme: str = "trainer-dark"
    """The colours of the app, by the name of a Textual theme."""
    decks: dict[str, DeckSettings] = field(default_factory=dict)
    """Settings of single decks, by title."""

    @property
    def has_dates(self) -> bool:
        """Whether a deck has a date, ahead or past."""
        return any(own.by for own in self.decks.values())

    def retention_of(self, title: str) -> float:
        """Return the desired retention (0-1) of the deck with this title."""
        own = self._of_deck(title).desired_retention
        return self.desired_retention if own is None else own

    def is_paused(self, title: str) -> bool:
        """Return whether the deck with this title is left out of sessions."""
        return self._of_deck(title).paused

    def days_left(self, title: str, day: date) -> int | None:
        """Return the days from `day` until the date of the deck with this title; None without one that is ahead."""
        by = self._of_deck(title).by
        return (by - day).days if by is not None and by > day else None

    def is_easy(self, day: date) -> bool:
        """Return whether a day is one of the easy days of the week."""
        return WEEKDAYS[day.weekday()] in self.easy_days

    def _of_deck(self, title: str) -> DeckSettings:
        """Return what is set for a deck, by its title in any case."""
        wanted = title.casefold()
        return next((own for name, own in self.decks.items() if name.casefold() == wanted), DeckSettings())


class _Wrong(ValueError):
    """A value that a setting cannot take; the text says which it can."""


def _number(low: float, high: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise _Wrong(f"a number from {low} to {high}")
        return value

    return check


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise _Wrong(f"a whole number from {low} to {high}")
        return value

    return check


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("true or false")
    return value


def _time(value: Any) -> time:
    try:
        read = value if isinstance(value, time) else time.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Wrong('a time such as "04:00"') from None
    if read.tzinfo is not None:
        raise _Wrong('a time without an offset, such as "04:00"')
    return read


def _date(value: Any) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _Wrong("a date such as 2026-12-12")
    return value


def _weekdays(value: Any) -> frozenset[str]:
    names = [name.casefold() for name in value if isinstance(name, str)] if isinstance(value, list) else []
    if not isinstance(value, list) or len(names) < len(value) or not {*names} < {*WEEKDAYS}:
        raise _Wrong('a list of days, not all seven, such as ["saturday", "sunday"]')
    return frozenset(names)


def _new_order(value: Any) -> str:
    if value not in NEW_ORDERS:
        raise _Wrong('"deck" or "mixed"')
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise _Wrong("a text")
    return value


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "desired_retention": _number(0.70, 0.97),
    "maximum_interval": _whole(1, 36500),
    "minutes": _whole(1, 600),
    "new_cards": _whole(0, 1000),
    "day_start": _time,
    "fuzz": _truth,
    "easy_days": _weekdays,
    "new_order": _new_order,
    "theme": _text,
}
_DECK_CHECKS: dict[str, Callable[[Any], Any]] = {
    "desired_retention": _CHECKS["desired_retention"],
    "paused": _truth,
    "by": _date,
}


def read_settings(path: Path) -> tuple[Settings, list[Problem]]:
    """Return the settings in the file, and what is wrong with it.

    A value that cannot be used falls back to its default, alone; a file that is
    not TOML falls back whole. No file means all defaults.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), [_unusable(path, None, getattr(error, "strerror", None) or "This is not UTF-8 text")]
    try:
        document = tomllib.loads(text)
    except RecursionError:
        return Settings(), [_unusable(path, None, "The values are nested too deep to read")]
    except ValueError as error:
        return Settings(), [_unusable(path, *syntax_fault(text, str(error)))]

    problems: list[Problem] = []
    decks = document.pop("decks", {})
    values = _checked(document, _CHECKS, Settings(), "", path, problems)
    if not isinstance(decks, dict):
        problems.append(_problem(path, "decks", 'takes tables such as [decks."A title"]'))
        decks = {}
    for title, table in decks.items():
        if isinstance(table, dict):
            own = _checked(table, _DECK_CHECKS, DeckSettings(), f"decks.{title}.", path, problems)
            values.setdefault("decks", {})[title] = DeckSettings(**own)
        else:
            problems.append(_problem(path, f"decks.{title}", "takes a table"))
    return Settings(**values), problems


def _unusable(path: Path, line: int | None, message: str) -> Problem:
    return Problem(path.name, line, f"{message}.", "The defaults are used until it is mended.")


def _checked(
    table: dict[str, Any],
    checks: dict[str, Callable[[Any], Any]],
    defaults: Any,
    prefix: str,
    path: Path,
    problems: list[Problem],
) -> dict[str, Any]:
    """Return the values of `table` that pass their checks, and report the others."""
    good = {}
    for key, value in table.items():
        if key not in checks:
            from difflib import get_close_matches

            near = get_close_matches(key, checks, n=1, cutoff=0.5)
            known = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(checks)}."
            problems.append(_problem(path, prefix + key, f"is no setting; {known}"))
            continue
        try:
            good[key] = checks[key](value)
        except _Wrong as wrong:
            default = getattr(defaults, key)
            used = "none" if default in (None, frozenset()) else default
            if key == "desired_retention" and default is None:
                used = "the general one"
            problems.append(_problem(path, prefix + key, f"is {shown(value)}, but takes {wrong}; {used} is used."))
    return good


def _problem(path: Path, key: str, words: str) -> Problem:
    """Return the problem with one setting, with the line it stands on."""
    found = places(path.read_text(encoding="utf-8-sig"))
    place = next((found[each] for each in found if ".".join(map(str, each)) == key), None)
    return Problem(path.name, place.line if place else None, f"`{shorten(key, 60)}` {words}")


assert set(_CHECKS) | {"decks"} == {each.name for each in fields(Settings)}

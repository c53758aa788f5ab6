"""What can be said of a card in a search beside words, each as a condition of SQL on where cards stand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from trainer.collection.opened import OpenHome
from trainer.collection.standing import MISSES
from trainer.errors import UsageError
from trainer.library.shelf import BETWEEN
from trainer.model import Deck
from trainer.search.reading import Condition
from trainer.text import folded, listed, shorten

Sql = tuple[str, list[str]]
"""A condition of SQL, and what stands for its question marks."""

_DAYS = re.compile(r"(-?\d{1,5})d")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


@dataclass(frozen=True)
class Kind:
    """A condition by its name."""

    sql: Callable[[OpenHome, Condition], Sql]
    wants: str
    """What must follow the name."""
    example: str


def _deck(home: OpenHome, condition: Condition) -> Sql:
    _only_equals(condition)
    try:
        return _in_files([home.library.find_deck(condition.value)])
    except UsageError as error:
        raise condition.wrong(error.message) from error


def _tag(home: OpenHome, condition: Condition) -> Sql:
    _only_equals(condition)
    tag = folded(condition.value)
    files, values = _in_files([deck for deck in home.library.decks if tag in map(folded, deck.tags)])
    return f"(instr(words.text, ?) OR {files})", [f"{BETWEEN}{tag}{BETWEEN}", *values]


def _id(_home: OpenHome, condition: Condition) -> Sql:
    _only_equals(condition)
    return "card = ?", [condition.value]


def _is(home: OpenHome, condition: Condition) -> Sql:
    _only_equals(condition)
    state = condition.value.lower()
    if state == "paused":
        return _in_files([deck for deck in home.library.decks if home.settings.is_paused(deck.title)])
    if state not in _STATES:
        raise condition.wrong(f"A card is {listed([*_STATES, 'paused'], 'or')}, not {shorten(condition.value, 30)!r}.")
    return _STATES[state], []


_STATES = {
    "due": "{kind} IN ('due', 'return')",
    "new": "NOT suspended AND NOT reviews",
    "review": "NOT suspended AND reviews",
    "suspended": "suspended",
    "leech": f"misses >= {MISSES}",
    "buried": "buried > {day}",
}


def _due(home: OpenHome, condition: Condition) -> Sql:
    value, today = condition.value.lower(), home.today
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(value)
    if in_days := _DAYS.fullmatch(value):
        days = int(in_days[1])
    try:
        day = date.fromisoformat(value) if days is None else today + timedelta(days=days)
    except ValueError:
        raise condition.wrong("A day is today, tomorrow, 7d (in seven days) or a date such as 2026-12-01.") from None
    return _compared("due", condition, day.toordinal()), []


def _coverage(_home: OpenHome, condition: Condition) -> Sql:
    number = _NUMBER.fullmatch(condition.value.removesuffix("%"))
    percents = float(number[0]) * (1 if condition.value.endswith("%") else 100) if number else 101.0
    if percents > 100:
        raise condition.wrong("Coverage goes from 0% to 100%, or from 0 to 1.")
    return _compared("round(100 * coverage(curve))", condition, percents), []


def _number(column: str, unit: str, _home: OpenHome, condition: Condition) -> Sql:
    number = _NUMBER.fullmatch(condition.value.lower().removesuffix(unit))
    if not number:
        raise condition.wrong(
            f"`{condition.name}` is compared with a number, as in `{CONDITIONS[condition.name].example}`."
        )
    return _compared(column, condition, float(number[0])), []


def _compared(sql: str, condition: Condition, number: float) -> str:
    return f"ifnull({sql} {condition.operator.replace(':', '=')} {number!r}, 0)"


def _in_files(decks: list[Deck]) -> Sql:
    files = [deck.file for deck in decks]
    return f"file IN ({', '.join('?' * len(files))})", files


def _only_equals(condition: Condition) -> None:
    if condition.operator not in ":=":
        raise condition.wrong(f"`{condition.name}` is not compared: write `{condition.name}:` and what it is.")


CONDITIONS = {
    "deck": Kind(_deck, "a deck's title or file", "deck:leading"),
    "tag": Kind(_tag, "a tag", "tag:senior"),
    "id": Kind(_id, "a card's id", "id:hard-call"),
    "is": Kind(_is, "a state, such as due", "is:due"),
    "due": Kind(_due, "a day, such as 7d", "due<=7d"),
    "coverage": Kind(_coverage, "a share, such as 80%", "coverage<80%"),
    "missed": Kind(partial(_number, "misses", ""), "a number", "missed>=3"),
    "reviews": Kind(partial(_number, "reviews", ""), "a number", "reviews>0"),
    "lapses": Kind(partial(_number, "lapses", ""), "a number", "lapses>2"),
    "stability": Kind(partial(_number, "stability", "d"), "days", "stability<10d"),
    "points": Kind(partial(_number, "points", ""), "a number", "points>=5"),
}
"""By name."""

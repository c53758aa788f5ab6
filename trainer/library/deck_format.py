"""A deck file: TOML read into a deck, with every fault named by file, line and nearest known key."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from trainer.library.identity import LONGEST_ID, card_fingerprint, is_id, point_fingerprint
from trainer.model import ANSWER_POINT, Card, Deck, KeyPoint, Problem
from trainer.text import clean, nearest, one_line, shorten, shown
from trainer.toml_places import Path as TomlPath
from trainer.toml_places import Place, places, syntax_fault

FORMAT = 1
DECK_KEYS = ("format", "title", "about", "tags", "cards")
CARD_KEYS = (
    "id", "question", "key_points", "answer", "follow_ups", "hint", "why", "tags", "source",
)  # fmt: skip
POINT_KEYS = ("id", "text", "weight")
HEAVIEST = 100


@dataclass
class DeckFile:
    """What was read from one file."""

    deck: Deck | None
    """None where the file is not TOML, or of a format to come."""
    problems: list[Problem] = field(default_factory=list)
    indexes: list[int] = field(default_factory=list)
    """For each card of the deck, its place among the file's `[[cards]]`, from 0."""
    left_out: list["LeftOut"] = field(default_factory=list)
    """The cards that could not be used."""
    text: str = ""

    def line_of(self, card: int) -> int:
        """Return the line on which the deck's card number `card` (from 0) begins."""
        return self._places["cards", self.indexes[card]].line

    @cached_property
    def _places(self) -> dict[TomlPath, Place]:
        return places(self.text)


@dataclass(frozen=True)
class LeftOut:
    """A card that could not be used: the line it begins on, how it reads, and why."""

    line: int
    text: str
    reason: str


class _Fault(Exception):
    """What is wrong at a path within the document."""

    def __init__(self, path: TomlPath, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def read_deck(data: bytes, file: str) -> DeckFile:
    """Read the bytes of a deck file; `file` is its name, for messages and for want of a title.

    A syntax error costs the deck, any other error its card. Nothing is raised.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return DeckFile(None, [Problem(file, line, "This is not UTF-8 text.", "Save it as UTF-8.")])
    try:
        return _Reader(tomllib.loads(text), text, file).read()
    except RecursionError:
        return DeckFile(None, [Problem(file, None, "The values are nested too deep to read.")])
    except ValueError as error:
        return DeckFile(None, [_syntax_problem(file, text, str(error))])


def _syntax_problem(file: str, text: str, said: str) -> Problem:
    line, message = syntax_fault(text, said)
    return Problem(file, line, f"Not TOML: {message}.", "Mend this line; the deck is left out until then.")


class _Reader:
    """Reads one document; gathers problems on the way."""

    def __init__(self, document: dict[str, Any], text: str, file: str) -> None:
        self.document = document
        self.text = text
        self.file = file
        self.result = DeckFile(None, text=text)
        self._places: dict[TomlPath, Place] | None = None

    def read(self) -> DeckFile:
        version = self.document.get("format", FORMAT)
        if isinstance(version, int) and version > FORMAT:
            self.report(("format",), f"This deck is of format {shown(version)}; this trainer reads format {FORMAT}.")
            return self.result
        if type(version) is not int or version != FORMAT:
            self.report(("format",), f"`format` is {shown(version)}, but must be {FORMAT}.")
        for fault in _unknown_keys(self.document, DECK_KEYS, ()):
            self.report(fault.path, fault.message)
        deck = Deck(
            file=self.file,
            title=one_line(self.optional("title", _string, "")) or one_line(self.file.removesuffix(".toml")),
            about=self.optional("about", _string, ""),
            tags=self.optional("tags", _strings, ()),
            cards=tuple(self.cards()),
        )
        self.result.deck = deck
        return self.result

    def optional(self, key: str, check: Any, default: Any) -> Any:
        """Return a value of the deck itself; a wrong one is reported and costs only itself."""
        try:
            return check(self.document, key, (), default)
        except _Fault as fault:
            self.report(fault.path, fault.message)
            return default

    def cards(self) -> Iterator[Card]:
        tables = self.document.get("cards", [])
        if not isinstance(tables, list):
            self.report(("cards",), "`cards` must be written as [[cards]] tables.")
            return
        for index, table in enumerate(tables):
            path: TomlPath = ("cards", index)
            faults: list[_Fault] = []
            card = _read_card(table, path, faults)
            if card is not None:
                self.result.indexes.append(index)
                yield card
                continue
            for fault in faults:
                self.report(fault.path, fault.message)
            question = table.get("question") if isinstance(table, dict) else None
            reads = shorten(question, 60) if isinstance(question, str) else ""
            reason = " ".join(fault.message for fault in faults)
            self.result.left_out.append(LeftOut(self.line(path), reads, reason))

    def report(self, path: TomlPath, message: str) -> None:
        self.result.problems.append(Problem(self.file, self.line(path), message))

    def line(self, path: TomlPath) -> int:
        """Return the line of the key, else of the nearest table around it."""
        if self._places is None:
            self._places = places(self.text)
        while path and path not in self._places:
            path = path[:-1]
        return self._places[path].line if path else 1


def _read_card(table: Any, path: TomlPath, faults: list[_Fault]) -> Card | None:
    """Return the card of one `[[cards]]` table, or None with what is wrong added to `faults`."""
    if not isinstance(table, dict):
        faults.append(_Fault(path, "A card must be a table."))
        return None
    found = len(faults)
    faults.extend(_unknown_keys(table, CARD_KEYS, path))

    def take(check: Any, key: str, default: Any) -> Any:
        try:
            return check(table, key, path, default)
        except _Fault as fault:
            faults.append(fault)
            return default

    question = take(_string, "question", "")
    answer = take(_string, "answer", "")
    own_id = take(_id, "id", "")
    points = _read_points(table, path, faults)
    if not question and not any(fault.path == (*path, "question") for fault in faults):
        faults.append(_Fault((*path, "question"), "A card needs a `question`."))
    if not answer and not points and len(faults) == found:
        faults.append(_Fault(path, "A card needs `key_points` or an `answer`."))
    card = Card(
        id=own_id or card_fingerprint(question),
        question=question,
        key_points=points,
        answer=answer,
        follow_ups=take(_strings, "follow_ups", ()),
        hint=take(_string, "hint", ""),
        why=take(_string, "why", ""),
        tags=take(_strings, "tags", ()),
        source=take(_string, "source", ""),
    )
    return card if len(faults) == found else None


def _read_points(table: dict[str, Any], path: TomlPath, faults: list[_Fault]) -> tuple[KeyPoint, ...]:
    written = table.get("key_points", [])
    path = (*path, "key_points")
    if not isinstance(written, list):
        faults.append(_Fault(path, "`key_points` must be a list."))
        return ()
    points: list[KeyPoint] = []
    numbers: dict[str, int] = {}
    for index, item in enumerate(written):
        try:
            point = _read_point(item, (*path, index), faults)
            if point.id in numbers:
                raise _Fault((*path, index), f"Key point {index + 1} is the same as key point {numbers[point.id]}.")
        except _Fault as fault:
            faults.append(fault)
            continue
        numbers[point.id] = index + 1
        points.append(point)
    return tuple(points)


def _read_point(item: Any, path: TomlPath, faults: list[_Fault]) -> KeyPoint:
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, dict):
        raise _Fault(path, "A key point must be a text, or a table with `text`.")
    faults.extend(_unknown_keys(item, POINT_KEYS, path))
    text = _string(item, "text", path, "")
    if not text:
        raise _Fault(path, "A key point needs a text.")
    weight = item.get("weight", 1)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= HEAVIEST:
        raise _Fault((*path, "weight"), f"`weight` must be a number over 0 and at most {HEAVIEST}.")
    own_id = _id(item, "id", path, "")
    if own_id == ANSWER_POINT:
        raise _Fault((*path, "id"), f"The id `{ANSWER_POINT}` is reserved; choose another.")
    return KeyPoint(own_id or point_fingerprint(text), text, float(weight))


def _unknown_keys(table: dict[str, Any], known: tuple[str, ...], path: TomlPath) -> Iterator[_Fault]:
    for key in table:
        if key not in known:
            near = nearest(key.casefold(), known)
            hint = f"Did you mean `{near}`?" if near else f"Known are {', '.join(known)}."
            yield _Fault((*path, key), f"`{shorten(key, 40)}` is no known key. {hint}")


def _string(table: dict[str, Any], key: str, path: TomlPath, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise _Fault((*path, key), f"`{key}` must be a text in quotes.")
    return clean(value).strip()


def _strings(table: dict[str, Any], key: str, path: TomlPath, default: tuple[str, ...]) -> tuple[str, ...]:
    values = table.get(key, list(default))
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _Fault((*path, key), f"`{key}` must be a list of texts.")
    return tuple(cleaned for value in values if (cleaned := clean(value).strip()))


def _id(table: dict[str, Any], key: str, path: TomlPath, default: str) -> str:
    if key not in table:
        return default
    value = table[key]
    if not isinstance(value, str) or not is_id(value):
        raise _Fault((*path, key), f"`{key}` must be 1 to {LONGEST_ID} printable characters.")
    return value

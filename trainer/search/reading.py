"""A search as a person writes it, taken apart into what must hold."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from trainer.errors import UsageError
from trainer.text import clean, folded

DEEPEST = 20
"""Brackets within brackets."""
LONGEST = 200
"""Words and conditions of one search."""
SHOWN = 70
"""Characters of a search that are shown with an error."""
_OPENING, _CLOSING = '"“”„', '"“”'
_CONDITION = re.compile(r"([^\W\d_]+)(<=|>=|[<>=:])")
_NOT = re.compile("-(?=[^- ])")
_OR = re.compile(r"or(?=[ )]|$)", re.IGNORECASE)


class QueryError(UsageError):
    """A search that cannot be understood; the hint shows where."""

    def __init__(self, message: str, query: str, column: int) -> None:
        super().__init__(message, _pointed_at(query, column))


@dataclass(frozen=True)
class Words:
    """A text that stands somewhere in the card."""

    text: str
    """Folded."""


@dataclass(frozen=True)
class Condition:
    """Something said of the card, such as `reviews>3`."""

    name: str
    operator: str
    value: str
    query: str
    column: int
    """Where in the query the value begins."""

    def wrong(self, message: str) -> QueryError:
        """Return the error for a value that makes no sense."""
        return QueryError(message, self.query, self.column)


@dataclass(frozen=True)
class Not:
    """Holds where its part does not."""

    part: "Node"


@dataclass(frozen=True)
class All:
    """Holds where every part does."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    """Holds where some part does."""

    parts: tuple["Node", ...]


Node = Words | Condition | Not | All | Either


def read(query: str, names: Mapping[str, str]) -> Node:
    """Return what a search asks for; `names` are those of conditions, each with what must follow it in words.

    Raises QueryError.
    """
    return _Reader(re.sub(r"\s", " ", clean(query)), names).read()


class _Reader:
    def __init__(self, query: str, names: Mapping[str, str]) -> None:
        self._query = query
        self._names = names
        self._at = 0
        self._depth = 0
        self._parts = 0

    def read(self) -> Node:
        self._skip_space()
        return self._either() if self._here else All(())

    @property
    def _here(self) -> str:
        return self._query[self._at : self._at + 1]

    def _error(self, message: str, column: int) -> QueryError:
        return QueryError(message, self._query, column)

    def _skip_space(self) -> None:
        while self._here == " ":
            self._at += 1

    def _either(self) -> Node:
        parts = [self._all()]
        while or_ := _OR.match(self._query, self._at):
            self._at = or_.end()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _all(self) -> Node:
        parts: list[Node] = []
        self._skip_space()
        while not self._ends():
            parts.append(self._one())
            self._skip_space()
        if not parts:
            message = "Something is missing here. In quotes, `or` and brackets are text like any other."
            raise self._error(message, self._at)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _ends(self) -> bool:
        return not self._here or (self._here == ")" and self._depth > 0) or bool(_OR.match(self._query, self._at))

    def _one(self) -> Node:
        self._parts += 1
        if self._parts > LONGEST:
            raise self._error(f"A search holds {LONGEST} words and conditions at most.", self._at)
        if _NOT.match(self._query, self._at):
            self._at += 1
            return Not(self._one())
        if self._here == "(":
            return self._group()
        if _is_quote(self._here):
            return Words(folded(self._quoted()))
        return self._condition() or Words(folded(self._word()))

    def _group(self) -> Node:
        start = self._at
        self._at += 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(f"There are brackets in brackets, over {DEEPEST} deep.", start)
        node = self._either()
        if self._here != ")":
            raise self._error("This bracket is not closed; in quotes it stands for itself.", start)
        self._at += 1
        self._depth -= 1
        return node

    def _quoted(self) -> str:
        start = self._at
        ends = [at for at in range(start + 1, len(self._query)) if self._query[at] in _CLOSING]
        if not ends:
            raise self._error("These quotes are not closed.", start)
        self._at = ends[0] + 1
        return self._query[start + 1 : ends[0]]

    def _word(self) -> str:
        """Take what stands up to the next space, or to the end of the group."""
        start, opened = self._at, 0
        while self._here.strip():
            if self._here == "(":
                opened += 1
            elif self._here == ")":
                if self._depth and not opened:
                    break
                opened -= 1
            self._at += 1
        return self._query[start : self._at]

    def _condition(self) -> Condition | None:
        found = _CONDITION.match(self._query, self._at)
        if not found or self._query.startswith("//", found.end()):
            return None
        name = found[1].lower()
        if name not in self._names:
            if near := get_close_matches(name, self._names, n=1, cutoff=0.75):
                message = f"There is no `{found[0]}`: did you mean `{near[0]}`? To find the text, put it in quotes."
                raise self._error(message, self._at)
            return None
        self._at = column = found.end()
        value = self._quoted() if _is_quote(self._here) else self._word()
        if not value.strip():
            raise self._error(f"`{name}{found[2]}` needs {self._names[name]}.", column)
        return Condition(name, found[2], value.strip(), self._query, column)


def _is_quote(character: str) -> bool:
    return character != "" and character in _OPENING


def _pointed_at(query: str, column: int) -> str:
    """Return the query, and below it a caret under the column; of a long one the part around it."""
    first = max(0, min(column - SHOWN // 2, len(query) - SHOWN))
    part = query[first : first + SHOWN]
    begun = "…" if first else ""
    before = begun + part[: column - first]
    ended = "…" if first + SHOWN < len(query) else ""
    return f"{begun}{part}{ended}\n{' ' * _width(before)}^"


def _width(text: str) -> int:
    """Return how many cells a text takes."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))

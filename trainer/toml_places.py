"""Where each key and value of a TOML document stands, which `tomllib` does not tell.

The text must be TOML that `tomllib` has read: this scanner finds places and checks nothing.
Grammar: https://toml.io/en/v1.0.0
"""

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass

from trainer.text import one_line

Path = tuple[str | int, ...]
"""Keys and indexes that lead to a value."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\r\n]*[^,\]}#\r\n\t ]")
_BASIC = re.compile(r'"(?:[^"\\]|\\.)*"')
_LITERAL = re.compile(r"'[^']*'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}(?!")', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL)

_LONG_NUMBER = re.compile(r"[0-9](?:_?[0-9]){4299}")  # more digits than Python reads
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the line of its key, and the span of the value in the text."""

    line: int
    """The line of the key, table header or array item, counted from 1."""
    start: int
    """Offset of the value's first character."""
    end: int
    """Offset after the value's last character."""


def places(text: str) -> dict[Path, Place]:
    """Return the place of everything in a TOML document by its path.

    A path holds keys and, for items of arrays and arrays of tables, indexes:
    `("cards", 3, "key_points", 0, "weight")`.
    """
    return _Scanner(text).scan()


def key_places(text: str, path: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where the last key of a path is written, as spans: a table may be named in many lines."""
    scanner = _KeyScanner(text, path)
    scanner.scan()
    return scanner.named


def syntax_fault(text: str, said: str) -> tuple[int | None, str]:
    """Return the line of a syntax error and what is wrong, from what `tomllib` said of `text`."""
    match = _AT_LINE.search(said)
    if match:
        line = int(match[1]) if match[1] else text.rstrip("\n").count("\n") + 1
        return line, one_line(said[: match.start()])
    if number := _LONG_NUMBER.search(text):
        return text.count("\n", 0, number.start()) + 1, "This number has too many digits"
    return None, one_line(said)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, Place] = {}
        self.tables: dict[Path, int] = {}
        self.spans: list[tuple[int, int]] = []
        """Where the keys that were read last are written."""
        self.line_ends = [match.start() for match in re.finditer("\n", text)]

    def scan(self) -> dict[Path, Place]:
        table: Path = ()
        while self.skip(_BLANK) < len(self.text):
            start = self.at
            if self.text[self.at] == "[":
                table = self.header()
                self.parents(table, start)
                self.found.setdefault(table, self.place(start, start, self.at))
            else:
                self.pair(table)
        return self.found

    def place(self, key: int, start: int, end: int) -> Place:
        return Place(bisect_right(self.line_ends, key - 1) + 1, start, end)

    def skip(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at + 1  # never stand still, whatever the text
        return self.at

    def header(self) -> Path:
        array = self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        keys = self.keys()
        self.at += 2 if array else 1
        path: Path = ()
        for key in keys[:-1]:
            path = self.newest((*path, key))
        path = (*path, keys[-1])
        if array:
            self.tables[path] = self.tables.get(path, -1) + 1
        path = self.newest(path)
        self.name(path)
        return path

    def newest(self, path: Path) -> Path:
        """Return the path of the table last begun under an array of tables."""
        return (*path, self.tables[path]) if path in self.tables else path

    def name(self, path: Path) -> None:
        """Take in which path the keys that were read last lead to."""

    def keys(self) -> list[str]:
        keys = []
        self.spans = []
        while True:
            self.skip(_SPACE)
            start = self.at
            quote = self.text[start : start + 1]
            self.skip({'"': _BASIC, "'": _LITERAL}.get(quote, _BARE))
            written = self.text[start : self.at]
            self.spans.append((start, self.at))
            if quote == '"':
                keys.append(_unescaped(written))
            else:
                keys.append(written.strip("'"))
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def pair(self, table: Path) -> None:
        start = self.at
        path: Path = (*table, *self.keys())
        self.name(path)
        self.at += 1  # the equals sign
        self.skip(_SPACE)
        self.parents(path, start)
        self.value(path, start)

    def parents(self, path: Path, start: int) -> None:
        """Give the tables around a path that nothing else names the place of their first mention."""
        for length in range(len(path) - 1, 0, -1):
            if path[:length] in self.found:
                return
            self.found[path[:length]] = self.place(start, start, start)

    def value(self, path: Path, key: int) -> None:
        start = self.at
        if self.text.startswith('"""', start):
            self.skip(_LONG_BASIC)
        elif self.text.startswith("'''", start):
            self.skip(_LONG_LITERAL)
        elif self.text.startswith('"', start):
            self.skip(_BASIC)
        elif self.text.startswith("'", start):
            self.skip(_LITERAL)
        elif self.text.startswith("[", start):
            self.items("]", path)
        elif self.text.startswith("{", start):
            self.items("}", path)
        else:
            self.skip(_SCALAR)
        self.found[path] = self.place(key, start, self.at)

    def items(self, closing: str, path: Path) -> None:
        """Go over the items of an array or the pairs of an inline table."""
        self.at += 1
        index = 0
        while self.skip(_BLANK) < len(self.text) and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "}":
                self.pair(path)
            else:
                self.value((*path, index), self.at)
                index += 1
        self.at += 1


class _KeyScanner(_Scanner):
    def __init__(self, text: str, wanted: tuple[str, ...]) -> None:
        super().__init__(text)
        self.wanted = wanted
        self.named: list[tuple[int, int]] = []

    def name(self, path: Path) -> None:
        before = sum(isinstance(each, str) for each in path) - len(self.spans)
        at = len(self.wanted) - 1 - before
        if path[: len(self.wanted)] == self.wanted and at >= 0:
            self.named.append(self.spans[at])


def _unescaped(quoted: str) -> str:
    r"""Return the text of a basic string; its escapes are JSON's, but for the long \U one."""
    return str(tomllib.loads(f"key = {quoted}")["key"])

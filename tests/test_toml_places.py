"""Places agree with tomllib: every value it reads has a place, and stands there."""

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC
from typing import Any

import pytest
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.toml_places import Path, Place, places

quick = settings(max_examples=80)

KEY = st.one_of(
    st.sampled_from(["a", "b", "cards", "key_points", "1", "-", "true", "3.1", "", " ", "#", "=", "[[x]]", '"', "'"]),
    st.sampled_from(["\\", "\\t", '\\"', "a.b", "a b", "é", "\u2028", "\t", "\n", "\x7f", "{", "]", ","]),
)
TEXT = st.one_of(
    st.sampled_from(
        ['"', "'", '""', "''", "\\", "\n[[cards]]\n", '\n"""a"', "# no comment", "a = {", "]", "}", "é\U0001f600"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
SCALAR = st.one_of(
    TEXT,
    st.booleans(),
    st.integers(-(2**65), 2**65),
    st.floats(),
    st.dates(),
    st.times().map(lambda value: value.replace(fold=0)),
    st.datetimes(timezones=st.sampled_from([None, UTC])).map(lambda value: value.replace(fold=0)),
)
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(KEY, inner, max_size=4),
        st.lists(st.dictionaries(KEY, inner, max_size=3), max_size=3),
    ),
    max_leaves=12,
)
DOCUMENT = st.dictionaries(KEY, VALUE, max_size=5)

Choose = Callable[..., Any]


class Writer:
    """Writes one document in any of the many ways TOML has, choosing as hypothesis says."""

    def __init__(self, choose: Choose) -> None:
        self.choose = choose
        self.lines: list[str] = []

    def document(self, table: dict[str, Any]) -> str:
        self.table(table, ())
        end = self.choose("\n", "\r\n")
        return ("\n".join(self.lines) + self.choose("", "\n", "\n\n# [end]")).replace("\n", end)

    def table(self, table: dict[str, Any], path: tuple[str, ...]) -> None:
        below = []
        for key, value in table.items():
            if self.all_tables(value) and self.choose(True, False):
                below.append((key, value))
            elif isinstance(value, dict) and value and self.choose(True, False):
                for inner, item in value.items():
                    self.pair(f"{self.key(key)}{self.choose('.', ' . ')}{self.key(inner)}", item)
            else:
                self.pair(self.key(key), value)
        for key, value in below:
            header = self.choose(".", " .\t").join(map(self.key, (*path, key)))
            for each in value if isinstance(value, list) else [value]:
                written = f"[[{header}]]" if isinstance(value, list) else f"[{self.choose('', ' ')}{header} ]"
                self.lines.append(self.choose("", "  ") + written + self.comment())
                self.table(each, (*path, key))

    def pair(self, key: str, value: Any) -> None:
        if self.choose(True, False):
            self.lines.append(self.choose("", " \t", "# [[cards]]", '# a = """ {'))
        self.lines.append(f"{self.choose('', '  ')}{key}{self.choose(' = ', '=')}{self.value(value)}{self.comment()}")

    def comment(self) -> str:
        return str(self.choose("", "", "  ", " # [x] = \"no\" '''"))

    def key(self, key: str) -> str:
        ways = [self.basic(key)]
        if key and all(each in "abcdefghijklmnopqrstuvwxyz_-0123456789" for each in key):
            ways.append(key)
        if key.isprintable() and "'" not in key:
            ways.append(f"'{key}'")
        return str(self.choose(*ways))

    def value(self, value: Any) -> str:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            gap = self.choose("", "\n", " # [ ]\n\n  ")
            items = "".join(f"{gap}{self.value(each)}{self.choose('', ' ')}," for each in value)
            return f"[{items if self.choose(True, False) else items.removesuffix(',')}{gap}]"
        if isinstance(value, dict):
            pairs = [f"{self.key(key)} = {self.value(each)}" for key, each in value.items()]
            return "{" + self.choose(", ", ",").join(pairs) + "}"
        return tomli_w.dumps({"x": value}).removeprefix("x = ").strip()

    def text(self, text: str) -> str:
        ways = [self.basic(text), '"""\n' + self.long(text) + '"""', '"""\\\n   ' + self.long(text, first=True) + '"""']
        if text.isprintable() and "'" not in text:
            ways.append(f"'{text}'")
        plain = text.replace("\n", "").replace("\t", "").isprintable()
        if plain and "'''" not in text:
            ways.append(f"'''\n{text}'''")
        return str(self.choose(*ways))

    def long(self, text: str, first: bool = False) -> str:
        written = self.basic(text)[1:-1].replace("\\n", "\n").replace('\\"', '"')
        if "\\" in text:
            written = self.basic(text)[1:-1]
        written = written.replace('"""', '""\\"')
        return f"\\u{ord(text[0]):04x}" + self.basic(text[1:])[1:-1] if first and text[:1].isspace() else written

    @staticmethod
    def basic(text: str) -> str:
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

    @staticmethod
    def all_tables(value: Any) -> bool:
        """Return whether a value can be written under headers."""
        items = value if isinstance(value, list) else [value]
        return bool(items) and all(isinstance(each, dict) for each in items)


WAYS = [st.integers(0, number - 1) for number in range(1, 9)]
"""Which of so many ways: made once, since making a strategy takes longer than drawing from it."""


@st.composite
def written(draw: st.DrawFn) -> str:
    """A document as a person might write it."""
    return Writer(lambda *ways: ways[draw(WAYS[len(ways) - 1])]).document(draw(DOCUMENT))


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Go over everything in a document, containers before what they hold."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))


def leaves(text: str) -> Iterator[tuple[Path, Any]]:
    """Go over what is surely written as a value: all but tables, and lists of nothing else."""
    for path, value in walk(tomllib.loads(text)):
        plain_list = isinstance(value, list) and any(not isinstance(each, dict) for each in value)
        if plain_list or not isinstance(value, dict | list):
            yield path, value


def parsed(text: str, place: Place) -> Any:
    return tomllib.loads(f"x = {text[place.start : place.end]}")["x"]


def agrees(text: str) -> None:
    """Fail unless every value of the document stands where `places` says."""
    found = places(text)
    last = text.count("\n") + 1
    for path, value in leaves(text):
        place = found[path]
        assert repr(parsed(text, place)) == repr(value)
        assert place.line == text.count("\n", 0, place.start) + 1
    assert all(1 <= place.line <= last for place in found.values())


@quick
@given(DOCUMENT, st.booleans())
def test_every_value_that_tomli_w_writes_stands_at_its_place(document: dict[str, Any], multiline: bool) -> None:
    agrees(tomli_w.dumps(document, multiline_strings=multiline))


@quick
@given(written())
@example("a = \"\"\"\"quoted\"\"\"\"\" # [b]\nb = ''''it'''''\n")
def test_every_value_that_a_person_writes_stands_at_its_place(text: str) -> None:
    agrees(text)


@quick
@given(written())
@example("a.b = 1\n[c.d.e]\n[[cards]]\n[[cards.key_points]]\n")
def test_every_table_has_a_place_too(text: str) -> None:
    found = places(text)
    assert {path for path, _ in walk(tomllib.loads(text))} - set(found) == set()


@quick
@given(written())
def test_nothing_has_a_place_that_tomllib_does_not_read(text: str) -> None:
    assert set(places(text)) - {path for path, _ in walk(tomllib.loads(text))} == set()


@quick
@given(written())
@example("a = 1  # one")
@example("a = [1 , 2\t]")
def test_a_place_ends_with_the_last_character_of_its_value(text: str) -> None:
    for path, place in places(text).items():
        value = text[place.start : place.end]
        assert value == value.strip(), path


HAND_WRITTEN = '''# a deck
format = 1 # [[cards]]
about = """
[[cards]]
question = "not a card"
"""
tags = [
  "one", # ]
  'two',
]

[[cards]]
question = "q"
key_points = [
  "a", { id = "b", text = "B", weight = 2 },
  # { text = "no" },
  [[1, 2], [3]],
]
more.deep . "er key" = true
'lit.eral' = 2026-11-21 09:30:00

[[cards]] # the second
  [[cards.key_points]]
  text = "x"
  [[cards.key_points]]
  text = "y"
[cards.extra]
z = 1

[[cards]]
[[cards.key_points]]
text = "again"

[table."quoted [key]"]
answer = \'\'\'
["no"]\'\'\''''

LINES = {
    ("format",): 2,
    ("about",): 3,
    ("tags",): 7,
    ("tags", 0): 8,
    ("tags", 1): 9,
    ("cards", 0): 12,
    ("cards", 0, "question"): 13,
    ("cards", 0, "key_points"): 14,
    ("cards", 0, "key_points", 0): 15,
    ("cards", 0, "key_points", 1): 15,
    ("cards", 0, "key_points", 1, "id"): 15,
    ("cards", 0, "key_points", 1, "text"): 15,
    ("cards", 0, "key_points", 1, "weight"): 15,
    ("cards", 0, "key_points", 2): 17,
    ("cards", 0, "key_points", 2, 0): 17,
    ("cards", 0, "key_points", 2, 0, 1): 17,
    ("cards", 0, "key_points", 2, 1, 0): 17,
    ("cards", 0, "more", "deep", "er key"): 19,
    ("cards", 0, "lit.eral"): 20,
    ("cards", 1): 22,
    ("cards", 1, "key_points", 0): 23,
    ("cards", 1, "key_points", 0, "text"): 24,
    ("cards", 1, "key_points", 1): 25,
    ("cards", 1, "key_points", 1, "text"): 26,
    ("cards", 1, "extra"): 27,
    ("cards", 1, "extra", "z"): 28,
    ("cards", 2): 30,
    ("cards", 2, "key_points", 0, "text"): 32,
    ("table", "quoted [key]"): 34,
    ("table", "quoted [key]", "answer"): 35,
}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("path", LINES, ids=lambda path: ".".join(map(str, path)))
def test_a_place_is_on_the_line_of_its_key(path: Path, end: str) -> None:
    text = HAND_WRITTEN.replace("\n", end)
    assert tomllib.loads(text)
    assert places(text)[path].line == LINES[path]


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("a=1", ("a",), "1"),
        ("a = 'x' # y", ("a",), "'x'"),
        ('a = """\n"b\\"""""\nc = 1', ("a",), '"""\n"b\\"""""'),
        ('a = ""\nb = ""', ("b",), '""'),
        ('a = """"""\nb = 1', ("a",), '""""""'),
        ("a = ''''''\nb = 1", ("a",), "''''''"),
        ("a = [\n 1,\n]\n", ("a",), "[\n 1,\n]"),
        ("a = {b = {c = [1]}}", ("a", "b"), "{c = [1]}"),
        ("a = 1979-05-27T07:32:00-07:00\n", ("a",), "1979-05-27T07:32:00-07:00"),
        ("a = -1e-3\r\n", ("a",), "-1e-3"),
        ("[ a . 'b' ]\nc = inf", ("a", "b", "c"), "inf"),
        ('"\\u00e9\\U0001F600\\t" = 1', ("é\U0001f600\t",), "1"),
    ],
)
def test_a_place_spans_the_value(text: str, path: Path, value: str) -> None:
    place = places(text)[path]
    assert text[place.start : place.end] == value


@pytest.mark.parametrize("key", ["\\U0001F600", "\\U00000022", "\\u0041", "\\\\U0001F600", "\\n", '"\\"'])
def test_a_backslash_in_a_key_is_a_backslash(key: str) -> None:
    text = tomli_w.dumps({key: 1})
    assert set(places(text)) == {(key,)} == {path for path, _ in walk(tomllib.loads(text))}


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "  \t\r\n# [x]\r\n"])
def test_an_empty_document_has_no_places(text: str) -> None:
    assert places(text) == {}


@quick
@given(st.text("ab[]{}\"'=.,#\n\\ 1", max_size=30))
def test_a_text_that_is_not_toml_does_not_hang(text: str) -> None:
    try:
        found = places(text)
    except (ValueError, IndexError):  # a caller's mistake; what matters is that it ends
        return
    assert all(place.start <= place.end for place in found.values())

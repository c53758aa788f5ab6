"""Events: lines read into typed values, values written as lines."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.model import Rating
from trainer.progress.canonical import canonical_event
from trainer.progress.events import (
    STAMP_LENGTH,
    BuryEvent,
    Event,
    ImportEvent,
    MoveEvent,
    ResetEvent,
    ReviewEvent,
    SuspendEvent,
    UndoEvent,
    UnknownEvent,
    WasEvent,
    WeightsEvent,
    WordingEvent,
    key_at,
    moment_of,
    stamp_of,
)
from trainer.progress.lines import COMMENT_LENGTH, HEADER, event_from, read_line, written

KEY = "20261121T093000118Z-7f3a01"
NOW = datetime(2026, 11, 21, 9, 30, 0, 118_000, tzinfo=UTC)
LOOKALIKE = "20261121T093000119Z-7f3a01 = { undo = 'x' }"
HUGE = "9" * 400
"""A whole number that TOML allows and no float can hold."""


def short(value: Any) -> str:
    """Return a test's name for a long value."""
    return ascii(value)[:50]


prop = settings(max_examples=80)


def read(value: str, key: str = KEY) -> Event:
    """Return the one event of a line that holds this value."""
    events, whole = read_line(f"{key} = {value}".encode())
    assert whole
    assert len(events) == 1
    return events[0]


def facts(event: Event) -> dict[str, Any]:
    """Return everything an event says but for how its line was spelt."""
    said = {name: value for name, value in event._asdict().items() if name not in ("form", "novel")}
    return {"kind": type(event), **said}


# Keys


def test_a_key_is_the_time_in_utc_to_the_millisecond_and_the_mark() -> None:
    moment = datetime(2026, 11, 21, 10, 30, 0, 118_999, tzinfo=timezone(timedelta(hours=1)))
    assert key_at(moment, "7f3a01") == KEY
    assert stamp_of(moment) == "20261121T093000118Z"
    assert len(stamp_of(moment)) == STAMP_LENGTH == 19


def test_the_time_is_read_back_from_a_key() -> None:
    assert moment_of(KEY) == NOW
    assert moment_of(read('{ undo = "x" }').key) == NOW


@pytest.mark.parametrize("mark", ["a", "7F3A01", "Zz", "0123456789abcdef"])
def test_a_reader_takes_any_letters_and_digits_as_the_mark(mark: str) -> None:
    assert moment_of(f"20261121T093000118Z-{mark}") == NOW


@pytest.mark.parametrize(
    "key",
    [
        "", "x", "20261121T093000118Z", "20261121T093000118Z-", "20261121T093000118Z-7f_01",
        "20261121T093000118Z-7f-01", "20261121T093000118-7f", "20261121T0930001180Z-7f", "20261121T09300018Z-7f",
        "20261321T093000118Z-7f", "20261121T253000118Z-7f", "20261121T093060118Z-7f", "x20261121T093000118Z-7f",
    ],
)  # fmt: skip
def test_what_is_no_key_has_no_time_and_its_line_is_of_an_unknown_kind(key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment_of(key)
    assert type(read('{ undo = "x" }', f'"{key}"')) is UnknownEvent


@prop
@given(*[st.datetimes(datetime(1970, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC))] * 2)  # noqa: DTZ001
def test_text_order_is_time_order_and_no_millisecond_is_lost(one: datetime, other: datetime) -> None:
    first, second = (moment.replace(microsecond=moment.microsecond // 1000 * 1000) for moment in (one, other))
    assert (key_at(one, "7f3a01") < key_at(other, "7f3a01")) == (first < second)
    assert moment_of(key_at(one, "7f3a01")) == first


# Kinds

KINDS: list[tuple[str, type[Event], dict[str, Any]]] = [
    (
        '{ card = "difficult-decision", question = "Tell me", points = { 3f9a2c10 = "Names", decision = "Says" } }',
        WordingEvent,
        {"card": "difficult-decision", "question": "Tell me", "points": {"3f9a2c10": "Names", "decision": "Says"}},
    ),
    ('{ card = "a", question = "Q" }', WordingEvent, {"question": "Q", "points": {}}),
    ('{ card = "a", question = "Q", points = ["x"] }', WordingEvent, {"points": {}}),
    ('{ card = "a", question = "Q", points = { a = 1, b = "B" } }', WordingEvent, {"points": {"b": "B"}}),
    (
        '{ card = "a", day = 2026-11-21, rating = "good", recalled = ["x"], missed = ["y"], seconds = 48, '
        "due = 2026-11-22 } # Tell me about a hard call",
        ReviewEvent,
        {
            "card": "a", "day": date(2026, 11, 21), "rating": Rating.GOOD, "recalled": ("x",), "missed": ("y",),
            "seconds": 48, "due": date(2026, 11, 22), "given": False, "source": "", "batch": "",
        },
    ),
    ('{ card = "a", rating = "easy", given = true }', ReviewEvent, {"rating": Rating.EASY, "given": True}),
    ('{ card = "a", rating = "hard", recalled = ["x", "x", 5, "y"] }', ReviewEvent, {"recalled": ("x", "y")}),
    (
        '{ card = "a", day = 2025-03-01, rating = "again", missed = ["answer"], seconds = 9, import = "K", '
        'source = "anki:1" }',
        ReviewEvent,
        {"rating": Rating.AGAIN, "recalled": None, "missed": ("answer",), "batch": "K", "source": "anki:1"},
    ),
    ('{ undo = "20261121T094101007Z-7f3a01" }', UndoEvent, {"target": "20261121T094101007Z-7f3a01"}),
    ('{ card = "a", suspend = true }', SuspendEvent, {"card": "a", "suspend": True}),
    ('{ card = "a", suspend = false }', SuspendEvent, {"suspend": False}),
    ('{ card = "a", bury = 2026-11-22 }', BuryEvent, {"card": "a", "until": date(2026, 11, 22)}),
    ('{ card = "a", reset = true }', ResetEvent, {"card": "a"}),
    ('{ card = "a", due = 2026-12-01 }', MoveEvent, {"card": "a", "due": date(2026, 12, 1)}),
    ('{ card = "b", was = "a" }', WasEvent, {"card": "b", "point": "", "was": "a"}),
    ('{ card = "b", point = "q", was = "p" }', WasEvent, {"card": "b", "point": "q", "was": "p"}),
    ('{ import = "geo.apkg", deck = "Geo", cards = 545, reviews = 20000 }', ImportEvent, {"name": "geo.apkg"}),
    ("{ weights = [0.2, 1, 3.5], reviews = 812 }", WeightsEvent, {"weights": (0.2, 1.0, 3.5), "reviews": 812}),
    ("{ weights = [] }", WeightsEvent, {"weights": (), "reviews": 0}),
    ("{ weights = [], reviews = -3 }", WeightsEvent, {"reviews": 0}),
    ("{ weights = [], reviews = true }", WeightsEvent, {"reviews": 0}),
    ("{ weights = [0.2, nan] }", WeightsEvent, {"weights": ()}),
    ("{ weights = [0.2, inf] }", WeightsEvent, {"weights": ()}),
    ("{ weights = [0.2, true] }", WeightsEvent, {"weights": ()}),
    ('{ weights = [0.2, "1"] }', WeightsEvent, {"weights": ()}),
    (f"{{ weights = [0.2, {HUGE}] }}", WeightsEvent, {"weights": ()}),
]  # fmt: skip


@pytest.mark.parametrize(("value", "kind", "said"), KINDS, ids=short)
def test_each_kind_is_read_with_what_it_says(value: str, kind: type[Event], said: dict[str, Any]) -> None:
    event = read(value)
    assert type(event) is kind
    assert event.key == KEY
    assert {name: getattr(event, name) for name in said} == said


@pytest.mark.parametrize("rating", list(Rating))
def test_a_review_needs_a_card_and_a_rating_only(rating: Rating) -> None:
    event = read(f'{{ card = "a", rating = "{rating}" }}')
    assert isinstance(event, ReviewEvent)
    assert event.rating is rating
    assert (event.day, event.recalled, event.missed, event.seconds, event.due) == (None,) * 5


@pytest.mark.parametrize(
    "value",
    [
        "{}", "5", '"text"', "[1]", "2026-01-01", "10:00:00", "true", "{ dance = true }",
        '{ card = "a" }', '{ rating = "good" }', '{ card = "", rating = "good" }', '{ card = 5, rating = "good" }',
        '{ card = "a", rating = "perfect" }', '{ card = "a", rating = "Good" }', '{ card = "a", rating = 3 }',
        '{ card = "a", rating = [] }', '{ card = "a", rating = {} }', '{ card = "a", rating = "", due = 2026-11-21 }',
        "{ suspend = true }", '{ card = "a", suspend = "yes" }', '{ card = "a", suspend = 1 }',
        "{ bury = 2026-11-21 }", '{ card = "a", bury = "soon" }', '{ card = "a", bury = 3000-01-01 }',
        "{ reset = true }", '{ card = "a", reset = false }', '{ card = "a", reset = 1 }',
        '{ was = "x" }', '{ card = "a", was = "" }', '{ card = "a", was = 5 }',
        "{ due = 2026-11-21 }", '{ card = "a", due = "x" }', '{ card = "a", due = 1969-12-31 }',
        "{ undo = 5 }", '{ question = "Q" }', '{ card = "a", question = 5 }',
        "{ weights = 5 }", "{ import = 5 }", '{ card = "a", import = "x" }',
    ],
)  # fmt: skip
def test_a_kind_this_version_does_not_know_is_kept_as_such(value: str) -> None:
    event = read(value)
    assert type(event) is UnknownEvent
    assert event.form == event_from(KEY, tomllib.loads(f"x = {value}")["x"]).form


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", '"soon"'), ("day", "5"), ("day", "1969-12-31"), ("day", "3000-01-01"), ("day", "2026-11-21T10:00:00"),
        ("due", '"soon"'), ("due", "0001-01-01"), ("due", "9999-12-31"), ("due", "2026-11-21T10:00:00Z"),
        ("seconds", "-1"), ("seconds", "nan"), ("seconds", "inf"), ("seconds", "-inf"), ("seconds", "true"),
        ("seconds", '"9"'), ("seconds", "86401"), ("seconds", "1e300"), ("seconds", HUGE), ("seconds", f"-{HUGE}"),
        ("recalled", '"x"'), ("recalled", "{}"), ("missed", "3"), ("given", "1"), ("given", '"true"'),
        ("source", "5"), ("import", "5"), ("unheard-of", "{ a = [1, { b = 2 }] }"),
    ],
    ids=short,
)  # fmt: skip
def test_a_field_out_of_range_or_of_a_wrong_type_is_as_good_as_missing(field: str, value: str) -> None:
    bare = read('{ card = "a", rating = "good" }')
    event = read(f'{{ card = "a", rating = "good", {field} = {value} }}')
    assert facts(event) == facts(bare)
    assert event.form != bare.form


@pytest.mark.parametrize(
    ("field", "value", "read_as"),
    [
        ("day", "1970-01-01", date(1970, 1, 1)), ("day", "2999-12-31", date(2999, 12, 31)),
        ("due", "1970-01-01", date(1970, 1, 1)), ("due", "2999-12-31", date(2999, 12, 31)),
        ("seconds", "0", 0), ("seconds", "86400", 86400), ("seconds", "1.5", 1.5),
    ],
)  # fmt: skip
def test_a_field_at_the_edge_of_its_range_counts(field: str, value: str, read_as: Any) -> None:
    assert getattr(read(f'{{ card = "a", rating = "good", {field} = {value} }}'), field) == read_as


def test_control_characters_in_a_line_are_taken_out_at_the_door() -> None:
    event = read(r'{ card = "a\u001B[31m", rating = "good", recalled = ["p\u0007"], source = "s\u009B" }')
    assert isinstance(event, ReviewEvent)
    assert (event.card, event.recalled, event.source) == ("a[31m", ("p",), "s")
    wording = read(r'{ card = "a", question = "Q\u001B]0;x\u0007", points = { "p\u0000" = "T\u202E" } }')
    assert isinstance(wording, WordingEvent)
    assert (wording.question, wording.points) == ("Q]0;x", {"p": "T"})


@pytest.mark.parametrize(
    "value",
    [
        f"0x{'f' * 5000}", f"0b{'1' * 20000}", HUGE, "9" * 4000, "1e400",
        *("[" * depth + "]" * depth for depth in range(1, 600, 7)),
        *("{ a = " * depth + "1" + " }" * depth for depth in range(1, 600, 31)),
    ],
    ids=lambda value: f"{value[:6].strip()}{len(value)}",
)  # fmt: skip
def test_no_line_however_odd_stops_the_reader(value: str) -> None:
    other = KEY.replace("118Z", "119Z")
    events, _ = read_line(f"{KEY} = {{ x = {value} }}".encode())
    assert all(event.key == KEY for event in events)
    assert [event.key for event in read_line(f'{other} = {{ undo = "x" }}'.encode())[0]] == [other]


# Forms


@pytest.mark.parametrize(
    "other",
    [
        '{card="a",rating="good",seconds=9}',
        '{ seconds = 9, rating = "good", card = "a" }',
        "{ card = 'a', rating = 'good', seconds = 9 }",
        '{ "card" = "\\u0061", \'rating\' = """good""", seconds = 0x9 }  ',
        '{ card = "a", rating = "good", seconds = 9 } # a comment',
        '\t{ card = "a", rating = "good", seconds = +9 }#{}',
        '{ card = "a", rating = "good", seconds = 9 }\r',
    ],
)
def test_spelling_order_and_comment_do_not_make_another_event(other: str) -> None:
    assert read(other) == read('{ card = "a", rating = "good", seconds = 9 }')


@pytest.mark.parametrize(
    "other",
    [
        '{ card = "b", rating = "good", seconds = 9 }',
        '{ card = "a", rating = "hard", seconds = 9 }',
        '{ card = "a", rating = "good", seconds = 8 }',
        '{ card = "a", rating = "good" }',
        '{ card = "a", rating = "good", seconds = 9, new-field = 1 }',
    ],
)
def test_another_value_is_another_event(other: str) -> None:
    assert read(other) != read('{ card = "a", rating = "good", seconds = 9 }')


# Lines

FRAGMENTS = [
    LOOKALIKE, KEY, "20261121T093000118Z-", "undo = 'x'", " = {", "={", "=", " ", "  ", "{", "}", '"', "'", "\\",
    "\\u007B", "#", "\n", "\r", "\t", "\0", "\x7f", "\u0085", "\u2028", "\ufeff", "é", "\U0001f600",
]  # fmt: skip
letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
hostile = st.lists(st.sampled_from(FRAGMENTS) | letters, max_size=8).map("".join)
names = hostile | st.sampled_from([KEY, f"x-{KEY}", f"{KEY}_"])
plain = (
    hostile
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.none() | st.just(UTC))
)
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
)
tables = st.dictionaries(st.sampled_from(["card", "rating", "undo", "question"]) | names, values, max_size=5)


@prop
@given(tables, hostile)
def test_what_is_written_is_one_line_of_toml_and_read_back_as_the_same_event(
    table: dict[str, Any], comment: str
) -> None:
    line = written(KEY, table, comment)
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert list(tomllib.loads(line)) == [KEY]
    events, whole = read_line(line[:-1].encode())
    assert whole
    assert events == [event_from(KEY, table)]


@prop
@given(st.lists(st.tuples(tables, hostile), min_size=2, max_size=4))
def test_lines_that_lost_the_newline_between_them_are_all_read(lines: list[tuple[dict[str, Any], str]]) -> None:
    keys = [f"20261121T09300011{number}Z-7f3a01" for number in range(len(lines))]
    joined = "".join(written(key, *line)[:-1] for key, line in zip(keys, lines, strict=True))
    expected = [event_from(key, table) for key, (table, _) in zip(keys, lines, strict=True)]
    assert read_line(joined.encode()) == (expected, True)


@prop
@example({"x": "\ufeff#"}, "\ufeff#", {"x": "\ufeff#"}, "\ufeff", False)
@given(tables, hostile, tables, st.sampled_from(["\ufeff", "\ufeff\ufeff", "\r\ufeff", " \ufeff "]), st.booleans())
def test_a_log_without_a_last_newline_before_one_with_a_byte_order_mark_loses_no_event(
    first: dict[str, Any], comment: str, second: dict[str, Any], mark: str, headed: bool
) -> None:
    other = KEY.replace("118Z", "119Z")
    tail = HEADER if headed else written(other, second)[:-1]
    expected = [event_from(KEY, first), *([] if headed else [event_from(other, second)])]
    assert read_line((written(KEY, first, comment)[:-1] + mark + tail).encode()) == (expected, True)


@prop
@given(hostile, hostile, st.data())
def test_a_line_torn_anywhere_is_no_event_and_nothing_within_its_texts_is_one(
    question: str, comment: str, data: st.DataObject
) -> None:
    line = written(KEY, {"card": "a", "question": question, "points": {question: question}}, comment)[:-1].encode()
    end = len(written(KEY, {"card": "a", "question": question, "points": {question: question}})) - 1
    end = len(line.decode()[:end].encode())
    cut = data.draw(st.integers(0, len(line)))
    events, _ = read_line(line[:cut])
    if cut >= end and not events:  # cut within a character of the comment
        with pytest.raises(UnicodeDecodeError):
            line[:cut].decode()
    else:
        assert [event.key for event in events] == [KEY] * (cut >= end)


@pytest.mark.parametrize(
    "lookalike", [LOOKALIKE, LOOKALIKE.replace("= {", "={"), LOOKALIKE.replace("= {", "=  {"), LOOKALIKE + LOOKALIKE]
)
@pytest.mark.parametrize("name", ["question", "card", "source", "points", "key"])
def test_the_lookalike_of_an_event_within_a_text_is_never_read(lookalike: str, name: str) -> None:
    fields_by_name: dict[str, dict[str, Any]] = {
        "question": {"card": "a", "question": f"What does {lookalike} do?"},
        "card": {"card": lookalike, "rating": "good"},
        "source": {"card": "a", "rating": "good", "source": lookalike},
        "points": {"card": "a", "question": "Q", "points": {"p": lookalike}},
        "key": {"card": "a", "question": "Q", "points": {lookalike: "p"}},
    }
    line = written(KEY, fields_by_name[name], lookalike)[:-1].encode()
    read_at_each_cut = {event.key for cut in range(len(line) + 1) for event in read_line(line[:cut])[0]}
    assert read_at_each_cut == {KEY}
    assert read_line(line) == ([event_from(KEY, fields_by_name[name])], True)


def test_a_lookalike_that_another_writer_left_as_it_was_is_no_event_either() -> None:
    line = f'{KEY} = {{ card = "a", question = "What does {LOOKALIKE} do?" }}'
    assert read_line(line.encode()) == (
        [event_from(KEY, {"card": "a", "question": f"What does {LOOKALIKE} do?"})],
        True,
    )


@pytest.mark.parametrize(
    "raw", [b"", b"  ", b"\r", b"# a comment", HEADER.encode(), b"\t# {} = [", HEADER.encode() + b"\r"]
)
def test_a_line_without_an_event_is_no_fault(raw: bytes) -> None:
    assert read_line(raw) == ([], True)


@pytest.mark.parametrize(
    "raw",
    [
        b"x", b"x =", b"= 1", b"{ undo = 'x' }", b"\0\0\0", b"\xff", b"x = {", KEY.encode(), KEY.encode() + b" = { ",
        KEY.encode() + b" = { undo = 'x' } }", KEY.encode() + b" = { undo = 'x', undo = 'y' }",
        KEY.encode() + b" = { undo = '\xff' }", KEY.encode() + b" = { undo = 'x' }\0", b"# a \x1b comment",
    ],
)  # fmt: skip
def test_what_is_no_toml_is_told_to_be_none(raw: bytes) -> None:
    assert read_line(raw) == ([], False)


FIRST = f'{KEY} = {{ undo = "1" }}'
SECOND = f'{KEY.replace("118Z", "119Z")} = {{ card = "a", suspend = true }}'
THIRD = f'{KEY.replace("118Z", "120Z")} = {{ card = "a", rating = "good" }}'
EVENTS = [read_line(line.encode())[0][0] for line in (FIRST, SECOND, THIRD)]


@pytest.mark.parametrize(
    ("line", "found", "whole"),
    [
        (FIRST + SECOND, [0, 1], True),
        (f"{FIRST} # asked in 1989{SECOND}", [0, 1], True),
        (f"{FIRST} # {SECOND} # {THIRD}", [0, 1, 2], True),
        (FIRST + SECOND + THIRD, [0, 1, 2], True),
        (f"{FIRST} # q{SECOND} # q{THIRD} # q", [0, 1, 2], True),
        (f"{FIRST}{SECOND} # q{THIRD}", [0, 1, 2], True),
        (HEADER + FIRST, [0], True),
        (f"{HEADER}{FIRST} # q{HEADER}{SECOND}", [0, 1], True),
        (f"  {FIRST}", [0], True),
        (FIRST[:-5] + SECOND, [1], False),
        (FIRST[:7] + SECOND, [1], False),
        (FIRST[:20] + SECOND, [1], False),
        (FIRST[:26] + SECOND, [1], False),
        (FIRST[:27] + SECOND, [1], False),
        (f"{FIRST} # q{SECOND[:-5]}{THIRD}", [0, 2], False),
        (f"{FIRST}{SECOND[:-5]}", [0], False),
        (f"{FIRST} # q{SECOND[:-5]}", [0], False),
        (f"\0\0\0{FIRST}", [0], False),
        (f"{FIRST}\r{SECOND}\r", [0, 1], True),
        (f"{HEADER}\r{FIRST}\r{SECOND} # q\r{THIRD}", [0, 1, 2], True),
        (f"{FIRST}\ufeff{HEADER}", [0], True),
        (f"{FIRST} # q\ufeff{HEADER}{SECOND}", [0, 1], True),
        (f"{FIRST}\r\ufeff{SECOND}\ufeff", [0, 1], True),
        (f"\ufeff{FIRST}", [0], True),
        (f"{FIRST}\ufeff{HEADER}{SECOND}\ufeff{HEADER}", [0, 1], True),
        (f"{FIRST[:-5]}\ufeff{HEADER}", [], False),
        (f"{FIRST[:-5]}\ufeff{SECOND}", [1], False),
        (f"{FIRST[:-3]}\ufeffb = 1", [], False),
        (f"{FIRST}\ufeffb = 1", [], False),
    ],
    ids=short,
)
def test_every_whole_event_of_a_line_with_several_is_read(line: str, found: list[int], whole: bool) -> None:
    assert read_line(line.encode()) == ([EVENTS[number] for number in found], whole)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (FIRST.encode() + b" # \xc3", [0]),
        (FIRST.encode() + b" # caf\xe9 more", [0]),
        (f"{FIRST} # q{SECOND}".encode() + b" # \xc3", [0, 1]),
        (FIRST.encode() + SECOND[:-5].encode() + b"\xc3", [0]),
        (SECOND[:-5].encode() + b"\xc3", []),
    ],
)
def test_a_byte_that_is_no_text_costs_no_whole_event_before_it(raw: bytes, found: list[int]) -> None:
    assert read_line(raw) == ([EVENTS[number] for number in found], False)


def test_a_table_within_an_event_may_have_a_key_like_that_of_an_event() -> None:
    line = written(KEY, {"card": "a", "more": {KEY: {"undo": "x"}}})
    assert tomllib.loads(line) == {KEY: {"card": "a", "more": {KEY: {"undo": "x"}}}}
    assert f'"{KEY}" = {{' in line


# Comments


@pytest.mark.parametrize(
    ("comment", "remark"),
    [
        ("", ""), ("  ", ""), ("{}", ""), ("Why?", " # Why?"), ("a {b} = {c}", " # a b = c"),
        ("one\ntwo\tthree\x1b[0m\x00\u202e", " # one two three[0m"), ("x" * 100, " # " + "x" * COMMENT_LENGTH),
        ("x" * 59 + " y", " # " + "x" * 59), ("# twice", " # # twice"),
    ],
)  # fmt: skip
def test_the_comment_is_the_beginning_of_the_question_without_braces_and_controls(comment: str, remark: str) -> None:
    assert written(KEY, {"undo": "x"}, comment) == f'{KEY} = {{ undo = "x" }}{remark}\n'


def test_values_of_every_type_are_written_as_toml_on_one_line() -> None:
    table = {"t": time(1, 2), "d": date(2026, 1, 2), "f": 1e22, "b": False, "l": [1, "x"], "e": {}, "a b": 'q"'}
    assert tomllib.loads(written(KEY, table)) == {KEY: table}
    with pytest.raises(TypeError, match="NoneType"):
        written(KEY, {"n": None})


# The patterns for what this program writes itself


texts = st.text(max_size=9) | st.sampled_from(["a", 'it"s', "a, b", "ü…", "\u202e", LOOKALIKE])
days = st.dates()
canonical_fields = st.one_of(
    st.fixed_dictionaries(
        {"card": texts, "day": days, "rating": st.sampled_from([*map(str, Rating), "well"])},
        optional={
            "recalled": st.lists(texts, max_size=3), "missed": st.lists(texts, max_size=3), "given": st.booleans(),
            "seconds": st.integers(0, 90_000) | st.floats(0, 9), "due": days, "import": texts, "source": texts,
        },
    ),
    st.fixed_dictionaries(
        {"card": texts, "question": texts},
        optional={"points": st.dictionaries(texts | st.sampled_from(["p", "q-1"]), texts, max_size=3)},
    ),
)  # fmt: skip


@settings(max_examples=400)
@given(canonical_fields, texts)
def test_a_line_read_by_a_pattern_is_the_event_that_toml_says(fields: dict[str, Any], comment: str) -> None:
    line = written(KEY, fields, comment).removesuffix("\n")
    found = canonical_event(line)
    [(key, value)] = tomllib.loads(line).items()
    told = event_from(key, value)
    assert found is None or (found, found.form, found.novel) == (told, told.form, told.novel)
    if isinstance(found, WordingEvent):
        assert found.points == told.points  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "fields",
    [
        {"card": "a", "day": date(2026, 11, 21), "rating": "good", "recalled": ["p", "é"], "missed": [], "given": True,
         "seconds": 48, "due": date(2026, 11, 22), "import": KEY, "source": "anki:1"},
        {"card": "a", "day": date(2026, 11, 21), "rating": "again"},
        {"card": "a", "question": "Why?", "points": {"p": "This, that", "q-1": "{x}"}},
        {"card": "a", "question": "Why?"},
    ],
)  # fmt: skip
def test_the_usual_lines_are_read_by_a_pattern(fields: dict[str, Any]) -> None:
    assert canonical_event(written(KEY, fields, "A question?").removesuffix("\n")) is not None

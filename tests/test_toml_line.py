"""TOML values on one line: what tomllib reads back is what was written."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.model import Rating
from trainer.toml_line import one_line_value

quick = settings(max_examples=100)

TEXT = st.text(
    st.one_of(st.sampled_from("={} \"\\\n\r\t\x00\x1b\x7f\x85\u2028#'[],"), st.characters(exclude_categories=["Cs"]))
)
ZONES = st.one_of(
    st.none(),
    st.just(UTC),
    st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
SCALAR = st.one_of(
    TEXT,
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.dates(),
    st.times().map(lambda value: value.replace(fold=0)),  # which of two equal hours, TOML cannot say
    st.datetimes(timezones=ZONES).map(lambda value: value.replace(fold=0)),
)
VALUE = st.recursive(
    SCALAR, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)), max_leaves=8
)
TEXTS = st.recursive(
    TEXT, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, TEXT, max_size=4)), max_leaves=8
)


def read_back(line: str) -> Any:
    return tomllib.loads(f"value = {line}")["value"]


@quick
@given(VALUE)
@example(float("inf"))
@example(float("-inf"))
@example(float("nan"))
@example(-0.0)
@example(1e300)
@example(5e-324)
def test_what_is_written_reads_back_the_same(value: Any) -> None:
    assert repr(read_back(one_line_value(value))) == repr(value)


@quick
@given(VALUE)
def test_a_value_stands_on_exactly_one_line(value: Any) -> None:
    line = one_line_value(value)
    assert "\n" not in line
    assert "\r" not in line


@quick
@given(TEXTS)
@example(" = {")
@example({" = {": "a = { b = {"})
@example("=={{ ={ = { {")
def test_braces_in_a_text_stay_braces(value: Any) -> None:
    line = one_line_value(value)
    assert repr(read_back(line)) == repr(value)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-7, "-7"),
        (1.5, "1.5"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        ("", '""'),
        ("Où? “Là”", '"Où? “Là”"'),
        ('a "b" \\ c\td\ne', '"a \\"b\\" \\\\ c\\td\\ne"'),
        ("\x7f", '"\\u007F"'),
        ("a = {b}", '"a = {b}"'),
        ("{b}", '"{b}"'),
        (Rating.GOOD, '"good"'),
        (date(2026, 11, 21), "2026-11-21"),
        (time(4, 30), "04:30:00"),
        (datetime(2026, 11, 21, 9, 30, tzinfo=UTC), "2026-11-21T09:30:00+00:00"),
        ([], "[]"),
        (("a", 1), '["a", 1]'),
        ({}, "{}"),
        (
            {"card": "x", "points": {"3f9a2c10": "A", "b c": "B"}, "": 1},
            '{ card = "x", points = { 3f9a2c10 = "A", "b c" = "B" }, "" = 1 }',
        ),
    ],
)
def test_each_kind_of_value_has_its_form(value: Any, line: str) -> None:
    assert one_line_value(value) == line


@pytest.mark.parametrize("value", [None, b"bytes", {1, 2}, object(), [None], {"a": {"b": None}}, 1j])
def test_what_toml_has_no_form_for_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="TOML has no form for"):
        one_line_value(value)


def test_a_time_with_an_offset_has_no_form_in_toml() -> None:
    with pytest.raises(TypeError, match="TOML has no form for"):
        one_line_value(time(4, 30, tzinfo=UTC))

"""Settings: each wrong value falls back alone, and is told with its line."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.model import Problem
from trainer.settings import WEEKDAYS, DeckSettings, Settings, read_settings

ALL = """
desired_retention = 0.85
maximum_interval = 200
minutes = 30
new_cards = 0
day_start = "03:30"
fuzz = false
easy_days = ["sunday"]
new_order = "mixed"
theme = "nord"

[decks."Leading: product.marketing"]
desired_retention = 0.95
paused = true

[decks.Geography]
paused = false
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def read(path: Path, text: str) -> tuple[Settings, list[Problem]]:
    path.write_text(text, encoding="utf-8", newline="")
    return read_settings(path)


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1
    return problems[0]


def test_no_file_means_all_defaults(path: Path) -> None:
    assert read_settings(path) == (Settings(), [])


def test_the_defaults_are_those_of_the_design() -> None:
    defaults = Settings()
    assert defaults.desired_retention == 0.90
    assert defaults.maximum_interval == 365
    assert defaults.minutes == 20
    assert defaults.new_cards == 5
    assert defaults.day_start == time(4)
    assert defaults.fuzz is True
    assert defaults.decks == {}


@pytest.mark.parametrize("text", ["", "# nothing set\n", "\ufeff", "\ufeff# after a mark\r\n"])
def test_an_empty_file_means_all_defaults(path: Path, text: str) -> None:
    assert read(path, text) == (Settings(), [])


@pytest.mark.parametrize("text", [ALL, "\ufeff" + ALL, ALL.replace("\n", "\r\n")], ids=["plain", "mark", "crlf"])
def test_every_key_is_read(path: Path, text: str) -> None:
    values, problems = read(path, text)
    assert problems == []
    assert values == Settings(
        desired_retention=0.85,
        maximum_interval=200,
        minutes=30,
        new_cards=0,
        day_start=time(3, 30),
        fuzz=False,
        easy_days=frozenset({"sunday"}),
        new_order="mixed",
        theme="nord",
        decks={"Leading: product.marketing": DeckSettings(0.95, True), "Geography": DeckSettings(None, False)},
    )


def test_a_deck_follows_the_general_setting_where_it_has_none_of_its_own(path: Path) -> None:
    values, _ = read(path, ALL)
    assert values.retention_of("Leading: product.marketing") == 0.95
    assert values.retention_of("Geography") == 0.85
    assert values.retention_of("unheard of") == 0.85
    assert values.is_paused("Leading: product.marketing") is True
    assert values.is_paused("Geography") is False
    assert values.is_paused("unheard of") is False


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("desired_retention = 0.70", "desired_retention", 0.70),
        ("desired_retention = 0.97", "desired_retention", 0.97),
        ("maximum_interval = 1", "maximum_interval", 1),
        ("maximum_interval = 36500", "maximum_interval", 36500),
        ("minutes = 1", "minutes", 1),
        ("minutes = 600", "minutes", 600),
        ("new_cards = 0", "new_cards", 0),
        ("new_cards = 1000", "new_cards", 1000),
        ("day_start = 00:00:00", "day_start", time(0)),
        ('day_start = "23:59"', "day_start", time(23, 59)),
        ('easy_days = ["Sunday", "monday"]', "easy_days", frozenset({"sunday", "monday"})),
        ("easy_days = []", "easy_days", frozenset()),
        ('new_order = "mixed"', "new_order", "mixed"),
    ],
)
def test_the_ends_of_a_range_belong_to_it(path: Path, line: str, key: str, value: Any) -> None:
    values, problems = read(path, line)
    assert problems == []
    assert getattr(values, key) == value


@pytest.mark.parametrize(
    ("key", "value", "takes"),
    [
        *(
            ("desired_retention", value, "a number from 0.7 to 0.97")
            for value in ("0.69", "0.98", "1", "90", "nan", "inf", "true", '"0.9"', "[0.9]", "2026-11-21")
        ),
        *(
            ("maximum_interval", value, "a whole number from 1 to 36500")
            for value in ("0", "-1", "36501", "10.0", "true", "nan", '"10"', "{}")
        ),
        *(
            ("easy_days", value, 'a list of days, not all seven, such as ["saturday", "sunday"]')
            for value in ('"sunday"', '["caturday"]', "[6]", '["sunday", 1]', "{}", f"{list(WEEKDAYS)}")
        ),
        *(("new_order", value, '"deck" or "mixed"') for value in ('"random"', "1", '["deck"]', "true")),
        *(("minutes", value, "a whole number from 1 to 600") for value in ("0", "601", "1.5", "false")),
        *(("new_cards", value, "a whole number from 0 to 1000") for value in ("-1", "1001", "1e1", "[]")),
        *(
            ("day_start", value, 'a time such as "04:00"')
            for value in ('"four"', '""', '"25:00"', "4", "true", "2026-11-21", "2026-11-21T04:00:00", "[4]")
        ),
        ("day_start", '"04:00+01:00"', "a time without an offset"),
        *(("fuzz", value, "true or false") for value in ("1", '"yes"', "[]")),
        *(("theme", value, "a text") for value in ("1", "[]", '"\\u001b[2J"')),
    ],
)
def test_a_wrong_value_falls_back_alone(path: Path, key: str, value: str, takes: str) -> None:
    others = {"minutes": "33", "theme": '"nord"'}
    others.pop(key, None)
    head = "".join(f"{each} = {text}\n" for each, text in others.items())
    values, problems = read(path, f"# mine\n{head}{key} = {value}\n")
    problem = only(problems)
    assert problem.file == "settings.toml"
    assert problem.line == len(others) + 2
    assert f"`{key}` is " in problem.message
    assert takes in problem.message
    assert getattr(values, key) == getattr(Settings(), key)
    assert values.minutes == (33 if "minutes" in others else 20)
    assert values.theme == ("nord" if "theme" in others else Settings().theme)


def test_a_wrong_value_is_named_with_the_default_that_is_used(path: Path) -> None:
    _, problems = read(path, "minutes = 601")
    message = "`minutes` is 601, but takes a whole number from 1 to 600; 20 is used."
    assert problems == [Problem("settings.toml", 1, message)]


def test_every_wrong_value_is_told(path: Path) -> None:
    values, problems = read(path, "minutes = 0\nnew_cards = 7\nfuzz = 1\n")
    assert [problem.line for problem in problems] == [1, 3]
    assert values == Settings(new_cards=7)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("desired_retenton", "did you mean `desired_retention`?"),
        ("new_card", "did you mean `new_cards`?"),
        ("daystart", "did you mean `day_start`?"),
        ("qqq", "known are desired_retention, maximum_interval, minutes"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_known_one(path: Path, key: str, told: str) -> None:
    values, problems = read(path, f"minutes = 30\n\n{key} = 1\n")
    problem = only(problems)
    assert problem.line == 3
    assert f"`{key}` is no setting" in problem.message
    assert told in problem.message
    assert values == Settings(minutes=30)


@pytest.mark.parametrize("header", ["[deks]", '[deks."A deck"]', "[[deks]]"])
def test_an_unknown_table_is_told_with_its_line(path: Path, header: str) -> None:
    _, problems = read(path, f"minutes = 30\n\n{header}\npaused = true\n")
    problem = only(problems)
    assert problem.line == 3
    assert "`deks` is no setting" in problem.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("minutes = 30\nminutes == 40\n", 2),
        ("minutes = \n", 1),
        ("\n\nfuzz = yes", 3),
        ("[decks\n", 1),
        ("minutes = 1\nminutes = 2", 2),
    ],
)
def test_a_file_that_is_not_toml_falls_back_whole(path: Path, text: str, line: int) -> None:
    values, problems = read(path, text)
    problem = only(problems)
    assert values == Settings()
    assert f"line {line}" in problem.message or problem.line == line
    assert "defaults are used" in problem.hint


@pytest.mark.parametrize(
    "data",
    [b"theme = '\xff'", "minutes = 30".encode("utf-16"), b"x = " + b"[" * 100_000, b"minutes = " + b"9" * 5000],
    ids=["latin", "utf-16", "deep", "long"],
)
def test_a_file_that_cannot_be_read_as_text_falls_back_whole(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    values, problems = read_settings(path)
    assert values == Settings()
    assert only(problems).file == "settings.toml"


def test_a_folder_in_place_of_the_file_is_told(path: Path) -> None:
    path.mkdir()
    values, problems = read_settings(path)
    assert values == Settings()
    assert only(problems) == Problem(
        "settings.toml", None, "Is a directory.", "The defaults are used until it is mended."
    )


@pytest.mark.parametrize("value", ["0x" + "f" * 5000, "[0x" + "f" * 5000 + "]"], ids=["number", "in a list"])
def test_a_number_too_long_to_print_falls_back_alone(path: Path, value: str) -> None:
    values, problems = read(path, f"new_cards = 7\nminutes = {value}\n")
    assert only(problems).line == 2
    assert values == Settings(new_cards=7)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[decks.France]\npaused = 1\n", 2, "takes true or false"),
        ("[decks.France]\n\ndesired_retention = 2\n", 3, "takes a number from 0.7 to 0.97"),
        ("[decks.France]\npausd = true\n", 2, "did you mean `paused`?"),
        ("[decks.France]\nminutes = 3\n", 2, "known are desired_retention, paused, by."),
        ("[decks]\nFrance = 1\n", 2, "takes a table"),
        ("minutes = 20\ndecks = 1\n", 2, "takes tables"),
        ("minutes = 20\n[[decks]]\npaused = true\n", 2, "takes tables"),
    ],
)
def test_a_wrong_value_of_a_deck_is_told_with_its_line(path: Path, text: str, line: int, words: str) -> None:
    values, problems = read(path, text)
    problem = only(problems)
    assert problem.line == line
    assert words in problem.message
    assert values.retention_of("France") == 0.90
    assert values.is_paused("France") is False


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("desired_retention = 0.9\n[decks.A]\ndesired_retention = 2\n", 3),
        ("[decks.A]\npaused = true\n[decks.B]\npaused = 1\n", 4),
        ("decks.A.paused = 1\n", 1),
        ("[decks]\nA = { paused = 1 }\n", 2),
        ('[decks]\n"a.b" = 1\n', 2),
        ("theme = '''\nminutes = 0'''\nminutes = 0\n", 3),
    ],
)
def test_the_line_is_that_of_the_wrong_value_itself(path: Path, text: str, line: int) -> None:
    _, problems = read(path, text)
    assert only(problems).line == line


def test_a_wrong_value_of_a_deck_leaves_the_others_of_that_deck(path: Path) -> None:
    values, problems = read(path, "[decks.A]\npaused = true\ndesired_retention = 2\n[decks.B]\npaused = true\n")
    assert "decks.A.desired_retention" in only(problems).message
    assert values.decks == {"A": DeckSettings(None, True), "B": DeckSettings(None, True)}


def test_a_deck_falls_back_to_the_general_setting_and_says_so(path: Path) -> None:
    _, problems = read(path, "[decks.A]\ndesired_retention = 2\n")
    assert "None" not in only(problems).message


@pytest.mark.parametrize(
    "text",
    [
        '"\\u001b[2J\\n" = 1',
        '[decks."\\u001b[2J\\n"]\npausd = 1',
        'minutes = "\\u001b[2J\\n\\u202e"',
        'minutes = "\\u0085"',
    ],
)
def test_what_is_told_cannot_steer_a_terminal(path: Path, text: str) -> None:
    _, problems = read(path, text)
    assert str(only(problems)).isprintable()


TOML_VALUE = st.recursive(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        st.booleans(),
        st.integers(-(2**65), 2**65),
        st.floats(),
        st.dates(),
        st.times(),
        st.datetimes(),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text("ab", max_size=2), inner, max_size=3)),
    max_leaves=4,
)
KEYS = ["desired_retention", "maximum_interval", "minutes", "new_cards", "day_start", "fuzz", "theme", "decks", "x", ""]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=st.dictionaries(st.sampled_from(KEYS), TOML_VALUE, max_size=6))
def test_whatever_the_values_the_settings_are_in_range(path: Path, document: dict[str, Any]) -> None:
    values, problems = read(path, tomli_w.dumps(document))
    assert 0.70 <= values.desired_retention <= 0.97
    assert 1 <= values.maximum_interval <= 36500
    assert 1 <= values.minutes <= 600
    assert 0 <= values.new_cards <= 1000
    assert isinstance(values.day_start, time)
    assert isinstance(values.fuzz, bool)
    assert isinstance(values.theme, str)
    bad = {key for key in document if key != "decks" and getattr(values, key, None) != document[key]}
    assert len(problems) >= len(bad - {"day_start"})

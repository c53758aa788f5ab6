"""Settings written in place: one value changes, everything else in the file stays as its owner wrote it."""

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.errors import HomeError
from trainer.settings import Settings, read_settings
from trainer.settings.kinds import WrongValue
from trainer.settings.schema import DECK_SETTINGS, SETTINGS
from trainer.settings.template import template
from trainer.settings.writing import renamed_deck, with_value, write_setting

MINE = """\
# My settings.

minutes   =  25   # before breakfast
easy_days = [
  "sunday",  # rest
]

# The talk.
[decks."A. talk"]   # in December
by = 2026-12-12  # the day

[keys]
review.again = "x"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "settings.toml"


@pytest.fixture
def mine(path: Path) -> Path:
    path.parent.mkdir()
    path.write_text(MINE, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("where", "value", "old", "new"),
    [
        (("minutes",), 30, "minutes   =  25   # before", "minutes   =  30   # before"),
        (("minutes",), None, "minutes   =  25   # before breakfast\n", "# before breakfast\n"),
        (("easy_days",), ["monday"], '[\n  "sunday",  # rest\n]', '["monday"]'),
        (("fuzz",), False, "# rest\n]\n", "# rest\n]\nfuzz = false\n"),
        (("decks", "a. TALK", "paused"), True, "# the day\n", "# the day\npaused = true\n"),
        (("decks", "A. talk", "by"), None, "by = 2026-12-12  # the day\n", "# the day\n"),
        (("keys", "review.again"), "y", '= "x"', '= "y"'),
        (("keys", "review.again"), None, 'review.again = "x"\n', ""),
        (("keys", "review.good"), ["x", "?"], '= "x"\n', '= "x"\n"review.good" = ["x", "?"]\n'),
        (("decks", "B", "paused"), True, '"x"\n', '"x"\n\n[decks.B]\npaused = true\n'),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_line_of_the_value_changes(
    mine: Path, where: tuple[str, ...], value: Any, old: str, new: str, newline: str
) -> None:
    mark = b"\xef\xbb\xbf" if newline == "\r\n" else b""
    mine.write_bytes(mark + MINE.replace("\n", newline).encode())
    write_setting(mine, where, value)
    assert mine.read_bytes() == mark + MINE.replace(old, new).replace("\n", newline).encode()


@pytest.mark.parametrize(
    ("text", "where", "value", "after"),
    [
        ("", ("minutes",), 1, "minutes = 1\n"),
        ("fuzz = true", ("minutes",), 1, "fuzz = true\nminutes = 1\n"),
        ("# 1\n\n# A\n[decks.A]\npaused = true", ("minutes",), 1, "# 1\n\nminutes = 1\n# A\n[decks.A]\npaused = true"),
        ("[decks]\nA = { paused = true }\n", ("decks", "A", "by"), None, "[decks]\nA = { paused = true }\n"),
        ("[decks]\nA = { by = 1 }\n", ("decks", "A", "by"), None, "[decks]\nA = {}\n"),
        ("decks = { A = { by = 1 } } # x", ("decks", "A", "by"), 2, "decks = { A = { by = 2 } } # x"),
        ("# minutes = 20\n[decks.A]\n", ("minutes",), 1, "# minutes = 20\nminutes = 1\n[decks.A]\n"),
        ("[decks.A]\n[decks.B]\n", ("decks", "A", "paused"), True, "[decks.A]\npaused = true\n[decks.B]\n"),
    ],
)  # fmt: skip
def test_a_line_goes_where_it_belongs(text: str, where: tuple[str, ...], value: Any, after: str) -> None:
    assert with_value(text, where, value) == after


def test_a_new_file_begins_with_every_default_in_a_comment(path: Path) -> None:
    assert write_setting(path, ("minutes",), 30) is None
    text = path.read_text(encoding="utf-8")
    assert "# minutes = 20\nminutes = 30\n" in text
    assert text.replace("minutes = 30\n", "", 1) == template()
    assert read_settings(path) == (Settings(minutes=30), [])


def test_the_defaults_in_the_comments_are_settings(path: Path) -> None:
    path.parent.mkdir()
    lines = [line.removeprefix("# ") for line in template().splitlines() if " = " in line or line.startswith("# [")]
    path.write_text("\n".join(lines), encoding="utf-8")
    values, problems = read_settings(path)
    assert problems == []
    assert {name: getattr(values, name) for name in SETTINGS} == {name: each.default for name, each in SETTINGS.items()}
    assert set(values.keys) == {"review.again"}


def test_what_stood_there_is_returned_and_the_same_again_writes_nothing(mine: Path) -> None:
    before = mine.stat().st_mtime_ns
    assert write_setting(mine, ("minutes",), 25) == 25
    assert mine.stat().st_mtime_ns == before
    assert write_setting(mine, ("minutes",), 26) == 25
    assert write_setting(mine, ("theme",), "nord") is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"minutes = \n", "is not TOML"),
        (b"\xff", "is not TOML"),
        (b"decks.A.paused = true\n", "cannot be changed where it stands"),
        (b"decks = 1\n", "cannot be changed where it stands"),
    ],
)
def test_a_file_that_cannot_be_changed_safely_stays_as_it_is(mine: Path, data: bytes, said: str) -> None:
    mine.write_bytes(data)
    with pytest.raises(HomeError, match=said) as raised:
        write_setting(mine, ("decks", "A", "by"), "2026-12-12")
    assert raised.value.hint
    assert mine.read_bytes() == data


def test_a_change_by_another_program_is_not_written_over(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flush = os.fsync

    def meanwhile(descriptor: int) -> None:
        mine.write_text("minutes = 99\n", encoding="utf-8")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(HomeError, match="changed by another program"):
        write_setting(mine, ("minutes",), 30)
    assert mine.read_text(encoding="utf-8") == "minutes = 99\n"
    assert [each.name for each in mine.parent.iterdir()] == ["settings.toml"]


VALUES = {
    "desired_retention": st.sampled_from(["0.8", "90%", "0.97"]), "maximum_interval": st.sampled_from(["1", "36500"]),
    "minutes": st.just("45"), "new_cards": st.just("0"), "day_start": st.sampled_from(["05:30", "00:00:01"]),
    "fuzz": st.sampled_from(["on", "No", "true"]), "easy_days": st.sampled_from(["sat, sun", "mo", "none"]),
    "new_order": st.sampled_from(["deck", "mixed"]), "typed_answers": st.just("yes"), "think_timer": st.just("on"),
    "theme": st.sampled_from(["nord", 'od"d']), "density": st.just("compact"),
}  # fmt: skip


CHANGE = st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), VALUES[name]))


def test_every_setting_is_tried() -> None:
    assert VALUES.keys() == SETTINGS.keys()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGE, max_size=5), start=st.sampled_from([MINE, template(), "", "[keys]\n"]))
def test_whatever_is_set_reads_back_and_says_the_same(
    tmp_path: Path, changes: list[tuple[str, str]], start: str
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(start, encoding="utf-8", newline="")
    for name, typed in changes:
        value = SETTINGS[name].typed(typed)
        write_setting(path, (name,), value)
        read, problems = read_settings(path)
        assert problems == []
        wanted = SETTINGS[name].default if value is None else SETTINGS[name].check(value)
        assert getattr(read, name) == wanted
        assert SETTINGS[name].typed(SETTINGS[name].said(wanted)) in (value, [])
    for name in {name for name, _ in changes}:
        write_setting(path, (name,), None)
    kept = tomllib.loads(start)
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {
        key: kept[key] for key in kept if key not in dict(changes)
    }
    comments = [line for line in start.splitlines() if line.startswith("#")]
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if line in comments] == comments


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("desired_retention", "0.5"), ("desired_retention", "90"), ("desired_retention", "nan"), ("minutes", "1.5"),
        ("minutes", ""), ("fuzz", "maybe"), ("day_start", "25:00"), ("day_start", "4"), ("easy_days", "s"),
        ("easy_days", "mo tu we th fr sa su"), ("new_order", "any"), ("theme", "\x1b[2J"), ("density", "tight"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused_in_words(name: str, typed: str) -> None:
    with pytest.raises(WrongValue) as raised:
        SETTINGS[name].typed(typed)
    days = "days of the week, not all seven, such as: saturday sunday"
    assert str(raised.value) == (days if name == "easy_days" else SETTINGS[name].kind.takes)


def test_none_and_default_take_the_line_of_a_deck_away() -> None:
    for typed in ("none", "default"):
        assert DECK_SETTINGS["by"].typed(typed) is None
        assert DECK_SETTINGS["desired_retention"].typed(typed) is None
    assert DECK_SETTINGS["by"].said(None) == "none"
    assert DECK_SETTINGS["desired_retention"].said(None) == "as set above"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (MINE, MINE.replace('[decks."A. talk"]', '[decks."It\'s \\"B\\" [x]"]')),
        ("[decks]\n'A. talk' = { by = 2026-12-12 } # x\n", '[decks]\n"It\'s \\"B\\" [x]" = { by = 2026-12-12 } # x\n'),
        (
            'decks."A. talk".by = 2026-12-12\ndecks . "A. talk" . paused = true\n[keys]\n"A. talk" = "x"\n',
            'decks."It\'s \\"B\\" [x]".by = 2026-12-12\n'
            'decks . "It\'s \\"B\\" [x]" . paused = true\n[keys]\n"A. talk" = "x"\n',
        ),
        ('decks = { B = {}, "a. TALK" = { by = 2 } }', 'decks = { B = {}, "It\'s \\"B\\" [x]" = { by = 2 } }'),
    ],
)
def test_the_settings_of_a_deck_go_to_its_new_title_and_nothing_else_changes(path: Path, text: str, after: str) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    found = renamed_deck(path, "A. talk", 'It\'s "B" [x]')
    assert found is not None
    assert found == (path.read_bytes(), b"\xef\xbb\xbf" + after.replace("\n", "\r\n").encode())
    assert renamed_deck(path, "Another", "B") is None


def test_settings_are_not_renamed_over_others_nor_where_there_are_none(mine: Path, tmp_path: Path) -> None:
    assert renamed_deck(tmp_path / "none.toml", "A. talk", "B") is None
    mine.write_text(MINE + "[decks.b]\npaused = true\n", encoding="utf-8")
    with pytest.raises(HomeError, match=r"has settings under \[decks\.B\] already"):
        renamed_deck(mine, "A. talk", "B")
    mine.write_text("decks = [", encoding="utf-8")
    with pytest.raises(HomeError, match="is not TOML"):
        renamed_deck(mine, "A. talk", "B")

"""Another log's events added to ours: whatever the order, and however often, the same comes of it."""

import itertools
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cache import Cache
from trainer.clock import local_day
from trainer.errors import NotSavedError, TrainerError
from trainer.progress import history as histories
from trainer.progress import index as indexes
from trainer.progress.events import key_at
from trainer.progress.history import History
from trainer.progress.index import EventIndex
from trainer.progress.lines import HEADER, written
from trainer.progress.log import Log
from trainer.progress.merging import compare, read_other, read_own
from trainer.progress.reading import BOM

SCHEMA = indexes.SCHEMA + histories.SCHEMA

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
HEAD = HEADER.encode() + b"\n"


def line(number: int, mark: str = "7f3a01", comment: str = "", **fields: Any) -> bytes:
    return written(key_at(NOW + timedelta(minutes=number), mark), fields, comment).encode()


FIRST = line(1, card="a", rating="good", day=date(2026, 11, 21))
SECOND = line(2, card="a", suspend=True)
THIRD = line(3, undo="20261121T093200000Z-7f3a01")


def stripped(*lines: bytes) -> tuple[bytes, ...]:
    return tuple(each.rstrip(b"\r\n") for each in lines)


# What another log holds that ours does not


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (b"", b"", ([], 0, 0, [])),
        (b"", HEAD, ([], 0, 0, [])),
        (b"", HEAD + FIRST + SECOND, ([FIRST, SECOND], 2, 0, [])),
        (HEAD + FIRST, HEAD + FIRST + SECOND, ([SECOND], 1, 1, [])),
        (HEAD + FIRST + SECOND, HEAD + FIRST, ([], 0, 1, [])),
        (b"", FIRST + FIRST + SECOND, ([FIRST, SECOND], 2, 0, [])),
        (FIRST, FIRST.replace(b"\n", b" # of mine\n").replace(b" = ", b"=", 1), ([], 0, 1, [])),
        (b" " + FIRST.replace(b" = ", b"  =", 1), FIRST, ([], 0, 1, [])),
        (FIRST[:-1] + SECOND, SECOND, ([], 0, 1, [])),
        (FIRST, FIRST[:-1] + SECOND, ([FIRST[:-1] + SECOND], 1, 1, [])),
        (FIRST, BOM + FIRST.replace(b"\n", b"\r\n") + SECOND.replace(b"\n", b"\r\n"), ([SECOND], 1, 1, [])),
        (FIRST.replace(b"good", b"hard"), FIRST, ([FIRST], 1, 0, [])),
        (b"", FIRST + SECOND[:-1], ([FIRST, SECOND], 2, 0, [])),
        (b"", FIRST + SECOND[:-5], ([FIRST], 1, 0, [SECOND[:-5]])),
        (b"", FIRST + b"\0\0\0\0", ([FIRST], 1, 0, [])),
        (b"", FIRST + b"# mine\n\n" + SECOND, ([FIRST, SECOND], 2, 0, [])),
        (b"", FIRST[:-3] + SECOND, ([FIRST[:-3] + SECOND], 1, 0, [FIRST[:-3] + SECOND])),
        (b"later = 1\n", b"later = 1 # more\nsooner = 2\n", ([b"sooner = 2"], 1, 1, [])),
    ],
)
def test_what_is_missing_is_found_by_key_and_value(own: bytes, other: bytes, expected: tuple[Any, ...]) -> None:
    missing, new, known, unreadable = expected
    found = compare(own, other)
    assert (tuple(found.missing), found.unreadable) == (stripped(*missing), stripped(*unreadable))
    assert (found.new, found.known) == (new, known)


def test_answers_among_what_is_missing_are_counted() -> None:
    assert compare(FIRST, FIRST + SECOND + THIRD).answers == 0
    assert compare(SECOND, FIRST + SECOND + FIRST.replace(b"Z-7f", b"Z-8f")).answers == 2


def test_lines_come_as_they_are_to_the_byte_but_for_their_ends(tmp_path: Path) -> None:
    odd = '\t20261121T093500000Z-Zz9 ={card="a",x=["ü"],undo=\'\'} # ein   Kommentar ü\t'.encode()
    log = Log(tmp_path / "progress.toml", "0b3a01")
    assert log.append_lines([FIRST[:-1], odd], NOW) == 2
    assert log.path.read_bytes() == HEAD + FIRST + odd + b"\n"
    assert [event.key[20:] for event in log.take_new()] == ["7f3a01", "Zz9"]
    assert log.append_lines([odd, FIRST[:-1], odd.strip()], NOW) == 0
    assert log.path.read_bytes() == HEAD + FIRST + odd + b"\n"


def test_lines_that_another_trainer_added_meanwhile_do_not_come_twice(tmp_path: Path) -> None:
    log = Log(tmp_path / "progress.toml", "0b3a01")
    log.refresh(NOW)
    log.path.write_bytes(HEAD + FIRST)
    assert log.append_lines(stripped(FIRST, SECOND, SECOND), NOW) == 1
    assert log.path.read_bytes() == HEAD + FIRST + SECOND


def test_an_unfinished_last_line_of_ours_is_dealt_with_first(tmp_path: Path) -> None:
    log = Log(tmp_path / "progress.toml", "0b3a01")
    for tail, kept in ((SECOND[:-1], SECOND), (SECOND[:-4], b"")):
        log.path.write_bytes(HEAD + FIRST + tail)
        assert log.append_lines(stripped(THIRD), NOW) == 1
        assert log.path.read_bytes() == HEAD + FIRST + kept + THIRD
    assert SECOND[:-4] in next(tmp_path.glob("progress.rejected-*")).read_bytes()


def test_where_nothing_can_be_written_nothing_is_added(tmp_path: Path) -> None:
    log = Log(tmp_path / "progress.toml", "0b3a01")
    (tmp_path / "progress.lock").mkdir()
    with pytest.raises(NotSavedError, match=r"^Not saved: "):
        log.append_lines(stripped(FIRST), NOW)
    assert not log.path.exists()


# Merging in any order

CARDS, MARKS = ("a", "b", "c"), ("7f3a01", "0b3a01", "cccc01")
KEYS = [key_at(NOW + timedelta(minutes=minute), mark) for minute in range(4) for mark in MARKS]
points = st.lists(st.sampled_from(["p", "q", "answer"]), max_size=2, unique=True)
batch = st.sampled_from(KEYS).map(lambda key: {"import": key}) | st.just({})
cards = st.sampled_from(CARDS)
reviews = st.fixed_dictionaries(
    {"card": cards, "rating": st.sampled_from(["again", "good"]), "recalled": points, "missed": points},
    optional={"day": st.sampled_from([date(2026, 11, 20), date(2026, 11, 22)]), "source": st.sampled_from("xy")},
)
events = st.one_of(
    st.tuples(reviews, batch).map(lambda both: both[0] | both[1]),
    st.fixed_dictionaries({"undo": st.sampled_from(KEYS)}),
    st.fixed_dictionaries({"card": cards, "was": cards}),
    st.fixed_dictionaries({"card": cards, "point": st.sampled_from("pq"), "was": st.sampled_from("pq")}),
    st.fixed_dictionaries({"card": cards, "suspend": st.booleans()}),
    st.fixed_dictionaries({"card": cards, "reset": st.just(True)}),
    st.fixed_dictionaries({"import": st.just("x.apkg")}),
    st.fixed_dictionaries({"card": cards, "teleport": st.integers(0, 2)}),
)
lines = st.builds(
    lambda key, fields, comment: written(key, fields, comment).encode(),
    st.sampled_from(KEYS), events, st.sampled_from(["", "a", "b"]),
)  # fmt: skip
logs = st.lists(st.lists(lines, max_size=6).map(lambda own: HEAD + b"".join(own)), min_size=3, max_size=3)


@lru_cache(maxsize=32)
def merged(first: bytes, *others: bytes) -> bytes:
    """Return a log after the others were merged into it, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        log = Log(Path(folder) / "progress.toml", "0b3a01")
        log.path.write_bytes(first)
        log.refresh(NOW)
        for other in others:
            found = compare(read_own(log.path), other)
            assert log.append_lines(found.missing, NOW) == found.new
        assert log.path.read_bytes().startswith(first)
        return log.path.read_bytes()


@lru_cache(maxsize=32)
def state(data: bytes) -> dict[str, Any]:
    """Return everything that the events of a log add up to."""
    with tempfile.TemporaryDirectory() as folder:
        index = EventIndex(Cache(None, SCHEMA))
        log = Log(Path(folder) / "progress.toml", "0b3a01", index)
        log.path.write_bytes(data)
        history = History(log, lambda moment: local_day(moment, time(4)), {"a": dict.fromkeys("pq", 1.0)}.get)
        log.refresh(NOW)
        history.take()
        counting = {(event.key, event.form): history.counts(event) for event in log.events(index.after(""))}
        return {"counting": counting} | {card: history.state(card) for card in history.cards()}


@settings(max_examples=60)
@given(logs)
def test_merging_gives_the_same_whatever_the_order_and_however_often(each: Sequence[bytes]) -> None:
    one, two, three = each
    expected = state(merged(one, two, three))
    for order in itertools.permutations(each):
        assert state(merged(*order)) == expected
    assert state(merged(one, merged(two, three))) == expected
    assert state(merged(merged(one, two), three)) == expected
    everything = merged(one, two, three)
    assert merged(everything, one, two, three, everything) == everything
    assert state(b"".join(each)) == expected


# Reading the other


@pytest.mark.parametrize(
    "data", [HEAD, BOM + HEAD, FIRST, b"# trainer progress 2. Of a version to come\n", b"\n" + FIRST]
)
def test_a_log_is_known_by_its_header_or_its_events(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    assert read_other(tmp_path / "x") == data


def test_a_home_is_read_by_its_log(tmp_path: Path) -> None:
    (tmp_path / "progress.toml").write_bytes(HEAD + FIRST)
    assert read_other(tmp_path) == HEAD + FIRST


@pytest.mark.parametrize("data", [b"", b'title = "a deck"\n[[cards]]\n', b"\0" * 99, b"PK\3\4"])
def test_what_is_no_log_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(TrainerError, match="is no log of the trainer"):
        read_other(tmp_path / "x")


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="cannot be read: No such file"):
        read_other(tmp_path / "nothing")
    with pytest.raises(TrainerError, match=r"progress.toml cannot be read: No such file"):
        read_other(tmp_path)
    (tmp_path / "progress.toml").mkdir()
    with pytest.raises(TrainerError, match=r"progress.toml cannot be read: "):
        read_own(tmp_path / "progress.toml")


def test_a_file_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.progress.merging.MOST_BYTES", 999)
    (tmp_path / "big").write_bytes(HEAD + FIRST * 99)
    with pytest.raises(TrainerError, match="is over"):
        read_other(tmp_path / "big")


def test_without_a_log_ours_is_empty(tmp_path: Path) -> None:
    assert read_own(tmp_path / "progress.toml") == b""

"""The log on disk: read line by line, only added to, whole again after any accident."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trainer
from trainer.cache import Cache
from trainer.errors import HomeError, NotSavedError
from trainer.progress.events import Event, UnknownEvent
from trainer.progress.index import SCHEMA, EventIndex
from trainer.progress.lines import HEADER, read_line
from trainer.progress.log import Entry, Log
from trainer.progress.reading import BOM

ROOT = Path(trainer.__file__).parent.parent
NOW = datetime(2026, 11, 21, 9, 30, 0, 118_000, tzinfo=UTC)
MARK = "7f3a01"
NOW_KEY = "20261121T093000118Z-7f3a01"
LOOKALIKE = "20261121T093000118Z-7f3a01 = { undo = 'x' }"
NAME = "progress.toml"

REVIEW = {"card": "a", "rating": "good", "recalled": ["p"], "missed": ["q"], "seconds": 48}
ENTRIES = [
    [
        Entry({"card": "a", "question": f"¿Qué hace {LOOKALIKE}?", "points": {"p": "Ça", "a b": "}\n{"}}),
        Entry(REVIEW, f"¿Qué hace {LOOKALIKE}?"),
    ],
    [Entry({"undo": "20261121T093000119Z-7f3a01"})],
    [Entry({"card": "a", "suspend": True}, "naïve # {question}")],
    [Entry({"card": "a", "dance": {"to": ["music", 3]}}, "a kind to come")],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a log."""
    made = tmp_path / "home"
    made.mkdir()
    return made


def opened(folder: Path, mark: str = MARK, now: datetime = NOW) -> Log:
    """Return a log that has read its file."""
    log = Log(folder / NAME, mark)
    log.refresh(now)
    return log


def keys(events: list[Event]) -> list[str]:
    return [event.key for event in events]


def rejected(folder: Path) -> list[bytes]:
    """Return every line kept in the files for lines that cannot be read."""
    files = sorted(folder.glob("progress.rejected-*.toml"))
    lines = [line for file in files for line in file.read_bytes().split(b"\n")]
    return [line for line in lines if line]


def is_sound(data: bytes) -> bool:
    """Return whether every line is one event or the header, the first the header, and none unfinished."""
    *lines, end = data.split(b"\n")
    events = [read_line(line) for line in lines if line != HEADER.encode()]
    return lines[0] == HEADER.encode() and not end and all(whole and len(found) == 1 for found, whole in events)


def _sample() -> tuple[bytes, list[Event]]:
    """Return a log as the trainer writes it, and its events."""
    with tempfile.TemporaryDirectory() as name:
        log = Log(Path(name) / NAME, MARK)
        events = [event for entries in ENTRIES for event in log.append(entries, NOW)]
        return (Path(name) / NAME).read_bytes(), events


DATA, EVENTS = _sample()
LINES = DATA.split(b"\n")[:-1]


def _ends() -> list[int]:
    """Return for each event how much of the file holds it, its comment and newline aside."""
    found = []
    for event in EVENTS:
        start = DATA.index(b"\n" + event.key.encode() + b" = ") + 1
        end = DATA.index(b"\n", start)
        found.append(next(at for at in range(start, end + 1) if _is_whole(DATA[start:at])))
    return found


def _is_whole(line: bytes) -> bool:
    try:
        return len(tomllib.loads(line.decode())) == 1
    except ValueError:
        return False


ENDS = _ends()


OTHER_LINE = b'20261122T080000000Z-0b3a01 = { undo = "z" }'
OTHER = OTHER_LINE + b"\n"
OTHER_EVENT = read_line(OTHER_LINE)[0][0]


# Writing


def test_the_sample_is_what_the_contract_shows() -> None:
    assert DATA.decode().splitlines()[0] == (
        "# trainer progress 1. One event a line; lines are only added. "
        "To merge two copies, keep every line of both. Do not format."
    )
    assert LINES[2].decode() == (
        '20261121T093000119Z-7f3a01 = { card = "a", rating = "good", recalled = ["p"], missed = ["q"], seconds = 48 }'
        " # ¿Qué hace 20261121T093000118Z-7f3a01 =  undo = 'x' ?"
    )
    assert len(LINES) == 6
    assert is_sound(DATA)


def test_an_append_returns_its_events_in_the_order_of_writing_and_hands_them_out_once(folder: Path) -> None:
    log = opened(folder)
    returned = [event for entries in ENTRIES for event in log.append(entries, NOW)]
    assert keys(returned) == sorted(keys(returned))
    assert log.size == len(returned) == 5
    assert log.take_new() == returned
    assert log.take_new() == []
    assert opened(folder).take_new() == returned


def test_no_log_is_no_events_and_makes_no_file(folder: Path) -> None:
    log = opened(folder)
    assert (log.take_new(), log.problems, log.size) == ([], [], 0)
    assert list(folder.iterdir()) == []


def test_an_empty_file_gets_the_header_first(folder: Path) -> None:
    (folder / NAME).touch()
    opened(folder).append([Entry({"undo": "x"})], NOW)
    assert (folder / NAME).read_text().splitlines()[0] == HEADER
    assert is_sound((folder / NAME).read_bytes())


def test_keys_are_unique_and_rise_under_a_clock_that_stands_still(folder: Path) -> None:
    logs = [opened(folder, "7f3a01"), opened(folder, "7f3a02"), opened(folder, "0b3a01")]
    written = [keys(logs[turn % 3].append([Entry({"undo": "x"})] * (1 + turn % 2), NOW)) for turn in range(30)]
    flat = [key for each in written for key in each]
    assert len(flat) == 45
    assert flat == sorted(flat)
    assert len({key[:19] for key in flat}) == 45
    assert {key[20:] for key in flat} == {"7f3a01", "7f3a02", "0b3a01"}
    assert flat[0] == "20261121T093000118Z-7f3a01"
    assert keys(opened(folder).take_new()) == flat


def test_a_key_is_free_among_all_that_stand_in_the_file(folder: Path) -> None:
    taken = ["20261121T093000118Z-zz", "20261121T093000119Z-7f3a01", "20261121T093000121Z-7f3a01"]
    (folder / NAME).write_text("".join(f'{key} = {{ undo = "x" }}\n' for key in taken))
    got = keys(opened(folder).append([Entry({"undo": "x"})] * 2, NOW))
    assert got == ["20261121T093000122Z-7f3a01", "20261121T093000123Z-7f3a01"]


def test_keys_rise_though_the_clock_is_set_back_by_up_to_a_day(folder: Path) -> None:
    log = opened(folder)
    log.append([Entry({"undo": "x"})], NOW)
    assert keys(log.append([Entry({"undo": "y"})], NOW - timedelta(hours=23))) == ["20261121T093000119Z-7f3a01"]
    assert keys(opened(folder).append([Entry({"undo": "z"})], NOW - timedelta(hours=1))) == [
        "20261121T093000120Z-7f3a01"
    ]


def test_a_key_from_far_ahead_draws_none_after_it(folder: Path) -> None:
    log = opened(folder)
    log.append([Entry({"undo": "x"})], NOW + timedelta(days=400))
    assert keys(log.append([Entry({"undo": "y"})], NOW)) == [NOW_KEY]
    with (folder / NAME).open("a") as file:
        file.write("20261121T1 = 5\n")
    assert keys(opened(folder).append([Entry({"undo": "z"})], NOW)) == ["20261121T093000119Z-7f3a01"]


def test_what_this_process_wrote_is_put_back_when_another_file_takes_the_logs_place(folder: Path) -> None:
    (folder / NAME).write_bytes(DATA)
    log = opened(folder)
    mine = log.append([Entry(REVIEW), Entry({"undo": "y"})], NOW + timedelta(hours=1))
    (folder / "other").write_bytes(DATA + OTHER)
    (folder / "other").replace(folder / NAME)
    log.refresh(NOW)
    assert everything(log) == everything(opened(folder)) == [*EVENTS, *mine, OTHER_EVENT]
    assert (folder / NAME).read_bytes().startswith(DATA + OTHER)
    before = (folder / NAME).read_bytes()
    log.refresh(NOW)
    assert (folder / NAME).read_bytes() == before


def test_what_could_neither_be_saved_nor_taken_back_counts_once_however_often_it_is_tried(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = opened(folder)
    log.append([Entry({"undo": "x"})], NOW)

    def failing(*_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        patch.setattr(os, "ftruncate", failing)
        for seconds in (3, 4):
            with pytest.raises(NotSavedError):
                log.append([Entry({**REVIEW, "seconds": seconds})], NOW)
    [event] = log.append([Entry({**REVIEW, "seconds": 5})], NOW)
    assert everything(opened(folder))[1:] == [event]


def test_the_cache_gives_way_on_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "cache.db"
    log = Log(folder / NAME, MARK, EventIndex(Cache(path, SCHEMA)))
    log.append([Entry({"undo": "x"})], NOW)
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if path.exists():
            raise OSError(28, "No space left on device")
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    log.append([Entry({"undo": "y"})], NOW)
    assert not path.exists()
    assert len(everything(log)) == len(everything(opened(folder))) == 2


def test_without_locks_a_line_that_another_is_writing_is_not_cut(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def no_locks(*_: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    (folder / NAME).write_bytes(DATA + OTHER[:20])
    log = opened(folder)
    rests: list[float] = []

    def finish(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 3:
            with (folder / NAME).open("ab") as file:
                file.write(OTHER[20:])

    monkeypatch.setattr(time, "sleep", finish)
    [new] = log.append([Entry({"undo": "x"})], NOW)
    assert everything(opened(folder)) == [*EVENTS, OTHER_EVENT, new]
    assert len(rests) == 3
    with (folder / NAME).open("ab") as file:
        file.write(b"torn")
    log.append([Entry({"undo": "y"})], NOW)
    assert b"\ntorn\n" in (folder / NAME).read_bytes()
    assert rejected(folder) == [b"torn"]


def test_each_line_alone_is_toml_and_so_is_the_file_after_any_cut_at_a_newline() -> None:
    for line in LINES:
        assert len(tomllib.loads(line.decode())) == (line != HEADER.encode())
    for number in range(len(LINES) + 1):
        document = tomllib.loads("\n".join(line.decode() for line in LINES[:number]))
        assert list(document) == keys(EVENTS)[: max(0, number - 1)]


def test_every_append_is_one_write_and_is_flushed_to_the_disk_before_it_returns(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / NAME
    flushed: list[tuple[int, int]] = []
    writes: list[int] = []
    fsync, write = os.fsync, os.write

    def noting_fsync(descriptor: int) -> None:
        fsync(descriptor)
        stat = os.fstat(descriptor)
        flushed.append((stat.st_ino, stat.st_size))

    def noting_write(descriptor: int, data: bytes) -> int:
        writes.append(os.fstat(descriptor).st_ino)
        return write(descriptor, data)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(os, "write", noting_write)
    log = opened(folder)
    for number, entries in enumerate(ENTRIES, 1):
        log.append(entries, NOW)
        stat = path.stat()
        assert (stat.st_ino, stat.st_size) in flushed
        assert writes.count(stat.st_ino) == number
    assert folder.stat().st_ino in [inode for inode, _ in flushed]  # the file's name is flushed too


# Accidents


def empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def parted(data: bytes) -> tuple[bytes, bytes]:
    """Return the finished lines, and the unfinished last one."""
    end = data.rfind(b"\n") + 1
    return data[:end], data[end:]


def within_a_character(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def mended(folder: Path, whole: list[Event]) -> bytes:
    """Open the log, check that these are its events, append one, and return the file."""
    log = opened(folder)
    assert log.take_new() == whole
    [new] = log.append([Entry({"undo": "new"})], NOW)
    assert log.take_new() == [new]
    assert opened(folder).take_new() == [*whole, new]
    assert log.size == len(whole) + 1
    after = (folder / NAME).read_bytes()
    assert is_sound(after)
    return after


@pytest.mark.parametrize("within", [False, True], ids=["between characters", "within a character"])
def test_after_a_cut_at_any_byte_whole_events_are_read_and_the_next_append_mends_the_end(
    folder: Path, within: bool
) -> None:
    cuts = [at for at in range(len(HEADER) + 1, len(DATA) + 1) if within_a_character(parted(DATA[:at])[1]) == within]
    assert cuts
    for cut in cuts:
        finished, tail = parted(DATA[:cut])
        whole = [event for event, end in zip(EVENTS, ENDS, strict=True) if end <= cut]
        lacks_only_its_newline = cut - len(tail) < ENDS[len(whole) - 1] if whole else False
        (folder / NAME).write_bytes(finished + tail)
        after = mended(folder, whole)
        assert after.startswith(finished)
        if lacks_only_its_newline:
            assert within or after.startswith(finished + tail + b"\n")
        else:
            assert rejected(folder) == [tail] * bool(tail)
        empty(folder)


def test_after_a_cut_within_the_header_the_next_append_leaves_a_whole_header(folder: Path) -> None:
    for cut in range(len(HEADER) + 1):
        (folder / NAME).write_bytes(DATA[:cut])
        mended(folder, [])
        empty(folder)


def test_a_comment_of_the_user_without_its_newline_stays(folder: Path) -> None:
    (folder / NAME).write_bytes(DATA + b"# my note")
    log = opened(folder)
    log.append([Entry({"undo": "x"})], NOW)
    assert (folder / NAME).read_bytes().startswith(DATA + b"# my note\n")
    assert rejected(folder) == []


@pytest.mark.parametrize("end", [b" more", b"", OTHER_LINE], ids=["text", "none", "joined event"])
def test_an_unfinished_line_with_a_byte_that_is_no_text_in_its_comment_keeps_every_byte(
    folder: Path, end: bytes
) -> None:
    tail = b'20261122T070000000Z-0b3a01 = { undo = "y" } # caf\xe9 ' + end
    (folder / NAME).write_bytes(DATA + tail)
    log = opened(folder)
    event = log.take_new()[len(EVENTS)]
    assert event.key == "20261122T070000000Z-0b3a01"
    log.append([Entry({"undo": "x"})], NOW)
    assert (folder / NAME).read_bytes().startswith(DATA + tail + b"\n")


@pytest.mark.parametrize(
    ("tail", "is_problem"),
    [
        pytest.param(b'20261123T080000000Z-0b3a01 = { undo = "', True, id="torn"),
        pytest.param(b'20261123T080000000Z-0b3a01 = { undo = "' + bytes(9), True, id="torn, then zeros"),
        pytest.param(OTHER_LINE, False, id="whole but for its newline"),
        pytest.param(OTHER_LINE + b" # caf\xc3", False, id="whole but for its comment"),
        pytest.param(OTHER_LINE + bytes(9), False, id="whole, then zeros"),
        pytest.param(bytes(9), False, id="zeros alone"),
        pytest.param(b"# a note", False, id="a comment"),
    ],
)
def test_a_last_line_that_was_never_finished_is_told_until_the_next_append(
    folder: Path, tail: bytes, is_problem: bool
) -> None:
    (folder / NAME).write_bytes(DATA + tail)
    log = Log(folder / NAME, MARK)
    log.refresh(NOW)
    assert [problem.line for problem in log.problems] == [len(LINES) + 1] * is_problem
    log.append([Entry({"undo": "y"})], NOW)
    assert log.problems == []


@pytest.mark.parametrize("zeros", [1, 4096])
def test_zeros_that_a_power_cut_left_at_the_end_cost_no_whole_line(folder: Path, zeros: int) -> None:
    for cut in [*range(len(LINES[0]) + 1, len(DATA), 11), len(DATA)]:
        finished, tail = parted(DATA[:cut])
        if any(end <= cut for event, end in zip(EVENTS, ENDS, strict=True) if event.key.encode() in tail):
            continue
        (folder / NAME).write_bytes(finished + tail + b"\0" * zeros)
        whole = [event for event in EVENTS if event.key.encode() + b" = " in finished]
        after = mended(folder, whole)
        assert after.startswith(finished)
        assert rejected(folder) == [tail + b"\0" * zeros]
        empty(folder)


def test_zeros_before_a_line_cost_neither_it_nor_others(folder: Path) -> None:
    (folder / NAME).write_bytes(b"\n".join([*LINES[:3], b"\0" * 512 + LINES[3], *LINES[4:]]) + b"\n")
    assert opened(folder).take_new() == EVENTS
    assert rejected(folder) == [b"\0" * 512 + LINES[3]]


def test_a_flipped_byte_costs_at_most_its_own_line(folder: Path) -> None:
    path = folder / NAME
    for at in range(len(DATA)):
        line = DATA[:at].count(b"\n")
        spoilt = {line, line + 1} if DATA[at] == 0x0A else {line}
        untouched = [event for number, event in enumerate(EVENTS, 1) if number not in spoilt]
        for bit in (0x01, 0x80) if at % 11 == 0 or DATA[at] == 0x0A else (1 << at % 8,):
            path.write_bytes(DATA[:at] + bytes([DATA[at] ^ bit]) + DATA[at + 1 :])
            got = opened(folder).take_new()
            assert [event for event in got if event in untouched] == untouched, (at, bit)
            empty(folder)


@pytest.mark.parametrize("comments", [True, False], ids=["with comments", "without comments"])
@pytest.mark.parametrize("lost", [(number,) for number in range(5)] + [(1, 2), (0, 1, 2), (2, 3, 4), (0, 1, 2, 3, 4)])
def test_a_newline_lost_in_the_middle_loses_no_event(folder: Path, comments: bool, lost: tuple[int, ...]) -> None:
    lines = LINES if comments else [line.partition(b" # ")[0] for line in LINES]
    lines[0:1] = [HEADER.encode()]
    data = b"".join(line + (b"" if number in lost else b"\n") for number, line in enumerate(lines))
    (folder / NAME).write_bytes(data)
    log = opened(folder)
    assert log.take_new() == EVENTS
    [new] = log.append([Entry({"undo": "x"})], NOW)
    assert log.take_new() == [new]
    assert (folder / NAME).read_bytes().startswith(data)
    assert opened(folder).take_new() == [*EVENTS, new]
    assert (log.problems, rejected(folder)) == ([], [])


@pytest.mark.parametrize(
    ("data", "more"),
    [
        (BOM + DATA, []),
        (BOM + DATA.replace(b"\n", b"\r\n"), []),
        (DATA.replace(b"\n", b"\r\n"), []),
        (DATA.replace(b"\n", b"\n\n"), []),
        (DATA.removeprefix(HEADER.encode() + b"\n"), []),
        (DATA + DATA, []),
        (DATA + HEADER.encode() + b"\n" + OTHER, [OTHER_EVENT]),
        (DATA + OTHER.replace(b"\n", b"\r\n"), [OTHER_EVENT]),
        (b"\n".join(sorted({*LINES, *LINES, HEADER.encode(), OTHER[:-1]})) + b"\n", [OTHER_EVENT]),
        (DATA[:-1], []),
        (DATA[:-1] + b"\r", []),
    ],
    ids=[
        "a byte order mark", "one with CRLF", "CRLF", "empty lines", "no header", "doubled", "two headers",
        "some lines CRLF", "sort -u",
        "no last newline", "no last newline but CR",
    ],
)  # fmt: skip
def test_what_editors_and_merges_do_to_the_lines_changes_no_event(folder: Path, data: bytes, more: list[Event]) -> None:
    (folder / NAME).write_bytes(data)
    log = opened(folder)
    assert log.take_new() == EVENTS + more
    assert (log.problems, rejected(folder)) == ([], [])
    [new] = log.append([Entry({"undo": "x"})], NOW)
    assert (folder / NAME).read_bytes().startswith(data)
    assert opened(folder).take_new() == [*EVENTS, *more, new]


@pytest.mark.parametrize("second", [BOM + HEADER.encode() + b"\n" + OTHER, BOM + OTHER], ids=["header", "no header"])
def test_two_logs_with_byte_order_marks_put_together_lose_no_event(folder: Path, second: bytes) -> None:
    (folder / NAME).write_bytes(BOM + DATA + second)
    assert opened(folder).take_new() == [*EVENTS, OTHER_EVENT]


def test_a_log_without_its_last_newline_put_before_another_with_a_byte_order_mark_loses_no_event(folder: Path) -> None:
    (folder / NAME).write_bytes(DATA[:-1] + BOM + HEADER.encode() + b"\n" + OTHER)
    log = opened(folder)
    assert log.take_new() == [*EVENTS, OTHER_EVENT]
    assert (log.problems, rejected(folder)) == ([], [])


def test_one_whole_line_after_a_byte_order_mark_gets_its_newline(folder: Path) -> None:
    (folder / NAME).write_bytes(BOM + OTHER[:-1])
    log = opened(folder)
    assert log.take_new() == [OTHER_EVENT]
    [new] = log.append([Entry({"undo": "x"})], NOW)
    assert opened(folder).take_new() == [OTHER_EVENT, new]


def test_equal_lines_count_once_whatever_comment_spacing_order_or_line_end(folder: Path) -> None:
    value = '{ card = "a", rating = "good", seconds = 9 }'
    spellings = [
        f"{NOW_KEY} = {value}", f"{NOW_KEY} = {value} # a comment", f"{NOW_KEY}={value}\r", f" {NOW_KEY}  = {value}  ",
        f"{NOW_KEY} = {{seconds=9,rating='good',card='a'}}", f'"{NOW_KEY}" = {value}#',
    ]  # fmt: skip
    (folder / NAME).write_text("\n".join(spellings) + "\n", newline="")
    log = opened(folder)
    assert len(log.take_new()) == log.size == 1
    assert log.problems == []


def test_equal_keys_with_different_values_are_two_events_and_reported(folder: Path) -> None:
    (folder / NAME).write_text(f'{HEADER}\n{NOW_KEY} = {{ undo = "y" }}\n{NOW_KEY} = {{ undo = "x" }}\n')
    log = opened(folder)
    assert [event.form for event in log.take_new()] == ['{ undo = "y" }', '{ undo = "x" }']
    [problem] = log.problems
    assert NOW_KEY in problem.message
    assert (problem.file, problem.line) == (NAME, 3)
    log.refresh(NOW)
    assert len(log.problems) == 1


def test_kinds_and_fields_to_come_are_kept_and_counted(folder: Path) -> None:
    lines = [
        "20261121T093000118Z-7f = { dance = true }",
        '20261121T093000119Z-7f = { card = "a", rating = "splendid" }',
        '20261121T093000120Z-7f = { card = "a", rating = "good", mood = "calm" }',
        '20261121T093000121Z-7f = { undo = "x", because = "typo" }',
        '20261121T093000122Z-7f = { card = "a", rating = "good", seconds = 9 }',
        "future = 5",
    ]
    (folder / NAME).write_text("\n".join([HEADER, *lines]) + "\n")
    log = opened(folder)
    assert len(log.take_new()) == 6
    assert (log.problems, rejected(folder)) == ([], [])
    log.append([Entry({"undo": "x"})], NOW)
    assert (folder / NAME).read_text().splitlines()[:7] == [HEADER, *lines]
    assert log.unknown == 5


def test_kinds_to_come_are_counted(folder: Path) -> None:
    (folder / NAME).write_text(f"{NOW_KEY} = {{ dance = true }}\nfuture = 5\n{NOW_KEY}2 = {{ undo = 'x' }}\n")
    log = opened(folder)
    assert [type(event) is UnknownEvent for event in log.take_new()] == [True, True, False]
    assert log.unknown == 2


def test_a_line_that_is_no_toml_stays_and_is_copied_once_over_many_opens(folder: Path) -> None:
    bad = [b"not toml", b"\xff\xfe", b"\0\0", b"not toml"]
    data = b"\n".join([LINES[0], bad[0], LINES[1], bad[1], LINES[2], bad[2], bad[3], *LINES[3:]]) + b"\n"
    (folder / NAME).write_bytes(data)
    for day in range(5):
        log = opened(folder, now=NOW + timedelta(days=day))
        log.refresh(NOW)
        assert log.take_new() == EVENTS
        assert [(problem.file, problem.line) for problem in log.problems] == [(NAME, line) for line in (2, 4, 6, 7)]
    assert rejected(folder) == bad[:3]
    log.append([Entry({"undo": "x"})], NOW)
    assert (folder / NAME).read_bytes().startswith(data)
    assert rejected(folder) == bad[:3]
    assert [file.name for file in folder.glob("progress.rejected-*")] == ["progress.rejected-20261121T093000118Z.toml"]


def test_a_bad_line_that_comes_later_is_copied_by_the_append_that_meets_it(folder: Path) -> None:
    log = opened(folder)
    (folder / NAME).write_bytes(DATA + b"bad\n")
    log.append([Entry({"undo": "x"})], NOW)
    assert rejected(folder) == [b"bad"]
    assert [problem.line for problem in log.problems] == [len(LINES) + 1]


def test_where_no_copy_can_be_kept_the_log_is_read_all_the_same_and_says_so(folder: Path) -> None:
    (folder / "progress.rejected-x.toml").mkdir()
    (folder / NAME).write_bytes(DATA + b"bad\nworse\n")
    log = opened(folder)
    assert log.take_new() == EVENTS
    assert [problem.line for problem in log.problems] == [len(LINES) + 1, len(LINES) + 2, None]
    assert "2 lines" in log.problems[2].message


def test_a_torn_line_that_cannot_be_copied_is_not_cut_off(folder: Path) -> None:
    (folder / "progress.rejected-x.toml").mkdir()
    (folder / NAME).write_bytes(DATA + b"torn")
    log = opened(folder)
    with pytest.raises(NotSavedError, match="Not saved"):
        log.append([Entry({"undo": "x"})], NOW)
    assert (folder / NAME).read_bytes() == DATA + b"torn"


# Another file under an open log


def everything(log: Log) -> list[Event]:
    """Return all that a log knows."""
    return log.events(log.index.after(""))


class Follower:
    """A reader that stays open."""

    def __init__(self, folder: Path, mark: str = MARK) -> None:
        self.log = opened(folder, mark)

    def follow(self) -> list[Event]:
        self.log.refresh(NOW)
        return self.take()

    def take(self) -> list[Event]:
        return everything(self.log)


@pytest.mark.parametrize("newline", [b"\n", b""], ids=["finished", "unfinished"])
@pytest.mark.parametrize(
    "content",
    [OTHER, DATA + OTHER, OTHER + DATA, OTHER * 50, LINES[0] + b"\n" + OTHER + DATA, DATA[: ENDS[2]], b"", OTHER[:-1]],
    ids=["shorter", "longer", "longer, new first", "doubled", "with header", "cut", "empty", "one unfinished line"],
)
def test_a_log_replaced_by_another_is_read_anew(folder: Path, newline: bytes, content: bytes) -> None:
    (folder / NAME).write_bytes(DATA[:-1] + newline)
    follower = Follower(folder)
    other = folder / "other"
    other.write_bytes(content)
    os.replace(other, folder / NAME)  # noqa: PTH105
    assert follower.follow() == everything(opened(folder))
    assert follower.follow() == everything(opened(folder))
    follower.log.append([Entry({"undo": "x"})], NOW)
    assert follower.take() == everything(opened(folder))


@pytest.mark.parametrize("unfinished", [OTHER[:-1], BOM + OTHER[:-1]], ids=["plain", "byte order mark"])
def test_a_log_of_one_unfinished_line_is_forgotten_with_its_file(folder: Path, unfinished: bytes) -> None:
    for change in ("replace", "delete", "empty"):
        (folder / NAME).write_bytes(unfinished)
        follower = Follower(folder)
        if change == "replace":
            (folder / "other").write_bytes(DATA)
            (folder / "other").replace(folder / NAME)
        elif change == "delete":
            (folder / NAME).unlink()
        else:
            (folder / NAME).write_bytes(b"")
        assert follower.follow() == everything(opened(folder)), change


@pytest.mark.parametrize("newline", [b"\n", b""], ids=["finished", "unfinished"])
def test_a_log_that_shrank_to_any_size_is_read_anew(folder: Path, newline: bytes) -> None:
    path = folder / NAME
    for size in {*range(0, len(DATA) - 1, 7), *range(len(DATA) - len(LINES[-1]) - 2, len(DATA) - 1)}:
        path.write_bytes(DATA[:-1] + newline)
        follower = Follower(folder)
        with path.open("r+b") as file:
            file.truncate(size)
        if not within_a_character(DATA[:size]):
            assert follower.follow() == [event for event, end in zip(EVENTS, ENDS, strict=True) if end <= size], size


def test_a_log_written_over_in_place_is_read_anew(folder: Path) -> None:
    (folder / NAME).write_bytes(DATA)
    follower = Follower(folder)
    (folder / NAME).write_bytes(OTHER * 100)
    assert follower.follow() == [OTHER_EVENT]


def test_a_log_deleted_under_an_open_one_is_empty_and_begins_again_with_the_header(folder: Path) -> None:
    (folder / NAME).write_bytes(DATA)
    follower = Follower(folder)
    assert follower.take() == EVENTS
    (folder / NAME).unlink()
    assert follower.follow() == []
    assert follower.log.problems == []
    [new] = follower.log.append([Entry({"undo": "x"})], NOW)
    assert follower.take() == [new]
    assert is_sound((folder / NAME).read_bytes())
    (folder / NAME).unlink()
    [newer] = follower.log.append([Entry({"undo": "x"})], NOW)
    assert follower.take() == [new, newer]
    assert is_sound((folder / NAME).read_bytes())


def test_a_folder_that_vanished_saves_nothing_says_so_and_works_again_when_it_is_back(folder: Path) -> None:
    follower = Follower(folder)
    [first] = follower.log.append([Entry({"undo": "x"})], NOW)
    shutil.rmtree(folder)
    with pytest.raises(NotSavedError) as caught:
        follower.log.append([Entry({"undo": "y"})], NOW)
    assert str(folder / NAME) in caught.value.message
    assert caught.value.hint
    assert not folder.exists()
    assert follower.follow() == []
    folder.mkdir()
    [new] = follower.log.append([Entry({"undo": "z"})], NOW)
    assert follower.take() == [first, new]
    assert is_sound((folder / NAME).read_bytes())


def test_a_log_that_cannot_be_read_is_an_error_in_words(folder: Path) -> None:
    (folder / NAME).mkdir()
    with pytest.raises(HomeError, match=r"progress\.toml cannot be read"):
        opened(folder)
    with pytest.raises(NotSavedError, match=r"progress\.toml cannot be written"):
        Log(folder / NAME, MARK).append([Entry({"undo": "x"})], NOW)
    (folder / NAME).rmdir()
    (folder / NAME).symlink_to(folder / NAME)
    with pytest.raises(HomeError, match=r"progress\.toml cannot be read"):
        opened(folder)


def test_no_open_file_is_left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opens, closes = [], []
    open_file, close_file = os.open, os.close

    def noting_open(*arguments: Any, **options: Any) -> int:
        opens.append(open_file(*arguments, **options))
        return opens[-1]

    def noting_close(descriptor: int) -> None:
        closes.append(descriptor)
        close_file(descriptor)

    monkeypatch.setattr(os, "open", noting_open)
    monkeypatch.setattr(os, "close", noting_close)
    log = opened(folder)
    log.append([Entry({"undo": "x"})], NOW)
    log.refresh(NOW)
    (folder / NAME).unlink()
    (folder / NAME).mkdir()
    with pytest.raises(HomeError):
        log.refresh(NOW)
    with pytest.raises(NotSavedError):
        log.append([Entry({"undo": "x"})], NOW)
    assert len(opens) >= 6
    assert sorted(opens) == sorted(closes)


# Several writers


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["append", "append 2", "refresh", "take"])), max_size=20))
def test_logs_on_one_file_see_each_others_events_exactly_once(steps: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        logs = [opened(Path(name), mark) for mark in ("7f3a01", "7f3a02", "0b3a03")]
        taken: list[list[Event]] = [[], [], []]
        written: list[Event] = []
        for who, step in steps:
            if step == "take":
                taken[who] += logs[who].take_new()
            elif step == "refresh":
                logs[who].refresh(NOW)
            else:
                written += logs[who].append([Entry({"undo": "x"})] * (1 + step.endswith("2")), NOW)
        for log, got in zip(logs, taken, strict=True):
            log.refresh(NOW)
            got += log.take_new()
            assert got == written


def test_an_append_mends_the_torn_line_another_left_meanwhile(folder: Path) -> None:
    first, second = Follower(folder, "7f3a01"), Follower(folder, "7f3a02")
    first.log.append([Entry({"undo": "a"})], NOW)
    with (folder / NAME).open("ab") as file:
        file.write(b"20261121T0930001")
    second.log.append([Entry({"undo": "b"})], NOW)
    with (folder / NAME).open("ab") as file:
        file.write(b'20261121T093000500Z-zz = { undo = "c" }')
    assert first.follow() == second.follow()
    first.log.append([Entry({"undo": "d"})], NOW)
    assert second.follow() == first.take() == everything(opened(folder))
    assert [event.form for event in second.take()] == [f'{{ undo = "{letter}" }}' for letter in "abcd"]
    assert rejected(folder) == [b"20261121T0930001"]
    assert is_sound((folder / NAME).read_bytes())


def child(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a Python of its own that runs this code."""
    lines = ["import sys", "from datetime import UTC, datetime", "from pathlib import Path"]
    lines += ["from trainer.progress.log import Entry, Log", "NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)", code]
    command = [sys.executable, "-c", "\n".join(lines), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_processes_with_a_hundred_appends_each_at_once_lose_nothing(folder: Path) -> None:
    code = """
log = Log(Path(sys.argv[1]), sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    [event] = log.append([Entry({"undo": f"{sys.argv[2]} {number}"})], NOW)
    print(event.key)
"""
    marks = ["7f3a01", "7f3a02"]
    processes = [child(code, str(folder / NAME), mark) for mark in marks]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    printed = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        printed.append(process.communicate(timeout=60)[0].split())
        assert process.returncode == 0
    log = opened(folder)
    events = log.take_new()
    assert len(events) == 200
    assert log.problems == []
    assert is_sound((folder / NAME).read_bytes())
    assert sorted(keys(events)) == sorted(printed[0] + printed[1])
    assert len({key[:19] for key in keys(events)}) == 200
    for mark, own in zip(marks, printed, strict=True):
        assert own == sorted(own) == [event.key for event in events if event.key.endswith(mark)]
        forms = [event.form for event in events if event.key.endswith(mark)]
        assert forms == [f'{{ undo = "{mark} {number}" }}' for number in range(100)]


# A disk that is full


@pytest.mark.parametrize("torn", ["", '20261121T093000118Z-zz = { undo = "whole" }', "20261121T0930001"])
def test_a_full_disk_leaves_no_half_line_and_the_append_works_when_there_is_room(folder: Path, torn: str) -> None:
    code = """
import resource
from trainer.errors import NotSavedError
path = Path(sys.argv[1])
log = Log(path, "7f3a01")
log.append([Entry({"undo": "first"})], NOW)
with path.open("a") as file:
    file.write(sys.argv[2])
size, hard = path.stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]
finished = path.read_bytes()
for room in [-size, *range(-3, 60)]:
    before = path.read_bytes()
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, hard))
    try:
        log.append([Entry({"card": "a", "question": "x" * 60}), Entry({"undo": "y"})], NOW)
    except NotSavedError as error:
        said = error
    else:
        raise SystemExit(f"saved with room for {room}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    left = path.read_bytes()
    assert left == before or sys.argv[2] and before == left + sys.argv[2].encode(), (room, left)
    assert said.message.startswith("Not saved: ") and said.hint, said
events = log.append([Entry({"undo": "last"})], NOW)
print(len(events), events[0].target)
"""
    process = child(code, str(folder / NAME), torn)
    assert process.communicate(timeout=60)[0] == "1 last\n"
    assert process.returncode == 0
    assert is_sound((folder / NAME).read_bytes())
    targets = [getattr(event, "target", None) for event in opened(folder).take_new()]
    assert targets == ["first", *(["whole"] if torn.endswith("}") else []), "last"]
    kept = rejected(folder)
    assert (torn.encode() in kept) == (bool(torn) and not torn.endswith("}"))


def test_a_disk_that_fails_to_flush_saves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = opened(folder)
    log.append([Entry({"undo": "x"})], NOW)
    log.take_new()
    before = (folder / NAME).read_bytes()

    def failing(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        with pytest.raises(NotSavedError, match="Input/output error"):
            log.append([Entry({"undo": "y"})], NOW)
    assert (folder / NAME).read_bytes() == before
    assert log.take_new() == []
    [new] = log.append([Entry({"undo": "z"})], NOW)
    assert log.take_new() == [new]


@pytest.mark.parametrize(
    ("whole", "ragged"), [(b"", b"\0"), (b"", b"\0\0"), (b"", bytes(4096)), (b" # ", "日".encode()[:2])]
)
def test_a_ragged_end_of_a_whole_event_that_lacks_its_newline_costs_only_itself(
    folder: Path, whole: bytes, ragged: bytes
) -> None:
    kept = DATA.rstrip(b"\n") + whole
    (folder / NAME).write_bytes(kept + ragged)
    log = opened(folder)
    assert log.take_new() == EVENTS
    new = log.append([Entry({"undo": "new"})], NOW)
    assert (folder / NAME).read_bytes().startswith(kept + b"\n")
    assert is_sound((folder / NAME).read_bytes())
    assert log.events(log.index.after("")) == [*EVENTS, *new]


def test_a_line_changed_in_place_far_from_the_end_is_noticed(folder: Path) -> None:
    log = opened(folder)
    with (folder / NAME).open("w") as file:
        for number in range(1000):
            key = f"20261121T{number:09}Z-0b3a01"
            file.write(f'{key} = {{ card = "{number:04}", rating = "good" }} # {"x" * 100}\n')
    log.refresh(NOW)
    log.take_new()
    path = folder / NAME
    stat = path.stat()
    with path.open("r+b") as file:
        file.seek(path.read_bytes().index(b'"0500"'))
        file.write(b'"abcd"')
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    log.refresh(NOW)
    cards = [event.card for event in everything(log)]  # type: ignore[attr-defined]
    assert (len(cards), cards[500], log.size) == (1000, "abcd", 1000)
    assert len(log.take_new()) < 1000

"""Answers written to a file of their own: a small log, whole at any time, that merges like any other."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.errors import NotSavedError
from trainer.progress.events import ReviewEvent
from trainer.progress.lines import HEADER
from trainer.progress.log import Entry, Log
from trainer.progress.rescue import write_rescue

NOW = datetime(2026, 11, 21, 9, 30, 0, 118_000, tzinfo=UTC)
STAMP = "20261121T093000118Z"


def free(_stamp: str) -> bool:
    return False


ENTRIES = [Entry({"card": "a", "question": "Why?"}), Entry({"card": "a", "rating": "good"}, "Why?")]
LINES = (
    f'{STAMP}-7f3a01 = {{ card = "a", question = "Why?" }}\n'
    '20261121T093000119Z-7f3a01 = { card = "a", rating = "good" } # Why?\n'
)


def test_the_file_is_a_log_of_its_own(tmp_path: Path) -> None:
    events = write_rescue(tmp_path / "x.toml", ENTRIES, NOW, "7f3a01", free)
    assert (tmp_path / "x.toml").read_text() == f"{HEADER}\n{LINES}"
    assert isinstance(events[-1], ReviewEvent)
    log = Log(tmp_path / "x.toml", "0b3a01")
    log.refresh(NOW)
    assert log.take_new() == events


def test_more_answers_go_behind_under_times_that_are_free(tmp_path: Path) -> None:
    for _ in range(3):
        write_rescue(tmp_path / "x.toml", ENTRIES, NOW, "7f3a01", "20261121T093000121Z".__eq__)
    keys = [line[:19] for line in (tmp_path / "x.toml").read_text().splitlines()[1:]]
    assert keys == sorted(set(keys))
    assert len(keys) == 6
    assert "20261121T093000121Z" not in keys


def test_a_log_without_its_last_newline_gets_it(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(f'{HEADER}\n20261121T093000000Z-aa = {{ undo = "x" }}')
    write_rescue(tmp_path / "x.toml", ENTRIES, NOW, "7f3a01", free)
    assert (tmp_path / "x.toml").read_text().endswith(f'{{ undo = "x" }}\n{LINES}')


@pytest.mark.parametrize("data", ["title = 'a deck'\n", "# mine\n", "\n"])
def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path, data: str) -> None:
    (tmp_path / "x.toml").write_text(data)
    with pytest.raises(NotSavedError, match="is there already and is no log"):
        write_rescue(tmp_path / "x.toml", ENTRIES, NOW, "7f3a01", free)
    assert (tmp_path / "x.toml").read_text() == data


def test_where_it_cannot_be_written_it_is_not_saved(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "x.toml", tmp_path / ("x" * 300)):
        with pytest.raises(NotSavedError, match=r"^Not saved: .* cannot be written: "):
            write_rescue(path, ENTRIES, NOW, "7f3a01", free)


def test_what_cannot_be_flushed_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rescue(tmp_path / "x.toml", ENTRIES, NOW, "7f3a01", free)
    before = (tmp_path / "x.toml").read_bytes()

    def fail(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(NotSavedError, match="Input/output error"):
            write_rescue(tmp_path / "x.toml", ENTRIES, NOW, "7f3a01", free)
    assert (tmp_path / "x.toml").read_bytes() == before

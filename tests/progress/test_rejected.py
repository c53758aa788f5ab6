"""Lines that cannot be read: kept where a person can look at them, each once."""

import os
from pathlib import Path

import pytest

from trainer.progress.rejected import keep_rejected

STAMP = "20261121T093000118Z"


def test_lines_are_copied_as_they_are_to_a_file_named_after_the_time(tmp_path: Path) -> None:
    lines = [b"one", b"\xff\0 two\r", b"  "]
    assert keep_rejected(tmp_path, lines, STAMP) == tmp_path / f"progress.rejected-{STAMP}.toml"
    [file] = tmp_path.iterdir()
    assert file.read_bytes() == b"one\n\xff\0 two\r\n  \n"


def test_a_line_is_copied_once_and_an_empty_one_never(tmp_path: Path) -> None:
    keep_rejected(tmp_path, [b"two", b"", b"one", b"two"], STAMP)
    assert keep_rejected(tmp_path, [b"one", b""], STAMP) is None
    assert keep_rejected(tmp_path, [], STAMP) is None
    [file] = tmp_path.iterdir()
    assert file.read_bytes() == b"two\none\n"


def test_only_what_no_earlier_file_holds_goes_to_a_new_one(tmp_path: Path) -> None:
    keep_rejected(tmp_path, [b"one"], STAMP)
    second = keep_rejected(tmp_path, [b"one", b"two"], "20261122T000000000Z")
    third = keep_rejected(tmp_path, [b"two", b"three", b"one"], "20261123T000000000Z")
    assert second is not None
    assert third is not None
    assert (second.read_bytes(), third.read_bytes()) == (b"two\n", b"three\n")


def test_a_line_that_is_part_of_one_kept_is_another_line(tmp_path: Path) -> None:
    keep_rejected(tmp_path, [b"one two"], STAMP)
    assert keep_rejected(tmp_path, [b"one"], STAMP) is not None


def test_at_the_same_time_another_file_is_made_and_none_is_written_over(tmp_path: Path) -> None:
    for line in (b"one", b"two", b"three"):
        keep_rejected(tmp_path, [line], STAMP)
    kept = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert kept == {
        f"progress.rejected-{STAMP}.toml": b"one\n",
        f"progress.rejected-{STAMP}-1.toml": b"two\n",
        f"progress.rejected-{STAMP}-2.toml": b"three\n",
    }


def test_what_finds_no_name_is_an_error_since_the_line_would_be_lost(tmp_path: Path) -> None:
    (tmp_path / f"progress.rejected-{STAMP}.toml").touch()
    for number in range(1, 1000):
        (tmp_path / f"progress.rejected-{STAMP}-{number}.toml").touch()
    with pytest.raises(OSError, match=r"."):
        keep_rejected(tmp_path, [b"one"], STAMP)


def test_the_copy_is_flushed_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    fsync = os.fsync

    def noting(descriptor: int) -> None:
        fsync(descriptor)
        sizes.append(os.fstat(descriptor).st_size)

    monkeypatch.setattr(os, "fsync", noting)
    keep_rejected(tmp_path, [b"one"], STAMP)
    assert 4 in sizes


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        keep_rejected(tmp_path / "none", [b"one"], STAMP)

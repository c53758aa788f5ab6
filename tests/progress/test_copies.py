"""Conflict copies: found by the names that sync programs give, and only when they are logs."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.progress.copies import conflict_copies

HEADER = b"# trainer progress 1. One event a line; lines are only added. To merge two copies, keep every line of both."
EVENT = b'20261121T093012431Z-7f3a01 = { card = "a", rating = "good" }'

SYNCED = [
    "progress.sync-conflict-20261121-101112-ABCDEFG.toml",  # Syncthing
    "progress.sync-conflict-20161121-101112.toml",  # before it named the device
    "progress.sync-conflict-20261121-101112-ABCDEFG.sync-conflict-20261122-101112-HIJKLMN.toml",
    "progress (Ann's conflicted copy 2026-11-21).toml",  # Dropbox
    "progress (Pierre's MacBook Pro's conflicted copy 2026-11-21) (1).toml",
    "progress (conflicted copy).toml",
    "progress (Ann's conflicted copy).toml",
    "progress (Case Conflict).toml",
    "progress (conflicted copy 2026-11-21 101112).toml",  # Nextcloud, ownCloud
    "progress (conflicted copy ann 2026-11-21 101112).toml",
    "progress_conflict-20161121-101112.toml",  # before 2018
    "progress (1).toml",  # Google Drive
    "progress [Conflict].toml",
    "progress-DESKTOP-4KJ9P2A.toml",  # OneDrive
    "progress 2.toml",  # iCloud Drive
]
OTHERS = [
    "progress.toml",
    "progress.rejected-20261121T093000118Z.toml",
    "progress.rejected-20261121T093000118Z-1.toml",
    "progress.rejected-20261121T093000118Z.sync-conflict-20261121-101112-ABCDEFG.toml",
    "progress.rejected-20261121T093000118Z (1).toml",
    "progress.rejected-20261121T093000118Z-DESKTOP-4KJ9P2A.toml",
    "progress.lock",
    "progress",
    ".toml",
    "progress.sync-conflict-20261121-101112-ABCDEFG.toml.tmp",
    ".syncthing.progress.toml.tmp",
    "~syncthing~progress.toml.tmp",
    "settings.toml",
    "settings.sync-conflict-20261121-101112-ABCDEFG.toml",
    "progression.toml",
    "progress2.toml",
    "my progress (1).toml",
    "progress notes.toml",
]


def names(log: Path) -> list[str]:
    return [path.name for path in conflict_copies(log)]


@pytest.mark.parametrize("name", SYNCED)
@pytest.mark.parametrize("beginning", [HEADER + b"\n", EVENT + b"\n"])
def test_a_copy_is_found(tmp_path: Path, name: str, beginning: bytes) -> None:
    (tmp_path / name).write_bytes(beginning)
    assert conflict_copies(tmp_path / "progress.toml") == [tmp_path / name]


@pytest.mark.parametrize("name", OTHERS)
def test_another_file_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HEADER + b"\n" + EVENT + b"\n")
    assert conflict_copies(tmp_path / "progress.toml") == []


def test_all_are_found_by_name_and_nothing_is_changed(tmp_path: Path) -> None:
    for name in [*SYNCED, *OTHERS]:
        (tmp_path / name).write_bytes(HEADER + b"\n")
    assert names(tmp_path / "progress.toml") == sorted(SYNCED)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        [*SYNCED, *OTHERS], HEADER + b"\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        HEADER,
        EVENT,
        b"\xef\xbb\xbf" + HEADER + b"\r\n",
        b"\xef\xbb\xbf" + EVENT,
        b"\n\r\n" + EVENT,
        b"# trainer progress 2. Of a later version\n",
        b"20261121T093012431Z-zz = {}",
    ],
)
def test_a_log_of_any_beginning_is_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / SYNCED[0]).write_bytes(content)
    assert names(tmp_path / "progress.toml") == SYNCED[:1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\0" * 400,
        b"# my notes\n" + EVENT,
        b"# trainer settings\n",
        b'format = 1\ntitle = "A deck"\n',
        b"20261121T093012431Z-7f3a01",
        b"20261121 = { }",
        b"PK\x03\x04",
    ],
)
def test_a_file_that_is_no_log_is_not_offered(tmp_path: Path, content: bytes) -> None:
    for name in SYNCED:
        (tmp_path / name).write_bytes(content)
    assert conflict_copies(tmp_path / "progress.toml") == []


@given(st.binary(max_size=400))
def test_any_content_is_a_log_or_not(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("home")
    (folder / SYNCED[0]).write_bytes(content)
    (folder / SYNCED[3]).write_bytes(HEADER + b"\n" + content)
    assert set(names(folder / "progress.toml")) >= {SYNCED[3]}


def test_folders_and_links_are_none(tmp_path: Path) -> None:
    log = tmp_path / "progress.toml"
    log.write_bytes(HEADER + b"\n")
    (tmp_path / SYNCED[0]).mkdir()
    (tmp_path / SYNCED[1]).symlink_to(log)
    (tmp_path / SYNCED[3]).symlink_to(tmp_path / SYNCED[3])  # in a circle
    (tmp_path / SYNCED[4]).symlink_to(tmp_path / "nothing")
    assert conflict_copies(log) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_none_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / SYNCED[0])
    assert conflict_copies(tmp_path / "progress.toml") == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions of POSIX, not for root")
def test_a_copy_that_may_not_be_read_hides_no_other(tmp_path: Path) -> None:
    for name in SYNCED[:2]:
        (tmp_path / name).write_bytes(HEADER)
    (tmp_path / SYNCED[0]).chmod(0)
    assert names(tmp_path / "progress.toml") == SYNCED[1:2]


def test_without_a_log_or_a_folder_there_may_be_none(tmp_path: Path) -> None:
    assert conflict_copies(tmp_path / "progress.toml") == []
    assert conflict_copies(tmp_path / "nothing" / "progress.toml") == []


def test_copies_are_of_the_log_that_was_named(tmp_path: Path) -> None:
    for name in ("other (1).toml", "progress (1).toml"):
        (tmp_path / name).write_bytes(HEADER)
    assert names(tmp_path / "other.toml") == ["other (1).toml"]

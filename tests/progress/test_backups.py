"""Backups: made once a day, whole or not at all, thinned out with time, and nobody else's file touched."""

import os
import sys
import threading
import tracemalloc
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.progress.backing_up import DECKS, LOG, TODAY, backed_up, files, made_home
from trainer.errors import HomeError
from trainer.progress.backup_contents import backup_decks, backup_log
from trainer.progress.backups import Backup, backup_due, list_backups, prune


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return made_home(tmp_path)


# Making one


def test_a_backup_holds_the_log_and_the_decks_byte_for_byte(home: Path) -> None:
    assert backup_due(home / "backups", TODAY)
    path = backed_up(home)
    assert path == home / "backups" / "2026-11-21.zip"
    assert not backup_due(home / "backups", TODAY)
    assert backup_due(home / "backups", TODAY + timedelta(1))
    assert backup_log(path) == LOG
    assert backup_decks(path) == DECKS
    assert files(home) == ["2026-11-21.zip"]
    with ZipFile(path) as archive:
        assert archive.testzip() is None


def test_one_is_made_a_day_and_not_touched_again(home: Path) -> None:
    path = backed_up(home)
    assert path is not None
    before = path.read_bytes()
    (home / "progress.toml").write_bytes(LOG + b"more\n")
    assert backed_up(home) is None
    assert path.read_bytes() == before
    assert backed_up(home, TODAY + timedelta(1)) is not None


@pytest.mark.parametrize("tail", [b"2026", b"\0" * 700_000, b"x" * 262_144, b"\xff\r"])
def test_an_unfinished_last_line_is_left_out(home: Path, tail: bytes) -> None:
    with (home / "progress.toml").open("ab") as file:
        file.write(tail)
    path = backed_up(home)
    assert path is not None
    assert backup_log(path) == LOG


@pytest.mark.parametrize("content", [None, b"", b"# trainer progress", b"\0" * 600_000])
def test_without_a_whole_line_there_is_nothing_to_back_up(home: Path, content: bytes | None) -> None:
    (home / "progress.toml").unlink()
    if content is not None:
        (home / "progress.toml").write_bytes(content)
    assert backed_up(home) is None
    assert not (home / "backups").exists()


@given(st.binary(max_size=60).map(lambda content: content.replace(b"a", b"\n")))
def test_any_log_is_kept_up_to_its_last_newline(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / "progress.toml").write_bytes(content)
    path = backed_up(home)
    whole = content[: content.rfind(b"\n") + 1]
    assert (backup_log(path) if path else b"") == whole
    assert (path is None) == (whole == b"")


def test_what_is_appended_meanwhile_is_of_tomorrow(home: Path) -> None:
    log = home / "progress.toml"
    log.write_bytes(LOG * 20_000)
    stop = threading.Event()

    def append() -> None:
        while not stop.is_set():
            with log.open("ab") as file:
                file.write(LOG)

    appending = threading.Thread(target=append)
    appending.start()
    try:
        path = backed_up(home)
    finally:
        stop.set()
        appending.join()
    assert path is not None
    kept = backup_log(path)
    assert kept.endswith(b"\n")
    assert len(kept) >= len(LOG) * 20_000
    assert log.read_bytes().startswith(kept)


def test_only_deck_files_come_along(home: Path) -> None:
    decks = home / "decks"
    (decks / ".draft-1.toml").write_bytes(b"hidden")
    (decks / "notes.txt").write_bytes(b"notes")
    (decks / "folder.toml").mkdir()
    (decks / "link.toml").symlink_to(home / "progress.toml")
    (decks / "broken.toml").symlink_to(home / "nothing")
    path = backed_up(home)
    assert path is not None
    assert sorted(backup_decks(path)) == ["Zwei: déjà vu.toml", "link.toml", "one.toml"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_a_deck_of_an_odd_name_is_kept_under_a_plain_one(home: Path) -> None:
    for name in (b"caf\xe9.toml", b"a\\b.toml", b"\x1b[2Jred\n.toml"):
        (Path(os.fsdecode(os.fsencode(home / "decks") + b"/" + name))).write_bytes(name)
    path = backed_up(home)
    assert path is not None
    decks = backup_decks(path)
    assert len(decks) == 5
    assert (decks["caf\ufffd.toml"], decks["a_b.toml"]) == (b"caf\xe9.toml", b"a\\b.toml")
    assert decks["[2Jred_.toml"]


def test_a_home_without_decks_is_backed_up_too(home: Path) -> None:
    for deck in (home / "decks").iterdir():
        deck.unlink()
    (home / "decks").rmdir()
    path = backed_up(home)
    assert path is not None
    assert (backup_log(path), backup_decks(path)) == (LOG, {})


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions of POSIX, not for root")
def test_a_deck_that_may_not_be_read_costs_no_other(home: Path) -> None:
    (home / "decks" / "one.toml").chmod(0)
    path = backed_up(home)
    assert path is not None
    assert list(backup_decks(path)) == ["Zwei: déjà vu.toml"]


def test_memory_does_not_grow_with_the_log(home: Path) -> None:
    backed_up(home)  # imports
    (home / "progress.toml").write_bytes(LOG * 200_000)
    tracemalloc.start()
    try:
        backed_up(home, TODAY + timedelta(1))
        assert tracemalloc.get_traced_memory()[1] < 4_000_000 < len(LOG) * 200_000
    finally:
        tracemalloc.stop()


# What becomes of others


def test_making_one_removes_what_is_too_old_and_nothing_else(home: Path) -> None:
    backups = home / "backups"
    backups.mkdir()
    days = [TODAY - timedelta(number) for number in range(1, 500)]
    for day in days:
        (backups / f"{day}.zip").write_bytes(b"zip")
    theirs = [
        "2024-01-01.zip.bak",
        "2024-06-31.zip",
        "20240101.zip",
        "mine.zip",
        "2024-01-01 (1).zip",
        "2024-01-01.txt",
    ]
    for name in theirs:
        (backups / name).write_bytes(b"theirs")
    (backups / "2023-01-01.zip").mkdir()
    (backups / "2023-01-02.zip").symlink_to(home / "progress.toml")
    assert backed_up(home) is not None
    staying = {TODAY, *days} - prune([TODAY, *days], TODAY)
    assert files(home) == sorted([*theirs, "2023-01-01.zip", "2023-01-02.zip", *(f"{day}.zip" for day in staying)])


# Listing them


def test_backups_are_listed_the_newest_first(home: Path) -> None:
    for number in (2, 0, 1):
        backed_up(home, TODAY - timedelta(number))
    (home / "backups" / "notes.txt").write_bytes(b"")
    listed = list_backups(home / "backups")
    assert listed == [
        Backup(day, path.stat().st_size, path)
        for day in (TODAY, TODAY - timedelta(1), TODAY - timedelta(2))
        for path in [home / "backups" / f"{day}.zip"]
    ]


def test_without_a_folder_there_is_none(tmp_path: Path) -> None:
    assert list_backups(tmp_path / "backups") == []
    assert backup_due(tmp_path / "backups", TODAY)


def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "backups").write_bytes(b"")
    with pytest.raises(HomeError, match="backups"):
        list_backups(tmp_path / "backups")

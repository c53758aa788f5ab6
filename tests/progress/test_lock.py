"""One writer at a time: who has the lock, who waits, and what ends it."""

import errno
import fcntl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.errors import NotSavedError
from trainer.progress import lock
from trainer.progress.lock import locked
from trainer.progress.log import Entry, Log

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
HOLDER = """
import fcntl, sys
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held_by_another(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a process that holds the lock until it is told, or killed."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def is_free(path: Path) -> bool:
    """Return whether another could take the lock now."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def test_the_lock_is_held_within_the_block_and_free_after_it(tmp_path: Path) -> None:
    path = tmp_path / "progress.lock"
    with locked(path):
        assert not is_free(path)
    assert is_free(path)
    with locked(path):
        assert not is_free(path)


def test_an_error_within_the_block_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "progress.lock"
    with pytest.raises(KeyError), locked(path):
        raise KeyError
    assert is_free(path)


def test_an_append_waits_until_another_process_lets_go(tmp_path: Path) -> None:
    log = Log(tmp_path / "progress.toml", "7f3a01")
    with held_by_another(tmp_path / "progress.lock") as process:
        writer = threading.Thread(target=log.append, args=([Entry({"undo": "x"})], NOW))
        writer.start()
        writer.join(timeout=0.1)
        assert writer.is_alive()
        assert not (tmp_path / "progress.toml").exists()
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        writer.join(timeout=9)
    assert not writer.is_alive()
    assert len(log.take_new()) == 1


def test_the_lock_of_a_killed_process_is_released(tmp_path: Path) -> None:
    with held_by_another(tmp_path / "progress.lock") as process:
        assert not is_free(tmp_path / "progress.lock")
        process.kill()
        process.wait(timeout=10)
        log = Log(tmp_path / "progress.toml", "7f3a01")
        assert len(log.append([Entry({"undo": "x"})], NOW)) == 1


def test_an_append_gives_up_after_a_while_and_says_who_is_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.03)
    log = Log(tmp_path / "progress.toml", "7f3a01")
    log.append([Entry({"undo": "x"})], NOW)
    before = (tmp_path / "progress.toml").read_bytes()
    with held_by_another(tmp_path / "progress.lock"):
        with pytest.raises(NotSavedError) as caught:
            log.append([Entry({"undo": "y"})], NOW)
        assert str(tmp_path / "progress.lock") in caught.value.message
        assert caught.value.hint
        log.refresh(NOW)  # reading needs no lock
    assert (tmp_path / "progress.toml").read_bytes() == before
    assert len(log.append([Entry({"undo": "y"})], NOW)) == 1


def test_reading_takes_no_lock_and_makes_no_file(tmp_path: Path) -> None:
    Log(tmp_path / "progress.toml", "7f3a01").refresh(NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_is_written_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def no_locks(descriptor: int, operation: int) -> None:
        raise OSError(number, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    log = Log(tmp_path / "progress.toml", "7f3a01")
    assert len(log.append([Entry({"undo": "x"})], NOW)) == 1


def test_a_lock_file_that_cannot_be_made_saves_nothing(tmp_path: Path) -> None:
    (tmp_path / "progress.lock").mkdir()
    with pytest.raises(NotSavedError, match="Not saved"):
        Log(tmp_path / "progress.toml", "7f3a01").append([Entry({"undo": "x"})], NOW)
    assert not (tmp_path / "progress.toml").exists()

"""Backups that cannot be made: a full disk, a killed writer, several at once. None is ever half there."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.progress.backing_up import LOG, TODAY, backed_up, files, made_home
from trainer.progress.backup_contents import backup_log
from trainer.progress.backups import backup_due, list_backups

WRITER = """
import sys
from datetime import date
from pathlib import Path
from trainer.progress.backups import make_backup
home = Path(sys.argv[1])
{before}
print(make_backup(home / "progress.toml", home / "decks", home / "backups", date(2026, 11, 21)))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return made_home(tmp_path)


def test_a_backup_is_flushed_before_it_has_its_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[tuple[int, list[str]]] = []
    fsync = os.fsync

    def noting(descriptor: int) -> None:
        fsync(descriptor)
        flushed.append((os.fstat(descriptor).st_ino, files(home)))

    monkeypatch.setattr(os, "fsync", noting)
    path = backed_up(home)
    assert path is not None
    assert flushed[0] == (path.stat().st_ino, [f".draft-2026-11-21-{os.getpid()}"])


@pytest.mark.parametrize("call", ["fsync", "scandir", "listdir"])
def test_a_disk_that_fails_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(OSError, match="No space left"):
            backed_up(home)
    assert files(home) == []
    assert backed_up(home) is not None


def test_a_folder_that_cannot_be_made_is_an_error(home: Path) -> None:
    (home / "backups").write_bytes(b"a file")
    with pytest.raises(OSError, match=r"."):
        backed_up(home)
    assert (home / "backups").read_bytes() == b"a file"
    assert backup_due(home / "backups", TODAY)


def test_what_cannot_be_removed_is_no_error(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        backed_up(home, TODAY - timedelta(60 - number))
    (home / "backups" / f"{TODAY - timedelta(500)}.zip").write_bytes(b"")

    def refuse(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "unlink", refuse)
    path = home / "backups" / f"{TODAY}.zip"
    assert backed_up(home) == path
    assert backup_log(path) == LOG


def started(home: Path, before: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER.format(before=before), str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
@pytest.mark.parametrize("limit", [0, 1, 30, 4096, 300_000])
@pytest.mark.parametrize("killed", [True, False])
def test_a_writer_that_is_stopped_midway_leaves_no_half_backup(home: Path, limit: int, killed: bool) -> None:
    (home / "decks" / "big.toml").write_bytes(os.urandom(400_000))
    action = "signal.SIG_DFL" if killed else "signal.SIG_IGN"
    full = f"import resource, signal; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
    process = started(home, full + f"signal.signal(signal.SIGXFSZ, {action})")
    _, errors = process.communicate(timeout=60)
    assert list_backups(home / "backups") == []
    assert backup_due(home / "backups", TODAY)
    if killed:
        assert process.returncode == -signal.SIGXFSZ
        assert files(home) == [f".draft-2026-11-21-{process.pid}"]
    else:
        assert "File too large" in errors.splitlines()[-1]
        assert files(home) == []
    path = backed_up(home)
    assert path is not None
    assert backup_log(path) == LOG
    assert files(home) == ["2026-11-21.zip"]


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
def test_a_draft_that_is_still_written_stays(home: Path) -> None:
    import fcntl

    backups = home / "backups"
    backups.mkdir()
    for name in (".draft-2026-11-21-1", ".draft-2026-11-20-2", ".draft-mine", ".draft-2026-11-20-x"):
        (backups / name).write_bytes(b"half")
    with (backups / ".draft-2026-11-21-1").open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert backed_up(home) is not None
        assert files(home) == [".draft-2026-11-20-x", ".draft-2026-11-21-1", ".draft-mine", "2026-11-21.zip"]


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
def test_without_locks_only_drafts_of_earlier_days_go(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def no_locks(descriptor: int, operation: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    (home / "backups").mkdir()
    for name in (".draft-2026-11-21-1", ".draft-2026-11-20-2"):
        (home / "backups" / name).write_bytes(b"half")
    assert backed_up(home) is not None
    assert files(home) == [".draft-2026-11-21-1", "2026-11-21.zip"]


def test_several_processes_at_once_make_one(home: Path) -> None:
    (home / "progress.toml").write_bytes(LOG * 30_000)
    processes = [started(home) for _ in range(4)]
    said = [process.communicate(timeout=120) for process in processes]
    path = home / "backups" / "2026-11-21.zip"
    assert [process.returncode for process in processes] == [0] * 4, said
    assert str(path) in {output.strip() for output, _ in said}
    assert files(home) == [path.name]
    assert backup_log(path) == LOG * 30_000


def test_several_threads_at_once_make_one(home: Path) -> None:
    (home / "progress.toml").write_bytes(LOG * 30_000)
    paths: list[Path | None] = []
    threads = [threading.Thread(target=lambda: paths.append(backed_up(home))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path for path in paths if path] == [home / "backups" / "2026-11-21.zip"]
    assert files(home) == ["2026-11-21.zip"]

"""Reading a backup, whatever somebody made of it, and putting decks back without writing over any."""

import os
import stat
import struct
import warnings
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.progress.backing_up import LOG
from trainer.errors import HomeError
from trainer.progress import backup_contents
from trainer.progress.backup_contents import backup_decks, backup_log, restore_decks
from trainer.progress.backups import make_backup

DECKS = {"one.toml": b"one", "two.toml": b"two\r\n"}


def zipped(entries: list[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    """Return a zip of these names as they are."""
    data = BytesIO()
    with warnings.catch_warnings(), ZipFile(data, "w", method) as archive:
        warnings.simplefilter("ignore")  # a name twice
        for name, content in entries:
            info = ZipInfo("x")
            info.filename, info.compress_type = name, method
            archive.writestr(info, content)
    return data.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a backup may be put: the only file of its folder."""
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "2026-11-21.zip"


def refused(path: Path) -> str:
    """Return what is said of a backup that neither gives a log nor decks; nothing is written."""
    before = sorted(path.parent.parent.rglob("*"))
    with pytest.raises(HomeError) as of_log:
        backup_log(path)
    with pytest.raises(HomeError) as of_decks:
        backup_decks(path)
    assert of_log.value.message == of_decks.value.message
    assert str(path) in of_log.value.message
    assert sorted(path.parent.parent.rglob("*")) == before
    return of_log.value.message


GOOD = [("progress.toml", LOG), ("decks/one.toml", b"one")]


@pytest.mark.parametrize(
    "name",
    [
        "/etc/x.toml",
        "/progress.toml",
        "../x.toml",
        "../progress.toml",
        "decks/../x.toml",
        "decks/../../x.toml",
        "decks/./x.toml",
        "decks//x.toml",
        "decks/more/x.toml",
        "decks/x.toml/y.toml",
        "decks\\x.toml",
        "decks/..\\x.toml",
        "..\\x.toml",
        "C:x.toml",
        "C:/x.toml",
        "c:\\x.toml",
        "//server/share/x.toml",
        "decks/x.toml\0.txt",
        "..",
        "",
    ],
)
@pytest.mark.parametrize("place", [0, 2])
def test_a_backup_with_a_name_that_leads_elsewhere_is_refused(path: Path, name: str, place: int) -> None:
    path.write_bytes(zipped([*GOOD[:place], (name, b"evil"), *GOOD[place:]]))
    assert "it holds a file named" in refused(path)


@pytest.mark.parametrize("name", ["progress.toml", "decks/one.toml"])
def test_a_backup_with_one_name_twice_is_refused(path: Path, name: str) -> None:
    path.write_bytes(zipped([*GOOD, (name, b"other")]))
    assert "twice" in refused(path)


def test_other_plain_names_are_passed_over(path: Path) -> None:
    others = ["settings.toml", "decks/", "decks/.DS_Store", "decks/.x.toml", "decks/notes.txt", "more/progress.toml"]
    others += ["__MACOSX/decks/._one.toml", "decks/\x1b[2J.toml", "decks/a\n.toml", "deck.toml", "decks.toml", "more/"]
    path.write_bytes(zipped([*GOOD, *((name, b"") for name in others)]))
    assert backup_log(path) == LOG
    assert backup_decks(path) == {"one.toml": b"one"}


def test_a_backup_without_a_log_has_its_decks(path: Path) -> None:
    path.write_bytes(zipped(GOOD[1:]))
    assert backup_decks(path) == {"one.toml": b"one"}
    with pytest.raises(HomeError, match=r"it holds no progress\.toml"):
        backup_log(path)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18, LOG])
def test_what_is_no_zip_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "no zip file" in refused(path)


def test_what_is_not_there_or_no_file_is_refused(path: Path) -> None:
    assert "cannot be read" in refused(path)
    path.mkdir()
    assert "cannot be read" in refused(path)


def made(folder: Path) -> bytes:
    """Return the bytes of a real backup."""
    (folder / "decks").mkdir(exist_ok=True)
    (folder / "progress.toml").write_bytes(LOG)
    for name, data in DECKS.items():
        (folder / "decks" / name).write_bytes(data)
    path = make_backup(folder / "progress.toml", folder / "decks", folder / "made", date(2026, 11, 21))
    assert path is not None
    return path.read_bytes()


def test_a_backup_cut_anywhere_is_refused(path: Path, tmp_path: Path) -> None:
    whole = made(tmp_path)
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        refused(path)


def test_a_backup_with_a_byte_changed_is_refused_or_still_says_the_same(path: Path, tmp_path: Path) -> None:
    whole = made(tmp_path)
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        with suppress(HomeError):
            assert backup_log(path) == LOG
        with suppress(HomeError):
            assert all(DECKS.get(name, data) == data for name, data in backup_decks(path).items())


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_no_bytes_make_it_fail_otherwise(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, start: int, end: int
) -> None:
    folder = tmp_path_factory.mktemp("home")
    whole = zipped(GOOD)
    path = folder / "noisy.zip"
    path.write_bytes(whole[:start] + noise + whole[end:])
    for read in (backup_log, backup_decks):
        with suppress(HomeError):
            read(path)
    assert list(folder.iterdir()) == [path]


def declaring(size: int, content: bytes) -> bytes:
    """Return a zip whose log and deck both claim to unpack to `size` bytes."""
    data = bytearray(zipped([("progress.toml", content), ("decks/one.toml", content)]))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = -1
        while (place := data.find(signature, place + 1)) >= 0:
            data[place + offset : place + offset + 4] = struct.pack("<I", size)
    return bytes(data)


@pytest.mark.parametrize("size", [2**30 + 1, 2**32 - 2])
def test_a_size_beyond_what_is_read_is_refused_before_unpacking(path: Path, size: int) -> None:
    path.write_bytes(declaring(size, b"small"))
    assert "1,073,741,824 that are read" in refused(path)


def test_the_limit_holds_for_all_decks_together(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_contents, "MOST_BYTES", 100)
    path.write_bytes(zipped([("progress.toml", b"x" * 100), *((f"decks/{n}.toml", b"x" * 40) for n in range(3))]))
    assert len(backup_log(path)) == 100
    with pytest.raises(HomeError, match="120 bytes, over the 100"):
        backup_decks(path)


@pytest.mark.parametrize("size", [0, 3, 10**6])
def test_content_of_another_size_than_declared_is_refused(path: Path, size: int) -> None:
    path.write_bytes(declaring(size, b"x" * 5_000_000))
    assert "damaged" in refused(path)


def test_content_packed_in_another_way_is_refused(path: Path) -> None:
    path.write_bytes(zipped(GOOD, ZIP_BZIP2))
    assert "packed in a way" in refused(path)


# Decks put back


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_decks_that_are_missing_are_written_and_others_stay(tmp_path: Path) -> None:
    decks = tmp_path / "home" / "decks"
    assert restore_decks(decks, DECKS) == (["one.toml", "two.toml"], [])
    (decks / "one.toml").write_bytes(b"edited since")
    (decks / "two.toml").unlink()
    assert restore_decks(decks, DECKS) == (["two.toml"], ["one.toml"])
    assert content(decks) == {"one.toml": b"edited since", "two.toml": b"two\r\n"}
    assert restore_decks(decks, DECKS) == ([], ["one.toml"])


@given(
    st.dictionaries(st.sampled_from("abcde"), st.binary(max_size=3)),
    st.dictionaries(st.sampled_from("abcde"), st.binary(max_size=3)),
)
def test_whatever_is_there_stays(
    tmp_path_factory: pytest.TempPathFactory, there: dict[str, bytes], backed_up: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("decks")
    before = {f"{name}.toml": data for name, data in there.items()}
    restored = {f"{name}.toml": data for name, data in backed_up.items()}
    for name, data in before.items():
        (folder / name).write_bytes(data)
    written, kept = restore_decks(folder, restored)
    assert content(folder) == restored | before
    assert written == sorted(restored.keys() - before.keys())
    assert kept == sorted(name for name in restored.keys() & before.keys() if restored[name] != before[name])


def test_a_name_taken_by_something_else_is_kept(tmp_path: Path) -> None:
    (tmp_path / "one.toml").mkdir()
    (tmp_path / "two.toml").symlink_to(tmp_path / "nothing")
    assert restore_decks(tmp_path, DECKS) == ([], ["one.toml", "two.toml"])
    assert not (tmp_path / "nothing").exists()
    assert sorted(os.listdir(tmp_path)) == ["one.toml", "two.toml"]  # noqa: PTH208  (no draft is left)


@pytest.mark.parametrize("name", ["../x.toml", "/x.toml", "a/x.toml", "a\\x.toml", ".x.toml", "x.txt", "", "a\n.toml"])
def test_a_name_that_is_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(HomeError, match="no name of a deck file"):
        restore_decks(tmp_path / "decks", {name: b"evil"})
    assert list(tmp_path.rglob("*.toml")) == []


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "decks").touch()
    with pytest.raises(HomeError, match="cannot be written: File exists"):
        restore_decks(tmp_path / "decks", DECKS)


def test_a_disk_that_fails_leaves_no_half_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(HomeError, match="No space left on device") as raised:
            restore_decks(tmp_path, DECKS)
    assert raised.value.hint
    assert content(tmp_path) == {}
    assert restore_decks(tmp_path, DECKS) == (["one.toml", "two.toml"], [])


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_deck_put_back_may_be_edited(tmp_path: Path) -> None:
    restore_decks(tmp_path, DECKS)
    assert stat.S_IMODE((tmp_path / "one.toml").stat().st_mode) & 0o600 == 0o600

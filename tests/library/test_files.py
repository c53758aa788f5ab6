"""Deck files put on disk: whole or not at all, never over another, never over what was not read."""

import os
import stat
from pathlib import Path

import pytest

from trainer.errors import HomeError
from trainer.library.files import create_deck
from trainer.replacing import replace_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "decks"
    made.mkdir()
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# New files


def test_a_new_deck_is_named_after_its_title(folder: Path) -> None:
    assert create_deck(folder, "Leading Élan: part 2!", b"data") == folder / "leading-elan-part-2.toml"
    assert files(folder) == {"leading-elan-part-2.toml": b"data"}


@pytest.mark.parametrize(
    "name", ["", "...", "../../etc/passwd", "/etc/passwd", "a\x00b", "con/aux", ".hidden", "x" * 500]
)
def test_no_name_leaves_the_folder_or_hides(folder: Path, name: str) -> None:
    path = create_deck(folder, name, b"data")
    assert path.parent == folder
    assert path.read_bytes() == b"data"
    assert path.suffix == ".toml"
    assert not path.name.startswith(".")
    assert len(path.name) < 80


def test_the_folder_is_made_where_it_is_not_there(tmp_path: Path) -> None:
    path = create_deck(tmp_path / "deep" / "decks", "One", b"data")
    assert path.read_bytes() == b"data"


def test_an_existing_file_is_never_touched(folder: Path) -> None:
    (folder / "one.toml").write_bytes(b"first")
    (folder / "one-2.toml").mkdir()
    (folder / "one-3.toml").symlink_to(folder / "nowhere")
    assert create_deck(folder, "One", b"data") == folder / "one-4.toml"
    assert (folder / "one.toml").read_bytes() == b"first"
    assert (folder / "one-3.toml").is_symlink()


def test_when_every_name_is_taken_nothing_is_written(folder: Path) -> None:
    for number in range(1, 1000):
        (folder / f"one{f'-{number}' if number > 1 else ''}.toml").touch()
    with pytest.raises(HomeError, match="every name like it is taken"):
        create_deck(folder, "One", b"data")
    assert len(files(folder)) == 999
    assert not any(files(folder).values())


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "decks").write_bytes(b"in the way")
    with pytest.raises(HomeError) as raised:
        create_deck(tmp_path / "decks", "One", b"data")
    assert str(tmp_path / "decks") in raised.value.message
    assert raised.value.hint
    assert files(tmp_path) == {"decks": b"in the way"}


def no_links(*arguments: object) -> None:
    raise OSError(95, "Operation not supported")


def test_a_file_system_without_links_is_written_to_as_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", no_links)
    (folder / "one.toml").write_bytes(b"mine")
    assert create_deck(folder, "One", b"data") == folder / "one-2.toml"
    assert files(folder) == {"one.toml": b"mine", "one-2.toml": b"data"}


def test_what_a_killed_process_left_is_no_obstacle_and_a_link_is_not_followed(folder: Path) -> None:
    (folder / f".draft-{os.getpid()}").symlink_to(folder / "mine")
    (folder / "mine").write_bytes(b"mine")
    create_deck(folder, "One", b"data")
    assert files(folder) == {"mine": b"mine", "one.toml": b"data"}


# Files replaced


def test_a_deck_that_is_as_it_was_read_is_replaced(folder: Path) -> None:
    path = folder / "one.toml"
    path.write_bytes(b"before")
    replace_file(path, b"before", b"after")
    assert files(folder) == {"one.toml": b"after"}


def test_a_deck_that_another_changed_is_left_as_it_is(folder: Path) -> None:
    path = folder / "one.toml"
    path.write_bytes(b"theirs")
    with pytest.raises(HomeError, match="was changed by another program") as raised:
        replace_file(path, b"before", b"after")
    assert str(path) in raised.value.message
    assert "Nothing was written" in raised.value.hint
    assert files(folder) == {"one.toml": b"theirs"}


def test_a_deck_that_another_removed_stays_away(folder: Path) -> None:
    with pytest.raises(HomeError):
        replace_file(folder / "one.toml", b"before", b"after")
    assert files(folder) == {}


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o400])
def test_permissions_stay(folder: Path, mode: int) -> None:
    path = folder / "one.toml"
    path.write_bytes(b"before")
    path.chmod(mode)
    replace_file(path, b"before", b"after")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize("relative", [True, False])
def test_a_symlink_stays_one_and_its_target_is_replaced(folder: Path, tmp_path: Path, relative: bool) -> None:
    target = tmp_path / "synced" / "one.toml"
    target.parent.mkdir()
    target.write_bytes(b"before")
    link = folder / "one.toml"
    link.symlink_to(Path("..") / "synced" / "one.toml" if relative else target)
    replace_file(link, b"before", b"after")
    assert link.is_symlink()
    assert target.read_bytes() == link.read_bytes() == b"after"
    assert files(target.parent) == {"one.toml": b"after"}
    assert [path.name for path in folder.iterdir()] == ["one.toml"]


# A disk that fails, at each step: nothing is half written, and no draft is left


def failing(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the operating system refuse one kind of call."""

    def refuse(*arguments: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*{"flush": (os, "fsync"), "rename": (Path, "replace"), "mode": (Path, "chmod")}[step], refuse)


@pytest.mark.parametrize("step", ["flush", "rename"])
def test_a_new_deck_that_cannot_be_written_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (folder / "other.toml").write_bytes(b"other")
    with monkeypatch.context() as patch:
        failing(step, patch)
        patch.setattr(os, "link", no_links)  # so that it is renamed
        with pytest.raises(HomeError, match="No space left on device") as raised:
            create_deck(folder, "One", b"data")
    assert raised.value.hint
    assert files(folder) == {"other.toml": b"other"}
    assert create_deck(folder, "One", b"data") == folder / "one.toml"


@pytest.mark.parametrize("step", ["flush", "rename", "mode"])
def test_a_deck_that_cannot_be_replaced_stays_as_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = folder / "one.toml"
    path.write_bytes(b"before")
    with monkeypatch.context() as patch:
        failing(step, patch)
        with pytest.raises(HomeError, match="No space left on device") as raised:
            replace_file(path, b"before", b"after")
    assert str(path) in raised.value.message
    assert files(folder) == {"one.toml": b"before"}
    replace_file(path, b"before", b"after")
    assert files(folder) == {"one.toml": b"after"}


def test_the_draft_is_hidden_from_the_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    flush = os.fsync

    def look(descriptor: int) -> None:
        seen.extend(path.name for path in folder.iterdir())
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    create_deck(folder, "One", b"data")
    assert seen
    assert all(name.startswith(".") or not name.endswith(".toml") for name in seen)

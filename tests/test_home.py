"""The home folder: where it is, and its first run."""

import os
import shutil
from pathlib import Path

import platformdirs
import pytest

from trainer.errors import HomeError, TrainerError
from trainer.home import Home, find_home, starter_decks


def starters() -> dict[str, bytes]:
    return {deck.name: deck.read_bytes() for deck in starter_decks()}


def files_in(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_a_home_says_where_things_are_and_touches_no_disk(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert home.decks == tmp_path / "home" / "decks"
    assert home.log == tmp_path / "home" / "progress.toml"
    assert home.settings == tmp_path / "home" / "settings.toml"
    assert list(tmp_path.iterdir()) == []


def test_the_first_run_copies_the_starter_decks(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home")
    assert home.prepare() is True
    assert starters()
    assert files_in(home.decks) == starters()
    assert [each.name for each in home.folder.iterdir()] == ["decks"]


def test_the_second_run_copies_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    for deck in home.decks.iterdir():
        deck.unlink()
    assert home.prepare() is False
    assert files_in(home.decks) == {}


def test_a_home_with_decks_keeps_them_as_they_are(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.decks.mkdir()
    (home.decks / "mine.toml").write_bytes(b"mine")
    assert home.prepare() is False
    assert files_in(home.decks) == {"mine.toml": b"mine"}


def test_a_home_with_a_log_but_no_decks_gets_the_starter_decks(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.log.write_bytes(b"# trainer progress 1\n")
    assert home.prepare() is True
    assert files_in(home.decks) == starters()
    assert home.log.read_bytes() == b"# trainer progress 1\n"


def test_an_interrupted_first_run_is_made_up_for_by_the_next(tmp_path: Path) -> None:
    home = Home(tmp_path)
    half = tmp_path / f".decks-{os.getpid()}"
    half.mkdir()
    for name in starters():
        (half / name).write_bytes(b"torn")
    assert home.prepare() is True
    assert files_in(home.decks) == starters()
    assert not half.exists()


def test_an_interrupted_copy_leaves_no_decks_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(source: Path, target: Path) -> None:
        target.write_bytes(b"torn")
        raise OSError(28, "No space left on device")

    home = Home(tmp_path / "home")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full_disk)
        with pytest.raises(HomeError, match="No space left on device"):
            home.prepare()
    assert list(home.folder.iterdir()) == []
    assert home.prepare() is True
    assert files_in(home.decks) == starters()


def test_a_first_run_that_another_process_finished_first_leaves_its_decks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    copy = shutil.copyfile

    def overtaken(source: Path, target: Path) -> None:
        home.decks.mkdir(exist_ok=True)
        (home.decks / "theirs.toml").write_bytes(b"theirs")
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", overtaken)
    assert home.prepare() is False
    assert [each.name for each in tmp_path.iterdir()] == ["decks"]
    assert files_in(home.decks) == {"theirs.toml": b"theirs"}


@pytest.mark.parametrize("below", ["", "home", "deep/home"])
def test_a_file_in_the_way_is_told_with_what_to_do(tmp_path: Path, below: str) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"not a folder")
    home = Home(in_the_way / below)
    with pytest.raises(HomeError) as raised:
        home.prepare()
    assert str(home.folder) in raised.value.message
    assert "--home" in raised.value.hint
    assert "TRAINER_HOME" in raised.value.hint
    assert raised.value.exit_code == 1
    assert in_the_way.read_bytes() == b"not a folder"


def test_a_file_named_decks_is_in_the_way_and_stays(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.decks.write_bytes(b"not a folder")
    with pytest.raises(HomeError, match="cannot be made"):
        home.prepare()
    assert files_in(tmp_path) == {"decks": b"not a folder"}


def test_a_named_home_wins_over_the_environment(tmp_path: Path) -> None:
    environment = {"TRAINER_HOME": str(tmp_path / "environment")}
    assert find_home(str(tmp_path / "named"), environment).folder == tmp_path / "named"


@pytest.mark.parametrize("named", [None, ""])
def test_the_environment_names_the_home_where_the_call_does_not(tmp_path: Path, named: str | None) -> None:
    assert find_home(named, {"TRAINER_HOME": str(tmp_path)}).folder == tmp_path


@pytest.mark.parametrize("environment", [{}, {"TRAINER_HOME": ""}])
def test_without_a_name_the_home_is_where_the_platform_keeps_user_data(environment: dict[str, str]) -> None:
    expected = platformdirs.user_data_path("keypoint-trainer", appauthor=False)
    assert find_home(None, environment).folder == expected
    assert expected.name == "keypoint-trainer"


def test_a_relative_home_is_below_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_home("mine", {}).folder == tmp_path / "mine"


def test_a_tilde_stands_for_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_home("~/mine", {}).folder == tmp_path / "mine"
    assert find_home(None, {"TRAINER_HOME": "~/theirs"}).folder == tmp_path / "theirs"


def test_the_folder_of_a_user_who_does_not_exist_is_told_in_words() -> None:
    with pytest.raises(TrainerError, match="no-such-user-here"):
        find_home("~no-such-user-here/mine", {})


@pytest.mark.parametrize("layout", ["trainer/starter", "decks"])
def test_the_starter_decks_are_found_in_a_wheel_and_in_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    monkeypatch.setattr("trainer.home.__file__", str(tmp_path / "trainer" / "home.py"))
    folder = tmp_path / layout
    folder.mkdir(parents=True)
    names = [f"{number:02}.toml" for number in range(30)]
    for name in ("notes.txt", *names[::2], *names[1::2]):
        (folder / name).touch()
    assert starter_decks() == [folder / name for name in names]


def test_a_program_without_starter_decks_begins_with_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.home.__file__", str(tmp_path / "trainer" / "home.py"))
    home = Home(tmp_path / "home")
    assert starter_decks() == []
    assert home.prepare() is True
    assert files_in(home.decks) == {}

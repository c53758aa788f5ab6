"""`trainer home`: where everything is."""

from pathlib import Path
from typing import Any

import platformdirs
import pytest


def test_it_prints_every_place_and_which_are_not_there_yet(trainer: Any) -> None:
    folder = trainer.home.folder
    ran = trainer("home")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        f"home      {folder}",
        f"decks     {folder / 'decks'}",
        f"progress  {folder / 'progress.toml'}  (not there yet)",
        f"settings  {folder / 'settings.toml'}  (not there yet)",
        f"backups   {folder / 'backups'}  (not there yet)",
    ]
    trainer.review("", "all", "good", "quit")
    trainer.home.settings.touch()
    assert "not there yet" not in trainer("home").out


def test_it_makes_nothing(fresh: Any) -> None:
    ran = fresh("home")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("(not there yet)") == 5
    assert not fresh.home.folder.exists()


def test_it_answers_where_a_file_is_in_the_way(trainer: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = trainer("home", "--home", str(tmp_path / "file"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == f"home      {tmp_path / 'file'}"
    assert ran.out.count("(not there yet)") == 4


def test_it_needs_no_clock(trainer: Any) -> None:
    trainer.at("noon")
    assert trainer("home").code == 0


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_name_it_is_where_the_platform_keeps_user_data(
    trainer: Any, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("TRAINER_HOME")
    if value is not None:
        monkeypatch.setenv("TRAINER_HOME", value)
    place = platformdirs.user_data_path("keypoint-trainer", appauthor=False)
    assert trainer("home").lines[0].removesuffix("  (not there yet)") == f"home      {place}"


def test_a_relative_name_is_printed_whole(trainer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert trainer("home", "--home", "talk").lines[0] == f"home      {tmp_path / 'talk'}  (not there yet)"

"""`trainer home`: where everything is."""

import json
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
        f"answers   {folder / 'answers'}  (not there yet)",
        f"imports   {folder / 'imports'}  (not there yet)",
        f"deleted   {folder / 'deleted'}  (not there yet)",
        f"settings  {folder / 'settings.toml'}  (not there yet)",
        f"cache     {folder / 'cache'}  (not there yet)",
        f"backups   {folder / 'backups'}  (not there yet)",
    ]
    trainer.review("", "all", "good", "quit")
    trainer.home.settings.touch()
    there = [line.split()[0] for line in trainer("home").lines if "not there yet" not in line]
    assert there == ["home", "decks", "progress", "settings", "cache", "backups"]


def test_it_prints_one_document_for_programs(trainer: Any) -> None:
    ran = trainer("home", "--json")
    assert (ran.code, ran.err) == (0, "")
    places = json.loads(ran.out)
    assert list(places) == [line.split()[0] for line in trainer("home").lines]
    assert places["progress"] == str(trainer.home.log)


def test_it_makes_nothing(fresh: Any) -> None:
    ran = fresh("home")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("(not there yet)") == 9
    assert not fresh.home.folder.exists()


def test_it_answers_where_a_file_is_in_the_way(trainer: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = trainer("home", "--home", str(tmp_path / "file"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == f"home      {tmp_path / 'file'}"
    assert ran.out.count("(not there yet)") == 8


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

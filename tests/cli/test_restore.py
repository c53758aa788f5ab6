"""`trainer restore`: a backup a day, and what it holds added to the home without writing over anything."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OTHER = 'title = "Other"\n[[cards]]\nid = "other"\nquestion = "Another?"\nanswer = "Yes."\n'


@pytest.fixture
def kept(trainer: Any, write_deck: Callable[..., Path]) -> Any:
    """The command line on a home with two decks, one answer and its backup."""
    write_deck(OTHER, "other.toml")
    trainer.review("", "all", "good", "quit")
    return trainer


def names(trainer: Any) -> list[str]:
    return sorted(path.name for path in (trainer.home.folder / "backups").iterdir())


def test_the_first_answer_of_a_day_makes_the_backup_of_the_day(kept: Any) -> None:
    assert names(kept) == ["2026-11-21.zip"]
    kept.review("", "good", "quit")
    kept("undo")
    assert names(kept) == ["2026-11-21.zip"]
    kept.at("2026-11-22T03:59:00+00:00")  # the day of before, which ends at four
    kept("undo")
    assert names(kept) == ["2026-11-21.zip"]
    kept.at("2026-11-22T04:01:00+00:00")
    kept.review("suspend", "quit")
    assert names(kept) == ["2026-11-21.zip", "2026-11-22.zip"]


@pytest.mark.parametrize(
    "call", [["due"], ["decks"], ["cards"], ["log"], ["check"], ["restore"], ["home"]], ids=" ".join
)
def test_a_command_that_only_reads_makes_none(trainer: Any, call: list[str]) -> None:
    trainer(*call)
    assert not (trainer.home.folder / "backups").exists()


def test_the_list_says_what_each_holds_the_newest_first(kept: Any) -> None:
    kept.at("2026-11-23T12:00:00+00:00")
    kept.review("", "good", "quit")
    first, second = kept("restore").lines
    assert first.split()[0] == "2026-11-23.zip"
    assert "  4 events  2 decks" in first
    assert second.split()[0] == "2026-11-21.zip"
    assert "  2 events  2 decks" in second
    size = (kept.home.folder / "backups" / "2026-11-21.zip").stat().st_size
    expected = {"name": "2026-11-21.zip", "date": "2026-11-21", "size": size, "events": 2, "decks": 2, "error": None}
    assert kept.json("restore")[1] == expected


def test_without_a_backup_it_says_when_there_will_be_one(trainer: Any) -> None:
    assert trainer("restore").out == "There is no backup yet. One is made each day, with the first answer.\n"
    assert trainer.json("restore") == []


def test_a_backup_that_is_broken_is_listed_as_such(kept: Any) -> None:
    (kept.home.folder / "backups" / "2026-11-20.zip").write_bytes(b"no zip")
    ran = kept("restore")
    assert ran.code == 0
    assert ran.lines[1].startswith("2026-11-20.zip ")
    assert "cannot be used" in ran.lines[1]
    assert kept.json("restore")[1]["events"] is None
    ran = kept("restore", "2026-11-20")
    assert (ran.code, ran.out) == (1, "")
    assert "cannot be used" in ran.err


@pytest.mark.parametrize("name", ["2026-11-21", "2026-11-21.zip"])
def test_what_was_deleted_comes_back_and_what_is_there_stays(kept: Any, name: str) -> None:
    held = kept.home.log.read_text(encoding="utf-8").splitlines()
    kept.home.log.unlink()
    (kept.home.decks / "other.toml").unlink()
    edited = kept.home.decks / "capitals.toml"
    edited.write_text(edited.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    kept.at("2026-11-22T12:00:00+00:00")
    kept.review("suspend", "quit")
    mine = kept.home.log.read_text(encoding="utf-8")
    ran = kept("restore", name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "2 events added, 0 known already.",
        "Decks put back: other.toml.",
        "Other than in the backup, and left as they are: capitals.toml.",
    ]
    assert (kept.home.decks / "other.toml").read_text(encoding="utf-8") == OTHER
    assert edited.read_text(encoding="utf-8").endswith("# mine\n")
    assert kept.home.log.read_text(encoding="utf-8") == mine + "".join(f"{line}\n" for line in held[1:])
    assert kept("restore", name).lines[0] == "0 events added, 2 known already."


def test_what_it_did_is_one_json_document(kept: Any) -> None:
    (kept.home.decks / "other.toml").unlink()
    expected = {"came": 0, "known": 2, "unreadable": 0, "decks": ["other.toml"], "kept": []}
    assert kept.json("restore", "2026-11-21") == expected


def test_a_backup_from_anywhere_brings_back_a_home_that_is_gone(kept: Any, tmp_path: Path) -> None:
    away = shutil.copy(kept.home.folder / "backups" / "2026-11-21.zip", tmp_path / "stick.zip")
    shutil.rmtree(kept.home.folder)
    ran = kept("restore", str(away))
    assert ran.lines[0] == "2 events added, 0 known already."
    assert {"capitals.toml", "other.toml"} <= {path.name for path in kept.home.decks.iterdir()}
    assert len(kept.events()) == 2


@pytest.mark.parametrize("name", ["2026-11-20", "x" * 5000, "nothing.zip", "\x1b[31m"])
def test_no_backup_of_that_name_is_a_wrong_call(kept: Any, name: str) -> None:
    ran = kept("restore", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("trainer: There is no backup ")
    assert "\x1b" not in ran.err


def test_a_zip_that_leads_elsewhere_is_refused_whole(kept: Any, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("progress.toml", '20261120T093000118Z-aaaa01 = { card = "spain", rating = "hard" }\n')
        archive.writestr("decks/../../x.toml", "")
    before = kept.home.log.read_bytes()
    ran = kept("restore", str(tmp_path / "bad.zip"))
    assert ran.code == 1
    assert kept.home.log.read_bytes() == before


def test_a_backup_that_cannot_be_made_is_told_and_the_answers_are_saved(trainer: Any) -> None:
    (trainer.home.folder / "backups").write_text("in the way")
    ran = trainer.review("", "all", "good", "", "good", "quit")
    assert ran.code == 0
    assert len(trainer.reviews()) == 2
    assert "Traceback" not in ran.err

"""`trainer merge`: what another copy of the log holds comes here, and nothing is lost on either side."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FIRST = '20261120T093000118Z-aaaa01 = { card = "france", rating = "good", recalled = ["paris"], missed = ["tower"] }'
SECOND = '20261120T093100118Z-aaaa01 = { card = "spain", rating = "hard" } # What is the capital'
UNDO = '20261120T093200118Z-aaaa01 = { undo = "20261120T093100118Z-aaaa01" }'
LATER = '20261120T093300118Z-aaaa01 = { card = "spain", teleport = "Köln" }'


@pytest.fixture
def other(tmp_path: Path) -> Callable[..., Path]:
    """Write a log of another home, and return its path."""

    def write(*lines: str, name: str = "other.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def reviews_of(trainer: Any, card: str) -> int:
    return int(next(each["reviews"] for each in trainer.json("cards") if each["id"] == card))


def test_what_is_missing_is_added_and_counted(trainer: Any, other: Callable[..., Path]) -> None:
    trainer.log(FIRST)
    ran = trainer("merge", str(other(FIRST, SECOND, LATER)))
    assert (ran.code, ran.out, ran.err) == (0, "2 events added, 1 known already.\n", "")
    assert trainer.home.log.read_text(encoding="utf-8") == f"{FIRST}\n{SECOND}\n{LATER}\n"
    assert reviews_of(trainer, "spain") == 1
    assert trainer.json("check")["unknown_events"] == 1


def test_a_whole_home_is_merged_and_stays_as_it_was(trainer: Any, other: Callable[..., Path], tmp_path: Path) -> None:
    log = other(FIRST, SECOND, UNDO, name="old/progress.toml")
    before = log.read_bytes()
    assert trainer("merge", str(log.parent)).out == "3 events added, 0 known already.\n"
    assert [path.name for path in log.parent.iterdir()] == ["progress.toml"]
    assert log.read_bytes() == before
    assert (reviews_of(trainer, "france"), reviews_of(trainer, "spain")) == (1, 0)


def test_merging_again_adds_nothing(trainer: Any, other: Callable[..., Path]) -> None:
    path = str(other(FIRST, SECOND))
    trainer("merge", path)
    before = trainer.home.log.read_bytes()
    assert trainer("merge", path, path).out == "0 events added, 2 known already.\n"
    assert trainer("merge", str(trainer.home.folder)).out == "0 events added, 2 known already.\n"
    assert trainer.home.log.read_bytes() == before


def test_several_files_are_merged_at_once(trainer: Any, other: Callable[..., Path]) -> None:
    files = other(FIRST, SECOND, name="one.toml"), other(SECOND, UNDO, name="two.toml")
    assert trainer.json("merge", *map(str, files)) == {"came": 3, "known": 0, "unreadable": 0}


def test_a_dry_run_says_what_would_come_and_writes_nothing(trainer: Any, other: Callable[..., Path]) -> None:
    trainer.log(FIRST)
    path = str(other(FIRST, SECOND, "20261120T09"))

    before = trainer.files()
    ran = trainer("merge", "--dry-run", path)
    assert (ran.code, ran.out) == (0, "1 event would be added, 1 known already.\n")
    assert ran.err == "1 line of it cannot be read.\n"
    assert trainer("merge", "--dry-run", "--json", path).json == {"came": 1, "known": 1, "unreadable": 1}
    assert trainer.files() == before
    assert trainer.home.log.read_text() == f"{FIRST}\n"


def test_a_line_that_cannot_be_read_is_kept_apart(trainer: Any, other: Callable[..., Path]) -> None:
    path = other(FIRST, '20261120T093400118Z-aaaa01 = { card = "fra')
    ran = trainer("merge", str(path))
    assert ran.out == "1 event added, 0 known already.\n"
    assert ran.err.startswith(f"1 line of it cannot be read; copies are in {trainer.home.folder}, as ")
    (kept,) = trainer.home.folder.glob("progress.rejected-*.toml")
    assert kept.read_text() == '20261120T093400118Z-aaaa01 = { card = "fra\n'
    assert trainer("check").code == 0
    trainer("merge", str(path))
    assert len(list(trainer.home.folder.glob("progress.rejected-*.toml"))) == 1


@pytest.mark.parametrize("extra", [(), ("--json",), ("--dry-run",)])
def test_nothing_is_added_when_one_of_the_files_is_no_log(
    trainer: Any, other: Callable[..., Path], extra: tuple[str, ...]
) -> None:
    deck = str(trainer.home.decks / "capitals.toml")
    ran = trainer("merge", str(other(FIRST)), deck, *extra)
    assert ran.code == 1
    assert f"{deck} is no log of the trainer." in ran.out + ran.err
    assert not trainer.home.log.exists()


def test_a_file_that_is_not_there_is_told(trainer: Any) -> None:
    ran = trainer("merge", "no\x1b[31mthing", "~nobody-of-this-name/x")
    assert (ran.code, ran.out) == (1, "")
    assert "cannot be read: No such file or directory.\n" in ran.err
    assert "\x1b" not in ran.err


def test_without_a_file_the_call_is_wrong(trainer: Any) -> None:
    assert trainer("merge").code == 2


def test_a_home_that_cannot_be_written_is_told(trainer: Any, other: Callable[..., Path]) -> None:
    (trainer.home.folder / "progress.lock").mkdir()
    ran = trainer("merge", str(other(FIRST)))
    assert ran.code == 1
    assert ran.err.startswith("trainer: Not saved: ")


def test_the_merge_of_a_home_that_is_new_begins_its_log(fresh: Any, other: Callable[..., Path]) -> None:
    assert fresh("merge", str(other(FIRST, SECOND))).code == 0
    assert len(fresh.events()) == 2
    assert fresh.home.log.read_text(encoding="utf-8").endswith(f"{FIRST}\n{SECOND}\n")


# Conflict copies

COPY = "progress (Ann's conflicted copy 2026-11-21).toml"


def test_a_conflict_copy_is_offered_at_start_until_it_is_merged(trainer: Any) -> None:
    trainer.log(FIRST)
    copy = trainer.home.folder / COPY
    copy.write_text(f"{FIRST}\n{SECOND}\n{UNDO}\n", encoding="utf-8")
    said = f"{COPY} holds 1 answer that is not in your log: `trainer merge {shlex.quote(str(copy))}`\n"
    for call in (["due"], ["decks", "--json"], ["review", "--plain"]):
        ran = trainer(*call)
        assert (ran.code, ran.err) == (0, said)
    ran = trainer("merge", str(copy))
    assert (ran.out, ran.err) == ("2 events added, 1 known already.\n", "")
    assert trainer("due").err == ""
    assert copy.exists()


def test_a_copy_that_holds_nothing_new_is_not_offered(trainer: Any) -> None:
    trainer.log(FIRST, SECOND)
    (trainer.home.folder / COPY).write_text(f"{FIRST}\n", encoding="utf-8")
    assert trainer("due").err == ""

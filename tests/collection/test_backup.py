"""The day's backup beside the work: once a day, and no harm when it fails."""

from pathlib import Path

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.collection.merging import merge
from trainer.collection.troubles import warnings
from trainer.progress.backups import list_backups


def act(collection: Collection) -> None:
    """Write something, and wait for the backup."""
    collection.suspend(collection.library.cards["spain"])
    collection.backup.wait()


def days(collection: Collection) -> list[str]:
    return [backup.path.stem for backup in list_backups(collection.home.backups)]


def test_each_day_with_a_write_has_one(collection: Collection, clock: FixedClock) -> None:
    assert days(collection) == []
    for _ in range(3):
        act(collection)
        act(collection)
        clock.move(days=1)
    assert days(collection) == ["2026-11-23", "2026-11-22", "2026-11-21"]


def test_a_merge_makes_it_too(collection: Collection) -> None:
    merge(collection, b'20261120T093000118Z-aaaa01 = { card = "spain", rating = "hard" }\n')
    collection.backup.wait()
    assert days(collection) == ["2026-11-21"]


def test_that_it_failed_is_a_fault_until_one_is_made(collection: Collection, clock: FixedClock) -> None:
    collection.home.backups.write_text("in the way")
    act(collection)
    (told,) = warnings(collection)
    assert told.startswith("backups: Today's backup could not be made: ")
    assert told.endswith("Answers are saved all the same.")
    assert collection.losses() == collection.faults()
    collection.home.backups.unlink()
    act(collection)
    assert days(collection) == []  # it is tried once a day
    clock.move(days=1)
    act(collection)
    assert (days(collection), warnings(collection)) == (["2026-11-22"], [])


def test_without_a_write_nothing_is_made(collection: Collection, tmp_path: Path) -> None:
    collection.refresh()
    collection.backup.wait()
    assert not collection.home.backups.exists()

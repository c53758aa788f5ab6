"""Homes, clocks and collections for the tests: real files, a time that stands still."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

DECK = """
format = 1
title = "Capitals"

[[cards]]
id = "france"
question = "What is the capital of France, and what is it known for?"
key_points = [
  { id = "paris", text = "Says Paris" },
  { id = "tower", text = "Names the tower" },
  { id = "river", text = "Names the Seine", weight = 2 },
]
answer = "Paris, on the Seine, known for its iron tower."
follow_ups = ["Since when?"]
hint = "A river runs through it."

[[cards]]
id = "spain"
question = "What is the capital of Spain?"
answer = "Madrid."
"""


def wait_for_backups() -> None:
    """Wait for the backups that are being made, as a process does at its end."""
    for thread in threading.enumerate():
        if thread.name == "backup":
            thread.join()


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hide the developer's own home, clock, zone and terminal from every test."""
    for name in ("TRAINER_HOME", "TRAINER_NOW", "NO_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("trainer.cache.SYNCHRONOUS", "OFF")  # no test cuts the power
    time.tzset()
    yield
    wait_for_backups()
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the local time zone for the rest of the test."""

    def set_zone(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    return set_zone


@pytest.fixture
def clock() -> FixedClock:
    """A clock at noon that moves only when told."""
    return FixedClock(NOON)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with an empty decks folder."""
    made = Home(tmp_path / "home")
    made.decks.mkdir(parents=True)
    return made


@pytest.fixture
def write_deck(home: Home) -> Callable[..., Path]:
    """Write a deck file into the home."""

    def write(text: str = DECK, name: str = "capitals.toml") -> Path:
        path = home.decks / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(1, 1 + len(list(home.decks.iterdir())) + hash(text) % 1_000_000))
        return path

    return write


@pytest.fixture
def collection(home: Home, clock: FixedClock, write_deck: Callable[..., Path]) -> Collection:
    """An open home with the deck of capitals."""
    write_deck()
    return Collection(home, clock)

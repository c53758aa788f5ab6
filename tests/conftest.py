"""Homes, clocks, collections and Anki packages for the tests: real files, a time that stands still."""

import gc
import io
import itertools
import json
import os
import re
import sqlite3
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home

settings.register_profile("untimed", deadline=None)  # a slow machine fails no test
settings.load_profile("untimed")

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


def pytest_xdist_auto_num_workers() -> int:
    """Use one process more than there are cores: those that test the app often wait for it to be idle."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage among what tests make alone, and less often: it took a quarter of the time of the app."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


FOLDERS = itertools.count()


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder of the test's own, numbered through: pytest itself looks through all those before for a free number."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{name}{next(FOLDERS)}"
    folder.mkdir(mode=0o700)
    return folder


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
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("trainer.cache.SYNCHRONOUS", "OFF")  # no test cuts the power
    monkeypatch.setattr("os.fsync", os.fstat)  # which is as particular about its descriptor
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


# Anki packages built by hand: what an honest one holds, to be changed test by test

BASIC = {
    "name": "Basic",
    "type": 0,
    "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
    "tmpls": [
        {"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"},
        {"name": "Card 2", "ord": 1, "qfmt": "{{Back}}", "afmt": "{{FrontSide}}<hr id=answer>{{Front}}"},
    ],
}
CLOZE = {
    "name": "Cloze",
    "type": 1,
    "flds": [{"name": "Text", "ord": 0}, {"name": "Extra", "ord": 1}],
    "tmpls": [{"name": "Cloze", "ord": 0, "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}<br>{{Extra}}"}],
}
MODELS: dict[str, Any] = {"1": BASIC, "2": CLOZE}
DECKS: dict[str, Any] = {"1": {"name": "Deck"}}
SCHEMA = """
CREATE TABLE col (id integer primary key, crt integer, conf text, models text, decks text);
CREATE TABLE notes (id integer primary key, guid text, mid integer, tags text, flds text);
CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer, type integer, queue integer,
  due integer, odid integer, odue integer);
CREATE TABLE revlog (id integer primary key, cid integer, ease integer, factor integer, time integer, type integer);
"""


class Package:
    """A package of the old format. Notes are (type, fields, tags, numbers of cards)."""

    def __init__(self) -> None:
        self.models: dict[str, Any] = deepcopy(MODELS)
        self.decks: dict[str, Any] = deepcopy(DECKS)
        self.conf: dict[str, Any] = {"schedVer": 2}
        self.notes: list[tuple[int, Sequence[str], str, Sequence[int]]] = []
        self.reviews: list[tuple[int, int, int, int, int, int]] = []
        self.states: dict[int, tuple[int, int, int]] = {}
        self.extra = ""

    def note(self, *fields: str, kind: int = 1, tags: str = "", cards: Sequence[int] = (0,)) -> int:
        """Add a note; return its id. Its cards have ids of ten times that, and their numbers."""
        self.notes.append((kind, fields, tags, cards))
        return len(self.notes)

    def database(self) -> bytes:
        connection = sqlite3.connect(":memory:")
        connection.executescript(SCHEMA)
        rows = (1, 1_700_000_000, json.dumps(self.conf), json.dumps(self.models), json.dumps(self.decks))
        connection.execute("INSERT INTO col VALUES (?, ?, ?, ?, ?)", rows)
        for key, (kind, fields, tags, numbers) in enumerate(self.notes, 1):
            connection.execute(
                "INSERT INTO notes VALUES (?, ?, ?, ?, ?)", (key, f"g{key}", kind, tags, "\x1f".join(fields))
            )
            for number in numbers:
                card = 10 * key + number
                state = self.states.get(card, (0, 0, 0))
                connection.execute("INSERT INTO cards VALUES (?, ?, 1, ?, ?, ?, ?, 0, 0)", (card, key, number, *state))
        connection.executemany("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?)", self.reviews)
        connection.commit()
        connection.executescript(self.extra)
        data = connection.serialize()
        connection.close()
        return data

    def data(self, part: str = "collection.anki21") -> bytes:
        return zipped({part: self.database(), "media": b"{}"})


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return an archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.fixture
def package() -> Package:
    """A package without notes."""
    return Package()


@pytest.fixture
def zip_of() -> Callable[[dict[str, bytes]], bytes]:
    """Make an archive of parts."""
    return zipped

"""The app on a home of the test, its clock standing still, its keys never held."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.study.share import Limits
from trainer.tui.app import TrainerApp
from trainer.tui.key_guard import KeyTimes

AT_ONCE = KeyTimes(after_reveal=0, repeat=0, first_repeat=0)


@pytest.fixture
def open_app(home: Home, clock: FixedClock, write_deck: Callable[..., Path]) -> Callable[..., TrainerApp]:
    """Open the app: `open_app(deck_text, review=True)` is straight in a session."""

    def open_(*decks: str, review: bool = False, limits: Limits | None = None, times: KeyTimes = AT_ONCE) -> TrainerApp:
        for number, text in enumerate(decks):
            write_deck(text, f"deck-{number}.toml")
        start = ((), limits or Limits(), None) if review else None
        return TrainerApp(Collection(home, clock), start, times)

    return open_


def reviews(home: Home) -> list[str]:
    """Return the lines of the log that are reviews."""
    if not home.log.exists():
        return []
    return [line for line in home.log.read_text(encoding="utf-8").splitlines() if "rating =" in line]


def said(app: App[None], part: str) -> str:
    """Return what a part of the screen says; empty where it is hidden."""
    line = app.screen.query_one(part, Static)
    return str(line.render()) if line.display else ""


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, one after the other, and wait for what they bring."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()

"""The memory model fitted from Today: offered, done beside the screen, taken back by key."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tui.conftest import said
from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.insight.fitting import fit_to_own
from trainer.memory.tuning import ENOUGH
from trainer.progress.events import key_at
from trainer.progress.lines import HEADER, written
from trainer.tui.app import TrainerApp
from trainer.tui.screens.fit import FitScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.today import TodayScreen

CARDS, TIMES = 40, 1 + ENOUGH // 40
"""Each time but the first tests a memory."""
PROMISED = date(2026, 12, 24)
OFFER = "440 reviews are enough to fit the memory model to you: f does it."


@pytest.fixture
def learned(home: Home, clock: FixedClock, write_deck: Callable[..., Path]) -> Callable[..., TrainerApp]:
    """The app on a log of cards asked every other day, and missed or recalled each time; five are in a deck."""

    def learned_(missed: bool) -> TrainerApp:
        lines = []
        for time in range(TIMES):
            for card in range(CARDS):
                at = datetime(2026, 11, 1, 10, tzinfo=UTC) + timedelta(days=2 * time, seconds=card)
                rating = "again" if missed and time else "good"
                fields = {"card": f"c{card}", "day": at.date(), "rating": rating, "seconds": 9, "due": PROMISED}
                lines.append(written(key_at(at, "ffff01"), fields))
        home.log.write_text(f"{HEADER}\n{''.join(lines)}", encoding="utf-8")
        made = "".join(f'[[cards]]\nid = "c{card}"\nquestion = "Q{card}"\nanswer = "A"\n' for card in range(5))
        write_deck(f'title = "Learned"\n{made}', "learned.toml")
        return TrainerApp(Collection(home, clock))

    return learned_


def added(home: Home) -> list[str]:
    """Return what stands in the log behind the reviews: the fields of each line."""
    lines = home.log.read_text(encoding="utf-8").splitlines()
    return [line.partition("{ ")[2].split(" = ")[0] for line in lines if "rating" not in line and line[0] != "#"]


async def press(pilot: Any, *keys: str) -> None:
    """Press keys, and wait for what they set off beside the screen."""
    await pilot.press(*keys)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def dues(app: TrainerApp) -> set[date | None]:
    return {app._collection.due(f"c{card}") for card in range(5)}


async def test_a_better_fit_is_taken_then_days_are_moved_and_each_step_is_taken_back(
    learned: Callable[..., TrainerApp], home: Home
) -> None:
    app = learned(missed=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert said(app, "#fit") == OFFER
        await press(pilot, "f")
        assert isinstance(app.screen, FitScreen)
        words = said(app, "#words")
        assert "Your newest 80 reviews, which the fit has not seen:" in words
        assert "That is better: the fit is in force from now on." in words
        assert "By the model in force 5 cards would move: 5 come earlier" in words
        assert said(app, "#bar") == ""
        assert added(home) == ["weights"]
        assert dues(app) == {PROMISED}
        await press(pilot, "r")
        assert said(app, "#words").startswith("5 cards moved.")
        assert dues(app) == {date(2026, 11, 22)}
        await press(pilot, "r", "u")
        assert "The due days are where they were." in said(app, "#words")
        assert "r moves them." in said(app, "#words")
        assert dues(app) == {PROMISED}
        await press(pilot, "u")
        assert said(app, "#words") == "The memory model from before is in force again."
        assert app._collection.newest_weights() is None
        await press(pilot, "u", "r", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape", "q")
        assert isinstance(app.screen, TodayScreen)
        assert said(app, "#fit") == ""  # it was tried in this run
    assert added(home) == ["weights", "import", *["card"] * 5, "undo", "undo"]


async def test_a_fit_that_is_no_better_changes_nothing(learned: Callable[..., TrainerApp], home: Home) -> None:
    app = learned(missed=False)
    found = fit_to_own(app._collection, lambda _words, _share: None)
    app._collection.adopt_weights(found.after.weights, found.reviews)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "f")
        words = said(app, "#words")
    assert words.endswith("That is no better: nothing changes.")
    assert added(home) == ["weights"]


async def test_what_cannot_be_saved_is_said(learned: Callable[..., TrainerApp], home: Home) -> None:
    app = learned(missed=True)
    (home.folder / "progress.lock").mkdir()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "f")
        assert "That is better" not in said(app, "#words")
        assert said(app, "#words") != ""
        await press(pilot, "u")
        assert isinstance(app.screen, FitScreen)
    assert added(home) == []

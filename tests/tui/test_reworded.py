"""What was reworded, on Today and on a screen of its own."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.tui.conftest import said
from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.model import Rating, Review
from trainer.tui.app import TrainerApp
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.review import ReviewScreen
from trainer.tui.screens.reworded import RewordedScreen
from trainer.tui.screens.today import TodayScreen
from trainer.tui.widgets.row_list import RowList

CALL = "Describe a hard decision you made at work"
DECISION = "Tell me about a hard decision you made at work"
COST = "Names the options and what each would have cost"
COST_MORE = "Names the options, and what each of them would have cost"
HOSTILE = "[bold]x[/] [@click=app.quit]q[/] List[String] <T> \x1b[31mred \u202eabc [/x] [$primary]"
LITERAL = "[bold]x[/] [@click=app.quit]q[/] List[String] <T> [31mred abc [/x] [$primary]"


def deck(question: str, *points: str, name: str = "") -> str:
    given = f"id = {json.dumps(name)}\n" if name else ""
    return f'title = "D"\n[[cards]]\n{given}question = {json.dumps(question)}\nkey_points = {json.dumps(points)}\n'


def entries(app: TrainerApp) -> list[list[str]]:
    """Return the lines of each entry of the list."""
    listed = app.screen.query_one(RowList)
    prompts = (str(listed.get_option_at_index(index).prompt) for index in range(listed.option_count))
    return [prompt.rstrip("\n").split("\n") for prompt in prompts]


@pytest.fixture
def learn(home: Home, clock: FixedClock, write_deck: Callable[..., Path]) -> Callable[..., None]:
    """Review the only card of a deck, all points made."""

    def learn_(text: str) -> None:
        write_deck(text, "d.toml")
        collection = Collection(home, clock)
        (card,) = collection.library.cards.values()
        made = [point.id for point in card.points]
        due = collection.today + timedelta(days=3)
        collection.record_review(card, Review(collection.today, Rating.GOOD, made, [], given=False, seconds=9, due=due))

    return learn_


@pytest.fixture
def reworded_app(
    home: Home, clock: FixedClock, write_deck: Callable[..., Path], learn: Callable[..., None]
) -> TrainerApp:
    """The app on a card that was reworded, with one of its points."""
    learn(deck(CALL, COST))
    write_deck(deck(DECISION, COST_MORE), "d.toml")
    return TrainerApp(Collection(home, clock))


def joins(home: Home) -> int:
    return home.log.read_text(encoding="utf-8").count(" was = ")


async def test_today_says_what_was_reworded_and_w_lists_it(reworded_app: TrainerApp, home: Home) -> None:
    app = reworded_app
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert said(app, "#sentence") == "Nothing is due today."
        assert said(app, "#reworded") == "1 card was reworded and keeps its memory: w shows it."
        assert joins(home) == 2
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, RewordedScreen)
        assert entries(app) == [
            [f"Key point of: {DECISION}", f"  {COST}", f"→ {COST_MORE}"],
            [f"  {CALL}", f"→ {DECISION}"],
        ]
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape", "q")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("key", ["u", "enter"])
async def test_a_pair_is_parted_with_one_key_and_for_good(reworded_app: TrainerApp, home: Home, key: str) -> None:
    app = reworded_app
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("w", "down", key)
        await pilot.pause()
        assert [lines[-1].endswith("  parted") for lines in entries(app)] == [False, True]
        before = home.log.read_bytes()
        await pilot.press(key)
        await pilot.pause()
        assert home.log.read_bytes() == before
        await pilot.press("k", key, "escape")
        await pilot.pause()
        assert said(app, "#reworded") == ""
        assert said(app, "#sentence").startswith("1 question today")
        await pilot.press("w")
        await pilot.pause()
        assert [lines[-1].endswith("  parted") for lines in entries(app)] == [True, True]
    assert joins(home) == 2


async def test_without_anything_reworded_there_is_no_line_and_w_is_no_key(
    home: Home, clock: FixedClock, learn: Callable[..., None]
) -> None:
    learn(deck(CALL, COST))
    app = TrainerApp(Collection(home, clock))
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert said(app, "#reworded") == ""


async def test_u_on_today_takes_back_answers_and_never_a_rewording(reworded_app: TrainerApp, home: Home) -> None:
    app = reworded_app
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert said(app, "#question") == DECISION
        assert said(app, "#status") == "Taken back: the answer (good)."
        await pilot.press("q", "y")
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert said(app, "#reworded") == "1 card was reworded and keeps its memory: w shows it."
    log = home.log.read_text(encoding="utf-8").splitlines()
    (review,) = [line.partition(" ")[0] for line in log if "rating" in line]
    assert [line.partition(" = ")[2] for line in log if "undo =" in line] == [f'{{ undo = "{review}" }}']


async def test_decks_changed_under_the_open_app_are_followed(
    home: Home, clock: FixedClock, learn: Callable[..., None], write_deck: Callable[..., Path]
) -> None:
    learn(deck(CALL, COST))
    app = TrainerApp(Collection(home, clock))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        write_deck(deck(CALL, COST, name="call"), "d.toml")
        assert isinstance(app.screen, TodayScreen)
        app.screen.look_again()
        await pilot.pause()
        assert said(app, "#reworded") == "1 card was reworded and keeps its memory: w shows it."
        await pilot.press("w")
        await pilot.pause()
        assert entries(app) == [["  under another id", f"→ {CALL}"]]
        await pilot.press("q")
        await pilot.pause()
        clock.move(days=2)
        assert isinstance(app.screen, TodayScreen)
        app.screen.look_again(always=True)
        await pilot.pause()
        assert said(app, "#reworded") == ""
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, RewordedScreen)
    assert joins(home) == 1


async def test_what_cannot_be_saved_is_told_and_parts_nothing(reworded_app: TrainerApp, home: Home) -> None:
    app = reworded_app
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        (home.folder / "progress.lock").unlink()
        (home.folder / "progress.lock").mkdir()
        await pilot.press("w", "u")
        await pilot.pause()
        assert not any(lines[-1].endswith("  parted") for lines in entries(app))
        assert isinstance(app.screen, RewordedScreen)


async def test_text_of_strangers_is_shown_as_written(
    home: Home, clock: FixedClock, learn: Callable[..., None], write_deck: Callable[..., Path]
) -> None:
    learn(deck(HOSTILE, HOSTILE, name="one"))
    write_deck(deck(f"{HOSTILE} ", f"{HOSTILE}.", name="two"), "d.toml")
    app = TrainerApp(Collection(home, clock))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        shown = [line for lines in entries(app) for line in lines]
        assert shown
        assert any(LITERAL in line for line in shown)
        assert "\x1b[31m" not in app.export_screenshot()
    assert app.return_code is None

"""The settings screen: changed in place, written at once, taken back; keys bound by pressing them."""

from collections.abc import Callable
from datetime import date

from textual.widgets import Input

from tests.tui.conftest import press, said
from trainer.home import Home
from trainer.insight.workload import Load
from trainer.settings import DeckSettings, Settings, read_settings
from trainer.tui.app import TrainerApp
from trainer.tui.screens.rebind import PressScreen, RebindScreen
from trainer.tui.screens.settings import SettingsScreen
from trainer.tui.screens.today import TodayScreen
from trainer.tui.widgets.cost import Cost
from trainer.tui.widgets.row_list import RowList

DECK = """
title = "[One] deck"
[[cards]]
question = "Which three?"
key_points = ["The first", "The second"]
"""
MINE = """\
# Mine.
minutes = 25  # before breakfast
new_cards = "many"
"""


def go_to(app: TrainerApp, row: str) -> None:
    rows = app.screen.query_one("#rows", RowList)
    rows.highlighted = rows.get_option_index(row)


def offered(app: TrainerApp) -> list[str]:
    """Return what the footer offers."""
    return [each.binding.description for each in app.screen.active_bindings.values() if each.binding.show]


async def test_settings_are_changed_in_place_and_taken_back(open_app: Callable[..., TrainerApp], home: Home) -> None:
    home.settings.write_text(MINE, encoding="utf-8")
    app = open_app(DECK)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "o")
        assert isinstance(app.screen, SettingsScreen)
        assert "By default 0.9." in said(app, "#means")
        go_to(app, "minutes")
        await press(pilot, "enter", "0", "0")
        assert "✗ It takes a whole number from 1 to 600." in said(app, "#verdict")
        await press(pilot, "enter", "backspace", "up", "enter")
        assert home.settings.read_text(encoding="utf-8") == MINE.replace("25", "251")
        assert said(app, "#status") == "minutes is 251; it was 25. u takes it back."
        await press(pilot, "u")
        assert home.settings.read_text(encoding="utf-8") == MINE

        go_to(app, "fuzz")
        await press(pilot, "enter")
        assert read_settings(home.settings)[0].fuzz is False
        go_to(app, "easy_days")
        await press(pilot, "enter", *"su", "enter")
        go_to(app, "day_start")
        await press(pilot, "enter", "backspace", "5", "enter")
        go_to(app, "decks\n[One] deck\nby")
        await press(pilot, "enter", "2")
        assert "✗ It takes a date such as 2026-12-12." in said(app, "#verdict")
        app.screen.query_one("#value", Input).value = "2026-12-31"
        await press(pilot, "enter")
        settings, _ = read_settings(home.settings)
        assert settings == app.screen._collection.settings
        assert settings.easy_days == {"sunday"}
        assert f"{settings.day_start:%H:%M}" == "04:05"
        assert settings.decks["[One] deck"].by == date(2026, 12, 31)
        await press(pilot, "r")
        assert read_settings(home.settings)[0].decks["[One] deck"].by is None
        await press(pilot, "u", "u")
        assert read_settings(home.settings)[0].decks == {"[One] deck": DeckSettings()}
        assert home.settings.read_text(encoding="utf-8").startswith(MINE)

        go_to(app, "theme")
        await press(pilot, "enter", "up")
        assert app.theme == "trainer-contrast"
        await press(pilot, "escape")
        assert app.theme == "trainer-dark"
        await press(pilot, "enter", "down", "enter")
        assert app.theme == read_settings(home.settings)[0].theme == "trainer-light"
        go_to(app, "density")
        await press(pilot, "enter", "down")
        assert app.has_class("-compact")
        assert offered(app) == ["change", "help", "back"]
        await press(pilot, "escape")
        assert offered(app) == ["change", "default", "undo", "help", "back"]
        await press(pilot, "u")
        assert app.theme == "trainer-dark"
        assert not app.has_class("-compact")

        home.settings.write_text("minutes = \n", encoding="utf-8")
        go_to(app, "fuzz")
        await press(pilot, "enter")
        assert "is not TOML, so nothing is written to it." in said(app, "#status")
        await press(pilot, "question_mark", "escape", "q")
        assert isinstance(app.screen, TodayScreen)


async def test_what_a_retention_costs_is_lived_beside_the_screen_and_left_with_it(
    open_app: Callable[..., TrainerApp],
) -> None:
    app = open_app(DECK)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "o", "enter")
        await app.workers.wait_for_complete()
        await press(pilot)
        assert "› " in said(app, "#cost")
        assert "90%: about 1 minute a day for three months, then" in said(app, "#cost")
        assert "★ learns most per minute." in said(app, "#cost")
        await press(pilot, "down")
        await app.workers.wait_for_complete()
        await press(pilot)
        assert "89%: about" in said(app, "#cost")
        cost = app.screen.query_one(Cost)
        cost.show_for("new_cards", Settings(new_cards=7))
        (worker,) = app.workers
        cost.leave()
        assert worker.is_cancelled
        cost.show_for("new_cards", Settings(new_cards=6))
        cost.workers.cancel_node(cost)
        for fewest, words in ((3, "on 90 days."), (90, "every day, whatever you choose here")):
            for number, short_days in ((3, fewest), (6, 90), (12, 90)):
                cost.post_message(Cost.Lived(Load(0.9, number, (20.4,), 1200.0, 0.0, short_days), Settings()))
            await press(pilot)
            assert f"The minutes are too few {words}" in said(app, "#cost")
        assert "›         6  ████████████████████████ 20.4          1,200\n" in said(app, "#cost")
        assert "6 new cards a day: about 21 minutes a day" in said(app, "#cost")
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, TodayScreen)


def found(app: TrainerApp) -> dict[str, str | None]:
    """Return what the palette finds, with what it says of each."""
    return {each.title: each.help for each in app.get_system_commands(app.screen)}


async def test_everything_is_found_by_name_and_a_key_is_bound_by_pressing_it(
    open_app: Callable[..., TrainerApp], home: Home
) -> None:
    app = open_app(DECK)
    room = "Settings: memory, day, colours, and the keys"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert found(app)["Practise every card of that deck, due or not"] == "Key: p"
        assert "Add what a conflict copy of the log holds" not in found(app)  # there is none
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).value = "colours"
        await pilot.pause(0.2)
        await press(pilot, "enter")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        assert found(app)["Back to the default"] == "Key: r"
        assert found(app)[room] == "Key: o"
        go_to(app, "keys")
        await press(pilot, "enter")
        assert isinstance(app.screen, RebindScreen)
        go_to(app, "today.start")
        await press(pilot, "enter", "p")
        assert isinstance(app.screen, PressScreen)
        assert "✗ p is taken: practise every card of that deck" in said(app, "#refused")
        await press(pilot, "question_mark", "x")
        assert isinstance(app.screen, RebindScreen)
        assert read_settings(home.settings)[0].keys == {"today.start": "x"}
        await press(pilot, "plus", "slash")
        assert read_settings(home.settings)[0].keys == {"today.start": "x,/"}
        go_to(app, "review.tick")
        await press(pilot, "enter", "z", "z", "X", "escape")
        assert read_settings(home.settings)[0].keys["review.tick"] == "z,X"
        go_to(app, "rows.up")
        await press(pilot, "enter", "escape", "enter", "l")
        go_to(app, "app.quit")
        await press(pilot, "enter", "Z")
        assert "✗ This works while you write too" in said(app, "#refused")
        await press(pilot, "escape", "l")
        await press(pilot, "u")
        assert "rows.up" not in read_settings(home.settings)[0].keys
        go_to(app, "review.tick")
        await press(pilot, "r", "escape", "escape")
        assert isinstance(app.screen, TodayScreen)
        await press(pilot, "x")
        assert "Show the hint, or hide it" in found(app)
        assert room not in found(app)
        assert read_settings(home.settings)[0].keys == {"today.start": "x,/"}

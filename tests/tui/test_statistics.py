"""The room of statistics: its panels, its periods, a deck or a tag."""

from collections.abc import Callable
from datetime import timedelta

from textual.widgets import Static

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.tui.app import TrainerApp
from trainer.tui.screens.ask import ChooseScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.statistics import PanelScroll, StatisticsScreen
from trainer.tui.screens.today import TodayScreen

HOSTILE = "[bold]x[/] [@click=app.quit]q[/] List[String] <T> [/x] [$primary]"
DECK = f"""
title = "{HOSTILE}"
[[cards]]
id = "one"
question = "{HOSTILE}"
key_points = [{{ id = "a", text = "{HOSTILE}" }}, "Another"]
tags = ["tagged"]
"""
MISSED = '{ card = "one", rating = "hard", missed = ["a"], seconds = 30'


def said(app: TrainerApp, part: str) -> str:
    return "\n".join(str(each.render()) for each in app.screen.query(part).results(Static))


async def test_the_panels_of_a_deck_and_a_period(
    home: Home, clock: FixedClock, open_app: Callable[..., TrainerApp]
) -> None:
    today = Collection(home, clock).today
    days = [today - timedelta(days=ago) for ago in range(4, 850, 2)]
    home.log.write_text("\n".join(f"{day:%Y%m%d}T120000000Z-ffff01 = {MISSED}, day = {day} }}" for day in days))
    app = open_app(DECK, 'title = "Other"\n[[cards]]\nquestion = "Q?"\nanswer = "A"\n')
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, StatisticsScreen)
        assert said(app, "#sentence") == "all decks, 1 month: 2026-10-23 to 2026-11-21"
        body = said(app, ".panel")
        assert "You would make about 0 of the 1 point asked so far" in body
        assert f"Most often “{HOSTILE[:45]}" in body
        assert "[bold]x[/] [@click=app.quit]q[/]" in body
        assert "█" in body
        assert all(len(line) <= 74 for line in body.splitlines() if "█" in line)

        scroll = app.screen.query_one(PanelScroll)
        await pilot.press("n", "n")
        await pilot.pause()
        assert scroll.scroll_y == list(scroll.query(".panel"))[2].virtual_region.y > 0
        await pilot.press("b", "j", "b")
        await pilot.pause()
        assert scroll.scroll_y == list(scroll.query(".panel"))[1].virtual_region.y > 0
        await pilot.press("p", "pagedown", "end", "home")
        await pilot.pause()
        assert said(app, "#sentence") == "all decks, 3 months: 2026-08-24 to 2026-11-21"
        assert "less than promised. Pressing f on Today fits the forecast to you." in said(app, ".panel")
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, ChooseScreen)
        await pilot.press("end", "enter")
        await pilot.pause()
        assert said(app, "#sentence") == "tag tagged, 3 months: 2026-08-24 to 2026-11-21"
        await pilot.press("d", "down", "j", "enter")
        await pilot.pause()
        assert said(app, "#sentence").startswith("Other, 3 months")
        assert "Nothing of this was asked yet" in said(app, ".panel")
        await pilot.press("d", "down", "enter")
        await pilot.pause()
        assert said(app, "#sentence").startswith(HOSTILE)
        await pilot.press("d", "escape", "question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape", "q")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
    assert app.return_code is None

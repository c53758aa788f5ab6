"""A card written by hand, into a deck there is or a new one."""

from collections.abc import Callable

from textual.widgets import OptionList, Static

from tests.tui.conftest import press
from trainer.home import Home
from trainer.tui.app import TrainerApp
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.new import NewCardScreen, NewScreen
from trainer.tui.screens.today import TodayScreen

HOSTILE = "[bold]x[/] [@click=app.quit]q[/] List[String] [/x] [$primary]"
DECKS = ('title = "Empty"\n', f'# mine\ntitle = "{HOSTILE}"\n')


async def test_cards_are_written_one_after_the_other(open_app: Callable[..., TrainerApp], home: Home) -> None:
    app = open_app(*DECKS)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "n")
        assert isinstance(app.screen, NewScreen)
        assert app.screen.active_bindings["enter"].binding.show
        decks = app.screen.query_one(OptionList)
        assert (decks.highlighted, decks.option_count) == (1, 2)
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape", "enter")
        assert isinstance(app.screen, NewCardScreen)
        assert HOSTILE in str(app.screen.query_one("#place", Static).render())
        await press(pilot, *"Why?", "ctrl+s")
        assert "needs `key_points` or an `answer`" in str(app.screen.query_one("#status", Static).render())
        await press(pilot, *"One", "enter", *"Two", "f2", "ctrl+s")
        assert "1 card added" in str(app.screen.query_one("#status", Static).render())
        await press(pilot, *"Why", "tab", *"x", "ctrl+s")
        assert "already" in str(app.screen.query_one("#status", Static).render())
        await press(pilot, "escape", "y")
        assert isinstance(app.screen, TodayScreen)
    text = (home.decks / "deck-1.toml").read_text(encoding="utf-8")
    card = '\n[[cards]]\nquestion = "Why?"\nkey_points = [\n  "One",\n  { text = "Two", weight = 2 },\n]\n'
    assert text == DECKS[1] + card


async def test_a_deck_is_begun_for_a_card(open_app: Callable[..., TrainerApp], home: Home) -> None:
    app = open_app(*DECKS)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n", "tab", *"empty", "enter")
        assert "There is a deck 'empty' already" in str(app.screen.query_one("#trouble", Static).render())
        await press(pilot, *" talk", "enter")
        assert isinstance(app.screen, NewCardScreen)
        await press(pilot, "escape", "n", "escape")
        assert isinstance(app.screen, TodayScreen)
    assert 'title = "empty talk"' in (home.decks / "empty-talk.toml").read_text(encoding="utf-8")

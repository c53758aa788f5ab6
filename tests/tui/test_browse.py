"""Browse: the list of cards, the search, the card beside it, and what is done to cards."""

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.conftest import said
from trainer.clock import FixedClock
from trainer.home import Home
from trainer.tui.app import TrainerApp
from trainer.tui.screens.ask import AskScreen, ChooseScreen
from trainer.tui.screens.browse import BrowseScreen
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.edit import EditScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.review import ReviewScreen
from trainer.tui.screens.summary import SummaryScreen
from trainer.tui.screens.today import TodayScreen
from trainer.tui.widgets.card_list import CardHeadings, CardList
from trainer.tui.widgets.card_pane import CardPane
from trainer.tui.widgets.status_line import StatusLine

OpenApp = Callable[..., TrainerApp]
HOSTILE = "[bold]x[/] [@click=app.quit]q[/] List[String] \\u001b[31mred 日本 🦜 [/x] [$primary]"
LITERAL = "[bold]x[/] [@click=app.quit]q[/] List[String] [31mred 日本 🦜 [/x] [$primary]"
ONE = """
title = "One"
[[cards]]
id = "hard"
question = "Tell me of a hard call"
key_points = [{ id = "options", text = "Names the options" }, { id = "who", text = "Says who decided" }]
answer = "We had two options."
tags = ["senior"]
[[cards]]
id = "easy"
question = "Tell me of an easy one"
answer = "None was."
"""
TWO = f"""
title = "Two"
[[cards]]
id = "odd"
question = "{HOSTILE}"
key_points = ["{HOSTILE}"]
answer = "{HOSTILE}"
[[cards]]
id = "café"
question = "Where is the Café?"
answer = "At the corner."
"""
LOG = """\
20261101T120000000Z-ffff01 = { card = "hard", day = 2026-11-01, rating = "good", recalled = ["options"], missed = ["who"], due = 2026-11-03 }
20261103T120000000Z-ffff01 = { card = "hard", day = 2026-11-03, rating = "good", recalled = ["options"], missed = ["who"], due = 2026-11-30 }
20261120T120000000Z-ffff01 = { card = "easy", day = 2026-11-20, rating = "good", due = 2026-11-21 }
"""  # noqa: E501


def listed(app: TrainerApp) -> list[str]:
    return app.screen.query_one(CardList).ids


def row(app: TrainerApp, number: int) -> str:
    return app.screen.query_one(CardList).render_line(number).text


def status(app: TrainerApp) -> str:
    return str(app.screen.query_one(StatusLine).render()) if isinstance(app.screen, BrowseScreen) else ""


async def browse(pilot: Pilot[None], *keys: str, sees: Callable[[], object] = lambda: True) -> None:
    """Press keys, and wait for what they bring: what is asked before it is done takes some turns."""
    await pilot.press(*keys)
    await pilot.pause()
    for _ in range(100):
        if sees():
            return
        await pilot.pause()
    assert sees()


async def test_cards_are_found_looked_at_and_changed(
    open_app: OpenApp, home: Home, clock: FixedClock, write_deck: Callable[..., Path]
) -> None:
    home.log.write_text(LOG, encoding="utf-8")
    app = open_app(ONE, TWO)
    async with app.run_test(size=(120, 40)) as pilot:
        await browse(pilot, "b")
        assert isinstance(app.screen, BrowseScreen)
        assert listed(app) == ["hard", "easy", "odd", "café"]
        assert said(app, "#count") == "4 cards"
        assert row(app, 0).startswith("›  Tell me of a hard call ")
        assert row(app, 1).split()[-3:] == ["One", "today", "95%"]
        await browse(pilot, "v")
        assert row(app, 1).split()[-5:] == ["One", "today", "95%", "1", "95%"]
        await browse(pilot, "v")

        card = said(app, "#card")
        assert card.startswith("Tell me of a hard call\nin One, tags senior\n\n•")
        flat = " ".join(card.split())
        assert "• Says who decided" in flat
        assert "missed 1 time" in flat
        assert "Due on Monday 30 November." in card
        assert "when it is due. 100%" in flat
        assert "2026-11-03  good, 1 of 2 points, due\n            2026-11-30" in card
        assert card.endswith("We had two options.")
        await browse(pilot, "down", "down")
        flat = " ".join(said(app, "#card").split())
        assert flat.startswith(LITERAL)
        assert "New: never asked." in flat
        assert LITERAL.startswith(row(app, 2)[3:20].rstrip("…"))

        await browse(pilot, "slash", *"caf")
        assert listed(app) == ["café"]
        assert said(app, "#count") == "1 of 4 cards"
        await browse(pilot, *" is:")
        assert said(app, "#wrong") == "! `is:` needs a state, such as due."
        assert listed(app) == ["café"]
        await browse(pilot, *"due")
        assert (said(app, "#wrong"), listed(app)) == ("", [])
        assert said(app, "#card") == "No card fits this search."
        app.screen.query_one(Input).value = "is:review"
        await browse(pilot, "enter")
        assert listed(app) == ["hard", "easy"]

        await browse(pilot, "asterisk", sees=lambda: said(app, "#count") == "2 marked, 2 of 4 cards")
        await browse(pilot, "s", sees=lambda: status(app) == "2 cards suspended. u takes that back.")
        assert listed(app) == []
        app.screen.query_one(Input).value = ""
        await browse(pilot, sees=lambda: "suspended" in row(app, 0))
        await browse(pilot, "p", sees=lambda: "Suspended cards are not asked" in status(app))
        await browse(pilot, "u", sees=lambda: status(app) == "Taken back: 2 cards suspended.")
        assert "in 9 d" in row(app, 0)

        deck = home.decks / "deck-0.toml"
        await browse(pilot, "home", "space", "space", "t", sees=lambda: isinstance(app.screen, AskScreen))
        await browse(pilot, *"senior", "enter", sees=lambda: status(app).startswith("1 card with the tag senior."))
        assert 'tags = ["senior"]' in deck.read_text(encoding="utf-8").split('id = "easy"')[1]
        await browse(pilot, "t", sees=lambda: isinstance(app.screen, AskScreen))
        await browse(pilot, *"-senior", "enter", sees=lambda: "without the tag senior" in status(app))
        assert "senior" not in deck.read_text(encoding="utf-8")
        await browse(pilot, "u", "u", sees=lambda: deck.read_text(encoding="utf-8") == ONE)
        await browse(pilot, "home", "c", sees=lambda: isinstance(app.screen, EditScreen))
        await browse(pilot, "X", "ctrl+s", sees=lambda: status(app).startswith("Saved"))
        assert "callX" in row(app, 0)
        await browse(pilot, "u", sees=lambda: deck.read_text(encoding="utf-8") == ONE)

        await browse(pilot, "s", sees=lambda: status(app).startswith("2 cards suspended"))
        await browse(pilot, "t", sees=lambda: isinstance(app.screen, AskScreen))
        await browse(pilot, *"new", "enter", sees=lambda: status(app).startswith("2 cards with the tag new."))
        deck.write_text(f"{deck.read_text(encoding='utf-8')}# by hand\n", encoding="utf-8")
        await browse(
            pilot, "u", sees=lambda: "This can no longer be taken back: 2 cards with the tag new." in status(app)
        )
        assert "was changed by another program. u takes back what was done before that." in status(app)
        await browse(pilot, "u", sees=lambda: status(app) == "Taken back: 2 cards suspended.")
        assert deck.read_text(encoding="utf-8").endswith("# by hand\n")
        deck.write_text(ONE, encoding="utf-8")

        await browse(pilot, "home", "m", sees=lambda: isinstance(app.screen, ChooseScreen))
        await browse(pilot, "down", "enter", sees=lambda: status(app).startswith("2 cards moved to Two."))
        assert listed(app) == ["odd", "café", "hard", "easy"]
        await browse(pilot, "u", sees=lambda: listed(app)[0] == "hard")
        await browse(pilot, "r", sees=lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.click("#yes")
        await browse(pilot, sees=lambda: status(app).startswith("2 cards begun anew."))
        assert app.collection.state("hard").reviews == 0
        await browse(pilot, "u", sees=lambda: app.collection.state("hard").reviews == 2)

        await browse(pilot, "enter", sees=lambda: isinstance(app.screen, ReviewScreen))
        await browse(pilot, "space", "g", sees=lambda: app.collection.state("easy").reviews == 2)
        await browse(pilot, "q", sees=lambda: isinstance(app.screen, SummaryScreen))
        await browse(pilot, "q", sees=lambda: isinstance(app.screen, BrowseScreen))
        await browse(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        await browse(pilot, "escape", "q")
        assert isinstance(app.screen, TodayScreen)


async def test_the_list_goes_by_palette_keys_and_mouse_in_every_order_and_size(open_app: OpenApp, home: Home) -> None:
    home.log.write_text(LOG, encoding="utf-8")
    many = "".join(f'[[cards]]\nid = "c{n}"\nquestion = "Number {n}?"\nanswer = "A"\n' for n in range(60))
    app = open_app(ONE, TWO, f'title = "Many"\n{many}')
    async with app.run_test(size=(80, 24)) as pilot:
        for here in (TodayScreen, BrowseScreen):
            assert isinstance(app.screen, here)
            await browse(pilot, "ctrl+p", *"corn")
            await app.workers.wait_for_complete()
            await browse(pilot, "enter", sees=lambda: isinstance(app.screen, BrowseScreen))
            await browse(pilot, sees=lambda: app.screen.query_one(CardList).current == "café")
            await browse(pilot, "home")
        cards, pane = app.screen.query_one(CardList), app.screen.query_one(CardPane)
        assert pane.region.y > cards.region.bottom - 1
        await browse(pilot, "end")
        assert cards.current == "café"
        assert row(app, cards.cursor - round(cards.scroll_y)).startswith("›")
        await browse(pilot, "pageup", "k", "home", "j", "pagedown")
        assert cards.cursor == 1 + cards.size.height - 1
        height = cards.size.height
        await browse(pilot, "v")
        assert not pane.display
        assert cards.size.height > height
        await browse(pilot, "v", "J", "home")

        await pilot.click(CardList, offset=(1, 2))
        await pilot.click(CardList, offset=(9, 4))
        assert (cards.marked, cards.cursor) == ({"c2"}, 4)
        await browse(pilot, "asterisk", "asterisk")
        assert cards.marked == set()
        await pilot.click(CardHeadings, offset=(4, 0))
        await pilot.pause()
        assert cards.ids[:3] == ["odd", "c0", "c10"]
        await pilot.click(CardHeadings, offset=(4, 0))
        await pilot.pause()
        assert cards.ids[0] == "café"
        assert "question▼" in app.screen.query_one(CardHeadings).render_line(0).text
        await browse(pilot, "o", "o")
        assert cards.ids[:2] == ["easy", "hard"]
        await browse(pilot, "O", "home")
        assert cards.ids[:2] == ["hard", "easy"]
        for _ in range(4):
            await browse(pilot, "o")
        assert cards.current == "hard"
        await browse(pilot, "v", "slash", *"zz")
        assert pane.display
        assert said(app, "#card") == "No card fits this search."
        await browse(pilot, *["backspace"] * 2, "down")
        assert not pane.display
        await browse(pilot, "v")
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        shown = [key for key in app.screen.query("FooterKey") if key.display]
        assert {"help", "leave"} <= {getattr(key, "action", "") for key in shown}
        assert all(key.region.right <= 60 for key in shown)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert pane.region.x > cards.region.right - 1
        (home.decks / "deck-0.toml").unlink()
        await browse(pilot, "slash", *"zz")
        shown = [each.binding.description for each in app.screen.active_bindings.values() if each.binding.show]
        assert shown == ["list"]
        await browse(pilot, "down", "q", "b")
        assert "hard" not in listed(app)


async def test_an_empty_home_says_how_to_begin(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await browse(pilot, "b", "space", "enter", "s", "o", "asterisk", "end", "pagedown", "u")
        assert said(app, "#card").startswith("There is no card yet.")
        assert said(app, "#count") == "0 cards"


async def test_a_search_still_to_come_when_browse_is_left_is_let_be(open_app: OpenApp) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.press("b")
        left = app.screen
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(left, BrowseScreen)
        left.search()
        assert isinstance(app.screen, TodayScreen)

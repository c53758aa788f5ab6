from collections.abc import Callable

from textual.widgets import Static

from trainer.clock import FixedClock
from trainer.tui.app import TrainerApp
from trainer.tui.screens.review import ReviewScreen
from trainer.tui.screens.summary import SummaryScreen
from trainer.tui.screens.today import TodayScreen

OpenApp = Callable[..., TrainerApp]
DECK = 'title = "Many"\n' + "".join(
    f'[[cards]]\nquestion = "Question {n}?"\nkey_points = ["Point {n}a", "Point {n}b"]\n' for n in range(8)
)


def said(app: TrainerApp) -> str:
    return "\n".join(str(part.render()) for part in app.screen.query("#body Static").results(Static))


async def test_it_says_what_was_done_missed_and_left(open_app: OpenApp, clock: FixedClock) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        clock.move(seconds=90)
        await pilot.press("space", "1", "g", "space", "0", "e", "q")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        words = said(app)
    assert "2 cards in 2 minutes." in words
    assert "1 card with missed points" in words
    assert "3 questions left for today: press Enter." in words
    assert "Question 0?" in words
    assert "○ Point 0b" in words
    assert "Point 0a" not in words
    assert "Known tomorrow" in words


async def test_enter_goes_on_where_something_is_left(open_app: OpenApp) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("space", "0", "g", "q")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert str(app.screen.query_one("#question", Static).render()) == "Question 1?"


async def test_when_nothing_is_left_more_new_cards_can_be_had(open_app: OpenApp) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        for _ in range(5):
            await pilot.press("space", "0", "g")
        await pilot.pause()
        assert "Press m for 3 new cards or p to practise." in said(app)
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert str(app.screen.query_one("#question", Static).render()) == "Question 5?"


async def test_undo_on_the_summary_brings_the_last_question_back(open_app: OpenApp) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("space", "0", "g", "q")
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert str(app.screen.query_one("#question", Static).render()) == "Question 0?"


async def test_escape_goes_back_to_today(open_app: OpenApp) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("space", "0", "g", "q")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_d_says_so_where_no_point_is_weak(open_app: OpenApp) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("space", "0", "g", "q")
        await pilot.pause()
        assert "No point is likelier" not in said(app)
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert said(app).startswith("1 card in ")
        assert "No point is likelier to be missed today than you ask for." in said(app)


async def test_d_goes_on_with_weak_points(open_app: OpenApp, clock: FixedClock) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("space", "0", "g", "q")
        await pilot.pause()
        clock.move(days=40)
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert str(app.screen.query_one("#question", Static).render()) == "Question 0?"


async def test_d_is_no_key_where_nothing_was_ever_reviewed(open_app: OpenApp) -> None:
    app = open_app('title = "Empty"\n', review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert "d" not in app.screen.active_bindings
        assert "u" in app.screen.active_bindings

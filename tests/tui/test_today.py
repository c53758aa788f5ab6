from collections.abc import Callable
from pathlib import Path

from textual.widgets import Static

from tests.tui.conftest import said
from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.tui.app import TrainerApp
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.review import ReviewScreen
from trainer.tui.screens.summary import SummaryScreen
from trainer.tui.screens.today import TodayScreen
from trainer.tui.widgets.deck_table import DeckTable

OpenApp = Callable[..., TrainerApp]
ONE = 'title = "One"\n[[cards]]\nquestion = "First?"\nanswer = "Yes."\n'
TWO = 'title = "Two"\n[[cards]]\nquestion = "Second?"\nanswer = "Yes."\n'


def rows(app: TrainerApp) -> list[list[str]]:
    table = app.screen.query_one(DeckTable)
    return [list(table.cells(row)) for row in range(table.items())]


async def test_today_says_in_a_sentence_what_there_is(open_app: OpenApp) -> None:
    app = open_app(ONE, TWO)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert said(app, "#sentence").startswith("2 questions today, about ")
        assert said(app, "#advice") == "2 new. Press Enter to start."
        assert rows(app) == [["All decks", "–", "2", "–"], ["One", "–", "1", "–"], ["Two", "–", "1", "–"]]


async def test_enter_starts_all_decks_and_a_row_starts_its_own(open_app: OpenApp) -> None:
    app = open_app(ONE, TWO)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert said(app, "#question") == "Second?"


async def test_a_row_clicked_twice_starts(open_app: OpenApp) -> None:
    app = open_app(ONE, TWO)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.click("#decks", offset=(4, 1))
        await pilot.click("#decks", offset=(4, 1))
        await pilot.pause()
        assert said(app, "#question") == "First?"


async def test_p_practises_cards_that_are_not_due(open_app: OpenApp) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter", "space", "g", "q")
        await pilot.pause()
        assert said(app, "#sentence") == "Nothing is due today."
        await pilot.press("p")
        await pilot.pause()
        assert said(app, "#question") == "First?"


async def test_enter_with_nothing_due_says_so_on_the_summary(open_app: OpenApp) -> None:
    app = open_app('title = "Empty"\n')
    async with app.run_test() as pilot:
        await pilot.pause()
        assert said(app, "#sentence") == "There is no card yet."
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert said(app, "#sentence") == "There is no card here yet."


async def test_without_decks_it_says_how_to_get_one(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert said(app, "#sentence") == "There is no deck yet."
        assert "Press n to write a card, or i to build a deck" in said(app, "#advice")


async def test_the_first_run_points_at_the_deck_that_teaches_the_trainer(tmp_path: Path, clock: FixedClock) -> None:
    app = TrainerApp(Collection(Home(tmp_path / "fresh"), clock))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert said(app, "#advice").startswith("Welcome.")
        assert app.screen.query_one(DeckTable).deck == "start-here.toml"


async def test_a_broken_deck_is_named_and_hides_no_other(open_app: OpenApp) -> None:
    app = open_app(ONE, "title = \n")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "deck-1.toml:1" in said(app, "#trouble")
        assert [row[0] for row in rows(app)] == ["All decks", "One"]


async def test_a_deck_written_meanwhile_appears_and_the_cursor_stays_on_its_deck(
    open_app: OpenApp, write_deck: Callable[..., Path]
) -> None:
    app = open_app(TWO)
    async with app.run_test() as pilot:
        await pilot.press("down")
        write_deck(ONE, "deck-.toml")
        assert isinstance(app.screen, TodayScreen)
        app.screen.look_again()
        await pilot.pause()
        assert [row[0] for row in rows(app)] == ["All decks", "One", "Two"]
        assert app.screen.query_one(DeckTable).deck == "deck-0.toml"


async def test_behind_another_screen_it_leaves_what_changes_to_that(
    open_app: OpenApp, write_deck: Callable[..., Path]
) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        today = app.screen
        assert isinstance(today, TodayScreen)
        await pilot.press("enter")
        await pilot.pause()
        write_deck(TWO, "deck-1.toml")
        today.look_again()
        assert app._collection.refresh().decks


async def test_a_new_day_is_noticed(open_app: OpenApp, clock: FixedClock) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter", "space", "g", "q")
        await pilot.pause()
        clock.move(days=30)
        assert isinstance(app.screen, TodayScreen)
        app.screen.look_again()
        await pilot.pause()
        assert said(app, "#advice") == "1 to keep alive. Press Enter to start."


async def test_undo_takes_back_an_answer_of_an_earlier_run(open_app: OpenApp, home: Home, clock: FixedClock) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter", "space", "g")
        await pilot.pause()
    again = TrainerApp(Collection(home, clock))
    async with again.run_test() as pilot:
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(again.screen, ReviewScreen)
        assert said(again, "#question") == "First?"
        assert said(again, "#status") == "Taken back: the answer (good)."


async def test_help_lists_the_keys_of_this_screen(open_app: OpenApp) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        keys, does = (
            [str(each.render()) for each in app.screen.query(part).results(Static)]
            for part in (".help-key", ".help-does")
        )
        assert dict(zip(keys, does, strict=True))["Enter"].startswith("start")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_q_leaves_the_trainer(open_app: OpenApp) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_a_log_that_cannot_be_read_is_told_and_stops_nothing(open_app: OpenApp, home: Home) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        home.log.mkdir()
        assert isinstance(app.screen, TodayScreen)
        app.screen.look_again()
        await pilot.pause()
        assert "progress.toml cannot be read" in " ".join(said(app, "#trouble").split())
        home.log.rmdir()
        app.screen.look_again(always=True)
        await pilot.pause()
        assert said(app, "#trouble") == ""


COPY = "progress.sync-conflict-20261121-101112-ABCDEFG.toml"
EVENTS = """20261120T093000118Z-aaaa01 = { card = "x", rating = "good", day = 2026-11-20 }
20261120T093100118Z-aaaa01 = { card = "y", rating = "good", day = 2026-11-20 }
"""


async def test_m_merges_a_conflict_copy_and_says_what_came(open_app: OpenApp, home: Home) -> None:
    app = open_app(ONE)
    (home.folder / COPY).write_text(EVENTS, encoding="utf-8")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert said(app, "#copies") == f"{COPY} holds 2 answers that are not in your log: m merges it."
        await pilot.press("m")
        await pilot.pause()
        assert said(app, "#copies") == f"{COPY}: 2 events added, 0 known already. You may delete it."
        await pilot.press("m")
        await pilot.pause()
    assert home.log.read_text(encoding="utf-8").count("rating") == 2
    assert (home.folder / COPY).read_text(encoding="utf-8") == EVENTS


async def test_a_copy_that_vanished_meanwhile_is_told_and_ends_nothing(open_app: OpenApp, home: Home) -> None:
    app = open_app(ONE)
    (home.folder / COPY).write_text(EVENTS, encoding="utf-8")
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        (home.folder / COPY).unlink()
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert not app.screen.query_one("#copies").display


async def test_without_a_copy_m_is_no_key(open_app: OpenApp, home: Home) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("m")
        await pilot.pause()
        assert not app.screen.query_one("#copies").display
    assert not home.log.exists()


async def test_undo_without_the_home_is_told_and_ends_nothing(open_app: OpenApp, home: Home) -> None:
    app = open_app(ONE)
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        home.folder.rename(home.folder.with_name("away"))
        await pilot.press("u", "enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        home.folder.with_name("away").rename(home.folder)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)


LONG_AGO = '20261001T120000000Z-ffff01 = { card = "old", day = 2026-10-01, rating = "good", recalled = ["answer"] }\n'
OLD = 'title = "Old"\n[[cards]]\nid = "old"\nquestion = "Old?"\nanswer = "Yes."\n'


async def test_d_drills_the_weak_points_of_a_deck_that_was_reviewed(open_app: OpenApp, home: Home) -> None:
    home.log.write_text(LONG_AGO, encoding="utf-8")
    app = open_app(ONE, OLD)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("down", "d")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)  # nothing of One was ever asked
        await pilot.press("down", "d")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert said(app, "#question") == "Old?"
        await pilot.press("space", "g")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
    assert "given = true" in home.log.read_text(encoding="utf-8")


async def test_d_is_in_the_footer_where_something_was_reviewed(open_app: OpenApp, home: Home) -> None:
    home.log.write_text(LONG_AGO, encoding="utf-8")
    app = open_app(ONE, OLD)
    async with app.run_test() as pilot:
        await pilot.pause()
        offered = []
        for _ in range(3):
            offered.append("d" in app.screen.active_bindings)
            await pilot.press("down")
            await pilot.pause()
        assert offered == [True, False, True]  # all decks, One, Old


def dated(home: Home, *titles: str) -> None:
    """Let decks have dates a few days after the tests' day, in this order."""
    days = (f'[decks."{title}"]\nby = 2026-11-{23 + number}\n' for number, title in enumerate(titles))
    home.settings.write_text("".join(days), encoding="utf-8")


async def test_what_to_expect_on_the_dates_of_decks_is_filled_in(open_app: OpenApp, home: Home) -> None:
    dated(home, "Two", "One")
    app = open_app(ONE, TWO)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        two, one = said(app, "#outlook").splitlines()
        assert two.startswith("Two: 2 days left; ")
        assert one.startswith("One: 3 days left; ")
        assert two.endswith(" if you go on, 0% if you stop now.")


async def test_only_the_nearest_three_dates_are_told(open_app: OpenApp, home: Home) -> None:
    dated(home, "A", "B", "C", "D")
    app = open_app(*(ONE.replace('"One"', f'"{title}"').replace("First", title) for title in "ABCD"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert [line[:2] for line in said(app, "#outlook").splitlines()] == ["A:", "B:", "C:"]


async def test_what_to_expect_follows_an_answer(open_app: OpenApp, home: Home) -> None:
    dated(home, "One")
    app = open_app(ONE)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert said(app, "#outlook").endswith(" 0% if you stop now.")
        await pilot.press("enter", "space", "g", "q")
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert said(app, "#outlook").startswith("One: 2 days left; ")
        assert not said(app, "#outlook").endswith(" 0% if you stop now.")


async def test_without_a_date_there_is_no_outlook(open_app: OpenApp) -> None:
    app = open_app(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert not app.screen.query_one("#outlook").display
        assert "while you were away" not in said(app, "#advice")


async def test_someone_who_was_away_reads_when_they_are_level(open_app: OpenApp, home: Home) -> None:
    cards = "".join(f'[[cards]]\nid = "{n}"\nquestion = "{n}?"\nanswer = "Yes."\n' for n in range(30))
    home.log.write_text("".join(LONG_AGO.replace("000Z", f"{n:03}Z").replace('"old"', f'"{n}"') for n in range(30)))
    app = open_app(f'title = "Old"\n{cards}')
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        todo, away = said(app, "#advice").splitlines()
        assert todo.endswith(" to keep alive. Press Enter to start.")
        assert away.startswith("30 cards came due while you were away: about ")

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from tests.tui.conftest import said
from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.collection.merging import merge
from trainer.home import Home
from trainer.progress.merging import read_other
from trainer.study.share import Limits
from trainer.tui.app import TrainerApp
from trainer.tui.key_guard import KeyTimes
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.review import ReviewScreen
from trainer.tui.screens.summary import SummaryScreen
from trainer.tui.screens.today import TodayScreen
from trainer.tui.widgets.checklist import Checklist
from trainer.tui.widgets.place_line import PlaceLine
from trainer.tui.widgets.review_pane import ReviewPane

DECK = """
title = "Two"
[[cards]]
id = "points"
question = "Which three?"
key_points = [{ id = "a", text = "First" }, { id = "b", text = "Second" }, { id = "c", text = "Third" }]
answer = "All **three**, see [here](https://example.org)."
follow_ups = ["And a fourth?"]
hint = "Count."
why = "Counting."
[[cards]]
id = "plain"
question = "Which one?"
answer = "This one."
"""
PLAIN = """
[[cards]]
question = "Which one?"
answer = "This one."
"""
MISSED = 'rating = "good", recalled = ["a", "c"], missed = ["b"]'
OpenApp = Callable[..., TrainerApp]


def logged(home: Home) -> list[dict[str, Any]]:
    """Return the reviews in the log, in order."""
    if not home.log.exists():
        return []
    events = tomllib.loads(home.log.read_text(encoding="utf-8"))
    return [events[key] for key in sorted(events) if "rating" in events[key]]


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def shown(app: TrainerApp, selector: str) -> bool:
    return app.screen.query_one(selector).display


async def test_the_question_stands_alone_has_nothing_to_take_back_and_can_wait(open_app: OpenApp) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert said(app, "#question") == "Which three?"
        hidden = ("#hint", "#written", "#points-column", "#rest", "#ratings")
        assert not any(shown(app, part) for part in hidden)
        await press(pilot, "u")
        assert "nothing to take back" in said(app, "#status")
        await press(pilot, "n")
        assert said(app, "#question") == "Which one?"
        await press(pilot, "space", "g")
        assert said(app, "#question") == "Which three?"


async def test_what_a_rating_shows_is_what_it_records(open_app: OpenApp, home: Home, clock: FixedClock) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "0")
        words = str(app.screen.query_one("#rate-easy", Static).render())
        days = int(words.split()[2])
        await press(pilot, "e")
    (review,) = logged(home)
    assert (review["due"] - clock.now().date()).days == days


async def test_enter_is_good_once_a_point_is_ticked_and_where_there_is_none_to_tick(
    open_app: OpenApp, home: Home
) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "enter", "enter")
        assert logged(home) == []
        assert "Tick" in said(app, "#status")
        await press(pilot, "2", "enter")
        assert logged(home)[0]["recalled"] == ["b"]
        assert said(app, "#question") == "Which one?"
        await press(pilot, "enter", "enter")
    _, plain = logged(home)
    assert (plain["rating"], plain["recalled"]) == ("good", ["answer"])


async def test_arrows_and_space_tick(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "down", "down", "space", "up", "space", "space", "h")
    assert logged(home)[0]["recalled"] == ["c"]
    assert logged(home)[0]["rating"] == "hard"


async def test_again_takes_no_point_as_made(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "1", "a")
    review = logged(home)[0]
    assert (review["rating"], review.get("recalled"), review["missed"]) == ("again", None, ["a", "b", "c"])


async def test_no_key_grades_or_ticks_before_the_reveal(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        for key in ("a", "h", "g", "e", "1", "0"):
            await press(pilot, key)
            assert logged(home) == []
            assert app.screen.query_one(Checklist).ticked == frozenset()
        await press(pilot, "space")
        assert app.screen.query_one(Checklist).ticked == frozenset()


async def test_a_rating_that_the_ticks_do_not_allow_and_f4_without_an_editor_say_what_is_missing(
    open_app: OpenApp, home: Home
) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "f4")
        assert "EDITOR" in said(app, "#status")
        await press(pilot, "space")
        for key in ("h", "g", "e"):
            await press(pilot, "f4")
            assert "EDITOR" in said(app, "#status")
            await press(pilot, key)
            assert "Tick" in said(app, "#status")
        assert logged(home) == []
        await press(pilot, "1", "e")
        assert "Easy is for all points" in said(app, "#status")
        await press(pilot, "0", "e")
    (review,) = logged(home)
    assert review["rating"] == "easy"


async def test_no_grade_counts_within_the_first_moment_after_the_reveal(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True, times=KeyTimes(after_reveal=60))
    async with app.run_test() as pilot:
        await press(pilot, "space", "1", "g", "a", "enter")
        await pilot.click("#rate-good")
        await pilot.pause()
    assert logged(home) == []


async def test_a_double_enter_does_not_grade(open_app: OpenApp, home: Home) -> None:
    app = open_app(PLAIN, review=True, times=KeyTimes(after_reveal=60, repeat=60, first_repeat=60))
    async with app.run_test() as pilot:
        await press(pilot, "enter", "enter", "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert shown(app, "#ratings")
    assert logged(home) == []


async def test_a_held_key_undoes_suspends_and_skips_only_once(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True, times=KeyTimes(after_reveal=0, repeat=60, first_repeat=60))
    async with app.run_test() as pilot:
        await press(pilot, "s", "s", "s", "s")
        assert home.log.read_text(encoding="utf-8").count("suspend") == 1


async def test_digits_and_letters_write_while_writing_which_tab_and_escape_end(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "t", "x", "tab", "i")
        assert app.screen.query_one(TextArea).text == "x"
        assert shown(app, "#hint")
        await press(pilot, "t", *"1ag", "space", "q", "question_mark")
        assert app.screen.query_one(TextArea).text == "x1ag q?"
        await press(pilot, "escape")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "space")
        assert shown(app, "#written")
        assert shown(app, "#points-column")
    assert logged(home) == []


async def test_settings_open_the_field_for_every_question_and_show_the_time(
    open_app: OpenApp, home: Home, clock: FixedClock
) -> None:
    home.settings.write_text("typed_answers = true\nthink_timer = true\n", encoding="utf-8")
    app = open_app(DECK, review=True, times=KeyTimes(after_reveal=0, repeat=0, first_repeat=1e9))
    async with app.run_test() as pilot:
        await press(pilot, *"agh")
        assert app.screen.query_one(TextArea).text == "agh"
        clock.move(seconds=7)
        app.screen.query_one(ReviewPane).show_seconds()
        assert "7 s  1 of 2" in str(app.screen.query_one(PlaceLine).render())
        await press(pilot, "tab", "space", "1", "g", "g", "g", *"go")
        assert len(logged(home)) == 1
        assert app.screen.query_one(TextArea).text == "o"  # g was held, as far as one can tell
        await press(pilot, "g")
        assert app.screen.query_one(TextArea).text == "og"


async def test_undo_brings_the_ticks_back(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "1", "3", "g", "u")
        assert said(app, "#question") == "Which three?"
        assert app.screen.query_one(Checklist).ticked == {"a", "c"}
        await press(pilot, "2", "g")
    assert [review.get("missed") for review in logged(home)] == [["b"], None]
    assert home.log.read_text(encoding="utf-8").count("undo =") == 1


async def test_suspend_takes_the_card_away_and_undo_brings_it_back(open_app: OpenApp) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "s")
        assert said(app, "#question") == "Which one?"
        await press(pilot, "u")
        assert said(app, "#question") == "Which three?"


async def test_missed_points_return_with_the_others_given(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "1", "3", "g")
        assert said(app, "#question") == "Which one?"
        (review,) = logged(home)
        assert (review["rating"], review["recalled"], review["missed"]) == ("good", ["a", "c"], ["b"])
        await press(pilot, "space", "g")
        assert said(app, "#question") == "Which three?"
        await press(pilot, "space")
        rows = str(app.screen.query_one(Checklist).render())
        assert "✓ 1  First" in rows
        assert "○ 2  Second" in rows
        await press(pilot, "1", "2", "g")
        assert isinstance(app.screen, SummaryScreen)
    last = logged(home)[-1]
    assert (last["given"], last["recalled"], last.get("missed")) == (True, ["b"], None)


async def test_leaving_asks_only_when_ticks_or_text_would_be_lost(open_app: OpenApp) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "1", "q")
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, "n")
        assert app.screen.query_one(Checklist).ticked == {"a"}
        await press(pilot, "1", "q")
        assert isinstance(app.screen, TodayScreen)


async def test_the_answer_is_there_after_leaving_in_the_middle(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "0", "g", "space", "escape")
        assert isinstance(app.screen, SummaryScreen)
    assert len(logged(home)) == 1


async def test_time_in_the_help_does_not_count(open_app: OpenApp, home: Home, clock: FixedClock) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        clock.move(seconds=10)
        await press(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        clock.move(seconds=100)
        await press(pilot, "escape")
        clock.move(seconds=5)
        await press(pilot, "space", "0", "g")
    assert logged(home)[0]["seconds"] == 15


async def test_the_mouse_reveals_ticks_and_grades(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.click("#reveal")
        await pilot.pause()
        await pilot.click("#points", offset=(8, 1))
        await pilot.pause()
        await pilot.click("#rate-good")
        await pilot.pause()
    assert logged(home)[0]["recalled"] == ["b"]


async def test_a_link_is_named_and_not_opened(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    app = open_app(DECK, review=True)
    monkeypatch.setattr(app, "open_url", lambda url, **_: opened.append(url))
    async with app.run_test() as pilot:
        await press(pilot, "space")
        paragraph = app.screen.query_one("#answer MarkdownParagraph")
        await pilot.click(paragraph, offset=(16, 0))
        await pilot.pause()
        assert "https://example.org" in said(app, "#status")
    assert opened == []


async def test_an_answer_that_cannot_be_saved_stays_and_is_tried_again(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "1")
        home.log.mkdir()
        await press(pilot, "g")
        assert "Not saved" in said(app, "#status")
        assert said(app, "#question") == "Which three?"
        assert app.screen.query_one(Checklist).ticked == {"a"}
        home.log.rmdir()
        await press(pilot, "g")
        assert said(app, "#question") == "Which one?"
    assert len(logged(home)) == 1


def fail(home: Home) -> None:
    lock = home.folder / "progress.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()


def mend(home: Home) -> None:
    (home.folder / "progress.lock").rmdir()


async def test_any_key_saves_the_answer_that_was_kept_and_u_takes_it_back(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "1")
        for number, key in enumerate(("g", "a", "1", "0", "enter", "space", "n", "s", "t", "i", "x", "f4"), 1):
            fail(home)
            await press(pilot, "h")
            assert "any key tries again, w writes it to another file" in said(app, "#status")
            await press(pilot, key)
            assert "Not saved" in said(app, "#status")
            mend(home)
            await press(pilot, key)
            assert said(app, "#question") == "Which one?"
            assert said(app, "#status").startswith("Saved: hard, ")
            saved = [(review["rating"], review["recalled"]) for review in logged(home)]
            assert saved == number * [("hard", ["a"])]
            await press(pilot, "u")
            assert said(app, "#question") == "Which three?"
            assert app.screen.query_one(Checklist).ticked == {"a"}
        fail(home)
        await press(pilot, "h", "u")
        assert said(app, "#status") == "Taken back: it was not saved."
        assert app.screen.query_one(Checklist).ticked == {"a"}
        mend(home)
        await press(pilot, "2", "g")
        assert said(app, "#question") == "Which one?"
    last = logged(home)[-1]
    assert (last["rating"], last["recalled"]) == ("good", ["a", "b"])
    assert len(logged(home)) == 13


async def test_w_writes_an_answer_that_was_not_saved_to_a_file_in_the_users_folder(
    open_app: OpenApp, home: Home, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own folder"
    own.mkdir()
    monkeypatch.setenv("HOME", str(own))
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "w")
        fail(home)
        await press(pilot, "space", "1", "h", "w")
        assert said(app, "#question") == "Which one?"
        (path,) = own.iterdir()
        assert path.name == "trainer-answers-2026-11-21.toml"
        assert said(app, "#status") == f"Written elsewhere. Later: trainer merge ~/{path.name}"
        await press(pilot, "space", "g", "w")
        assert isinstance(app.screen, SummaryScreen)
        assert f"Not in the log yet: trainer merge '{path}'" in said(app, "#advice")
        mend(home)
    collection = Collection(home, clock)
    assert merge(collection, read_other(path)).came == 4
    assert [review["rating"] for review in logged(home)] == ["hard", "good"]


async def test_without_a_folder_of_the_user_w_writes_among_temporary_files(
    open_app: OpenApp, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        fail(home)
        await press(pilot, "space", "1", "h", "w")
        assert said(app, "#question") == "Which one?"
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
        await press(pilot, "space", "g", "w")
        assert "Not saved" in said(app, "#status")
        mend(home)
        await press(pilot, "space")
        assert isinstance(app.screen, SummaryScreen)
    assert (tmp_path / "trainer-answers-2026-11-21.toml").exists()
    assert [review["card"] for review in logged(home)] == ["plain"]


@pytest.mark.parametrize("name", ["", "decks"], ids=["home", "decks"])
async def test_a_home_out_of_reach_for_a_while_is_told_and_ends_nothing(
    open_app: OpenApp, home: Home, name: str
) -> None:
    app = open_app(DECK, review=True)
    place = home.folder / name
    async with app.run_test() as pilot:
        await press(pilot, "space", "1")
        away = place.rename(place.with_name("away"))
        await press(pilot, "u")
        assert "is not there" in said(app, "#status")
        await press(pilot, "n")
        assert said(app, "#question") == "Which one?"
        assert said(app, "#status").startswith(f"Later in this session. The folder {home.decks} is not there.")
        away.rename(place)
        await press(pilot, "space", "g", "space", "0", "g")
        assert isinstance(app.screen, SummaryScreen)
    assert len(logged(home)) == 2


async def test_the_session_ends_on_the_summary(open_app: OpenApp) -> None:
    app = open_app(DECK, review=True, limits=Limits(cards=1))
    async with app.run_test() as pilot:
        await press(pilot, "space", "0", "g")
        assert isinstance(app.screen, SummaryScreen)


async def test_a_deck_edited_meanwhile_is_read_before_the_next_question(
    open_app: OpenApp, write_deck: Callable[..., Path]
) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        write_deck(DECK.replace("Which one?", "Which one, then?"), "deck-0.toml")
        await press(pilot, "space", "0", "g")
        assert said(app, "#question") == "Which one, then?"


async def test_of_the_last_card_not_now_says_so_and_leaving_asks_before_its_answer_is_saved(
    open_app: OpenApp, home: Home
) -> None:
    app = open_app(PLAIN, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "n")
        assert said(app, "#question") == "Which one?"
        assert "Nothing else is left" in said(app, "#status")
        fail(home)
        await press(pilot, "space", "g", "q")
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, ReviewScreen)


async def test_an_answer_saved_moves_on_though_the_log_cannot_be_read_then(
    open_app: OpenApp, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "0")
        moved = home.folder / "moved"
        flush = os.fsync

        def flush_then_lose(descriptor: int) -> None:
            flush(descriptor)
            if not moved.exists():
                home.log.rename(moved)
                home.log.mkdir()

        monkeypatch.setattr(os, "fsync", flush_then_lose)
        await press(pilot, "g")
        assert said(app, "#question") == "Which one?"
    assert moved.read_text(encoding="utf-8").count("rating") == 1


async def test_a_point_missed_so_often_is_pointed_out_with_what_to_do(open_app: OpenApp, home: Home) -> None:
    misses = [f'202610{day:02}T120000000Z-ffff01 = {{ card = "points", {MISSED} }}\n' for day in range(1, 7)]
    home.log.write_text("".join(misses), encoding="utf-8")
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "1", "3", "g")
        saved, *advice = said(app, "#status").splitlines()
        assert saved == "Saved: good, the points missed come back today. u takes it back."
        assert advice == ["“Second” was missed 6 times or more: reword it, make two of it."]
        assert app.screen.query_one("#status").size.height == 2


async def test_a_point_made_this_time_is_not_pointed_out(open_app: OpenApp, home: Home) -> None:
    misses = [f'202610{day:02}T120000000Z-ffff01 = {{ card = "points", {MISSED} }}\n' for day in range(1, 9)]
    home.log.write_text("".join(misses), encoding="utf-8")
    app = open_app(DECK, review=True)
    async with app.run_test() as pilot:
        await press(pilot, "space", "1", "2", "g")
        assert "missed come back today" in said(app, "#status")
        assert "reword" not in said(app, "#status")

"""Changing the card that is asked: in fields, in the editor, against another program; and one's own answer to it."""

from collections.abc import Callable

import pytest
from textual.widgets import Static, TextArea

from tests.tui.conftest import press, said
from trainer.collection.answering import own_answer
from trainer.home import Home
from trainer.tui.app import TrainerApp
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.conflict import ConflictScreen
from trainer.tui.screens.edit import EditScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.review import ReviewScreen
from trainer.tui.widgets.checklist import Checklist
from trainer.tui.widgets.points_field import PointsField

DECK = """\
# mine
title = "Two"

[[cards]]   # first
question = "Which three?"
key_points = [
  "First",   # of all
  "Second",
]
answer = "All of *them*."

[[cards]]
id = "plain"
question = "Which one?"
answer = "This one."
"""
OpenApp = Callable[..., TrainerApp]
SIZE = (80, 30)


def deck(home: Home) -> str:
    return (home.decks / "deck-0.toml").read_text(encoding="utf-8")


async def test_a_card_is_changed_in_the_middle_of_its_question(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "space", "1", "c")
        assert isinstance(app.screen, EditScreen)
        await press(pilot, "end", *"Now, ", "down", "end", "enter", *"New", "f2", "ctrl+up", "down", "end", *"ly")
        points = app.screen.query_one(PointsField).points
        assert [(point.text, point.weight) for point in points] == [("New", 2), ("Firstly", 1), ("Second", 1)]
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, ReviewScreen)
        assert said(app, "#question") == "Which three?Now,"
        assert "u takes it back" in said(app, "#status")
        ticks = app.screen.query_one(Checklist).ticked
        assert ticks == {points_id(app, "Firstly")}
        changed = DECK.replace("Which three?", "Which three?Now,").replace('"First"', '"Firstly"')
        assert deck(home) == changed.replace('  "Firstly"', '  { text = "New", weight = 2 },\n  "Firstly"')
        await press(pilot, "u")
        assert deck(home) == DECK
        assert said(app, "#question") == "Which three?"
        await press(pilot, "g")
        assert said(app, "#question") == "Which one?"


def points_id(app: TrainerApp, text: str) -> str:
    return next(p.id for p in app.screen.query_one(Checklist)._points if p.text == text)


async def test_what_is_wrong_is_said_and_nothing_is_lost(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "c", "f7", "backspace", "down", "down", "ctrl+s")
        assert "A card needs a `question`." in said(app, "#status")
        assert app.screen.focused is app.screen.query_one("#field-question")
        await press(pilot, *"Which?", "down", "f3", "f3", "f4")
        assert "EDITOR" in said(app, "#status")
        await press(pilot, "escape")
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, "n", "f1")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape", "escape", "y")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "c", "c", "escape", "y")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "c", *"!", "ctrl+s", "ctrl+s")
        assert isinstance(app.screen, ReviewScreen)
    assert deck(home) == DECK.replace("Which three?", "Which three?!")


async def test_all_points_may_go_where_there_is_an_answer(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "c", "down", "f3", *"x", "ctrl+u", "backspace", *"Only", "ctrl+s", "space")
        assert said(app, "#points-title").startswith("Key points")
        await press(pilot, "c", "down", "f3", "ctrl+s")
        assert not app.screen.query_one("#points-column").display
    assert deck(home) == DECK.replace('key_points = [\n  "First",   # of all\n  "Second",\n]\n', "")


async def test_of_two_versions_the_user_chooses(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    path = home.decks / "deck-0.toml"
    async with app.run_test(size=SIZE) as pilot:
        for key, left in (("t", "All of *you*."), ("m", "Mine")):
            path.write_text(DECK, encoding="utf-8")
            await press(pilot, "c")
            path.write_text(DECK.replace("*them*", "*you*"), encoding="utf-8")
            answer = app.screen.query_one("#field-answer", TextArea)
            answer.text = "Mine"
            await press(pilot, "ctrl+s")
            assert isinstance(app.screen, ConflictScreen)
            await press(pilot, "down", "question_mark")
            assert "take what the deck has now" in "\n".join(str(each.content) for each in app.screen.query(Static))
            await press(pilot, "escape", "escape", "ctrl+s")
            if key == "m":
                await pilot.click("#mine")
                await pilot.pause()
            else:
                await press(pilot, key)
                assert answer.text == left
                await press(pilot, "escape")
            assert isinstance(app.screen, ReviewScreen)
            assert left in deck(home)
        await press(pilot, "c")
        path.write_text('title = "Two"\n', encoding="utf-8")
        app.screen.query_one("#field-answer", TextArea).text = "Once more"
        await press(pilot, "ctrl+s", "pagedown", "m")
        assert isinstance(app.screen, ReviewScreen)
    assert deck(home).startswith('title = "Two"\n\n[[cards]]\nquestion = "Which three?"\n')
    assert "Once more" in deck(home)


async def test_a_card_is_deleted_and_comes_back(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "c", "f8", "y")
        assert said(app, "#question") == "Which one?"
        assert "Which three?" not in deck(home)
        await press(pilot, "u")
        assert deck(home) == DECK
        assert said(app, "#question") == "Which three?"
        await press(pilot, "space", "1", "2", "g")
        assert said(app, "#question") == "Which one?"


async def test_what_was_written_is_kept_as_ones_own_answer(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "k")
        assert not home.answers.exists()
        await press(pilot, "t", *"We did.", "tab", "k")
        assert "Kept as your answer" in said(app, "#status")
        await press(pilot, "space")
        assert app.screen.query_one("#own").display
        await press(pilot, "u")
        assert list(home.answers.iterdir()) == []
        await press(pilot, "k", "c")
        assert isinstance(app.screen, EditScreen)
        own = app.screen.query_one("#field-own", TextArea)
        assert own.text == "We did."
        own.text = ""
        await press(pilot, "f5")
        assert own.text.startswith("## Situation\n")
        own.text = "We did [b]it[/b]."
        await press(pilot, "ctrl+s")
        assert app.screen.query_one("#own").display
        card = app.screen._session.current.card  # type: ignore[attr-defined]
        assert own_answer(app.screen._session.collection, card.id) == "We did [b]it[/b]."  # type: ignore[attr-defined]
    assert deck(home) == DECK


async def test_a_deck_changed_by_another_program_is_shown_as_it_is_now(open_app: OpenApp, home: Home) -> None:
    app = open_app(DECK, review=True)
    path = home.decks / "deck-0.toml"
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "space", "2")
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        path.write_text(DECK.replace("of *them*", "of us").replace('"First"', '"Zeroth"'), encoding="utf-8")
        await screen.look_again()
        assert "changed in its deck" in said(app, "#status")
        assert screen.query_one(Checklist).ticked == {points_id(app, "Second")}
        path.write_text(DECK.replace("Which three?", "Which of these?"), encoding="utf-8")
        await screen.look_again()
        assert "elsewhere" in said(app, "#status")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_text_is_shown_as_written(open_app: OpenApp, size: tuple[int, int]) -> None:
    hostile = "[bold]x[/] [@click=app.quit]q[/] List[String] [/x] [$primary]"
    app = open_app(f'title = "{hostile}"\n[[cards]]\nquestion = "{hostile}"\nkey_points = ["{hostile}"]\n', review=True)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "c")
        assert hostile in said(app, "#place")
        assert [area.text for area in app.screen.query(TextArea)][:2] == [hostile, hostile]

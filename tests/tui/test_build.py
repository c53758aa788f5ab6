"""Building a deck in the app: from a file, from a pasted text, by hand; put right, written, taken back."""

from asyncio import timeout, to_thread
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.formats import documents
from tests.tui.conftest import said
from trainer.formats.planning import Known
from trainer.home import Home
from trainer.model import Card
from trainer.tui.app import TrainerApp
from trainer.tui.screens.build import BuildScreen
from trainer.tui.screens.draft import DraftScreen
from trainer.tui.screens.draft_form import DraftForm
from trainer.tui.screens.today import TodayScreen
from trainer.tui.screens.write import WriteScreen
from trainer.tui.widgets.document_pane import DocumentPane
from trainer.tui.widgets.draft_list import DraftList
from trainer.tui.widgets.drawn_rows import Rows, wrapped
from trainer.tui.widgets.place_line import PlaceLine
from trainer.tui.widgets.status_line import StatusLine

OpenApp = Callable[..., TrainerApp]
DECK = 'title = "Ropes"\n[[cards]]\nquestion = "Explain what a bight is."\nanswer = "A bend."\n'


async def settle(pilot: Pilot[None]) -> None:
    """Wait until what was begun apart has come to the screen."""
    await pilot.pause(0.25)  # the plan waits for more keys
    if apart := [worker for worker in pilot.app.workers if worker.name.endswith("_apart")]:
        await pilot.app.workers.wait_for_complete(apart)
    await pilot.pause()


def status(app: App[None]) -> str:
    return str(app.screen.query_one(StatusLine).render())


def row(rows: Rows, item: int) -> str:
    return "".join(text for text, _ in rows.pieces(item, 0)).rstrip()


async def to_draft(pilot: Pilot[None], path: Path) -> None:
    await pilot.pause()
    await pilot.press("i")
    await pilot.pause()
    pilot.app.screen.query_one("#path", Input).value = str(path)
    await pilot.pause()
    await pilot.press("enter")
    await settle(pilot)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "knots.md"
    path.write_text(documents.BANK, encoding="utf-8")
    return path


async def test_a_document_is_put_right_written_and_taken_back(open_app: OpenApp, bank: Path, home: Home) -> None:
    app = open_app(DECK)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_draft(pilot, bank)
        assert isinstance(app.screen, DraftScreen)
        assert status(app).startswith("3 cards found, 2 to look at (Space)")
        document, cards = app.screen.query_one(DocumentPane), app.screen.query_one(DraftList)
        assert row(document, 10) == "   11 Q▌ ### 1. What is a bight?"
        assert row(document, 20) == "   21 •▌ - **Closed:** the ends meet"
        assert "Nearly in your decks." in said(app, "#found-card")
        # what happens with a card that is there: once more is another choice
        await pilot.press("equals_sign", "equals_sign")
        assert "It will be: the home's card takes what this one says" in said(app, "#found-card")
        # the document moves the card, the card moves the document
        await pilot.press("n")
        assert document.cursor + 1 == 25
        await pilot.press("down", "down")
        assert status(app) == "Line 27: answer."
        await pilot.press("4")
        assert "Follow-ups\nThe one holds, the other slips" in said(app, "#found-card")
        await pilot.press("u")
        assert status(app) == "Taken back: taken."
        assert "Answer\nThe one holds, the other slips." in said(app, "#found-card")
        await pilot.press("1")
        assert "3 of 4: 4 kept" in str(app.screen.query_one(PlaceLine).render())
        await pilot.press("u", "d", "tab")
        await pilot.pause()
        assert row(cards, 1).startswith(" - Reef knot and granny knot")
        await pilot.press("w")
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)
        assert app.screen.query_one("#title", Input).value == "Knots"
        plan = said(app, "#plan")
        assert "1 card in a new deck, Knots.\n1 card of yours brought up to date." in plan
        assert "1 card dropped by you." in plan
        await pilot.press("down")
        await settle(pilot)
        assert said(app, "#into") == "Goes into this deck, which has 1 card."
        assert said(app, "#plan").startswith("1 card to Ropes.")
        await pilot.press("enter")
        await settle(pilot)
        written = (home.decks / "deck-0.toml").read_text(encoding="utf-8")
        assert "How do you end a rope?" in written
        assert "A loop of rope" in written
        assert "trainer undo 2026" in said(app, "#plan")
        await pilot.press("f8")
        await settle(pilot)
        assert status(app) == "Taken back: 1 card removed, 1 as before."
        undone = (home.decks / "deck-0.toml").read_text(encoding="utf-8")
        assert "How do you end a rope?" not in undone
        assert "A bend." in undone
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
    assert (home.decks / "deck-0.toml").read_text(encoding="utf-8") == written
    assert [file.name for file in home.decks.iterdir()] == ["deck-0.toml"]


async def choose_lines(pilot: Pilot[None]) -> None:
    """Choose lines by key and mouse; without room the card goes."""
    document = pilot.app.screen.query_one(DocumentPane)
    document.point_at(14)
    await pilot.press("shift+down", "J", "shift+up")
    assert document.lines == (15, 16)
    assert status(pilot.app).startswith("2 lines chosen. Line 16: ")
    await pilot.click(DocumentPane, offset=(12, 20), shift=True)
    assert document.lines[0] == 15 < 16 < document.lines[1]
    assert pilot.app.screen.query_one("#card").display
    await pilot.resize_terminal(70, 20)
    await pilot.pause()
    assert not pilot.app.screen.query_one("#card").display


async def test_importing_the_same_again_changes_nothing(open_app: OpenApp, bank: Path, home: Home) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(2):
            await to_draft(pilot, bank)
            if not list(home.decks.iterdir()):
                await choose_lines(pilot)
            await pilot.press("w")
            await settle(pilot)
            before = {file: file.read_bytes() for file in home.decks.iterdir()}
            await pilot.press("enter")
            await settle(pilot)
            if before:
                break
            await pilot.press("enter")
        assert status(app) == "There is nothing to write: your decks have all of it already."
        assert {file: file.read_bytes() for file in home.decks.iterdir()} == before
        assert home.log.read_text(encoding="utf-8").count("import =") == 1


async def test_a_pasted_text_is_read_and_a_card_is_written_by_hand(open_app: OpenApp) -> None:
    app = open_app(DECK)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("i")
        await pilot.pause()
        app.screen.query_one("#path", Input).post_message(events.Paste(documents.BARE))
        await settle(pilot)
        assert isinstance(app.screen, DraftScreen)
        assert "1 of 3: 3 kept" in str(app.screen.query_one(PlaceLine).render())
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, DraftForm)
        await pilot.press("f2")
        assert status(app) == "A card needs a question."
        app.screen.query_one("#form-question", TextArea).text = "Who waters your plants?"
        app.screen.query_one("#form-points", TextArea).text = "A name\n\nHow often"
        await pilot.press("f2")
        await pilot.pause()
        assert "Who waters your plants?" in said(app, "#found-card")
        assert "• A name\n• How often" in said(app, "#found-card")
        await pilot.press("c", *"Now: ", "f2")
        await pilot.pause()
        assert "Now: Who waters" in said(app, "#found-card")
        await pilot.press("escape", "n")
        await pilot.pause()
        assert isinstance(app.screen, DraftScreen)
        await pilot.press("escape", "y")
        await pilot.pause()
        assert isinstance(app.screen, BuildScreen)


async def test_a_deck_is_begun_by_hand(open_app: OpenApp, home: Home) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("i", "f3")
        await settle(pilot)
        assert "No card yet: a writes one." in said(app, "#found-card")
        assert app.screen.query_one("#found-card").region.height > 0
        await pilot.press("w", "d", "m", "c", "enter", "u", "1", "0", "n", "space")  # nothing to do these with
        assert isinstance(app.screen, DraftScreen)
        await pilot.press("a", *"Why?", "f2")
        await pilot.pause()
        await pilot.press("w")
        await settle(pilot)
        title = app.screen.query_one("#title", Input)
        title.value = ""
        await pilot.press("enter")
        assert status(app) == "Name the deck first."
        title.value = "Questions [/x]"
        await pilot.press("enter")
        await settle(pilot)
        assert said(app, "#plan").startswith("1 card added to Questions [/x].")
    (deck,) = home.decks.iterdir()
    assert 'answer = "No answer yet."' in deck.read_text(encoding="utf-8")


async def test_a_plan_for_a_title_given_up_is_not_written(
    open_app: OpenApp, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_planning, may_go_on = Event(), Event()

    def same(known: Known, card: Card) -> None:
        is_planning.set()
        may_go_on.wait(20)

    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("i", "f3")
        await settle(pilot)
        await pilot.press("a", *"Why?", "f2")
        await pilot.pause()
        monkeypatch.setattr(Known, "same", same)
        await pilot.press("w")
        assert await to_thread(is_planning.wait, 60)
        app.screen.query_one("#title", Input).value = "Ropes"  # while the plan for the first title is being made
        await pilot.press("enter")
        may_go_on.set()
        async with timeout(60):
            while not said(app, "#plan").startswith("1 card added"):
                await pilot.pause(0.02)
        assert said(app, "#plan").startswith("1 card added to Ropes.")
    (deck,) = home.decks.iterdir()
    assert deck.name == "ropes.toml"


async def test_what_cannot_be_read_is_told_and_paths_are_completed(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "in here").mkdir()
    (tmp_path / "in here" / "picture.txt").write_bytes(b"\x89PNG\0\0\0")
    app = open_app(DECK)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("i")
        await pilot.pause()
        field = app.screen.query_one("#path", Input)
        field.value = f"{tmp_path}/in"
        await pilot.pause()
        await pilot.press("tab")
        assert field.value == f"{tmp_path}/in here/"
        await pilot.press("enter")
        assert status(app).startswith("This is a folder.")
        await pilot.press("down", "enter")
        await settle(pilot)
        assert field.value == f"{tmp_path}/in here/picture.txt"
        assert "is not a text file." in " ".join(status(app).split())
        await pilot.press("f2", "f2", "escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_cards_alone_are_shown_as_a_list_and_hostile_text_as_written(open_app: OpenApp, tmp_path: Path) -> None:
    source = tmp_path / "hostile.csv"
    source.write_text("question,answer\nIs [bold]x[/] [/y] it?,List[String] \x1b[31m\n" +
                      "".join(f"What is {n}?,{n}\n" for n in range(300)), encoding="utf-8")  # fmt: skip
    app = open_app(DECK)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_draft(pilot, source)
        cards = app.screen.query_one(DraftList)
        assert not app.screen.query(DocumentPane)
        assert row(cards, 0).strip() == "Is [bold]x[/] [/y] it?"
        await pilot.press("2", "pagedown", "end", "tab")
        await pilot.pause()
        assert "What is 299?" in said(app, "#found-card")
        assert "301 of 301: 301 kept" in str(app.screen.query_one(PlaceLine).render())
        await pilot.press("tab", "home")
        await pilot.pause()
        assert "List[String] [31m" in said(app, "#found-card")
        await pilot.click(DraftList, offset=(5, 3))
        assert "What is 2?" in said(app, "#found-card")
        assert "\x1b[31m" not in app.export_screenshot()


def test_lines_are_wrapped_at_words_and_lose_nothing() -> None:
    assert wrapped("a\tb", 20) == ["a   b"]
    rows = wrapped("漢字 " * 12 + "x" * 30, 16)
    assert "".join("".join(rows).split()) == "漢字" * 12 + "x" * 30

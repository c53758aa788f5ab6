from collections.abc import Callable

from textual.widgets import Markdown, Static

from trainer.tui.app import TrainerApp
from trainer.tui.screens.summary import SummaryScreen
from trainer.tui.screens.today import TodayScreen
from trainer.tui.widgets.checklist import Checklist
from trainer.tui.widgets.deck_table import DeckTable

OpenApp = Callable[..., TrainerApp]
HOSTILE = "[bold]x[/] [@click=app.quit]q[/] List[String] <T> \\u001b[31mred\\u009b0m \\u202eabc שלום 🦜 [/x] [$primary]"
LITERAL = "[bold]x[/] [@click=app.quit]q[/] List[String] <T> [31mred0m abc שלום 🦜 [/x] [$primary]"
DECK = f"""
title = "{HOSTILE}"
[[cards]]
question = "{HOSTILE}"
key_points = ["{HOSTILE}", "other"]
answer = "{HOSTILE}"
follow_ups = ["{HOSTILE}"]
hint = "{HOSTILE}"
why = "{HOSTILE}"
"""


async def test_text_of_strangers_is_shown_as_written_on_every_screen(open_app: OpenApp) -> None:
    app = open_app(DECK, 'title = "' + HOSTILE + "\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        row = str(app.screen.query_one(DeckTable).cells(1)[0])
        assert LITERAL.startswith(row.rstrip("…").rstrip())
        await pilot.press("enter", "i", "space", "1", "question_mark", "escape")
        await pilot.pause()
        for part in ("#question", "#hint", "#follow-ups", "#why"):
            assert LITERAL in str(app.screen.query_one(part, Static).render())
        points = " ".join(str(app.screen.query_one(Checklist).render()).split())
        assert LITERAL in points
        answer = app.screen.query_one("#answer", Markdown).query_one("MarkdownParagraph", Static)
        assert str(answer.render()) == LITERAL
        assert "\x1b[31m" not in app.export_screenshot()
        await pilot.press("g", "q")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert any(LITERAL in str(part.render()) for part in app.screen.query("#body Static").results(Static))
    assert app.return_code is None

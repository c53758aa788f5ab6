"""A form for what a card of a draft says."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from trainer.formats.drafting.draft import Written
from trainer.model import Card
from trainer.text import clean
from trainer.tui.keys import bindings
from trainer.tui.literal import literal
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.status_line import StatusLine


class DraftForm(ModalScreen[Written | None]):
    """Dismissed with what was written; None where the person goes back without it."""

    CSS_PATH = "draft_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("form")
    AUTO_FOCUS = "#form-question"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]  # noqa: RUF012  (as Textual types it)

    def __init__(self, title: str, card: Card | None = None) -> None:
        super().__init__()
        self._title = title
        card = card or Card("", "")
        self._before = {
            "question": ("Question", card.question),
            "points": ("Key points, one a line", "\n".join(point.text for point in card.key_points)),
            "answer": ("Answer", card.answer),
            "follow-ups": ("Follow-ups, one a line", "\n".join(card.follow_ups)),
            "hint": ("Hint", card.hint),
        }

    def compose(self) -> ComposeResult:
        """Make a field for each part."""
        with Vertical(id="form"):
            yield Static(literal(self._title, "bold"))
            for name, (title, text) in self._before.items():
                yield Static(literal(title), classes="form-name")
                yield TextArea(text, id=f"form-{name}", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
            yield StatusLine(id="form-status")
            yield KeyLine()

    def _said(self, name: str) -> str:
        return clean(self.query_one(f"#form-{name}", TextArea).text)

    def action_save(self) -> None:
        """Close with what is written, where there is a question."""
        if not self._said("question").strip():
            self.query_one(StatusLine).say_failed("A card needs a question.")
            self.query_one("#form-question").focus()
            return
        points, follow_ups = (tuple(self._said(name).splitlines()) for name in ("points", "follow-ups"))
        follow_ups = tuple(text.strip() for text in follow_ups if text.strip())
        self.dismiss(Written(self._said("question"), points, self._said("answer"), follow_ups, self._said("hint")))

    @work
    async def action_leave(self) -> None:
        """Close without it; ask first where something was written."""
        if any(self._said(name) != text for name, (_, text) in self._before.items()):
            from trainer.tui.screens.confirm import ConfirmScreen

            if not await self.app.push_screen_wait(ConfirmScreen("Leave what you wrote here?", "leave it", "stay")):
                return
        self.dismiss(None)

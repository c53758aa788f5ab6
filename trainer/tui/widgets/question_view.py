"""A question with all that belongs to it: shown part by part, scrolling where it is long."""

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.insight.words import missing_points
from trainer.study.question import Question
from trainer.tui.hanging import Hanging, said
from trainer.tui.literal import QUIET, lines, literal
from trainer.tui.widgets.checklist import Checklist
from trainer.tui.widgets.safe_markdown import SafeMarkdown
from trainer.tui.widgets.written import Written


class QuestionView(VerticalScroll, can_focus=False):
    """Made once; questions come and go in it. Its parts are hidden until they are asked for."""

    def compose(self) -> ComposeResult:
        """Make every part."""
        yield Static(id="question")
        yield Static(id="given")
        yield Static(id="hint")
        with Container(id="work"):
            yield Written(id="written")
            with Vertical(id="points-column"):
                yield Static(id="points-title")
                yield Checklist(id="points")
        with Vertical(id="rest"):
            yield Static(literal("Your answer", QUIET), id="own-title")
            yield SafeMarkdown(id="own")
            yield Static(literal("A good answer", QUIET), id="answer-title")
            yield SafeMarkdown(id="answer")
            yield Static(id="follow-ups")
            yield Static(id="why")

    @property
    def written(self) -> Written:
        """Where the user may write the answer."""
        return self.query_one(Written)

    @property
    def checklist(self) -> Checklist:
        """The key points."""
        return self.query_one(Checklist)

    def ask(self, question: Question) -> None:
        """Show the question alone; of a return, with the points that are given."""
        card = question.card
        self.query_one("#question", Static).update(literal(card.question, "bold"))
        self._show_given(question)
        hint = self.query_one("#hint", Static)
        hint.display = False
        hint.update(Content.assemble(("Hint  ", QUIET), literal(card.hint or "This card has no hint.")))
        self.written.clear_away()
        self.query_one("#points-column").display = False
        self.query_one("#rest").display = False
        self.scroll_home(animate=False)

    def _show_given(self, question: Question) -> None:
        """Show the points that are given from the start, so that the missing ones can be said."""
        points = [point for point in question.card.key_points if point.id not in question.asked]
        given = self.query_one("#given", Static)
        given.display = bool(points)
        rows = [(Content.styled("  ✓ ", QUIET), literal(point.text, QUIET)) for point in points]
        given.update(Hanging([said(missing_points(len(question.asked)), QUIET), *rows]))

    async def reveal(self, question: Question, own: str) -> None:
        """Show the points to tick, the user's `own` answer, the model answer, and what may be asked next."""
        card = question.card
        self.query_one("#given").display = False
        self.query_one("#points-column").display = bool(card.key_points)
        self.checklist.show(card.key_points, question.asked, question.ticked)
        await self._show_text("own", own)
        await self._show_text("answer", card.answer)
        self._show_list("#follow-ups", "They may ask next", card.follow_ups)
        self._show_list("#why", "What it is meant to find out", (card.why,) if card.why else ())
        self.query_one("#rest").display = True

    async def _show_text(self, part: str, text: str) -> None:
        """Show a text under its title, where there is one."""
        self.query_one(f"#{part}-title").display = bool(text)
        shown = self.query_one(f"#{part}", SafeMarkdown)
        shown.display = bool(text)
        await shown.update(text)

    def _show_list(self, part: str, title: str, items: tuple[str, ...]) -> None:
        static = self.query_one(part, Static)
        static.display = bool(items)
        static.update(lines([literal(title, QUIET), *(literal(item) for item in items)]))

    def count_ticks(self, made: int, asked: int) -> None:
        """Say above the points how many are ticked."""
        words = f"{made} of {asked} made" if made else "tick those you made"
        self.query_one("#points-title", Static).update(Content.assemble(("Key points  ", QUIET), words))

    def toggle_hint(self) -> None:
        """Show the hint, or hide it."""
        hint = self.query_one("#hint")
        hint.display = not hint.display

    def move(self, step: int) -> None:
        """Move to the next point in this direction, or scroll where there is none."""
        if not self.query_one("#points-column").display or not self.checklist.move(step):
            self.scroll_relative(y=step * 2, animate=False)

    def scroll_pages(self, pages: int) -> None:
        """Scroll by pages."""
        self.scroll_relative(y=pages * max(self.size.height - 2, 1), animate=False)

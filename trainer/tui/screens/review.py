"""Review: the question alone, then its key points to tick, the model answer, and a rating."""

from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Markdown, Static

from trainer.errors import TrainerError
from trainer.insight.words import in_days
from trainer.model import Rating
from trainer.study.plan import Kind
from trainer.study.question import Outcome, Question
from trainer.study.session import Session
from trainer.text import shorten
from trainer.tui.editor import edit_text
from trainer.tui.key_guard import KeyGuard, KeyTimes, Verdict
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.checklist import Checklist
from trainer.tui.widgets.place_line import PlaceLine
from trainer.tui.widgets.question_view import QuestionView
from trainer.tui.widgets.rating_bar import RatingBar

GUARDED = frozenset(["enter", "space", "a", "h", "g", "e", "n", "s", "u"])
"""Keys that a held key must not press twice."""
SAID_FOR = 6.0
"""Seconds for which what a key did stays on the screen."""


class ReviewScreen(Screen[None]):
    """One session; dismissed when it ends or the user leaves."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("review")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  (as Textual types it)
    AUTO_FOCUS = ""
    HELP_TEXT = (
        "Recall the answer aloud, or write it with t. Then show it, tick the points you made, "
        "and say how fluent it was. Points missed come back the same day."
    )

    class Ended(Message):
        """Nothing is left, or the user leaves."""

    def __init__(self, session: Session, times: KeyTimes, words: str = "") -> None:
        super().__init__()
        self._words = words
        self._session = session
        self._guard = KeyGuard(times)
        self._revealed = False
        self._revealed_at = float("-inf")
        self._pressed_at = 0.0
        self._outcomes: dict[Rating, Outcome] = {}
        self._waiting: Timer | None = None
        self._said: Timer | None = None

    def compose(self) -> ComposeResult:
        """Make every part once; questions come and go in them."""
        with Vertical(id="column"):
            yield PlaceLine(id="place")
            yield QuestionView(id="body")
            yield Static(id="status")
            yield Static(id="reveal")
            yield RatingBar(id="ratings")
            yield Footer(show_command_palette=False, compact=True)

    @property
    def _view(self) -> QuestionView:
        return self.query_one(QuestionView)

    async def on_mount(self) -> None:
        """Show the first question, and what led to it."""
        await self.show_question()
        if self._words:
            self.say(self._words)

    def on_screen_suspend(self) -> None:
        """Stop the time while something else is on the screen."""
        self._session.pause()

    def on_screen_resume(self) -> None:
        """Let the time run on."""
        self._session.resume()

    # What is on the screen

    async def show_question(self) -> None:
        """Show the current question, hidden or, with ticks from an undo, revealed."""
        question = self._session.current
        if question is None:
            self.post_message(self.Ended())
            return
        self._revealed = False
        self._outcomes = {}
        self._view.ask(question)
        self._show_place(question)
        self.query_one(RatingBar).display = False
        self.query_one("#reveal").display = True
        self._show_way_on()
        self.set_focus(None)
        self.refresh_bindings()
        if question.ticked:
            await self._reveal()

    def _show_way_on(self) -> None:
        """Say which key leads on: to the answer, or out of the text field."""
        key, does, aside = ("Space", "shows the answer.", "Recall it aloud first.")
        if self._view.written.has_focus:
            key, does, aside = ("Tab", "ends writing.", "Esc does too; F4 opens your editor.")
        self.query_one("#reveal", Static).update(
            Content.assemble((f"{key} ", "bold $accent"), does, (f"  {aside}", QUIET))
        )

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def focus_moved(self) -> None:
        """Say which keys work now."""
        self.call_after_refresh(self._show_way_on)

    def _show_place(self, question: Question) -> None:
        progress = self._session.progress
        whole = progress.answered + progress.ahead
        words = "once more" if question.kind is Kind.RETURN else f"{progress.answered + 1} of {whole}"
        title = self._session.collection.library.deck_of[question.card.id].title
        self.query_one(PlaceLine).show(title, words, progress.answered / whole if whole else 1.0)

    async def _reveal(self) -> None:
        question = self._session.current
        if question is None:
            return
        self._revealed = True
        self._revealed_at = self._pressed_at
        self._offer(question.ticked)
        with self.app.batch_update():
            await self._view.reveal(question)
            self.query_one("#reveal").display = False
            self.query_one(RatingBar).display = True
        self.refresh_bindings()
        self.call_after_refresh(self._say_if_more)

    def _say_if_more(self) -> None:
        if self._view.max_scroll_y > 0 and not self._said:
            self.say("PgDn shows more.")

    def _offer(self, ticked: frozenset[str]) -> None:
        """Work out what each rating would record, and show it."""
        question = self._session.current
        if question is None:
            return
        self._outcomes = self._session.outcomes(ticked)
        when = {rating: in_days(outcome.days) for rating, outcome in self._outcomes.items()}
        if Rating.AGAIN in when:
            when[Rating.AGAIN] = "today"
        self.query_one(RatingBar).offer(when, {Rating.EASY: "needs all"} if Rating.GOOD in when else {})
        self._view.count_ticks(len(ticked & question.asked), len(question.asked))

    def say(self, words: str, style: str = QUIET) -> None:
        """Show what a key did, for some seconds."""
        self.query_one("#status", Static).update(literal(words, style))
        if self._said is not None:
            self._said.stop()
        self._said = self.set_timer(SAID_FOR, self._say_no_more)

    def _say_no_more(self) -> None:
        self._said = None
        self.query_one("#status", Static).update("")

    # Keys and clicks

    def on_key(self, event: events.Key) -> None:
        """Drop what comes from a held key, and write what was typed ahead, before any binding sees it."""
        self._pressed_at = event.time
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        verdict = self._guard.judge(event.key, event.time)
        if self.focused is self._view.written:
            self._write_ahead(event)
        elif self._action_of(event.key) == "write":
            self._take(event)
            self.action_write()
        elif event.key in GUARDED and verdict is not Verdict.TAKE:
            self._take(event)
            if verdict is Verdict.WAIT:
                key = event.key
                self._waiting = self.set_timer(self._guard.times.repeat, lambda: self._press(key))

    def _write_ahead(self, event: events.Key) -> None:
        """Write a key that was on its way to the screen before the text field had the focus."""
        if event.key in ("tab", "escape"):
            self._take(event)
            self._end_writing()
        elif event.is_printable and event.character:
            self._take(event)
            self._view.written.insert(event.character)

    @staticmethod
    def _take(event: events.Key) -> None:
        event.stop()
        event.prevent_default()

    def _action_of(self, key: str) -> str:
        """Return the action that a key is bound to here and now."""
        active = self.active_bindings.get(key)
        return active.binding.action if active is not None and active.enabled else ""

    async def _press(self, key: str) -> None:
        """Do what a key is bound to, now that no repeat has followed it."""
        self._waiting = None
        if action := self._action_of(key):
            await self.run_action(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now, so that the footer is true."""
        if action in ("tick", "tick_all", "cursor"):
            return self._revealed
        if action == "grade":
            return self._revealed
        return True

    async def action_space(self) -> None:
        """Reveal; then tick the point under the cursor."""
        if not self._revealed:
            await self._reveal()
        else:
            checklist = self._view.checklist
            checklist.toggle(checklist.cursor)

    async def action_go_on(self) -> None:
        """Reveal; then good, once a point is ticked or there are none to tick."""
        if not self._revealed:
            await self._reveal()
        elif Rating.GOOD in self._outcomes:
            await self._grade(Rating.GOOD)
        elif not self._too_soon():
            self.say("Tick the points you made, or press a for none.")

    def action_tick(self, number: int) -> None:
        """Tick the point of this number."""
        self._view.checklist.toggle(number - 1)

    def action_tick_all(self) -> None:
        """Tick all points, or none."""
        self._view.checklist.toggle_all()

    def action_cursor(self, step: int) -> None:
        """Move to the next point, or scroll where there is none."""
        self._view.move(step)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by pages."""
        self._view.scroll_pages(pages)

    @on(Checklist.Changed)
    def offer_ratings(self, event: Checklist.Changed) -> None:
        """Show what the ratings would bring with these ticks."""
        self._offer(event.ticked)

    async def action_grade(self, rating: str) -> None:
        """Record a rating."""
        await self._grade(Rating(rating))

    @on(RatingBar.Chosen)
    async def grade_clicked(self, event: RatingBar.Chosen) -> None:
        """Record the rating that was clicked."""
        self._pressed_at = event.at
        await self._grade(event.rating)

    async def on_click(self, event: events.Click) -> None:
        """Reveal at a click on the line that offers it."""
        if event.widget is self.query_one("#reveal"):
            self._pressed_at = event.time
            await self._reveal()

    def _too_soon(self) -> bool:
        return self._pressed_at - self._revealed_at < self._guard.times.after_reveal

    async def _grade(self, rating: Rating) -> None:
        if not self._revealed or self._too_soon():
            return
        outcome = self._outcomes.get(rating)
        if outcome is None:
            all_first = rating is Rating.EASY and Rating.GOOD in self._outcomes
            self.say("Easy is for all points." if all_first else "Tick the points you made, or press a for none.")
            return
        try:
            self._session.grade(outcome)
        except TrainerError as error:
            self._say_failed(error)
            return
        back = "the points missed come back today" if outcome.missed else f"back in {in_days(outcome.days)}"
        self.say(f"Saved: {rating}, {back}. u takes it back.")
        await self.show_question()

    def _say_failed(self, error: TrainerError) -> None:
        self.say(f"{error.message} {error.hint}", "bold $error")
        if self._said is not None:
            self._said.stop()  # it stays until a key does something

    def action_hint(self) -> None:
        """Show the hint, or hide it."""
        self._view.toggle_hint()

    def action_write(self) -> None:
        """Write the answer."""
        written = self._view.written
        written.display = True
        self.set_focus(written)  # at once: keys typed ahead must not reach the screen

    def _end_writing(self) -> None:
        self.set_focus(None)
        written = self._view.written
        written.display = bool(written.text.strip())

    def action_editor(self) -> None:
        """Write the answer in the user's editor."""
        written = self._view.written
        self._session.pause()
        try:
            written.text = edit_text(self.app, written.text)
        except TrainerError as error:
            self._say_failed(error)
        self._session.resume()
        written.display = bool(written.text.strip())
        self.refresh()

    async def action_undo(self) -> None:
        """Take back the newest answer, and show it again with its ticks."""
        try:
            undone = self._session.undo()
        except TrainerError as error:
            self._say_failed(error)
            return
        if undone is None:
            self.say("There is nothing to take back.")
            return
        self.say(f"Taken back: {undone.words}.")
        await self.show_question()

    async def action_not_now(self) -> None:
        """Leave the card for later."""
        before = self._session.current
        self._session.put_off()
        after = self._session.current
        alone = before and after and before.card.id == after.card.id
        self.say("Nothing else is left for now; q leaves." if alone else "Later in this session.")
        await self.show_question()

    async def action_suspend(self) -> None:
        """Take the card out of all sessions."""
        try:
            self._session.suspend()
        except TrainerError as error:
            self._say_failed(error)
            return
        self.say("Suspended: it does not come again. u takes that back.")
        await self.show_question()

    def action_help(self) -> None:
        """Show every key of this screen."""
        from trainer.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("review", self.HELP_TEXT))

    @work
    async def action_leave(self) -> None:
        """Leave the review; ask first when ticks or text would be lost."""
        if self._unsaved():
            from trainer.tui.screens.confirm import ConfirmScreen

            question = "Leave now? What you ticked or wrote for this question is lost; answers given are saved."
            if not await self.app.push_screen_wait(ConfirmScreen(question, "leave", "stay")):
                return
        self.post_message(self.Ended())

    def _unsaved(self) -> bool:
        ticked = self._revealed and bool(self._view.checklist.ticked)
        return ticked or bool(self._view.written.text.strip())

    @on(Markdown.LinkClicked)
    def show_link(self, event: Markdown.LinkClicked) -> None:
        """Say where a link leads; nothing is opened."""
        self.say(f"The link leads to {shorten(event.href, 200)}")

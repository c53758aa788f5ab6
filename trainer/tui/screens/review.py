"""Review: the question alone, then its key points to tick, the model answer, and a rating."""

from collections.abc import Callable
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from trainer.collection.answering import own_answer
from trainer.errors import TrainerError
from trainer.model import Rating
from trainer.study.question import Outcome
from trainer.study.session import Session
from trainer.tui.helped import Helped
from trainer.tui.key_guard import KeyTimes, Verdict
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.screens.changing import LOOK_AGAIN, ChangingScreen
from trainer.tui.unsaved import Unsaved
from trainer.tui.widgets.checklist import Checklist
from trainer.tui.widgets.rating_bar import RatingBar
from trainer.tui.widgets.review_pane import ReviewPane

AWAITED = frozenset(["elsewhere", "undo", "help", "leave", "cursor", "scroll_page"])
"""Actions that do what they say while an answer is not saved; every other key tries to save it again."""


class ReviewScreen(Helped, ChangingScreen):
    """One session; dismissed when it ends or the user leaves."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("review")
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (76, "-middling"), (110, "-wide")]  # noqa: RUF012  (as Textual types it)
    AUTO_FOCUS = ""
    HELP_NAME = "review"
    HELP_TEXT = (
        "Recall the answer aloud, or write it. Then show it, tick the points you made, "
        "and say how fluent it was. Points missed come back the same day."
    )

    class Ended(Message):
        """Nothing is left, or the user leaves."""

    def __init__(self, session: Session, times: KeyTimes, words: str = "") -> None:
        super().__init__(session, times)
        self._words = words
        self._revealed_at = float("-inf")
        self._outcomes: dict[Rating, Outcome] = {}
        self._unsaved = Unsaved(session)

    def compose(self) -> ComposeResult:
        """Make every part once; questions come and go in them."""
        yield ReviewPane(id="column")

    async def on_mount(self) -> None:
        """Show the first question, and what led to it; look at the decks from time to time."""
        self.set_interval(LOOK_AGAIN, self.look_again)
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

    async def show_question(self, revealed: bool = False) -> None:
        """Show the current question, hidden or, with ticks from an undo, revealed."""
        question = self._session.current
        if question is None:
            self.post_message(self.Ended())
            return
        self._revealed = False
        self._outcomes = {}
        self._pane.ask(question, self._session)
        self.set_focus(None)
        self.refresh_bindings()
        if question.ticked or revealed:
            await self._reveal()
        elif self._session.collection.settings.typed_answers:
            self._view.written.begin_after(self.pressed, self.pressed_at, self.times.first_repeat)

    async def _reveal(self) -> None:
        question = self._session.current
        if question is None:
            return
        self._revealed = True
        self._revealed_at = self.pressed_at
        self._offer(question.ticked)
        await self._pane.reveal(question, own_answer(self._session.collection, question.card.id))
        self.refresh_bindings()

    def _offer(self, ticked: frozenset[str]) -> None:
        """Work out what each rating would record, and show it."""
        question = self._session.current
        if question is None:
            return
        self._outcomes = self._session.outcomes(ticked)
        self._pane.offer(question, self._outcomes, ticked)

    # Keys and clicks

    async def take_first(self, event: events.Key, verdict: Verdict) -> bool:
        """Write what was typed ahead, and try again to save an answer that was not saved."""
        written, action = self._view.written, self.action_of(event.key).partition("(")[0]
        if self.focused is written:
            return written.write_ahead(event)
        if self._unsaved.outcome and action not in AWAITED:
            if verdict is Verdict.TAKE:
                await self._save(lambda: self._unsaved.save_again(key_name(self, "review.undo")))
        elif action == "write":
            written.begin()
        else:
            return False
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now, so that the footer is true."""
        if action in ("tick", "tick_all", "cursor", "grade"):
            return self._revealed
        if action == "keep":
            return bool(self._view.written.text.strip())
        return action != "elsewhere" or self._unsaved.outcome is not None

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
            self.say(self._ask_for_ticks())

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
        """Show what the ratings would bring with these ticks; an answer not saved is another one now."""
        self._unsaved.drop()
        self._offer(event.ticked)

    async def action_grade(self, rating: str) -> None:
        """Record a rating."""
        await self._grade(Rating(rating))

    @on(RatingBar.Chosen)
    async def grade_clicked(self, event: RatingBar.Chosen) -> None:
        """Record the rating that was clicked."""
        self.pressed_at = event.at
        await self._grade(event.rating)

    async def on_click(self, event: events.Click) -> None:
        """Reveal at a click on the line that offers it."""
        if event.widget is self.query_one("#reveal"):
            self.pressed_at = event.time
            await self._reveal()

    def _too_soon(self) -> bool:
        return self.pressed_at - self._revealed_at < self.times.after_reveal

    async def _grade(self, rating: Rating) -> None:
        if not self._revealed or self._too_soon():
            return
        outcome = self._outcomes.get(rating)
        if outcome is None:
            all_first = rating is Rating.EASY and Rating.GOOD in self._outcomes
            self.say("Easy is for all points." if all_first else self._ask_for_ticks())
            return
        await self._save(lambda: self._unsaved.save(outcome, key_name(self, "review.undo")))

    def _ask_for_ticks(self) -> str:
        return f"Tick the points you made, or press {key_name(self, 'review.again')} for none."

    async def action_elsewhere(self) -> None:
        """Write an answer that could not be saved to a file of its own."""
        await self._save(self._unsaved.save_elsewhere)

    async def _save(self, save: Callable[[], str]) -> None:
        """Save an answer and go on; where that fails, it is kept, and what can be done is said."""
        try:
            words = save()
        except TrainerError as error:
            self._pane.say_failed(error, after=f"Your answer is kept: any key tries again, {self._elsewhere()}")
            self.refresh_bindings()
            return
        self._take_back = None
        self.say(words)
        await self.show_question()

    def _elsewhere(self) -> str:
        return f"{key_name(self, 'review.elsewhere')} writes it to another file."

    def action_hint(self) -> None:
        """Show the hint, or hide it."""
        self._view.toggle_hint()

    def action_write(self) -> None:
        """Write the answer."""
        self._view.written.begin()

    def action_editor(self) -> None:
        """Write the answer in the user's editor."""
        self._session.pause()
        try:
            self._view.written.open_editor()
        except TrainerError as error:
            self._pane.say_failed(error)
        self._session.resume()
        self.refresh()

    async def action_undo(self) -> None:
        """Take back the newest answer, and show it again with its ticks; first one that was not saved."""
        if self._unsaved.drop():
            self.say("Taken back: it was not saved.")
            self.refresh_bindings()
            return
        if await self.take_change_back():
            return
        try:
            undone = self._session.undo()
        except TrainerError as error:
            self._pane.say_failed(error)
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
        self._take_back = None
        after = self._session.current
        alone = before and after and before.card.id == after.card.id
        nothing_else = f"Nothing else is left for now; {key_name(self, 'review.leave')} leaves."
        self.say(nothing_else if alone else "Later in this session.")
        await self.show_question()

    @work
    async def action_leave(self) -> None:
        """Leave the review; ask first when an answer, ticks or text would be lost."""
        if question := self._loss():
            from trainer.tui.screens.confirm import ConfirmScreen

            if not await self.app.push_screen_wait(ConfirmScreen(question, "leave", "stay")):
                return
        self.post_message(self.Ended())

    def _loss(self) -> str:
        """Return what to ask before leaving, where something would be lost."""
        if self._unsaved.outcome is not None:
            return f"Leave now? Your answer to this question is not saved, and is lost; {self._elsewhere()}"
        if (self._revealed and self._view.checklist.ticked) or self._view.written.text.strip():
            return "Leave now? What you ticked or wrote for this question is lost; answers given are saved."
        return ""

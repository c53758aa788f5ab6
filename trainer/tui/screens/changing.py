"""What a review does to the card that it asks: change or suspend it, keep an answer, follow changes made elsewhere."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from trainer.collection.answering import keep_answer
from trainer.errors import TrainerError
from trainer.study.session import Session
from trainer.tui.key_guard import KeyTimes
from trainer.tui.keymap import key_name
from trainer.tui.screens.guarded import GuardedScreen
from trainer.tui.widgets.question_view import QuestionView
from trainer.tui.widgets.review_pane import ReviewPane

if TYPE_CHECKING:
    from trainer.tui.screens.card_screen import Edited

LOOK_AGAIN = 5.0
"""Seconds between looks at the disk, for decks changed by another program."""


class ChangingScreen(GuardedScreen):
    """A screen that asks the questions of a session."""

    def __init__(self, session: Session, times: KeyTimes) -> None:
        super().__init__(times)
        self._session = session
        self._revealed = False
        self._take_back: Callable[[], object] | None = None
        """Undoes what was done to a card since the newest answer."""

    @property
    def _pane(self) -> ReviewPane:
        return self.query_one(ReviewPane)

    @property
    def _view(self) -> QuestionView:
        return self._pane.view

    async def show_question(self, revealed: bool = False) -> None:
        """Show the current question, hidden or with its answer."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Show what a key did, and what is wrong with the home if something is."""
        if self._session.trouble is None:
            self._pane.say(words)
        else:
            self._pane.say_failed(self._session.trouble, before=words)

    async def _show_again(self, revealed: bool) -> None:
        """Show the current question as its card reads now; what is written beside it stays."""
        text, writes = self._view.written.text, self._view.written.has_focus
        await self.show_question(revealed)
        self._view.written.restore(text, writes)

    # Changed here

    @work
    async def action_change(self) -> None:
        """Change the card, and go on with its question where the points ticked are ticked still."""
        from trainer.tui.screens.edit import EditScreen

        before = self._session.current
        await self.look_again()
        question = self._session.current
        if not (self.is_current and before and question and before.card.id == question.card.id):
            return
        edited = await self.app.push_screen_wait(EditScreen(self._session.collection, question.card.id))
        if edited is None:
            await self.look_again()
            return
        ticked = {edited.point_ids.get(point, point) for point in self._view.checklist.ticked}
        self._recast(edited.card_id, ticked)
        self._take_back = partial(self._undo_change, edited, question.card.id)
        if edited.card_id:
            await self._show_again(self._revealed)
        else:
            await self.show_question()
        self._pane.say(f"{edited.words}. {key_name(self, 'review.undo')} takes it back.")

    def _recast(self, card_id: str, ticked: set[str]) -> None:
        try:
            self._session.recast(card_id, ticked)
        except TrainerError as error:
            self._pane.say_failed(error)

    def _undo_change(self, edited: "Edited", card_id: str) -> None:
        edited.take_back()
        before = {now: was for was, now in edited.point_ids.items()}
        self._recast(card_id, {before.get(point, point) for point in self._view.checklist.ticked})

    def action_keep(self) -> None:
        """Keep what is written as the user's own answer to this card."""
        question, text = self._session.current, self._view.written.text
        if question is None or not text.strip():
            return
        collection, card = self._session.collection, question.card
        try:
            before = keep_answer(collection, card, text)
        except TrainerError as error:
            self._pane.say_failed(error)
            return
        self._take_back = partial(keep_answer, collection, card, before)
        undo = key_name(self, "review.undo")
        instead = " in place of the one before" if before else ""
        self._pane.say(f"Kept as your answer{instead}: it is shown first when this comes back. {undo} takes it back.")

    async def action_suspend(self) -> None:
        """Take the card out of all sessions."""
        try:
            self._session.suspend()
            self._take_back = None
        except TrainerError as error:
            self._pane.say_failed(error)
            return
        self.say(f"Suspended: it does not come again. {key_name(self, 'review.undo')} takes that back.")
        await self.show_question()

    async def take_change_back(self) -> bool:
        """Undo what was last done to a card, if that is newer than the newest answer; return whether it was."""
        if self._take_back is None:
            return False
        try:
            self._take_back()
        except TrainerError as error:
            self._pane.say_failed(error)
        else:
            await self._show_again(self._revealed)
            self._pane.say("Taken back: the card and your answer to it are as they were.")
        self._take_back = None
        return True

    # Changed elsewhere

    async def look_again(self) -> None:
        """Show the current question as its deck has it now, where another program changed that."""
        before = self._session.current
        if not self.is_current or before is None:
            return
        try:
            self._session.refresh()
        except TrainerError:
            return  # the next answer says so
        current = self._session.current
        card = current and self._session.collection.library.cards.get(current.card.id)
        if current is not before:
            await self.show_question()
            self._pane.say("The card before was changed or answered elsewhere.")
        elif card and card != before.card:
            self._recast(card.id, set(self._view.checklist.ticked))
            await self._show_again(self._revealed)
            self._pane.say("This card was changed in its deck just now.")

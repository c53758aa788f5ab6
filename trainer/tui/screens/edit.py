"""Edit: one card of a deck, changed in its file; or deleted."""

from collections.abc import Callable
from functools import partial

from textual import work

from trainer.collection.answering import keep_answer, own_answer
from trainer.collection.collection import Collection
from trainer.collection.editing import Change, ChangedElsewhere, add_cards, change_cards, delete_cards
from trainer.errors import TrainerError
from trainer.model import Card
from trainer.tui.screens.card_screen import CardScreen, Edited


class EditScreen(CardScreen):
    """Changes one card; dismissed with what was done, or None. Raises KeyError for a card of no deck."""

    def __init__(self, collection: Collection, card_id: str) -> None:
        super().__init__(collection, collection.library.cards[card_id])
        self._seen = self.base
        self._deck = collection.library.deck_of[card_id]
        self._undo: list[Callable[[], object]] = []
        """Takes back what was saved so far, the newest last."""

    async def on_mount(self) -> None:
        """Show the card."""
        self.show_place("Change a card", self._deck.title)
        await self.show(self.base, own_answer(self.collection, self.base.id))
        self.form.begin()

    @work
    async def action_save(self) -> None:
        """Save what was changed, and leave; where another program changed the card, ask which to keep."""
        if not self.is_current:
            return  # the key was pressed twice
        if not self.is_changed:
            self.leave()
            return
        card, own = self.written
        try:
            point_ids = self._save(card, own)
        except ChangedElsewhere as conflict:
            await self._settle(conflict)
        except TrainerError as error:
            self.say_failed(error)
        else:
            self.dismiss(Edited("Saved", self._seen.id, self._take_back, point_ids))

    def _save(self, card: Card, own: str) -> dict[str, str]:
        """Save the card and the own answer, each where it is another; return the points' new ids by their old."""
        point_ids = {}
        if card != self._seen:
            old = self._seen
            change = change_cards(self.collection, {old.id: card}, {old.id: old})
            self._undo.append(partial(change.undo, self.collection))
            self.base = self._seen = self.collection.library.cards[change.card_ids[old.id]]
            point_ids = {point: now for (_, point), now in change.point_ids.items()}
        before = keep_answer(self.collection, self._seen, own)
        if before != own:
            self._undo.append(partial(keep_answer, self.collection, self._seen, before))
        return point_ids

    def _take_back(self) -> None:
        for undo in reversed(self._undo):
            undo()

    async def _settle(self, conflict: ChangedElsewhere) -> None:
        """Let the user choose between both versions of the card."""
        from trainer.tui.screens.conflict import ConflictScreen

        keeps_mine = await self.app.push_screen_wait(ConflictScreen(conflict.mine, conflict.theirs))
        if keeps_mine is None:
            return
        if conflict.theirs is None:
            if keeps_mine:
                self._add_again(conflict.mine)
            else:
                self.leave()
        elif keeps_mine:
            self._seen = conflict.theirs
            self.action_save()
        else:
            self._seen = conflict.theirs
            await self.show(conflict.theirs, self.form.own)
            self.say("This is the card as it is in the deck now.")

    def _add_again(self, card: Card) -> None:
        """Put the card back into its deck, from which another program removed it."""
        try:
            change = add_cards(self.collection, self._deck.file, [card])
            keep_answer(self.collection, card, self.form.own)
        except TrainerError as error:
            self.say_failed(error)
        else:
            self.dismiss(Edited("Put back", card.id, partial(change.undo, self.collection)))

    @work
    async def action_delete(self) -> None:
        """Delete the card, after asking."""
        from trainer.tui.screens.confirm import ConfirmScreen

        words = "Delete this card? It goes from its deck; what you learned of it stays in the log, should it come back."
        if not await self.app.push_screen_wait(ConfirmScreen(words, "delete", "keep")):
            return
        try:
            change: Change = delete_cards(self.collection, [self._seen.id])
        except TrainerError as error:
            self.say_failed(error)
        else:
            self.dismiss(Edited("Deleted", "", partial(change.undo, self.collection)))

"""What Browse does to the chosen cards of its list: the marked ones, or else that under the cursor."""

from collections.abc import Callable

from textual import work
from textual.screen import Screen

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.study.share import Limits
from trainer.text import counted
from trainer.tui.card_acts import CardActs
from trainer.tui.keymap import key_name
from trainer.tui.messages import StartSession
from trainer.tui.widgets.card_list import CardList
from trainer.tui.widgets.status_line import StatusLine

MANY = 200
"""Cards with which something takes so long that one should know it is being done."""


class ChosenScreen(Screen[None]):
    """A screen with a list of cards and a line that says what was done."""

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self._collection = collection
        self._acts = CardActs(collection, lambda: key_name(self, "browse.undo"))
        self._at: str | None = None
        """The card to put the cursor on when the list is shown next."""

    @property
    def _list(self) -> CardList:
        return self.query_one(CardList)

    def search(self) -> None:
        """List the cards as they are now."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is something for."""
        if action == "undo":
            return self._acts.can_undo
        if action not in ("practise", "suspend", "tag", "move", "reset", "change"):
            return True
        listed = self.query_one_optional(CardList)  # asked, too, before there is a list and while the screen is left
        return listed is not None and listed.current is not None

    def _do(self, act: Callable[[], str]) -> None:
        """Do something to cards; first say so where it takes a while."""
        if len(self._list.chosen_ids) < MANY:
            self._do_now(act)
        else:
            self.query_one(StatusLine).say("One moment ...")
            self.call_after_refresh(self._do_now, act)

    def _do_now(self, act: Callable[[], str]) -> None:
        """Do something to cards, say what was done, and show what came of it."""
        try:
            words = act()
        except TrainerError as error:
            self._say_failed(error)
            self.refresh_bindings()  # an undo that failed for good is offered no more
            return
        self.search()
        self.query_one(StatusLine).say(words)

    def _say_failed(self, error: TrainerError) -> None:
        self.query_one(StatusLine).say_failed(error.words)

    def action_practise(self) -> None:
        """Ask the chosen cards now."""
        collection, chosen = self._collection, self._list.chosen_ids
        asked = [card_id for card_id in chosen if not collection.state(card_id).suspended]
        if not asked:
            key = key_name(self, "browse.suspend")
            self.query_one(StatusLine).say(f"Suspended cards are not asked; {key} puts them back.")
            return
        decks = filter(None, map(collection.library.deck_of.get, asked))
        files = dict.fromkeys(deck.file for deck in decks)
        self.post_message(StartSession(tuple(files), Limits(practise_all=True), frozenset(asked)))

    def action_suspend(self) -> None:
        """Take the chosen cards out of all sessions, or put them back."""
        self._do(lambda: self._acts.suspend(self._list.chosen_ids))

    @work
    async def action_tag(self) -> None:
        """Give the chosen cards a tag."""
        from trainer.tui.screens.ask import AskScreen

        chosen = self._list.chosen_ids
        question = f"Which tag for {counted(len(chosen), 'card')}? A - before it takes it away."
        written = await self.app.push_screen_wait(AskScreen(question))
        if written is not None:
            self._do(lambda: self._acts.tag(chosen, written.strip()))

    @work
    async def action_move(self) -> None:
        """Move the chosen cards to another deck."""
        from trainer.tui.screens.ask import ChooseScreen

        chosen, decks = self._list.chosen_ids, self._collection.library.decks
        question = f"To which deck with {counted(len(chosen), 'card')}?"
        number = await self.app.push_screen_wait(ChooseScreen(question, [deck.title for deck in decks]))
        if number is not None:
            self._do(lambda: self._acts.move(chosen, decks[number].file))

    @work
    async def action_reset(self) -> None:
        """Begin the chosen cards anew, after asking."""
        from trainer.tui.screens.confirm import ConfirmScreen

        chosen = self._list.chosen_ids
        question = f"Forget what is known of {counted(len(chosen), 'card')}, and begin anew?"
        if await self.app.push_screen_wait(ConfirmScreen(question, "begin anew", "keep")):
            self._do(lambda: self._acts.reset(chosen))

    @work
    async def action_change(self) -> None:
        """Change the card under the cursor."""
        from trainer.tui.screens.edit import EditScreen

        card_id = self._list.current
        if card_id is None or card_id not in self._collection.library.cards:
            return
        edited = await self.app.push_screen_wait(EditScreen(self._collection, card_id))
        if edited is not None:
            self._at = edited.card_id
            self._do(lambda: self._acts.keep(edited.words, edited.take_back))

    def action_undo(self) -> None:
        """Take back what was done here."""
        self._do(self._acts.undo)

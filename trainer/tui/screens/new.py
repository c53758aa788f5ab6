"""New: a card by hand, into a deck there is or one begun for it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from trainer.collection.answering import keep_answer
from trainer.collection.collection import Collection
from trainer.collection.deck_editing import new_deck
from trainer.collection.editing import add_cards
from trainer.errors import TrainerError
from trainer.library.identity import card_fingerprint
from trainer.library.one_card import worded
from trainer.model import Card
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal
from trainer.tui.screens.card_screen import CardScreen
from trainer.tui.widgets.deck_table import DeckTable
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.row_list import RowList

EMPTY = Card(card_fingerprint(""), "")


class TitleInput(Input):
    """The title of a deck to begin."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "begin it", key_display="Enter")]


class NewScreen(Helped, Screen[None]):
    """Asks which deck the card is for."""

    CSS_PATH = "new.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("new")
    HELP_NAME = "new"
    HELP_TEXT = "Choose the deck that the card goes into, or write the title of a new one below."

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self._collection = collection

    def compose(self) -> ComposeResult:
        """Make the field for a title, the decks and the footer."""
        with Vertical(id="column"):
            yield Static(id="sentence")
            yield RowList(id="decks")
            yield Static(id="title-label")
            yield TitleInput(id="title", compact=True)
            yield Static(id="trouble", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """Put the cursor on the deck that was under it on the screen before."""
        listed = self.query_one(RowList)
        tables = [table for screen in self.app.screen_stack for table in screen.query(DeckTable)]
        decks = self._collection.library.decks
        files = [deck.file for deck in decks]
        sentence, label = "Which deck is the new card for?", "Or begin a deck: its title"
        if not files:
            sentence, label = "A deck for the new card", "Its title"
        self.query_one("#sentence", Static).update(sentence)
        self.query_one("#title-label", Static).update(literal(label, QUIET))
        listed.show([(deck.file, literal(deck.title)) for deck in decks])
        chosen = tables[-1].deck if tables else ""
        if files:
            listed.highlighted = files.index(chosen) if chosen in files else 0
            listed.focus()
        else:
            listed.display = False
            self.query_one(Input).focus()

    @on(OptionList.OptionSelected)
    def write_for(self, event: OptionList.OptionSelected) -> None:
        """Write a card for the deck that was chosen."""
        self._write(event.option.id or "")

    @on(Input.Submitted)
    def begin_deck(self, event: Input.Submitted) -> None:
        """Begin a deck of this title, and write a card for it."""
        try:
            file = new_deck(self._collection, event.value)
        except TrainerError as error:
            self.query_one("#trouble", Static).update(literal(error.words, "bold $error"))
        else:
            self._write(file)

    def action_choose(self) -> None:
        """Choose the deck under the cursor."""
        self.query_one(RowList).action_select()

    def _write(self, file: str) -> None:
        self.app.switch_screen(NewCardScreen(self._collection, file))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


class NewCardScreen(CardScreen):
    """Writes cards for one deck, one after the other."""

    def __init__(self, collection: Collection, file: str) -> None:
        super().__init__(collection, EMPTY)
        self._file = file

    async def on_mount(self) -> None:
        """Show empty fields."""
        deck = next(deck for deck in self.collection.library.decks if deck.file == self._file)
        self.show_place("A new card", deck.title)
        await self._begin()

    async def _begin(self) -> None:
        await self.show(EMPTY, "")
        self.form.begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no deletion of what is not there yet."""
        return action != "delete" and super().check_action(action, parameters)

    async def action_save(self) -> None:
        """Add the card to its deck, and begin another."""
        if not self.is_changed:
            self.say(f"Nothing is written yet; {key_name(self, 'edit.leave')} leaves.")
            return
        card, own = self.written
        try:
            card = worded(card, EMPTY)
            change = add_cards(self.collection, self._file, [card])
            keep_answer(self.collection, card, own)
        except TrainerError as error:
            self.say_failed(error)
            return
        await self._begin()
        self.say(f"{change.words}. Write the next, or leave with {key_name(self, 'edit.leave')}.")

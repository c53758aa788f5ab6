"""Browse: all cards in one list, found as you type, the one under the cursor beside it."""

from collections.abc import Callable
from importlib import import_module
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.insight.listing import lines_of
from trainer.search.finding import Order, find_cards
from trainer.search.reading import QueryError
from trainer.study.plan import Limits
from trainer.text import counted
from trainer.tui.card_acts import CardActs
from trainer.tui.keys import bindings
from trainer.tui.literal import literal
from trainer.tui.messages import StartSession
from trainer.tui.rooms import card_commands
from trainer.tui.widgets.card_list import CardHeadings, CardList
from trainer.tui.widgets.card_pane import CardPane
from trainer.tui.widgets.status_line import StatusLine

MANY = 200
"""Cards with which something takes so long that one should know it is being done."""
LOOK_AGAIN = 5.0
"""Seconds between looks at the disk: another trainer or an editor may be at work."""


class BrowseScreen(Screen[None]):
    """Every card of every deck."""

    CSS_PATH = "browse.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("browse")
    COMMANDS = {card_commands}  # noqa: RUF012  (as Textual types it)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (as Textual types it)
    AUTO_FOCUS = "CardList"
    HELP_TEXT = (
        "Every card of every deck: when it is due, how much of it you are expected to know today, and how well its "
        "weakest point holds. / finds some: words, \"some words\", -not, a or b, deck:NAME, tag:X, is:due, is:new, "
        "is:leech, is:suspended, due<=7d, coverage<80%, missed>=3, reviews>0, stability<10d, points>=5. What you do is "
        "done to the marked cards, or else to the one under the cursor."
    )  # fmt: skip

    def __init__(self, collection: Collection, card_id: str | None = None) -> None:
        super().__init__()
        self._collection = collection
        self._acts = CardActs(collection)
        self._at = card_id
        """The card to put the cursor on when the list is shown next."""
        self._order, self._backwards = Order.DECK, False
        self._day = collection.today
        self._is_to_search = False
        self._offered = (False, False)
        """Whether there is a card to do something with, and something to take back."""

    def compose(self) -> ComposeResult:
        """Make the search, the list, the card and the footer."""
        with Vertical(id="column"):
            with Horizontal(id="top"):
                yield Input(
                    placeholder="/ find: words, tag:X, is:due, coverage<80% ...",
                    id="search",
                    compact=True,
                    select_on_focus=False,
                )
                yield Static(id="count", markup=False)
            yield Static(id="wrong", markup=False)
            with Container(id="work"):
                with Vertical(id="listed"):
                    yield CardHeadings(id="headings")
                    yield CardList(lambda ids: lines_of(self._collection, ids), id="cards")
                yield CardPane(id="pane")
            yield StatusLine(id="said")
            yield Footer(show_command_palette=False, compact=True)

    @property
    def _list(self) -> CardList:
        return self.query_one(CardList)

    # What is listed

    def on_mount(self) -> None:
        """Look again from time to time."""
        self.set_interval(LOOK_AGAIN, self._look_again)

    def on_screen_resume(self) -> None:
        """List the cards as they are now."""
        self._look_again(always=True)

    def on_resize(self) -> None:
        """Fit the card to the new width."""
        self.call_after_refresh(self._show_card)

    def show_card(self, card_id: str) -> None:
        """Put the cursor on a card; the search is emptied where it does not find it."""
        self._at = card_id
        self._list.focus()
        if card_id in self._list.ids:
            self._search()
        else:
            self.query_one(Input).value = ""

    def _look_again(self, always: bool = False) -> None:
        """Take in what changed on disk, or the date, and show it."""
        if not self.is_current:
            return
        try:
            changes = self._collection.refresh()
        except TrainerError as error:
            self._say_failed(error)
            return
        if always or changes.decks or changes.cards != set() or self._day != self._collection.today:
            self._search()

    @on(Input.Changed)
    def search_soon(self) -> None:
        """Search for what is written, once the key is shown and no other waits."""
        if not self._is_to_search:
            self._is_to_search = True
            self.call_after_refresh(self._search)

    def _search(self) -> None:
        """List what the search finds; where it cannot be understood, say why, and leave the list."""
        self._is_to_search = False
        self._day = self._collection.today
        wrong, listed = self.query_one("#wrong", Static), self._list
        try:
            found = find_cards(self._collection, self.query_one(Input).value, self._order, self._backwards)
        except QueryError as error:
            wrong.update(literal(f"! {error.message}"))
            wrong.display = True
            listed.forget()
            return
        wrong.display = False
        listed.show(found, self._at or listed.current)
        self._at = None
        self.query_one(CardHeadings).show(self._order, self._backwards)
        self._show_count()
        self._show_card()

    @on(CardList.Marked)
    def _show_count(self) -> None:
        listed, every = self._list, len(self._collection.library.cards)
        shown = (
            counted(every, "card") if len(listed.ids) == every else f"{len(listed.ids):,} of {counted(every, 'card')}"
        )
        marked = f"{len(listed.marked):,} marked, " if listed.marked else ""
        self.query_one("#count", Static).update(literal(marked + shown))
        offered = (listed.current is not None, self._acts.can_undo)
        if offered != self._offered:  # making the footer anew takes longer than a search
            self._offered = offered
            self.refresh_bindings()

    @on(CardList.Moved)
    def _show_card(self) -> None:
        """Show the card under the cursor."""
        pane = self.query_one(CardPane)
        card = self._collection.library.cards.get(self._list.current or "")
        if card is not None:
            pane.show(self._collection, card)
        elif self._collection.library.cards:
            pane.say("No card fits this search.")
        else:
            pane.say('There is no card yet. Write a deck: trainer new "A title". Or bring one: trainer import FILE.')

    @on(CardHeadings.Clicked)
    def order_clicked(self, event: CardHeadings.Clicked) -> None:
        """Order by the column clicked, or turn its order round."""
        self._order_by(event.order, self._order is event.order and not self._backwards)

    def _order_by(self, order: Order, backwards: bool) -> None:
        self._order, self._backwards = order, backwards
        self._search()

    def action_order(self) -> None:
        """Order by the next column."""
        orders = list(Order)
        self._order_by(orders[(orders.index(self._order) + 1) % len(orders)], backwards=False)

    def action_turn(self) -> None:
        """Turn the order round."""
        self._order_by(self._order, not self._backwards)

    # The search field and the card

    def action_search(self) -> None:
        """Go to the search field."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def leave_search(self) -> None:
        """Go to the list."""
        self._list.focus()

    def on_key(self, event: events.Key) -> None:
        """Leave the search field by the keys that move in the list."""
        if self.focused is self.query_one(Input) and event.key in ("down", "escape", "tab"):
            event.stop()
            event.prevent_default()
            self._list.focus()

    def action_pane(self) -> None:
        """Show the card, or hide it."""
        pane = self.query_one(CardPane)
        pane.display = not pane.display

    def action_scroll_card(self, way: int) -> None:
        """Scroll the card."""
        self.query_one(CardPane).scroll_relative(y=way * 3, animate=False)

    # What is done to cards

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is something for."""
        if action == "undo":
            return self._acts.can_undo
        on_cards = ("practise", "suspend", "tag", "move", "reset", "change")
        return action not in on_cards or (self.is_mounted and self._list.current is not None)

    def _do(self, act: Callable[[], str]) -> None:
        """Do something to cards; first say so where it takes a while."""
        if len(self._list.chosen) < MANY:
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
            return
        self._search()
        self.query_one(StatusLine).say(words)

    def _say_failed(self, error: TrainerError) -> None:
        self.query_one(StatusLine).say_failed(f"{error.message} {error.hint}")

    def action_practise(self) -> None:
        """Ask the chosen cards now."""
        collection, chosen = self._collection, self._list.chosen
        asked = [card_id for card_id in chosen if not collection.state(card_id).suspended]
        if not asked:
            self.query_one(StatusLine).say("Suspended cards are not asked; s puts them back.")
            return
        files = dict.fromkeys(collection.library.deck_of[card_id].file for card_id in asked)
        self.post_message(StartSession(tuple(files), Limits(practise_all=True), frozenset(asked)))

    def action_suspend(self) -> None:
        """Take the chosen cards out of all sessions, or put them back."""
        self._do(lambda: self._acts.suspend(self._list.chosen))

    @work
    async def action_tag(self) -> None:
        """Give the chosen cards a tag."""
        from trainer.tui.screens.ask import AskScreen

        chosen = self._list.chosen
        question = f"Which tag for {counted(len(chosen), 'card')}? A - before it takes it away."
        written = await self.app.push_screen_wait(AskScreen(question))
        if written is not None:
            self._do(lambda: self._acts.tag(chosen, written.strip()))

    @work
    async def action_move(self) -> None:
        """Move the chosen cards to another deck."""
        from trainer.tui.screens.ask import AskScreen

        chosen, decks = self._list.chosen, self._collection.library.decks
        question = f"To which deck with {counted(len(chosen), 'card')}?"
        number = await self.app.push_screen_wait(AskScreen(question, [deck.title for deck in decks]))
        if number is not None:
            self._do(lambda: self._acts.move(chosen, decks[int(number)].file))

    @work
    async def action_reset(self) -> None:
        """Begin the chosen cards anew, after asking."""
        from trainer.tui.screens.confirm import ConfirmScreen

        chosen = self._list.chosen
        question = f"Forget what is known of {counted(len(chosen), 'card')}, and begin anew?"
        if await self.app.push_screen_wait(ConfirmScreen(question, "begin anew", "keep")):
            self._do(lambda: self._acts.reset(chosen))

    def action_change(self) -> None:
        """Change the card under the cursor."""
        screen = import_module("trainer.tui.screens.edit").EditScreen(self._collection, self._list.current)
        self.app.push_screen(screen)

    def action_undo(self) -> None:
        """Take back what was done here."""
        self._do(self._acts.undo)

    def action_help(self) -> None:
        """Show every key of this screen."""
        from trainer.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("browse", self.HELP_TEXT))

    def action_leave(self) -> None:
        """Go back to Today."""
        self.dismiss()

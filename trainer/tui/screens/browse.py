"""Browse: all cards in one list, found as you type, the one under the cursor beside it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Input, Static

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.insight.listing import lines_of
from trainer.search.finding import Order, find_cards
from trainer.search.reading import QueryError
from trainer.text import counted
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import literal
from trainer.tui.rooms import card_commands
from trainer.tui.screens.chosen import ChosenScreen
from trainer.tui.widgets.card_columns import columns
from trainer.tui.widgets.card_list import CardHeadings, CardList
from trainer.tui.widgets.card_pane import CardPane
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.status_line import StatusLine

LOOK_AGAIN = 5.0
"""Seconds between looks at the disk: another trainer or an editor may be at work."""


class SearchField(Input):
    """Where the search is written."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("search")


class BrowseScreen(Helped, ChosenScreen):
    """Every card of every deck."""

    CSS_PATH = "browse.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("browse")
    COMMANDS = {card_commands}  # noqa: RUF012  (as Textual types it)
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (76, "-middling"), (100, "-wide")]  # noqa: RUF012  (as Textual types it)
    AUTO_FOCUS = "CardList"
    HELP_NAME = "browse"
    HELP_TEXT = (
        "Every card of every deck: when it is due, how much of it you are expected to know today, and how well its "
        "weakest point holds. A search finds words, \"some words\", -not, a or b, deck:NAME, tag:X, is:due, is:new, "
        "is:leech, is:suspended, due<=7d, coverage<80%, missed>=3, reviews>0, stability<10d, points>=5. What you do is "
        "done to the marked cards, or else to the one under the cursor."
    )  # fmt: skip

    def __init__(self, collection: Collection, card_id: str | None = None) -> None:
        super().__init__(collection)
        self._at = card_id
        self._order, self._backwards = Order.DECK, False
        self._day = collection.today
        self._is_to_search = False
        self._is_pane_shown = True
        self._offered = (False, False)
        """Whether there is a card to do something with, and something to take back."""

    def compose(self) -> ComposeResult:
        """Make the search, the list, the card and the footer."""
        with Vertical(id="column"):
            with Horizontal(id="top"):
                yield SearchField(
                    placeholder=f"{key_name(self, 'browse.search')} find: words, tag:X, is:due, coverage<80% ...",
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
            yield KeyLine()

    # What is listed

    def on_mount(self) -> None:
        """Look again from time to time."""
        self.set_interval(LOOK_AGAIN, self._look_again)

    def on_screen_resume(self) -> None:
        """List the cards as they are now."""
        self._look_again(always=True)

    def show_card(self, card_id: str) -> None:
        """Put the cursor on a card; the search is emptied where it does not find it."""
        self._at = card_id
        self._list.focus()
        if card_id in self._list.ids:
            self.search()
        else:
            self._search.value = ""

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
            self.search()

    @on(Input.Changed)
    def search_soon(self) -> None:
        """Search for what is written, once the key is shown and no other waits."""
        if not self._is_to_search:
            self._is_to_search = True
            self.call_after_refresh(self.search)

    def search(self) -> None:
        """List what the search finds; where it cannot be understood, say why, and leave the list."""
        self._is_to_search = False
        if not self.is_current:  # left since the key
            return
        self._day = self._collection.today
        wrong, listed = self.query_one("#wrong", Static), self._list
        try:
            found = find_cards(self._collection, self._search.value, self._order, self._backwards)
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
        pane.display = self._is_pane_shown or card is None  # which says why there is none
        if card is not None:
            pane.show(self._collection, card)
        elif self._collection.library.cards:
            pane.say("No card fits this search.")
        else:
            new, read = key_name(self, "today.new"), key_name(self, "today.import")
            pane.say(f"There is no card yet. On Today, {new} writes one, and {read} builds a deck from a document.")

    @on(CardHeadings.Clicked)
    def order_clicked(self, event: CardHeadings.Clicked) -> None:
        """Order by the column clicked, or turn its order round."""
        self._order_by(event.order, self._order is event.order and not self._backwards)

    def _order_by(self, order: Order, backwards: bool) -> None:
        self._order, self._backwards = order, backwards
        self.search()

    def action_order(self) -> None:
        """Order by the next column."""
        orders = [column.order for column in columns(self._list.row_width)]
        if self._order not in orders:
            orders.append(self._order)
        self._order_by(orders[(orders.index(self._order) + 1) % len(orders)], backwards=False)

    def action_turn(self) -> None:
        """Turn the order round."""
        self._order_by(self._order, not self._backwards)

    # The search field and the card

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is something for; in the search field the key that leads there writes."""
        return super().check_action(action, parameters) and not (
            action == "search" and isinstance(self.focused, SearchField)
        )

    @property
    def _search(self) -> SearchField:
        return self.query_one(SearchField)

    def action_search(self) -> None:
        """Go to the search field."""
        self._search.focus()

    @on(Input.Submitted)
    def action_to_list(self) -> None:
        """Go to the list."""
        self._list.focus()

    def action_pane(self) -> None:
        """Show the card, or hide it."""
        self._is_pane_shown = not self._is_pane_shown
        self._show_card()

    def action_scroll_card(self, way: int) -> None:
        """Scroll the card."""
        self.query_one(CardPane).scroll_relative(y=way * 3, animate=False)

    def action_leave(self) -> None:
        """Go back to Today."""
        self.dismiss()

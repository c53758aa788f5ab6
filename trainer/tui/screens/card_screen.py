"""A card in fields, to be changed or written new: what both screens have in common."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.collection.answering import FOUR_PARTS
from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.library.one_card import CardFault, card_for_editor, read_card
from trainer.model import Card
from trainer.tui.editor import edit_text
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.card_form import CardForm
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.points_field import PointsField
from trainer.tui.widgets.status_line import StatusLine

_PLACES = {"`question`": "question", "`answer`": "points", "point": "points", "`follow_ups`": "follow_ups"}
"""Words of a fault, and the field that they are about."""


@dataclass(frozen=True)
class Edited:
    """What a screen did to a card, for the screen that it goes back to."""

    words: str
    """What was done: "Saved"."""
    card_id: str
    """The card's id now; empty where it was deleted."""
    take_back: Callable[[], None]
    """Makes it undone. Raises TrainerError."""
    point_ids: dict[str, str] = field(default_factory=dict)
    """By the id that a key point had, the one it has now."""


class CardScreen(Helped, Screen[Edited | None]):
    """The fields, and what every key does that has to do with them alone."""

    CSS_PATH = "edit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("edit")
    AUTO_FOCUS = ""
    HELP_NAME = "edit"
    HELP_TEXT = (
        "Tab and the arrow keys lead from field to field. In a key point, Enter begins the next and Backspace takes an "
        "empty one away. Rewording keeps what you learned. Your answer is yours alone: it is shown first in a review."
    )

    def __init__(self, collection: Collection, base: Card) -> None:
        super().__init__()
        self.collection = collection
        self.base = self.original = base
        """The card that the fields are about, for what they do not show; as it was before anything was changed."""
        self._shown = (base, "")
        self._text = ""
        """What came back from the editor and is no card; empty for none."""

    def compose(self) -> ComposeResult:
        """Make every part."""
        with Vertical(id="column"):
            yield Static(id="place")
            yield CardForm(id="form")
            yield StatusLine(id="status")
            yield KeyLine()

    @property
    def form(self) -> CardForm:
        """The fields."""
        return self.query_one(CardForm)

    def show_place(self, doing: str, title: str) -> None:
        """Show what is done, and in which deck."""
        self.query_one("#place", Static).update(Content.assemble((f"{doing}  ", "bold"), literal(title, QUIET)))

    async def show(self, card: Card, own: str) -> None:
        """Show a card and the user's own answer to it, as they are before anything is changed."""
        self.base = self.original = card
        await self.form.show(card, own)
        self._shown = self.written
        self._text = ""

    @property
    def written(self) -> tuple[Card, str]:
        """The card and the user's own answer, as the fields say."""
        return self.form.card(self.base), self.form.own

    @property
    def is_changed(self) -> bool:
        """Whether the fields say anything else than when they were filled."""
        return self.written != self._shown or bool(self._text)

    def say(self, words: str) -> None:
        """Show what a key did."""
        self.query_one(StatusLine).say(words)

    def say_failed(self, error: TrainerError) -> None:
        """Show what went wrong, and go to the field that it is about."""
        self.query_one(StatusLine).say_failed(error.words)
        if isinstance(error, CardFault):
            place = next((field for words, field in _PLACES.items() if words in error.message), None)
            if place:
                self.form.begin(place)

    def action_move(self, step: int) -> None:
        """Put the point that is written in one place up or down."""
        self.form.points.move(step)

    def action_weigh(self) -> None:
        """Give the point that is written in the next weight."""
        self.form.points.weigh()

    async def action_remove(self) -> None:
        """Take away the point that is written in."""
        await self.form.points.remove_current()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what works on a point only in one."""
        if action in ("move", "weigh", "remove"):
            points = self.query_one_optional(PointsField)
            return points is not None and points.current is not None
        return True

    def on_descendant_focus(self) -> None:
        """Show the keys that work in this field."""
        self.refresh_bindings()

    def action_parts(self) -> None:
        """Set out the four parts of a story in the user's own answer."""
        field = self.form.field("own")
        field.focus()
        if not field.text.strip():
            field.text = FOUR_PARTS
            field.move_cursor((1, 0))

    async def action_editor(self) -> None:
        """Let the user's editor change the card; a text that is no card is kept for the next time."""
        try:
            card = self.form.card(self.base)
            text = self._text or card_for_editor(card, self.original)
            self._text = edit_text(self.app, text, "card.toml")
            card = read_card(self._text, card, self.original)
        except CardFault as fault:
            fault.hint = f"{key_name(self, 'edit.editor')} opens your text again."
            self.say_failed(fault)
        except TrainerError as error:
            self.say_failed(error)
        else:
            self._text = ""
            own = self.form.own
            self.base = card
            await self.form.show(card, own)
            self.form.begin()
            self.say(f"Taken over from your editor; {key_name(self, 'edit.save')} saves it.")
        self.refresh()

    @work
    async def action_leave(self) -> None:
        """Leave; ask first where something that was written would be lost."""
        if self.is_changed:
            from trainer.tui.screens.confirm import ConfirmScreen

            words = "Leave without saving? What you changed here is lost."
            if not await self.app.push_screen_wait(ConfirmScreen(words, "leave", "stay")):
                return
        self.leave()

    def leave(self) -> None:
        """Close without a change."""
        self.dismiss(None)

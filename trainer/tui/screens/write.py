"""Build a deck: the third step, where the deck is chosen and the cards are written."""

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.widgets.input import Selection
from textual.worker import get_current_worker

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.formats.drafting.draft import Draft
from trainer.formats.drafting.telling import CHOICES, DraftPlan, details, summary, written_words
from trainer.formats.planning import Doubles, Known
from trainer.model import Deck
from trainer.text import counted, one_line
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, lines, literal
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.status_line import StatusLine

WAIT = 0.2
"""Seconds without a key after which the plan is made anew."""
MOST_DETAILS = 1000
"""Lines of what is left out that are shown."""


_Chosen = tuple[str | None, Doubles | None]
"""The title of the deck, None for those found, and what happens with cards that are there already."""


class TitleInput(Input):
    """The title of a deck."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "write", key_display="Enter"),
        Binding("up", "screen.deck(-1)", "other deck", key_display="↑ ↓"),
        Binding("down", "screen.deck(1)", show=False),
    ]

    def on_focus(self) -> None:
        """Choose all of it, to be written over, with its beginning in sight."""
        self.selection = Selection(len(self.value), 0)


class WriteScreen(Helped, Screen[bool]):
    """Dismissed with True once the cards are written and stay."""

    CSS_PATH = "write.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("write")
    AUTO_FOCUS = "#title"
    HELP_NAME = "write"
    HELP_TEXT = (
        "Name a new deck, or choose one that is there with up and down. You see what would be written, and what not. "
        "What was written can be taken back as a whole."
    )

    def __init__(self, collection: Collection, draft: Draft, known: Known) -> None:
        super().__init__()
        self._collection = collection
        self._draft = draft
        self._known = known
        self._doubles: Doubles | None = None
        self._made: DraftPlan | None = None
        self._is_wanted = False
        """Whether it is to be written as soon as the plan is made."""
        self._is_busy = False
        self._key: str | None = None
        """The event of the import, once it is written."""
        self._timer: Timer | None = None
        titles = [deck.deck.title for deck in draft.decks if deck.cards] or [draft.decks[0].deck.title]
        self._found_title = titles[0] if len(set(titles)) == 1 else ""
        self._found_titles = list(dict.fromkeys(titles))

    def compose(self) -> ComposeResult:
        """Make the field for the deck, the choice, and what it comes to."""
        with Vertical(id="column"):
            yield Static("Write the cards", id="sentence", markup=False)
            yield Static("Deck", classes="write-name")
            placeholder = f"{counted(len(self._found_titles), 'deck')} as found; a title here puts all into one"
            yield TitleInput(self._found_title, placeholder=placeholder, id="title", select_on_focus=False)
            yield Static(id="into")
            yield Static("Cards that your decks have already", classes="write-name")
            yield Static(id="doubles")
            with VerticalScroll(id="body", can_focus=False):
                yield Static(id="plan")
            yield StatusLine(id="status")
            yield KeyLine()

    def on_mount(self) -> None:
        """Show what would be written as it stands."""
        self._plan_soon()

    # What is chosen

    @property
    def _title(self) -> str:
        return one_line(self.query_one("#title", Input).value)

    @property
    def _chosen(self) -> _Chosen:
        return self._title or None, self._doubles

    @property
    def _into(self) -> Deck | None:
        """The deck of the home that is named."""
        wanted = self._title.casefold()
        return next((deck for deck in self._collection.library.decks if deck.title.casefold() == wanted), None)

    @on(Input.Changed)
    def follow_title(self) -> None:
        """Plan anew for another title."""
        self._plan_soon()

    def action_deck(self, step: int) -> None:
        """Name the next deck that is there, or the title found."""
        titles = list(dict.fromkeys([self._found_title, *(deck.title for deck in self._collection.library.decks)]))
        at = titles.index(self._title) + step if self._title in titles else 0
        field = self.query_one("#title", Input)
        field.value = titles[at % len(titles)]
        field.cursor_position = len(field.value)

    def action_doubles(self) -> None:
        """Choose the next of what may happen with cards that are there."""
        choices = list(CHOICES)
        self._doubles = choices[(choices.index(self._doubles) + 1) % len(choices)]
        self._plan_soon()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what works before the cards are written, or after."""
        if action in ("deck", "doubles"):
            return self._key is None
        return action != "undo" or self._key is not None

    # What it comes to

    def _plan_soon(self) -> None:
        self._made, self._is_wanted = None, False
        into, title = self._into, self._title
        words = f"Goes into this deck, which has {counted(len(into.cards), 'card')}." if into else "A new deck."
        if not title:
            words = f"As found: {', '.join(self._found_titles[:8])}." if len(self._found_titles) > 1 else "Name it."
        self.query_one("#into", Static).update(literal(words, QUIET))
        self.query_one("#doubles", Static).update(literal(CHOICES[self._doubles]))
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(WAIT, self._plan)

    def _plan(self) -> None:
        self.query_one("#plan", Static).update(literal("Working it out...", QUIET))
        self._plan_apart(self._chosen)

    @work(thread=True, exclusive=True, group="plan")
    def _plan_apart(self, chosen: _Chosen) -> None:
        """Plan; nothing else looks at the home while this screen is on top."""
        from trainer.formats.history import plan_past
        from trainer.formats.planning import plan_import

        worker = get_current_worker()
        title, doubles = chosen
        title = None if title == self._found_title else title
        library, found = self._collection.library, self._draft.found()
        try:
            plan = plan_import(library, found, title, doubles, self._draft.doubles(), self._known)
            made = DraftPlan(found, plan, plan_past(self._collection, found, plan))
        except TrainerError as error:
            self.app.call_from_thread(self._failed, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_plan, made, chosen)

    def _show_plan(self, made: DraftPlan, chosen: _Chosen) -> None:
        if not self.is_attached or chosen != self._chosen:
            return  # the person went back meanwhile, or chose something else
        self._made = made
        told = details(made)
        rows = [literal(words, "bold") for words in summary(self._draft, made)]
        rows += [literal(words, QUIET) for words in told[:MOST_DETAILS]]
        if len(told) > MOST_DETAILS:
            rows.append(literal(f"And {len(told) - MOST_DETAILS:,} more.", QUIET))
        self.query_one("#plan", Static).update(lines(rows))
        if self._is_wanted:
            self._is_wanted = False
            self.action_write()

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        body = self.query_one("#body")
        body.scroll_relative(y=pages * max(body.size.height - 2, 1), animate=False)

    # Writing

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Write what is planned; where it is written, go back to Today."""
        if self._is_busy:
            return
        if self._key is not None:
            self.dismiss(True)
        elif not self._title and len(self._found_titles) == 1:
            self._say("Name the deck first.")
        elif self._made is None:
            self._is_wanted = True
        elif self._made.is_empty:
            self._say("There is nothing to write: your decks have all of it already.")
        else:
            self._is_busy = True
            self._say("Writing...")
            self._write_apart(self._made)

    @work(thread=True)
    def _write_apart(self, made: DraftPlan) -> None:
        """Write, and take in what was written; nothing else looks at the home while this screen is on top."""
        from trainer.formats.importing import carry_out

        try:
            key = carry_out(self._collection, made.plan, made.past, Path(self._draft.name).name)
            self._collection.refresh()
        except TrainerError as error:
            self.app.call_from_thread(self._failed, error)
        else:
            self.app.call_from_thread(self._show_written, made, key)

    def _failed(self, error: TrainerError) -> None:
        self._is_busy = self._is_wanted = False
        if self.is_attached:
            self.query_one(StatusLine).say_failed(error.words)

    def _show_written(self, made: DraftPlan, key: str | None) -> None:
        self._is_busy = False
        self._key = key
        title = self.query_one("#title", Input)
        title.disabled = True
        title.cursor_position = 0
        self.set_focus(None)
        rows = [literal(written_words(made), "bold $success"), Content("")]
        back, on = key_name(self, "write.undo"), key_name(self, "write.write")
        rows += [literal(f"{back} takes all of it back, decks and log. So does, whenever you like:"), Content("")]
        rows += [literal(f"    trainer undo {key}"), Content("")]
        rows += [literal(f"{on} goes back to today.")]
        self.query_one("#plan", Static).update(lines(rows))
        self._say("")
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Take the whole import back."""
        if self._key is None or self._is_busy:
            return
        self._is_busy = True
        self._say("Taking it back...")
        self._undo_apart(self._key)

    @work(thread=True)
    def _undo_apart(self, key: str) -> None:
        from trainer.formats.importing import undo_import

        try:
            taken = undo_import(self._collection, key)
            self._collection.refresh()
        except TrainerError as error:
            self.app.call_from_thread(self._failed, error)
            return
        words = "The import no longer counts."
        if taken is not None:
            words = f"Taken back: {counted(taken.removed, 'card')} removed, {taken.restored:,} as before."
            words += f" {counted(len(taken.changed), 'card')} changed since stay." if taken.changed else ""
        self.app.call_from_thread(self._show_taken_back, words)

    def _show_taken_back(self, words: str) -> None:
        self._is_busy, self._key = False, None
        field = self.query_one("#title", Input)
        field.disabled = False
        field.focus()
        self._known = Known(self._collection.library)
        self._plan_soon()
        self.query_one(StatusLine).say(words)
        self.refresh_bindings()

    def _say(self, words: str) -> None:
        self.query_one(StatusLine).say(words)

    def action_leave(self) -> None:
        """Go back to the cards; once they are written, to Today."""
        if not self._is_busy:
            self.dismiss(self._key is not None)

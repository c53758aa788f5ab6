"""Today: what there is to do, in a sentence and a table. Enter starts."""

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from trainer.collection.collection import Collection
from trainer.collection.opened import mean
from trainer.collection.troubles import warnings
from trainer.errors import TrainerError
from trainer.insight.backlog import backlog_words
from trainer.insight.today import Day, day_at_a_glance, next_due
from trainer.insight.words import minutes, on_day
from trainer.study.share import Limits
from trainer.text import counted
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import literal
from trainer.tui.messages import StartSession
from trainer.tui.rooms import card_commands, enter
from trainer.tui.widgets.deck_table import ALL, DeckHeadings, DeckTable
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.notices import Notices
from trainer.tui.widgets.outlook import Outlook

START_HERE = "start-here.toml"
"""The deck for those who have never used the trainer."""
AT_ONCE = 8
"""Decks whose coverage is worked out between two looks at the keyboard."""
LOOK_AGAIN = 5.0
"""Seconds between looks at the disk: another trainer or an editor may be at work."""


class TodayScreen(Helped, Screen[None]):
    """The first screen."""

    CSS_PATH = "today.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("today")
    COMMANDS = {card_commands}  # noqa: RUF012  (as Textual types it)
    HELP_NAME = "today"
    HELP_TEXT = (
        "Each row is a deck: cards due, new cards for today, and how much of the answers asked so far "
        "you would make now. The first row is all decks together."
    )

    class UndoWanted(Message):
        """The newest answer is to be taken back."""

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self._collection = collection
        self._day: Day | None = None
        self._known: dict[str, tuple[float, int]] = {}
        """Summed coverage and number of the cards reviewed, by deck, as far as worked out."""
        self._fresh = collection.first_run
        self._notices = Notices(collection)

    def compose(self) -> ComposeResult:
        """Make the sentence, the table and the footer."""
        with Vertical(id="column"):
            yield Static(id="sentence", markup=False)
            yield Static(id="advice", markup=False)
            yield Outlook(id="outlook")
            yield DeckHeadings(id="headings")
            yield DeckTable(id="decks")
            yield self._notices
            yield KeyLine()

    def on_mount(self) -> None:
        """Show the day, and look again from time to time."""
        self.set_interval(LOOK_AGAIN, self.look_again)

    def on_screen_resume(self) -> None:
        """Show the day as it is now; what takes longer to find is added to it."""
        if not self.is_current:  # a session was begun at once
            return
        self.look_again(always=True)
        self.call_after_refresh(self._notices.look_for_copies)
        self.query_one(DeckTable).focus()

    def look_again(self, always: bool = False) -> None:
        """Take in what changed on disk, or the date, and show it."""
        if self.app.screen is not self:  # `is_current` holds, too, for the screen just below
            return
        try:
            changes = self._collection.refresh()
        except TrainerError as error:
            self._notices.say_failed(error)
            return
        if always or changes.decks or changes.cards != set() or self._day is None or self._day.day != self._today:
            self._notices.say_troubles(warnings(self._collection))
            self._day = day_at_a_glance(self._collection, self._today)
            self._known = {}
            self._show()
            self.call_after_refresh(self.query_one(Outlook).work_out, self._collection)
            self.call_after_refresh(self._notices.offer_fit)
            self.refresh_bindings()
        if always or changes.decks:
            self.call_after_refresh(self._follow_rewording)

    def _follow_rewording(self) -> None:
        if self._notices.follow_rewording():
            self.look_again()

    def action_merge(self) -> None:
        """Add what the conflict copy holds that is on offer, and say what came."""
        said = self._notices.merge()
        if said:
            self.look_again(always=True)
        self._notices.look_for_copies(said)

    @property
    def _today(self) -> date:
        return self._collection.today

    def _show(self) -> None:
        day = self._day
        if day is None:
            return
        table = self.query_one(DeckTable)
        table.show(day)
        table.display = self.query_one(DeckHeadings).display = bool(day.decks)
        if self._fresh:
            table.point_at_deck(START_HERE)
        for file in self._known:
            table.show_known(file, mean([self._known[file]]))
        self.call_after_refresh(self._learn, day)
        self.query_one("#sentence", Static).update(literal(self._sentence(day)))
        self.query_one("#advice", Static).update(literal("\n".join([self._advice(day), *self._backlog(day)])))

    def _learn(self, day: Day) -> None:
        """Work out what is known of some more decks, and show it; the first screen does not wait for it."""
        if day is not self._day:
            return
        table = self.query_one(DeckTable)
        left = [row.deck for row in day.decks if row.deck.file not in self._known]
        for deck in left[:AT_ONCE]:
            self._known[deck.file] = self._collection.coverage_sum(deck, day.day)
            table.show_known(deck.file, mean([self._known[deck.file]]))
        if left[AT_ONCE:]:
            self.call_after_refresh(self._learn, day)
        else:
            table.show_known(ALL, mean(self._known[deck.file] for deck in day.awake))
        self.refresh_bindings()

    def _sentence(self, day: Day) -> str:
        if not day.decks:
            return "There is no deck yet."
        if not any(row.deck.cards for row in day.decks):
            return "There is no card yet."
        if not day.share.asked:
            return "Nothing is due today."
        return f"{counted(day.share.asked, 'question')} today, about {minutes(day.share.seconds)}."

    def _advice(self, day: Day) -> str:
        if not any(row.deck.cards for row in day.decks):
            write, read = key_name(self, "today.new"), key_name(self, "today.import")
            return f"Press {write} to write a card, or {read} to build a deck from a document."
        if self._fresh:
            return (
                f"Welcome. Press {key_name(self, 'today.start')}: the deck under the cursor shows you how this works."
            )
        if day.share.asked:
            due, new = day.due, day.share.new
            parts = [f"{due} to keep alive"] if due else []
            parts += [f"{new} new"] if new else []
            return f"{', '.join(parts)}. Press {key_name(self, 'today.start')} to start."
        practise = f"Press {key_name(self, 'today.practise')} to practise a deck."
        coming = next_due(self._collection, day.awake, day.day)
        if coming is None:
            return practise
        return f"Next: {counted(coming[1], 'card')} {on_day(coming[0], day.day)}. {practise}"

    def _backlog(self, day: Day) -> list[str]:
        return [backlog_words(self._collection)] if day.share.is_behind else []

    def _start(self, limits: Limits) -> None:
        file = self.query_one(DeckTable).deck
        self._fresh = False
        self.post_message(StartSession((file,) if file else (), limits))

    def _was_reviewed(self) -> bool:
        """Return whether a card of what is under the cursor was ever reviewed, as far as is worked out."""
        table = self.query_one_optional(DeckTable)
        if self._day is None or table is None:
            return False
        file = table.deck
        files = [file] if file else [deck.file for deck in self._day.awake]
        return any(self._known[each][1] for each in files if each in self._known)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is."""
        if action == "merge":
            return self._notices.can_merge
        if parameters == ("reworded",):
            return self._notices.has_reworded
        if parameters == ("fit",):
            return self._notices.can_fit
        if action == "drill":
            return self._was_reviewed()
        return action not in ("start", "practise") or bool(self._day and self._day.decks)

    def action_start(self) -> None:
        """Start a session over the deck under the cursor."""
        self._start(Limits())

    def action_practise(self) -> None:
        """Practise all cards of the deck under the cursor."""
        self._start(Limits(practise_all=True))

    def action_drill(self) -> None:
        """Ask what is likely to be missed in the deck under the cursor."""
        self._start(Limits(weak=True))

    @on(DeckTable.Moved)
    def offer_for_row(self) -> None:
        """Offer what there is for the deck that the cursor came to."""
        self.refresh_bindings()

    @on(DeckTable.Opened)
    def start_clicked(self) -> None:
        """Start with the row that was clicked twice."""
        self.action_start()

    def action_enter(self, room: str) -> None:
        """Open a room off Today, by its name."""
        self._notices.was_fit |= room == "fit"
        self.app.push_screen(enter(room, self._collection))

    def action_undo(self) -> None:
        """Take back the newest answer."""
        self.post_message(self.UndoWanted())

    def action_leave(self) -> None:
        """Leave the trainer."""
        self.app.exit()

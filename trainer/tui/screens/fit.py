"""Fit: the memory model fitted to one's own reviews, and due days moved where wanted; a key takes each back."""

import threading
from asyncio import to_thread
from collections.abc import Callable, Iterator
from typing import ClassVar, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.insight.fitting import error_words, few_words, fit_to_own, move_words
from trainer.memory.tuning import Fit
from trainer.model import Card
from trainer.study.reschedule import Move, moves
from trainer.text import counted
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, lines, literal
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.place_line import progress_bar

Result = TypeVar("Result")

LOOK = 0.1
"""Seconds between two looks at how far the work is."""
BAR = 24
"""Cells of the bar."""


class _Stopped(Exception):
    """The user did not want to wait for the rest."""


class FitScreen(Helped, Screen[None]):
    """Begins to fit when it opens. All work is done beside the screen, one piece at a time."""

    CSS_PATH = "fit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("fit")
    HELP_NAME = "fit"
    HELP_TEXT = (
        "The memory model says how fast you forget. It is fitted to the older four fifths of your reviews, and taken "
        "only if it foretells the newest fifth better than the one in force. Due days stay as promised unless you "
        "move them here."
    )

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self._collection = collection
        self._stop = threading.Event()
        self._is_busy = self._is_writing = self._is_left = False
        self._far = ("", 0.0)
        """What is being done, and how much of it (0-1)."""
        self._said: list[Content] = []
        self._moves: list[Move] = []
        """Due days that can be moved now."""
        self._done: list[tuple[str, str]] = []
        """What can be taken back: the key of its event, and what to say then."""

    def compose(self) -> ComposeResult:
        """Make the words, the bar and the footer."""
        with Vertical(id="column"):
            yield Static("The memory model, fitted to you", id="sentence", markup=False)
            yield Static(id="words", markup=False)
            yield Static(id="bar", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """Begin to fit."""
        self.set_interval(LOOK, self._show_far)
        self._begin()

    def on_unmount(self) -> None:
        """Let nothing go on behind an app that ends."""
        self._stop.set()

    # The work

    @work(exclusive=True)
    async def _begin(self) -> None:
        """Fit, take the weights where they are better, and say what that changes."""
        found = await self._aside("Fitting", lambda: fit_to_own(self._collection, self._tell))
        if found is None:
            return
        if found.after is found.before:
            self._say(few_words(found))
        elif not found.is_better:
            self._say(*error_words(found), "", "That is no better: nothing changes.")
        else:
            await self._adopt(found)

    async def _adopt(self, found: Fit) -> None:
        adopted = await self._write(lambda: self._collection.adopt_weights(found.after.weights, found.reviews).key)
        if adopted is not None:
            self._done.append((adopted, "The memory model from before is in force again."))
            self._say(*error_words(found), "", "That is better: the fit is in force from now on.")
            await self._offer_moves()

    async def _offer_moves(self) -> None:
        """Say how many due days would move."""
        self._moves = await self._aside("Looking at due days", self._find_moves) or []
        way = f" {key_name(self, 'fit.move')} moves them." if self._moves else ""
        self._say("", "Due days stay as promised.", f"By the model in force {move_words(self._moves)}{way}", add=True)
        self._say_ways()

    def _find_moves(self) -> list[Move]:
        return moves(self._collection, self._cards(), self._collection.today)

    def _cards(self) -> Iterator[Card]:
        """Go over all cards, telling how far that is."""
        cards = list(self._collection.library.cards.values())
        for number, card in enumerate(cards):
            self._tell("Looking at due days", number / len(cards))
            yield card

    @work(exclusive=True)
    async def _move(self) -> None:
        found, self._moves = self._moves, []
        dues = [(move.card, move.after) for move in found]
        moved = await self._write(lambda: self._collection.move_dues(dues).key)
        if moved is not None:
            self._done.append((moved, "The due days are where they were."))
            self._say(f"{counted(len(found), 'card')} moved.")
            self._say_ways()

    @work(exclusive=True)
    async def _take_back(self) -> None:
        key, words = self._done[-1]

        def undo() -> str:
            self._collection.undo(key)
            return key

        if await self._write(undo) is None:
            return
        self._done.pop()
        self._say(words)
        self._moves = []
        if self._done:
            await self._offer_moves()

    async def _write(self, work: Callable[[], str]) -> str | None:
        """Do what changes the log, and follow it to the end."""

        def written() -> str:
            with self._collection.telling(self._tell):
                return work()

        self._is_writing = True
        try:
            return await self._aside("Working out what you know", written)
        finally:
            self._is_writing = False

    async def _aside(self, words: str, work: Callable[[], Result]) -> Result | None:
        """Do a piece of work beside the screen; return None where it failed, or where the user left."""
        self._is_busy, self._far = True, (words, 0.0)
        self.refresh_bindings()
        result: Result | None = None
        try:
            result = await to_thread(work)
        except TrainerError as error:
            self._say(error.words)
        except _Stopped:
            pass
        self._is_busy = False
        if self._is_left:
            self.dismiss()
            return None
        self._show_far()
        self.refresh_bindings()
        return result

    def _tell(self, words: str, share: float) -> None:
        """Take in how far the work is, within it; stop it where the user does not wait."""
        self._far = (words, share)
        if self._stop.is_set():
            raise _Stopped

    # What is seen

    def _say(self, *words: str, add: bool = False) -> None:
        self._said = [*(self._said if add else []), *map(literal, words)]
        self.query_one("#words", Static).update(lines(self._said))

    def _say_ways(self) -> None:
        """Say how to take the newest step back later."""
        if self._done:
            self._said += [Content(""), literal(f"Later, `trainer undo {self._done[-1][0]}` takes it back.", QUIET)]
            self.query_one("#words", Static).update(lines(self._said))

    def _show_far(self) -> None:
        bar = self.query_one("#bar", Static)
        bar.display = self._is_busy
        if not self._is_busy:
            return
        words, share = self._far
        bar.update(Content.assemble(progress_bar(share, BAR), literal(f"  {words}…", QUIET)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is."""
        if action == "move":
            return bool(self._moves) and not self._is_busy
        if action == "undo":
            return bool(self._done) and not self._is_busy
        return True

    def action_move(self) -> None:
        """Move due days to where the weights in force put them."""
        self._move()

    def action_undo(self) -> None:
        """Take back the newest step of this screen."""
        self._take_back()

    def action_leave(self) -> None:
        """Go back to Today, once the work can be left off; what is being saved is followed to its end."""
        if not self._is_busy:
            self.dismiss()
            return
        self._is_left = True
        if not self._is_writing:
            self._stop.set()

"""Build a deck: the first step, where a file is chosen, a text pasted, or a deck begun by hand."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea
from textual.worker import Worker, get_current_worker

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.formats.drafting.paths import typed_path
from trainer.text import counted, shorten
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import literal
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.path_field import PathField, PathInput
from trainer.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from trainer.formats.drafting.draft import Draft
    from trainer.formats.planning import Known

Progress = Callable[[int, int], None]
TOLD_AFTER = 0.4
"""Seconds of reading after which it says so, and between two times it says how far."""
NEW_DECK = "New deck"


class _StoppedError(Exception):
    """The person does not want it read any more."""


class BuildScreen(Helped, Screen[None]):
    """Where the cards come from."""

    CSS_PATH = "build.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("build")
    AUTO_FOCUS = "#path"
    HELP_NAME = "build"
    HELP_TEXT = (
        "Name a file: an article, a question bank, a page, a table, an Anki package, a deck. Or paste a text. You see "
        "every card it would make, and change what you like, before anything is written."
    )

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self._collection = collection
        self._said = ""
        """What is being done, for the person who waits."""
        self._told: Timer | None = None
        self._reader: Worker[None] | None = None
        self._whole = ""
        """The folder that Enter reads whole, now that it was said."""

    def compose(self) -> ComposeResult:
        """Make the field, the place for a text, and the footer."""
        with Vertical(id="column"):
            yield Static("Build a deck", id="sentence", markup=False)
            yield Static(
                "From a file: write its path, or drag it here. "
                f"From a text: paste it here, or press {self._paste_key}.",
                id="advice",
                markup=False,
            )
            yield PathField(id="field")
            yield TextArea(id="pasted", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
            yield StatusLine(id="status")
            yield KeyLine()

    @property
    def _field(self) -> PathField:
        return self.query_one(PathField)

    @property
    def _paste_key(self) -> str:
        return key_name(self, "build.paste")

    @property
    def _pasted(self) -> TextArea:
        return self.query_one("#pasted", TextArea)

    # What is chosen

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys of the field to the text while one is pasted."""
        pasted = self.query_one_optional("#pasted", TextArea)
        return action not in ("read", "complete", "offer") or pasted is None or not pasted.display

    def action_offer(self, step: int) -> None:
        """Move through the paths offered."""
        self._field.move(step)

    def action_complete(self) -> None:
        """Complete the path."""
        self._field.complete()

    @on(Input.Submitted)
    @on(PathField.Chosen)
    def action_read(self) -> None:
        """Read what the path names; a folder from the list is opened."""
        if self._told is not None:
            return
        picked = self._field.picked
        is_chosen = picked != self._field.field.value
        if is_chosen:
            self._field.write(picked)
        path = typed_path(picked)
        if path.endswith("/") and self._whole != path:
            self._whole = "" if is_chosen else path
            if not is_chosen:
                again = f"press {key_name(self, 'build.read')} again to read all its files"
                self._say(f"This is a folder. Choose a file in it, or {again}.")
            return
        if not path:
            self._say(f"Write the path of a file, or press {self._paste_key} to paste a text.")
            return
        self._read(partial(_of_path, path), f"Reading {shorten(Path(path).name or path, 40)}")

    @on(PathInput.TextPasted)
    def take_text(self, event: PathInput.TextPasted) -> None:
        """Read a text that was pasted into the field."""
        self._show_pasted(True)
        self._pasted.text = event.text
        self.action_paste()

    def action_paste(self) -> None:
        """Offer a place for a text; read it once one is there."""
        if self._told is not None:
            return
        said = self._pasted.text
        if self._pasted.display and said.strip():
            self._read(partial(_of_text, said), f"Reading {counted(said.count(chr(10)) + 1, 'line')}")
        else:
            self._show_pasted(not self._pasted.display)

    def _show_pasted(self, is_shown: bool) -> None:
        self._pasted.display = is_shown
        self._field.display = not is_shown
        (self._pasted if is_shown else self._field.field).focus()
        self._say(f"Paste or write a text, then press {self._paste_key} to read it." if is_shown else "")
        self.refresh_bindings()

    def action_by_hand(self) -> None:
        """Begin an empty deck."""
        if self._told is None:
            self._read(_by_hand, "Opening")

    # Reading

    def _read(self, make: "Callable[[Progress], Draft]", words: str) -> None:
        self._said = words
        self._told = self.set_interval(TOLD_AFTER, self._tell)
        self._reader = self._read_apart(make)

    def _tell(self) -> None:
        self._say(f"{self._said}... {key_name(self, 'build.leave')} stops it.")

    @work(thread=True, exclusive=True)
    def _read_apart(self, make: "Callable[[Progress], Draft]") -> None:
        """Read, and compare with the home; nothing else looks at the home while this screen is on top."""
        from trainer.formats.planning import Known

        worker = get_current_worker()

        def progress(done: int, number: int) -> None:
            if worker.is_cancelled:
                raise _StoppedError
            self._said = f"{self._said.partition(',')[0]}, {done:,} of {number:,}"

        try:
            draft = make(progress)
            self._said = f"{counted(len(draft.cards), 'card')} found. Comparing them with your decks"
            known = Known(self._collection.library)
            for done, each in enumerate(draft.cards):
                progress(done, len(draft.cards))
                if known.same(each.card) is None:
                    known.near(each.card)
        except _StoppedError:
            return
        except TrainerError as error:
            self._answer(worker.is_cancelled, self._failed, error.words)
        else:
            self._answer(worker.is_cancelled, self._look_through, draft, known)

    def _answer(self, is_cancelled: bool, do: Callable[..., object], *values: object) -> None:
        if not is_cancelled:
            self.app.call_from_thread(do, *values)

    def _stop_telling(self) -> bool:
        """Stop saying that something is read; return whether it was."""
        was_told, self._told = self._told, None
        if was_told is not None:
            was_told.stop()
        return was_told is not None

    def _failed(self, words: str) -> None:
        if self._stop_telling():
            self.query_one(StatusLine).say_failed(words)

    @work
    async def _look_through(self, draft: "Draft", known: "Known") -> None:
        """Show the draft; once it is written, this screen has done its work."""
        from trainer.tui.screens.draft import DraftScreen

        if not self._stop_telling():
            return  # it was stopped at the last moment
        self._say("")
        if await self.app.push_screen_wait(DraftScreen(self._collection, draft, known)):
            self.dismiss()

    def _say(self, words: str) -> None:
        self.query_one(StatusLine).update(literal(words))

    def action_leave(self) -> None:
        """Stop reading; else leave the text; else go back to Today."""
        if self._stop_telling():
            assert self._reader is not None
            self._reader.cancel()
            self._say("Stopped.")
        elif self._pasted.display:
            self._show_pasted(False)
        else:
            self.dismiss()


# What reads is loaded where it is used: it takes longer than showing this screen.


def _of_path(path: str, progress: Progress) -> "Draft":
    from trainer.formats.drafting.reading import read_draft

    return read_draft(path, progress)


def _of_text(said: str, _: Progress) -> "Draft":
    from trainer.formats.drafting.reading import read_pasted

    return read_pasted(said)


def _by_hand(_: Progress) -> "Draft":
    from trainer.formats.drafting.reading import empty_draft

    return empty_draft(NEW_DECK)

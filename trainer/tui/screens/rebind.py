"""Keys: every key of the app, and another bound in its place by pressing it."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.visual import Visual
from textual.widgets import OptionList, Static

from trainer.tui.field_keys import field_refusal
from trainer.tui.helped import Helped
from trainer.tui.key import Key
from trainer.tui.key_names import name_for_file, name_for_person, textual_name
from trainer.tui.keymap import BY_ID, Keymap, chosen_words, keymap_from
from trainer.tui.keys import KEYS, WITHIN, bindings, screens
from trainer.tui.literal import QUIET, literal
from trainer.tui.screens.settings_base import SettingsBase
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.row_list import RowList, first_heading, heading, row
from trainer.tui.widgets.status_line import StatusLine

NAMES = {
    "app": "Everywhere",
    "search": "The search of browse",
    "edit": "A card in fields",
    "rebind": "Keys",
    "confirm": "A question with two answers",
    "conflict": "Two versions of a card",
    "ask": "A question to write an answer to",
    "choose": "A question with a list",
    "draft": "The draft of a deck",
    "form": "A card of a draft in fields",
    "write": "The draft, to be written",
}
"""Headings of screens whose own name says too little."""
KEY = 14
"""Cells of a key, with the space behind it."""


class RebindScreen(Helped, SettingsBase):
    """One list of every key, by screen."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("rebind")
    HELP_NAME = "rebind"
    HELP_TEXT = (
        "{rebind.edit}, then press the key you would rather have. A key that does something else on the same screen is "
        "refused, and so is one that a text field there has its own use for. Several keys, and Esc, can be written in "
        "settings.toml; docs/settings.md says how."
    )

    @property
    def _keymap(self) -> Keymap:
        return keymap_from(self._collection.settings.keys)[0]

    def compose(self) -> ComposeResult:
        """Make the list and the footer."""
        with Vertical(id="column"):
            yield Static("Keys", id="sentence")
            yield RowList(id="rows")
            yield StatusLine(id="status")
            yield KeyLine()

    def show(self) -> None:
        """Show every key as it is."""
        keymap = self._keymap
        rows: list[tuple[str, Visual]] = []
        shown = set[str]()
        for screen in ("app", *screens()):
            name = NAMES.get(screen, screen.capitalize())
            rows.append(heading(name) if rows else first_heading(name))
            for key in KEYS:
                if key.screen in (screen, *WITHIN.get(screen, ())) and key.id not in shown:
                    shown.add(key.id)
                    usual = f" (usually {key.written})" if key.id in keymap.own else ""
                    rows.append((key.id, row(keymap.written(key), literal(f"{key.does}{usual}", QUIET), KEY)))
        self.query_one(RowList).show(rows)

    @on(OptionList.OptionSelected)
    def action_edit(self) -> None:
        """Let the key for what is under the cursor be pressed."""
        self._ask(adds=False)

    def action_add(self) -> None:
        """Let one more key for it be pressed."""
        self._ask(adds=True)

    def _ask(self, adds: bool) -> None:
        key = BY_ID[self.query_one(RowList).chosen]
        kept = self._keymap.keys(key) if adds and not key.is_numbered else ()

        def bind(pressed: tuple[str, ...] | None) -> None:
            if pressed:
                self._bind(key, tuple(dict.fromkeys([*kept, *pressed])))

        self.app.push_screen(PressScreen(key, self._keymap), bind)

    def _bind(self, key: Key, pressed: tuple[str, ...]) -> None:
        value = None if pressed == key.usual else chosen_words(Keymap({key.id: pressed}), key.id)
        if self.set_value(("keys", key.id), value):
            self.say(f"{self._keymap.written(key)}: {key.does}. {self.takes_back()}")

    def action_reset(self) -> None:
        """Bind what is under the cursor to its usual keys."""
        self._bind(BY_ID[self.query_one(RowList).chosen], ())

    def action_undo(self) -> None:
        """Take back the newest change made here."""
        path = self.undo_newest()
        if path is not None:
            self.say(f"Taken back: {BY_ID[path[-1]].does}.")

    def action_leave(self) -> None:
        """Go back to the settings."""
        self.dismiss()


class PressScreen(ModalScreen[tuple[str, ...]]):
    """Takes the next key, or for points the next nine; dismissed with none where nothing is to change."""

    CSS_PATH = "confirm.tcss"

    def __init__(self, key: Key, keymap: Keymap) -> None:
        super().__init__()
        self._key, self._keymap = key, keymap
        self._pressed: list[str] = []

    def compose(self) -> ComposeResult:
        """Make the request."""
        with Vertical(id="confirm"):
            yield Static(id="wanted")
            yield Static(literal("Esc leaves it as it is.", QUIET), id="way-out")
            yield Static(id="refused")

    def on_mount(self) -> None:
        """Ask for the first key."""
        self._ask()

    def _ask(self) -> None:
        words = f"Press the key for: {self._key.does}."
        if self._key.is_numbered:
            words = f"Press the key for point {len(self._pressed) + 1}."
            if self._pressed:
                self.query_one("#way-out", Static).update(literal("Esc ends; the other points have no key.", QUIET))
        self.query_one("#wanted", Static).update(literal(words))

    def on_key(self, event: events.Key) -> None:
        """Take a key, or say why it cannot be had."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(tuple(self._pressed))
            return
        refused = self._refusal(event.key)
        self.query_one("#refused", Static).update(literal(refused, "bold $error"))
        if refused:
            return
        self._pressed.append(event.key)
        if self._key.is_numbered and len(self._pressed) < len(self._key.usual):
            self._ask()
        else:
            self.dismiss(tuple(self._pressed))

    def _refusal(self, pressed: str) -> str:
        name = name_for_person(pressed)
        if textual_name(name_for_file(pressed)) != pressed:
            return f"✗ {name} is no key that can be written in the settings."
        if why := field_refusal(self._key, pressed):
            return f"✗ This works while you write too: {why}."
        other = self._keymap.holder(self._key, pressed)
        if other is not None:
            return f"✗ {name} is taken: {other.does}. Press another."
        return f"✗ {name} is the key of another point." if pressed in self._pressed else ""

"""Settings: each with its value, its default and what it means; changed in place and written at once."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.visual import Visual
from textual.widgets import OptionList, Static

from trainer.collection.collection import Collection
from trainer.settings.kinds import Choice, Switch
from trainer.text import shorten
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal
from trainer.tui.screens.settings_base import SettingsBase
from trainer.tui.setting_lines import Line, lines_of
from trainer.tui.widgets.cost import SHOWN, Cost
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.row_list import RowList, first_heading, heading, row
from trainer.tui.widgets.setting_editor import SettingEditor, ValueInput
from trainer.tui.widgets.status_line import StatusLine

KEYS = "keys"
"""The row that leads to the keys."""
IN_THE_APP = ("typed_answers", "think_timer", "theme", "density")
"""Settings of the app, which stand below those of practice."""
NAME = 20
"""Cells of what a setting is called, with the space behind it."""


class SettingsScreen(Helped, SettingsBase):
    """One list; what is under the cursor is explained, and changed, below it."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings")
    HELP_NAME = "settings"
    HELP_TEXT = (
        "{settings.edit} changes the setting under the cursor: type the value or choose one, and take it. It is "
        "written to settings.toml at once, where your own comments stay. Of desired retention and new cards you see "
        "what they cost, in minutes a day."
    )

    def __init__(self, collection: Collection) -> None:
        super().__init__(collection)
        self._lines: dict[str, Line] = {}

    def compose(self) -> ComposeResult:
        """Make the list, what explains it, and the footer."""
        with Vertical(id="column"):
            yield Static("Settings", id="sentence")
            yield RowList(id="rows")
            yield SettingEditor(id="editor")
            yield Cost(self._collection.home, self._collection.clock, id="cost")
            yield StatusLine(id="status")
            yield KeyLine()

    @property
    def _rows(self) -> RowList:
        return self.query_one("#rows", RowList)

    @property
    def _editor(self) -> SettingEditor:
        return self.query_one(SettingEditor)

    # What is shown

    def show(self) -> None:
        """Show every setting as it is."""
        decks = {deck.title.casefold(): deck.title for deck in self._collection.library.decks}
        titles = [*decks.values(), *(each for each in self._collection.settings.decks if each.casefold() not in decks)]
        self._lines = lines_of(titles)
        rows = [first_heading("Practice")]
        rows += [self._row(line) for line in self._general() if line.setting.name not in IN_THE_APP]
        rows += [heading("The app")]
        rows += [self._row(line) for line in self._general() if line.setting.name in IN_THE_APP]
        own = len(self._collection.settings.keys)
        bound = f"{own} of your own" if own else "the usual ones"
        rows.append((KEYS, _row("keys", bound, f"{key_name(self, 'settings.edit')} shows them")))
        for title in titles:
            rows += [
                heading(shorten(title, 60)),
                *(self._row(line) for line in self._lines.values() if line.title == title),
            ]
        self._rows.show(rows)
        self._explain()
        if (cost := self.query_one(Cost)).shown:
            cost.show_for(cost.shown, self._collection.settings)

    def _general(self) -> list[Line]:
        return [line for line in self._lines.values() if line.title is None]

    def _row(self, line: Line) -> tuple[str, Visual]:
        said = line.said(self._collection.settings)
        return line.id, _row(line.name, said, "" if said == line.usual else f"({line.usual})")

    @property
    def _line(self) -> Line | None:
        """The setting under the cursor; None on the row of the keys."""
        return self._lines.get(self._rows.chosen)

    @on(OptionList.OptionHighlighted, "#rows")
    def _explain(self) -> None:
        """Say what the setting under the cursor means."""
        if self._editor.is_open:
            return
        if self._line is not None:
            self._editor.explain(self._line)
        else:
            self._editor.explain_words("Every key of the app can be another.")
        cost = self.query_one(Cost)
        if self._line is None or self._line.title is not None or self._line.setting.name != cost.shown:
            cost.leave()

    # Changing

    @on(OptionList.OptionSelected, "#rows")
    def action_edit(self) -> None:
        """Change what is under the cursor; a switch at once."""
        line = self._line
        if self._editor.is_open:
            self._editor.take()
        elif line is None:
            from trainer.tui.screens.rebind import RebindScreen

            self.app.push_screen(RebindScreen(self._collection))
        elif isinstance(line.setting.kind, Switch):
            self._set(line, not line.value(self._collection.settings))
        elif isinstance(line.setting.kind, Choice) or line.setting.name == "theme":
            kind = line.setting.kind
            options = list(kind.options) if isinstance(kind, Choice) else self._themes()
            self._editor.open_choice(line, options, line.said(self._collection.settings))
        else:
            value = line.value(self._collection.settings)
            self._editor.open_field(line, "" if not value and value != 0 else line.setting.kind.said(value))

    def _themes(self) -> list[str]:
        """Return the names of the themes, the trainer's own first."""
        return sorted(self.app.available_themes, key=lambda name: (not name.startswith("trainer-"), name))

    @on(SettingEditor.Typed)
    def _try(self, event: SettingEditor.Typed) -> None:
        """Show what a value that is not taken yet would look like, or cost."""
        settings, name = self._collection.settings, event.line.setting.name
        if isinstance(event, SettingEditor.Taken) or event.line.title is not None or event.value is None:
            return
        if name == "theme":
            self.app.theme = event.value
        elif name == "density":
            self.app.set_class(event.value == "compact", "-compact")
        elif name in SHOWN:
            from dataclasses import replace

            self.query_one(Cost).show_for(name, replace(settings, **{name: event.value}))

    @on(SettingEditor.Taken)
    def _take(self, event: SettingEditor.Taken) -> None:
        self._set(event.line, event.value)

    def _set(self, line: Line, value: object) -> None:
        before = line.said(self._collection.settings)
        if not self.set_value(line.path, value):
            return
        self._end_editing()
        after = line.said(self._collection.settings)
        self.say(f"{line.name} is {after}; it was {before}. {self.takes_back()}" if after != before else "")

    def _end_editing(self) -> None:
        """Go back to the list; what was only tried is as it was."""
        settings = self._collection.settings
        self.app.theme = settings.theme if settings.theme in self.app.available_themes else self.app.theme
        self.app.set_class(settings.density == "compact", "-compact")
        self._editor.close()
        self._explain()
        self._rows.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is; while a value is being changed, nothing that sets another."""
        editor = self.query_one_optional(SettingEditor)
        is_out = action in ("reset", "undo") and editor is not None and editor.is_open
        is_written = action == "edit" and isinstance(self.focused, ValueInput)  # whose own Enter takes what is typed
        return super().check_action(action, parameters) and not is_out and not is_written

    def action_reset(self) -> None:
        """Set the default."""
        if self._line is not None:
            self._set(self._line, None)

    def action_undo(self) -> None:
        """Take back the newest change made here."""
        path = self.undo_newest()
        if path is not None:
            self.say(f"Taken back: {path[-1].replace('_', ' ')}.")

    def action_leave(self) -> None:
        """Leave what is being changed as it is; else go back."""
        if self._editor.is_open:
            self._end_editing()
        else:
            self.dismiss()


def _row(name: str, value: str, aside: str) -> Visual:
    """Return what a setting is called, its value, and what is said beside it."""
    return row(name, Content.assemble((value, "bold"), literal(f"  {aside}" if aside else "", QUIET)), NAME)

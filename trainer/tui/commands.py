"""What the command palette finds: everything that can be done on a screen, and the rooms."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.screen import Screen

from trainer.tui.key import Key
from trainer.tui.keymap import BY_ID, Keymap
from trainer.tui.screens.guarded import GuardedScreen
from trainer.tui.screens.today import TodayScreen


def commands(app: App[None], screen: Screen[Any], keymap: Keymap) -> Iterable[SystemCommand]:
    """Return what the keys of a screen do now; and where no review is on, the rooms off Today."""
    for node, binding, enabled, _ in screen.active_bindings.values():
        key = BY_ID.get(binding.id or "")
        if key is not None and enabled and not key.is_numbered and key.id != "app.palette":
            yield _command(key, keymap, partial(app.run_action, binding.action, node))
    if not isinstance(screen, TodayScreen | GuardedScreen):
        for today in app.screen_stack:
            if isinstance(today, TodayScreen):
                yield from _rooms(today, keymap)


def _rooms(today: TodayScreen, keymap: Keymap) -> Iterable[SystemCommand]:
    for key in BY_ID.values():
        if key.screen == "today" and key.action.startswith("enter("):
            room = key.action.split("'")[1]
            if today.check_action("enter", (room,)):
                yield _command(key, keymap, partial(today.action_enter, room))


def _command(key: Key, keymap: Keymap, do: Any) -> SystemCommand:
    return SystemCommand(key.does[:1].upper() + key.does[1:], f"Key: {keymap.written(key)}", do)

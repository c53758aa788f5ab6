"""Keys that a text field has a use of its own for: what is bound to one would never happen while it is written in."""

from trainer.tui.key import Key
from trainer.tui.key_names import character, name_for_person

_ARROWS = ("left", "right", "home", "end")
LINE = frozenset(
    [
        *(f"{modifier}{arrow}" for modifier in ("", "shift+") for arrow in _ARROWS),
        *(f"{modifier}{arrow}" for modifier in ("ctrl+", "ctrl+shift+") for arrow in ("left", "right")),
        *(f"{modifier}backspace" for modifier in ("", "ctrl+", "alt+", "super+")),
        *(f"ctrl+{letter}" for letter in "acdekuvwx"),
        *("delete", "enter", "tab", "shift+tab", "ctrl+shift+a", "super+c"),
    ]
)
"""Those of a field of one line; Tab leads to the next field."""
AREA = LINE | frozenset(
    [
        *("up", "down", "shift+up", "shift+down", "pageup", "pagedown"),
        *("f6", "f7", "ctrl+y", "ctrl+z", "ctrl+shift+k", "alt+delete", "super+x", "super+y", "super+z"),
    ]
)
"""Those of a field of many lines."""
FIELDS = {"edit": AREA, "form": AREA, "build": AREA, "write": LINE, "new": LINE, "search": LINE, "ask": LINE}
"""The screens on which one writes, with the keys of their fields."""
WHILE_WRITING = {"review.editor": AREA}
"""Keys of other screens that are pressed in a field, too."""


def field_refusal(key: Key, pressed: str) -> str:
    """Return why a key, bound to a line of the table, would do nothing while one writes; empty where it would."""
    own = WHILE_WRITING.get(key.id, FIELDS.get(key.screen, frozenset()))
    if pressed in key.usual or not (own or key.everywhere):
        return ""
    if character(pressed):
        return "take a function key, or ctrl and a letter"
    return f"a text field has its own use for {name_for_person(pressed)}" if pressed in own else ""

"""Names of keys: as Textual has them, as a person writes them, as a person reads them."""

import unicodedata

_NAMED = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}
_WRITTEN = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
_SHORT = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where Textual's name of a character is not its Unicode name."""
_LONG = {short: long for long, short in _SHORT.items()} | {
    "minus": "hyphen-minus",
    "less_than_sign": "less-than sign",
    "greater_than_sign": "greater-than sign",
}
_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")


def textual_name(written: str) -> str | None:
    """Return Textual's name of a key such as "x", "?", "F5", "esc" or "ctrl+x"; None where it is no key."""
    written = written.strip()
    if len(written) == 1:
        return _name_of(written)
    *modifiers, key = written.split("+")
    modifiers = [each.casefold() for each in modifiers]
    if any(each not in _MODIFIERS for each in modifiers) or not key:
        return None
    if len(key) == 1:
        name = _name_of(key.lower() if modifiers else key)
    else:
        name = _WRITTEN.get(key.casefold(), key.casefold())
        if name not in _NAMED and not character(name):
            return None
    return "+".join([*modifiers, name]) if name else None


def character(key: str) -> str:
    """Return the character that a key of this name writes; empty where it writes none."""
    if len(key) == 1:
        return key
    if key == "space":
        return " "
    try:
        found = unicodedata.lookup(_LONG.get(key, key).replace("_", " "))
    except KeyError:
        return ""
    return found if found.isprintable() else ""


def name_for_person(key: str) -> str:
    """Return a key of this name as it is said on the screen: "Esc", "?", "F5", "ctrl+x"."""
    *modifiers, last = key.split("+")
    return "+".join([*modifiers, _NAMED.get(last) or character(last) or last])


def name_for_file(key: str) -> str:
    """Return a key of this name as the settings have it: the character where it is one, but for a comma."""
    written = character(key)
    return key if not written.strip() or written == "," else written


def _name_of(letter: str) -> str | None:
    if letter == " ":
        return "space"
    if not letter.isprintable():
        return None
    if letter.isalnum():
        return letter
    name = unicodedata.name(letter, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORT.get(name, name) or None

"""The keys in force: the table's, and those the user has bound in their place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.model import Problem
from trainer.settings.reading import setting_problem
from trainer.text import nearest
from trainer.tui.field_keys import field_refusal
from trainer.tui.key import Key
from trainer.tui.key_names import name_for_file, name_for_person, textual_name
from trainer.tui.keys import KEYS, beside, binding_id

if TYPE_CHECKING:
    from textual.dom import DOMNode

BY_ID = {key.id: key for key in KEYS}
_NOTHING = "unbound"
"""A key that no keyboard has."""
USED = "; the usual one is used."


@dataclass(frozen=True)
class Keymap:
    """What each line of the table is bound to."""

    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys that the user chose, by id, as Textual names them."""

    def keys(self, key: Key) -> tuple[str, ...]:
        """Return the keys of a line of the table."""
        return self.own.get(key.id, key.usual)

    def written(self, key: Key) -> str:
        """Return all its keys as a person reads them."""
        return " ".join(map(name_for_person, self.own[key.id])) if key.id in self.own else key.written

    def first(self, binding: str) -> str:
        """Return the first key of an id, as a person reads it; for sentences."""
        return name_for_person(self.keys(BY_ID[binding])[0])

    def for_textual(self) -> dict[str, str]:
        """Return the keys by the ids of bindings: every binding of a line that was bound anew has another."""
        bound: dict[str, str] = {}
        for own, keys in self.own.items():
            key = BY_ID[own]
            first = 1 if key.everywhere else len(key.usual)  # which alone goes before what a text field does
            slots = [[each] for each in keys[:first]]
            slots[0] += keys[len(slots) :]
            slots += [[_NOTHING]] * (len(key.usual) - len(slots))
            bound |= {binding_id(key, number): ",".join(slot) for number, slot in enumerate(slots)}
        return bound

    def holder(self, key: Key, pressed: str) -> Key | None:
        """Return what else a key does on a screen where `key` works; None where it is free."""
        return next((each for each in beside(key) if pressed in self.keys(each)), None)


def key_name(node: "DOMNode", binding: str) -> str:
    """Return the key of an id as it is in force, for a sentence on the screen."""
    return _keymap_of(node).first(binding)


def written_key(node: "DOMNode", key: Key) -> str:
    """Return all the keys of a line of the table as they are in force."""
    return _keymap_of(node).written(key)


def _keymap_of(node: "DOMNode") -> Keymap:
    return getattr(node.app, "keymap", None) or Keymap()


def keymap_from(chosen: Mapping[str, str]) -> tuple[Keymap, dict[str, str]]:
    """Return the keymap that the settings ask for, and why some lines of theirs cannot be had, by id."""
    own: dict[str, tuple[str, ...]] = {}
    wrong: dict[str, str] = {}
    for binding, written in chosen.items():
        try:
            own[binding] = _keys_of(binding, written)
        except ValueError as error:
            wrong[binding] = str(error)
    while clash := _clash(Keymap(own)):
        binding, pressed, other = clash
        del own[binding]
        wrong[binding] = f"is {name_for_person(pressed)}, but that is `{other.id}`: {other.does}{USED}"
    return Keymap(own), wrong


def key_problems(file: Path, chosen: Mapping[str, str]) -> list[Problem]:
    """Return what is wrong with the keys that a settings file names, with its lines."""
    return [setting_problem(file, f"keys.{binding}", words) for binding, words in keymap_from(chosen)[1].items()]


def chosen_words(keymap: Keymap, binding: str) -> str | list[str] | None:
    """Return what the settings hold for an id: one key, several, or None for the usual ones."""
    names = [name_for_file(each) for each in keymap.own.get(binding, ())]
    return names if len(names) > 1 else names[0] if names else None


def _keys_of(binding: str, written: str) -> tuple[str, ...]:
    """Return Textual's names of the keys that were chosen. Raises ValueError that says what is wrong."""
    key = BY_ID.get(binding)
    if key is None:
        near = nearest(binding, BY_ID)
        raise ValueError(
            f"is no key of the app; {f'did you mean `{near}`?' if near else '`trainer settings keys` lists them.'}"
        )
    keys = []
    for each in [","] if written == "," else written.split(","):
        name = textual_name(each)
        if name is None:
            raise ValueError(f'is {each.strip()!r}, but takes names of keys such as "x", "f5" or "ctrl+x"{USED}')
        if why := field_refusal(key, name):
            raise ValueError(f"is {each.strip()!r}, but works while you write too: {why}{USED}")
        keys.append(name)
    if key.is_numbered and len(keys) > len(key.usual):
        raise ValueError(f"has {len(keys)} keys, but takes {len(key.usual)} at most{USED}")
    return tuple(dict.fromkeys(keys))


def _clash(keymap: Keymap) -> tuple[str, str, Key] | None:
    """Return a line that the user bound to a key of another, that key, and the other."""
    for binding in reversed(list(keymap.own)):
        for pressed in keymap.own[binding]:
            if other := keymap.holder(BY_ID[binding], pressed):
                return binding, pressed, other
    return None

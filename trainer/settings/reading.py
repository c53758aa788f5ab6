"""`settings.toml` read, with a fall-back for each wrong value."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trainer.model import Problem
from trainer.settings.kinds import WrongValue
from trainer.settings.schema import DECK_SETTINGS, SETTINGS, DeckSettings, Setting, Settings
from trainer.text import nearest, shorten, shown

_KEYS_TAKE = 'takes names of keys such as "f5" or ["x", "escape"]'


def read_settings(path: Path) -> tuple[Settings, list[Problem]]:
    """Return the settings in the file, and what is wrong with it.

    A value that cannot be used falls back to its default, alone; a file that is
    not TOML falls back whole. No file means all defaults.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), [_unusable(path, None, getattr(error, "strerror", None) or "This is not UTF-8 text")]
    import tomllib  # which most homes do not need at all

    from trainer.toml_places import syntax_fault

    try:
        document = tomllib.loads(text)
    except RecursionError:
        return Settings(), [_unusable(path, None, "The values are nested too deep to read")]
    except ValueError as error:
        return Settings(), [_unusable(path, *syntax_fault(text, str(error)))]
    return _Reader(path, text).read(document)


def setting_problem(path: Path, key: str, words: str) -> Problem:
    """Return what is wrong with a value that only the app can judge, with where it stands."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return _Reader(path, text).problem(key, words)
    except (OSError, UnicodeDecodeError):  # it was written anew meanwhile
        return Problem(path.name, None, f"`{shorten(key, 60)}` {words}")


def _unusable(path: Path, line: int | None, message: str) -> Problem:
    return Problem(path.name, line, f"{message}.", "The defaults are used until it is mended.")


class _Reader:
    """Reads one document, and gathers what is wrong with it."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self._problems: list[Problem] = []

    def read(self, document: dict[str, Any]) -> tuple[Settings, list[Problem]]:
        """Return the settings and the problems."""
        decks, keys = document.pop("decks", {}), document.pop("keys", {})
        values = self._checked(document, SETTINGS, "")
        values["decks"] = self._decks(decks)
        values["keys"] = self._keys(keys)
        return Settings(**values), self._problems

    def problem(self, key: str, words: str) -> Problem:
        """Return the problem with one setting, with the line it stands on."""
        from trainer.toml_places import places

        found = places(self._text)
        place = next((found[each] for each in found if ".".join(map(str, each)) == key), None)
        return Problem(self._path.name, place.line if place else None, f"`{shorten(key, 60)}` {words}")

    def _wrong(self, key: str, words: str) -> None:
        self._problems.append(self.problem(key, words))

    def _decks(self, decks: Any) -> dict[str, DeckSettings]:
        if not isinstance(decks, dict):
            self._wrong("decks", 'takes tables such as [decks."A title"]')
            return {}
        read = {}
        for title, table in decks.items():
            if isinstance(table, dict):
                read[title] = DeckSettings(**self._checked(table, DECK_SETTINGS, f"decks.{title}."))
            else:
                self._wrong(f"decks.{title}", "takes a table")
        return read

    def _keys(self, keys: Any, prefix: str = "") -> dict[str, str]:
        """Return names of keys with commas by what they are for; `a.b = ""` is the same as `"a.b" = ""`."""
        if not isinstance(keys, dict):
            self._wrong("keys", 'takes a table, with lines such as "review.again" = "x"')
            return {}
        read: dict[str, str] = {}
        for name, value in keys.items():
            if isinstance(value, dict):
                read |= self._keys(value, f"{prefix}{name}.")
                continue
            words = [value] if isinstance(value, str) else value
            if isinstance(words, list) and words and all(isinstance(each, str) and each.strip() for each in words):
                read[prefix + name] = ",".join(words)
            else:
                self._wrong(f"keys.{prefix}{name}", f"is {shown(value)}, but {_KEYS_TAKE}; the usual one is used.")
        return read

    def _checked(self, table: dict[str, Any], schema: Mapping[str, Setting], prefix: str) -> dict[str, Any]:
        """Return the values of `table` that pass their checks, and report the others."""
        good = {}
        for key, value in table.items():
            if key not in schema:
                near = nearest(key, schema)
                known = f"did you mean `{near}`?" if near else f"known are {', '.join(schema)}."
                self._wrong(prefix + key, f"is no setting; {known}")
                continue
            try:
                good[key] = schema[key].check(value)
            except WrongValue as wrong:
                default = schema[key].default
                used = "none" if default in (None, frozenset()) else default
                if key == "desired_retention" and default is None:
                    used = "the general one"
                self._wrong(prefix + key, f"is {shown(value)}, but takes {wrong}; {used} is used.")
        return good

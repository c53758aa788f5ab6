"""`trainer settings`: what is set and what it means; one value set."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from trainer.cli.console import open_silently, say, say_json, warn

if TYPE_CHECKING:
    from trainer.home import Home
    from trainer.settings import DeckSettings, Settings
    from trainer.settings.schema import Setting
    from trainer.tui.keymap import Keymap

HELP = "show the settings, or set one"
EXAMPLES = """\
  trainer settings                                   all of them, with what they mean
  trainer settings minutes 30                        sets one
  trainer settings minutes default                   back to its default
  trainer settings by 2026-12-12 --deck leading      of one deck
  trainer settings keys                              every key of the app, by name
  trainer settings keys.review.again x               another key in its place
"""
_KEYS = "keys"


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    from trainer.settings.schema import DECK_SETTINGS, SETTINGS

    parser.add_argument("name", nargs="?", metavar="NAME", help="one setting")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="what to set it to; `default` for its default")
    parser.add_argument("--deck", metavar="DECK", help="what is set for this deck alone")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    general, own = ([f"  {each.name:18} {each.means}" for each in some.values()] for some in (SETTINGS, DECK_SETTINGS))
    parser.epilog = "\n".join([f"{parser.epilog}\nsettings:", *general, "\nsettings of a deck, with --deck:", *own])


def run(arguments: Namespace) -> None:
    """Show all settings or one, or set one. Raises UsageError for a name or value that is none."""
    from trainer.home import find_home

    home = find_home(arguments.home, os.environ)
    title = None if arguments.deck is None else open_silently(arguments).library.find_deck(arguments.deck).title
    if arguments.value is None:
        _show(arguments, home, title)
    elif arguments.name.startswith(f"{_KEYS}."):
        _set_key(home, arguments.name.removeprefix(f"{_KEYS}."), arguments.value)
    else:
        _set(home, _setting(arguments.name, title), arguments.value, title)


def _setting(name: str, title: str | None) -> "Setting":
    """Return a setting by its name."""
    from trainer.errors import UsageError
    from trainer.settings.schema import DECK_SETTINGS, SETTINGS
    from trainer.text import nearest, shown

    known = SETTINGS if title is None else DECK_SETTINGS
    if name in known:
        return known[name]
    near = nearest(name, known)
    hint = f"Did you mean `{near}`?" if near else f"There are: {', '.join(known)}."
    if title is None and name in DECK_SETTINGS:
        hint = "It is set for one deck: add --deck DECK."
    raise UsageError(f"There is no setting {shown(name)}{' of a deck' if title is not None else ''}.", hint)


# Setting one


def _set(home: "Home", setting: "Setting", typed: str, title: str | None) -> None:
    from trainer.errors import UsageError
    from trainer.settings import read_settings
    from trainer.settings.kinds import WrongValue
    from trainer.settings.writing import write_setting
    from trainer.text import shown

    try:
        value = setting.typed(typed)
    except WrongValue as wrong:
        raise UsageError(f"`{setting.name}` cannot be {shown(typed)}.", f"It takes {wrong}.") from None
    path = (setting.name,) if title is None else ("decks", title, setting.name)
    before = _said(setting, read_settings(home.settings)[0], title)
    write_setting(home.settings, path, value)
    after = _said(setting, read_settings(home.settings)[0], title)
    say(f"{setting.name} is {after} now; it was {before}." if after != before else f"{setting.name} is {after}.")


def _set_key(home: "Home", binding: str, typed: str) -> None:
    from trainer.errors import UsageError
    from trainer.settings import read_settings
    from trainer.settings.writing import write_setting
    from trainer.tui.keymap import BY_ID, USED, chosen_words, keymap_from

    chosen = {each: keys for each, keys in read_settings(home.settings)[0].keys.items() if each != binding}
    if typed != "default":
        chosen[binding] = typed
    keymap, wrong = keymap_from(chosen)
    if binding in wrong or binding not in BY_ID:
        why = wrong.get(binding, "is no key of the app; `trainer settings keys` lists them.")
        raise UsageError(f"`{binding}` {why.removesuffix(USED)}", "Nothing was changed.")
    write_setting(home.settings, (_KEYS, binding), chosen_words(keymap, binding))
    say(f"{binding} is {keymap.written(BY_ID[binding])} now: {BY_ID[binding].does}.")


# Showing


def _show(arguments: Namespace, home: "Home", title: str | None) -> None:
    from trainer.settings import read_settings
    from trainer.settings.schema import DECK_SETTINGS, SETTINGS
    from trainer.tui.keymap import key_problems, keymap_from

    settings, problems = read_settings(home.settings)
    keymap, _ = keymap_from(settings.keys)
    for problem in [*problems, *key_problems(home.settings, settings.keys)]:
        warn(str(problem))
    if arguments.json:
        say_json(_document(settings, keymap))
    elif arguments.name == _KEYS:
        _show_keys(keymap)
    elif arguments.name is not None:
        _show_lines([_setting(arguments.name, title)], settings, title)
    else:
        _show_lines((SETTINGS if title is None else DECK_SETTINGS).values(), settings, title)
        for each in settings.decks if title is None else ():
            say(f"\nOf the deck {each}:")
            _show_lines(DECK_SETTINGS.values(), settings, each)
        if title is None and keymap.own:
            say("\nKeys of your own:")
            _show_keys(keymap, keymap.own)


def _show_lines(lines: "Iterable[Setting]", settings: "Settings", title: str | None) -> None:
    for each in lines:
        value, default = _said(each, settings, title), each.said(each.default)
        usual = "" if value == default else f" ({default} by default)"
        say(f"{each.name:18} {value:14} {each.means}{usual}")


def _show_keys(keymap: "Keymap", only: Iterable[str] | None = None) -> None:
    from trainer.tui.keymap import BY_ID

    for name in BY_ID if only is None else only:
        say(f"{name:22} {keymap.written(BY_ID[name]):12} {BY_ID[name].does}")


def _said(setting: "Setting", settings: "Settings", title: str | None) -> str:
    return setting.said(getattr(settings if title is None else settings.of_deck(title), setting.name))


def _document(settings: "Settings", keymap: "Keymap") -> dict[str, Any]:
    from trainer.settings.schema import DECK_SETTINGS, SETTINGS
    from trainer.tui.key_names import name_for_file

    def values(of: "Settings | DeckSettings", schema: "Mapping[str, Setting]") -> dict[str, Any]:
        found = {name: getattr(of, name) for name in schema}
        plain = (bool, int, float, type(None))
        return {
            name: value if isinstance(value, plain) else sorted(value) if isinstance(value, frozenset) else str(value)
            for name, value in found.items()
        }

    decks = {title: values(own, DECK_SETTINGS) for title, own in settings.decks.items()}
    return {
        **values(settings, SETTINGS),
        "decks": decks,
        "keys": {each: [*map(name_for_file, own)] for each, own in keymap.own.items()},
    }

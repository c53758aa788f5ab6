"""The manual page, made from the parsers: `trainer --man`."""

from argparse import SUPPRESS, Action, ArgumentParser
from collections.abc import Iterator

from trainer import __version__

FILES = {
    "decks/*.toml": "the decks",
    "progress.toml": "everything that ever happened, one line each",
    "answers/*.md": "your own answers, a file a card",
    "settings.toml": "the settings, where there are any",
    "backups/": "log and decks of the last days, weeks and months",
    "imports/": "what imports wrote, so that they can be taken back",
    "deleted/": "cards and decks that were deleted, as decks",
    "cache/": "what was worked out from them; it can be deleted at any time",
}
ENVIRONMENT = {
    "TRAINER_HOME": "the folder of all these files; --home goes before it",
    "EDITOR, VISUAL": "the editor that F4 opens",
    "NO_COLOR": "where it is set, the app shows no colour",
}
EXITS = {
    "0": "done",
    "1": "the work failed, or check found problems",
    "2": "a call that cannot be taken",
    "130": "interrupted",
}


def manual(parser: ArgumentParser) -> str:
    """Return the manual page of a command line in the markup of troff's man macros."""
    return "\n".join(_lines(parser)) + "\n"


def _lines(parser: ArgumentParser) -> Iterator[str]:
    (commands,) = (action for action in parser._actions if isinstance(action.choices, dict))
    assert isinstance(commands.choices, dict)
    yield f'.TH TRAINER 1 "" "trainer {_text(__version__)}" "Keypoint Trainer"'
    yield from (".SH NAME", r"trainer \- practise answers that take a minute to say")
    yield from (".SH SYNOPSIS", r".B trainer", r"[\-\-home FOLDER] [COMMAND ...]")
    yield from (".SH DESCRIPTION", _text(parser.description or ""))
    yield from _options(parser)
    yield ".SH COMMANDS"
    for name, command in commands.choices.items():
        yield from _command(name, command)
    yield from _table("FILES", FILES)
    yield from _table("ENVIRONMENT", ENVIRONMENT)
    yield from _table("EXIT STATUS", EXITS)


def _command(name: str, command: ArgumentParser) -> Iterator[str]:
    usage = " ".join(command.format_usage().removeprefix("usage:").split())
    yield from (f'.SS "{_text(name)}"', _text(command.description or ""), ".PP", f".B {_text(usage)}")
    yield from _options(command)
    yield from (".PP", ".nf")
    yield from (_text(line) for line in (command.epilog or "").splitlines())
    yield ".fi"


def _options(parser: ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        said_once = action.dest == "help" or (action.dest == "home" and parser.prog != "trainer")
        if action.help and action.help != SUPPRESS and not said_once and not isinstance(action.choices, dict):
            yield from (".TP", f".B {_text(_name(action))}", _text(action.help))


def _name(action: Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else ""
    return ", ".join(f"{option} {value}".strip() for option in action.option_strings) or value


def _table(title: str, rows: dict[str, str]) -> Iterator[str]:
    yield f".SH {title}"
    for name, meaning in rows.items():
        yield from (".TP", f".B {_text(name)}", _text(meaning))


def _text(text: str) -> str:
    """Return text that troff prints as it is."""
    safe = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{safe}" if safe.startswith((".", "'")) else safe

"""`trainer completion`: what a shell needs to complete commands, options and the names of decks."""

from argparse import Action, ArgumentParser, Namespace
from typing import Any

from trainer.cli.console import open_silently, say

HELP = "print what your shell needs to complete commands and deck titles"
EXAMPLES = """\
  trainer completion bash  > ~/.local/share/bash-completion/completions/trainer
  trainer completion zsh   > ~/.zfunc/_trainer      with `fpath+=~/.zfunc` in ~/.zshrc, before compinit
  trainer completion fish  > ~/.config/fish/completions/trainer.fish
"""
TITLES = {
    "bash": """
_trainer_titles() {
  local typed="${1//\\\\/}" title
  while IFS= read -r title; do
    case "$1" in
      [\\"\\']*) printf '%s\\n' "$title" ;;
      *) printf '%q\\n' "$title" ;;
    esac
  done < <(trainer completion --titles "${typed#[\\"\\']}" 2>/dev/null)
}
""",
    "zsh": """
_trainer_titles() {
  local -a titles=("${(@f)$(trainer completion --titles "" 2>/dev/null)}")
  compadd -M 'm:{[:lower:]}={[:upper:]}' -a titles
}
""",
    "fish": """
function _trainer_titles
  trainer completion --titles "" 2>/dev/null
end
""",
}
"""A function for each shell that offers the titles of the decks there are."""
_OFFERED = {"bash": "_trainer_titles", "zsh": "_trainer_titles", "fish": "(_trainer_titles)", "preamble": TITLES}


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("shell", nargs="?", metavar="SHELL", choices=list(TITLES), help="bash, zsh or fish")
    choice.add_argument("--titles", metavar="BEGINNING", help="only list the decks whose titles begin so, in any case")


def run(arguments: Namespace) -> None:
    """Print the script, or the titles that it asks for."""
    if arguments.titles is not None:
        _say_titles(arguments)
        return
    import shtab

    from trainer.cli.main import make_parser

    parser = make_parser()
    for action in _actions(parser):
        if (offered := _offered(action)) is not None:
            action.complete = offered  # type: ignore[attr-defined]  # where the library looks
    say(shtab.complete(parser, arguments.shell))


def _say_titles(arguments: Namespace) -> None:
    """Print titles; a home that is not there yet is left so."""
    import os

    from trainer.home import find_home

    if not find_home(arguments.home, os.environ).decks.is_dir():
        return
    beginning = arguments.titles.casefold()
    for deck in open_silently(arguments).library.decks:
        if deck.title.casefold().startswith(beginning):
            say(deck.title)


def _actions(parser: ArgumentParser) -> list[Action]:
    """Return what a parser and those of its commands take."""
    found = list(parser._actions)
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                found += _actions(command)
    return found


def _offered(action: Action) -> dict[str, Any] | None:
    """Return what can stand for this argument, as the library that writes the script takes it."""
    import shtab

    match action.metavar:
        case "DECK" | "D":
            return _OFFERED
        case "FILE" | "SOURCE":
            return shtab.FILE
        case "FOLDER":
            return shtab.DIRECTORY
    return None

"""The `trainer` command: reads the call, runs one command, prints errors, gives the exit code."""

import os
import sys
from argparse import SUPPRESS, Action, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from trainer import __version__
from trainer.cli.console import say_error
from trainer.errors import TrainerError, UsageError
from trainer.text import nearest

COMMANDS = {
    "review": "trainer.cli.review",
    "due": "trainer.cli.due",
    "decks": "trainer.cli.decks",
    "cards": "trainer.cli.cards",
    "card": "trainer.cli.card",
    "new": "trainer.cli.new",
    "add": "trainer.cli.add",
    "edit": "trainer.cli.edit",
    "delete": "trainer.cli.delete",
    "rename": "trainer.cli.rename",
    "move": "trainer.cli.move",
    "split": "trainer.cli.split",
    "join": "trainer.cli.join",
    "import": "trainer.cli.import_",
    "export": "trainer.cli.export",
    "bury": "trainer.cli.bury",
    "reset": "trainer.cli.reset",
    "undo": "trainer.cli.undo",
    "log": "trainer.cli.log",
    "merge": "trainer.cli.merge",
    "restore": "trainer.cli.restore",
    "check": "trainer.cli.check",
    "tune": "trainer.cli.tune",
    "workload": "trainer.cli.workload",
    "settings": "trainer.cli.settings",
    "stats": "trainer.cli.stats",
    "home": "trainer.cli.home",
    "completion": "trainer.cli.completion",
}
"""The module of each command: it has HELP, EXAMPLES, `arguments(parser)` and `run(arguments)`."""

GROUPS = {
    "every day": ("review", "due", "stats", "undo"),
    "decks and cards": ("decks", "cards", "card", "new", "add", "edit", "import", "export", "check"),
    "one card": ("log", "bury", "reset"),
    "memory": ("tune", "workload"),
}
"""How help groups the commands; those that are in no group come last."""
EXAMPLES = """\
examples:
  trainer                        open the app
  trainer review leading         straight into one deck
  trainer review --plain         the same, line by line, for scripts and screen readers
  trainer import notes.md        make a deck of what you have
  trainer new "My talk"          begin a deck of your own
  trainer card "Tell me about"   all of one card
  trainer COMMAND --help         what a command takes, with examples
"""
INTERRUPTED = 130


class _Parser(ArgumentParser):
    """A parser whose complaints are ours: one line, and where to look."""

    def error(self, message: str) -> NoReturn:
        command = self.prog.replace("trainer ", "", 1)
        if command == "trainer" and "invalid choice" in message:
            raise _no_command(message)
        where = "`trainer --help`" if command == "trainer" else f"`trainer {command} --help`"
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", f"{where} shows what it takes.")


class _ByGroup(RawDescriptionHelpFormatter):
    """Help that lists the commands under what they are for."""

    def _format_action(self, action: Action) -> str:
        if not isinstance(action.choices, dict):
            return super()._format_action(action)
        left = {each.dest: each for each in action._get_subactions()}  # type: ignore[attr-defined]
        lines = ""
        for heading, names in [*GROUPS.items(), ("files and machine", tuple(left))]:
            lines += f"{'':{self._current_indent}}{heading}\n"
            self._indent()
            lines += "".join(super(_ByGroup, self)._format_action(left.pop(name)) for name in names if name in left)
            self._dedent()
        return lines


class _Manual(Action):
    """`--man`: print the manual page and end, as `--help` does."""

    def __call__(self, parser: ArgumentParser, *_: Any) -> NoReturn:
        """Print the page of this parser."""
        from trainer.cli.man import manual

        print(manual(parser), end="")
        parser.exit()


def _no_command(message: str) -> UsageError:
    word = message.partition("invalid choice: ")[2].partition(" (")[0].strip("'\"")
    near = nearest(word, COMMANDS)
    hint = f"Did you mean `trainer {near}`?" if near else f"There are: {', '.join(COMMANDS)}."
    return UsageError(f"There is no command {word!r}.", hint)


def make_parser(words: Sequence[str] = ()) -> ArgumentParser:
    """Return the parser of the command line: of the commands among these words, or of all where none is."""
    anywhere = _Parser(add_help=False)
    anywhere.add_argument("--home", metavar="FOLDER", default=SUPPRESS, help="where decks and progress are")
    parser = _Parser(
        prog="trainer",
        description="Practise answers that take a minute to say. Without a command the app opens.",
        epilog=EXAMPLES,
        formatter_class=_ByGroup,
        parents=[anywhere],
    )
    parser.add_argument("--man", action=_Manual, nargs=0, help="print the manual page: `trainer --man | man -l -`")
    parser.add_argument("--version", action="version", version=f"trainer {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=_Parser)
    for name in [name for name in COMMANDS if name in words] or COMMANDS:
        command = import_module(COMMANDS[name])
        sub = commands.add_parser(
            name,
            help=command.HELP,
            description=command.HELP[:1].upper() + command.HELP[1:] + ".",
            epilog=f"examples:\n{command.EXAMPLES}",
            formatter_class=RawDescriptionHelpFormatter,
            parents=[anywhere],
        )
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return parser


def run(call: Sequence[str]) -> int:
    """Run one call and return its exit code; TrainerError comes through."""
    if not call:
        return _open_app(Namespace(home=None, command=None))  # without the parser, which takes as long as a screen
    asks_for_all = call[:1] in (["-h"], ["--help"], ["--man"])
    arguments = make_parser(() if asks_for_all else call).parse_args(call, Namespace(home=None, json=False))
    if arguments.command is None:
        return _open_app(arguments)
    return int(arguments.run(arguments) or 0)


def _open_app(arguments: Namespace) -> int:
    from trainer.cli.review import open_app

    return open_app(arguments)


def main(call: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code: 0, 1 failed, 2 wrong call, 130 interrupted."""
    call = sys.argv[1:] if call is None else call
    _settle_streams()
    try:
        try:
            code = run(call)
        except TrainerError as error:
            say_error(error, "--json" in call)
            code = error.exit_code
        finally:  # also when --help or --version end it
            sys.stdout.flush()
            sys.stderr.flush()
    except BrokenPipeError:
        _write_nowhere()  # the reader has what it wanted
        return 0
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        say_error(TrainerError(f"The output cannot be written: {error.strerror}."), as_json=False)
        _write_nowhere()
        return 1
    return code


def _write_nowhere() -> None:
    """Give what Python still flushes at its end somewhere to go."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


def _settle_streams() -> None:
    """Make every stream one that can be used: closed ones lead nowhere, odd characters are replaced."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123  (open to the end)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal of few characters is no reason to stop

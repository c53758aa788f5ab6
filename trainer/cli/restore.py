"""`trainer restore`: the backups there are, and what one of them holds added to the home."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.cli.console import open_collection, say, say_json
from trainer.errors import HomeError, UsageError
from trainer.text import counted, shown

if TYPE_CHECKING:
    from trainer.progress.backups import Backup

HELP = "list the backups, or add what one of them holds"
EXAMPLES = """\
  trainer restore                     which backups there are
  trainer restore 2026-11-20          add what is missing: events of the log, decks, your answers
  trainer restore /media/stick/2026-11-20.zip

Nothing is written over: a deck that is there stays as it is.
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a backup by its date or file (default: list them)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """List the backups, or bring one back. Raises TrainerError when it cannot be read, or decks not written."""
    from trainer.home import find_home
    from trainer.progress.backups import list_backups

    home = find_home(arguments.home, os.environ)
    backups = list_backups(home.backups)
    if arguments.name is not None:
        _restore(arguments, _chosen(arguments.name, backups))
        return
    found = [_facts(backup) for backup in backups]
    if arguments.json:
        say_json(found)
        return
    for each in found:
        holds = f"{each['events']:,} events  {each['decks']:,} decks" if each["error"] is None else each["error"]
        say(f"{each['name']}  {each['size'] / 1000:,.0f} kB  {holds}")
    if not found:
        say("There is no backup yet. One is made each day, with the first answer.")


def _facts(backup: "Backup") -> dict[str, Any]:
    """Return what a list says of a backup."""
    from trainer.progress.backup_contents import backup_decks, backup_log

    facts = {"name": backup.path.name, "date": backup.day.isoformat(), "size": backup.size}
    try:
        lines = backup_log(backup.path).split(b"\n")
        decks = len(backup_decks(backup.path))
    except HomeError as error:
        return {**facts, "events": None, "decks": None, "error": error.message}
    return {**facts, "events": sum(line[:1].isdigit() for line in lines), "decks": decks, "error": None}


def _chosen(name: str, backups: "list[Backup]") -> Path:
    for backup in backups:
        if name in (backup.path.name, backup.path.stem):
            return backup.path
    if os.path.isfile(name):  # noqa: PTH113  (Path raises for a name that is too long)
        return Path(name)
    raise UsageError(f"There is no backup {shown(name)}.", "`trainer restore` lists them.")


def _restore(arguments: Namespace, path: Path) -> None:
    from dataclasses import asdict

    from trainer.collection.merging import merge
    from trainer.progress.backup_contents import (
        backup_answers,
        backup_decks,
        backup_log,
        restore_answers,
        restore_decks,
    )

    log, decks, answers = backup_log(path), backup_decks(path), backup_answers(path)
    collection = open_collection(arguments)
    merged = merge(collection, log)
    written, kept = restore_decks(collection.home.decks, decks)
    answers_written, answers_kept = restore_answers(collection.home.answers, answers)
    kept += answers_kept
    if arguments.json:
        came = {"answers": answers_written} if answers_written else {}
        say_json({**asdict(merged), "decks": written, "kept": kept, **came})
        return
    say(merged.words())
    if answers_written:
        say(f"{counted(len(answers_written), 'answer')} of your own put back.")
    if written:
        say(f"Decks put back: {', '.join(written)}.")
    if kept:
        say(f"Other than in the backup, and left as they are: {', '.join(kept)}.")

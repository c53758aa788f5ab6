"""`trainer merge`: add what another copy of the log holds."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from trainer.cli.console import open_collection, say, say_json, warn

HELP = "add the events of another copy of the log"
EXAMPLES = """\
  trainer merge /media/stick/trainer          another home folder
  trainer merge progress.sync-conflict-*.toml copies that a sync program left
  trainer merge old.toml --dry-run            how much would come

Only what is missing here is added, so any order and any number of times gives the same.
The other file stays as it is.
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a progress.toml, a copy of one, or a home folder")
    parser.add_argument("--dry-run", action="store_true", help="show what would come, write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Add what is missing, and say how much that was. Raises TrainerError; nothing was added then."""
    from dataclasses import asdict

    from trainer.collection.merging import merge, would_merge
    from trainer.progress.backup_contents import home_answers, restore_answers
    from trainer.progress.merging import read_other
    from trainer.text import counted

    paths = [_path(name) for name in arguments.files]
    others = b"\n".join(map(read_other, paths))
    answers = {name: data for path in reversed(paths) if path.is_dir() for name, data in home_answers(path).items()}
    collection = open_collection(arguments, offer_copies=False)
    merged = would_merge(collection, others) if arguments.dry_run else merge(collection, others)
    came = [] if arguments.dry_run else restore_answers(collection.home.answers, answers)[0]
    if arguments.json:
        say_json(asdict(merged) | ({"answers": came} if came else {}))
        return
    say(merged.words("would be added" if arguments.dry_run else "added"))
    if came:
        say(f"{counted(len(came), 'answer')} of your own came along.")
    if merged.unreadable:
        kept = "" if arguments.dry_run else f"; copies are in {collection.home.folder}, as progress.rejected-TIME.toml"
        warn(f"{counted(merged.unreadable, 'line')} of it cannot be read{kept}.")


def _path(name: str) -> Path:
    path = Path(name)
    try:
        return path.expanduser()
    except RuntimeError:  # ~name of nobody
        return path

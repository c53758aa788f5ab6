"""Conflict copies that hold events our log lacks, found at little cost: what was compared is remembered.

The log only grows. So a copy that held nothing new holds nothing new as long as the copy stays the same
and the log is the same file and no shorter; the memory of that may be deleted at any time.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.errors import TrainerError
from trainer.progress.copies import conflict_copies
from trainer.text import counted


@dataclass(frozen=True)
class Offer:
    """A copy that is worth merging."""

    path: Path
    answers: int
    """Reviews in it that our log lacks."""
    new: int
    """Events in it that our log lacks, reviews included."""

    @property
    def words(self) -> str:
        """What it is, without how to merge it."""
        held = counted(self.answers, "answer") if self.answers else counted(self.new, "event")
        return f"{self.path.name} holds {held} {'that is' if held.startswith('1 ') else 'that are'} not in your log"


def find_offers(log: Path, memory: Path) -> list[Offer]:
    """Return the conflict copies beside a log that hold events it lacks, by name.

    `memory` is the file that remembers what was compared; it need not exist, nor be right. Never raises.
    """
    paths = conflict_copies(log)
    if not paths:
        return []
    known = _remembered(memory)
    facts = {path.name: fact for path in paths if (fact := _facts(path, log, known.get(path.name)))}
    if facts != known:
        with suppress(OSError):
            memory.parent.mkdir(exist_ok=True)
            draft = memory.with_name(f"{memory.name}.draft")
            draft.write_text(json.dumps(facts), encoding="utf-8")
            draft.replace(memory)
    offers = [Offer(path, *facts[path.name][-2:]) for path in paths if path.name in facts]
    return [offer for offer in offers if offer.new]


def _facts(path: Path, log: Path, known: list[int] | None) -> list[int] | None:
    """Return what tells copy and log from others, the log's size, and the answers and events that are new."""
    from trainer.progress.merging import compare, read_other, read_own  # hardly ever needed

    try:
        copy, own = path.stat(), log.stat() if log.exists() else None
        signature = [copy.st_size, copy.st_mtime_ns, copy.st_ino, own.st_dev if own else 0, own.st_ino if own else 0]
        size = own.st_size if own else 0
        if known is not None and known[:5] == signature and _holds(known, size):
            return known
        found = compare(read_own(log), read_other(path))
    except (OSError, TrainerError):
        return None
    return [*signature, size, found.answers, found.new]


def _holds(known: list[int], size: int) -> bool:
    """Return whether what was found is still so, now that the log has this size."""
    return known[5] == size or (known[5] < size and not known[7])


def _remembered(memory: Path) -> Mapping[str, list[int]]:
    try:
        read: Any = json.loads(memory.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    facts = read.items() if isinstance(read, dict) else ()
    return {name: fact for name, fact in facts if isinstance(fact, list) and list(map(type, fact)) == [int] * 8}

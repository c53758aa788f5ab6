"""Another copy's events, added to an open home."""

from contextlib import suppress
from dataclasses import dataclass

from trainer.collection.collection import Collection
from trainer.progress.events import stamp_of
from trainer.progress.offers import Offer, find_offers
from trainer.progress.rejected import keep_rejected
from trainer.text import counted


@dataclass(frozen=True)
class Merged:
    """What a merge came to, or would."""

    came: int
    """Events that were missing here."""
    known: int
    """Events that were here already."""
    unreadable: int
    """Lines of which something could not be read."""

    def words(self, verb: str = "added") -> str:
        """Return it as a sentence."""
        return f"{counted(self.came, 'event')} {verb}, {self.known:,} known already."


def merge(collection: Collection, other: bytes) -> Merged:
    """Add the events of another log that are missing here, and keep copies of its lines that cannot be read.

    Raises NotSavedError, or HomeError when our log cannot be read; nothing was added then.
    """
    from trainer.progress.merging import compare, read_own

    home = collection.home
    found = compare(read_own(home.log), other)
    if found.unreadable:
        with suppress(OSError):  # they are still in the other file
            keep_rejected(home.folder, list(found.unreadable), stamp_of(collection.clock.now()))
    came = collection.add_lines(found.missing, found.missing.__getitem__) if found.missing else 0
    return Merged(came, found.known + found.new - came, len(found.unreadable))


def offers(collection: Collection) -> list[Offer]:
    """Return the conflict copies beside the log that hold events missing here. Never raises."""
    return find_offers(collection.home.log, collection.home.cache / "copies.json")


def would_merge(collection: Collection, other: bytes) -> Merged:
    """Return what `merge` would come to; nothing is written. Raises HomeError when our log cannot be read."""
    from trainer.progress.merging import compare, read_own

    found = compare(read_own(collection.home.log), other)
    return Merged(found.new, found.known, len(found.unreadable))

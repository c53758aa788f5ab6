"""The formats there are, and which of them a source is in.

A format is a module with `NAME`, `sniff(name, data)` and `read(name, data)`; to add one,
write its file and name its module here.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from trainer.errors import TrainerError, UsageError
from trainer.formats.found import Found
from trainer.text import shorten

MODULES = {"deck": "trainer.formats.deck"}
"""The module of each format by its name, in the order in which they are tried."""


class Format(Protocol):
    """What a module of a format offers."""

    NAME: str

    @staticmethod
    def sniff(name: str, data: bytes) -> bool:
        """Return whether a file of this name and these bytes looks like this format."""

    @staticmethod
    def read(name: str, data: bytes) -> Sequence[Found]:
        """Return the decks found. Raises TrainerError when nothing can be read."""


def choose_format(name: str, data: bytes, wanted: str | None = None) -> Format:
    """Return the format that is wanted, or the first that the source looks like.

    Raises UsageError for a format there is none of, TrainerError for a source of no known format.
    """
    if wanted is not None and wanted not in MODULES:
        raise UsageError(f"There is no format {shorten(wanted, 40)!r}.", f"There are: {', '.join(MODULES)}.")
    for each in [wanted] if wanted else MODULES:
        found = cast(Format, import_module(MODULES[each]))
        if wanted or found.sniff(name, data):
            return found
    raise TrainerError(f"{name} is in no format known here.", f"Known are: {', '.join(MODULES)} (a .toml deck file).")

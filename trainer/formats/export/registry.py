"""The kinds of files a deck can be exported to, by their endings."""

from importlib import import_module
from typing import Protocol, cast

from trainer.collection.collection import Collection
from trainer.errors import UsageError
from trainer.model import Deck
from trainer.text import listed, shorten

MODULES = {
    ".apkg": "trainer.formats.export.anki_package",
    ".csv": "trainer.formats.export.table",
    ".html": "trainer.formats.export.sheet",
    ".json": "trainer.formats.export.everything",
    ".md": "trainer.formats.export.notes",
}
"""The module of each kind of file."""


class Exporter(Protocol):
    """What a module of an export offers."""

    HISTORY: bool
    """Whether the reviews come along."""

    @staticmethod
    def export(collection: Collection, deck: Deck) -> bytes:
        """Return a deck as the content of such a file."""


def choose_exporter(name: str) -> Exporter:
    """Return the exporter for a file of this name. Raises UsageError for an ending there is none for."""
    for ending, module in MODULES.items():
        if name.lower().endswith(ending):
            return cast(Exporter, import_module(module))
    raise UsageError(
        f"{shorten(name, 60)} has no ending that a deck can be exported to.",
        f"There are {listed(list(MODULES))}.",
    )

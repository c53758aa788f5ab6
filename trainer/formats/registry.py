"""The formats there are, and which of them a source is in.

A format is a module with `NAME`, `sniff(name, data)` and `read(name, data)`; to add one,
write its file and name its module here. A format that can be told more (the delimiter of a
table, say) lists the names in `OPTIONS` and takes them as keywords of `read`.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Protocol, cast, runtime_checkable

from trainer.errors import TrainerError, UsageError
from trainer.formats.fields import Fields
from trainer.formats.found import Found
from trainer.text import shorten

MODULES = {
    "deck": "trainer.formats.deck",
    "anki": "trainer.formats.anki.package",
    "anki-text": "trainer.formats.anki.text",
    "trainer-json": "trainer.formats.own_json",
    "hashcards-json": "trainer.formats.hashcards",
    "csv": "trainer.formats.table",
    "json": "trainer.formats.json_cards",
    "html": "trainer.formats.page",
    "qa": "trainer.formats.qa",
    "text": "trainer.formats.text",
}
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


@runtime_checkable
class FieldFormat(Protocol):
    """What a module of a format offers beside, whose notes have named fields."""

    @staticmethod
    def read_fields(name: str, data: bytes, fields: Fields) -> Sequence[Found]:
        """Return the decks found, with question and answer taken from these fields. Raises TrainerError."""


def read_source(
    name: str, data: bytes, wanted: str | None, fields: Fields, options: Mapping[str, Any] | None = None
) -> Sequence[Found]:
    """Return the decks found in a source; its format is told those of the options that it takes.

    Raises UsageError for a wrong call, TrainerError when nothing can be read.
    """
    chosen = choose_format(name, data, wanted)
    if not fields:
        return read_with(chosen, name, data, options or {})
    if not isinstance(chosen, FieldFormat):
        raise UsageError(f"{name} has no named fields.", "Leave --question-field and --answer-field out.")
    return chosen.read_fields(name, data, fields)


def choose_format(name: str, data: bytes, wanted: str | None = None) -> Format:
    """Return the format that is wanted, or the first that the source looks like.

    Raises UsageError for a format there is none of, TrainerError for a source of no known format.
    """
    if wanted is not None and wanted not in MODULES:
        raise UsageError(f"There is no format {shorten(wanted, 40)!r}.", f"There are: {', '.join(MODULES)}.")
    found = cast(Format, import_module(MODULES[wanted])) if wanted else find_format(name, data)
    if found is None:
        raise TrainerError(f"{name} is in no format known here.", f"Known are: {', '.join(MODULES)}.")
    return found


def find_format(name: str, data: bytes) -> Format | None:
    """Return the first format that a source looks like, if it looks like one."""
    formats = (cast(Format, import_module(module)) for module in MODULES.values())
    return next((each for each in formats if each.sniff(name, data)), None)


def read_with(chosen: Format, name: str, data: bytes, options: Mapping[str, Any]) -> Sequence[Found]:
    """Return the decks that a format finds, told those of the options that it takes.

    Raises TrainerError when nothing can be read.
    """
    taken = getattr(chosen, "OPTIONS", ())
    return chosen.read(name, data, **{key: value for key, value in options.items() if key in taken})

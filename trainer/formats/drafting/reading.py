"""Sources read into drafts: a document with its lines, anything else as cards alone."""

import os
from collections.abc import Callable
from types import ModuleType
from typing import cast

from trainer.errors import TrainerError
from trainer.formats import page, qa, text
from trainer.formats.decoding import decoded, document_text
from trainer.formats.document.recognise import recognise
from trainer.formats.drafting.draft import Draft
from trainer.formats.found import Found
from trainer.formats.limits import LARGEST_DOCUMENT
from trainer.formats.registry import choose_format
from trainer.formats.sources import Reading, bytes_of, read_sources
from trainer.model import Deck
from trainer.text import clean

PASTED = "Pasted text"


def read_draft(path: str, progress: Callable[[int, int], None] = lambda done, all_: None) -> Draft:
    """Read a file, or all files of a folder. `progress` is told how many files of a folder are read.

    Raises TrainerError for what cannot be read.
    """
    if os.path.isdir(os.path.expanduser(path)):  # noqa: PTH111, PTH112  (Path raises for odd names)
        return _of(path, (), read_sources([path], Reading(), bytes_of, progress))
    data = bytes_of(path)
    chosen = cast(ModuleType, choose_format(path, data))
    if chosen is page:
        return _of_text(path, page.page_text(clean(decoded(path, data, LARGEST_DOCUMENT)))[0])
    found = list(chosen.read(path, data))
    return _of(path, document_text(path, data).split("\n") if chosen in (text, qa) else (), found)


def read_pasted(said: str) -> Draft:
    """Read a text that was pasted. Raises TrainerError for what is no text to read."""
    data = said.encode(errors="replace")
    if qa.sniff("pasted.md", data):
        return _of(PASTED, document_text(PASTED, data).split("\n"), list(qa.read(PASTED, data)))
    return _of_text(PASTED, document_text(PASTED, data))


def empty_draft(title: str) -> Draft:
    """Return a draft to write cards into by hand."""
    return Draft(title, (), [Found(title, Deck("", title))])


def _of_text(name: str, said: str) -> Draft:
    return _of(name, said.split("\n"), [recognise(name, said)])


def _of(name: str, lines: "list[str] | tuple[str, ...]", found: list[Found]) -> Draft:
    if not found:
        raise TrainerError(f"There is nothing to read in {name}.", "Check the name and try again.")
    return Draft(name, lines, found)

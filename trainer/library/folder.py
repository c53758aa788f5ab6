"""The decks folder: every deck file in it, which cards are one, and what is wrong."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from trainer.errors import UsageError
from trainer.library.deck_format import DeckFile, read_deck
from trainer.library.identity import same_wording
from trainer.model import Card, Deck, Problem
from trainer.text import shorten

Signature = tuple[int, int, int]


@dataclass(frozen=True)
class _Known:
    """A file as it was when it was read."""

    signature: Signature
    content: DeckFile


class Library:
    """All decks of a folder. A value: reading the folder again makes a new one."""

    def __init__(self, files: dict[str, _Known], unreadable: list[Problem], signatures: dict[str, Signature]) -> None:
        self._files = files
        self._signatures = signatures
        self.lost: list[Problem] = [*unreadable, *_lost(files)]
        """What is wrong with files that are no deck at all."""
        self.problems: list[Problem] = list(unreadable)
        """Everything wrong, by file and line."""
        self.decks: list[Deck] = []
        """The decks that load, in the order of their files; a card stands only in the first that has it."""
        self.cards: dict[str, Card] = {}
        """Every card by its id, in the order of files and places."""
        self.deck_of: dict[str, Deck] = {}
        """The deck in which each card is asked, by card id."""
        self.places: dict[str, tuple[str, int]] = {}
        for known in files.values():
            self.problems.extend(known.content.problems)
            if known.content.deck is not None:
                self._add(known.content.deck, known.content)
        self.problems.sort(key=lambda problem: (problem.file, problem.line or 0))

    def _add(self, deck: Deck, content: DeckFile) -> None:
        asked = []
        for index, card in enumerate(deck.cards):
            first = self.cards.get(card.id)
            if first is None:
                self.cards[card.id] = card
                self.places[card.id] = (deck.file, index)
                asked.append(card)
            else:
                self.problems.append(self._twice(first, card, deck, content.line_of(index)))
        kept = deck if len(asked) == len(deck.cards) else _with_cards(deck, asked)
        self.decks.append(kept)
        self.deck_of.update((card.id, kept) for card in asked)

    def _twice(self, first: Card, card: Card, deck: Deck, line: int) -> Problem:
        place = f"{self.places[first.id][0]}:{self.line_of(first.id)}"
        if same_wording(first.question) == same_wording(card.question):
            return Problem(
                deck.file,
                line,
                f"This card is also at {place}; it is asked once.",
                "Remove one, or give it an id.",
            )
        return Problem(
            deck.file,
            line,
            f"The id `{card.id}` belongs to another question, at {place}; this card is left out.",
            "Give it an id of its own.",
        )

    def line_of(self, card_id: str) -> int:
        """Return the line of its file on which a card begins."""
        file, index = self.places[card_id]
        return self._files[file].content.line_of(index)

    def find_deck(self, name: str) -> Deck:
        """Return the deck of this title or file name, whole or by its beginning, in any case.

        Raises UsageError when there is none, or more than one.
        """
        wanted = name.casefold()
        exact: list[Deck] = []
        begun: list[Deck] = []
        for deck in self.decks:
            names = [each.casefold() for each in (deck.title, deck.file, deck.file.removesuffix(".toml"))]
            if wanted in names:
                exact.append(deck)
            elif any(each.startswith(wanted) for each in names):
                begun.append(deck)
        fitting = [deck for deck in exact if name in (deck.title, deck.file)] or exact or begun
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            titles = ", ".join(deck.title for deck in self.decks) or "no deck yet"
            raise UsageError(f"There is no deck {shorten(name, 60)!r}.", f"There are: {shorten(titles, 200)}.")
        several = ", ".join(f"{deck.title} ({deck.file})" for deck in fitting)
        raise UsageError(f"{shorten(name, 60)!r} could be {several}.", "Write more of it, or the file's name.")


def read_library(folder: Path, before: Library | None = None) -> Library:
    """Read every `*.toml` of the folder, by name; files unchanged since `before` are not read again.

    A file that loaded before and does not now, as when it is being edited, keeps its deck.
    A file that cannot be read is a problem of the library, never an error.
    """
    known = {} if before is None else before._files
    files: dict[str, _Known] = {}
    signatures: dict[str, Signature] = {}
    problems: list[Problem] = []
    for entry in _entries(folder, problems):
        try:
            signature = signatures[entry.name] = _signature(entry)
            earlier = known.get(entry.name)
            if earlier is not None and earlier.signature == signature:
                files[entry.name] = earlier
            else:
                content = read_deck(Path(entry.path).read_bytes(), entry.name)
                if content.deck is None and earlier is not None and earlier.content.deck is not None:
                    content = replace(earlier.content, problems=content.problems, stale=True)
                files[entry.name] = _Known(signature, content)
        except OSError as error:
            problems.append(Problem(entry.name, None, f"The file cannot be read: {error.strerror}."))
    return Library(files, problems, signatures)


def folder_changed(folder: Path, library: Library) -> bool:
    """Return whether any deck file was added, removed or written since the library was read."""
    return {entry.name: _signature(entry) for entry in _entries(folder, [])} != library._signatures


def _lost(files: dict[str, _Known]) -> list[Problem]:
    contents = [known.content for known in files.values() if known.content.deck is None or known.content.stale]
    return [problem for content in contents for problem in content.problems]


def _entries(folder: Path, problems: list[Problem]) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            decks = [entry for entry in entries if entry.name.endswith(".toml") and entry.name[0] != "."]
    except OSError as error:
        problems.append(Problem(folder.name, None, f"The decks folder cannot be read: {error.strerror}."))
        return []
    return sorted(decks, key=lambda entry: entry.name)


def _signature(entry: os.DirEntry[str]) -> Signature:
    """Return what changes when a file is written; the same for all files that are out of reach."""
    try:
        stat = entry.stat()
    except OSError:
        return (0, 0, 0)
    return (stat.st_mtime_ns, stat.st_size, stat.st_ino)


def _with_cards(deck: Deck, cards: list[Card]) -> Deck:
    return Deck(deck.file, deck.title, deck.about, deck.tags, tuple(cards))

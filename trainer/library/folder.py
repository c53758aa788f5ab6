"""The decks folder: every deck file in it, which cards are one, and what is wrong."""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.cache import Cache
from trainer.errors import UsageError
from trainer.library.identity import same_wording
from trainer.library.shelf import SCHEMA, Outline, Shelf, Touched
from trainer.library.views import Cards, DeckCards, DeckOf
from trainer.model import Card, Deck, Problem
from trainer.text import shorten

if TYPE_CHECKING:
    from trainer.toml_places import Path as TomlPath
    from trainer.toml_places import Place

Told = Callable[[int, int], None]
"""Told how many files of how many are read."""

LOST = "-"
"""The signature of a file that is out of reach."""


class Library:
    """All decks of a folder, as they were when `refresh` was last called."""

    def __init__(self, folder: Path, cache: Cache) -> None:
        self._folder = folder
        self._cache = cache
        self._shelf = Shelf(cache)
        self._signatures: dict[str, str] | None = None
        self._unreadable: list[Problem] = []
        self._stale: set[str] = set()
        self._places: tuple[str, str, dict[TomlPath, Place]] = ("", "", {})
        """Where everything stands in the file that was asked about last, with its signature."""
        self.cards = Cards(self._shelf)
        self._take_over()

    def _take_over(self) -> None:
        """Take the decks as the cache holds them."""
        self.decks: list[Deck] = []
        """The decks that load, in the order of their files; a card stands only in the first that has it."""
        self.lost: list[Problem] = list(self._unreadable)
        """What is wrong with files that are no deck at all."""
        self._own: list[Problem] = list(self._unreadable)
        for name, head, problems in self._shelf.heads():
            self._own.extend(problems)
            if head is None or name in self._stale:
                self.lost.extend(problems)
            if head is not None:
                title, about, tags = head
                self.decks.append(Deck(name, title, about, tuple(tags), DeckCards(self._shelf, name)))
        self.deck_of = DeckOf(self._shelf, {deck.file: deck for deck in self.decks})

    # Following the disk

    def forget(self) -> None:
        """Look at every file anew with the next `refresh`."""
        self._signatures = None

    def refresh(self, touched: Touched = lambda _: None, told: Told = lambda _done, _all: None) -> bool:
        """Read what was added, removed or written since the last time; return whether anything was.

        A file that loaded before and does not now, as when it is being edited, keeps its deck.
        A file that cannot be read is a problem of the library, never an error.
        """
        unreadable: list[Problem] = []
        entries = {entry.name: entry for entry in _entries(self._folder, unreadable)}
        signatures = {name: _signature(entry) for name, entry in entries.items()}
        if signatures == self._signatures:
            return False
        known = self._shelf.signatures()
        for name in known.keys() - signatures.keys():
            self._shelf.remove(name, touched)
        changed = [name for name, signature in signatures.items() if known.get(name) != signature]
        loaded = {deck.file for deck in self.decks} if self._signatures is not None else set()
        for done, name in enumerate(changed):
            told(done, len(changed))
            self._read(name, signatures[name], loaded, touched, unreadable)
        self._signatures = signatures
        self._unreadable = unreadable
        self._take_over()
        return True

    def _read(self, name: str, signature: str, loaded: set[str], touched: Touched, unreadable: list[Problem]) -> None:
        try:
            data = (self._folder / name).read_bytes()
        except OSError as error:
            unreadable.append(Problem(name, None, f"The file cannot be read: {error.strerror}."))
            self._shelf.remove(name, touched)
            return
        digest = hashlib.sha256(data).digest()
        if self._shelf.is_same(name, digest):
            self._shelf.sign(name, signature)
            return
        from trainer.library.deck_format import read_deck  # needed only where a deck has changed

        content = read_deck(data, name)
        if content.deck is None and name in loaded:
            self._cache.hold_privately()  # another process, which knows only the file, has no such deck
            self._stale.add(name)
            self._shelf.put_problems(name, signature, content.problems)
        else:
            self._stale.discard(name)
            self._shelf.put(name, signature, digest, content, touched)

    # What is wrong

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong, by file and line."""
        found = [*self._own, *(self._twice(*each) for each in self._shelf.twice())]
        return sorted(found, key=lambda problem: (problem.file, problem.line or 0))

    @property
    def problem_count(self) -> int:
        """How much is wrong."""
        return len(self._own) + self._shelf.count_twice()

    def _twice(self, file: str, number: int, card: Card) -> Problem:
        first = self.cards[card.id]
        place = f"{self.deck_of[card.id].file}:{self.line_of(card.id)}"
        line = self._line(file, number)
        if same_wording(first.question) == same_wording(card.question):
            message = f"This card is also at {place}; it is asked once."
            return Problem(file, line, message, "Remove one, or give it an id.")
        message = f"The id `{card.id}` belongs to another question, at {place}; this card is left out."
        return Problem(file, line, message, "Give it an id of its own.")

    def placed(self, card_ids: Iterable[str]) -> dict[str, tuple[str, int, Card]]:
        """Return file, place among the deck's cards, and content of these cards, but for those of no deck."""
        return self._shelf.placed(card_ids)

    def outline(self, card_id: str) -> Outline | None:
        """Return the outline of a card; None for one that no deck has."""
        return self._shelf.outline(card_id)

    def outlines(self) -> list[Outline]:
        """Return the outline of every card, in the order of files and places."""
        return self._shelf.outlines()

    def line_of(self, card_id: str) -> int:
        """Return the line of its file on which a card begins. Raises KeyError for a card of no deck."""
        place = self._shelf.place(card_id)
        if place is None:
            raise KeyError(card_id)
        return self._line(place[0], place[2])

    def _line(self, file: str, number: int) -> int:
        """Return the line of a file on which its table number `number` begins; 1 where it has changed meanwhile."""
        signature = (self._signatures or {}).get(file, LOST)
        if self._places[:2] != (file, signature):
            from trainer.toml_places import places

            try:
                found = places((self._folder / file).read_text(encoding="utf-8-sig"))
            except (OSError, UnicodeDecodeError):
                found = {}
            self._places = (file, signature, found)
        place = self._places[2].get(("cards", number))
        return place.line if place else 1

    # Finding

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


def read_library(folder: Path) -> Library:
    """Read every `*.toml` of a folder, by name, without a cache that lasts."""
    library = Library(folder, Cache(None, SCHEMA))
    library.refresh()
    return library


def _entries(folder: Path, problems: list[Problem]) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            decks = [entry for entry in entries if entry.name.endswith(".toml") and entry.name[0] != "."]
    except OSError as error:
        problems.append(Problem(folder.name, None, f"The decks folder cannot be read: {error.strerror}."))
        return []
    readable = [entry for entry in decks if _is_text(entry.name)]
    problems += [
        Problem(os.fsencode(entry.name).decode(errors="replace"), None, "The file's name is not UTF-8.", "Rename it.")
        for entry in decks
        if not _is_text(entry.name)
    ]
    return sorted(readable, key=lambda entry: entry.name)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _signature(entry: os.DirEntry[str]) -> str:
    """Return what changes when a file is written; the same for all files that are out of reach."""
    try:
        stat = entry.stat()
    except OSError:
        return LOST
    return f"{stat.st_dev}:{stat.st_ino}:{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ctime_ns}"

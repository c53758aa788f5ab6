"""What statistics are about: all cards, a deck or a tag, and how far back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trainer.collection.collection import Collection
from trainer.errors import UsageError
from trainer.library.shelf import Outline
from trainer.text import shorten


@dataclass(frozen=True)
class Period:
    """How far back."""

    key: str
    """What the command line calls it."""
    words: str
    days: int | None
    """With today; None for everything."""

    def first(self, today: date, oldest: date | None) -> date:
        """Return its first day; of everything, the oldest."""
        if self.days is None:
            return min(oldest or today, today)
        return today - timedelta(days=self.days - 1)


PERIODS = (
    Period("month", "1 month", 30),
    Period("quarter", "3 months", 90),
    Period("year", "a year", 365),
    Period("all", "all", None),
)


@dataclass(frozen=True)
class Scope:
    """Which cards."""

    file: str = ""
    """Of a deck; empty for all decks."""
    tag: str = ""
    """In any case; empty for every card."""
    words: str = "all decks"

    @property
    def is_all(self) -> bool:
        """Whether it leaves nothing out."""
        return not self.file and not self.tag

    def outlines(self, collection: Collection) -> Iterator[Outline]:
        """Yield the cards of decks that it holds; a tag of a deck counts for each of its cards."""
        wanted = self.tag.casefold()
        tagged = {deck.file for deck in collection.library.decks if wanted in _folded(deck.tags)}
        for each in collection.library.outlines():
            if self.file and each.file != self.file:
                continue
            if not wanted or each.file in tagged or wanted in _folded(each.tags):
                yield each


def period_of(key: str) -> Period:
    """Return the period of this name. Raises KeyError."""
    return {each.key: each for each in PERIODS}[key]


def scope_of(collection: Collection, deck: str = "", tag: str = "") -> Scope:
    """Return the cards of a deck, of a tag, or of both; of neither, all. Raises UsageError for what is not there."""
    found = collection.library.find_deck(deck) if deck else None
    if tag and tag.casefold() not in _folded(tags_of(collection)):
        near = ", ".join(tags_of(collection)) or "none yet"
        raise UsageError(f"No card has the tag {shorten(tag, 60)!r}.", f"Tags are: {shorten(near, 200)}.")
    words = [found.title] if found else []
    words += [f"tag {tag}"] if tag else []
    return Scope(found.file if found else "", tag, ", ".join(words) or "all decks")


def tags_of(collection: Collection) -> list[str]:
    """Return every tag of decks and cards, each in the case it was met in first, by name."""
    met: dict[str, str] = {}
    for tags in (*(deck.tags for deck in collection.library.decks), *(o.tags for o in collection.library.outlines())):
        for tag in tags:
            met.setdefault(tag.casefold(), tag)
    return [met[key] for key in sorted(met)]


def _folded(tags: Iterable[str]) -> set[str]:
    return {tag.casefold() for tag in tags}

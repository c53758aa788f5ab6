"""What every reader finds, whatever it reads: decks of cards, and what was left out and why."""

from dataclasses import dataclass, field

from trainer.model import Card, Deck


@dataclass(frozen=True)
class Skipped:
    """Something in a source that did not become a card."""

    file: str
    line: int | None
    text: str
    """How it begins."""
    reason: str


@dataclass(frozen=True)
class FoundCard:
    """A card, and the line of the source on which it begins."""

    card: Card
    line: int


@dataclass
class Found:
    """One deck found in a source."""

    file: str
    """The source, as it was named."""
    deck: Deck
    """Its title, description and tags; the cards are in `cards`."""
    cards: list[FoundCard] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    verbatim: bytes | None = None
    """The bytes to copy where the source is a deck file that is taken over whole."""

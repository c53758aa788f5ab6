"""Our own deck files."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from trainer.errors import TrainerError
from trainer.formats.found import Found, FoundCard, Skipped
from trainer.library.deck_format import read_deck

NAME = "deck"


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is a deck file, by its ending."""
    return name.lower().endswith(".toml")


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the deck of a file. Raises TrainerError when it is not TOML, or of a format to come."""
    content = read_deck(data, Path(name).name)
    if content.deck is None:
        problem = content.problems[0]
        raise TrainerError(f"{name}:{problem.line or 1}: {problem.message}", "Mend it, then import it again.")
    cards = [FoundCard(card, content.line_of(index)) for index, card in enumerate(content.deck.cards)]
    skipped = [Skipped(name, each.line, each.text, each.reason) for each in content.left_out]
    verbatim = None if content.problems else data
    return [Found(name, replace(content.deck, cards=()), cards, skipped, verbatim)]

"""Found cards put into the decks of a home: what would be written, then writing it."""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from trainer.errors import HomeError, TrainerError
from trainer.formats.found import Found, Skipped
from trainer.library.deck_format import read_deck
from trainer.library.files import create_deck, replace_deck
from trainer.library.folder import Library
from trainer.library.identity import same_wording
from trainer.library.render import deck_text, with_cards
from trainer.model import Card, Deck

KNOWN_ALREADY = "The home has this card already."


@dataclass(frozen=True)
class Addition:
    """Cards that would go into one deck."""

    title: str
    cards: tuple[Card, ...]
    into: Deck | None
    """The deck of the home that is extended; None for a new one."""
    name: str
    """What a new file is named after."""
    new_text: bytes
    """The text of a new file."""


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. Making it writes nothing."""

    additions: tuple[Addition, ...]
    skipped: tuple[Skipped, ...]

    @property
    def count(self) -> int:
        """How many cards would be added."""
        return sum(len(addition.cards) for addition in self.additions)


def plan_import(library: Library, found: Iterable[Found], title: str | None = None) -> ImportPlan:
    """Return what importing would do: cards that the home has already are left out, wherever they are.

    `title` names the deck for all cards, in place of the titles found.
    """
    known = {card_id: card.question for card_id, card in library.cards.items()}
    skipped: list[Skipped] = []
    found = list(found)
    additions: dict[str, Addition] = {}
    for each in found:
        skipped.extend(each.skipped)
        fresh = []
        for item in each.cards:
            card = item.card
            if card.id not in known:
                known[card.id] = card.question
                fresh.append(card)
                continue
            same = same_wording(known[card.id]) == same_wording(card.question)
            reason = KNOWN_ALREADY if same else f"The id `{card.id}` belongs to another question."
            skipped.append(Skipped(each.file, item.line, card.question, reason))
        if fresh or not (each.cards or each.skipped):
            deck = each.deck if title is None else replace(each.deck, title=title)
            name = Path(each.file).stem if title is None else title
            whole = title is None and len(fresh) == len(each.cards)
            _add(additions, library, deck, fresh, name, each.verbatim if whole else None)
    return ImportPlan(tuple(additions.values()), tuple(skipped))


def _add(
    additions: dict[str, Addition], library: Library, deck: Deck, cards: list[Card], name: str, verbatim: bytes | None
) -> None:
    """Put cards with those that the same call adds to the same deck."""
    into = next((home for home in library.decks if home.title.casefold() == deck.title.casefold()), None)
    title = into.title if into else deck.title
    earlier = additions.get(title)
    together = (*(earlier.cards if earlier else ()), *cards)
    text = deck_text(replace(deck, cards=together)).encode() if earlier or verbatim is None else verbatim
    additions[title] = Addition(title, together, into, earlier.name if earlier else name, text)


def write_import(plan: ImportPlan, folder: Path) -> list[Path]:
    """Write what was planned and return the files; each file is written whole or not at all.

    Raises HomeError when a file cannot be written, or was changed meanwhile.
    """
    return [
        _extend(folder / addition.into.file, addition.cards)
        if addition.into
        else create_deck(folder, addition.name, addition.new_text)
        for addition in plan.additions
    ]


def _extend(path: Path, cards: tuple[Card, ...]) -> Path:
    try:
        before = path.read_bytes()
    except OSError as error:
        raise HomeError(f"{path} cannot be read: {error.strerror}.", "Try the import again.") from error
    had = read_deck(before, path.name)
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after = mark + with_cards(had.text, cards).encode()
    now = read_deck(after, path.name).deck
    if had.deck is None or now is None or len(now.cards) != len(had.deck.cards) + len(cards):
        raise TrainerError(f"{path} could not be extended.", "Mend what `trainer check` says of it first.")
    replace_deck(path, before, after)
    return path

"""Found cards put into the decks of a home: what would be written, then writing it."""

import codecs
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from trainer.errors import HomeError, TrainerError
from trainer.formats.found import Found, Skipped
from trainer.formats.update import update_of
from trainer.library.deck_format import DeckFile, read_deck
from trainer.library.files import create_deck, replace_deck
from trainer.library.folder import Library
from trainer.library.identity import same_wording
from trainer.library.render import deck_text, with_cards, with_replaced
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
    updates: Mapping[str, tuple[Card, ...]] = field(default_factory=dict)
    """By the deck file of the home, the cards that take the place of those of the same ids."""

    @property
    def count(self) -> int:
        """How many cards would be added."""
        return sum(len(addition.cards) for addition in self.additions)

    @property
    def updated(self) -> int:
        """How many cards would be brought up to date."""
        return sum(map(len, self.updates.values()))


def plan_import(library: Library, found: Iterable[Found], title: str | None = None) -> ImportPlan:
    """Return what importing would do: cards that the home has already are left out, wherever they are.

    `title` names the deck for all cards, in place of the titles found.
    """
    known = {card_id: card.question for card_id, card in library.cards.items()}
    skipped: list[Skipped] = []
    found = list(found)
    additions: dict[str, Addition] = {}
    updates: dict[str, list[Card]] = defaultdict(list)
    for each in found:
        skipped.extend(each.skipped)
        fresh = []
        for item in each.cards:
            card = item.card
            if card.id not in known:
                known[card.id] = card.question
                fresh.append(card)
                continue
            if each.updates and (here := library.cards.get(card.id)):
                newer = update_of(here, card)
                if isinstance(newer, Card):
                    updates[library.deck_of[card.id].file].append(newer)
                elif newer:
                    skipped.append(Skipped(each.file, item.line, card.question, newer))
                continue
            same = same_wording(known[card.id]) == same_wording(card.question)
            reason = KNOWN_ALREADY if same else f"The id `{card.id}` belongs to another question."
            skipped.append(Skipped(each.file, item.line, card.question, reason))
        if fresh or not (each.cards or each.skipped):
            deck = each.deck if title is None else replace(each.deck, title=title)
            name = Path(each.deck.file).stem if title is None else title
            whole = title is None and len(fresh) == len(each.cards)
            _add(additions, library, deck, fresh, name, each.verbatim if whole else None)
    made = {file: tuple(cards) for file, cards in updates.items()}
    return ImportPlan(tuple(additions.values()), tuple(skipped), made)


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


def cards_after(library: Library, plan: ImportPlan) -> dict[str, Card]:
    """Return the cards that the home has once the plan is written, by id."""
    added = (card for addition in plan.additions for card in addition.cards)
    updated = (card for cards in plan.updates.values() for card in cards)
    return {**library.cards, **{card.id: card for each in (added, updated) for card in each}}


def write_import(plan: ImportPlan, folder: Path) -> list[Path]:
    """Write what was planned and return the files; each file is written whole or not at all.

    Raises HomeError when a file cannot be written, or was changed meanwhile.
    """
    updated = [_update(folder / file, {card.id: card for card in cards}) for file, cards in plan.updates.items()]
    return updated + [
        _extend(folder / addition.into.file, addition.cards)
        if addition.into
        else create_deck(folder, addition.name, addition.new_text)
        for addition in plan.additions
    ]


def _extend(path: Path, cards: tuple[Card, ...]) -> Path:
    before, had = _read(path)
    return _replace(path, before, with_cards(had.text, cards), _cards(had) + list(cards))


def _update(path: Path, cards: dict[str, Card]) -> Path:
    before, had = _read(path)
    places = {had.indexes[number]: cards[card.id] for number, card in enumerate(_cards(had)) if card.id in cards}
    wanted = [cards.get(card.id, card) for card in _cards(had)]
    return _replace(path, before, with_replaced(had.text, places), wanted)


def _read(path: Path) -> tuple[bytes, DeckFile]:
    try:
        before = path.read_bytes()
    except OSError as error:
        raise HomeError(f"{path} cannot be read: {error.strerror}.", "Try the import again.") from error
    had = read_deck(before, path.name)
    if had.deck is None:
        raise _not_changed(path)
    return before, had


def _cards(content: DeckFile) -> list[Card]:
    return list(content.deck.cards) if content.deck else []


def _replace(path: Path, before: bytes, text: str, wanted: list[Card]) -> Path:
    """Put a text in the place of a deck file, if its cards read as they should."""
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after = mark + text.encode()
    if [card.id for card in _cards(read_deck(after, path.name))] != [card.id for card in wanted]:
        raise _not_changed(path)
    replace_deck(path, before, after)
    return path


def _not_changed(path: Path) -> TrainerError:
    return TrainerError(f"{path} could not be extended.", "Mend what `trainer check` says of it first.")

"""A planned import written into the decks of a home."""

import codecs
from pathlib import Path

from trainer.errors import HomeError, TrainerError
from trainer.formats.planning import ImportPlan, written
from trainer.library.deck_format import DeckFile, read_deck
from trainer.library.files import create_deck
from trainer.library.folder import Library
from trainer.library.imported import Written
from trainer.library.inplace import with_replaced
from trainer.library.render import with_cards
from trainer.model import Card
from trainer.replacing import replace_file


def record_of(library: Library, plan: ImportPlan) -> list[Written]:
    """Return what writing the plan puts into each deck, for taking it back."""
    added = [
        Written(each.title, tuple(map(written, each.cards)), None if each.into else each.new_text)
        for each in plan.additions
    ]
    changed = [
        Written(file, before=tuple(library.cards[card.id] for card in cards), after=cards)
        for file, cards in plan.updates.items()
    ]
    return added + changed


def write_import(plan: ImportPlan, folder: Path) -> list[Path]:
    """Write what was planned and return the files; each file is written whole or not at all.

    Raises HomeError when a file cannot be written, or was changed meanwhile.
    """
    updated = [_update(folder / file, {card.id: card for card in cards}) for file, cards in plan.updates.items()]
    return updated + [
        _extend(folder / addition.into.file, tuple(map(written, addition.cards)))
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
    replace_file(path, before, after)
    return path


def _not_changed(path: Path) -> TrainerError:
    return TrainerError(f"{path} could not be extended.", "Mend what `trainer check` says of it first.")

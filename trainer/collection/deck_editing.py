"""Whole decks begun, renamed, split and joined in an open home; what was learned of their cards stays.

All take in what changed on disk first, and raise TrainerError where the change cannot be: nothing is written then.
"""

from collections.abc import Iterable, Sequence

from trainer.collection.collection import Collection
from trainer.collection.editing import Change, cards_of, draft_of, finish, keep_deleted, take_out
from trainer.errors import TrainerError, UsageError
from trainer.library.draft import FileChange
from trainer.library.files import create_deck, deck_paths
from trainer.library.render import deck_text, with_cards
from trainer.library.template import new_deck_text
from trainer.model import Deck
from trainer.settings.writing import renamed_deck
from trainer.text import counted, one_line, shorten


def new_deck(collection: Collection, title: str) -> str:
    """Write a commented deck without cards, and return its file's name."""
    title = _free_title(collection, title)
    path = create_deck(collection.home.decks, title, new_deck_text(title).encode())
    collection.refresh()
    return path.name


def rename_deck(collection: Collection, deck_file: str, title: str) -> Change:
    """Give a deck another title, also in the settings; its file keeps its name."""
    title = _free_title(collection, title, deck_file)
    draft = draft_of(collection, deck_file)
    old = draft.deck.title
    draft.set_head({"title": title})
    words = f"Renamed to {shorten(title, 60)}"
    files = [draft.done()]
    if old.casefold() == title.casefold():
        return finish(collection, words, files)
    settings = renamed_deck(collection.home.settings, old, title)
    if settings is None:
        return finish(collection, words, files)
    if any(deck.title.casefold() == old.casefold() for deck in collection.library.decks if deck.file != deck_file):
        words += "; its settings stay with the other deck of its old title"
    else:
        files.append(FileChange(collection.home.settings, *settings))
    return finish(collection, words, files)


def split_deck(collection: Collection, card_ids: Iterable[str], title: str) -> Change:
    """Move cards into a new deck, with the comments within them."""
    title = _free_title(collection, title)
    moving = list(card_ids)
    if not moving:
        raise UsageError("No card is named that would go into the new deck.", "Name one or more.")
    sources = take_out(collection, moving)
    cards, texts = cards_of(sources, moving)
    data = with_cards(deck_text(Deck("", title)), cards, texts).encode()
    path = next(path for path in deck_paths(collection.home.decks, title) if not path.exists())
    made = FileChange(path, None, data)
    words = f"{counted(len(cards), 'card')} moved to {shorten(title, 60)}"
    return finish(collection, words, [made, *(draft.done() for draft in sources.values())])


def join_decks(collection: Collection, deck_files: Sequence[str], title: str) -> Change:
    """Put the cards of decks into the first of these, under this title; the other files go.

    They are kept in the home's `deleted/`. A deck with cards that do not load cannot be joined.
    """
    title = _free_title(collection, title, *deck_files)
    if len(set(deck_files)) < 2:
        raise UsageError("It takes two decks to join.", "Name two or more.")
    first, *others = [draft_of(collection, file) for file in dict.fromkeys(deck_files)]
    for draft in others:
        if not draft.is_sound:
            raise TrainerError(
                f"{draft.path.name} has cards that do not load.", "Mend what `trainer check` says of them first."
            )
    known = {card.id for card in first.cards}
    came = 0
    for draft in others:
        fresh = [card.id for card in draft.cards if card.id not in known]
        first.add(*cards_of({draft.path.name: draft}, fresh))
        known |= set(fresh)
        came += len(fresh)
    tags = dict.fromkeys(tag for draft in (first, *others) for tag in draft.deck.tags)
    first.set_head({"title": title, **({"tags": list(tags)} if tuple(tags) != first.deck.tags else {})})
    changes = [first.done(), *(draft.removed() for draft in others)]
    for change in changes[1:]:
        keep_deleted(collection, change.path.stem, change.before or b"")
    return finish(collection, f"{counted(came, 'card')} joined with {shorten(title, 60)}", changes)


def _free_title(collection: Collection, title: str, *own: str) -> str:
    """Return a title, cleaned, that no deck has but these files. Raises TrainerError where one has."""
    collection.refresh()
    title = one_line(title)
    if not title:
        raise UsageError("A deck needs a title.", "Write one.")
    for deck in collection.library.decks:
        if deck.title.casefold() == title.casefold() and deck.file not in own:
            path = collection.home.decks / deck.file
            raise TrainerError(f"There is a deck {shorten(title, 60)!r} already.", f"It is {path}")
    return title

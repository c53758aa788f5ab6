"""Cards changed, added, moved and deleted in the decks of an open home; what was learned of them stays.

Every function takes in what changed on disk first, writes each file whole or not at all, and returns what takes it
back. All raise TrainerError where the home cannot be read or written, or the change cannot be: nothing is written then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from trainer.collection.answering import own_answer
from trainer.collection.collection import Collection
from trainer.collection.rewording import follow_rewording
from trainer.errors import TrainerError
from trainer.library.draft import DeckDraft, FileChange
from trainer.library.files import create_deck
from trainer.library.identity import same_wording
from trainer.library.one_card import checked
from trainer.library.render import deck_text
from trainer.library.rewording import Renaming
from trainer.model import Card
from trainer.progress.events import stamp_of
from trainer.text import counted, shorten


class ChangedElsewhere(TrainerError):
    """Another program changed the card meanwhile; both versions are here, and nothing was written."""

    def __init__(self, card_id: str, mine: Card, theirs: Card | None) -> None:
        what = "was removed from its deck" if theirs is None else "was changed by another program"
        super().__init__(f"This card {what} meanwhile: {shorten(mine.question, 60)}", "Nothing was written.")
        self.card_id = card_id
        self.mine = mine
        self.theirs = theirs
        """The card as its deck has it now; None where no deck has it."""


@dataclass(frozen=True)
class Change:
    """A change of decks that was written."""

    words: str
    """What was done, for the user: "2 cards deleted"."""
    files: tuple[FileChange, ...]
    kept: tuple[Path, ...] = ()
    """Where what was deleted is kept."""
    card_ids: Mapping[str, str] = field(default_factory=dict)
    """By the id that a card had, the one it has now, for cards that were changed."""
    point_ids: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The same for their key points, by the id that the card had and the point's own."""

    @property
    def file(self) -> str:
        """The name of the first deck file that was written."""
        return self.files[0].path.name

    def undo(self, collection: Collection) -> None:
        """Put every file back. Raises TrainerError where one was changed since; all stay as they are then."""
        carry_out([change.reversed for change in reversed(self.files)])
        collection.refresh()


@dataclass(frozen=True)
class _Edit:
    """A card that is to be changed."""

    file: str
    seen: Card
    given: Card
    """As it was handed in, with the ids that its points had."""
    new: Card

    @property
    def point_ids(self) -> list[tuple[str, str]]:
        """The ids of its points, those given and those they have now."""
        return [(was.id, now.id) for was, now in zip(self.given.key_points, self.new.key_points, strict=True)]


def change_cards(collection: Collection, cards: Mapping[str, Card], seen: Mapping[str, Card] | None = None) -> Change:
    """Let the cards of these ids say what these cards say; key points with ids they had go on being known.

    `seen` gives the cards as the user saw them, where they may be others by now: raises ChangedElsewhere where one is.
    Raises CardFault for a card that no deck may hold.
    """
    seen = seen or {card_id: _card(collection, card_id) for card_id in cards}
    collection.refresh()
    drafts: dict[str, DeckDraft] = {}
    edits = [_edit(collection, drafts, seen[card_id], card) for card_id, card in cards.items()]
    _refuse_known(collection, [each.new for each in edits if each.new.id != each.seen.id])
    renamings = [renaming for each in edits for renaming in _renamings(collection, each)]
    for file, draft in drafts.items():
        draft.change({each.seen.id: each.new for each in edits if each.file == file}, cards)
    files = [draft.done() for draft in drafts.values()]
    done = finish(collection, f"{counted(len(edits), 'card')} changed", files, renamings)
    points = {(each.seen.id, was): now for each in edits for was, now in each.point_ids}
    return replace(done, card_ids={each.seen.id: each.new.id for each in edits}, point_ids=points)


def add_cards(collection: Collection, deck_file: str, cards: Sequence[Card]) -> Change:
    """Add cards behind those of a deck. Raises CardFault for one that no deck may hold."""
    collection.refresh()
    added = [checked(card) for card in cards]
    _refuse_known(collection, added)
    draft = draft_of(collection, deck_file)
    draft.add(added)
    return finish(collection, f"{counted(len(added), 'card')} added", [draft.done()])


def move_cards(collection: Collection, card_ids: Iterable[str], deck_file: str) -> Change:
    """Move cards to another deck, with the comments within them."""
    collection.refresh()
    moving = [card_id for card_id in card_ids if _file_of(collection, card_id) != deck_file]
    target = draft_of(collection, deck_file)
    sources = take_out(collection, moving)
    target.add(*cards_of(sources, moving))
    words = f"{counted(len(moving), 'card')} moved to {shorten(target.deck.title, 60)}"
    return finish(collection, words, [target.done(), *(draft.done() for draft in sources.values())])


def delete_cards(collection: Collection, card_ids: Iterable[str]) -> Change:
    """Remove cards from their decks. They are kept in the home's `deleted/`, as decks that can be imported again."""
    collection.refresh()
    going = list(card_ids)
    drafts = take_out(collection, going)
    changes = [draft.done() for draft in drafts.values()]
    kept = []
    for draft in drafts.values():
        cards = [card for card in draft.cards if card.id in going]
        text = deck_text(replace(draft.deck, cards=cards)).encode()
        kept.append(keep_deleted(collection, draft.deck.title, text))
    return replace(finish(collection, f"{counted(len(going), 'card')} deleted", changes), kept=tuple(kept))


# What the functions here and for whole decks share


def draft_of(collection: Collection, file: str) -> DeckDraft:
    """Return a deck file, read anew."""
    return DeckDraft(collection.home.decks / file)


def take_out(collection: Collection, card_ids: Iterable[str]) -> dict[str, DeckDraft]:
    """Return by file the drafts of decks without these cards. Raises TrainerError for a card of no deck."""
    going: dict[str, list[str]] = defaultdict(list)
    for card_id in card_ids:
        going[_file_of(collection, _card(collection, card_id).id)].append(card_id)
    drafts = {file: draft_of(collection, file) for file in going}
    for file, ids in going.items():
        drafts[file].remove(ids)
    return drafts


def cards_of(drafts: Mapping[str, DeckDraft], card_ids: Iterable[str]) -> tuple[list[Card], dict[str, str]]:
    """Return cards as these decks have them on disk, in this order, and their texts by id where these can move."""
    wanted = list(card_ids)
    known = {card.id: card for draft in drafts.values() for card in reversed(draft.cards)}
    texts: dict[str, str] = {}
    for draft in drafts.values():
        texts |= draft.sources(card_id for card_id in wanted if draft.card(card_id))
    return [known[card_id] for card_id in wanted], texts


def keep_deleted(collection: Collection, title: str, data: bytes) -> Path:
    """Put the text of a deck with what is to be removed into the home's `deleted/`, and return where it is."""
    stamp = stamp_of(collection.clock.now())
    return create_deck(collection.home.deleted, f"{stamp} {title}", data)


def finish(
    collection: Collection,
    words: str,
    files: Sequence[FileChange],
    renamings: Sequence[Renaming] = (),
) -> Change:
    """Write files and renamings, all or none, take them in, and return what was done."""
    carry_out(files)
    try:
        collection.refresh()
        if renamings:
            collection.rename((each.card, each.point, each.was) for each in renamings)
        follow_rewording(collection)
    except TrainerError:
        with suppress(TrainerError):
            carry_out([each.reversed for each in reversed(files)])
            collection.refresh()
        raise
    return Change(words, tuple(files))


def carry_out(files: Sequence[FileChange]) -> None:
    """Write files, all or none."""
    done: list[FileChange] = []
    try:
        for each in files:
            each.carry_out()
            done.append(each)
    except TrainerError:
        for each in reversed(done):
            with suppress(TrainerError):
                each.reversed.carry_out()
        raise


def _file_of(collection: Collection, card_id: str) -> str:
    """Return the file of a card; empty for one of no deck."""
    deck = collection.library.deck_of.get(card_id)
    return deck.file if deck else ""


def _card(collection: Collection, card_id: str) -> Card:
    card = collection.library.cards.get(card_id)
    if card is None:
        raise TrainerError(f"No deck has the card {shorten(card_id, 60)!r} any more.", "`trainer cards` lists them.")
    return card


def _refuse_known(collection: Collection, cards: Iterable[Card]) -> None:
    """Raise TrainerError where a card would be one that the home has already, or that comes twice."""
    seen: set[str] = set()
    for card in cards:
        here = collection.library.deck_of.get(card.id)
        if here is not None:
            same = same_wording(collection.library.cards[card.id].question) == same_wording(card.question)
            what = "This question is" if same else f"The id `{shorten(card.id, 60)}` is that of another card"
            raise TrainerError(f"{what} in the deck {shorten(here.title, 60)} already.", "Word it otherwise.")
        if card.id in seen:
            raise TrainerError(f"Two of the cards are one: {shorten(card.question, 60)}", "Word one otherwise.")
        seen.add(card.id)


def _edit(collection: Collection, drafts: dict[str, DeckDraft], seen: Card, given: Card) -> _Edit:
    """Return the change of one card, its deck file among the drafts. Raises ChangedElsewhere, CardFault."""
    file = _file_of(collection, seen.id)
    if file and file not in drafts:
        drafts[file] = draft_of(collection, file)
    here = drafts[file].card(seen.id) if file else None
    if here is None:
        raise ChangedElsewhere(seen.id, given, None)
    new = checked(drafts[file].worded(seen.id, given))
    if here not in (seen, new):
        raise ChangedElsewhere(seen.id, given, here)
    return _Edit(file, seen, given, new)


def _renamings(collection: Collection, edit: _Edit) -> Iterator[Renaming]:
    """Yield what the log is to know of ids that a change gives up, as far as anything is known under these."""
    old, new = edit.seen, edit.new
    if not (collection.events_of(old.id) or own_answer(collection, old.id)):
        return
    if new.id != old.id:
        yield Renaming(new.id, old.id)
    known = collection.state(old.id).memory
    pairs = edit.point_ids
    if not (old.key_points and new.key_points):
        pairs = [(was.id, now.id) for was in old.points for now in new.points]
    yield from (Renaming(new.id, was, now) for was, now in pairs if was != now and was in known)

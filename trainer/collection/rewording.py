"""Cards and points that were reworded: found again, joined in the log with what they were, shown."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from trainer.collection.collection import Collection
from trainer.errors import NotSavedError
from trainer.model import ANSWER_POINT, Card
from trainer.progress.events import WasEvent, WordingEvent, stamp_of
from trainer.text import shorten

if TYPE_CHECKING:
    from trainer.library.rewording import Learned, Renaming

LISTED_FOR = timedelta(days=30)
"""How long what was reworded is listed."""

_Undone = frozenset[tuple[str, str, str]]


@dataclass(frozen=True)
class Reworded:
    """A renaming of the log, in words."""

    key: str
    """The event that says so, by which it is taken back."""
    old: str
    """The wording of the card or point before."""
    new: str
    question: str
    """The question of the card that the point belongs to; empty where the card itself is meant."""
    stands: bool
    """Whether it counts, and was not taken back."""

    @property
    def words(self) -> str:
        """It in one line, and how to take it back."""
        old, new = shorten(self.old, 60), shorten(self.new, 60)
        said = f"Known under another id: {new}" if self.old == self.new else f"Reworded: {old} → {new}"
        return f"{said} keeps its memory; `trainer undo {self.key}` parts them."


def listed_after(collection: Collection) -> str:
    """Return what is smaller than the key of every renaming that is still listed."""
    return stamp_of(collection.clock.now() - LISTED_FOR)


def follow_rewording(collection: Collection) -> list[Reworded]:
    """Join what was reworded with what it was, and return it; where that cannot be saved, nothing is joined.

    Raises HomeError when the log cannot be read.
    """
    found = find_renamings(collection)
    if found:
        with suppress(NotSavedError):  # what is answered next says so
            return record_renamings(collection, found)
    return []


def find_renamings(collection: Collection) -> "list[Renaming]":
    """Return which cards and points of the decks are ones that vanished, reworded; nothing is written.

    The log names no deck, so nothing has vanished while a deck does not load.
    """
    vanished = collection.vanished
    if collection.library.lost or vanished.found_nothing:
        return []
    undone = collection.parted()
    whole = vanished.cards(whole=True)
    found = _found_cards(collection, whole, undone) if whole else []
    sources = {each.card: each.was for each in found} | {card: card for card in vanished.cards(whole=False)}
    for card_id, source in sources.items():
        card = collection.library.cards.get(card_id)  # another process may have taken in newer decks
        found += _found_points(collection, card, source, undone) if card else []
    if not found:
        vanished.note_nothing()
    return found


def record_renamings(collection: Collection, renamings: "Iterable[Renaming]") -> list[Reworded]:
    """Write renamings to the log, with one write, and return them in words. Raises NotSavedError."""
    events = collection.rename((each.card, each.point, each.was) for each in renamings)
    return [_in_words(collection, event) for event in events if isinstance(event, WasEvent)]


def renamed_cards(collection: Collection, after: str) -> int:
    """Return how many cards have counting renamings of a greater key, of their own or of a point."""
    return len({event.card for event in collection.renamings(after) if collection.counts(event)})


def renamings_in_words(collection: Collection, after: str) -> list[Reworded]:
    """Return the renamings of greater keys in words, the newest first, each of equal ones once."""
    events = {(event.card, event.point, event.was): event for event in collection.renamings(after)}
    return [_in_words(collection, event) for event in sorted(events.values(), key=lambda each: each.key, reverse=True)]


# Finding


def _found_cards(collection: Collection, whole: Sequence[str], undone: _Undone) -> "list[Renaming]":
    from trainer.library.candidates import worth_comparing
    from trainer.library.rewording import card_renamings

    unseen = set(collection.standing.unseen())
    fresh = [card for deck in collection.library.decks for card in deck.cards if card.id in unseen]
    old = [_learned(collection, card) for card in whole]
    before = [(each.question, *each.points.values()) for each in old]
    after = [(card.question, *(point.text for point in card.key_points)) for card in fresh]
    kept = worth_comparing(before, after)
    tried = worth_comparing([after[index] for index in kept], before)
    return card_renamings([old[index] for index in tried], [fresh[index] for index in kept], undone)


def _learned(collection: Collection, card: str) -> "Learned":
    from trainer.library.rewording import Learned

    question, points = collection.state(card).wording or ("", ())
    return Learned(card, question, dict(points))


def _found_points(collection: Collection, card: Card, source: str, undone: _Undone) -> "list[Renaming]":
    """Return which points of a card are points that `source` was learned with: itself, or what it was before."""
    from trainer.library.rewording import Learned, point_renamings

    texts = {point: text for event in _wordings(collection, source) for point, text in event.points.items()}
    memory = {point: texts.get(point, "") for point in collection.state(source).memory}
    parted = {(card.id, point, was) for of, point, was in undone if of in (card.id, source)}
    return point_renamings(card, Learned(card.id, "", memory), parted) if memory else []


# Words


def _in_words(collection: Collection, event: WasEvent) -> Reworded:
    stands = collection.counts(event)
    if event.point:
        old, new = (_point_text(collection, event.card, point) for point in (event.was, event.point))
        return Reworded(event.key, old, new, _question(collection, event.card), stands)
    return Reworded(event.key, _question(collection, event.was), _question(collection, event.card), "", stands)


def _question(collection: Collection, card_id: str) -> str:
    """Return the question of a card, or the one it was learned with, or else its id."""
    card = collection.library.cards.get(card_id)
    if card is not None:
        return card.question
    worded = _wordings(collection, card_id)
    own = [event for event in worded if event.card == card_id]
    return (own or worded)[-1].question if worded else card_id


def _point_text(collection: Collection, card_id: str, point_id: str) -> str:
    card = collection.library.cards.get(card_id)
    texts = {ANSWER_POINT: "the answer as a whole"}
    for event in _wordings(collection, card_id):
        texts |= event.points
    texts |= {point.id: point.text for point in card.key_points} if card else {}
    return texts.get(point_id, point_id)


def _wordings(collection: Collection, card_id: str) -> list[WordingEvent]:
    return [event for event in collection.events_of(card_id) if isinstance(event, WordingEvent)]

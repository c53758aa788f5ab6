"""What can be done to several cards at once, and taken back."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from trainer.collection.collection import Collection
from trainer.collection.editing import Change, change_cards, move_cards
from trainer.errors import FileChangedError, TrainerError
from trainer.model import Card
from trainer.progress.events import Event
from trainer.text import counted, one_line


class CardActs:
    """Does things to cards, each told in words; `undo` takes them back, the newest first.

    All raise TrainerError where something cannot be written; nothing is done then.
    """

    def __init__(self, collection: Collection, undo_key: Callable[[], str]) -> None:
        """Name the key that takes back as `undo_key` has it when something is done."""
        self._collection = collection
        self._undo_key = undo_key
        self._done: list[tuple[str, Callable[[], None]]] = []
        """What was done, and what takes it back."""

    def _cards(self, card_ids: Sequence[str]) -> list[Card]:
        cards = self._collection.library.cards
        return [card for card in map(cards.get, card_ids) if card is not None]

    def suspend(self, card_ids: Sequence[str]) -> str:
        """Take cards out of all sessions; put them back where all of them are out."""
        cards = self._cards(card_ids)
        awake = [card for card in cards if not self._collection.state(card.id).suspended]
        events = self._collection.suspend_all(awake or cards, suspend=bool(awake))
        return self._logged(f"{counted(len(events), 'card')} {'suspended' if awake else 'asked again'}", events)

    def reset(self, card_ids: Sequence[str]) -> str:
        """Begin cards anew."""
        events = self._collection.reset_all(self._cards(card_ids))
        return self._logged(f"{counted(len(events), 'card')} begun anew", events)

    def tag(self, card_ids: Sequence[str], written: str) -> str:
        """Give cards a tag, or take it away where a `-` stands before it."""
        takes_away = written.startswith("-")
        tag = one_line(written.removeprefix("-"))
        if not tag:
            return "A tag needs a name."
        wanted = {card.id: replace(card, tags=_with(card.tags, tag, takes_away)) for card in self._cards(card_ids)}
        changed = {card.id: card for card in wanted.values() if card != self._collection.library.cards[card.id]}
        if not changed:
            return f"None of them has the tag {tag}." if takes_away else f"They have the tag {tag}."
        change = change_cards(self._collection, changed)
        what = "without" if takes_away else "with"
        return self._changed(f"{counted(len(changed), 'card')} {what} the tag {tag}", change)

    def move(self, card_ids: Sequence[str], file: str) -> str:
        """Move cards to another deck."""
        change = move_cards(self._collection, [card.id for card in self._cards(card_ids)], file)
        return self._changed(change.words, change)

    def keep(self, words: str, take_back: Callable[[], None]) -> str:
        """Remember something that was done elsewhere, and return what to say of it."""
        self._done.append((words, take_back))
        return f"{words}. {self._undo_key()} takes that back."

    @property
    def can_undo(self) -> bool:
        """Whether something was done that can be taken back."""
        return bool(self._done)

    def undo(self) -> str:
        """Take back the newest; drop it where another program changed the file since, so that the older can follow."""
        words, take_back = self._done[-1]
        try:
            take_back()
        except FileChangedError as error:
            self._done.pop()
            way = f"{self._undo_key()} takes back what was done before that." if self._done else ""
            raise TrainerError(f"This can no longer be taken back: {words}. {error.message}", way) from error
        self._done.pop()
        return f"Taken back: {words}."

    def _logged(self, words: str, events: Sequence[Event]) -> str:
        keys = [event.key for event in events]
        return self.keep(words, lambda: self._collection.undo_all(keys))

    def _changed(self, words: str, change: Change) -> str:
        return self.keep(words, lambda: change.undo(self._collection))


def _with(tags: tuple[str, ...], tag: str, takes_away: bool) -> tuple[str, ...]:
    if takes_away:
        return tuple(each for each in tags if each != tag)
    return tags if tag in tags else (*tags, tag)

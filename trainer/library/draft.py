"""A deck file read from disk, changed in memory, and put back whole if it reads as it should."""

import codecs
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from trainer.errors import HomeError, TrainerError
from trainer.library.deck_format import read_deck
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.library.inplace import with_head, with_replaced
from trainer.library.render import card_sources, with_cards, without_cards
from trainer.model import Card, Deck
from trainer.replacing import remove_file, replace_file
from trainer.toml_places import Path as TomlPath
from trainer.toml_places import Place, places


@dataclass(frozen=True)
class FileChange:
    """What was done to one file, by which it can be taken back."""

    path: Path
    before: bytes | None
    """None where the file was made."""
    after: bytes | None
    """None where it was removed."""

    def carry_out(self) -> None:
        """Do it. Raises FileChangedError where the file holds something else by now, HomeError where it cannot be."""
        if self.after is None:
            remove_file(self.path, self.before or b"")
        elif self.after != self.before:
            replace_file(self.path, self.before, self.after)

    @property
    def reversed(self) -> "FileChange":
        """What takes it back."""
        return FileChange(self.path, self.after, self.before)


class DeckDraft:
    """One deck file and what is to be changed in it: cards changed, or removed, or added.

    Raises TrainerError when it cannot be read or does not load.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._before = path.read_bytes()
        except OSError as error:
            raise HomeError(f"{path} cannot be read: {error.strerror}.", "Mend that, then try again.") from error
        self._content = read_deck(self._before, path.name)
        if self._content.deck is None:
            raise TrainerError(f"{path} does not load.", "Mend what `trainer check` says of it first.")
        self.deck: Deck = self._content.deck
        """The deck as it is on disk."""
        self.cards: Sequence[Card] = self.deck.cards
        self._text = self._content.text
        self._wanted = list(self.cards)

    @property
    def is_sound(self) -> bool:
        """Whether every card of the file loads."""
        return not self._content.left_out

    def card(self, card_id: str) -> Card | None:
        """Return the card of this id as it is on disk, the first of several."""
        at = self._place_of.get(card_id)
        return None if at is None else self.cards[at]

    def sources(self, card_ids: Iterable[str]) -> dict[str, str]:
        """Return by id the texts of cards that stand under headers of their own."""
        numbers = {self._number(card_id): card_id for card_id in card_ids}
        return {numbers[number]: text for number, text in card_sources(self._content.text, numbers).items()}

    @cached_property
    def _places(self) -> Mapping[TomlPath, Place]:
        return places(self._content.text)

    @cached_property
    def _place_of(self) -> Mapping[str, int]:
        """By id, where each card stands among those on disk."""
        return {card.id: at for at, card in reversed([*enumerate(self.cards)])}

    def _number(self, card_id: str) -> int:
        """Return the number of a card among the tables of the file."""
        return self._content.indexes[self._place_of[card_id]]

    def worded(self, card_id: str, card: Card) -> Card:
        """Return a card that is to take the place of one, under the ids it has then.

        What kept its id stays known by it where the file says the id; else the id follows the wording.
        """
        old = self.card(card_id)
        assert old is not None
        number = self._number(card_id)
        found = self._places
        before = [point.id for point in old.key_points]
        own = {point for at, point in enumerate(before) if ("cards", number, "key_points", at, "id") in found}
        points = tuple(
            replace(point, id=point_fingerprint(point.text)) if point.id in before and point.id not in own else point
            for point in card.key_points
        )
        follows = card.id == card_id and ("cards", number, "id") not in found
        return replace(card, id=card_fingerprint(card.question) if follows else card.id, key_points=points)

    # Changing

    def change(self, cards: Mapping[str, Card], given: Mapping[str, Card]) -> None:
        """Put cards in the place of those of these ids; `given` are the same with points under the ids they had."""
        numbered = {self._number(card_id): card for card_id, card in cards.items()}
        known = {self._number(card_id): given[card_id] for card_id in cards}
        self._text = with_replaced(self._text, numbered, known)
        for card_id, card in cards.items():
            self._wanted[self._place_of[card_id]] = card

    def remove(self, card_ids: Iterable[str]) -> None:
        """Remove the cards of these ids."""
        gone = list(card_ids)
        self._text = without_cards(self._text, map(self._number, gone))
        for at in sorted(map(self._place_of.__getitem__, gone), reverse=True):
            del self._wanted[at]

    def add(self, cards: Iterable[Card], sources: Mapping[str, str] | None = None) -> None:
        """Add cards behind the others, with their text from elsewhere, by id, where that is known."""
        added = list(cards)
        self._text = with_cards(self._text, added, sources or {})
        self._wanted += added

    def set_head(self, head: Mapping[str, Any]) -> None:
        """Set values of the deck itself, such as `title`."""
        self._text = with_head(self._text, head)

    def done(self) -> FileChange:
        """Return the change to the file. Raises TrainerError when the text would not read as it should."""
        mark = codecs.BOM_UTF8 if self._before.startswith(codecs.BOM_UTF8) else b""
        after = mark + self._text.encode()
        content = read_deck(after, self.path.name)
        if content.deck is None or list(content.deck.cards) != self._wanted:
            raise TrainerError(
                f"{self.path} is written in a way that cannot be changed here.", "Change it in an editor."
            )
        return FileChange(self.path, self._before, after)

    def removed(self) -> FileChange:
        """Return the change that the file goes as a whole."""
        return FileChange(self.path, self._before, None)

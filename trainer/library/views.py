"""Cards as sequences and mappings that read from the cache what is asked for: no deck is held in memory."""

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from trainer.library.shelf import Shelf
from trainer.model import Card, Deck


class DeckCards(Sequence[Card]):
    """The cards of a deck, read from the cache when they are asked for."""

    def __init__(self, shelf: Shelf, file: str) -> None:
        self._shelf = shelf
        self._file = file

    def __len__(self) -> int:
        return self._shelf.count_in(self._file)

    @overload
    def __getitem__(self, index: int) -> Card: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Card]: ...
    def __getitem__(self, index: int | slice) -> Card | Sequence[Card]:
        if isinstance(index, slice):
            return tuple(self)[index]
        return self._shelf.cards_in(self._file, range(len(self))[index], 1)[0]

    def __iter__(self) -> Iterator[Card]:
        return iter(self._shelf.cards_in(self._file))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self._file)


class Cards(Mapping[str, Card]):
    """Every card by its id, in the order of files and places, read from the cache when it is asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __getitem__(self, card_id: str) -> Card:
        card = self._shelf.card(card_id)
        if card is None:
            raise KeyError(card_id)
        return card

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf.ids())

    def __len__(self) -> int:
        return self._shelf.count()

    def __contains__(self, card_id: object) -> bool:
        return isinstance(card_id, str) and self._shelf.place(card_id) is not None


class DeckOf(Mapping[str, Deck]):
    """The deck in which each card is asked, by card id."""

    def __init__(self, shelf: Shelf, decks: dict[str, Deck]) -> None:
        self._shelf = shelf
        self._decks = decks

    def __getitem__(self, card_id: str) -> Deck:
        place = self._shelf.place(card_id)
        if place is None:
            raise KeyError(card_id)
        return self._decks[place[0]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf.ids())

    def __len__(self) -> int:
        return self._shelf.count()

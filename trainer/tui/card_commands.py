"""Cards in the command palette: found by words, opened in Browse."""

from functools import partial
from typing import Protocol, runtime_checkable

from rich.text import Text
from textual.command import Hit, Hits, Provider

from trainer.collection.collection import Collection
from trainer.search.finding import find_cards
from trainer.search.reading import QueryError
from trainer.text import folded, one_line, shorten
from trainer.tui.messages import ShowCard

MOST = 20
"""Cards offered."""
LOOKED_AT = 200
"""Cards found of which those are offered first that have the words in their question."""

BESIDE_ACTIONS = 0.6
"""The least score of a card, beside that of an action of just these words: above letters found here and there."""


@runtime_checkable
class OfHome(Protocol):
    """What an app has that is open on a home."""

    @property
    def collection(self) -> Collection:
        """The open home."""


class CardCommands(Provider):
    """Offers the cards that a search finds."""

    async def search(self, query: str) -> Hits:
        """Offer cards; what is no search, or not yet, finds none."""
        app = self.app
        assert isinstance(app, OfHome)
        library = app.collection.library
        try:
            found = find_cards(app.collection, query)[:LOOKED_AT]
        except QueryError:
            return
        words, matcher = folded(query), self.matcher(query)
        least = BESIDE_ACTIONS * matcher.match(query)
        cards = [card for card in map(library.cards.get, found) if card is not None]
        cards.sort(key=lambda card: words not in folded(card.question))
        for place, card in enumerate(cards[:MOST]):
            question, deck = one_line(card.question), library.deck_of.get(card.id)
            shown = Text.assemble(shorten(question, 100), (f"  {shorten(deck.title, 30)}" if deck else "", "dim"))
            score = max(matcher.match(question), least) - place / 1000
            yield Hit(score, shown, partial(self._show, card.id), text=question)

    def _show(self, card_id: str) -> None:
        self.screen.post_message(ShowCard(card_id))

"""What screens ask of the app."""

from textual.message import Message

from trainer.study.share import Limits


class SettingsChanged(Message):
    """The settings of the open home are others now."""


class ShowCard(Message):
    """A card is to be shown in Browse."""

    def __init__(self, card_id: str) -> None:
        super().__init__()
        self.card_id = card_id


class StartSession(Message):
    """A session is wanted."""

    def __init__(self, decks: tuple[str, ...], limits: Limits, cards: frozenset[str] | None = None) -> None:
        super().__init__()
        self.decks = decks
        """File names; empty for all decks."""
        self.limits = limits
        self.cards = cards
        """The only cards that are asked; None for all of the decks."""

"""What screens ask of the app."""

from textual.message import Message

from trainer.study.plan import Limits


class StartSession(Message):
    """A session is wanted."""

    def __init__(self, decks: tuple[str, ...], limits: Limits) -> None:
        super().__init__()
        self.decks = decks
        """File names; empty for all decks."""
        self.limits = limits

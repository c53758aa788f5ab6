"""The user's own answers to cards, under whatever ids the cards were known."""

from trainer.collection.collection import Collection
from trainer.library.answers import read_answer, write_answer
from trainer.model import Card

FOUR_PARTS = """\
## Situation


## Task


## Action


## Result

"""
"""What an answer that tells a story may begin as."""


def own_answer(collection: Collection, card_id: str) -> str:
    """Return the user's own answer to a card, Markdown; empty where there is none. Never raises."""
    return read_answer(collection.home.answers, collection.ids_of(card_id))


def keep_answer(collection: Collection, card: Card, text: str) -> str:
    """Keep an answer as the user's own, or none where it is empty; return the one it takes the place of.

    Raises HomeError when it cannot be written.
    """
    before = own_answer(collection, card.id)
    if text.strip() != before:
        write_answer(collection.home.answers, collection.ids_of(card.id), card.question, text)
    return before

"""Points that are missed again and again: no schedule helps them as much as a better wording."""

from trainer.collection.collection import Collection
from trainer.collection.standing import MISSES
from trainer.model import Card, KeyPoint
from trainer.study.question import Outcome
from trainer.text import shorten


def leeches(collection: Collection, card: Card) -> list[KeyPoint]:
    """Return the card's points missed `MISSES` times or more; the first sight, and others given, do not count."""
    misses = collection.state(card.id).misses
    return [point for point in card.points if misses.get(point.id, 0) >= MISSES]


def missed_again(collection: Collection, outcome: Outcome) -> list[str]:
    """Return what to say after an answer, once it is recorded: of each point missed now as so often before."""
    card = outcome.question.card
    if outcome.question.given:
        return []
    return [leech_words(card, point) for point in leeches(collection, card) if point.id in outcome.missed]


def leech_words(card: Card, point: KeyPoint) -> str:
    """Return what to say of such a point, with what to do."""
    name = f"“{shorten(point.text, 60)}”" if card.key_points else "The answer"
    hint = "" if card.hint else ", or give the card a hint"
    return f"{name} was missed {MISSES} times or more: reword it, make two of it{hint}."

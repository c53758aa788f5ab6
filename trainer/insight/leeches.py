"""Points that are missed again and again: no schedule helps them as much as a better wording."""

from collections.abc import Iterable
from itertools import islice

from trainer.collection.collection import Collection
from trainer.memory.tuning import Judgement
from trainer.model import Card, KeyPoint, Rating
from trainer.study.question import Outcome
from trainer.text import shorten

MISSES = 6
"""How often a point was missed that is pointed out."""


def leeches(collection: Collection, card: Card) -> list[KeyPoint]:
    """Return the card's points missed `MISSES` times or more; the first sight, and others given, do not count."""
    if collection.state(card.id).lapses < MISSES:
        return []
    series = collection.point_series_of(card.id)
    return [point for point in card.points if _misses(series.get(point.id, ())) >= MISSES]


def _misses(series: Iterable[Judgement]) -> int:
    later = islice(series, 1, None)
    return sum(judgement.rating is Rating.AGAIN and not judgement.given for judgement in later)


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

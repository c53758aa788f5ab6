"""Everything known about one card in lines that read well aloud: no columns, no signs that stand for words."""

from collections.abc import Iterator

from trainer.collection.collection import Collection
from trainer.insight.history import act_words, local_time
from trainer.insight.one_card import PointView, next_words, points_of
from trainer.insight.words import percent
from trainer.model import Card
from trainer.progress.events import WordingEvent


def card_lines(collection: Collection, card: Card) -> list[str]:
    """Return the question, where the card stands, each point with its memory, all other parts, and its history."""
    points = enumerate(points_of(collection, card), 1)
    return [
        card.question,
        f"Deck: {collection.library.deck_of[card.id].title}. Id: {card.id}.",
        *_standing(collection, card),
        *(line for number, view in points for line in _point(number, view, bool(card.key_points))),
        *_parts(card),
        *_history(collection, card),
    ]


def _standing(collection: Collection, card: Card) -> Iterator[str]:
    yield next_words(collection, card)
    coverage = collection.coverage(card, collection.today)
    if coverage is not None:
        yield f"Known today: {percent(coverage)}."


def _point(number: int, view: PointView, has_name: bool) -> Iterator[str]:
    yield ""
    if has_name:
        yield f"Point {number}: {view.point.text}"
    yield "Never asked." if view.recall is None else f"Known today: {percent(view.recall)}, {view.words}."


def _parts(card: Card) -> Iterator[str]:
    for name, text in (("Hint", card.hint), ("Why it is asked", card.why), ("Source", card.source)):
        if text:
            yield f"\n{name}: {text}"
    if card.answer:
        yield f"\nA good answer:\n{card.answer.strip()}"
    if card.follow_ups:
        yield "\nThey may ask next:"
        yield from card.follow_ups
    if card.tags:
        yield f"\nTags: {', '.join(card.tags)}."


def _history(collection: Collection, card: Card) -> Iterator[str]:
    events = [event for event in collection.events_of(card.id) if not isinstance(event, WordingEvent)]
    if events:
        yield "\nHistory:"
    for event in events:
        undone = "" if collection.counts(event) else "taken back: "
        yield f"{local_time(event)}: {undone}{act_words(event)}."

"""Everything known about one card in lines that read well aloud: no columns, no signs that stand for words."""

from collections.abc import Iterator
from datetime import date

from trainer.collection.collection import Collection
from trainer.insight.history import act_words, local_time
from trainer.insight.words import day_name, in_days, percent
from trainer.model import Card, KeyPoint
from trainer.progress.events import WordingEvent


def card_lines(collection: Collection, card: Card) -> list[str]:
    """Return the question, where the card stands, each point with its memory, all other parts, and its history."""
    return [
        card.question,
        f"Deck: {collection.library.deck_of[card.id].title}. Id: {card.id}.",
        *_standing(collection, card),
        *(line for number, point in enumerate(card.points, 1) for line in _point(collection, card, number, point)),
        *_parts(card),
        *_history(collection, card),
    ]


def _standing(collection: Collection, card: Card) -> Iterator[str]:
    today = collection.today
    state, due = collection.state(card.id), collection.due(card.id)
    if state.suspended:
        yield "Suspended: it is not asked."
    elif due is None:
        yield "New: it was never asked."
    else:
        yield f"Next asked: {_when(due, today)}."
    if state.buried_until is not None and state.buried_until > today:
        yield f"Put aside until {day_name(state.buried_until, today)}."
    coverage = collection.coverage(card, today)
    if coverage is not None:
        yield f"Known today: {percent(coverage)}."


def _when(due: date, today: date) -> str:
    away = (due - today).days
    if away < 0:
        return f"today, {in_days(-away)} late"
    return day_name(due, today) if away < 2 else f"{day_name(due, today)}, in {in_days(away)}"


def _point(collection: Collection, card: Card, number: int, point: KeyPoint) -> Iterator[str]:
    memory = collection.state(card.id).memory.get(point.id)
    yield ""
    if card.key_points:
        yield f"Point {number}: {point.text}"
    if memory is None:
        yield "Never asked."
        return
    known = percent(collection.model.retrievability(memory, collection.today))
    holds = in_days(max(1, round(memory.stability)))
    yield f"Known today: {known}. Holds: {holds}. Last asked: {memory.last_day}."


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

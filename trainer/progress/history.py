"""All events in memory, by card, and the state each card is in: only what changed is worked out anew."""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar

from trainer.memory.model import MemoryModel, bounded_weights
from trainer.memory.tuning import Judgement
from trainer.model import Problem
from trainer.progress.counting import Counting
from trainer.progress.events import CardEvent, Event, ReviewEvent, UndoEvent, WasEvent, WeightsEvent
from trainer.progress.joins import Joins
from trainer.progress.replay import CardState, replay
from trainer.progress.series import point_series

OtherEvent = TypeVar("OtherEvent", bound=Event)


class History:
    """The events of a log and what they add up to, for the cards and points that decks have today."""

    def __init__(self, day_of: Callable[[datetime], date]) -> None:
        self._day_of = day_of
        self._by_card: dict[str, list[CardEvent]] = defaultdict(list)
        self._by_source: dict[str, list[ReviewEvent]] = defaultdict(list)
        self._others: list[Event] = []
        self._counting = Counting()
        self._joins = Joins()
        self._present: Mapping[str, frozenset[str]] = {}
        self._states: dict[str, CardState] = {}
        self.model = MemoryModel()
        """FSRS with the newest counting weights."""

    def take(self, events: Iterable[Event]) -> set[str] | None:
        """Add events; return the cards whose state may differ now, None for all."""
        touched: set[str] = set()
        rules_changed = False
        for event in events:
            match event:
                case CardEvent():
                    insort(self._by_card[event.card], event, key=_order)
                    if isinstance(event, ReviewEvent) and event.source:
                        insort(self._by_source[event.source], event, key=_order)
                    touched |= self._cards_sharing(event)
                case _:
                    self._others.append(event)
            rules_changed |= isinstance(event, WasEvent | UndoEvent | WeightsEvent)
        if rules_changed:
            before = self._joins
            touched |= self._count_anew()
            if self._fit_model():
                self._states.clear()
                return None
            moved = before.touched() | self._joins.touched()
            stood = {card for each in moved for card in self._stands_for(each, before)}
            return stood | self._forget(touched | stood)
        return self._forget(touched)

    def _cards_sharing(self, event: CardEvent) -> set[str]:
        """Return the event's card, and those with reviews imported from the same source."""
        source = event.source if isinstance(event, ReviewEvent) else ""
        return {event.card} | {other.card for other in self._by_source.get(source, ())}

    def _count_anew(self) -> set[str]:
        """Settle again what counts; return the cards with events that changed."""
        before, joined = self._counting, self._joins.touched()
        renamings = [event for event in self if isinstance(event, WasEvent)]
        self._counting = Counting(self._of_kind(UndoEvent), renamings)
        self._joins = Joins(event for event in renamings if self._counting(event))
        changed = joined | self._joins.touched()
        differing = before.undone ^ self._counting.undone
        for card, events in self._by_card.items():
            if any(event.key in differing or event.batch in differing for event in events):
                changed.add(card)
                for event in events:
                    changed |= self._cards_sharing(event)
        return changed

    def _of_kind(self, kind: type[OtherEvent]) -> list[OtherEvent]:
        return [event for event in self._others if isinstance(event, kind)]

    def _fit_model(self) -> bool:
        """Take the weights of the greatest counting key; return whether they are others than before."""
        for event in sorted(self._of_kind(WeightsEvent), key=_order, reverse=True):
            weights = bounded_weights(event.weights)
            if weights and self._counting(event):
                break
        else:
            weights = MemoryModel().weights
        if weights == self.model.weights:
            return False
        self.model = MemoryModel(weights)
        return True

    def set_present(self, cards: Mapping[str, frozenset[str]]) -> set[str]:
        """Say which cards decks have, with their point ids; return those whose state may differ."""
        self._present = cards
        return self._forget(self._joins.touched())

    def _forget(self, cards: Iterable[str]) -> set[str]:
        """Forget the states that the events of these ids add up to; return the cards with those states."""
        changed: set[str] = set()
        for card in cards:
            changed |= self._stands_for(card)
            for each in self._joins.joined(card):
                self._states.pop(each, None)
        return changed

    def _stands_for(self, card: str, joins: Joins | None = None) -> frozenset[str]:
        """Return the cards that the events of this id count for; of ids that no deck has, one for all."""
        if card in self._present:
            return frozenset((card,))
        joined = (joins or self._joins).joined(card)
        return frozenset(self._present.keys() & joined) or frozenset((min(joined),))

    def stands(self, card: str) -> bool:
        """Return whether the card has a state of its own, and is not counted under another id."""
        return card in self._stands_for(card)

    def events_of(self, card: str) -> list[CardEvent]:
        """Return the events that belong to a card, counting or not, in order."""
        ids = [each for each in self._joins.joined(card) if each == card or each not in self._present]
        events = [event for each in ids for event in self._by_card.get(each, ())]
        return events if len(ids) == 1 else sorted(events, key=_order)

    def counts(self, event: Event) -> bool:
        """Return whether the event counts."""
        if isinstance(event, ReviewEvent) and event.source and self._counting(event):
            return event is next(filter(self._counting, self._by_source[event.source]))
        return self._counting(event)

    def state(self, card: str) -> CardState:
        """Return where a card stands."""
        if card not in self._states:
            events = (event for event in self.events_of(card) if self.counts(event))
            self._states[card] = replay(events, self.model, self._day_of, self._points_of(card))
        return self._states[card]

    def point_series(self, card: str) -> dict[str, list[Judgement]]:
        """Return what was said of each point of a card, one judgement after the other."""
        events = (event for event in self.events_of(card) if self.counts(event))
        return point_series(events, self._day_of, self._points_of(card))

    def _points_of(self, card: str) -> Callable[[str], Iterable[str]]:
        present = self._present.get(card, frozenset())

        def today(point: str) -> Iterable[str]:
            return (
                (point,) if point in present else sorted(present & self._joins.joined_points(card, point)) or (point,)
            )

        return today

    def cards(self) -> set[str]:
        """Return the ids of all cards with events that have a state of their own."""
        return {present for card in list(self._by_card) for present in self._stands_for(card)}

    def __iter__(self) -> Iterator[Event]:
        """Go over all events, those of cards first, card by card."""
        for events in self._by_card.values():
            yield from events
        yield from self._others

    def problems(self, file: str) -> list[Problem]:
        """Return what is wrong with events that could be read."""
        return [
            Problem(file, None, f"The weights of {event.key} are not 21 finite numbers; they are ignored.")
            for event in self._of_kind(WeightsEvent)
            if bounded_weights(event.weights) is None
        ]


def _order(event: Event) -> tuple[str, str]:
    return event.key, event.form

"""Due days moved to where the weights and settings in force put them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trainer.collection.collection import Collection
from trainer.memory.fuzz import fuzz_range
from trainer.model import Card
from trainer.study.question import due_after, interval_after


@dataclass(frozen=True)
class Move:
    """A card whose due day would be another."""

    card: Card
    before: date
    after: date

    @property
    def days(self) -> int:
        """By how many days it moves; under 0 where it comes earlier."""
        return (self.after - self.before).days


def moves(collection: Collection, cards: Iterable[Card], day: date) -> list[Move]:
    """Return the cards that would move, with where to; a day that was promised stays while it is within fuzz's range.

    What is overdue counts as due on `day`. New and suspended cards have no day to move.
    """
    moved: Counter[date] = Counter()

    def load(on: date) -> int:
        return collection.tally.due_on(on) + moved[on]

    found = []
    for card in cards:
        state, due = collection.state(card.id), collection.due(card.id)
        last = state.last_day
        if due is None or last is None or state.suspended or _is_kept(collection, card, due, last):
            continue
        moved[due] -= 1
        after = due_after(collection, card, state.memory, last, load)
        moved[after] += 1
        move = Move(card, max(due, day), max(after, day))
        if move.days:
            found.append(move)
    return found


def _is_kept(collection: Collection, card: Card, due: date, last: date) -> bool:
    """Return whether the day promised is one that could be promised now."""
    memory = collection.state(card.id).memory
    if memory.keys().isdisjoint(point.id for point in card.points):
        return True
    days = interval_after(collection, card, memory, last)
    maximum = collection.longest_interval(card.id, last)
    first, latest = fuzz_range(days, maximum) if collection.settings.fuzz else (days, days)
    return first <= (due - last).days <= latest

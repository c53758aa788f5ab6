"""Ids that name the same card or point: what `was` events join."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from trainer.progress.events import WasEvent


class Joins:
    """Groups of ids joined, directly or through others, in whatever order the events stand."""

    def __init__(self, renamings: Iterable[WasEvent] = ()) -> None:
        renamings = list(renamings)
        self._cards = _groups((event.card, event.was) for event in renamings if not event.point)
        points = [event for event in renamings if event.point]
        by_card: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for event in points:
            for card in self.joined(event.card):
                by_card[card].append((event.point, event.was))
        self._points = {card: _groups(pairs) for card, pairs in by_card.items()}

    def joined(self, card: str) -> frozenset[str]:
        """Return every id that names this card, itself included."""
        return self._cards.get(card, frozenset((card,)))

    def has_points(self, card: str) -> bool:
        """Return whether any point of a card has more than one id."""
        return card in self._points

    def joined_points(self, card: str, point: str) -> frozenset[str]:
        """Return every id that names this point of a card, itself included."""
        return self._points.get(card, {}).get(point, frozenset((point,)))

    def touched(self) -> set[str]:
        """Return all cards whose events or points are joined with others."""
        return set(self._cards) | set(self._points)


def _groups(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        merged = groups.get(one, {one}) | groups.get(other, {other})
        for name in merged:
            groups[name] = merged
    return {name: frozenset(group) for name, group in groups.items()}

"""Which events count: undo, undo of undo, circles, imports and renamings taken back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from trainer.progress.events import CardEvent, Event, UndoEvent, WasEvent


def discounted_keys(undos: Iterable[UndoEvent]) -> set[str]:
    """Return the keys that do not count, in whatever order the undos stand.

    These are the keys that a counting undo names, and undos in a circle. An undo whose
    target is not there yet waits for it.
    """
    targets: dict[str, set[str]] = defaultdict(set)
    for undo in undos:
        targets[undo.key].add(undo.target)
    unsettled = Counter(target for named in targets.values() for target in named & targets.keys())
    discounted: set[str] = set()
    open_keys = set(targets)
    ready = [key for key in targets if not unsettled[key]]
    while open_keys:
        if not ready:
            ready = list(_in_circles({key: targets[key] & open_keys for key in open_keys}))
            discounted.update(ready)
        while ready:
            key = ready.pop()
            open_keys.discard(key)
            if key not in discounted:
                discounted |= targets[key]
            for target in targets[key] & open_keys:
                unsettled[target] -= 1
                if not unsettled[target] and target not in ready:
                    ready.append(target)
    return discounted


def _in_circles(targets: Mapping[str, set[str]]) -> set[str]:
    """Return the keys that lead back to themselves."""
    found = set()
    for start in targets:
        seen: set[str] = set()
        ahead = list(targets[start])
        while ahead:
            key = ahead.pop()
            if key == start:
                found.add(start)
                break
            if key in targets and key not in seen:
                seen.add(key)
                ahead.extend(targets[key])
    return found


class Counting:
    """Tells of any event whether it counts, given everything in the log."""

    def __init__(self, undos: Iterable[UndoEvent], renamings: Iterable[WasEvent]) -> None:
        self.discounted = discounted_keys(undos)
        self._parted = {_pair(event) for event in renamings if not self._stands(event)}

    def __call__(self, event: Event) -> bool:
        """Return whether the event counts, for itself: doubles of an imported review aside."""
        if isinstance(event, WasEvent) and _pair(event) in self._parted:
            return False
        return self._stands(event)

    def _stands(self, event: Event) -> bool:
        if event.key in self.discounted:
            return False
        return not (isinstance(event, CardEvent) and event.batch in self.discounted)


def _pair(event: WasEvent) -> tuple[str, str, str]:
    return event.card, event.point, event.was

"""Which events count: undo, undo of undo, circles, imports and renamings taken back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from trainer.progress.events import Event, UndoEvent, WasEvent


def counting_undos(undos: Sequence[UndoEvent]) -> list[UndoEvent]:
    """Return the undos that count, in whatever order they stand.

    An undo counts unless a counting one names its key, or that of the import it came with.
    Undos in a circle count for nothing. One whose target is not there yet waits for it.
    """
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, undo in enumerate(undos):
        for name in {undo.key, undo.batch} - {""}:
            by_name[name].append(index)
    targets = [by_name.get(undo.target, []) for undo in undos]
    unsettled = [0] * len(undos)
    for named in targets:
        for index in named:
            unsettled[index] += 1
    counts = [True] * len(undos)
    is_open = [True] * len(undos)
    ready = [index for index, count in enumerate(unsettled) if not count]
    left = len(undos)
    while left:
        if not ready:
            ready = _in_circles(targets, is_open)
            for index in ready:
                counts[index] = False
        while ready:
            settled = ready.pop()
            is_open[settled] = False
            left -= 1
            for index in targets[settled]:
                if counts[settled]:
                    counts[index] = False
                unsettled[index] -= 1
                if not unsettled[index] and is_open[index] and index not in ready:
                    ready.append(index)
    return [undo for undo, count in zip(undos, counts, strict=True) if count]


def _in_circles(targets: Sequence[Sequence[int]], is_open: Sequence[bool]) -> list[int]:
    """Return the open undos that lead back to themselves."""
    found = []
    for start, within in enumerate(is_open):
        seen: set[int] = set()
        ahead = list(targets[start]) if within else []
        while ahead and start not in seen:
            index = ahead.pop()
            if is_open[index] and index not in seen:
                seen.add(index)
                ahead.extend(targets[index])
        if start in seen:
            found.append(start)
    return found


class Counting:
    """Tells of any event whether it counts, given all undos and renamings of the log."""

    def __init__(self, undos: Sequence[UndoEvent] = (), renamings: Iterable[WasEvent] = ()) -> None:
        standing = counting_undos(undos)
        self._standing = {(undo.key, undo.batch, undo.target) for undo in standing}
        self.undone = {undo.target for undo in standing}
        """The keys of events, and of imports, that do not count."""
        self.parted = {_pair(event) for event in renamings if self._is_undone(event)}
        """Card, point and earlier id of the renamings that were taken back."""

    def __call__(self, event: Event) -> bool:
        """Return whether the event counts, for itself: doubles of an imported review aside."""
        match event:
            case UndoEvent(key=key, batch=batch, target=target):
                return (key, batch, target) in self._standing
            case WasEvent():
                return _pair(event) not in self.parted
        return not self._is_undone(event)

    def _is_undone(self, event: Event) -> bool:
        return event.key in self.undone or event.batch in self.undone


def _pair(event: WasEvent) -> tuple[str, str, str]:
    return event.card, event.point, event.was

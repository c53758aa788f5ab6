"""What the coverage of a card is made of, packed: worked out for thousands of cards at once."""

import struct
from datetime import date

from trainer.memory.model import MemoryModel
from trainer.model import Card
from trainer.progress.replay import CardState

_WHOLE = struct.Struct("d")
_POINT = struct.Struct("3d")
"""Weight and stability of a point, and the day (ordinal) it was last asked."""


def curve_of(card: Card, state: CardState) -> bytes:
    """Return what a card's coverage is made of: the weight of all points, then a `_POINT` for each that was asked."""
    numbers = [_WHOLE.pack(sum(point.weight for point in card.points))]
    for point in card.points:
        memory = state.memory.get(point.id)
        if memory is not None:
            numbers.append(_POINT.pack(point.weight, memory.stability, memory.last_day.toordinal()))
    return b"".join(numbers)


def share(curve: bytes, model: MemoryModel, day: date) -> float:
    """Return the coverage (0-1) on a day."""
    whole: float = _WHOLE.unpack_from(curve)[0]
    return model.weight_recalled(_POINT.iter_unpack(curve[_WHOLE.size :]), day.toordinal()) / whole


def least(curve: bytes, model: MemoryModel, day: date) -> float:
    """Return the least chance (0-1) of recall on a day among the points that were asked; 0 where none was."""
    today = day.toordinal()
    asked = _POINT.iter_unpack(curve[_WHOLE.size :])
    return min((model.recall(stability, max(0.0, today - last_day)) for _, stability, last_day in asked), default=0.0)

"""Against answers given by accident: tells a held key from a key pressed again."""

from enum import Enum, auto
from typing import NamedTuple


class KeyTimes(NamedTuple):
    """How quick is too quick, in seconds."""

    after_reveal: float = 0.3
    """A grade within this time of the reveal is a slip."""
    repeat: float = 0.15
    """A held key repeats faster than this: 10 to 40 times a second."""
    first_repeat: float = 1.0
    """A held key begins to repeat within this time."""


class Verdict(Enum):
    """What to do with a key press."""

    TAKE = auto()
    DROP = auto()
    """It comes from a key that is held down."""
    WAIT = auto()
    """It may be the first repeat of a held key: take it if none follows within `KeyTimes.repeat`."""


class KeyGuard:
    """Follows the keys pressed. A terminal does not say when a key is let go, so time must tell."""

    def __init__(self, times: KeyTimes) -> None:
        self.times = times
        self._key = ""
        self._at = float("-inf")

    def judge(self, key: str, at: float) -> Verdict:
        """Say what to do with `key` pressed at `at` (seconds of a steady clock)."""
        gap = at - self._at if key == self._key else float("inf")
        self._key, self._at = key, at
        if gap < self.times.repeat:
            return Verdict.DROP
        return Verdict.WAIT if gap < self.times.first_repeat else Verdict.TAKE

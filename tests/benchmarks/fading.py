"""How points are really remembered by someone who uses the built program (`outside.py`); apart from all other code."""

from datetime import date
from math import exp


class Fading:
    """A point that forgets and grows as FSRS-6 has it, with its published weights, at a pace of its own."""

    def __init__(self, pace: float) -> None:
        self._pace = pace
        self._strength = self._hardness = 0.0
        self._day: date | None = None

    def chance(self, day: date) -> float:
        """Return the chance (0-1) of making it."""
        if self._day is None:
            return 0.0
        scale = 0.9 ** (-1 / 0.1542) - 1
        return (1 + scale * (day - self._day).days / self._pace / self._strength) ** -0.1542

    def judge(self, day: date, made: bool) -> None:
        """Let it have been asked, and shown."""
        if self._day is None:
            self._strength, self._hardness = (2.3065, 2.1181) if made else (0.212, 6.4133)
        else:
            chance = self.chance(day)
            if day == self._day:
                change = exp(0.5425 * ((0 if made else -2) + 0.0912)) * self._strength**-0.0658
                self._strength *= max(change, 1) if made else change
            elif made:
                ease = exp(1.8722) * (11 - self._hardness) * self._strength**-0.1666
                self._strength *= 1 + ease * (exp(0.796 * (1 - chance)) - 1)
            else:
                left = (
                    1.4835 * self._hardness**-0.0614 * ((self._strength + 1) ** 0.2629 - 1) * exp(1.6483 * (1 - chance))
                )
                self._strength = min(left, self._strength / exp(0.5425 * 0.0912))
            harder = self._hardness + (0 if made else 2 * 3.0194 * (10 - self._hardness) / 9)
            self._hardness = min(max(0.999 * harder + 0.001 * (6.4133 - exp(0.8334 * 3) + 1), 1.0), 10.0)
        self._strength = max(self._strength, 0.001)
        self._day = day


class Halving:
    """A point of another shape: half of it is gone after each half-life, which doubles or falls to a third."""

    def __init__(self, pace: float) -> None:
        self._half_life = 2.5 * pace
        self._day: date | None = None

    def chance(self, day: date) -> float:
        """Return the chance (0-1) of making it."""
        return 0.0 if self._day is None else 2 ** (-(day - self._day).days / self._half_life)

    def judge(self, day: date, made: bool) -> None:
        """Let it have been asked, and shown."""
        if self._day is not None and day != self._day:
            self._half_life = self._half_life * 2 if made else max(1.0, self._half_life / 3)
        self._day = day


TRUTHS = {"fading": Fading, "halving": Halving}

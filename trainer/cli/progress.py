"""How far a long opening is, told on standard error: a line that fills up on a terminal, else a line now and then."""

import shutil
from collections.abc import Callable
from typing import TextIO

PATIENCE = 1.0
"""Seconds before anything is said."""
WIDTH = 30
"""Cells of the bar at most."""
STEP = 0.25
"""Share (0-1) of the work between two lines where there is no terminal."""


class ProgressLine:
    """Says what is being done and how much of it, once it takes longer than a moment."""

    def __init__(self, out: TextIO, stopwatch: Callable[[], float]) -> None:
        self._out = out
        self._stopwatch = stopwatch
        self._started = stopwatch()
        self._drawn = False
        self._said: tuple[str, float] = ("", 0.0)

    def tell(self, words: str, share: float) -> None:
        """Take in that this much (0-1) of something is done."""
        if self._stopwatch() - self._started < PATIENCE:
            return
        if self._out.isatty():
            # a line that wraps cannot be drawn over
            room = shutil.get_terminal_size().columns - len(f"{words} [] 100% ")
            width = max(0, min(WIDTH, room))
            filled = round(share * width)
            self._out.write(f"\r{words} [{'#' * filled}{'.' * (width - filled)}] {share:4.0%}\x1b[K")
            self._drawn = True
        else:
            said, reached = self._said
            if said == words and share < reached + STEP:
                return
            self._said = (words, share)
            self._out.write(f"{words}: {share:.0%}\n")
        self._out.flush()

    def end(self) -> None:
        """Leave the terminal as it was."""
        if self._drawn:
            self._out.write("\r\x1b[K")
            self._out.flush()

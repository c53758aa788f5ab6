"""The day's backup, made beside the work that it must not delay."""

import atexit
from contextlib import suppress
from datetime import date
from threading import Thread

from trainer.home import Home
from trainer.model import Problem

PATIENCE = 10.0
"""Seconds for which a process that ends waits for the backup; after that the next one makes it."""


class DailyBackup:
    """Makes at most one backup a day; that it fails is told, and stops nothing."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._day: date | None = None
        """The day whose backup was last seen to."""
        self._thread: Thread | None = None
        self.problems: list[Problem] = []
        """Why the last backup could not be made."""

    def begin(self, day: date) -> None:
        """Begin the backup of a local day where it is not there; it is made in a thread of its own."""
        from trainer.progress.backups import backup_due  # needed once a day

        if day == self._day:
            return
        self._day = day
        if not backup_due(self._home.backups, day):
            return
        self._thread = Thread(target=self._make, args=(day,), name="backup", daemon=True)
        with suppress(RuntimeError):  # no more threads: there is another day
            self._thread.start()
            atexit.register(self.wait)

    def wait(self, seconds: float = PATIENCE) -> None:
        """Wait for a backup that is being made. A process that ends earlier leaves a draft for the next to remove."""
        with suppress(KeyboardInterrupt, RuntimeError):
            if self._thread is not None:
                self._thread.join(seconds)

    def _make(self, day: date) -> None:
        from trainer.progress.backups import make_backup

        try:
            make_backup(self._home.log, self._home.decks, self._home.backups, day, self._home.answers)
        except OSError as error:
            self._failed(error.strerror or str(error))
        except Exception as error:  # whatever it is, a session is no place to end for it
            self._failed(f"{type(error).__name__} {error}")
        else:
            self.problems = []

    def _failed(self, reason: str) -> None:
        words = f"Today's backup could not be made: {reason}."
        self.problems = [Problem(self._home.backups.name, None, words, "Answers are saved all the same.")]

"""Errors a user can read: a sentence, what to do about it, and the exit code."""


class TrainerError(Exception):
    """Work that failed, told in words for the person at the keyboard.

    `message` says what happened and where, `hint` what to do; both are one line.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def words(self) -> str:
        """What happened and what to do, on one line."""
        return f"{self.message} {self.hint}".strip()


class UsageError(TrainerError):
    """The call itself was wrong: an unknown deck, a bad option."""

    exit_code = 2


class NotSavedError(TrainerError):
    """An event could not be written to the log; nothing of it counts as saved."""


class HomeError(TrainerError):
    """The home folder or a file in it cannot be read or written."""


class FileChangedError(HomeError):
    """A file holds something else than when it was read: what was to be done to it can no longer be done."""

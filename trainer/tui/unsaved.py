"""An answer that could not be written to the log: kept until it is, or until it is written elsewhere."""

import shlex
import tempfile
from pathlib import Path

from trainer.errors import NotSavedError
from trainer.insight.leeches import missed_again
from trainer.insight.words import in_days
from trainer.study.question import Outcome
from trainer.study.session import Session


class Unsaved:
    """Saves answers of a session, and keeps the one that could not be."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.outcome: Outcome | None = None
        """The answer that is kept."""

    def save(self, outcome: Outcome, undo: str) -> str:
        """Save an answer, and return what to say of it, with the key for undo; or keep it, and raise NotSavedError."""
        self._grade(outcome)
        back = "the points missed come back today" if outcome.missed else f"back in {in_days(outcome.days)}"
        saved = f"Saved: {outcome.rating}, {back}. {undo} takes it back."
        return "\n".join([saved, *missed_again(self._session.collection, outcome)])

    def save_again(self, undo: str) -> str:
        """Do the same with the answer that is kept."""
        assert self.outcome is not None
        return self.save(self.outcome, undo)

    def save_elsewhere(self) -> str:
        """Write the answer that is kept to a file in the user's own folder, else in that for temporary files.

        The file holds all such answers of a day. Returns where it is, or raises NotSavedError.
        """
        assert self.outcome is not None
        name = f"trainer-answers-{self.outcome.day}.toml"
        shown = f"~/{name}"
        try:
            self._grade(self.outcome, Path(shown).expanduser())
        except (NotSavedError, RuntimeError):  # RuntimeError: nobody knows where the user's own folder is
            path = Path(tempfile.gettempdir()) / name
            self._grade(self.outcome, path)
            shown = shlex.quote(str(path))
        return f"Written elsewhere. Later: trainer merge {shown}"

    def _grade(self, outcome: Outcome, elsewhere: Path | None = None) -> None:
        self.outcome = outcome
        try:
            self._session.grade(outcome, elsewhere)
        except NotSavedError:
            self._session.pause()  # what the disk takes is not the answer's
            raise
        self.outcome = None

    def drop(self) -> bool:
        """Forget the answer that is kept; return whether there was one."""
        kept, self.outcome = self.outcome, None
        return kept is not None

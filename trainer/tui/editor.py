"""The user's own editor, for a text of the app."""

import os
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported

from trainer.editor import edited, editor_command
from trainer.errors import TrainerError


def edit_text(app: App[None], text: str, name: str = "answer.md") -> str:
    """Return `text` as it is after VISUAL or EDITOR has ended, in a file of this name there.

    Raises TrainerError when there is none.
    """
    command = editor_command(os.environ)
    with tempfile.TemporaryDirectory(prefix="trainer-") as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                return edited(command, path, "The text is as it was.")
        except SuspendNotSupported as error:
            raise TrainerError("This terminal cannot show another program.", "Write here instead.") from error

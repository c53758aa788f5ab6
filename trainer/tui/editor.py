"""The user's own editor, for a text of the app."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported

from trainer.errors import TrainerError
from trainer.text import clean


def edit_text(app: App[None], text: str, name: str = "answer.md") -> str:
    """Return `text` as it is after VISUAL or EDITOR has ended, in a file of this name there.

    Raises TrainerError when there is none.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not command:
        raise TrainerError("No editor is set.", "Set EDITOR, for example to nano.")
    with tempfile.TemporaryDirectory(prefix="trainer-") as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                subprocess.run([*command, str(path)], check=True)
            return clean(path.read_text(encoding="utf-8", errors="replace"))
        except SuspendNotSupported as error:
            raise TrainerError("This terminal cannot show another program.", "Write here instead.") from error
        except (OSError, subprocess.CalledProcessError) as error:
            raise TrainerError(f"{command[0]} did not end well; the text is as it was.", "") from error

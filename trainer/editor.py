"""The user's own editor, for a text of the trainer."""

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from trainer.errors import TrainerError, UsageError
from trainer.text import clean, shown

_HINT = "Set EDITOR, for example to nano."


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """Return the command that VISUAL names, else EDITOR. Raises UsageError where there is none."""
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:  # quotes that are not closed
        raise UsageError(f"The editor {shown(named)} is no command.", _HINT) from None
    if not command:
        raise UsageError("No editor is set.", _HINT)
    return command


def edited(command: Sequence[str], path: Path, hint: str) -> str:
    """Let an editor change a file, and return what it holds then, cleaned.

    Raises TrainerError, with this hint, where the editor fails.
    """
    try:
        subprocess.run([*command, str(path)], check=True)
        return clean(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, subprocess.CalledProcessError) as error:
        raise TrainerError(f"{command[0]} did not end well.", hint) from error

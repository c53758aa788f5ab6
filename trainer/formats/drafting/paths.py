"""Paths as a person types, pastes or drags them, and how they might go on."""

import os
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

MOST = 200
"""Entries of a folder that are offered."""


def typed_path(said: str) -> str:
    """Return the path that was meant: without quotes, escapes or `file://` around it."""
    said = said.strip()
    if said.startswith("file://"):
        return unquote(urlsplit(said).path)
    if said[:1] in ("'", '"') or "\\ " in said:
        try:
            parts = shlex.split(said)
        except ValueError:
            return said
        return parts[0] if len(parts) == 1 else said
    return said


def completions(said: str) -> list[str]:
    """Return what a path could become, as it would be typed: folders end with a slash, and come first.

    What is hidden is offered once its dot is typed. What cannot be read offers nothing.
    """
    folder, _, begun = said.rpartition("/")
    folder += "/" if "/" in said else ""
    if said == "~":
        return ["~/"]
    found: list[tuple[bool, str]] = []
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            for entry in entries:
                is_hidden = entry.name.startswith(".") and not begun.startswith(".")
                if entry.name.casefold().startswith(begun.casefold()) and not is_hidden and entry.name.isprintable():
                    found.append((not entry.is_dir(), entry.name))
    except (OSError, RuntimeError, ValueError):  # RuntimeError: ~name of nobody; ValueError: a NUL
        return []
    found.sort(key=lambda each: (each[0], each[1].casefold(), each[1]))
    return [f"{folder}{name}" + ("" if is_file else "/") for is_file, name in found[:MOST]]


def common_beginning(offered: list[str]) -> str:
    """Return what all offered paths begin with, in whatever case they go on."""
    first = min(offered, key=len, default="")
    for length in range(len(first), 0, -1):
        if all(each[:length].casefold() == first[:length].casefold() for each in offered):
            return first[:length]
    return ""

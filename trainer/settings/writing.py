"""One value of `settings.toml` changed in place: comments, order and spacing of all others stay."""

import re
import tomllib
from pathlib import Path as FilePath
from typing import Any

from trainer.errors import HomeError
from trainer.replacing import replace_file
from trainer.settings.template import template
from trainer.toml_line import key_text, one_line_value
from trainer.toml_places import Path, Place, key_places, places


def write_setting(file: FilePath, path: tuple[str, ...], value: Any) -> Any:
    """Set the value at a path such as `("decks", "A title", "by")`; None takes the line away.

    Returns what stood there, None for nothing. A file that is not there begins with every default in a
    comment. Raises HomeError where the file cannot be read, is not TOML, changed meanwhile, or has the
    value in a place that only its writer should change.
    """
    data = _read(file)
    text, document = _parsed(file, template().encode() if data is None else data)
    path = _as_written(document, path)
    before = _value_at(document, path)
    if before == value and type(before) is type(value):
        return before
    try:
        written, wanted = with_value(text, path, value), _changed(document, path, value)
    except (ValueError, TypeError) as error:
        raise _unsafe(file, path) from error
    after = _checked(file, data, written, wanted, path)
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, data, after)
    return before


def renamed_deck(file: FilePath, old: str, new: str) -> tuple[bytes, bytes] | None:
    """Return what a settings file holds, and would hold with a deck's settings under its new title.

    None where it has no settings under the old one. Raises HomeError as `write_setting` does, and where there are
    settings under the new title already.
    """
    data = _read(file)
    if data is None:
        return None
    text, document = _parsed(file, data)
    path = _as_written(document, ("decks", old))
    if _value_at(document, path) is None:
        return None
    if _value_at(document, _as_written(document, ("decks", new))) is not None:
        raise HomeError(
            f"{file} has settings under [decks.{key_text(new)}] already.", "Take these away, or those of the deck."
        )
    written = text
    for start, end in reversed(key_places(text, path)):
        written = written[:start] + key_text(new) + written[end:]
    wanted = document | {"decks": {new if each == path[1] else each: own for each, own in document["decks"].items()}}
    return data, _checked(file, data, written, wanted, path)


def with_value(text: str, path: tuple[str, ...], value: Any) -> str:
    """Return the text of a TOML file with another value at a path; with None, without it.

    What comes of it may be no TOML where tables are written in unusual ways: read it, and compare.
    """
    found = places(text)
    inline = next((path[:n] for n in range(1, len(path)) if _is_inline(text, found.get(path[:n]))), None)
    if inline is not None:
        table = _changed(_value_at(tomllib.loads(text), inline), path[len(inline) :], value)
        place = found[inline]
        return text[: place.start] + one_line_value(table) + text[place.end :]
    if path in found:
        place = found[path]
        if value is None:
            return _without(text, place)
        return text[: place.start] + one_line_value(value) + text[place.end :]
    return text if value is None else _with_line(text, found, path, value)


def _with_line(text: str, found: dict[Path, Place], path: tuple[str, ...], value: Any) -> str:
    """Return the text with a new line, in the table where it belongs."""
    newline = "\r\n" if "\r\n" in text else "\n"
    *table, name = path
    line = f"{key_text(name)} = {one_line_value(value)}{newline}"
    at = _place_for(text, found, tuple(table), name)
    if at is not None:
        before = text[:at]
        return before + (newline if before and not before.endswith("\n") else "") + line + text[at:]
    gap = "" if not text else newline if text.endswith("\n") else newline * 2
    return f"{text}{gap}[{'.'.join(map(key_text, table))}]{newline}{line}"


def _place_for(text: str, found: dict[Path, Place], table: Path, name: str) -> int | None:
    """Return where a new line of a table goes; None where the table must be begun."""
    if not table:
        headers = [
            place.start for place in found.values() if text.startswith("[", place.start) and _begins(text, place)
        ]
        root = text[: min(headers, default=len(text))]
        comments = list(re.finditer(rf"^#[ \t]*{name}[ \t]*=[^\n]*(?:\n|\Z)", root, re.MULTILINE))
        if comments:  # its default, shown in a comment
            return comments[0].end()
        own = [place.end for path, place in found.items() if len(path) == 1 and place.start < place.end <= len(root)]
        return _next_line(text, max(own)) if own else _above_comments(root)
    header = found.get(table)
    if header is None or not _begins(text, header):
        return None
    own = [place.end for path, place in found.items() if path[:-1] == table and not _begins(text, place)]
    return _next_line(text, max([header.end, *own]))


def _begins(text: str, place: Place) -> bool:
    """Return whether a place is the header of a table."""
    before = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    return place.end > place.start and text.startswith("[", place.start) and not before.strip()


def _above_comments(root: str) -> int:
    """Return the end of what stands above a table, without the comments that belong to the table."""
    lines = root.splitlines(keepends=True)
    while lines and lines[-1].startswith("#"):
        lines.pop()
    return len("".join(lines)) if lines else 0


def _next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _without(text: str, place: Place) -> str:
    """Return the text without a line; a comment on it stays, on a line of its own."""
    start = text.rfind("\n", 0, place.start) + 1
    end = _next_line(text, place.end)
    behind = text[place.end : end]
    return text[:start] + (behind.lstrip(" \t") if behind.strip() else "") + text[end:]


def _is_inline(text: str, place: Place | None) -> bool:
    return place is not None and text.startswith("{", place.start) and place.end > place.start


def _read(file: FilePath) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise HomeError(f"{file} cannot be read: {error.strerror}.", "Mend its permissions, then try again.") from error


def _parsed(file: FilePath, data: bytes) -> tuple[str, dict[str, Any]]:
    try:
        text = data.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise HomeError(
            f"{file} is not TOML, so nothing is written to it.", "`trainer check` names the line."
        ) from error


def _as_written(document: dict[str, Any], path: tuple[str, ...]) -> tuple[str, ...]:
    """Return a path as the file has it: a deck's title in its own case, a binding's id perhaps in parts."""
    table, *rest = path
    known = document.get(table)
    if table == "decks" and isinstance(known, dict):
        title = next((each for each in known if each.casefold() == rest[0].casefold()), rest[0])
        return (table, title, *rest[1:])
    parts = (table, *".".join(rest).split("."))
    return parts if _value_at(document, parts) is not None else path


def _checked(file: FilePath, data: bytes | None, written: str, wanted: dict[str, Any], path: Path) -> bytes:
    """Return a file with another text, which must say what is wanted. Raises HomeError where it does not."""
    try:
        fits = _solid(tomllib.loads(written)) == _solid(wanted)
    except ValueError:
        fits = False
    if not fits:
        raise _unsafe(file, path)
    mark = "\ufeff" if data is not None and data.startswith(b"\xef\xbb\xbf") else ""
    return (mark + written).encode()


def _unsafe(file: FilePath, path: Path) -> HomeError:
    name = ".".join(map(str, path))
    return HomeError(f"`{name}` cannot be changed where it stands in {file}.", "Change it there with an editor.")


def _value_at(document: dict[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = document
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _changed(document: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Return a document with another value at a path; None takes it away."""
    key, *rest = path
    changed = dict(document)
    if rest:
        changed[key] = _changed(changed.get(key, {}), tuple(rest), value)
    elif value is None:
        changed.pop(key, None)
    else:
        changed[key] = value
    return changed


def _solid(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without tables that hold nothing."""
    tables = {key: _solid(value) if isinstance(value, dict) else value for key, value in document.items()}
    return {key: value for key, value in tables.items() if value != {}}

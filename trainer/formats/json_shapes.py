"""JSON from strangers: read without a trace of Python's own errors, and taken apart shape by shape."""

import json
from datetime import date
from typing import Any

from trainer.errors import TrainerError
from trainer.formats.decoding import decoded
from trainer.formats.limits import LARGEST_SOURCE

_HINT = "Mend it, or export it anew from the program it comes from."


def read_json(name: str, data: bytes) -> Any:
    """Return the document of a source. Raises TrainerError as `decoded` and `json_of` do."""
    return json_of(name, decoded(name, bytes(data), LARGEST_SOURCE))


def json_of(name: str, said: str) -> Any:
    """Return the document that a text is. Raises TrainerError where it is none, or nested too deep to read."""
    try:
        return json.loads(said)
    except json.JSONDecodeError as error:
        raise TrainerError(f"{name}:{error.lineno}: Not JSON: {error.msg}.", _HINT) from error
    except (RecursionError, ValueError) as error:  # ValueError: a number of too many digits
        raise TrainerError(f"{name} is nested too deep, or holds a number too long, to read.", _HINT) from error


def table(value: Any) -> dict[str, Any]:
    """Return a value that is a table, else an empty one."""
    return value if isinstance(value, dict) else {}


def tables(value: Any) -> list[dict[str, Any]]:
    """Return the tables in a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return a value that is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def texts(value: Any) -> tuple[str, ...]:
    """Return the texts in a list."""
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def day(value: Any) -> date | None:
    """Return the date that a text is, None where it is none."""
    try:
        return date.fromisoformat(text(value))
    except ValueError:
        return None

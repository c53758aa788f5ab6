"""TOML 1.0 values written on one line, which `tomli-w` does not offer for tables and arrays."""

import json
import re
from datetime import date, time
from typing import Any

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def one_line_value(value: Any) -> str:
    """Return `value` (texts, numbers, truths, dates, lists and tables) as TOML on one line.

    A text never holds ` = {` as such: its brace is written as an escape, so that the
    beginning of an event cannot be mistaken for one within a text.
    Raises TypeError for what TOML has no form for.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case int() | float():
            return repr(value)
        case time(tzinfo=zone) if zone is not None:
            pass
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return "[" + ", ".join(map(one_line_value, value)) + "]"
        case dict():
            pairs = [f"{_key(key)} = {one_line_value(item)}" for key, item in value.items()]
            return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    raise TypeError(f"TOML has no form for {type(value).__name__}")


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    # JSON's escapes are TOML's; TOML also wants DEL escaped.
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
    return quoted.replace("= {", "= \\u007B").replace("={", "=\\u007B")

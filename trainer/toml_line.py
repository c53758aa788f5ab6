"""TOML 1.0 values written on one line, which `tomli-w` does not offer for tables and arrays."""

import json
import re
from datetime import date, time
from itertools import repeat
from typing import Any

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")

LONG_NUMBER = 10_000
"""Bits; Python writes no number of over 4,300 decimal digits."""


def one_line_value(value: Any, bare_key: re.Pattern[str] = _BARE_KEY) -> str:
    """Return `value` (texts, numbers, truths, dates, lists and tables) as TOML on one line.

    Keys that `bare_key` does not match are quoted. Raises TypeError for what TOML has no form for.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # JSON's escapes are TOML's; TOML also wants DEL escaped.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
        case int():
            return repr(value) if value.bit_length() < LONG_NUMBER else hex(value)
        case float():
            return repr(value)
        case time(tzinfo=zone) if zone is not None:
            pass
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return "[" + ", ".join(map(one_line_value, value, repeat(bare_key))) + "]"
        case dict():
            pairs = [f"{key_text(key, bare_key)} = {one_line_value(item, bare_key)}" for key, item in value.items()]
            return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    raise TypeError(f"TOML has no form for {type(value).__name__}")


def key_text(key: str, bare_key: re.Pattern[str] = _BARE_KEY) -> str:
    """Return a key as TOML, in quotes where `bare_key` does not match it."""
    return key if bare_key.fullmatch(key) else one_line_value(key)

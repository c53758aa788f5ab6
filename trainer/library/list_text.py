"""A TOML list with items added, removed, put in another order: what is beside an item goes with it."""

import re
from collections.abc import Sequence

Kept = tuple[int | None, str | None]
"""An item of the new list: its number in the old one (None for a new one), its text (None for the one it has)."""

_LINE_REST = re.compile(r"[ \t]*(?:#[^\n]*)?\r?\n")
_COMMA = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*,")
_LONGEST_LINE = 100
"""Characters of a list that stays on one line."""


def list_text(items: Sequence[str], one_line: bool) -> str:
    """Return a TOML list of values that are written already, on one line or with a line for each."""
    if one_line or not items:
        return f"[{', '.join(items)}]"
    return "\n".join(["[", *(f"  {item}," for item in items), "]"])


def changed_list(source: str, spans: Sequence[tuple[int, int]], wanted: Sequence[Kept]) -> str:
    """Return the text of a list with the wanted items; `spans` are the places of its items in `source`."""
    texts = [source[slice(*spans[at])] if text is None and at is not None else text or "" for at, text in wanted]
    if "\n" not in source:
        line = list_text(texts, one_line=True)
        return line if len(line) <= _LONGEST_LINE else list_text(texts, one_line=False)
    head_end = _after(_LINE_REST, source, 1)
    regions = _regions(source, spans, head_end)
    indent = source[regions[0][0] : spans[0][0]].rpartition("\n")[2] if regions else "  "
    parts = [source[:head_end] if regions else "[\n"]
    for (at, _), text in zip(wanted, texts, strict=True):
        if at is None:
            parts.append(f"{indent}{text},\n")
            continue
        (start, end), (begin, stop) = regions[at], spans[at]
        rest = source[stop:end]
        comma = "" if _COMMA.match(rest) else ","
        parts.append(f"{source[start:begin]}{text}{comma}{rest}")
    return "".join(parts) + (source[regions[-1][1] :] if regions else "]")


def _regions(source: str, spans: Sequence[tuple[int, int]], start: int) -> list[tuple[int, int]]:
    """Return what belongs to each item: the lines above it, its comma, the comment behind it."""
    regions = []
    for _, stop in spans:
        end = _after(_LINE_REST, source, _after(_COMMA, source, stop))
        regions.append((start, end))
        start = end
    return regions


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return the end of what a pattern finds at an offset, or the offset itself."""
    match = pattern.match(text, at)
    return match.end() if match else at

"""Answers that are lists: their items are key points."""

import re
from collections.abc import Sequence

from trainer.formats.html import plain_of
from trainer.library.identity import point_fingerprint
from trainer.model import KeyPoint
from trainer.text import one_line

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:\\?[-*+•‣▪◦●·]|\(?\d{1,3}\\?[.)])[ \t]+(?P<text>\S.*)")
_FEWEST = 2


def split_list(text: str) -> tuple[list[str], str]:
    """Return the items of the one list in a text, and what stands around it; no items where it is no list.

    Lines that go on from an item, and items within it, belong to it. Two lists are no list.
    """
    items: list[str] = []
    around: list[str] = []
    ended = blank = False
    for line in text.splitlines():
        match = _ITEM.fullmatch(line.rstrip())
        if match and not (items and match["indent"]):
            if ended:
                return [], text
            items.append(match["text"])
        elif not line.strip():
            around.append("")
        elif items and not ended and (match or not blank or line[0] in " \t"):
            items[-1] += ("; " if match else " ") + (match["text"] if match else line.strip())
        else:
            ended = bool(items)
            around.append(line)
        blank = not line.strip()
    if len(items) < _FEWEST:
        return [], text
    return items, re.sub(r"\n{3,}", "\n\n", "\n".join(around)).strip()


def is_item(line: str) -> bool:
    """Return whether a line begins an item of a list that stands within no other."""
    match = _ITEM.fullmatch(line.rstrip())
    return match is not None and not match["indent"]


def card_points(items: Sequence[str]) -> tuple[KeyPoint, ...]:
    """Return key points of the items of a list, Markdown; an item said twice is one, and one alone is none."""
    points: dict[str, KeyPoint] = {}
    for item in items:
        text = one_line(plain_of(item))
        if text:
            points.setdefault(point_fingerprint(text), KeyPoint(point_fingerprint(text), text))
    return tuple(points.values()) if len(points) >= _FEWEST else ()

"""Key points proposed from an answer's own lists: its words, never others."""

import re
from collections.abc import Sequence

from trainer.formats.document.asking import without_number
from trainer.formats.document.blocks import Kind
from trainer.formats.document.markup import plain
from trainer.formats.document.outline import Line

FEWEST, MOST = 2, 12
"""How many points are proposed of one answer."""
_LONG = 140
"""Characters from which on a point is cut to what it begins with."""
_LEAD = re.compile(r"(?:\*\*|__)(.{2,80}?)(?:\*\*|__)\s*[:–—-]?|([^.:]{2,80}):\s")
_SENTENCE = re.compile(r".{20,200}?[.!?](?=\s)")


def propose_points(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """Return the key points that an answer enumerates itself, with the line of each; none where it does not."""
    titles = [line for line in lines if line.block.kind is Kind.HEADING]
    numbered = [line for line in titles if line.block.number is not None]
    if FEWEST <= len(numbered) <= MOST:
        return [(without_number(plain(line.block.text))[0].rstrip(":"), line) for line in numbered]
    for run in _lists(lines):
        if FEWEST <= len(run) <= MOST:
            return [(_point_text(line.block.text), line) for line in run]
    return []


def _point_text(text: str) -> str:
    """Return a list item as a key point: what it begins with where it is long."""
    said = plain(text).rstrip(";,")
    if len(said) <= _LONG:
        return said
    if lead := _LEAD.match(text):
        return plain(lead[1] or lead[2]).rstrip(":–—- ")
    sentence = _SENTENCE.match(said)
    return sentence[0] if sentence else said


def _lists(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lists of an answer, each with its outermost items."""
    runs: list[list[Line]] = []
    going = False
    for line in lines:
        if line.block.kind is not Kind.ITEM:
            going = going and line.block.indent > 0 and line.block.kind in (Kind.PARA, Kind.CODE)
            continue
        if not going:
            runs.append([])
        run = runs[-1]
        if not run or line.block.indent <= run[0].block.indent:
            run.append(line)
        going = True
    return runs

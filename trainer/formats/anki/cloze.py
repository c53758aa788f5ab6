"""Cloze deletions: `{{c1::Paris::city}}`, one within the other too."""

import re
from dataclasses import dataclass, field

_MARK = re.compile(r"\{\{c(?P<numbers>\d{1,3}(?:,\d{1,3}){0,20})::|\}\}", re.ASCII)
_DEEPEST = 8
"""Deletions within deletions; Anki itself reads no deeper."""


@dataclass
class Deletion:
    """A part of a text that is left out on some cards."""

    numbers: frozenset[int]
    parts: list["str | Deletion"] = field(default_factory=list)

    @property
    def hint(self) -> str:
        """What is shown in its place, empty where nothing is said."""
        last = self.parts[-1] if self.parts else ""
        return last.partition("::")[2] if isinstance(last, str) else ""


Parts = list["str | Deletion"]


def parse(text: str) -> Parts:
    """Return the parts of a text in their order; what is not closed stays as it is written."""
    stack: list[tuple[Parts, str]] = [([], "")]
    at = 0
    for match in _MARK.finditer(text):
        stack[-1][0].append(text[at : match.start()])
        at = match.end()
        if match["numbers"] is not None and len(stack) <= _DEEPEST:
            deletion = Deletion(frozenset(map(int, match["numbers"].split(","))))
            stack[-1][0].append(deletion)
            stack.append((deletion.parts, match[0]))
        elif match["numbers"] is None and len(stack) > 1:
            stack.pop()
        else:
            stack[-1][0].append(match[0])
    stack[-1][0].append(text[at:])
    while len(stack) > 1:
        parts, written = stack.pop()
        above = stack[-1][0]
        above.pop()
        above.extend([written, *parts])
    return _joined(stack[0][0])


def _joined(parts: Parts) -> Parts:
    """Return the parts with texts that touch made one."""
    joined: Parts = []
    for part in parts:
        if isinstance(part, Deletion):
            part.parts = _joined(part.parts)
            joined.append(part)
        elif joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return joined


def numbers(parts: Parts) -> set[int]:
    """Return the numbers of all deletions, inner ones too."""
    found: set[int] = set()
    for part in parts:
        if isinstance(part, Deletion):
            found |= part.numbers | numbers(part.parts)
    return found


def with_gap(parts: Parts, number: int) -> str:
    """Return the text as the question of one card: its deletions left out, all others in their place."""
    return "".join(
        part
        if isinstance(part, str)
        else f"[{part.hint or '...'}]"
        if number in part.numbers
        else with_gap(_said(part), number)
        for part in parts
    )


def left_out(parts: Parts, number: int) -> list[str]:
    """Return what one card asks for, deletion by deletion."""
    found: list[str] = []
    for part in parts:
        if isinstance(part, Deletion):
            found += [whole(_said(part))] if number in part.numbers else left_out(_said(part), number)
    return found


def whole(parts: Parts) -> str:
    """Return the text with everything in its place."""
    return "".join(part if isinstance(part, str) else whole(_said(part)) for part in parts)


def _said(deletion: Deletion) -> Parts:
    """Return what a deletion says, without its hint."""
    last = deletion.parts[-1] if deletion.parts else ""
    return [*deletion.parts[:-1], last.partition("::")[0]] if isinstance(last, str) else deletion.parts

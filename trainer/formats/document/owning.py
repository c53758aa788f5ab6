"""What belongs to each question: the lines behind it, divided by the labels among them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from trainer.formats.document.blocks import Kind
from trainer.formats.document.labels import Label, is_closing
from trainer.formats.document.markup import plain
from trainer.formats.document.outline import Line, Outline, closes_text, is_boilerplate, is_end
from trainer.formats.found import Part

_BARE = 0.7
"""The share of list items directly followed by the next, from which on a list has no answers between its items."""
_NUMBER_LINE = re.compile(r"\W*\d{0,3}\W*")


@dataclass
class Chunk:
    """Lines that stand behind one label, or before any."""

    label: Label | None
    lines: list[Line] = field(default_factory=list)
    head: Line | None = None
    """The line of the label."""

    @property
    def part(self) -> Part | None:
        """What its label says it is."""
        return self.label.part if self.label else None


@dataclass
class Owned:
    """A question and what belongs to it."""

    question: Line
    chunks: list[Chunk] = field(default_factory=list)


def divide(outline: Outline, questions: list[int]) -> list[Owned]:
    """Return the questions with what belongs to each."""
    bare = _bare_lists(outline, questions)
    ends = [*questions[1:], len(outline.lines)][: len(questions)]
    whole = [_owned(outline, at, end, bare) for at, end in zip(questions, ends, strict=True)]
    weak = Counter(
        name for one in whole for name in {line.label.text for line in one if line.label and line.label.weak}
    )
    used = {name for name, number in weak.items() if number >= max(2, len(whole) / 4) or (number == len(whole) == 1)}
    return [Owned(outline.lines[at], _chunks(lines, used)) for at, lines in zip(questions, whole, strict=True)]


def _bare_lists(outline: Outline, questions: list[int]) -> set[str]:
    """Return the kinds of mark of the lists whose items have no answers between them."""
    asked = set(questions)
    items = [outline.lines[at] for at in questions if outline.lines[at].block.kind is Kind.ITEM]
    number = Counter(line.block.marker for line in items)
    direct = Counter(line.block.marker for line in items if line.at + 1 in asked)
    return {marker for marker in number if direct[marker] >= _BARE * (number[marker] - 1) and direct[marker]}


def _owned(outline: Outline, at: int, end: int, bare: set[str]) -> list[Line]:
    question = outline.lines[at]
    kind = question.block.kind
    by_itself = kind is Kind.ITEM and question.block.marker in bare
    found: list[Line] = []
    has_subtitles = False
    for line in outline.lines[at + 1 : end]:
        block = line.block
        labelled = line.label is not None
        if kind is Kind.SUMMARY and block.kind is Kind.END:
            break
        if block.kind is Kind.END:
            found.append(line)
            continue
        if line.noise and not labelled:
            if line.title or is_closing(block.text):
                break
            continue
        is_higher = block.kind is Kind.HEADING and kind is Kind.HEADING and block.level < question.block.level
        if is_higher and line.label is not None and line.label.weak:
            break
        if block.kind is Kind.HEADING and line.title and not labelled:
            if kind is not Kind.HEADING and kind is not Kind.SUMMARY:
                break
            if kind is Kind.HEADING and block.level <= question.block.level:
                break
        if is_end(line) and not labelled:
            break
        if line.title and not labelled and block.kind is Kind.PARA and kind not in (Kind.HEADING, Kind.SUMMARY):
            has_subtitles = has_subtitles or not found
            if not has_subtitles:
                break
        if by_itself and not labelled and block.indent <= question.block.indent:
            break
        if kind is Kind.ITEM and block.kind is Kind.ITEM and block.indent < question.block.indent:
            break
        if block.kind is Kind.PARA and found and closes_text(plain(block.text)) and kind is not Kind.SUMMARY:
            break
        found.append(line)
    while found and found[-1].block.kind is Kind.RULE:
        found.pop()
    return found


def _chunks(lines: Iterable[Line], used: set[str]) -> list[Chunk]:
    """Divide lines by the labels among them; those that may be part of an answer count if `used` throughout."""
    chunks = [Chunk(None)]
    for line in lines:
        label = line.label
        if label is not None and label.weak and label.text not in used:
            label = None
        if label is not None and label.text == "e.g." and chunks[-1].part is Part.ANSWER:
            label = None
        current = chunks[-1]
        if label is not None:
            if not (label.part is Part.ANSWER and current.part is Part.ANSWER and label.weak):
                chunks.append(Chunk(label, head=line))
                continue
        elif line.block.kind is Kind.END:
            if current.label is not None:
                chunks.append(Chunk(None))
            continue
        elif _leaves(current, line):
            current = Chunk(None)
            chunks.append(current)
        chunks[-1].lines.append(line)
    return [chunk for chunk in chunks if chunk.lines or (chunk.label and chunk.label.rest)]


def _leaves(chunk: Chunk, line: Line) -> bool:
    """Return whether a line without a label no longer belongs to the labelled lines before it."""
    if chunk.label is None or not (chunk.lines or chunk.label.rest):
        return False
    if line.title and line.block.kind is Kind.HEADING:
        return chunk.head is not None and line.block.level <= (chunk.head.block.level or 9)
    if chunk.part in (Part.POINT, Part.FOLLOW_UP, None):
        listed = any(one.block.kind is Kind.ITEM for one in chunk.lines)
        return listed and line.block.kind in (Kind.PARA, Kind.BOLD) and line.block.alone
    return False


def is_mere_number(text: str) -> bool:
    """Return whether a line is but a number, or boilerplate."""
    return bool(_NUMBER_LINE.fullmatch(text)) or is_boilerplate(text)

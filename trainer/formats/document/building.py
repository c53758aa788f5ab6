"""A card made from a question and what belongs to it."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from trainer.formats.document.asking import question_text, unquoted, without_number
from trainer.formats.document.blocks import Block, Kind, source_lines
from trainer.formats.document.markup import plain
from trainer.formats.document.oneline import asked_on
from trainer.formats.document.outline import Line, Outline, tells_why
from trainer.formats.document.owning import Chunk, Owned, is_mere_number
from trainer.formats.document.proposing import propose_points
from trainer.formats.found import FoundCard, Part, Span
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.model import Card, KeyPoint

_TO_ASK = re.compile(
    r"questions?\b.{0,25}\b(?:to ask|you (?:can|should|could|might) ask|for (?:the|your) interviewer)", re.IGNORECASE
)
DULL_TITLE = re.compile(
    r"(?:the |all |common |sample |top |list of )*(?:interview )?(?:questions?|answers?|q ?& ?a)"
    r"(?: (?:and|&) answers?)?|introduction|general|overview|home",
    re.IGNORECASE,
)
"""Titles that say nothing of what stands under them."""
_MOST_TAGS = 4
_LONGEST_TAG = 80


@dataclass
class _Parts:
    """The parts of a card as they are found."""

    texts: dict[Part, list[str]] = field(default_factory=lambda: {part: [] for part in Part})
    points: list[str] = field(default_factory=list)
    follow_ups: list[str] = field(default_factory=list)
    answer_lines: list[Line] = field(default_factory=list)
    spans: list[tuple[Part, int, int]] = field(default_factory=list)
    question: list[str] = field(default_factory=list)
    """What stands behind the line of the question and is still the question: code, options."""


class Builder:
    """Makes cards of the questions of one document."""

    def __init__(
        self, outline: Outline, lines: Sequence[str], numbers: Sequence[int] | None, repeated: set[str]
    ) -> None:
        self._outline = outline
        self._lines = lines
        self._numbers = numbers
        self._repeated = repeated
        """Questions of one wording that are several, told apart by the code behind each."""

    def line_number(self, line: int) -> int:
        """Return where a line (from 0) stands in the source, counted from 1."""
        return self._numbers[line] if self._numbers is not None else line + 1

    def placed(self, found: FoundCard) -> FoundCard:
        """Return a card of the text with its lines told as they stand in the source."""
        spans = (
            Span(span.part, self.line_number(span.first - 1), self.line_number(span.last - 1)) for span in found.spans
        )
        return replace(found, line=self.line_number((found.line or 1) - 1), spans=tuple(spans))

    def card(self, owned: Owned) -> FoundCard:
        """Return the card of a question."""
        block = owned.question.block
        parts = _Parts(spans=[(Part.QUESTION, block.first, block.last)])
        answered = any(chunk.part is Part.ANSWER for chunk in owned.chunks)
        for chunk in owned.chunks:
            self._take(parts, chunk, owned, answered)
        question = "\n\n".join([question_text(block.text), *parts.question])
        answer = _joined(parts.texts[Part.ANSWER])
        if (inner := unquoted(answer)) is not None and "\n" not in answer:
            answer = inner
        proposed: list[tuple[str, Line]] = []
        if not parts.points:
            proposed = propose_points(parts.answer_lines)
            parts.points = [text for text, _ in proposed]
            parts.spans += [(Part.POINT, line.block.first, line.block.last) for _, line in proposed]
        card = Card(
            id=card_fingerprint(question),
            question=question,
            key_points=_key_points(parts.points),
            answer=answer,
            follow_ups=tuple(dict.fromkeys(parts.follow_ups)),
            hint=_joined(parts.texts[Part.HINT]),
            why=_joined(parts.texts[Part.WHY]),
            tags=self._tags(owned.question),
        )
        spans = sorted(
            {Span(part, self.line_number(a), self.line_number(b)) for part, a, b in parts.spans}, key=_by_line
        )
        return FoundCard(card, self.line_number(block.first), tuple(spans), bool(proposed))

    def _tags(self, line: Line) -> tuple[str, ...]:
        titles = line.parents
        if titles and self._outline.lines[titles[0]].block.level == 1:
            titles = titles[1:]
        tags = []
        for at in titles:
            said = without_number(plain(self._outline.lines[at].block.text))[0].rstrip(": ").strip()
            if 1 < len(said) <= _LONGEST_TAG and not DULL_TITLE.fullmatch(said):
                tags.append(said)
        return tuple(dict.fromkeys(tags[-_MOST_TAGS:]))

    def _take(self, parts: _Parts, chunk: Chunk, owned: Owned, answered: bool) -> None:
        if chunk.label is not None and chunk.part is None:
            if len(owned.chunks) == 1:  # where to read on is better than no answer
                self._put(parts, Part.ANSWER, chunk.lines, chunk.label.rest, chunk.head)
                parts.answer_lines.clear()
            return
        if chunk.label is None:
            self._take_unnamed(parts, chunk.lines, owned, answered)
        elif chunk.part is Part.FOLLOW_UP or chunk.part is Part.POINT:
            self._take_list(parts, chunk)
        else:
            assert chunk.part is not None
            rest = chunk.label.rest
            if chunk.label.stays and chunk.head is not None:
                rest = plain(chunk.head.block.text)
            self._put(parts, chunk.part, chunk.lines, rest, chunk.head)

    def _take_list(self, parts: _Parts, chunk: Chunk) -> None:
        """Take each item, or paragraph where there are no items, as a key point or follow-up."""
        assert chunk.part is not None
        items = [line for line in chunk.lines if line.block.kind is Kind.ITEM] or [
            line for line in chunk.lines if line.block.kind in (Kind.PARA, Kind.BOLD)
        ]
        into = parts.points if chunk.part is Part.POINT else parts.follow_ups
        if chunk.label and chunk.label.rest and chunk.head is not None:
            into.append(plain(chunk.label.rest))
            parts.spans.append((chunk.part, chunk.head.block.first, chunk.head.block.last))
        for line in items:
            said = plain(line.block.text)
            if said and not is_mere_number(said):
                into.append(question_text(line.block.text) if chunk.part is Part.FOLLOW_UP else said)
                parts.spans.append((chunk.part, line.block.first, line.block.last))

    def _take_unnamed(self, parts: _Parts, lines: list[Line], owned: Owned, answered: bool) -> None:
        """Take lines without a label: as what their place and first words say."""
        lines = self._without_follow_ups(parts, lines, owned.question)
        if not lines:
            return
        if answered or question_text(owned.question.block.text) in self._repeated:
            lines = self._without_preamble(parts, lines, answered)
        titles = self._outline.titles_of(owned.question)
        first = 1 if lines and lines[0].block.kind is Kind.PARA and tells_why(plain(lines[0].block.text)) else 0
        if titles and _TO_ASK.search(titles[-1]) and not answered:
            first = len(lines)
        self._put(parts, Part.WHY, lines[:first])
        lines = lines[first:]
        if answered:
            self._put(parts, Part.HINT, lines)
            return
        said = [line for line in lines if line.block.kind is Kind.PARA and _is_speech(line.block)]
        others = [line for line in lines if line not in said]
        if said and others and lines[0] not in said and all(line.block.kind is Kind.PARA for line in lines):
            self._put(parts, Part.HINT, others)
            lines = said
        self._put(parts, Part.ANSWER, lines)

    def _without_follow_ups(self, parts: _Parts, lines: list[Line], question: Line) -> list[Line]:
        """Take the questions behind one on its line, or listed within its item, as its follow-ups."""
        if lines and (asked := asked_on(lines[0].block)):
            parts.follow_ups += asked
            parts.spans.append((Part.FOLLOW_UP, lines[0].block.first, lines[0].block.last))
            return lines[1:]
        if question.block.kind is not Kind.ITEM:
            return lines
        inner = [line for line in lines if line.block.kind is Kind.ITEM and line.block.indent > question.block.indent]
        if not inner or not all(line.asks for line in inner):
            return lines
        for line in inner:
            parts.follow_ups.append(question_text(line.block.text))
            parts.spans.append((Part.FOLLOW_UP, line.block.first, line.block.last))
        return [line for line in lines if line not in inner]

    def _without_preamble(self, parts: _Parts, lines: list[Line], answered: bool) -> list[Line]:
        """Take code, and the options behind it, as part of the question where the answer is named below it."""
        code = next((index for index, line in enumerate(lines) if line.block.kind in (Kind.CODE, Kind.TABLE)), None)
        options = [line for line in lines if line.block.kind is Kind.ITEM]
        if code is None and not (answered and len(options) == len(lines) > 1):
            return lines
        count = len(lines) if answered else (code or 0) + 1
        if code is not None and not answered and code > 0:
            return lines
        parts.question.append(self._text([line.block for line in lines[:count]]))
        parts.spans.append((Part.QUESTION, lines[0].block.first, lines[count - 1].block.last))
        return lines[count:]

    def _put(self, parts: _Parts, part: Part, lines: list[Line], rest: str = "", head: Line | None = None) -> None:
        blocks = [
            line.block for line in lines if not (line.block.kind is Kind.PARA and is_mere_number(line.block.text))
        ]
        while blocks and blocks[-1].kind is Kind.RULE:
            blocks.pop()
        text = _joined([rest, self._text(blocks)])
        if not text:
            return
        parts.texts[part].append(text)
        first = head.block if rest and head is not None else blocks[0]
        parts.spans.append((part, first.first, blocks[-1].last if blocks else first.last))
        if part is Part.ANSWER:
            parts.answer_lines += lines

    def _text(self, blocks: Sequence[Block]) -> str:
        """Return the lines of blocks as they are written, without the indent they share."""
        return textwrap.dedent("\n".join(line.rstrip() for line in source_lines(self._lines, blocks))).strip()


def _by_line(span: Span) -> tuple[int, int, str]:
    return span.first, span.last, span.part


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(text for text in texts if text)


def _is_speech(block: Block) -> bool:
    """Return whether a paragraph is in quotes, as an example of what to say."""
    text = block.text.strip()
    return len(text) > 40 and text[0] in '"“' and (text[-1] in '"”.' or text.count('"') == 1)


def _key_points(texts: Sequence[str]) -> tuple[KeyPoint, ...]:
    points = {point_fingerprint(text): text for text in reversed(texts) if text}
    return tuple(KeyPoint(name, text) for name, text in reversed(points.items()))

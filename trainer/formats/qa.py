"""Flashcards in plain text: `Q:` and `A:` lines, and `C:` lines with [gaps], as hashcards and repeater read them.

repeater also reads `question::answer` on one line, outside of the others.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from trainer.formats.decoding import check_cards, document_text
from trainer.formats.document.blocks import front_matter
from trainer.formats.document.labels import is_contents
from trainer.formats.document.markup import plain
from trainer.formats.found import Found, FoundCard, Part, Skipped, Span, title_of
from trainer.formats.lists import card_points, is_item, split_list
from trainer.library.identity import card_fingerprint
from trainer.model import Card, Deck
from trainer.text import one_line, shorten

NAME = "qa"
GROUPED = True
_ENDINGS = (".md", ".markdown", ".txt", ".text")
_START = re.compile(rb"^(?:Q|C):", re.MULTILINE)
_ANSWER = re.compile(rb"^A:", re.MULTILINE)
_GAP_LINE = re.compile(rb"^C:.*\[", re.MULTILINE)
_ASKING_HEADING = re.compile(rb"^(?:#{1,6}|\d+\.) .*\?", re.MULTILINE)
_LINE = re.compile(r"([QAC]):[ \t]?(.*)")
_ESCAPED = re.compile(r"^([ \t]*[QAC])\\:", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})\s*$")
_WHOLE = re.compile(r"`+[^`]*`+|\$\$.*?\$\$|\$[^$\n]*\$|!\[[^\]]*\]\([^)]*\)|\[[^\[\]]*\]\([^)]*\)|\\.", re.DOTALL)
GAP = "[…]"
"""What stands in a question for the words to be recalled."""


@dataclass
class _Side:
    """Lines of one letter: a question, an answer, or a text with gaps."""

    letter: str
    first: int
    lines: list[str] = field(default_factory=list)
    tags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What the lines say; a mark that belongs to the text has a backslash before its colon."""
        return _ESCAPED.sub(r"\1:", "\n".join(self.lines).strip())

    @property
    def last(self) -> int:
        """The last line that says something."""
        said = [number for number, line in enumerate(self.lines, self.first) if line.strip()]
        return said[-1] if said else self.first


def sniff(name: str, data: bytes) -> bool:
    """Return whether a text holds such cards, and no more headings that ask than these."""
    if not name.lower().endswith(_ENDINGS):
        return False
    cards = len(_START.findall(data))
    has_cards = bool(_ANSWER.search(data) or _GAP_LINE.search(data))
    return cards > 0 and has_cards and len(_ASKING_HEADING.findall(data)) <= cards


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the cards of a text, one for each gap. Raises TrainerError for what is no text, or too large."""
    lines = document_text(name, data).split("\n")
    begin = front_matter(lines)
    head = _head("\n".join(lines[1 : begin - 1])) if begin else {}
    title = head.get("title") or head.get("name")
    deck = Deck("", one_line(title) if isinstance(title, str) and title.strip() else title_of(name))
    found = Found(name, deck)
    question: _Side | None = None
    for side in _sides(lines, begin):
        if side.letter == "A" and question is not None:
            _add_card(found, question, side)
            question = None
            continue
        _leave_out(found, question, "It has no answer: a line `A:` must follow.")
        question = side if side.letter == "Q" else None
        if side.letter == "C":
            _add_gaps(found, side)
        elif side.letter == "A":
            _leave_out(found, side, "It has no question: a line `Q:` must stand before it.")
    _leave_out(found, question, "It has no answer: a line `A:` must follow.")
    tags = head.get("tags")
    if isinstance(tags, list):
        found.deck = replace(deck, tags=tuple(one_line(str(tag)) for tag in tags))
    check_cards(name, len(found.cards))
    return [found]


def _head(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except ValueError:
        return {}


def _sides(lines: Sequence[str], begin: int) -> Iterator[_Side]:
    """Go over the questions, answers and texts with gaps, in order."""
    side: _Side | None = None
    fence = ""
    titles: list[tuple[int, str]] = []
    for number, line in enumerate(lines[begin:], begin + 1):
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        start = None if fence else _LINE.match(line)
        heading = None if fence else _HEADING.match(line)
        if side is not None and (start or heading or (not fence and _RULE.match(line))):
            yield side
            side = None
        if start:
            tags = tuple(title for level, title in titles if level > 1 and not is_contents(title))
            side = _Side(start[1], number, [start[2]], tags)
        elif heading:
            level = len(heading[1])
            titles = [*((at, title) for at, title in titles if at < level), (level, plain(heading[2]))]
        elif side is not None:
            side.lines.append(line)
        elif not fence and "::" in line:
            asked, _, answer = (part.strip() for part in line.partition("::"))
            if asked and answer:
                yield _Side("Q", number, [asked])
                yield _Side("A", number, [answer])
    if side is not None:
        yield side


def _leave_out(found: Found, side: _Side | None, reason: str) -> None:
    if side is not None and side.text:
        found.skipped.append(Skipped(found.file, side.first, shorten(side.text, 80), reason))


def _add_card(found: Found, question: _Side, answer: _Side) -> None:
    asked = question.text
    if not asked or not answer.text:
        _leave_out(found, question if asked else answer, "It has no answer." if asked else "It has no question.")
        return
    items, around = split_list(answer.text)
    points, begins = card_points(items), [at for at, line in enumerate(answer.lines, answer.first) if is_item(line)]
    if len(begins) != len(points):  # an item said twice, or none of a list
        points, begins, around = (), [], answer.text
    card = Card(card_fingerprint(asked), asked, points, around, tags=question.tags)
    ends = [*(begin - 1 for begin in begins[1:]), answer.last]
    spans = [Span(Part.POINT, begin, end) for begin, end in zip(begins, ends, strict=bool(begins))]
    spans += [Span(Part.ANSWER, answer.first, answer.last)] if around else []
    found.cards.append(FoundCard(card, question.first, (Span(Part.QUESTION, question.first, question.last), *spans)))


def _add_gaps(found: Found, side: _Side) -> None:
    """Add a card for each gap of a text, the others filled in."""
    text = side.text
    gaps = _gaps(text)
    if not gaps:
        _leave_out(found, side, "It has no gap: put the words to recall in [brackets].")
    for wanted in gaps:
        asked, end = [], 0
        for start, stop in gaps:
            asked += [text[end:start], GAP if (start, stop) == wanted else text[start + 1 : stop - 1]]
            end = stop
        question = "".join([*asked, text[end:]])
        card = Card(card_fingerprint(question), question, answer=text[wanted[0] + 1 : wanted[1] - 1], tags=side.tags)
        spans = (Span(Part.QUESTION, side.first, side.last), Span(Part.ANSWER, side.first, side.last))
        found.cards.append(FoundCard(card, side.first, spans))


def _gaps(text: str) -> list[tuple[int, int]]:
    """Return where each [gap] begins and ends; code, formulas and links hold none."""
    gaps: list[tuple[int, int]] = []
    opened: int | None = None
    at = 0
    while at < len(text):
        if (whole := _WHOLE.match(text, at)) and (opened is None or text[at] != "["):
            at = whole.end()
            continue
        if text[at] == "[" and opened is None:
            opened = at
        elif text[at] == "]" and opened is not None:
            if text[opened + 1 : at].strip():
                gaps.append((opened, at + 1))
            opened = None
        at += 1
    return gaps

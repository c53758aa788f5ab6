"""A document as blocks: headings, list items, paragraphs, code, each with the lines it came from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from trainer.formats.document.asking import asks, without_number
from trainer.formats.document.labels import label_of
from trainer.formats.document.markup import bold_whole, is_only_links, italic_question, plain, without_tags


class Kind(Enum):
    """What a block is."""

    HEADING = auto()
    BOLD = auto()
    """A line by itself in bold: a heading without a level."""
    ITEM = auto()
    PARA = auto()
    CODE = auto()
    TABLE = auto()
    SUMMARY = auto()
    """The visible line of an HTML `<details>`."""
    END = auto()
    """The end of a `<details>`."""
    RULE = auto()


@dataclass(slots=True)
class Block:
    """Lines that belong together."""

    kind: Kind
    text: str
    """What the lines say, as Markdown, without the mark of heading or item."""
    first: int
    last: int
    """The first and last line, counted from 0."""
    level: int = 0
    """Of a heading, 1 to 6."""
    indent: int = 0
    """Columns before an item or paragraph."""
    number: int | None = None
    marker: str = ""
    """What an item begins with: a bullet, or `1` for a number, `a` for a letter."""
    alone: bool = True
    """Whether an empty line, or another kind of block, stands before it."""
    said: str | None = None
    """What it says where its line says more: a question and its answer on one line."""


_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*([^`]*)$")
_HEADING = re.compile(r"\s*(?:>\s*)?(#{1,6})(?:\s+|(?=[A-Z*]))(.*?)\s*#*\s*$")
_NUMBERED_HEADING = re.compile(r"\s*(?:(\d{1,4})[.)]|[-*+])\s+(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(
    r"(\s*)(?:([-*+•‣▪◦●○■–—·➢➤✓✔])[ \t]+|"
    r"\(?(?:\d{1,3}\.)*(\d{1,4})(?:[.)](?:\s+|(?=[A-Z\"“'‘`*]))|\t\s*|(?<=\.\d)\s+|(?<=\.\d\d)\s+)|([a-hA-H])[.)]\s+)(\S.*)$"
)
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}|—{2,})$")
_SETEXT = re.compile(r"(=+|-{3,})\s*$")
_SUMMARY = re.compile(r"<summary[^>]*>(.*?)</summary>", re.IGNORECASE | re.DOTALL)
_DETAILS_END = re.compile(r"</details\s*>", re.IGNORECASE)
_LIST_ITEM_TAG = re.compile(r"<li(?:\s[^<>]*)?>\s*", re.IGNORECASE)
_ENDS = '.!?:;"”)'
_KEY = re.compile(r"[\w-]+\s*[:=]|#")
_LONGEST_HEAD = 200
"""Lines within which front matter must end."""
_LONGEST_SUMMARY = 30
"""Lines within which a `<summary>` must end."""


def front_matter(lines: Sequence[str]) -> int:
    """Return how many lines at the beginning are front matter, between `---` or `+++`."""
    if len(lines) > 1 and lines[0].strip() in ("---", "+++") and _KEY.match(lines[1]):
        for number, line in enumerate(lines[1:_LONGEST_HEAD], 1):
            if line.strip() == lines[0].strip():
                return number + 1
    return 0


class Blocks:
    """Reads lines into blocks. `lines` is changed: HTML tags within it become Markdown or go."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self._list_pending = False
        self._wrapped_at = _wrapped_at(lines)
        self.found: list[Block] = []

    def read(self) -> list[Block]:
        """Return the blocks, in order."""
        number = front_matter(self.lines)
        alone = True
        while number < len(self.lines):
            line = self.lines[number]
            if not line.strip():
                alone = True
                number += 1
                continue
            end = self._fence_end(number)
            if end is not None:
                self._add(Block(Kind.CODE, "", number, end, indent=_indent(line), alone=alone))
                number, alone = end + 1, True
                continue
            number, alone = self._line(number, alone)
        return self.found

    def _fence_end(self, number: int) -> int | None:
        """Return the last line of the fenced code that begins here, if one does."""
        opening = _FENCE.match(self.lines[number])
        if not opening:
            return None
        for later in range(number + 1, len(self.lines)):
            closing = _FENCE.match(self.lines[later])
            if closing and closing[1].startswith(opening[1]):
                return later if not closing[2].strip() else later - 1  # a new fence opens: this one was left open
        return number

    def _line(self, number: int, alone: bool) -> tuple[int, bool]:
        """Take one line, or more that belong to it; return the next one and whether it stands alone."""
        line = self.lines[number]
        if "<" in line:
            line, number = self._without_html(number)
            if not line.strip():
                return number + 1, True
        if heading := _NUMBERED_HEADING.match(line):
            at = int(heading[1]) if heading[1] else None
            self._add(Block(Kind.HEADING, heading[3], number, number, len(heading[2]), number=at))
        elif heading := _HEADING.match(line):
            self._add_heading(heading[2], number, len(heading[1]))
        elif _SETEXT.match(line) and not alone and self._underlines():
            below = self.found[-1]
            below.kind, below.level, below.last = Kind.HEADING, 1 if line[0] == "=" else 2, number
            _, below.number, _ = without_number(plain(below.text))
        elif _RULE.match(line):
            self._add(Block(Kind.RULE, "", number, number))
        elif line.lstrip().startswith("|") or (line.count("|") > 1 and self._in_table()):
            self._add_table(number)
        elif item := _ITEM.match(line):
            self._add_item(item, number, alone)
        else:
            self._add_text(line, number, alone)
            return number + 1, False
        return number + 1, self.found[-1].kind in (Kind.HEADING, Kind.RULE)

    def _without_html(self, number: int) -> tuple[str, int]:
        """Turn the tags of a line into blocks and Markdown; return what is left of it, and its number."""
        line = self.lines[number]
        if "<summary" in line.lower():
            text = line
            last = number
            while "</summary" not in text.lower() and last + 1 < len(self.lines) and last - number < _LONGEST_SUMMARY:
                last += 1
                text += "\n" + self.lines[last]
            if found := _SUMMARY.search(text):
                self._add(Block(Kind.SUMMARY, " ".join(found[1].split()), number, last))
                line, number = text[found.end() :], last
                self.lines[number] = line = line.rpartition("\n")[2]
        ends = bool(_DETAILS_END.search(line))
        if _LIST_ITEM_TAG.search(line):
            line = _LIST_ITEM_TAG.sub("- ", line.lstrip(), count=1)
            self._list_pending = not without_tags(line.removeprefix("- ")).strip()
        elif self._list_pending and without_tags(line).strip():
            line, self._list_pending = f"- {line.lstrip()}", False
        bold = bold_whole(line)
        line = f"**{bold}**" if bold is not None else without_tags(line).rstrip()
        if line == "- ":
            line = ""
        self.lines[number] = line
        if ends:
            if line.strip():
                self._add_text(line, number, False)
            self._add(Block(Kind.END, "", number, number))
            return "", number
        return line, number

    def _underlines(self) -> bool:
        last = self.found[-1] if self.found else None
        return last is not None and last.kind is Kind.PARA and last.first == last.last and len(last.text) < 200

    def _in_table(self) -> bool:
        return bool(self.found) and self.found[-1].kind is Kind.TABLE

    def _add_heading(self, text: str, number: int, level: int) -> None:
        _, at, _ = without_number(plain(text))
        self._add(Block(Kind.HEADING, text, number, number, level, number=at))

    def _add_table(self, number: int) -> None:
        if self._in_table() and self.found[-1].last == number - 1:
            self.found[-1].last = number
        else:
            self._add(Block(Kind.TABLE, "", number, number))

    def _add_item(self, item: re.Match[str], number: int, alone: bool) -> None:
        marker = "1" if item[3] else "a" if item[4] else item[2]
        at = int(item[3]) if item[3] else None
        self._add(Block(Kind.ITEM, item[5], number, number, 0, _columns(item[1]), at, marker, alone))

    def _add_text(self, line: str, number: int, alone: bool) -> None:
        text = re.sub(r"^\s*(?:>\s?)+", "", line).strip()
        last = self.found[-1] if self.found else None
        if last is not None and not alone and last.last == number - 1 and self._continues(last, text, _indent(line)):
            last.text = f"{last.text} {text}"
            last.last = number
            return
        bold = bold_whole(text) or italic_question(text)
        kind = Kind.BOLD if bold is not None and len(text) < 400 else Kind.PARA
        self._add(
            Block(kind, bold if kind is Kind.BOLD and bold else text, number, number, 0, _indent(line), alone=alone)
        )
        if kind is Kind.BOLD:
            _, self.found[-1].number, _ = without_number(plain(text))

    def _continues(self, last: Block, text: str, indent: int) -> bool:
        """Return whether a line goes on where the block before it was broken at the end of a line."""
        if last.kind not in (Kind.PARA, Kind.ITEM) or bold_whole(text) or italic_question(text):
            return False
        length = len(self.lines[last.last].rstrip())
        ended = last.text.rstrip().endswith(tuple(_ENDS))
        if text[:1].islower() and length > 40 and not ended:
            return True
        if label_of(text, whole=False):
            return False
        if last.kind is Kind.ITEM and indent > last.indent and not asks(text):
            return True
        if not self._wrapped_at or length < 0.75 * self._wrapped_at or text[:1].islower():
            return bool(self._wrapped_at) and text[:1].islower() and not asks(last.text)
        is_title = 2 * len(text) < self._wrapped_at and text[-1] not in _ENDS
        return not (ended and (asks(last.text) or asks(text) or is_title))

    def _add(self, block: Block) -> None:
        self.found.append(block)


def _wrapped_at(lines: Sequence[str]) -> int:
    """Return the column at which a document breaks its lines, or 0 where a line is a paragraph."""
    lengths = sorted(len(line.rstrip()) for line in lines if len(line) > 40)
    if len(lengths) < 4 or (widest := lengths[int(len(lengths) * 0.97)]) > 130:
        return 0
    pairs = broken = 0
    for line, below in pairwise(lines):
        if (
            len(line.rstrip()) >= 0.75 * widest
            and below.strip()
            and not _ITEM.match(below)
            and not _HEADING.match(below)
        ):
            pairs += 1
            broken += line.rstrip()[-1] not in _ENDS
    return widest if broken >= 3 and 2 * broken >= pairs else 0


def _columns(white: str) -> int:
    return len(white.expandtabs(4))


def _indent(line: str) -> int:
    return _columns(line[: len(line) - len(line.lstrip())])


def source_lines(lines: Sequence[str], blocks: Sequence[Block]) -> Iterator[str]:
    """Go over the lines of blocks as they are written, with one empty line where there was at least one."""
    before: Block | None = None
    for block in blocks:
        if block.kind in (Kind.END, Kind.SUMMARY):
            continue
        if before is not None and any(not line.strip() for line in lines[before.last + 1 : block.first]):
            yield ""
        yield from lines[block.first : block.last + 1] if block.said is None else [block.said]
        before = block


def only_links(block: Block) -> bool:
    """Return whether a block is nothing but links."""
    return is_only_links(block.text)

"""What each block of a document could be: a title, a label, something that asks; and under which titles it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from trainer.formats.document import wordings
from trainer.formats.document.asking import (
    asks,
    asks_alone,
    in_title_case,
    is_marked,
    is_talk,
    question_text,
    unquoted,
    without_number,
)
from trainer.formats.document.blocks import Block, Kind, only_links
from trainer.formats.document.labels import Label, is_closing, is_contents, label_of
from trainer.formats.document.markup import plain
from trainer.formats.found import Part

Shape = tuple[str, int, bool]
"""How a title-like block looks: what it is, its level, whether it is numbered."""

_BOILERPLATE = re.compile("|".join(wordings.BOILERPLATE), re.IGNORECASE)
_CLOSING_LINE = re.compile("|".join(wordings.CLOSING_LINE), re.IGNORECASE)
_WHY = re.compile("|".join(wordings.TELLS_WHY), re.IGNORECASE)
_ABOUT_QUESTIONS = re.compile(
    r"\bquestions?\b|\bfaqs?\b|\bq ?(?:&|and|/) ?a\b|\bquiz|\bflash ?cards?\b|\binterview\b|frequently asked",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"[*_]{0,3}(?:for )?examples?[*_]{0,3}\s*:[*_]{0,3}\s*", re.IGNORECASE)
_LONGEST_TITLE = 100


@dataclass(slots=True)
class Line:
    """A block, and what it could be."""

    block: Block
    at: int
    """Its place among the blocks."""
    label: Label | None = None
    asks: bool = False
    """Whether it reads like a question, or like an order to answer something."""
    marked: bool = False
    """Whether it ends with a question mark."""
    title: bool = False
    """Whether it stands over what follows: a heading, a line in bold, a short line like a title."""
    noise: bool = False
    """Whether it says nothing of the matter: navigation, a table of contents, links."""
    shape: Shape | None = None
    parents: tuple[int, ...] = ()
    """The titles it stands under, from the outermost in, by their places."""
    starred: bool = False
    """Whether a Q stands before it."""
    quoted: bool = False


@dataclass
class Outline:
    """All lines of a document."""

    lines: list[Line] = field(default_factory=list)
    about_questions: bool = False
    """Whether the document says by its name or first title that it is made of questions."""

    def titles_of(self, line: Line) -> list[str]:
        """Return the titles a line stands under, from the outermost in."""
        return [self.lines[at].block.text for at in line.parents]

    def after(self, at: int) -> Iterator[Line]:
        """Go over the lines behind a place."""
        return (self.lines[place] for place in range(at + 1, len(self.lines)))

    def following(self, at: int) -> Line | None:
        """Return the next line that says something."""
        said = (line for line in self.after(at) if not line.noise and line.block.kind not in (Kind.RULE, Kind.END))
        return next(said, None)

    def preceding(self, at: int) -> Line | None:
        """Return the last line before a place that says something."""
        before = (self.lines[place] for place in range(at - 1, -1, -1))
        return next((line for line in before if not line.noise), None)


def is_about_questions(text: str) -> bool:
    """Return whether a title says that what follows is questions."""
    return bool(_ABOUT_QUESTIONS.search(text))


def is_boilerplate(text: str) -> bool:
    """Return whether a short line is there for the site, not for the matter."""
    return len(text) < 220 and bool(_BOILERPLATE.search(text))


def closes_text(text: str) -> bool:
    """Return whether a paragraph looks back on the questions before it."""
    return bool(_CLOSING_LINE.match(text))


def tells_why(text: str) -> bool:
    """Return whether a paragraph begins by saying what the question before it is meant to find out."""
    return bool(_WHY.match(text))


def make_outline(blocks: list[Block], name: str) -> Outline:
    """Return what each block could be. `name` is what the source is called."""
    outline = Outline()
    for at, block in enumerate(blocks):
        outline.lines.append(_line(block, at, blocks))
    _drop_contents(outline.lines)
    _place(outline.lines)
    first = next((line.block.text for line in outline.lines if line.title and not line.noise), "")
    outline.about_questions = is_about_questions(name) or is_about_questions(plain(first))
    return outline


def _line(block: Block, at: int, blocks: list[Block]) -> Line:
    line = Line(block, at)
    if block.kind in (Kind.CODE, Kind.TABLE, Kind.END, Kind.RULE):
        return line
    in_flow = block.kind in (Kind.PARA, Kind.ITEM)
    line.label = label_of(block.text, whole=not in_flow and ":" not in block.text)
    if block.kind is Kind.ITEM and (block.marker == "a" or (line.label is not None and line.label.text == "a")):
        line.label = _lettered(at, blocks)
    if line.label is None:
        line.label = _example(block, blocks[at + 1].text if at + 1 < len(blocks) else "")
    said, _, line.starred = without_number(plain(block.text))
    line.quoted = unquoted(said) is not None
    line.noise = not said or (in_flow and only_links(block))
    if line.label is not None and not line.starred:
        line.title = not line.label.rest and block.kind is not Kind.ITEM
        return line
    line.label = None
    is_alone = block.kind is Kind.PARA and not line.starred
    if block.said is None:
        line.asks = asks_alone(block.text) if is_alone else asks(block.text) and (in_flow or not is_talk(said))
    line.marked = is_marked(question_text(block.text)) if line.asks else False
    line.noise = line.noise or (not line.asks and is_boilerplate(said))
    numbered = block.number is not None or line.starred
    if block.kind is Kind.HEADING:
        line.title, line.shape = True, ("heading", block.level, numbered)
    elif block.kind is Kind.BOLD:
        line.title, line.shape = True, ("bold", 7, numbered)
    elif block.kind is Kind.SUMMARY:
        line.shape = ("summary", 6, False)
    elif block.kind is Kind.PARA and not line.starred and _is_title(said, block, line, blocks):
        line.title, line.shape = True, ("title", 8, False)
    if line.starred and line.shape is None:
        line.shape = ("starred", 9, False)
    return line


def _example(block: Block, below: str) -> Label | None:
    """Return the label of an example that is speech in quotes; another example is a part of an answer."""
    head = _EXAMPLE.match(block.text)
    if head is None or block.kind in (Kind.HEADING, Kind.SUMMARY):
        return None
    rest = block.text[head.end() :].strip()
    if (rest or below).lstrip("*_ ")[:1] not in ('"', "“"):
        return None
    return Label(Part.ANSWER, rest.strip("*_ "), text="example")


def _lettered(at: int, blocks: list[Block]) -> Label | None:
    """Return the label of "A. Because..." where no "B." stands beside it; else it is one of several options."""
    text = blocks[at].text
    beside = blocks[max(0, at - 1) : at] + blocks[at + 1 : at + 2]
    is_option = any(one.kind is Kind.ITEM for one in beside)
    return None if is_option else Label(Part.ANSWER, text.removeprefix("A:").strip(), text="a")


def _is_title(said: str, block: Block, line: Line, blocks: list[Block]) -> bool:
    """Return whether a paragraph is one short line like a title, over something."""
    longest = _LONGEST_TITLE if line.at else 2 * _LONGEST_TITLE
    if not 2 <= len(said) <= longest or block.first != block.last or line.at + 1 == len(blocks) or line.quoted:
        return False
    if not (said[0].isupper() or said[0].isdigit() or not said[0].isascii()) or said[-1] in ".;,…!":
        return False
    if line.asks and not in_title_case(said):
        return False
    if said.endswith(":"):
        return len(said.split()) <= 9 and (in_title_case(said) or is_about_questions(said))
    return in_title_case(said) or len(said.split()) <= 5


def _drop_contents(lines: list[Line]) -> None:
    """Mark tables of contents: what stands under such a title, links to places within the page."""
    inside: Line | None = None
    for line in lines:
        block = line.block
        if inside is not None and block.kind is Kind.HEADING:
            is_inner = block.level > (inside.block.level or 9) and _leads_to_links(lines, line.at)
            inside = inside if is_inner else None
        if inside is not None and inside.block.kind is not Kind.HEADING and block.kind is not Kind.ITEM:
            inside = None
        if inside is not None:
            line.noise, line.title = True, False
        elif (line.title or block.kind is Kind.SUMMARY) and is_contents(block.text):
            inside, line.noise = line, True


def _leads_to_links(lines: list[Line], at: int) -> bool:
    """Return whether links stand below a heading, as in a table of contents."""
    blocks = (line.block for line in lines[at + 1 : at + 4])
    below = next((block for block in blocks if block.kind not in (Kind.SUMMARY, Kind.END)), None)
    return below is not None and (below.kind is Kind.TABLE or (below.kind is Kind.ITEM and only_links(below)))


def _place(lines: list[Line]) -> None:
    """Tell each line which titles it stands under."""
    over: list[Line] = []
    for line in lines:
        if line.title and line.label is None and not line.noise and line.shape is not None:
            level = line.shape[1]
            while over and over[-1].shape is not None and over[-1].shape[1] >= level:
                over.pop()
        line.parents = tuple(title.at for title in over)
        if line.title and line.label is None and not line.noise and line.shape is not None:
            over.append(line)


def is_end(line: Line) -> bool:
    """Return whether a title stands over what comes after the questions."""
    return line.title and (is_closing(line.block.text) or line.noise)

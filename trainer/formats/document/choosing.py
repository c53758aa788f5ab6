"""Which lines of a document are its questions: by how lines of one look read when taken together.

A single heading that asks may be a section of an article; ten of one look, most of which ask, are a list of
questions, and then so are the few among them that do not ask ("Primary key and foreign key").
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from trainer.formats.document.blocks import Kind, only_links
from trainer.formats.document.flowing import paragraphs_asking
from trainer.formats.document.labels import is_closing
from trainer.formats.document.listing import items_asking
from trainer.formats.document.markup import plain
from trainer.formats.document.outline import Line, Outline, Shape, is_about_questions
from trainer.formats.document.topics import topics_asking
from trainer.formats.found import Part

_MOST = 0.5
"""The share of lines of one look that must ask for all of them to be questions."""
_SOME = 0.25
"""That share where the lines are numbered and the document says that it is made of questions."""


@dataclass(frozen=True)
class _Vote:
    """How many lines of one look there are, and how many of them ask."""

    number: int
    asking: int

    @property
    def share(self) -> float:
        """The share that ask, 0 to 1."""
        return self.asking / self.number if self.number else 0.0


def choose_questions(outline: Outline) -> list[int]:
    """Return the places of the lines that are questions, in order."""
    chosen = _titles(outline)
    chosen = _unnested(outline, chosen)
    chosen |= topics_asking(outline, chosen)
    chosen |= items_asking(outline, chosen)
    chosen |= paragraphs_asking(outline, chosen)
    return sorted(chosen)


def _vote(lines: Iterable[Line]) -> _Vote:
    lines = list(lines)
    return _Vote(len(lines), sum(line.asks for line in lines))


def _titles(outline: Outline) -> set[int]:
    """Return the headings, lines in bold, summaries and lines with a Q that are questions."""
    looks: dict[Shape, list[Line]] = defaultdict(list)
    groups: dict[tuple[Shape, int], list[Line]] = defaultdict(list)
    for line in outline.lines:
        if line.shape is not None and not line.noise and line.label is None and not is_closing(line.block.text):
            looks[line.shape].append(line)
            groups[line.shape, line.parents[-1] if line.parents else -1].append(line)
    chosen: set[int] = set()
    for members in looks.values():
        _drop_restarts(members)
    votes = {shape: _vote(members) for shape, members in looks.items()}
    for (shape, _), members in groups.items():
        whole, group = votes[shape], _vote(members)
        for line in members:
            if line.shape is None:
                continue
            if _is_chosen(outline, line, whole, group):
                chosen.add(line.at)
    return chosen


def _drop_restarts(members: list[Line]) -> None:
    """Make plain lines of the titles whose numbers start over under one that asks: steps within its answer."""
    last, under = 0, None
    for line in members:
        number, parent = line.block.number, line.parents[-1] if line.parents else None
        if number is None or line.starred:
            continue
        if line.asks or number == last + 1 or parent != under:
            last, under = number, parent
        elif last > 2 and number < last:
            line.title, line.shape = False, None


def _is_chosen(outline: Outline, line: Line, whole: _Vote, group: _Vote) -> bool:
    assert line.shape is not None
    kind, _, numbered = line.shape
    if line.starred:
        return line.asks or whole.share >= _MOST or (kind == "starred" and whole.number > 1)
    least = _SOME if numbered and (outline.about_questions or whole.share >= 0.4) else _MOST
    if line.asks:
        if whole.number == 1:
            return _answer_follows(outline, line.at) or kind == "summary"
        if kind == "title" and whole.share < _MOST:
            return False
        in_group = group.asking > 1 or (group.number == 1 and whole.share > 0.2)
        return whole.share >= least or (in_group and group.share >= _MOST)
    if not _says_something(line) or (group.share < 0.2 and whole.share < 0.8):
        return False
    return whole.number >= (3 if numbered else 4) and whole.share >= least and kind != "title"


def _answer_follows(outline: Outline, at: int) -> bool:
    """Return whether what follows a title names itself the answer, or the title has nothing else beside it."""
    after = outline.lines[at + 1 :]
    if any(line.label is not None and line.label.part is Part.ANSWER and not line.label.weak for line in after[:40]):
        return True
    level = outline.lines[at].block.level or 9
    before = [line for line in outline.lines[:at] if line.title and line.label is None and not line.noise]
    return all(0 < line.block.level < level for line in before) and not any(line.asks and line.title for line in after)


def _says_something(line: Line) -> bool:
    said = plain(line.block.text)
    return (
        len(said) > 2
        and not said.endswith(":")
        and not is_about_questions(said.split("?")[0][-40:])
        and any(c.isalpha() for c in said)
        and not only_links(line.block)
    )


def _unnested(outline: Outline, chosen: set[int]) -> set[int]:
    """Take away questions that stand within the answer of another, or sections that hold questions."""
    inner: dict[int, list[int]] = defaultdict(list)
    for at in chosen:
        for over in outline.lines[at].parents:
            if over in chosen:
                inner[over].append(at)
    gone: set[int] = set()
    looks: dict[tuple[Shape | None, Shape | None], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    all_of = Counter(outline.lines[at].shape for at in chosen)
    for over, under in inner.items():
        for at in under:
            outer, within = looks[outline.lines[over].shape, outline.lines[at].shape]
            outer.add(over)
            within.add(at)
    for (shape, _), (outer, within) in looks.items():
        is_section = len(within) >= 2 * len(outer) >= all_of[shape]
        if is_section and all(outline.lines[at].asks or outline.lines[at].starred for at in within):
            gone |= outer
        elif not any(outline.lines[at].starred or outline.lines[at].block.kind is Kind.SUMMARY for at in within):
            gone |= within
    return chosen - gone

"""Questions below headings that only name their topics: "Singleton", and below it what is asked about it."""

from collections import defaultdict

from trainer.formats.document.asking import asks
from trainer.formats.document.blocks import Kind
from trainer.formats.document.markup import plain
from trainer.formats.document.outline import Line, Outline, Shape

_FEWEST = 5
"""How many headings of one look there must be."""
_MOST = 0.6
"""The share of them that must have a question below."""
_SOME = 0.3
"""The share of them that may ask by themselves."""


def topics_asking(outline: Outline, chosen: set[int]) -> set[int]:
    """Return the paragraphs that are questions below topics, each joined with those up to the last question.

    Headings that ask among many that do not are topics too, and leave `chosen`.
    """
    if not outline.about_questions:
        return set()
    looks: dict[Shape, list[Line]] = defaultdict(list)
    for line in outline.lines:
        if line.block.kind is Kind.HEADING and line.shape is not None and line.label is None and not line.noise:
            looks[line.shape].append(line)
    found: set[int] = set()
    for members in looks.values():
        asking = {line.at for line in members} & chosen
        if len(members) < _FEWEST or len(asking) > _SOME * len(members):
            continue
        bodies = [_body(outline, line) for line in members]
        asked = [(body, last) for body in bodies if (last := _last_asking(body))]
        if len(asked) >= _MOST * len(members):
            chosen -= asking
            found |= {_join(body[:last]) for body, last in asked}
    return found


def _body(outline: Outline, title: Line) -> list[Line]:
    """Return the paragraphs right below a heading."""
    body = []
    for line in outline.after(title.at):
        if line.block.kind is not Kind.PARA or line.label is not None:
            break
        if not line.noise:
            body.append(line)
    return body


def _last_asking(body: list[Line]) -> int:
    """Return how many paragraphs there are up to the last that asks something; 0 where none does."""
    asking = [number for number, line in enumerate(body, 1) if "?" in line.block.text or asks(line.block.text)]
    return asking[-1] if asking else 0


def _join(body: list[Line]) -> int:
    """Make one question of paragraphs, and return its place."""
    first = body[0]
    first.block.text = " ".join(plain(line.block.text) for line in body)
    first.block.last = body[-1].block.last
    first.asks, first.title, first.shape = True, False, None
    for line in body[1:]:
        line.noise, line.title = True, False
    return first.at

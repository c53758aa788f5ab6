"""Which lines stand within the answer of a title that is a question."""

from trainer.formats.document.blocks import Kind
from trainer.formats.document.labels import is_closing
from trainer.formats.document.outline import Line, Outline


def owners(outline: Outline, chosen: set[int]) -> dict[int, int]:
    """Return for each line within the answer of a chosen title the place of that title."""
    owner: dict[int, int] = {}
    current: Line | None = None
    for line in outline.lines:
        if line.at in chosen:
            current = line
            continue
        if current is not None and ends(line, current):
            current = None
        if current is not None:
            owner[line.at] = current.at
    return owner


def ends(line: Line, question: Line) -> bool:
    """Return whether a line ends what belongs to a question before it."""
    if question.block.kind is Kind.SUMMARY:
        return line.block.kind is Kind.END
    if question.block.kind is Kind.PARA and line.block.kind is Kind.PARA and line.title and line.label is None:
        return True
    if line.block.kind is Kind.HEADING and line.label is None:
        return question.block.kind is not Kind.HEADING or line.block.level <= question.block.level
    return line.title and line.label is None and is_closing(line.block.text)

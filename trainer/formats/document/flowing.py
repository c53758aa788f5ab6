"""Which paragraphs of a document are questions: by what stands behind and above them."""

import re

from trainer.formats.document.answering import owners
from trainer.formats.document.asking import begins_asking, question_text
from trainer.formats.document.blocks import Kind
from trainer.formats.document.markup import plain
from trainer.formats.document.outline import Line, Outline, is_about_questions, tells_why

_LONGEST = 300
"""Characters of a question in the flow of a text."""
_SENTENCES = re.compile(r"[.!…]\s+\S")


def paragraphs_asking(outline: Outline, chosen: set[int]) -> set[int]:
    """Return the paragraphs that are questions: with labelled parts behind them, quoted, or under a fitting title."""
    owner = owners(outline, {at for at in chosen if outline.lines[at].block.kind is not Kind.ITEM})
    free = [
        line
        for line in outline.lines
        if line.block.kind is Kind.PARA and line.shape is None and line.asks and not line.noise
        and line.label is None and line.at not in chosen and line.at not in owner
        and (line.quoted or not _is_labelled(outline, line))
    ]  # fmt: skip
    found = {line.at for line in free if _has_label_behind(outline, line)}
    quoted = [line for line in free if line.quoted and len(line.block.text) < 250]
    if len(quoted) > 1 or (quoted and found):
        found |= {line.at for line in quoted}
    strong = len(found) + len(chosen)
    for line in free:
        if not line.marked or line.at in found or line.quoted:
            continue
        if _stands_as_question(outline, line, strong) or _ends_list(outline, line, found):
            found.add(line.at)
    return found | _between(outline, found)


def _between(outline: Outline, chosen: set[int]) -> set[int]:
    """Return the lines like titles that ask, with nothing but their answer before the next question of a list."""
    found: set[int] = set()
    following: Line | None = None
    for line in reversed(outline.lines):
        if line.at in chosen or (line.shape is not None and line.shape[0] == "title" and line.label is None):
            is_next = following is not None and (following.at in chosen or following.at in found)
            if line.at not in chosen and line.marked and is_next and outline.about_questions:
                found.add(line.at)
            following = line
        elif line.title and not line.noise and line.label is None:
            following = line
    return found


def _is_labelled(outline: Outline, line: Line) -> bool:
    """Return whether a line stands right behind a label, and so is what that says."""
    before = outline.preceding(line.at)
    return before is not None and before.label is not None and not before.label.rest and before.label.part is not None


def _has_label_behind(outline: Outline, line: Line) -> bool:
    after = outline.following(line.at)
    if after is None or after.label is None:
        said = question_text(line.block.text)
        is_para = after is not None and after.block.kind is Kind.PARA
        return is_para and begins_asking(said) and after is not None and tells_why(plain(after.block.text))
    return after.label.part is not None


def _ends_list(outline: Outline, line: Line, found: set[int]) -> bool:
    """Return whether a line is the last of a document, behind questions that stand one after the other."""
    before = outline.preceding(line.at)
    return (
        outline.following(line.at) is None
        and before is not None
        and before.at in found
        and (earlier := outline.preceding(before.at)) is not None
        and earlier.at in found
    )


def _stands_as_question(outline: Outline, line: Line, others: int) -> bool:
    """Return whether a question in the flow stands under a title about questions with its answer behind it."""
    after = outline.following(line.at)
    said = question_text(line.block.text)
    if (
        after is None
        or (after.title and others)
        or len(said) > _LONGEST
        or (_SENTENCES.search(said) and not begins_asking(said))
    ):
        return False
    titles = [plain(title) for title in outline.titles_of(line)]
    if titles and is_about_questions(titles[-1]):
        return True
    return (
        outline.about_questions and not others and (after.block.kind is not Kind.PARA or not after.asks or after.marked)
    )

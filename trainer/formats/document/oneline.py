"""A question and its answer on one line made two blocks."""

import re
from dataclasses import replace

from trainer.formats.document.asking import asks, asks_alone, without_number
from trainer.formats.document.blocks import Block, Kind
from trainer.formats.document.markup import LONGEST, plain
from trainer.formats.document.outline import tells_why

_BOLD_QUESTION = re.compile(r"(?:\*\*|__)[^*_]{6,300}?\?\s*(?:\*\*|__)\s*[:–—-]?\s+(?=\S)(.+)", re.DOTALL)
_PLAIN_QUESTION = re.compile(r"[^?]{6,300}\?\s+(?:[–—-]\s+)?((?:[A-Z`*]|(?:A|Ans|Answer)[:.]).+)", re.DOTALL)
_ASKED_FIRST = re.compile(r"([A-Z][^.?!]{8,200}[.?!])\s+([A-Z].{20,})", re.DOTALL)
_SENTENCE = re.compile(r"\S.*?[.?!](?=\s|$)|\S.*$")
_SHORTEST_ANSWER = 20
"""Characters of an answer on the line of its question; a shorter rest belongs to the question."""


def part_answers(found: list[Block]) -> list[Block]:
    """Return the blocks with those that hold a question and its answer made two."""
    parted: list[Block] = []
    for block in found:
        answer = _answer_behind(block)
        if answer is None:
            parted.append(block)
            continue
        question = block.text[: len(block.text) - len(answer)].rstrip(" -–—:")
        parted.append(replace(block, text=question, last=block.first))
        parted.append(replace(block, kind=Kind.PARA, text=answer, said=answer, number=None, marker="", alone=False))
    return parted


def asked_on(block: Block) -> list[str]:
    """Return the questions that stand behind another on its line, where nothing else does."""
    if block.said is None or not block.said.rstrip().endswith("?"):
        return []
    asked = _SENTENCE.findall(plain(block.said))
    return asked if all(each.endswith("?") for each in asked) else []


def _answer_behind(block: Block) -> str | None:
    """Return the answer that stands on the line of its question: behind one in bold, or behind one in a list."""
    if block.kind not in (Kind.ITEM, Kind.PARA) or len(block.text) > LONGEST:
        return None
    first = _ASKED_FIRST.match(block.text)
    if first and tells_why(first[2]) and asks_alone(first[1]):
        return first[2]
    if "?" not in block.text:
        return None
    if bold := _BOLD_QUESTION.match(block.text):
        return bold[1] if len(bold[1]) >= _SHORTEST_ANSWER else None
    starred = without_number(plain(block.text[:40]))[2]
    found = _PLAIN_QUESTION.match(block.text) if block.kind is Kind.ITEM or starred else None
    if found is None or "?" in found[1] or asks(found[1]) or len(found[1]) < 2 * _SHORTEST_ANSWER:
        return None
    return found[1]

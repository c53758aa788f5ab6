"""Markdown of hashcards and repeater: `Q:` and `A:`, and `C:` with deletions in square brackets.

Formats: https://github.com/eudoxia0/hashcards#format and
https://shaankhosla.github.io/repeater/card-format.html
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from trainer.errors import TrainerError
from trainer.formats.found import Found, FoundCard, Skipped
from trainer.formats.lists import card_points, split_list
from trainer.library.identity import card_fingerprint
from trainer.model import Card, Deck
from trainer.text import clean, one_line

NAME = "hashcards"
_LOOKED_AT = 65_536
_BEGINS = re.compile(rb"^(?:Q:[^\n]*\n(?:[^\n]*\n){0,200}?A:|C:[^\n]*\[)", re.MULTILINE)
_MARKS = ("Q:", "A:", "C:")
_DELETION = re.compile(r"(?<![!\\])\[([^\[\]\n]+)\](?!\()")
_MOST_DELETIONS = 100
"""Of one text: each makes a card that holds the text again."""
_KEPT_MARK = re.compile(r"^(\s*[QAC])\\:", re.MULTILINE)


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is Markdown with such cards."""
    return name.lower().endswith((".md", ".markdown", ".txt")) and bool(_BEGINS.search(data[:_LOOKED_AT]))


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the deck; text that is of no card is left alone. Raises TrainerError where it is no text."""
    try:
        text = bytes(data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = bytes(data).count(b"\n", 0, error.start) + 1
        raise TrainerError(f"{name}:{line}: This is not UTF-8 text.", "Save it as UTF-8.") from error
    lines = clean(text).split("\n")
    title, start = _front_matter(lines)
    found = Found(name, Deck(Path(name).name, title or one_line(Path(name).stem)))
    for line, question, answer in _blocks(lines, start):
        _take(found, line, question, answer)
    return [found]


def _front_matter(lines: list[str]) -> tuple[str, int]:
    """Return the name that stands in front, and the line behind it."""
    if lines[0].strip() != "---":
        return "", 0
    for end in range(1, len(lines)):
        if lines[end].strip() == "---":
            try:
                name = tomllib.loads("\n".join(lines[1:end])).get("name")
            except (ValueError, RecursionError):
                return "", 0
            return one_line(name) if isinstance(name, str) else "", end + 1
    return "", 0


def _blocks(lines: list[str], start: int) -> Iterator[tuple[int, str, str | None]]:
    """Yield line, question and answer of each card; for one with deletions its text, and None."""
    begun, parts, mark = 0, {"Q:": [], "A:": [], "C:": []}, ""  # type: tuple[int, dict[str, list[str]], str]
    fenced = False
    for number in range(start, len(lines) + 1):
        line = lines[number] if number < len(lines) else "---"
        begins = "" if fenced else line[:2]
        ends = line.strip() == "---" and (not fenced or number == len(lines))
        if mark and (ends or begins in ("Q:", "C:")):
            yield begun, *_said(parts)
            parts, mark = {"Q:": [], "A:": [], "C:": []}, ""
        if begins in ("Q:", "C:") or (begins == "A:" and mark == "Q:"):
            begun = begun if begins == "A:" else number + 1
            mark = begins
            parts[mark].append(line[2:])
        elif mark and not ends:
            fenced ^= line.lstrip().startswith("```")
            parts[mark].append(line)
        elif not mark and "::" in line:
            question, _, answer = (part.strip() for part in line.partition("::"))
            if question and answer:
                yield number + 1, question, answer


def _said(parts: dict[str, list[str]]) -> tuple[str, str | None]:
    question, answer, deletions = (_KEPT_MARK.sub(r"\1:", "\n".join(parts[mark])).strip() for mark in _MARKS)
    return (deletions, None) if parts["C:"] else (question, answer)


def _take(found: Found, line: int, question: str, answer: str | None) -> None:
    if answer is None:
        cards = _deletions(question)
        wrong = f"It has no deletion [in square brackets], or over {_MOST_DELETIONS}."
    else:
        items, around = split_list(answer)
        points = card_points(items)
        said = around if points else answer
        cards = [Card(card_fingerprint(question), question, points, said)] if question and answer else []
        wrong = "A card needs a question and an answer."
    if not cards:
        found.skipped.append(Skipped(found.file, line, one_line(question), wrong))
    found.cards.extend(FoundCard(card, line) for card in cards)


def _deletions(text: str) -> list[Card]:
    matches = list(_DELETION.finditer(text))
    cards = []
    for asked in matches if len(matches) <= _MOST_DELETIONS else ():
        before, after = (_DELETION.sub(r"\1", part) for part in (text[: asked.start()], text[asked.end() :]))
        question = f"{before}[...]{after}"
        cards.append(Card(card_fingerprint(question), question, answer=asked[1].strip()))
    return cards

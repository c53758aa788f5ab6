"""Tables of questions and answers within a document: a row is a card where the head of the table says so."""

import re
from collections.abc import Iterator, Sequence

from trainer.formats.columns import card_of, field_of
from trainer.formats.document.asking import asks
from trainer.formats.document.blocks import Block
from trainer.formats.document.markup import is_only_links, plain, without_tags
from trainer.formats.found import FoundCard, Part, Span

_CELLS = re.compile(r"(?<!\\)\|")
_BELOW_HEAD = re.compile(r"[\s|:-]+")


def table_cards(lines: Sequence[str], block: Block) -> Iterator[FoundCard]:
    """Go over the cards of a table that has a column of questions; without answers, of those that do ask."""
    fields = [field_of(plain(cell)) for cell in _cells(lines[block.first])]
    if "question" not in fields:
        return
    is_answered = bool({"answer", "key_points"} & set(fields))
    for number in range(block.first + 1, block.last + 1):
        if _BELOW_HEAD.fullmatch(lines[number]):
            continue
        cells = zip(fields, _cells(lines[number]), strict=False)
        values = {field: cell for field, cell in cells if field}
        if not is_answered and (is_only_links(values["question"]) or not asks(values["question"])):
            continue
        values = {field: plain(cell) if field == "question" else without_tags(cell) for field, cell in values.items()}
        card = card_of(values)
        if card is not None:
            parts = [Part.QUESTION, *([Part.ANSWER] if card.answer else []), *(Part.POINT for _ in card.key_points)]
            yield FoundCard(card, number + 1, tuple(Span(part, number + 1, number + 1) for part in parts))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in _CELLS.split(inner)]

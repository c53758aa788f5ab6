"""The questions of a document, each as a card with what belongs to it."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from trainer.formats.document.asking import question_text
from trainer.formats.document.blocks import Blocks, Kind
from trainer.formats.document.building import DULL_TITLE, Builder
from trainer.formats.document.choosing import choose_questions
from trainer.formats.document.markup import plain
from trainer.formats.document.oneline import part_answers
from trainer.formats.document.outline import Outline, make_outline
from trainer.formats.document.owning import divide
from trainer.formats.document.tables import table_cards
from trainer.formats.found import Found, FoundCard, Skipped, title_of
from trainer.library.identity import same_wording
from trainer.model import Deck
from trainer.text import one_line, shorten

_LONGEST_TITLE = 120


def recognise(name: str, text: str, numbers: Sequence[int] | None = None) -> Found:
    """Return the deck that a document holds.

    `name` is the source as it was named; `numbers` says for each line of `text` which line of the source it is,
    where these differ.
    """
    lines = text.split("\n")
    outline = make_outline(part_answers(Blocks(lines).read()), PurePath(name).stem)
    questions = choose_questions(outline)
    owned = divide(outline, questions)
    wordings = Counter(question_text(one.question.block.text) for one in owned)
    builder = Builder(outline, lines, numbers, {wording for wording, number in wordings.items() if number > 2})
    found = [builder.card(one) for one in owned] + _of_tables(outline, lines, builder)
    cards, skipped = _once(name, sorted(found, key=lambda each: each.line or 0))
    skipped += [
        Skipped(name, builder.line_number(at), said, "A question within the text, without an answer of its own.")
        for at, said in _asked_in_passing(outline, set(questions))
    ]
    skipped.sort(key=lambda each: each.line or 0)
    return Found(name, Deck("", _title(outline, name)), cards, skipped)


def _of_tables(outline: Outline, lines: Sequence[str], builder: Builder) -> list[FoundCard]:
    """Return the cards of tables of questions and answers."""
    tables = (line.block for line in outline.lines if line.block.kind is Kind.TABLE and not line.noise)
    return [builder.placed(found) for table in tables for found in table_cards(lines, table)]


def _once(name: str, found: list[FoundCard]) -> tuple[list[FoundCard], list[Skipped]]:
    """Make one card of a question named twice: the one with an answer, in the place of the first."""
    kept: dict[str, FoundCard] = {}
    skipped = []
    for card in found:
        key = same_wording(card.card.question)
        first = kept.setdefault(key, card)
        if first is card:
            continue
        if _is_bare(first) and not _is_bare(card):
            del kept[key]
            kept[key] = card
        elif not _is_bare(card):
            reason = f"The same question is at line {first.line}."
            skipped.append(Skipped(name, card.line, shorten(card.card.question, 80), reason))
    return list(kept.values()), skipped


def _is_bare(found: FoundCard) -> bool:
    card = found.card
    return not (card.answer or card.key_points or card.hint or card.why or card.follow_ups)


def _asked_in_passing(outline: Outline, chosen: set[int]) -> list[tuple[int, str]]:
    """Return the lines before the first question, or under no question, that ask but are none of the cards."""
    first = min(chosen, default=len(outline.lines))
    return [
        (line.block.first, shorten(question_text(line.block.text), 80))
        for line in outline.lines[:first]
        if line.marked and not line.noise and line.at not in chosen and line.block.kind is not Kind.ITEM
    ]


def _title(outline: Outline, name: str) -> str:
    """Return what the document calls itself, else what its file is called."""
    for line in outline.lines[:12]:
        said = one_line(plain(line.block.text))
        if line.title and line.label is None and not line.noise and not line.asks:
            if len(said) <= _LONGEST_TITLE and not DULL_TITLE.fullmatch(said):
                return said
            break
    return title_of(name)

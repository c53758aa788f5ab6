"""Found cards reshaped: joined, parted at a line, given a line of their source as another part."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from trainer.errors import UsageError
from trainer.formats.document.asking import question_text, without_number
from trainer.formats.document.markup import plain
from trainer.formats.drafting.parting import TEXTS, cut, in_order, item_places, text_places, with_text, words_of
from trainer.formats.found import FoundCard, Part, Span
from trainer.formats.update import with_known_ids
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.model import Card, KeyPoint
from trainer.text import one_line

_MARK = re.compile(r"\s*(?:>\s*)*(?:#{1,6}\s+|[-*+•‣▪◦●○■·➢➤✓✔]\s+)?")


def with_question(card: Card, question: str) -> Card:
    """Return a card that asks this; an id of its own stays, a fingerprint follows the wording."""
    own = card.id != card_fingerprint(card.question)
    return replace(card, id=card.id if own and card.id else card_fingerprint(question), question=question)


def with_points(card: Card, texts: Sequence[str]) -> Card:
    """Return a card with these key points; ids and weights stay with points that only were reworded."""
    made = {point_fingerprint(text): KeyPoint(point_fingerprint(text), text) for text in map(one_line, texts) if text}
    known = {point.id: point for point in card.key_points}
    points = []
    for new, point in zip(made.values(), with_known_ids(card.key_points, tuple(made.values())), strict=True):
        before = known.get(point.id)
        is_mark = before is not None and before.id == point_fingerprint(before.text)
        points.append(replace(point, id=new.id) if is_mark else point)
    return replace(card, key_points=tuple(points))


def joined(one: FoundCard, other: FoundCard) -> FoundCard:
    """Return two cards as one.

    What the second asks goes on the first's question where that has nothing else yet, else into its answer.
    """
    first, second = one.card, other.card
    is_bare = not (first.answer or first.key_points or first.hint or first.why or first.follow_ups)
    question, answer = first.question, _paragraphs(first.answer, second.question, second.answer)
    asked_as = Part.ANSWER
    if is_bare:
        question, answer, asked_as = _paragraphs(question, second.question), second.answer, Part.QUESTION
    points = {point.id: point for point in (*second.key_points, *first.key_points)}
    order = dict.fromkeys(point.id for point in (*first.key_points, *second.key_points))
    card = replace(
        with_question(first, question),
        key_points=tuple(points[name] for name in order),
        answer=answer,
        follow_ups=tuple(dict.fromkeys((*first.follow_ups, *second.follow_ups))),
        hint=_paragraphs(first.hint, second.hint),
        why=_paragraphs(first.why, second.why),
        tags=tuple(dict.fromkeys((*first.tags, *second.tags))),
        source=first.source or second.source,
    )
    moved = [replace(span, part=asked_as) if span.part is Part.QUESTION else span for span in other.spans]
    return replace(one, card=card, spans=in_order([*one.spans, *moved]), proposed=one.proposed or other.proposed)


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def parted(found: FoundCard, lines: Sequence[str], first: int, last: int) -> tuple[FoundCard, FoundCard]:
    """Return a card as two: the lines `first` to `last` are what the second asks, all below them belongs to it."""
    above, below = (half := cut(found, lines, first, len(lines))).rest, half.taken
    rest = cut(below, lines, first, last).rest
    return above, _asking(rest, lines, first, last)


def begun(lines: Sequence[str], first: int, last: int, end: int) -> FoundCard:
    """Return a new card that asks what the lines say; what follows up to the line `end` is its answer."""
    found = _asking(FoundCard(Card("", ""), first), lines, first, last)
    return with_lines(found, lines, last + 1, end, Part.ANSWER) if said_on(lines, last + 1, end) else found


def _asking(found: FoundCard, lines: Sequence[str], first: int, last: int) -> FoundCard:
    question = " ".join(question_text(_without_bullet(lines[number - 1])) for number in said_on(lines, first, last))
    if not words_of(question):
        raise UsageError("This line says nothing that could be asked.", "Choose another, or write the card by hand.")
    card = replace(found.card, id=card_fingerprint(question), question=question)
    return replace(found, card=card, line=first, spans=in_order([*found.spans, Span(Part.QUESTION, first, last)]))


def with_lines(found: FoundCard, lines: Sequence[str], first: int, last: int, part: Part) -> FoundCard:
    """Return a card to which lines of its source came as a part of it, at the place where they stand."""
    spans = [span for span in found.spans if span.part is part]
    numbers = said_on(lines, first, last)
    if part in TEXTS:
        text = textwrap.dedent("\n".join(line.rstrip() for line in lines[numbers[0] - 1 : numbers[-1]])).strip("\n")
        said = _put_into(getattr(found.card, part), text, spans, lines, first)
        card, new = with_text(found.card, part, said), [Span(part, numbers[0], numbers[-1])]
    else:
        new = [Span(part, number, number) for number in numbers]
        said_new = [(number, _item(lines[number - 1], part)) for number in numbers]
        if part is Part.POINT:
            texts = _placed([point.text for point in found.card.key_points], spans, lines, said_new)
            card = with_points(found.card, texts)
        else:
            texts = _placed(found.card.follow_ups, spans, lines, said_new)
            card = replace(found.card, follow_ups=tuple(dict.fromkeys(texts)))
    return replace(found, card=card, spans=in_order([*found.spans, *new]))


def _put_into(text: str, said: str, spans: Sequence[Span], lines: Sequence[str], first: int) -> str:
    """Return a text with a new paragraph, behind what comes from lines above `first`."""
    rows = text.split("\n")
    places = text_places(text, spans, lines)
    behind = max((row + 1 for number, row in places.items() if number < first), default=0 if places else len(rows))
    above, below = ("\n".join(part).strip("\n") for part in (rows[:behind], rows[behind:]))
    return _paragraphs(above, said, below)


def _placed(
    items: Sequence[str], spans: Sequence[Span], lines: Sequence[str], new: Sequence[tuple[int, str]]
) -> list[str]:
    """Return items with new ones put among them by where they stand; what a person wrote stays where it is."""
    placed = list(zip(item_places(items, spans, lines), items, strict=True))
    for number, text in new:
        behind = [at for at, (place, _) in enumerate(placed) if place is not None and place < number]
        placed.insert(behind[-1] + 1 if behind else 0 if any(place for place, _ in placed) else len(placed),
                      (number, text))  # fmt: skip
    return [text for _, text in placed if text]


def _item(line: str, part: Part) -> str:
    said = _without_bullet(line)
    return question_text(said) if part is Part.FOLLOW_UP else without_number(plain(said))[0]


def _without_bullet(line: str) -> str:
    """Return a line without the mark of a heading, quotation or list before it."""
    return _MARK.sub("", line, count=1).strip()


def said_on(lines: Sequence[str], first: int, last: int) -> list[int]:
    """Return the numbers of those lines that say something."""
    return [number for number in range(max(first, 1), min(last, len(lines)) + 1) if words_of(lines[number - 1])]

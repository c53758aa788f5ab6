"""A found card cut along the lines of its source: what some lines gave goes one way, the rest another."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from trainer.formats.document.markup import plain
from trainer.formats.found import FoundCard, Part, Span
from trainer.model import Card

Item = TypeVar("Item")
TEXTS = (Part.ANSWER, Part.HINT, Part.WHY)
"""Parts that are one text; the others are questions, or lists."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Cut:
    """The two halves of a card that was cut."""

    rest: FoundCard
    taken: FoundCard
    """What the lines gave; its question is empty."""


def words_of(text: str) -> list[str]:
    """Return the words of a line of Markdown, to compare what is written with what was made of it."""
    return _WORD.findall(plain(text).casefold())


def cut(found: FoundCard, lines: Sequence[str], first: int, last: int, spared: frozenset[Part] = frozenset()) -> Cut:
    """Take what the lines `first` to `last` (from 1, both included) gave out of a card, but for the parts `spared`.

    The question stays; of a key point or follow-up that stands on several lines all goes that begins within them.
    """
    card = found.card
    inside = [span for span in found.spans if span.part not in (Part.QUESTION, *spared)]
    said = [point.text for point in card.key_points]
    points, points_taken = _divided(card.key_points, _goes(said, Part.POINT, inside, lines, first, last))
    asked, asked_taken = _divided(card.follow_ups, _goes(card.follow_ups, Part.FOLLOW_UP, inside, lines, first, last))
    rest = replace(card, key_points=points, follow_ups=asked)
    taken = Card("", "", points_taken, follow_ups=asked_taken, tags=card.tags, source=card.source)
    for part in TEXTS:
        spans = [span for span in inside if span.part is part]
        stays, goes = _cut_text(getattr(card, part), spans, lines, first, last)
        rest, taken = with_text(rest, part, stays), with_text(taken, part, goes)
    outside = [span for span in found.spans if span not in inside]
    kept_spans, taken_spans = list(outside), []
    for span in inside:
        stays_on, goes_with = _cut_span(span, lines, first, last)
        kept_spans += stays_on
        taken_spans += goes_with
    proposed = found.proposed and bool(points)
    return Cut(
        replace(found, card=rest, spans=in_order(kept_spans), proposed=proposed),
        FoundCard(taken, first, in_order(taken_spans), found.proposed and bool(points_taken)),
    )


def with_text(card: Card, part: Part, text: str) -> Card:
    """Return a card with a text as its answer, hint or why."""
    match part:
        case Part.ANSWER:
            return replace(card, answer=text)
        case Part.HINT:
            return replace(card, hint=text)
        case _:
            return replace(card, why=text)


def in_order(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans by where they stand, each once."""
    return tuple(sorted(set(spans), key=lambda span: (span.first, span.last, span.part)))


def item_places(texts: Sequence[str], spans: Sequence[Span], lines: Sequence[str]) -> list[int | None]:
    """Return for each item of a list the line it begins on; None where it is on none, as what a person wrote."""
    said = [(span.first, words_of(" ".join(lines[span.first - 1 : span.last]))) for span in spans]
    places: list[int | None] = []
    for text in texts:
        words = words_of(text)
        at = next((number for number, (_, line) in enumerate(said) if _within(words, line)), None)
        places.append(None if at is None else said.pop(at)[0])
    return places


def _within(words: list[str], line: list[str]) -> bool:
    """Return whether words stand on a line in one row."""
    return bool(words) and any(
        line[at : at + len(words)] == words for at in range(len(line) - len(words) + 1) if line[at] == words[0]
    )


def _goes(
    texts: Sequence[str], part: Part, spans: Sequence[Span], lines: Sequence[str], first: int, last: int
) -> list[bool]:
    """Return for each item of a list whether it begins within the lines."""
    places = item_places(texts, [span for span in spans if span.part is part], lines)
    return [place is not None and first <= place <= last for place in places]


def _divided(items: tuple[Item, ...], goes: Sequence[bool]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    pairs = list(zip(items, goes, strict=True))
    return tuple(item for item, is_so in pairs if not is_so), tuple(item for item, is_so in pairs if is_so)


def text_places(text: str, spans: Sequence[Span], lines: Sequence[str]) -> dict[int, int]:
    """Return for each line of the source that a text was made of which line of the text (from 0) it became."""
    left: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, said in enumerate(text.split("\n")):
        left[tuple(words_of(said))].append(row)
    left.pop((), None)
    places: dict[int, int] = {}
    at = -1
    for span in spans:
        for number in range(span.first, span.last + 1):
            words = tuple(words_of(lines[number - 1]))
            fits = left.get(words)
            if not fits and number == span.first:
                # behind a label, or behind a question on the same line, stands only the end of what the line says
                fits = next((rows for said, rows in left.items() if rows and words[-len(said) :] == said), None)
            if fits:
                at = next((row for row in fits if row > at), fits[0])
                places[number] = at
                fits.remove(at)
    return places


def _cut_text(text: str, spans: Sequence[Span], lines: Sequence[str], first: int, last: int) -> tuple[str, str]:
    rows = text.split("\n")
    places = text_places(text, spans, lines)
    gone = {row for number, row in places.items() if first <= number <= last}
    if gone:  # what stands between two rows that go, and is no line of its own, goes with them
        known = set(places.values())
        gone |= {row for row in range(min(gone), max(gone)) if row not in known}
    stays = [row for number, row in enumerate(rows) if number not in gone]
    return _as_text(stays), _as_text([rows[number] for number in sorted(gone)])


def _as_text(rows: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n").rstrip()


def _cut_span(span: Span, lines: Sequence[str], first: int, last: int) -> tuple[list[Span], list[Span]]:
    """Return what of a span stays, and what goes."""
    if span.part in (Part.POINT, Part.FOLLOW_UP):
        return ([], [span]) if first <= span.first <= last else ([span], [])
    before, inside, after = (
        (span.first, min(span.last, first - 1)),
        (max(span.first, first), min(span.last, last)),
        (max(span.first, last + 1), span.last),
    )
    stays = [made for each in (before, after) if (made := _trimmed(span.part, *each, lines))]
    goes = _trimmed(span.part, *inside, lines)
    return stays, [goes] if goes else []


def _trimmed(part: Part, first: int, last: int, lines: Sequence[str]) -> Span | None:
    """Return a span without empty lines at its ends; None of nothing but these."""
    said = [number for number in range(first, last + 1) if lines[number - 1].strip()]
    return Span(part, said[0], said[-1]) if said else None

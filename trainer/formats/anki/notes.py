"""Notes made into cards: basic ones, reversed ones, deletions, lists."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.formats.anki import cloze
from trainer.formats.anki.collection import AnkiCard, Contents, Note
from trainer.formats.anki.sides import Sides, TypeSides
from trainer.formats.fields import Fields
from trainer.formats.html import plain_of, to_markdown, to_plain
from trainer.formats.limits import LONGEST_FIELD, MOST_TEXT, too_much
from trainer.formats.lists import card_points, split_list
from trainer.formats.update import marked
from trainer.library.identity import is_id
from trainer.model import ANSWER_POINT, Card, KeyPoint
from trainer.text import clean, one_line

OWN_GUID = "trainer:"
"""What the guid of a note begins with that was exported from here, before the id of its card."""
_PICTURE_QUESTION = "image-occlusion:"
_ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Made:
    """A card made of a note, and what each of Anki's cards asks of it."""

    card: Card
    asks: Mapping[int, tuple[str, ...]]
    """By the id of Anki's card, the ids of the points."""


@dataclass(frozen=True, slots=True)
class Unmade:
    """A card of Anki's that could not be made."""

    text: str
    reason: str


class Maker:
    """Makes cards of notes, note by note."""

    def __init__(self, name: str, contents: Contents, fields: Fields) -> None:
        self._name = name
        self._types = {key: TypeSides(note_type, fields) for key, note_type in contents.types.items()}
        self._text = 0

    @property
    def remarks(self) -> list[str]:
        """How the notes were read, a sentence a kind of card."""
        return sorted(remark for sides in self._types.values() for remark in sides.remarks())

    def cards(self, note: Note, anki_cards: Sequence[AnkiCard]) -> Iterator[Made | Unmade]:
        """Yield the cards of one note, in the order of Anki's. Raises TrainerError for too much text."""
        begins = one_line(note.fields[0][:500])
        sides = self._types.get(note.type)
        if sides is None:
            yield Unmade(begins, "Its note type is missing.")
            return
        if max(map(len, note.fields)) > LONGEST_FIELD:
            yield Unmade(begins, f"One of its fields has over {LONGEST_FIELD:,} characters.")
            return
        values = dict(zip(sides.note_type.fields, note.fields, strict=False))
        if sides.note_type.is_cloze:
            if any(_PICTURE_QUESTION in value for value in note.fields):
                yield Unmade(begins, "It asks for what is hidden in a picture.")
                return
            together = self._list_card(note, values, sides, anki_cards)
            if together:
                yield together
                return
        asked: set[tuple[str, str]] = set()
        for anki_card in anki_cards:
            made = self._made(note, values, sides.of(anki_card.number), anki_card)
            if isinstance(made, Made):
                if (said := (made.card.question, made.card.answer)) in asked:
                    made = Unmade(made.card.question, "Another card of its note asks the same.")
                asked.add(said)
            yield made

    def _made(self, note: Note, values: Mapping[str, str], sides: Sides | None, anki_card: AnkiCard) -> Made | Unmade:
        begins = one_line(note.fields[0][:500])
        if sides is None:
            return Unmade(begins, "Its note type has no such card.")
        number = anki_card.number + 1
        try:
            shown = sides.asked(values, number)
            answer_html = sides.answered(values, number)
        except ValueError:
            return Unmade(begins, f"One of its sides has over {LONGEST_FIELD:,} characters.")
        self._count(len(shown.html) + len(answer_html))
        question = to_plain(shown.html)
        answer = to_markdown(answer_html)
        if not question:
            return Unmade(begins, "Its question is empty.")
        items, around = split_list(answer)
        points = card_points(items)
        if not (points or answer):
            return Unmade(question, "Its answer is empty.")
        card = Card(
            id=card_id(note.guid, anki_card.number),
            question=question,
            key_points=points,
            answer=around if points else answer,
            hint=to_plain("<br>".join(shown.hints)),
            tags=_tags(note),
        )
        asks = tuple(point.id for point in points) or (ANSWER_POINT,)
        return Made(marked(card, f"anki:{note.id}"), {anki_card.id: asks})

    def _list_card(
        self, note: Note, values: Mapping[str, str], sides: TypeSides, anki_cards: Sequence[AnkiCard]
    ) -> Made | None:
        """Return the one card of a note whose deletions stand in a list, an item each; None where they do not."""
        first = sides.of(0)
        name = next((each for each in first.question_fields if "{{c" in values.get(each, "")), None) if first else None
        if name is None:
            return None
        items, around = split_list(to_markdown(values[name]))
        parsed = [cloze.parse(item) for item in items]
        of_item = [cloze.numbers(parts) for parts in parsed]
        wanted = [number for numbers in of_item for number in numbers]
        if not around or "{{c" in around or any(len(numbers) != 1 for numbers in of_item):
            return None
        if len(set(wanted)) != len(wanted) or {card.number + 1 for card in anki_cards} != set(wanted):
            return None
        self._count(len(values[name]))
        points = {
            number: KeyPoint(f"c{number}", one_line(plain_of(cloze.whole(parts))))
            for number, parts in zip(wanted, parsed, strict=True)
        }
        question = one_line(plain_of(around)) if "\n" not in around else plain_of(around)
        if not question or not all(point.text for point in points.values()):
            return None
        card = Card(card_id(note.guid, 0), question, tuple(points.values()), tags=_tags(note))
        asks = {each.id: (points[each.number + 1].id,) for each in anki_cards}
        return Made(marked(card, f"anki:{note.id}"), asks)

    def _count(self, characters: int) -> None:
        self._text += characters
        if self._text > MOST_TEXT:
            raise too_much(self._name, "characters of text", MOST_TEXT, "Export less at once, a deck for instance.")


def card_id(guid: str, number: int) -> str:
    """Return the id of the card of this number of a note: the same in every export of it."""
    if guid.startswith(OWN_GUID) and number == 0 and is_id(guid.removeprefix(OWN_GUID)):
        return guid.removeprefix(OWN_GUID)
    digest = hashlib.sha256(f"{guid}\x1f{number}".encode("utf-8", "replace")).hexdigest()
    return f"anki-{digest[:_ID_DIGITS]}"


def _tags(note: Note) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for each in note.tags if (tag := clean(each).strip())))

"""What a note type's cards ask and answer: by its templates, or by the fields that the user chose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from trainer.formats.anki import cloze
from trainer.formats.anki.collection import NoteType, Template
from trainer.formats.anki.template import Shown, Side, answer_part
from trainer.formats.fields import Fields
from trainer.text import listed


@dataclass(frozen=True)
class Sides:
    """The sides of one kind of card."""

    question: Side
    behind_rule: Side | None
    """What stands behind the rule that Anki's answers begin with; None where there is none."""
    answer: Side
    chosen_question: str | None
    chosen_answer: str | None

    @property
    def question_fields(self) -> tuple[str, ...]:
        """The fields that the question shows."""
        return (self.chosen_question,) if self.chosen_question else self.question.shown

    @property
    def answer_fields(self) -> tuple[str, ...]:
        """The fields that only the answer shows."""
        if self.chosen_answer:
            return (self.chosen_answer,)
        fields = (self.behind_rule or self.answer).fields
        return tuple(name for name in fields if name not in self.question.shown or self.question.has_cloze) or fields

    def asked(self, values: Mapping[str, str], number: int) -> Shown:
        """Return the question of a note; `number` is that of the deletion asked for."""
        gap = _cloze(lambda parts: cloze.with_gap(parts, number))
        if self.chosen_question:
            return Shown(gap(values.get(self.chosen_question, "")), ())
        return self.question.fill(values, gap, typed=False, number=number)

    def answered(self, values: Mapping[str, str], number: int) -> str:
        """Return the answer of a note as HTML."""
        said = _cloze(lambda parts: "; ".join(cloze.left_out(parts, number)))
        if self.chosen_answer:
            return said(values.get(self.chosen_answer, ""))
        if self.behind_rule:
            return self.behind_rule.fill(values, said, typed=True, number=number).html
        shown = () if self.question.has_cloze else self.question.shown
        own = self.answer.fill(values, said, typed=True, without=shown, with_text=False, number=number).html
        return own or self.answer.fill(values, said, typed=True, number=number).html


def _cloze(say: Callable[[cloze.Parts], str]) -> Callable[[str], str]:
    return lambda text: say(cloze.parse(text)) if "{{c" in text else text


@dataclass
class TypeSides:
    """The sides of all kinds of cards of one note type, made when they are needed."""

    note_type: NoteType
    fields: Fields
    _made: dict[int, Sides] = field(default_factory=dict)

    def of(self, number: int) -> Sides | None:
        """Return the sides of the card of this number; None where the note type has no such card."""
        number = 0 if self.note_type.is_cloze else number
        template = self.note_type.templates.get(number)
        if template is None:
            return None
        if number not in self._made:
            self._made[number] = self._make(template)
        return self._made[number]

    def _make(self, template: Template) -> Sides:
        behind = answer_part(template.answer)
        name, names = self.note_type.name, self.note_type.fields
        return Sides(
            Side(template.question),
            None if behind is None else Side(behind),
            Side(template.answer),
            self.fields.question_of(name, names),
            self.fields.answer_of(name, names),
        )

    def remarks(self) -> list[str]:
        """Return how its cards were read: "Basic: the question is Front, the answer Back."."""
        said = []
        for number, sides in sorted(self._made.items()):
            name = self.note_type.name
            if len(self.note_type.templates) > 1:
                name += f", {self.note_type.templates[number].name}"
            fields = listed(list(sides.question_fields)) or "its own words"
            said.append(f"{name}: the question is {fields}, the answer {listed(list(sides.answer_fields)) or 'empty'}.")
        return said

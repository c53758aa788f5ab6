"""Which field of a note is the question and which the answer, where the user says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.errors import UsageError
from trainer.text import one_line


@dataclass(frozen=True)
class Fields:
    """Fields by the name of a note type; under the empty name those for every type that has such a field."""

    question: tuple[tuple[str, str], ...] = ()
    answer: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.question or self.answer)

    def question_of(self, note_type: str, names: Iterable[str]) -> str | None:
        """Return the field chosen as the question of a note type with fields of these names, None for no choice."""
        return _chosen(self.question, note_type, list(names))

    def answer_of(self, note_type: str, names: Iterable[str]) -> str | None:
        """Return the field chosen as its answer, None for no choice."""
        return _chosen(self.answer, note_type, list(names))


def fields_from(question: Iterable[str], answer: Iterable[str]) -> Fields:
    """Return the choices written as "Front", or as "Basic:Front" for one note type. Raises UsageError."""
    return Fields(tuple(map(_pair, question)), tuple(map(_pair, answer)))


def _pair(written: str) -> tuple[str, str]:
    note_type, _, name = one_line(written).rpartition(":")
    if not name.strip():
        raise UsageError("A field needs a name.", 'Write --question-field Front, or "Basic:Front" for one note type.')
    return note_type.strip(), name.strip()


def _chosen(choices: Iterable[tuple[str, str]], note_type: str, names: list[str]) -> str | None:
    by_type = [(kind.casefold(), name.casefold()) for kind, name in choices]
    for wanted in (note_type.casefold(), ""):
        for kind, chosen in by_type:
            for name in names:
                if kind == wanted and name.casefold() == chosen:
                    return name
    return None

"""Anki's text export ("Notes in Plain Text"): a note a line, with `#` lines in front that say what is where.

The lines in front: https://docs.ankiweb.net/importing/text-files.html
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from trainer.errors import TrainerError
from trainer.formats.anki import cloze
from trainer.formats.anki.collection import AnkiCard, Contents, Note, NoteType, Template
from trainer.formats.anki.notes import Made, Maker
from trainer.formats.decoding import decoded
from trainer.formats.fields import Fields
from trainer.formats.found import Found, FoundCard, Skipped
from trainer.formats.limits import LARGEST_SOURCE, LONGEST_FIELD, MOST_NOTES, too_much
from trainer.model import Deck
from trainer.text import one_line, slug

NAME = "anki-text"
_HEADS = (b"#separator:", b"#html:", b"#notetype", b"#deck", b"#tags", b"#columns:", b"#guid column:")
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
_LATER_FIELD = "<div>{{%s}}</div>"


@dataclass
class _Head:
    """What the lines in front say; columns are counted from 0."""

    separator: str = "\t"
    is_html: bool = False
    columns: dict[str, int] = field(default_factory=dict)
    """Where guid, notetype, deck and tags stand."""
    values: dict[str, str] = field(default_factory=dict)
    """Notetype, deck and tags of all notes."""
    names: list[str] = field(default_factory=list)


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is such an export, by what it begins with."""
    return data[:20].removeprefix(b"\xef\xbb\xbf").lower().startswith(_HEADS)


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the decks. Raises TrainerError where it cannot be read."""
    return read_fields(name, data, Fields())


def read_fields(name: str, data: bytes, fields: Fields) -> Sequence[Found]:
    """Return the decks, with these fields as question and answer. Raises TrainerError."""
    return _Reader(name, fields).read(decoded(name, bytes(data), LARGEST_SOURCE))


class _Reader:
    def __init__(self, name: str, fields: Fields) -> None:
        self._name = name
        self._contents = Contents(0, False)
        self._types: dict[tuple[str, int, bool], int] = {}
        self._fields = fields
        self._decks: dict[str, Found] = {}
        self._head = _Head()

    def read(self, text: str) -> list[Found]:
        notes = [(line, *self._note(number, row)) for number, (line, row) in enumerate(self._rows(text), 1)]
        maker = Maker(self._name, self._contents, self._fields)
        for line, note, title in notes:
            found = self._deck(title)
            templates = self._contents.types[note.type].templates
            numbers = templates if not self._contents.types[note.type].is_cloze else _cloze_numbers(note)
            cards = [AnkiCard(10 * note.id + number, note.id, 0, number, 0, 0, 0) for number in numbers]
            for made in maker.cards(note, cards):
                if isinstance(made, Made):
                    found.cards.append(FoundCard(made.card, line))
                else:
                    found.skipped.append(Skipped(self._name, line, made.text, made.reason))
        decks = list(self._decks.values())
        if decks:
            decks[0].remarks.extend(maker.remarks)
        return decks

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows behind the lines in front, each with its line."""
        lines = text.split("\n")
        begins = 0
        while begins < len(lines) and lines[begins].startswith("#"):
            self._take_head(lines[begins][1:].strip())
            begins += 1
        rows = csv.reader(io.StringIO("\n".join(lines[begins:]), newline=""), delimiter=self._head.separator)
        last = begins
        try:
            for number, row in enumerate(rows):
                if number >= MOST_NOTES:
                    raise too_much(self._name, "notes", MOST_NOTES, "Export less at once, a deck for instance.")
                if any(cell.strip() for cell in row):
                    yield last + 1, row
                last = begins + rows.line_num
        except csv.Error as error:
            raise TrainerError(f"{self._name}:{last + 1}: {error}.", "Export it anew from Anki.") from error

    def _take_head(self, line: str) -> None:
        key, _, value = line.partition(":")
        key, value = key.strip().casefold(), value.rstrip("\r")
        head = self._head
        if key == "separator":
            named = _SEPARATORS.get(value.strip().casefold(), value.strip() or "\t")
            head.separator = named if len(named) == 1 and named not in '"\r\n' else "\t"
        elif key == "html":
            head.is_html = value.strip().casefold() == "true"
        elif key == "columns":
            head.names = [one_line(each) for each in value.split(head.separator)]
        elif key.endswith(" column") and value.strip().isdecimal() and len(value.strip()) < 4:
            head.columns[key.removesuffix(" column")] = int(value) - 1
        else:
            head.values[key] = value.strip()

    def _note(self, number: int, row: list[str]) -> tuple[Note, str]:
        """Return the note of a row, and the title of its deck."""
        head = self._head

        def said(what: str) -> str:
            column = head.columns.get(what, -1)
            return row[column] if 0 <= column < len(row) else head.values.get(what, "")

        apart = set(head.columns.values())
        kept = [index for index in range(len(row)) if index not in apart]
        cells = [row[index] if head.is_html else escape(row[index]).replace("\n", "<br>") for index in kept]
        names = [head.names[index] if index < len(head.names) else f"Field {at}" for at, index in enumerate(kept, 1)]
        kind = one_line(said("notetype")) or "Notes"
        guid = said("guid") or hashlib.sha256("\x1f".join(cells[:1]).encode("utf-8", "replace")).hexdigest()[:16]
        note = Note(number, guid, self._type(kind, names, cells), tuple(said("tags").split()), tuple(cells) or ("",))
        return note, said("deck")

    def _type(self, kind: str, names: list[str], cells: list[str]) -> int:
        is_cloze = "cloze" in kind.casefold() or any("{{c1::" in cell for cell in cells)
        key = self._types.setdefault((kind, len(names), is_cloze), len(self._types) + 1)
        if key not in self._contents.types:
            templates = _templates(names or ["Field 1"], is_cloze, "reversed" in kind.casefold())
            self._contents.types[key] = NoteType(kind, is_cloze, tuple(names), templates)
        return key

    def _deck(self, name: str) -> Found:
        title = ": ".join(filter(None, map(one_line, name.split("::")))) or one_line(Path(self._name).stem)
        if title not in self._decks:
            self._decks[title] = Found(self._name, Deck(f"{slug(title)}.toml", title), updates=True)
        return self._decks[title]


def _templates(names: list[str], is_cloze: bool, is_reversed: bool) -> dict[int, Template]:
    """Return what Anki's own note types of these fields ask: the export does not say."""
    later = "".join(_LATER_FIELD % name for name in names[2:])
    first = names[0]
    if is_cloze:
        others = "".join(_LATER_FIELD % name for name in names[1:])
        return {0: Template("Cloze", f"{{{{cloze:{first}}}}}", f"{{{{cloze:{first}}}}}{others}")}
    second = names[1] if len(names) > 1 else first
    sides = [(first, second), (second, first)] if is_reversed else [(first, second)]
    return {
        number: Template(f"Card {number + 1}", f"{{{{{front}}}}}", f"<hr id=answer>{{{{{back}}}}}{later}")
        for number, (front, back) in enumerate(sides)
    }


def _cloze_numbers(note: Note) -> list[int]:
    found = set().union(*(cloze.numbers(cloze.parse(text[:LONGEST_FIELD])) for text in note.fields))
    return sorted(number - 1 for number in found if number)

"""What is in Anki's collection, of the old and the new schema: note types, decks, notes, cards and reviews."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trainer.errors import TrainerError
from trainer.formats.anki import wire
from trainer.formats.anki.database import Database
from trainer.text import one_line

_HINT = "Export it anew from Anki."
_CLOZE = 1


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of card that a note type makes."""

    name: str
    question: str
    answer: str


@dataclass(frozen=True)
class NoteType:
    """What fields its notes have, and which cards they make."""

    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: Mapping[int, Template]
    """By their number."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its fields."""

    id: int
    guid: str
    type: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """A card of Anki's, and where it stands."""

    id: int
    note: int
    deck: int
    number: int
    type: int
    """0 new, 1 learning, 2 review, 3 relearning."""
    queue: int
    """-1 is suspended."""
    due: int
    """For types 2 and 3 a day, counted from the day the collection was made."""

    @property
    def suspended(self) -> bool:
        """Whether it is taken out of all sessions."""
        return self.queue == -1


@dataclass(frozen=True, slots=True)
class Review:
    """A line of Anki's review log."""

    id: int
    """When it was, in milliseconds since 1970."""
    card: int
    ease: int
    """1 again to 4 easy; 0 for what was no answer."""
    factor: int
    milliseconds: int
    kind: int
    """0 learning, 1 review, 2 relearning, 3 filtered, 4 set by hand, 5 rescheduled."""


@dataclass
class Contents:
    """The small tables of a collection, read whole."""

    made: int
    """When the collection was made, in seconds since 1970."""
    first_scheduler: bool
    """Whether learning cards had three buttons."""
    types: dict[int, NoteType] = field(default_factory=dict)
    decks: dict[int, str] = field(default_factory=dict)
    """Names by id, their levels parted by "::"."""


def contents(database: Database) -> Contents:
    """Read what all notes and cards share. Raises TrainerError where it is damaged."""
    try:
        return _new(database) if "notetypes" in database.tables else _old(database)
    except (ValueError, OverflowError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise TrainerError(f"{database.name} holds note types or decks that cannot be read.", _HINT) from error


def _old(database: Database) -> Contents:
    """Read schema 11: JSON in the only row of `col`."""
    rows = list(database.rows("SELECT crt, conf, models, decks FROM col LIMIT 1"))
    if not rows:
        raise ValueError("no row in col")
    made, conf, models, decks = rows[0]
    found = Contents(int(made), json.loads(conf or "{}").get("schedVer", 1) == 1)
    for key, model in json.loads(models).items():
        templates = {
            int(made.get("ord", number)): Template(one_line(str(made["name"])), str(made["qfmt"]), str(made["afmt"]))
            for number, made in enumerate(model["tmpls"])
        }
        names = tuple(str(each["name"]) for each in sorted(model["flds"], key=lambda each: int(each.get("ord", 0))))
        found.types[int(key)] = NoteType(one_line(str(model["name"])), model.get("type") == _CLOZE, names, templates)
    found.decks = {int(key): str(deck["name"]) for key, deck in json.loads(decks).items()}
    return found


def _new(database: Database) -> Contents:
    """Read schema 18: a table each, with protobuf in their columns."""
    ((made,),) = list(database.rows("SELECT crt FROM col LIMIT 1"))
    found = Contents(int(made), False)
    names: dict[int, list[tuple[int, str]]] = {}
    for note_type, number, name in database.rows("SELECT ntid, ord, name FROM fields"):
        names.setdefault(int(note_type), []).append((int(number), str(name)))
    templates: dict[int, dict[int, Template]] = {}
    for note_type, number, name, config in database.rows("SELECT ntid, ord, name, config FROM templates"):
        made_by = Template(one_line(str(name)), wire.text(bytes(config), 1), wire.text(bytes(config), 2))
        templates.setdefault(int(note_type), {})[int(number)] = made_by
    for key, name, config in database.rows("SELECT id, name, config FROM notetypes"):
        fields = tuple(each for _, each in sorted(names.get(int(key), [])))
        is_cloze = wire.number(bytes(config), 1) == _CLOZE
        found.types[int(key)] = NoteType(one_line(str(name)), is_cloze, fields, templates.get(int(key), {}))
    for key, name in database.rows("SELECT id, name FROM decks"):
        found.decks[int(key)] = str(name).replace("\x1f", "::")
    return found


def notes(database: Database) -> Iterator[Note]:
    """Yield all notes by id. A value of the wrong kind is made a text or 0."""
    for key, guid, kind, tags, fields in database.rows("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id"):
        yield Note(_int(key), _text(guid), _int(kind), tuple(_text(tags).split()), tuple(_text(fields).split("\x1f")))


def cards(database: Database) -> Iterator[AnkiCard]:
    """Yield all cards by note and number; one in a filtered deck stands where it comes from."""
    query = "SELECT id, nid, did, ord, type, queue, due, odid, odue FROM cards ORDER BY nid, ord"
    for key, note, deck, number, kind, queue, due, home_deck, home_due in map(_ints, database.rows(query)):
        due = home_due if home_deck and home_due else due
        yield AnkiCard(key, note, home_deck or deck, number, kind, queue, due)


def reviews(database: Database) -> Iterator[Review]:
    """Yield all lines of the review log in their order."""
    query = "SELECT id, cid, ease, factor, time, type FROM revlog ORDER BY id"
    for row in map(_ints, database.rows(query)):
        yield Review(*row)


def _ints(row: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(map(_int, row))


def _int(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)

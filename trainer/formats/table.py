"""Tables of text: CSV and TSV, with a header or without, whatever stands between the cells."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from trainer.errors import TrainerError, UsageError
from trainer.formats.columns import NAMES, card_of, field_of
from trainer.formats.decoding import check_cards, decoded
from trainer.formats.found import Found, FoundCard, Part, Skipped, Span, title_of
from trainer.library.identity import card_fingerprint
from trainer.model import Card, Deck
from trainer.text import clean, one_line, shorten

NAME = "csv"
OPTIONS = ("delimiter", "columns", "header")
_ENDINGS = (".csv", ".tsv", ".tab")
_DELIMITERS = ",\t;|"
_NAMED_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
_SAMPLE = 50
"""Rows by which delimiter and header are found."""
_OPTION = re.compile(r"(?:option|choice|opt)[ _-]?(?:\d+|[a-h])", re.IGNORECASE)
_NO_QUESTION = "It has no question."


@dataclass(frozen=True)
class _Columns:
    """Where each field of a card stands in a row."""

    places: dict[str, int]
    options: tuple[int, ...] = ()
    """Of a question with answers to choose from."""
    unused: tuple[str, ...] = ()
    from_nought: bool = False
    """Whether the right option is counted from 0."""


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is a table, by its ending."""
    return name.lower().endswith(_ENDINGS)


def read(
    name: str, data: bytes, delimiter: str | None = None, columns: str | None = None, header: bool | None = None
) -> Sequence[Found]:
    """Return the cards of a table, a row each.

    `delimiter`, `columns` (the fields in their order) and `header` are found where they are not given.
    Raises TrainerError for what is no such table, UsageError for columns or a delimiter that cannot be.
    """
    text = decoded(name, data)
    mark = _delimiter(name, text, delimiter)
    try:
        rows = list(_rows(name, text, mark))
    except csv.Error as error:
        raise TrainerError(
            f"{name} cannot be read as a table: {error}.", "Name what stands between the cells: --delimiter."
        ) from error
    if not rows:
        raise TrainerError(f"{name} has no rows.", "Check the name and try again.")
    named = _has_header(rows[0][1]) if header is None else header
    places = _columns(rows, columns, named)
    found: dict[str, Found] = {}
    title = title_of(name)
    main = found[title] = Found(name, Deck("", title))
    main.skipped += [
        Skipped(name, 1, unused, "No part of a card is called so; name it with --columns.") for unused in places.unused
    ]
    for line, row in rows[1:] if named else rows:
        _add(found, main, line, row, places)
    return [each for each in found.values() if each.cards or each.skipped or each is main]


def _rows(name: str, text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Go over the rows that hold something, each with the line it begins on."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
    line = 1
    for number, row in enumerate(reader):
        check_cards(name, number - 1)
        if any(row):
            yield line, row
        line = reader.line_num + 1


def _delimiter(name: str, text: str, wanted: str | None) -> str:
    """Return what stands between the cells: as wanted, else what divides the first rows most evenly."""
    if wanted is not None:
        mark = _NAMED_DELIMITERS.get(wanted.casefold(), wanted)
        if len(mark) != 1 or mark in '\r\n"':
            raise UsageError(f"{shorten(wanted, 20)!r} cannot stand between cells.", "Write one character, or `tab`.")
        return mark
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    sample = "".join(text[:100_000].splitlines(keepends=True)[:_SAMPLE])
    return max(_DELIMITERS, key=lambda mark: (_evenness(sample, mark), -_DELIMITERS.index(mark)))


def _evenness(sample: str, mark: str) -> float:
    """Return the share of rows with the commonest number of cells, 0 where most have one; more cells count a little."""
    try:
        counts = [len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=mark) if row]
    except csv.Error:
        return 0.0
    commonest = max(set(counts), key=counts.count, default=1)
    return 0.0 if commonest < 2 else counts.count(commonest) / len(counts) + min(commonest, 10) / 1000


def _has_header(row: Sequence[str]) -> bool:
    """Return whether a row names columns: one of them the question, or all but one by words that are known."""
    fields = [field_of(cell) for cell in row]
    return "question" in fields and len([one for one in fields if one]) >= min(2, len(row))


def _columns(rows: Sequence[tuple[int, list[str]]], wanted: str | None, named: bool) -> _Columns:
    head = rows[0][1]
    if wanted is not None:
        return _wanted_columns(wanted, head if named else ())
    if not named:
        order = ("question", "answer", "tags")
        return _Columns(dict(zip(order, range(len(head)), strict=False)), unused=tuple(head[len(order) :]))
    places: dict[str, int] = {}
    unused = []
    options = tuple(index for index, cell in enumerate(head) if _OPTION.fullmatch(one_line(cell)))
    for index, cell in enumerate(head):
        field = field_of(cell)
        if index in options:
            continue
        if field is not None and field not in places:
            places[field] = index
        elif one_line(cell):
            unused.append(one_line(cell))
    at = places.get("answer")
    from_nought = at is not None and any(len(row) > at and row[at].strip() == "0" for _, row in rows[1:])
    return _Columns(places, options, tuple(unused), from_nought)


def _wanted_columns(wanted: str, head: Sequence[str]) -> _Columns:
    """Return the columns as they are wanted: "question,answer,_,tags", or "Term=question" by what the header says."""
    places: dict[str, int] = {}
    names = [one_line(cell).casefold() for cell in head]
    for index, item in enumerate(wanted.split(",")):
        cell, equals, field = item.rpartition("=")
        field = field.strip().casefold().replace(" ", "_").replace("-", "_")
        if field in ("", "_"):
            continue
        if field not in NAMES:
            raise UsageError(
                f"{shorten(item, 30)!r} is no part of a card.", f"Parts are: {', '.join(NAMES)}; _ for none."
            )
        if equals and cell.strip().casefold() not in names:
            raise UsageError(
                f"There is no column {shorten(cell, 30)!r}.", f"There are: {shorten(', '.join(head), 200)}."
            )
        places[field] = names.index(cell.strip().casefold()) if equals else index
    if "question" not in places:
        raise UsageError("One column must be the question.", "Write, for example: --columns question,answer.")
    return _Columns(places)


def _add(found: dict[str, Found], main: Found, line: int, row: list[str], columns: _Columns) -> None:
    values = {field: row[at] for field, at in columns.places.items() if at < len(row)}
    card = card_of(values)
    if card is None:
        main.skipped.append(Skipped(main.file, line, shorten(" ".join(row), 80), _NO_QUESTION))
        return
    if columns.options:
        card = _with_options(
            card, [clean(row[at]).strip() for at in columns.options if at < len(row)], columns.from_nought
        )
    title = one_line(values.get("deck", "")) or main.deck.title
    into = found.get(title) or found.setdefault(title, Found(main.file, Deck("", title)))
    into.cards.append(FoundCard(card, line, tuple(_spans(card, line))))


def _with_options(card: Card, options: Iterable[str], from_nought: bool) -> Card:
    """Return a card whose question shows the options, and whose answer is the one that its number or letter names."""
    given = [option for option in options if option]
    answer = card.answer
    if answer.isdigit() and 0 <= int(answer) - (not from_nought) < len(given):
        answer = given[int(answer) - (not from_nought)]
    elif len(answer) == 1 and 0 <= ord(answer.upper()) - ord("A") < len(given):
        answer = given[ord(answer.upper()) - ord("A")]
    question = "\n\n".join([card.question, "\n".join(f"- {option}" for option in given)]) if given else card.question
    return replace(card, question=question, answer=answer, id=card_fingerprint(question))


def _spans(card: Card, line: int) -> Iterator[Span]:
    yield Span(Part.QUESTION, line, line)
    for part, value in (
        (Part.ANSWER, card.answer),
        (Part.POINT, card.key_points),
        (Part.HINT, card.hint),
        (Part.WHY, card.why),
    ):
        if value:
            yield Span(part, line, line)

"""Cards and titles changed within the text of a deck file: only values that differ are written, by their places.

Comments, order and spacing of everything else stay, within a changed card too.
"""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from trainer.library.deck_format import CARD_KEYS, DECK_KEYS, POINT_KEYS
from trainer.library.identity import point_fingerprint
from trainer.library.list_text import Kept, changed_list
from trainer.library.render import card_table, point_value, points_text, value_text
from trainer.model import Card, KeyPoint
from trainer.text import clean
from trainer.toml_line import one_line_value
from trainer.toml_places import Path, Place, places

_Edit = tuple[int, int, str]
"""A span of the text, and what to put in its place."""
_Wanted = dict[str, str | None]
"""By key, the text of its value; None to remove it."""


def with_replaced(text: str, cards: Mapping[int, Card], given: Mapping[int, Card] | None = None) -> str:
    """Return the text of a deck file with its cards of these numbers, from 0, saying what these cards say.

    `given` are the same cards with their points under the ids that these had, where they have others now.
    """
    document = _Document(text)
    known = given or cards
    edits = [edit for number, card in cards.items() for edit in document.card_edits(number, card, known[number])]
    return document.applied(edits)


def with_head(text: str, head: Mapping[str, Any]) -> str:
    """Return the text of a deck file with these values of the deck itself, such as `title`."""
    document = _Document(text)
    return document.applied(
        document.table_edits((), DECK_KEYS, {key: one_line_value(value) for key, value in head.items()})
    )


class _Document:
    """A text of TOML, with the place of everything in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = places(text)
        self._cards: list[dict[str, Any]] = tomllib.loads(text).get("cards", [])
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def applied(self, edits: Sequence[_Edit], start: int = 0, end: int | None = None) -> str:
        """Return a span of the text with these edits, which lie in it and touch no common place."""
        text = self._text[start:end]
        for at, stop, new in sorted(edits, reverse=True):
            written = new.replace("\r\n", "\n").replace("\n", self._newline)
            text = text[: at - start] + written + text[stop - start :]
        return text

    def card_edits(self, number: int, card: Card, given: Card) -> list[_Edit]:
        """Return what makes the card of a number say what this one says; `given` tells its points by earlier ids."""
        path: Path = ("cards", number)
        raw, after = self._cards[number], card_table(card)
        if raw.get("id") == card.id:
            after["id"] = card.id  # written, though the wording may give the same
        wanted: _Wanted = {}
        for key in CARD_KEYS:
            if key == "key_points":
                continue
            if key in after and _cleaned(raw.get(key)) != after[key]:
                wanted[key] = self._value((*path, key), raw.get(key), after[key])
            elif key not in after and _cleaned(raw.get(key)):
                wanted[key] = None
        ids = [point.id for point in given.key_points]
        blocks = self._point_edits(path, raw, card.key_points, ids, wanted)
        return self.table_edits(path, CARD_KEYS, wanted) + blocks

    def _value(self, path: Path, before: Any, after: Any) -> str:
        """Return what to write for a value; items that a list keeps stay as they are written."""
        if not isinstance(before, list):
            return value_text(after, self._is_inline(path[:2]))
        own = [clean(item).strip() for item in before]
        pairs = _paired(own, after)
        kept = [
            (at, None if at is not None and own[at] == item else one_line_value(item))
            for at, item in zip(pairs, after, strict=True)
        ]
        return self._list(path, len(own), kept)

    def _list(self, path: Path, length: int, wanted: Sequence[Kept]) -> str:
        """Return the text of a list with other items."""
        place = self._found[path]
        items = [self._found[(*path, index)] for index in range(length)]
        spans = [(item.start - place.start, item.end - place.start) for item in items]
        return changed_list(self._text[place.start : place.end], spans, wanted)

    # Key points

    def _point_edits(
        self, card: Path, raw: Mapping[str, Any], points: Sequence[KeyPoint], ids: Sequence[str], wanted: _Wanted
    ) -> list[_Edit]:
        """Return what changes points under headers of their own; for a list, put its text into `wanted`."""
        path = (*card, "key_points")
        items: list[Any] = raw.get("key_points", [])
        before = [_point(item) for item in items]
        pairs = _paired([point.id for point in before], ids)
        if before == list(points):
            return []
        if items and not self._pair(card, "key_points"):
            return [self._blocks(path, items, list(zip(pairs, points, strict=True)))]
        if not points:
            wanted["key_points"] = None
        elif not self._pair(card, "key_points"):
            wanted["key_points"] = points_text(points, self._is_inline(card))
        else:
            kept: list[Kept] = []
            for at, point in zip(pairs, points, strict=True):
                if at is None:
                    kept.append((None, one_line_value(point_value(point))))
                else:
                    same = before[at] == point
                    kept.append((at, None if same else one_line_value(_with_own_id(point, items[at]))))
            wanted["key_points"] = self._list(path, len(items), kept)
        return []

    def _blocks(self, path: Path, raw: list[Any], points: Sequence[tuple[int | None, KeyPoint]]) -> _Edit:
        """Return what puts points in the place of `[[cards.key_points]]` tables; what is between these stays."""
        spans = [self._block_span((*path, index)) for index in range(len(raw))]
        if not points:
            return (spans[0][0], self._next_line(spans[-1][1]), "")
        parts: list[str] = []
        for index, (at, point) in enumerate(points):
            parts.append(self._text[spans[index - 1][1] : spans[index][0]] if 0 < index < len(spans) else "")
            parts[-1] = parts[-1] or ("\n" if index else "")
            parts.append(_block(point) if at is None else self._changed_block((*path, at), spans[at], raw[at], point))
        return (spans[0][0], spans[-1][1], "".join(parts))

    def _block_span(self, path: Path) -> tuple[int, int]:
        """Return where a table begins, and where the line of its last value ends."""
        ends = [place.end for each, place in self._found.items() if each[: len(path)] == path]
        return self._found[path].start, self._line_end(max(ends))

    def _changed_block(self, path: Path, span: tuple[int, int], raw: Mapping[str, Any], point: KeyPoint) -> str:
        before, after = _point(raw), _with_own_id(point, raw)
        after = after if isinstance(after, dict) else {"text": after}
        wanted: _Wanted = {}
        if before.text != point.text:
            wanted["text"] = value_text(point.text)
        if before.weight != point.weight:
            wanted["weight"] = one_line_value(after["weight"]) if "weight" in after else None
        if raw.get("id") != after.get("id"):
            wanted["id"] = one_line_value(after["id"]) if "id" in after else None
        return self.applied(self.table_edits(path, POINT_KEYS, wanted), *span)

    # Tables

    def table_edits(self, path: Path, order: Sequence[str], wanted: Mapping[str, str | None]) -> list[_Edit]:
        """Return what changes, adds and removes keys of a table.

        A new key comes behind those that go before it in `order`.
        """
        present = {key: place for key in order if (place := self._pair(path, key))}
        if path and wanted and self._is_inline(path):
            return self._inline_edits(self._found[path], present, order, wanted)
        edits = [
            (place.start, place.end, value)
            if (value := wanted[key]) is not None
            else (self._line_start(place.start), self._next_line(place.end), "")
            for key, place in present.items()
            if key in wanted
        ]
        top = self._found[path].end if path else 0
        added: dict[int, str] = {}
        for number, key in enumerate(order):
            value = wanted.get(key)
            if value is not None and key not in present:
                staying = [each for each in order[:number] if each in present and wanted.get(each, "") is not None]
                at = max([top, *(present[each].end for each in staying)])
                at = self._line_end(at) if at else 0
                added[at] = added.get(at, "") + (f"\n{key} = {value}" if at else f"{key} = {value}\n")
        return edits + [(at, at, new) for at, new in added.items()]

    def _inline_edits(
        self, table: Place, present: Mapping[str, Place], order: Sequence[str], wanted: Mapping[str, str | None]
    ) -> list[_Edit]:
        """Return the same for a table in braces; where its keys are others, all its pairs are set anew."""
        if all(key in present and value is not None for key, value in wanted.items()):
            return [(present[key].start, present[key].end, value or "") for key, value in wanted.items()]
        values = {key: self._text[place.start : place.end] for key, place in present.items()} | dict(wanted)
        pairs = ", ".join(f"{key} = {values[key]}" for key in order if values.get(key) is not None)
        return [(table.start, table.end, f"{{ {pairs} }}")]

    def _pair(self, path: Path, key: str) -> Place | None:
        """Return the place of a value that stands in a table as a pair, not as tables of their own."""
        place = self._found.get((*path, key))
        return place if place and place.end > place.start else None

    def _is_inline(self, path: Path) -> bool:
        return self._text.startswith("{", self._found[path].start)

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _next_line(self, at: int) -> int:
        newline = self._text.find("\n", at)
        return len(self._text) if newline < 0 else newline + 1

    def _line_end(self, at: int) -> int:
        """Return where the line of an offset ends, before its line break."""
        newline = self._text.find("\n", at)
        end = len(self._text) if newline < 0 else newline
        return end - self._text.endswith("\r", at, end)


def _cleaned(value: Any) -> Any:
    """Return a text or a list of texts as a deck is read."""
    if isinstance(value, list):
        return [text for item in value if (text := clean(item).strip())]
    return clean(value).strip() if isinstance(value, str) else value


def _point(item: Any) -> KeyPoint:
    table = {"text": item} if isinstance(item, str) else item
    text = clean(table["text"]).strip()
    return KeyPoint(table.get("id") or point_fingerprint(text), text, float(table.get("weight", 1)))


def _with_own_id(point: KeyPoint, raw: Any) -> Any:
    """Return what to write for a point, with an id where one was written that it keeps."""
    value = point_value(point)
    if isinstance(raw, dict) and raw.get("id") == point.id:
        return {"id": point.id, **(value if isinstance(value, dict) else {"text": value})}
    return value


def _block(point: KeyPoint) -> str:
    """Return a point as a table under a header."""
    value = point_value(point)
    table = value if isinstance(value, dict) else {"text": value}
    return "\n".join(["[[cards.key_points]]", *(f"{key} = {value_text(each)}" for key, each in table.items())])


def _paired(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """Return for each new item which old one it takes the place of: an equal one, else the one that stood there."""
    left = dict.fromkeys(range(len(before)))
    found: list[int | None] = []
    for item in after:
        at = next((at for at in left if before[at] == item), None)
        if at is not None:
            del left[at]
        found.append(at)
    for number, at in enumerate(found):
        if at is None and number in left:
            del left[number]
            found[number] = number
    return found

"""JSON: cards as `trainer cards --json` prints them, lists of questions and answers, questions by answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trainer.errors import TrainerError
from trainer.formats.columns import card_of, field_of
from trainer.formats.decoding import check_cards, decoded
from trainer.formats.found import Found, FoundCard, Part, Skipped, Span, title_of
from trainer.formats.json_shapes import json_of
from trainer.model import Deck
from trainer.text import one_line, shorten

NAME = "json"
_LISTS = ("cards", "questions", "items", "data", "notes", "flashcards", "faq", "faqs", "entries", "results")
_NO_QUESTION = "It has no question."
_DEEPEST = 4


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is JSON, by its ending."""
    return name.lower().endswith(".json")


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the cards of a JSON document. Raises TrainerError for what is no JSON, or holds no list of cards."""
    text = decoded(name, data)
    document = json_of(name, text)
    finder = _Lines(text)
    title = title_of(name)
    main = Found(name, Deck("", title))
    found = {title: main}
    for number, (deck, item) in enumerate(_items(document, title, 0)):
        check_cards(name, number)
        values = _values(item)
        card = card_of(values)
        line = finder.line_of(values.get("question"))
        if card is None:
            main.skipped.append(Skipped(name, line, shorten(json.dumps(item, ensure_ascii=False), 80), _NO_QUESTION))
            continue
        into = found.setdefault(deck, Found(name, Deck("", deck)))
        into.cards.append(FoundCard(card, line, (Span(Part.QUESTION, line, line),)))
    if not any(each.cards for each in found.values()):
        raise TrainerError(f"{name} holds no list of questions.", "`trainer import --help` shows what is read.")
    return [each for each in found.values() if each.cards or each.skipped]


class _Lines:
    """Finds the lines on which questions stand, going forward."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def line_of(self, question: Any) -> int:
        """Return the line of a question behind those asked for before; the last line found where it is not."""
        if not isinstance(question, str) or not question:
            return self._line
        for spelling in (json.dumps(question, ensure_ascii=False)[1:-1], json.dumps(question)[1:-1]):
            place = self._text.find(spelling, self._at)
            if place >= 0:
                self._line += self._text.count("\n", self._at, place)
                self._at = place
                break
        return self._line


def _items(document: Any, deck: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Go over what may be cards, each with the title of its deck."""
    if isinstance(document, list):
        for item in document:
            if _is_group(item) and depth < _DEEPEST:
                yield from _items(item, deck, depth + 1)
            else:
                named = item.get("deck") if isinstance(item, dict) else None
                yield (one_line(named) if isinstance(named, str) and named.strip() else deck), item
    elif isinstance(document, dict):
        title = next(
            (one_line(document[key]) for key in ("title", "name", "deck") if isinstance(document.get(key), str)), ""
        )
        lists = [document[key] for key in document if key.casefold() in _LISTS and isinstance(document[key], list)]
        if lists:
            for each in lists:
                yield from _items(each, title or deck, depth)
        elif document and all(isinstance(value, str) for value in document.values()) and not _is_card(document):
            yield from ((deck, {"question": key, "answer": value}) for key, value in document.items())
        else:
            yield deck, document


def _is_card(item: Mapping[str, Any]) -> bool:
    return any(field_of(key) == "question" for key in item)


def _is_group(item: Any) -> bool:
    return isinstance(item, dict) and any(key.casefold() in _LISTS and isinstance(item[key], list) for key in item)


def _values(item: Any) -> dict[str, Any]:
    """Return the fields of a card that a value holds."""
    if isinstance(item, str):
        return {"question": item}
    if isinstance(item, list):
        return (
            dict(zip(("question", "answer", "tags"), item, strict=False))
            if all(isinstance(one, str) for one in item)
            else {}
        )
    if not isinstance(item, dict):
        return {}
    values: dict[str, Any] = {}
    for key, value in item.items():
        field = field_of(key)
        if field is not None:
            values.setdefault(field, value)
    return values

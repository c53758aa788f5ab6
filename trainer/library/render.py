"""Deck files written: whole decks, and cards added to a file whose other lines stay as they are."""

from collections.abc import Iterable, Mapping
from typing import Any

import tomli_w

from trainer.library.deck_format import FORMAT
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.library.list_text import list_text
from trainer.model import Card, Deck, KeyPoint
from trainer.toml_line import one_line_value
from trainer.toml_places import Path, Place, places


def deck_text(deck: Deck) -> str:
    """Return the text of a deck file."""
    head: dict[str, Any] = {"format": FORMAT, "title": deck.title}
    if deck.about:
        head["about"] = deck.about
    if deck.tags:
        head["tags"] = list(deck.tags)
    return tomli_w.dumps(head) + "".join(f"\n{card_text(card)}" for card in deck.cards)


def with_cards(text: str, cards: Iterable[Card], sources: Mapping[str, str] | None = None) -> str:
    """Return the text of a deck file with cards added behind its own.

    `sources` gives by id the text that a card had in another file, as `card_sources` returns it.
    """
    added, known = list(cards), sources or {}
    found = places(text)
    array = found.get(("cards",))
    if array is None or array.start == array.end:
        blocks = "".join(f"\n{known.get(card.id) or card_text(card)}" for card in added)
        newline = "" if text.endswith("\n") or not text else "\n"
        return text + (newline + blocks).replace("\n", "\r\n" if "\r\n" in text else "\n")
    # cards = [{...}]: such an array takes no [[cards]] behind it, so the items go into it
    last = max((path[1] for path in found if path[:1] == ("cards",) and len(path) == 2), default=None)
    items = ", ".join(one_line_value(card_table(card)) for card in added)
    if last is None:
        return text[: array.start + 1] + items + text[array.start + 1 :]
    at = found["cards", last].end
    return f"{text[:at]}, {items}{text[at:]}"


def card_sources(text: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the lines of cards by their numbers from 0, without CR; none of one that is an item of a list."""
    found = places(text)
    ends = _ends(found)
    sources = {}
    for number in numbers:
        start, end = found["cards", number].start, text.find("\n", ends[number])
        if not text.startswith("{", start):
            lines = text[start : len(text) if end < 0 else end]
            sources[number] = lines.replace("\r\n", "\n").removesuffix("\r") + "\n"
    return sources


def without_cards(text: str, numbers: Iterable[int]) -> str:
    """Return the text of a deck file without the cards of these numbers, from 0; all else stays."""
    found = places(text)
    ends = _ends(found)
    last = max(ends, default=0)
    for number in sorted(numbers, reverse=True):
        start, end = found["cards", number].start, ends[number]
        if text.startswith("{", start):
            behind = text[end:].lstrip()
            if behind.startswith(","):
                end = text.index(",", end) + 1
            elif number == last and (comma := text.rfind(",", 0, start)) > found["cards",].start:
                start = comma
            last -= number == last
        else:
            line_end = text.find("\n", end)
            end = len(text) if line_end < 0 else line_end + 1
            before = text[:start]
            newline = "\r\n" if before.endswith("\r\n") else "\n"
            start -= len(newline) if before.endswith(newline * 2) else 0
        text = text[:start] + text[end:]
    return text


def _ends(found: Mapping[Path, Place]) -> dict[int, int]:
    """Return where the text of each card ends, by its number from 0."""
    ends: dict[int, int] = {}
    for path, place in found.items():
        if path[:1] == ("cards",) and len(path) > 1 and isinstance(path[1], int):
            ends[path[1]] = max(place.end, ends.get(path[1], 0))
    return ends


def card_text(card: Card) -> str:
    """Return a card as a `[[cards]]` table."""
    table = card_table(card)
    texts = {key: points_text(card.key_points) if key == "key_points" else value_text(table[key]) for key in table}
    return "\n".join(["[[cards]]", *(f"{key} = {text}" for key, text in texts.items())]) + "\n"


def value_text(value: Any, one_line: bool = False) -> str:
    """Return a value of a card as TOML: a text of several lines over several, if it may be."""
    if isinstance(value, str) and "\n" in value and not one_line:
        return tomli_w.dumps({"x": value}, multiline_strings=True).removeprefix("x = ").removesuffix("\n")
    return one_line_value(value)


def points_text(points: Iterable[KeyPoint], one_line: bool = False) -> str:
    """Return key points as a list, a line each if it may be."""
    return list_text([one_line_value(point_value(point)) for point in points], one_line)


def card_table(card: Card) -> dict[str, Any]:
    """Return what a card holds by the keys of the deck format, without an id where the wording gives it."""
    table: dict[str, Any] = {}
    if card.id != card_fingerprint(card.question):
        table["id"] = card.id
    table["question"] = card.question
    if card.key_points:
        table["key_points"] = [point_value(point) for point in card.key_points]
    for key in ("answer", "follow_ups", "hint", "why", "tags", "source"):
        value = getattr(card, key)
        if value:
            table[key] = list(value) if isinstance(value, tuple) else value
    return table


def point_value(point: KeyPoint) -> str | dict[str, Any]:
    """Return a key point as it is written: a text, or a table where it has an id or a weight of its own."""
    own_id = {"id": point.id} if point.id != point_fingerprint(point.text) else {}
    number = int(point.weight) if point.weight.is_integer() else point.weight
    weight: dict[str, Any] = {"weight": number} if number != 1 else {}
    return {**own_id, "text": point.text, **weight} if own_id or weight else point.text

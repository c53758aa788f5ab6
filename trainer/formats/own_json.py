"""Our own JSON with everything, as `trainer export DECK FILE.json` writes it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trainer.errors import TrainerError
from trainer.formats.export.everything import FORMAT, VERSION
from trainer.formats.found import Found, FoundCard, FoundEvent, Skipped
from trainer.formats.json_shapes import day, read_json, table, tables, text, texts
from trainer.library.deck_format import HEAVIEST
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.library.one_card import CardFault, checked
from trainer.model import Card, Deck, KeyPoint
from trainer.progress.events import UnknownEvent, WeightsEvent
from trainer.progress.lines import event_from
from trainer.text import one_line

NAME = "trainer-json"
_BEGINS = f'"format": "{FORMAT}"'.encode()
_DATES = ("day", "due", "bury")
_NOT_OF_A_CARD = ("import", "undo")


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is such a file, by what it begins with."""
    return _BEGINS in data[:200]


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the deck, with the events of its cards. Raises TrainerError where it cannot be read."""
    document = table(read_json(name, data))
    version = document.get("version")
    if document.get("format") != FORMAT or version != VERSION:
        raise TrainerError(f"{name} is no export that this trainer reads.", f"It reads version {VERSION}.")
    title = one_line(text(document.get("title"))) or one_line(Path(name).stem)
    head = Deck(Path(name).name, title, text(document.get("about")), texts(document.get("tags")))
    found = Found(name, head, updates=True)
    for number, written in enumerate(tables(document.get("cards")), 1):
        try:
            card = checked(_card(written))
        except CardFault as fault:
            begins = one_line(text(written.get("question"))) or f"card {number}"
            found.skipped.append(Skipped(name, None, begins, fault.message))
            continue
        found.cards.append(FoundCard(card, None))
        found.events.extend(_events(card.id, tables(written.get("events"))))
    found.events.extend(_weights(table(document.get("weights"))))
    return [found]


def _card(written: Mapping[str, Any]) -> Card:
    points = []
    for point in tables(written.get("key_points")):
        said, weight = text(point.get("text")), point.get("weight", 1)
        is_weight = isinstance(weight, int | float) and abs(weight) <= HEAVIEST
        key = text(point.get("id")) or point_fingerprint(said)
        points.append(KeyPoint(key, said, float(weight) if is_weight else 1.0))
    question = text(written.get("question"))
    return Card(
        text(written.get("id")) or card_fingerprint(question),
        question,
        tuple(points),
        text(written.get("answer")),
        texts(written.get("follow_ups")),
        text(written.get("hint")),
        text(written.get("why")),
        texts(written.get("tags")),
        text(written.get("source")),
    )


def _events(card: str, written: Sequence[Mapping[str, Any]]) -> list[FoundEvent]:
    found = []
    for each in written:
        fields = {name: value for name, value in each.items() if name not in ("key", *_NOT_OF_A_CARD)}
        for name in _DATES:
            if isinstance(fields.get(name), str):
                fields[name] = day(fields[name])
        fields = {name: value for name, value in fields.items() if value is not None}
        key = text(each.get("key"))
        if text(fields.get("card")) and _is_event(key, fields):
            found.append(FoundEvent(card, key, fields))
    return found


def _weights(written: Mapping[str, Any]) -> list[FoundEvent]:
    key, fields = text(written.get("key")), {"weights": written.get("weights")}
    if not isinstance(fields["weights"], list) or not _is_event(key, fields):
        return []
    event = event_from(key, fields)
    return [FoundEvent("", key, fields)] if isinstance(event, WeightsEvent) and event.weights else []


def _is_event(key: str, fields: Mapping[str, Any]) -> bool:
    try:
        return not isinstance(event_from(key, fields), UnknownEvent)
    except (TypeError, ValueError, RecursionError):  # what TOML has no form for
        return False

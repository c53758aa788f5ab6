"""The JSON that `hashcards export` writes: cards, and each review of each session.

Its form: https://github.com/eudoxia0/hashcards (the export command)
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from trainer.formats.found import Found, FoundCard, FoundReview, Skipped
from trainer.formats.json_shapes import day, read_json, table, tables, text
from trainer.formats.lists import card_points, split_list
from trainer.formats.update import marked
from trainer.model import Card, Deck, Rating
from trainer.text import clean, one_line, slug

NAME = "hashcards-json"
_RATINGS = {"forgot": Rating.AGAIN, "hard": Rating.HARD, "good": Rating.GOOD, "easy": Rating.EASY}
_ID_DIGITS = 16
_LOOKED_AT = 4096


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is such an export, by what it begins with."""
    begins = data[:_LOOKED_AT]
    return begins[:1] == b"{" and b'"familyHash"' in begins and b'"deckName"' in begins


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the decks, with all reviews. Raises TrainerError where it is no JSON."""
    document = table(read_json(name, data))
    decks: dict[str, Found] = {}
    made: dict[str, tuple[Found, Card, date | None]] = {}
    for written in tables(document.get("cards")):
        title = one_line(text(written.get("deckName"))) or one_line(Path(name).stem)
        found = decks.setdefault(title, Found(name, Deck(f"{slug(title)}.toml", title), updates=True))
        key = text(written.get("hash"))
        card = _card(key, table(written.get("content")))
        line = table(written.get("location")).get("lineStart")
        if card is None or not key:
            found.skipped.append(Skipped(name, line if isinstance(line, int) else None, "", "It has no question."))
            continue
        found.cards.append(FoundCard(card, None))
        made[key] = (found, card, day(table(written.get("performance")).get("dueDate")))
    _take_reviews(tables(document.get("sessions")), made)
    return list(decks.values())


def _card(key: str, content: Mapping[str, Any]) -> Card | None:
    basic, cloze = table(content.get("basic")), table(content.get("cloze"))
    if basic:
        question, answer = text(basic.get("question")), text(basic.get("answer"))
    else:
        question, answer = _cloze(text(cloze.get("text")), cloze.get("start"), cloze.get("end"))
    question, answer = clean(question).strip(), clean(answer).strip()
    items, around = split_list(answer)
    points = card_points(items)
    if not question or not (answer or points):
        return None
    card = Card(f"hashcards-{one_line(key)[:_ID_DIGITS]}", question, points, around if points else answer)
    return marked(card, f"hashcards:{one_line(key)[:_ID_DIGITS]}")


def _cloze(said: str, start: Any, end: Any) -> tuple[str, str]:
    """Return question and answer of a deletion, told by its first and last byte."""
    data = said.encode("utf-8", "replace")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end < len(data)):
        return "", ""
    pieces = (data[:start], data[start : end + 1], data[end + 1 :])
    before, answer, after = (piece.decode("utf-8", "replace") for piece in pieces)
    return f"{before}[...]{after}", answer


def _take_reviews(sessions: Sequence[Mapping[str, Any]], made: Mapping[str, tuple[Found, Card, date | None]]) -> None:
    reviews: dict[str, list[tuple[int, Rating]]] = {}
    for session in sessions:
        for written in tables(session.get("reviews")):
            key, rating = text(written.get("hash")), _RATINGS.get(text(written.get("grade")).casefold())
            milliseconds = _milliseconds(text(written.get("reviewedAt")))
            if key in made and rating and milliseconds is not None:
                reviews.setdefault(key, []).append((milliseconds, rating))
    for key, lines in reviews.items():
        found, card, due = made[key]
        lines.sort()
        points = tuple(point.id for point in card.points)
        for index, (milliseconds, rating) in enumerate(lines):
            promised = due if index == len(lines) - 1 else None
            source = f"{card.id}:{milliseconds}"
            found.past.append(FoundReview(card.id, milliseconds, rating, points, source, due=promised))


def _milliseconds(written: str) -> int | None:
    """Return a local time without a zone, as hashcards keeps it, since 1970 in UTC."""
    try:
        return round(datetime.fromisoformat(written).astimezone().timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None

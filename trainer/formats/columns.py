"""Rows of named values made into cards: what tables and JSON have in common."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trainer.library.identity import card_fingerprint, is_id, point_fingerprint
from trainer.model import ANSWER_POINT, Card, KeyPoint
from trainer.text import clean, one_line

NAMES = {
    "id": ("id", "guid", "uuid"),
    "question": (
        "question", "q", "front", "prompt", "term", "word", "title", "questions", "ask", "card", "problem",
        "expression",
    ),
    "answer": (
        "answer", "a", "back", "definition", "response", "answers", "meaning", "solution", "reply", "explanation",
        "model answer",
        "sample answer", "correct answer", "translation", "text", "content",
    ),
    "key_points": ("key points", "key point", "points", "keypoints", "areas to cover", "bullets", "criteria"),
    "follow_ups": ("follow ups", "follow up", "followups", "follow up questions"),
    "hint": ("hint", "hints", "tip", "tips", "how to answer", "clue"),
    "why": ("why", "reason", "purpose", "rationale"),
    "tags": ("tags", "tag", "category", "categories", "topic", "topics", "section", "label", "labels", "subject"),
    "source": ("source", "url", "link", "reference"),
    "deck": ("deck", "deck name", "set", "collection"),
}  # fmt: skip
"""The fields of a card, and by which names they are known."""
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MANY = re.compile(r"\s*(?:\n|\||;)\s*")
_TAGS = re.compile(r"\s*[,;|\n]\s*")
_MARK = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")


def field_of(name: str) -> str | None:
    """Return the field of a card that a column or key is called after, if it is one."""
    said = " ".join(_CAMEL.sub(" ", one_line(name)).replace("_", " ").replace("-", " ").casefold().split())
    return _FIELD_OF.get(said) or _FIELD_OF.get(re.sub(r" (?:text|slug|name|body|field|\d)$", "", said))


def card_of(values: Mapping[str, Any]) -> Card | None:
    """Return the card of values by field, or None where there is no question."""
    question = _text(values.get("question"))
    if not question:
        return None
    own_id = values.get("id")
    is_own = isinstance(own_id, str) and is_id(own_id) and not own_id.isdigit()  # a number only counts rows
    return Card(
        id=str(own_id) if is_own else card_fingerprint(question),
        question=question,
        key_points=_points(values.get("key_points")),
        answer=_text(values.get("answer")),
        follow_ups=_list(values.get("follow_ups"), _MANY),
        hint=_text(values.get("hint")),
        why=_text(values.get("why")),
        tags=_list(values.get("tags"), _TAGS),
        source=_text(values.get("source")),
    )


def _text(value: Any) -> str:
    """Return a value as text: a list by lines, nothing for what is no text."""
    if not value:
        return ""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list):
        return "\n".join(f"- {_text(item)}" for item in value if _text(item))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _list(value: Any, between: re.Pattern[str]) -> tuple[str, ...]:
    if not value:
        return ()
    items: Iterable[Any] = value if isinstance(value, list) else between.split(clean(str(value)))
    return tuple(dict.fromkeys(_MARK.sub("", text) for item in items if (text := _text(item))))


def _points(value: Any) -> tuple[KeyPoint, ...]:
    """Return key points: of texts, or of tables with `text`, as our own JSON has them."""
    if not value:
        return ()
    items: Sequence[Any] = value if isinstance(value, list) else _list(value, _MANY)
    points: dict[str, KeyPoint] = {}
    for item in items:
        point = _point(item if isinstance(item, dict) else {"text": item})
        if point is not None:
            points.setdefault(point.id, point)
    return tuple(points.values())


def _point(item: Mapping[str, Any]) -> KeyPoint | None:
    own_id, weight, text = item.get("id"), item.get("weight", 1), _text(item.get("text"))
    if own_id == ANSWER_POINT or not text:
        return None
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 100:
        weight = 1
    return KeyPoint(
        own_id if isinstance(own_id, str) and is_id(own_id) else point_fingerprint(text), text, float(weight)
    )

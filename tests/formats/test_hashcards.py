"""hashcards' JSON with its history."""

import json
from datetime import date
from typing import Any

import pytest

from trainer.errors import TrainerError
from trainer.formats import hashcards
from trainer.formats.found import FoundReview
from trainer.formats.registry import choose_format
from trainer.model import Rating

HASH = "5f0c2a91" * 8


def card(key: str = HASH, **content: Any) -> dict[str, Any]:
    return {
        "hash": key,
        "familyHash": None,
        "deckName": "Chem",
        "location": {"filePath": "/x/Chem.md", "lineStart": 3, "lineEnd": 5},
        "content": content,
        "performance": {"dueDate": "2026-02-01", "reviewCount": 2},
    }


def review(key: str, at: str, grade: str) -> dict[str, Any]:
    return {"reviewId": 1, "hash": key, "reviewedAt": at, "grade": grade}


def read(*cards: dict[str, Any], reviews: tuple[dict[str, Any], ...] = ()) -> list[Any]:
    document = {"cards": list(cards), "sessions": [{"sessionId": 1, "reviews": list(reviews)}]}
    return list(hashcards.read("export.json", json.dumps(document).encode()))


def test_cards_and_reviews_come_with_their_local_times(zone: Any) -> None:
    zone("Europe/Berlin")
    (found,) = read(
        card(basic={"question": "Q?", "answer": "- a\n- b"}),
        reviews=(
            review(HASH, "2026-01-20T10:00:00.250", "Forgot"),
            review(HASH, "2026-01-10T10:00:00.000", "Easy"),
            review("other", "2026-01-10T10:00:00.000", "Good"),
            review(HASH, "yesterday", "Good"),
            review(HASH, "2026-01-10T10:00:00.000", "Great"),
        ),
    )
    (item,) = found.cards
    assert found.deck.title == "Chem"
    assert (item.card.question, [point.text for point in item.card.key_points]) == ("Q?", ["a", "b"])
    points = tuple(point.id for point in item.card.key_points)
    assert found.past == [
        FoundReview(item.card.id, 1768035600000, Rating.EASY, points, f"{item.card.id}:1768035600000"),
        FoundReview(
            item.card.id, 1768899600250, Rating.AGAIN, points, f"{item.card.id}:1768899600250", due=date(2026, 2, 1)
        ),
    ]


def test_a_deletion_is_told_by_its_first_and_last_byte() -> None:
    text = "Größe: Paris ist groß."
    start = len("Größe: ".encode())
    (found,) = read(card(cloze={"text": text, "start": start, "end": start + 4}))
    assert (found.cards[0].card.question, found.cards[0].card.answer) == ("Größe: [...] ist groß.", "Paris")


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"basic": {"question": "", "answer": "A"}},
        {"basic": {"question": "Q", "answer": 7}},
        {"cloze": {"text": "abc", "start": 2, "end": 9}},
        {"cloze": {"text": "abc", "start": "0", "end": 1}},
    ],
)
def test_a_card_that_says_nothing_is_left_out(content: dict[str, Any]) -> None:
    (found,) = read(card(**content))
    assert found.cards == []
    assert (found.skipped[0].line, found.skipped[0].reason) == (3, "It has no question.")


@pytest.mark.parametrize("data", [b"{", b"\xff", b'{"a":' * 100_000, b"[" * 100_000, b"9" * 5000])
def test_json_that_is_none_or_too_deep_is_told(data: bytes) -> None:
    with pytest.raises(TrainerError):
        hashcards.read("x.json", data)


@pytest.mark.parametrize("data", [b"[]", b"7", b'{"cards": 7, "sessions": {"a": 1}}', b'{"cards": [7, null, []]}'])
def test_json_of_another_shape_holds_nothing(data: bytes) -> None:
    assert hashcards.read("x.json", data) == []


def test_the_export_is_known_by_what_it_begins_with() -> None:
    data = json.dumps({"cards": [card(basic={"question": "Q", "answer": "A"})], "sessions": []}).encode()
    assert choose_format("x.json", data) is hashcards  # type: ignore[comparison-overlap]

"""The events of the log in words."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trainer.collection.collection import Collection
from trainer.insight.history import event_words
from trainer.model import Rating, Review
from trainer.progress.lines import event_from

KEY = "20261121T100000000Z-aaaa00"
SPAIN = "What is the capital of Spain?"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"card": "spain", "rating": "good"}, f"good: {SPAIN}"),
        ({"card": "spain", "rating": "easy", "recalled": ["answer"], "seconds": 9}, f"easy, 9 s: {SPAIN}"),
        ({"card": "spain", "rating": "again", "missed": ["answer"]}, f"again: {SPAIN}"),
        (
            {"card": "spain", "rating": "hard", "recalled": ["a", "b"], "missed": ["c"], "seconds": 48.4,
             "due": date(2026, 11, 25)},
            f"hard, 2 of 3 points, 48 s, due 2026-11-25: {SPAIN}",
        ),
        (
            {"card": "spain", "rating": "good", "recalled": ["c"], "given": True, "seconds": 0},
            f"good (other points given), 1 of 1 points, 0 s: {SPAIN}",
        ),
        ({"card": "spain", "rating": "again", "missed": ["a"]}, f"again, 0 of 1 points: {SPAIN}"),
        ({"card": "gone", "rating": "good"}, "good: gone"),
        ({"card": "spain", "question": "How was it\ncalled?", "points": {}}, "worded: How was it called?"),
        ({"card": "spain", "suspend": True}, f"suspended: {SPAIN}"),
        ({"card": "spain", "suspend": False}, f"no longer suspended: {SPAIN}"),
        ({"card": "spain", "bury": date(2026, 12, 1)}, f"put aside until 2026-12-01: {SPAIN}"),
        ({"card": "spain", "reset": True}, f"begun anew: {SPAIN}"),
        ({"card": "spain", "due": date(2026, 12, 1)}, f"moved to 2026-12-01: {SPAIN}"),
        ({"card": "spain", "was": "madrid"}, f"known before as madrid: {SPAIN}"),
        ({"card": "spain", "point": "p", "was": "q"}, f"a point known before as q: {SPAIN}"),
        ({"undo": KEY}, f"undo of {KEY}"),
        ({"import": "geography.apkg", "deck": "Geography"}, "import of geography.apkg"),
        ({"weights": [0.1] * 21}, "weights fitted to this log"),
        ({"mood": "fine"}, "of a kind that this version does not know"),
        ({"card": "spain", "rating": "perfect"}, "of a kind that this version does not know"),
    ],
)  # fmt: skip
def test_each_kind_of_event_has_its_words(collection: Collection, value: dict[str, Any], words: str) -> None:
    assert event_words(collection, event_from(KEY, value)) == words


def test_an_event_is_one_short_line_however_long_its_texts(
    collection: Collection, write_deck: Callable[..., Path]
) -> None:
    words = "word\n" * 100
    write_deck(f'[[cards]]\nid = "long"\nquestion = """{words}"""\nanswer = "A"\n', "long.toml")
    collection.refresh()
    for value in (
        {"card": "long", "rating": "good"},
        {"card": "x", "question": words},
        {"import": words},
    ):
        said = event_words(collection, event_from(KEY, value))
        assert "\n" not in said
        assert len(said) < 100
        assert said.endswith("…")


def test_a_review_that_was_just_written_is_said(collection: Collection) -> None:
    card = collection.library.cards["france"]
    event = collection.record_review(
        card,
        Review(date(2026, 11, 21), Rating.GOOD, ["paris"], ["tower", "river"], False, 5, date(2026, 11, 22)),
    )
    assert event_words(collection, event) == f"good, 1 of 3 points, 5 s, due 2026-11-22: {card.question}"

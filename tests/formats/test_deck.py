"""Our own deck files as a format to import."""

from pathlib import Path

import pytest

from trainer.errors import TrainerError
from trainer.formats import deck
from trainer.formats.found import Found, Skipped
from trainer.model import Card

TEXT = """title = "Mixed"
about = "Good and bad"
tags = ["a"]

[[cards]]
id = "good"
question = "Good?"
answer = "Yes."

[[cards]]
question = "Bad?"
anser = "No."

[[cards]]
id = "too"
question = "Good too?"
answer = "Yes."
"""


def read(data: bytes, name: str = "/somewhere/mixed.toml") -> Found:
    (found,) = deck.read(name, data)
    return found


@pytest.mark.parametrize(
    ("name", "is_deck"), [("a.toml", True), ("/b/A.TOML", True), ("a.csv", False), ("toml", False)]
)
def test_a_deck_file_is_known_by_its_ending(name: str, is_deck: bool) -> None:
    assert deck.sniff(name, b"") is is_deck


def test_cards_come_with_the_lines_they_begin_on_and_the_deck_without_its_cards() -> None:
    found = read(TEXT.encode())
    assert [(item.card.id, item.line) for item in found.cards] == [("good", 5), ("too", 14)]
    assert found.cards[0].card == Card("good", "Good?", answer="Yes.")
    assert (found.deck.title, found.deck.about, found.deck.tags) == ("Mixed", "Good and bad", ("a",))
    assert found.deck.cards == ()
    assert found.file == "/somewhere/mixed.toml"


def test_a_card_that_is_left_out_says_where_and_why() -> None:
    (skipped,) = read(TEXT.encode()).skipped
    assert skipped == Skipped("/somewhere/mixed.toml", 10, "Bad?", "`anser` is no known key. Did you mean `answer`?")


def test_only_a_file_without_a_fault_is_taken_over_whole() -> None:
    assert read(TEXT.encode()).verbatim is None
    good = TEXT.replace("anser", "answer").encode("utf-8-sig")
    assert read(good).verbatim == good
    assert read(good + b"\nodd = 1\n").verbatim is None


def test_a_deck_without_a_title_is_named_after_its_file_and_not_its_folder() -> None:
    assert read(b"").deck.title == "mixed"


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"a = 1\nb = ", 2, "Not TOML"),
        (b"\n\nformat = 9", 3, "format 9"),
        (b"\n\xff", 2, "UTF-8"),
        (b"a = " + b"[" * 9999, 1, ""),
    ],
    ids=["no TOML", "a format to come", "no UTF-8", "nested too deep"],
)
def test_a_file_that_is_no_deck_is_an_error_with_the_line(data: bytes, line: int, says: str) -> None:
    with pytest.raises(TrainerError) as raised:
        deck.read("/x/y.toml", data)
    assert raised.value.message.startswith(f"/x/y.toml:{line}: ")
    assert says in raised.value.message
    assert raised.value.hint
    assert raised.value.exit_code == 1


def test_every_starter_deck_is_taken_over_whole() -> None:
    for path in sorted((Path(__file__).parents[2] / "decks").glob("*.toml")):
        found = read(path.read_bytes(), str(path))
        assert found.verbatim == path.read_bytes()
        assert found.cards

"""The deck that `trainer new` writes."""

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.library.deck_format import CARD_KEYS, FORMAT, read_deck
from trainer.library.template import new_deck_text
from trainer.text import one_line


def uncommented(text: str) -> str:
    """Return the text with its example taken out of the comments, as its reader is told to do."""
    begin = text.index("# [[cards]]")
    return text[:begin] + re.sub(r"^# ?", "", text[begin:], flags=re.MULTILINE)


@given(st.text(min_size=1, max_size=30).map(one_line).filter(bool))
@settings(max_examples=60)
def test_it_is_an_empty_deck_of_any_title(title: str) -> None:
    content = read_deck(new_deck_text(title).encode(), "new.toml")
    assert content.problems == []
    assert content.deck is not None
    assert (content.deck.title, content.deck.cards) == (title, ())


def test_it_has_the_format_and_every_key_of_a_deck() -> None:
    document = tomllib.loads(new_deck_text("T"))
    assert document == {"format": FORMAT, "title": "T", "about": "", "tags": []}


def test_the_example_in_its_comments_is_a_card_without_a_fault() -> None:
    content = read_deck(uncommented(new_deck_text("T")).encode(), "new.toml")
    assert content.problems == []
    assert content.deck is not None
    (card,) = content.deck.cards
    assert [point.weight for point in card.key_points] == [1, 2]
    assert card.answer
    assert card.follow_ups
    assert card.hint
    assert card.why
    assert card.tags


@pytest.mark.parametrize("key", [key for key in CARD_KEYS if key not in ("id", "source")])
def test_the_example_shows_every_key_one_writes_by_hand(key: str) -> None:
    assert f"\n# {key} = " in new_deck_text("T")

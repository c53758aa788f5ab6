"""Deck files written: what is written is read back the same, and the text that was there stays."""

import tomllib
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.library.deck_format import HEAVIEST, read_deck
from trainer.library.identity import card_fingerprint, is_id, point_fingerprint
from trainer.library.inplace import with_replaced
from trainer.library.render import deck_text, with_cards
from trainer.model import ANSWER_POINT, Card, Deck, KeyPoint
from trainer.text import clean, one_line
from trainer.toml_line import one_line_value

quick = settings(max_examples=40)

# Random decks, of texts that are hard to write in TOML

HARD = st.sampled_from(
    ["\n", '"', '"""', "'''", "\\", "\\n", "= {", "={", "[[cards]]", "\n[[cards]]\n", "# no comment", "cards = [", "]",
     "}", "\t", "\u2028", "é", "🙂", "שלום", "\\u0041", "20261121T100000000Z-aaaa00 = { x = 1 }", "C++", " ", "x\n\ny"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=12),
    st.lists(HARD | st.text(max_size=4), min_size=1, max_size=6).map("".join),
    st.just("long " * 40),
).map(lambda text: clean(text).strip())
SOME_TEXT = TEXTS.filter(bool)
TITLES = TEXTS.map(one_line).filter(bool)
IDS = st.one_of(
    st.text(min_size=1, max_size=6).filter(is_id), st.sampled_from(["x" * 64, "a b", "é'\"\\", "🙂", "1.5"])
)
WEIGHTS = st.one_of(
    st.integers(1, HEAVIEST).map(float), st.floats(0, HEAVIEST, exclude_min=True, allow_subnormal=False)
)
STRINGS = st.lists(SOME_TEXT, max_size=3).map(tuple)


POINT_IDS = st.none() | IDS.filter(lambda each: each != ANSWER_POINT)
POINT_WEIGHTS = st.just(1.0) | WEIGHTS


@st.composite
def points(draw: st.DrawFn) -> KeyPoint:
    text = draw(SOME_TEXT)
    own = draw(POINT_IDS)
    return KeyPoint(own or point_fingerprint(text), text, draw(POINT_WEIGHTS))


POINTS = st.lists(points(), max_size=4, unique_by=lambda point: point.id)
CARD_IDS = st.none() | IDS


@st.composite
def cards(draw: st.DrawFn) -> Card:
    question = draw(SOME_TEXT)
    listed = tuple(draw(POINTS))
    answer = draw(TEXTS) or ("" if listed else "A")
    return Card(
        draw(CARD_IDS) or card_fingerprint(question),
        question,
        listed,
        answer,
        draw(STRINGS),
        draw(TEXTS),
        draw(TEXTS),
        draw(STRINGS),
        draw(TEXTS),
    )


MANY = st.lists(cards(), max_size=4, unique_by=lambda card: card.id).map(tuple)


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    return Deck("deck.toml", draw(TITLES), draw(TEXTS), draw(STRINGS), draw(MANY))


def read(text: str) -> Deck:
    content = read_deck(text.encode(), "deck.toml")
    assert content.problems == []
    assert content.deck is not None
    return content.deck


SMALL = Card("small", "Q", (KeyPoint("p", "P", 2.0),), "A")
TINY = Card(card_fingerprint("R"), "R", answer="A")
WORDS = ("long " * 40).strip()
LONG = Card("long", WORDS, (KeyPoint(point_fingerprint(WORDS), WORDS),), "two\nlines")


@given(decks())
@example(Deck("deck.toml", "T", cards=(SMALL,)))
@example(Deck("deck.toml", "T", cards=(SMALL, TINY)))
@example(Deck("deck.toml", "T", cards=(LONG, SMALL, LONG)))
@quick
def test_a_deck_that_is_written_is_read_back_the_same(deck: Deck) -> None:
    text = deck_text(deck)
    assert read(text) == deck
    assert "\r" not in text
    assert text.endswith("\n")


@given(decks())
@quick
def test_a_deck_that_is_written_with_crlf_is_read_back_the_same(deck: Deck) -> None:
    assert read(deck_text(deck).replace("\n", "\r\n")) == deck


def others(deck: Deck, more: tuple[Card, ...]) -> tuple[Card, ...]:
    own = {card.id for card in deck.cards}
    return tuple(card for card in more if card.id not in own)


@given(decks(), MANY, st.booleans(), st.booleans())
@example(Deck("deck.toml", "T", cards=(SMALL,)), (TINY,), False, False)
@example(Deck("deck.toml", "T"), (SMALL, TINY), True, False)
@example(Deck("deck.toml", "T", cards=(LONG,)), (TINY, LONG), True, True)
@quick
def test_cards_are_added_behind_those_of_a_file_that_keeps_its_text(
    deck: Deck, more: tuple[Card, ...], crlf: bool, ends_open: bool
) -> None:
    added = others(deck, more)
    before = deck_text(deck)
    if ends_open:
        before = before.removesuffix("\n")
    if crlf:
        before = before.replace("\n", "\r\n")
    after = with_cards(before, added)
    assert after.startswith(before)
    assert read(after).cards == deck.cards + added
    if crlf:
        assert after.replace("\r\n", "").count("\n") == 0
    else:
        assert "\r" not in after


def inline(deck: Deck) -> str:
    """Return a deck written as `cards = [{...}]`, by another writer than the one under test."""

    def table(card: Card) -> dict[str, Any]:
        fields = {"id": card.id, "question": card.question, "answer": card.answer, "hint": card.hint, "why": card.why}
        lists = {"follow_ups": card.follow_ups, "tags": card.tags}
        listed = [{"id": point.id, "text": point.text, "weight": point.weight} for point in card.key_points]
        return {**fields, **lists, "key_points": listed, "source": card.source}

    items = "".join(f"  {one_line_value(table(card))}, # a ] comment\n" for card in deck.cards)
    return f"title = {one_line_value(deck.title)}\ncards = [ # [begin\n{items}] # end ]\n"


@given(decks(), MANY.filter(bool))
@example(Deck("deck.toml", "T"), (SMALL, TINY))
@example(Deck("deck.toml", "T", cards=(SMALL,)), (LONG, TINY))
@quick
def test_cards_are_added_within_the_brackets_of_inline_cards(deck: Deck, more: tuple[Card, ...]) -> None:
    before = inline(deck)
    added = others(deck, more)
    after = with_cards(before, added)
    if not added:
        return
    assert read(after).cards == tuple(read(before).cards) + added
    same = (one == other for one, other in zip(before, after, strict=False))
    cut = next((at for at, equal in enumerate(same) if not equal), len(before))
    assert after.endswith(before[cut:])  # nothing of the old text is touched
    assert len(after) > len(before)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# only a comment",
        'title = "T"',
        'title = "T"\n\n\n',
        'title = "T" # no newline',
        "\r\n",
        '[[cards]]\nid = "a"\nquestion = "A?"\n[[cards.key_points]]\ntext = "P"',
        '[[cards]]\nid = "a"\nquestion = "A?"\nanswer = """\nopen end"""',
        '[["cards"]]\nid = "a"\nquestion = "A?"\nanswer = "A"\n',
        'cards = [{ id = "a", question = "A?", answer = "]" }]',
        'cards = [{ id = "a", question = "A?", answer = "A" },]',
        'cards = [\n  { id = "a", question = "A?", key_points = [{ text = "x" }, "y"] }\n  , # here\n]\ntitle = "T"',
        'cards = []\ntitle = "T"\n',
        "cards=[ # none, yet ]\n\n]",
        '"cards" = []',
    ],
)
def test_any_way_of_writing_a_deck_takes_more_cards(before: str) -> None:
    own = read(before).cards
    after = with_cards(before, [SMALL, TINY, LONG])
    assert read(after).cards == (*own, SMALL, TINY, LONG)


def test_adding_twice_is_adding_both() -> None:
    for before in ("", "cards = []"):
        assert read(with_cards(with_cards(before, [SMALL]), [TINY])).cards == (SMALL, TINY)


def test_nothing_but_what_differs_from_the_rule_is_written() -> None:
    plain = Card(card_fingerprint("Q"), "Q", (KeyPoint(point_fingerprint("P"), "P"), KeyPoint("own", "R", 0.5)), "A")
    document = tomllib.loads(deck_text(Deck("deck.toml", "T", cards=(plain,))))
    assert document == {
        "format": 1,
        "title": "T",
        "cards": [{"question": "Q", "key_points": ["P", {"id": "own", "text": "R", "weight": 0.5}], "answer": "A"}],
    }


def test_a_card_is_written_to_be_read_by_people() -> None:
    text = deck_text(Deck("deck.toml", "T", "About", ("a",), (SMALL, LONG)))
    assert text.startswith('format = 1\ntitle = "T"\nabout = "About"\n')
    assert text.count("\n\n[[cards]]\n") == 2
    assert '\nid = "small"\n' in text
    assert 'answer = """\ntwo\nlines"""' in text
    assert "weight = 2 " in text
    assert "2.0" not in text


# Cards replaced


NEW = Card("two", "Second, anew?", (KeyPoint("p", "P"), KeyPoint("q", "Q")), "Line\nline")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_replaced_card_leaves_all_other_lines_as_they_are(newline: str) -> None:
    before = (
        '# top\n[[cards]] # one\nid = "one"\nquestion = "First?"\nanswer = "A"\n\n# of two\n[[cards]]\nid = "two"\n'
        'question = "Second?"\nkey_points = [\n  "x",\n]\n\n# of three\n'
        '[[cards]]\nquestion = "Third?"\nanswer = "C"\n# end\n'
    ).replace("\n", newline)
    after = with_replaced(before, {1: NEW})
    deck = read_deck(after.encode(), "d.toml").deck
    assert deck is not None
    assert deck.cards[1] == NEW
    begin, end = before.index("[[cards]]" + newline), before.index(newline * 2 + "# of three")
    assert after.startswith(before[:begin])
    assert after.endswith(before[end:])
    assert "\n" not in after.replace("\r\n", "") or newline == "\n"


def test_cards_of_an_array_are_replaced_in_it() -> None:
    before = 'cards = [{question = "One?", answer = "A"}, {question = "Two?", answer = "B"}, ] # end\n'
    after = with_replaced(before, {0: NEW, 1: Card("x", "X?", answer="Y")})
    deck = read_deck(after.encode(), "d.toml").deck
    assert deck is not None
    assert deck.cards == (NEW, Card("x", "X?", answer="Y"))
    assert after.endswith(", ] # end\n")


def test_no_card_replaced_is_no_change() -> None:
    assert with_replaced("# nothing\n", {}) == "# nothing\n"

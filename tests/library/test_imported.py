"""What an import wrote is kept, and taken back where nobody changed it since."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import HomeError
from trainer.home import Home
from trainer.library.deck_format import read_deck
from trainer.library.files import create_deck
from trainer.library.identity import card_fingerprint
from trainer.library.imported import TakenBack, Written, forget, keep, kept, take_back
from trainer.library.render import deck_text, with_cards, without_cards
from trainer.model import Card, Deck

FOX, OWL, ELK = (
    Card(card_fingerprint(f"What is {name}?"), f"What is {name}?", answer=f"{name} it is.\n\nNo more.")
    for name in ("a fox", "an owl", "an elk")
)
Write = Callable[..., Path]


def made(home: Home, *cards: Card) -> Written:
    """Write a deck as an import does."""
    text = deck_text(Deck("", "Forest", cards=cards)).encode()
    create_deck(home.decks, "forest", text)
    return Written("Forest", cards, text)


def questions(home: Home) -> list[str]:
    decks = (read_deck(path.read_bytes(), path.name).deck for path in sorted(home.decks.glob("*.toml")))
    return [card.question for deck in decks if deck for card in deck.cards]


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    written = [
        Written("Forest", (FOX, OWL), deck_text(Deck("", "Forest", cards=(FOX, OWL))).encode()),
        Written("Old", (ELK,)),
        Written("x.toml", before=(OWL,), after=(replace(OWL, answer="Another."),)),
    ]
    keep(tmp_path / "imports" / "KEY", written)
    assert kept(tmp_path / "imports" / "KEY") == written
    forget(tmp_path / "imports" / "KEY")
    assert kept(tmp_path / "imports" / "KEY") is None


def test_a_record_that_was_spoilt_is_none(tmp_path: Path) -> None:
    keep(tmp_path / "KEY", [Written("Forest", (FOX,))])
    (tmp_path / "KEY" / "1-added.toml").write_text("[[cards]")
    assert kept(tmp_path / "KEY") is None
    (tmp_path / "KEY" / "import.json").write_text("[]")
    assert kept(tmp_path / "KEY") is None


def test_what_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "imports").write_text("in the way")
    with pytest.raises(HomeError, match="cannot be written"):
        keep(tmp_path / "imports" / "KEY", [])


def test_a_deck_that_nobody_changed_goes_as_a_whole(home: Home) -> None:
    assert take_back(home.decks, [made(home, FOX, OWL)]) == TakenBack(2, 0, ())
    assert list(home.decks.iterdir()) == []


def test_a_deck_that_was_renamed_goes_too(home: Home) -> None:
    written = made(home, FOX)
    (home.decks / "forest.toml").rename(home.decks / "woods.toml")
    assert take_back(home.decks, [written]).removed == 1
    assert list(home.decks.iterdir()) == []


def test_changed_cards_and_those_of_the_user_stay(home: Home) -> None:
    written = made(home, FOX, OWL)
    path = home.decks / "forest.toml"
    text = path.read_text().replace("an owl it is.", "a wise owl.")
    path.write_text(f'# mine\n{text}\n[[cards]]\nquestion = "Mine?"\nanswer = "Yes."\n')
    assert take_back(home.decks, [written]) == TakenBack(1, 0, (OWL.question,))
    assert questions(home) == [OWL.question, "Mine?"]
    assert path.read_text().startswith("# mine\n")


@pytest.mark.parametrize(
    "old",
    [
        'title = "Old" # mine\n\n[[cards]]\nquestion = "Mine?"\nanswer = "Yes." # so\n# the end\n',
        'title = "Old"\r\n[[cards]]\r\nquestion = "Mine?"\r\nanswer = "Yes."\r\n',
        'title = "Old"\ncards = [{question = "Mine?", answer = "Yes."}] # all\n',
        'title = "Old"\n',
    ],
    ids=["tables", "CRLF", "inline", "empty"],
)
def test_a_deck_that_was_extended_is_as_before(home: Home, old: str) -> None:
    path = home.decks / "old.toml"
    path.write_bytes(with_cards(old, [FOX, OWL]).encode())
    assert take_back(home.decks, [Written("Old", (FOX, OWL))]) == TakenBack(2, 0, ())
    assert path.read_bytes() == old.encode()


def test_cards_that_were_moved_to_another_deck_are_found_there(home: Home, write_deck: Write) -> None:
    path = write_deck(deck_text(Deck("", "Mine", cards=(ELK, FOX))), "mine.toml")
    assert take_back(home.decks, [Written("Forest", (FOX,))]).removed == 1
    assert questions(home) == [ELK.question]
    assert path.exists()


def test_cards_that_were_brought_up_to_date_are_as_before(home: Home, write_deck: Write) -> None:
    newer = replace(OWL, answer="Newer.")
    write_deck(deck_text(Deck("", "Forest", cards=(FOX, newer))), "forest.toml")
    written = [Written("forest.toml", before=(OWL,), after=(newer,))]
    assert take_back(home.decks, written) == TakenBack(0, 1, ())
    deck = read_deck((home.decks / "forest.toml").read_bytes(), "forest.toml").deck
    assert deck is not None
    assert deck.cards == (FOX, OWL)
    assert take_back(home.decks, written) == TakenBack(0, 0, (OWL.question,))


def test_taking_back_twice_does_nothing_more(home: Home) -> None:
    written = made(home, FOX)
    take_back(home.decks, [written])
    assert take_back(home.decks, [written]) == TakenBack(0, 0, ())


CARDS = st.lists(st.integers(0, 99), min_size=1, max_size=6, unique=True).map(
    lambda numbers: tuple(Card(card_fingerprint(f"Q{n}?"), f"Q{n}?", answer=f"A{n}\n" * (n % 3 + 1)) for n in numbers)
)


@given(CARDS, CARDS, st.booleans())
def test_removing_added_cards_leaves_the_text_as_it_was(
    had: tuple[Card, ...], added: tuple[Card, ...], inline: bool
) -> None:
    if inline:
        items = ", ".join(f'{{question = "{card.question}", answer = "x"}}' for card in had)
        text = f'title = "T"\ncards = [{items}]\n'
    else:
        text = deck_text(Deck("", "T", cards=had))
    longer = with_cards(text, added)
    assert without_cards(longer, range(len(had), len(had) + len(added))) == text

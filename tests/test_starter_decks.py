"""The decks that come with the program: complete, well formed, and known by ids that never change."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from trainer.home import starter_decks
from trainer.library.deck_format import read_deck
from trainer.library.identity import same_wording
from trainer.model import Card, Deck

DECKS = Path(__file__).parents[1] / "decks"
PATHS = sorted(DECKS.glob("*.toml"))


def deck_of(path: Path) -> Deck:
    content = read_deck(path.read_bytes(), path.name)
    assert content.problems == []
    assert content.deck is not None
    return content.deck


def cards_of(name: str, tag: str = "") -> list[Card]:
    return [card for card in deck_of(DECKS / name).cards if not tag or tag in card.tags]


def raw(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


BEHAVIOURAL = cards_of("leading-product-marketing.toml", "behavioural")
every_behavioural = pytest.mark.parametrize("card", BEHAVIOURAL, ids=lambda card: card.id)
every_deck = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_the_program_finds_the_decks_of_the_repository() -> None:
    assert [path.name for path in starter_decks()] == [path.name for path in PATHS]
    assert [path.name for path in PATHS] == [
        "it-product-manager.toml",
        "leading-product-marketing.toml",
        "product-leadership.toml",
        "senior-pm-responsibilities.toml",
        "senior-product-manager.toml",
        "start-here.toml",
    ]


@every_deck
def test_every_deck_loads_without_a_problem_and_says_what_it_is(path: Path) -> None:
    deck = deck_of(path)
    assert raw(path)["format"] == 1
    assert raw(path)["title"] == deck.title
    assert deck.about
    assert deck.tags
    assert deck.cards


@every_deck
def test_every_card_and_point_has_an_id_of_its_own(path: Path) -> None:
    for card in raw(path)["cards"]:
        assert card["id"]
        for point in card["key_points"]:
            assert isinstance(point, dict), card["id"]
            assert point["id"]


@every_deck
def test_every_card_is_complete(path: Path) -> None:
    for card in deck_of(path).cards:
        for field in ("question", "key_points", "answer", "follow_ups", "hint", "why", "tags"):
            assert getattr(card, field), (card.id, field)


@every_deck
def test_files_are_plain_text_that_any_editor_shows(path: Path) -> None:
    data = path.read_bytes()
    assert b"\r" not in data
    assert b"\t" not in data
    assert data.endswith(b"\n")
    assert not data.startswith(b"\xef\xbb\xbf")


def test_ids_and_questions_are_unique_over_all_decks() -> None:
    cards = [card for path in PATHS for card in deck_of(path).cards]
    for values in (card.id for card in cards), (same_wording(card.question) for card in cards):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_leading_product_marketing_has_fifteen_stories_and_five_questions_about_interviewing() -> None:
    cards = cards_of("leading-product-marketing.toml")
    assert len(cards) == 20
    assert len(BEHAVIOURAL) == 15


@every_behavioural
def test_a_story_has_four_to_seven_short_points(card: Card) -> None:
    assert 4 <= len(card.key_points) <= 7
    for point in card.key_points:
        assert len(point.text.split()) < 12, point.text


@every_behavioural
def test_a_story_is_told_in_120_to_200_words(card: Card) -> None:
    assert 120 <= len(card.answer.split()) <= 200


@every_behavioural
def test_a_story_has_three_or_four_follow_ups_a_hint_and_a_reason(card: Card) -> None:
    assert 3 <= len(card.follow_ups) <= 4
    assert all(each.endswith("?") for each in card.follow_ups)
    assert card.hint
    assert card.why
    assert len(card.tags) >= 2


@every_deck
def test_every_card_can_be_said_in_a_minute_or_so_and_ticked_after(path: Path) -> None:
    for card in deck_of(path).cards:
        if path.name == "start-here.toml":
            continue
        assert 3 <= len(card.key_points) <= 7, card.id
        assert sum(point.weight == 2 for point in card.key_points) == 1, card.id
        assert all(len(point.text.split()) < 12 for point in card.key_points), card.id
        assert 60 <= len(card.answer.split()) <= 200, card.id
        assert all(each.endswith("?") for each in card.follow_ups), card.id


def test_start_here_teaches_the_trainer_in_six_to_eight_cards() -> None:
    cards = cards_of("start-here.toml")
    assert 6 <= len(cards) <= 8
    said = " ".join(f"{card.question} {card.answer}" for card in cards)
    for subject in ("trainer home", "trainer new", "trainer check", "again", "hard", "good", "easy", "progress.toml"):
        assert subject in said

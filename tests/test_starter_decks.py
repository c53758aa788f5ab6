"""The decks that come with the program: complete, well formed, and known by ids that never change."""

import calendar as calendar_names
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from trainer.home import starter_decks
from trainer.library.deck_format import read_deck
from trainer.library.identity import same_wording
from trainer.library.style import LONGEST_ANSWER, advice
from trainer.model import Card, Deck

IDS = Path(__file__).parent / "starter_ids.txt"
"""Every card and point that was ever in a starter deck."""
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
STORIES = [card for path in PATHS for card in deck_of(path).cards if "behavioural" in card.tags]
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


def test_ids_that_were_ever_given_are_still_there() -> None:
    cards = {card.id: {point.id for point in card.key_points} for path in PATHS for card in deck_of(path).cards}
    lines = [line.split(": ") for line in IDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    given = {card: set(points.split()) for card, points in lines}
    assert len(given) == len(lines)
    assert {
        card: points - cards.get(card, set()) for card, points in given.items() if points - cards.get(card, set())
    } == {}
    assert {card for card, points in cards.items() if points != given.get(card)} == set(), "add new ids to the list"


def test_each_deck_has_a_card_for_every_question_of_its_subject() -> None:
    assert {path.stem: len(deck_of(path).cards) for path in PATHS} == {
        "it-product-manager": 48,
        "leading-product-marketing": 20,
        "product-leadership": 24,
        "senior-pm-responsibilities": 21,
        "senior-product-manager": 39,
        "start-here": 8,
    }
    senior = cards_of("senior-product-manager.toml")
    assert Counter(card.tags[0] for card in senior if not card.id.startswith("spm-advice-")) == dict.fromkeys(
        ("core-responsibilities", "vision-and-strategy", "roadmap-and-prioritisation", "leadership-and-collaboration",
         "data-driven", "execution", "behavioural-questions", "closing-questions"), 4,
    )  # fmt: skip
    assert len([card for card in senior if card.id.startswith("spm-advice-")]) == 7
    it = cards_of("it-product-manager.toml")
    assert len([card for card in it if card.id.startswith("itpm-trait-")]) == 7
    assert len([card for card in it if "to-ask" in card.tags]) == 5


def test_no_person_and_no_company_is_in_two_stories() -> None:
    """Names are what is written with a capital within a sentence, but for the calendar."""
    calendar = {"Christmas", *calendar_names.month_name, *calendar_names.day_name}
    named: dict[str, set[str]] = {}
    for card in STORIES:
        for name in re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{3,}", " ".join(card.answer.split())):
            if name.removesuffix("s") not in calendar and name not in calendar:
                named.setdefault(name, set()).add(card.id)
    assert len(named) > 100
    assert {name: cards for name, cards in named.items() if len(cards) > 1} == {}


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
        assert len(card.follow_ups) >= 2, card.id
        assert all(each.endswith("?") for each in card.follow_ups), card.id
        assert 1 <= card.question.count("?") + card.question.endswith(".") <= 2, card.id


def test_stories_are_as_different_as_people() -> None:
    assert len(STORIES) == 80
    assert all(120 <= len(card.answer.split()) <= LONGEST_ANSWER for card in STORIES)
    assert all(re.search(r"\b(?:I|my|me)\b", card.answer) for card in STORIES)
    openings = Counter(" ".join(card.answer.split()[:3]) for card in STORIES)
    assert [opening for opening, count in openings.items() if count > 1] == []
    runs = Counter(
        run for card in STORIES for run in {*zip(*(card.answer.split()[at:] for at in range(8)), strict=False)}
    )
    assert [" ".join(run) for run, count in runs.items() if count > 1] == []


@every_deck
def test_every_deck_follows_our_own_advice(path: Path) -> None:
    deck = deck_of(path)
    assert [str(problem) for problem in advice(deck, lambda _: 1)] == []


def test_start_here_teaches_the_trainer_in_six_to_eight_cards() -> None:
    cards = cards_of("start-here.toml")
    assert 6 <= len(cards) <= 8
    said = " ".join(f"{card.question} {card.answer}" for card in cards)
    for subject in ("trainer home", "trainer new", "trainer check", "again", "hard", "good", "easy", "progress.toml"):
        assert subject in said

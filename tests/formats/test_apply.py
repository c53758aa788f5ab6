"""What an import would do to the decks of a home, and doing it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.errors import HomeError, TrainerError
from trainer.formats.apply import write_import
from trainer.formats.found import Found, FoundCard, Skipped
from trainer.formats.planning import ImportPlan, plan_import
from trainer.home import Home
from trainer.library.deck_format import read_deck
from trainer.library.folder import read_library
from trainer.model import Card, Deck, KeyPoint

Write = Callable[..., Path]

LION = Card("lion", "What is a lion?", answer="A cat.")
WOLF = Card("wolf", "What is a wolf?", (KeyPoint("dog", "A dog", 2.0), KeyPoint("pack", "In a pack")), answer="Grey.")


def found(*cards: Card, title: str = "Animals", file: str = "/in/animals.toml", verbatim: bytes | None = None) -> Found:
    listed = [FoundCard(card, 10 * number) for number, card in enumerate(cards, 1)]
    return Found(file, Deck("animals.toml", title, "About them", ("a", "b")), listed, [], verbatim)


def plan(home: Home, *sources: Found, title: str | None = None) -> ImportPlan:
    return plan_import(read_library(home.decks), sources, title)


def cards_of(path: Path) -> tuple[Card, ...]:
    content = read_deck(path.read_bytes(), path.name)
    assert content.problems == []
    assert content.deck is not None
    return content.deck.cards


def test_a_new_deck_has_title_description_tags_and_cards(home: Home) -> None:
    planned = plan(home, found(LION, WOLF))
    assert planned.count == 2
    (path,) = write_import(planned, home.decks)
    assert path == home.decks / "animals.toml"
    assert cards_of(path) == (LION, WOLF)
    deck = read_deck(path.read_bytes(), path.name).deck
    assert deck is not None
    assert (deck.title, deck.about, deck.tags) == ("Animals", "About them", ("a", "b"))


def test_planning_writes_nothing(home: Home) -> None:
    plan(home, found(LION))
    assert list(home.decks.iterdir()) == []


def test_a_source_without_a_fault_is_written_as_it_is(home: Home) -> None:
    (path,) = write_import(plan(home, found(LION, verbatim=b"# as it is")), home.decks)
    assert path.read_bytes() == b"# as it is"


@pytest.mark.parametrize(
    "sources",
    [
        [found(LION, LION, verbatim=b"#")],
        [found(LION, verbatim=b"#"), found(WOLF, verbatim=b"#")],
    ],
    ids=["a card twice", "two sources"],
)
def test_what_is_not_all_of_one_source_is_written_anew(home: Home, sources: list[Found]) -> None:
    (path,) = write_import(plan(home, *sources), home.decks)
    assert cards_of(path) == ((LION,) if len(sources) == 1 else (LION, WOLF))


def test_a_new_title_means_a_new_text(home: Home) -> None:
    (path,) = write_import(plan(home, found(LION, verbatim=b"#"), title="Big Beasts!"), home.decks)
    assert path.name == "big-beasts.toml"
    assert b'title = "Big Beasts!"' in path.read_bytes()
    assert cards_of(path) == (LION,)


def test_cards_of_the_home_are_left_out_with_the_line_and_the_reason(home: Home, write_deck: Write) -> None:
    write_deck('[[cards]]\nid = "lion"\nquestion = "what is  a LION"\nanswer = "x"\n', "one.toml")
    write_deck('[[cards]]\nid = "wolf"\nquestion = "Who is Wolf?"\nanswer = "x"\n', "two.toml")
    planned = plan(home, found(LION, WOLF))
    assert planned.count == 0
    assert planned.skipped == (
        Skipped("/in/animals.toml", 10, "What is a lion?", "The home has this card already."),
        Skipped("/in/animals.toml", 20, "What is a wolf?", "The id `wolf` belongs to another question."),
    )
    assert planned.additions == ()


def test_a_card_found_twice_comes_once(home: Home) -> None:
    planned = plan(home, found(LION), found(LION, title="Cats", file="/in/cats.toml"))
    assert [(addition.title, addition.cards) for addition in planned.additions] == [("Animals", (LION,))]
    assert planned.count == 1
    assert [skipped.file for skipped in planned.skipped] == ["/in/cats.toml"]


def test_what_the_reader_left_out_is_left_out(home: Home) -> None:
    source = found(LION)
    source.skipped.append(Skipped("/in/animals.toml", 3, "Bad", "It is bad."))
    assert plan(home, source).skipped == (Skipped("/in/animals.toml", 3, "Bad", "It is bad."),)


def test_a_deck_of_the_same_title_in_any_case_is_extended(home: Home, write_deck: Write) -> None:
    path = write_deck('title = "ANIMALS" # mine\n', "zoo.toml")
    planned = plan(home, found(LION, WOLF))
    assert planned.additions[0].into is not None
    assert write_import(planned, home.decks) == [path]
    assert path.read_bytes().startswith(b'title = "ANIMALS" # mine\n')
    assert cards_of(path) == (LION, WOLF)


def test_sources_of_titles_in_different_case_go_into_the_one_deck(home: Home, write_deck: Write) -> None:
    path = write_deck('title = "animals"\n', "zoo.toml")
    write_import(plan(home, found(LION), found(WOLF, title="ANIMALS")), home.decks)
    assert cards_of(path) == (LION, WOLF)


def test_a_deck_with_faults_of_its_own_is_extended_all_the_same(home: Home, write_deck: Write) -> None:
    path = write_deck('title = "Animals"\nodd = 1\n[[cards]]\nquestion = "Bad"\n', "zoo.toml")
    before = path.read_bytes()
    write_import(plan(home, found(LION, WOLF)), home.decks)
    assert path.read_bytes().startswith(before)
    content = read_deck(path.read_bytes(), "zoo.toml")
    assert content.deck is not None
    assert content.deck.cards == (LION, WOLF)


@pytest.mark.parametrize("text", ['title = "Animals"\ncards = 5\n', 'title = "Animals"\ncards = "[]"\n'])
def test_a_deck_that_cannot_be_extended_stays_as_it_is(home: Home, write_deck: Write, text: str) -> None:
    path = write_deck(text, "zoo.toml")
    with pytest.raises(TrainerError, match="could not be extended") as raised:
        write_import(plan(home, found(LION)), home.decks)
    assert "trainer check" in raised.value.hint
    assert path.read_text() == text
    assert [entry.name for entry in home.decks.iterdir()] == ["zoo.toml"]


def test_a_deck_that_broke_after_the_plan_stays_as_it_is(home: Home, write_deck: Write) -> None:
    path = write_deck('title = "Animals"\n', "zoo.toml")
    planned = plan(home, found(LION))
    path.write_text("[[cards]")
    with pytest.raises(TrainerError, match="could not be extended"):
        write_import(planned, home.decks)
    assert path.read_text() == "[[cards]"


def test_a_deck_that_went_away_after_the_plan_is_told(home: Home, write_deck: Write) -> None:
    path = write_deck('title = "Animals"\n', "zoo.toml")
    planned = plan(home, found(LION))
    path.unlink()
    with pytest.raises(TrainerError) as raised:
        write_import(planned, home.decks)
    assert str(path) in raised.value.message
    assert list(home.decks.iterdir()) == []


def test_what_others_wrote_after_the_plan_is_kept(home: Home, write_deck: Write) -> None:
    path = write_deck('title = "Animals"\n', "zoo.toml")
    planned = plan(home, found(LION))
    path.write_text('title = "Animals"\n# written meanwhile\n[[cards]]\nid = "a"\nquestion = "A?"\nanswer = "A"\n')
    write_import(planned, home.decks)
    assert "# written meanwhile" in path.read_text()
    assert [card.id for card in cards_of(path)] == ["a", "lion"]


def test_a_folder_that_cannot_be_written_is_told(home: Home) -> None:
    planned = plan(home, found(LION))
    home.decks.rmdir()
    home.decks.write_text("in the way")
    with pytest.raises(HomeError, match="cannot be written"):
        write_import(planned, home.decks)
    assert home.decks.read_text() == "in the way"


def test_a_deck_of_known_cards_alone_is_no_addition(home: Home, write_deck: Write) -> None:
    write_deck('title = "Zoo"\n[[cards]]\nid = "lion"\nquestion = "What is a lion?"\nanswer = "x"\n', "zoo.toml")
    planned = plan(home, found(LION, verbatim=b"#"))
    assert planned.additions == ()


def test_an_empty_deck_is_an_addition(home: Home) -> None:
    planned = plan(home, found(verbatim=b"# empty"))
    assert (len(planned.additions), planned.count) == (1, 0)
    (path,) = write_import(planned, home.decks)
    assert path.read_bytes() == b"# empty"

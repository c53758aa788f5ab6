"""Rewording: cards and points of decks that were edited are found again, recorded once, and parted for good."""

import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from trainer.clock import FixedClock
from trainer.collection import rewording
from trainer.collection.collection import Collection
from trainer.collection.rewording import find_renamings, follow_rewording, renamed_cards, renamings_in_words
from trainer.home import Home
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.library.rewording import Renaming
from trainer.model import Rating, Review

CALL = "Describe a hard decision you made at work"
DECISION = "Tell me about a hard decision you made at work"
OTHER = "How does a hash table deal with collisions?"
COST = "Names the options and what each would have cost"
COST_MORE = "Names the options, and what each of them would have cost"
WHO = "Says what was decided and by whom"


def deck(*cards: tuple[str, Sequence[str]], ids: Sequence[str] = ()) -> str:
    """Return a deck of questions with points, some with ids."""
    text = 'title = "D"\n'
    for number, (question, points) in enumerate(cards):
        text += "[[cards]]\n" + (f'id = "{ids[number]}"\n' if number < len(ids) and ids[number] else "")
        text += f'question = "{question}"\nkey_points = {list(points)}\nanswer = "An answer."\n'
    return text


@pytest.fixture
def open_home(home: Home, clock: FixedClock) -> Callable[[], Collection]:
    """Open the home, as a new process does."""
    return lambda: Collection(home, clock)


def review(collection: Collection, question: str, rating: Rating = Rating.GOOD) -> None:
    """Review a card, all points made."""
    (card,) = (each for each in collection.library.cards.values() if each.question == question)
    points = [point.id for point in card.points]
    made, missed = ([], points) if rating is Rating.AGAIN else (points, [])
    day = collection.today
    collection.record_review(
        card, Review(day, rating, made, missed, given=False, seconds=9, due=day + timedelta(days=3))
    )


def reviews(collection: Collection) -> dict[str, int]:
    """Return how many reviews each card of the decks has, by its question."""
    return {card.question: collection.state(card.id).reviews for card in collection.library.cards.values()}


def known_points(collection: Collection, question: str) -> set[str]:
    """Return the texts of a card's points that have memory."""
    (card,) = (each for each in collection.library.cards.values() if each.question == question)
    return {point.text for point in card.points if point.id in collection.state(card.id).memory}


@pytest.fixture
def reworded(open_home: Callable[[], Collection], write_deck: Callable[..., Path]) -> Collection:
    """A home whose one card was reviewed and then reworded in its deck; nothing of that is recorded yet."""
    write_deck(deck((CALL, [COST])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    write_deck(deck((DECISION, [COST])), "d.toml")
    collection.refresh()
    return collection


def lines(home: Home) -> list[str]:
    """Return the lines of the log that join ids."""
    return [line for line in home.log.read_text(encoding="utf-8").splitlines() if " was = " in line]


def test_a_reworded_card_keeps_its_memory(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path], home: Home
) -> None:
    write_deck(deck((CALL, [COST, WHO]), (OTHER, ["Chaining"])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    write_deck(deck((DECISION, [COST, WHO]), (OTHER, ["Chaining"])), "d.toml")
    assert collection.refresh().decks
    assert reviews(collection) == {DECISION: 0, OTHER: 0}
    (found,) = follow_rewording(collection)
    assert (found.old, found.new, found.question, found.stands) == (CALL, DECISION, "", True)
    assert reviews(collection) == {DECISION: 1, OTHER: 0}
    assert collection.due(card_fingerprint(DECISION)) == collection.today + timedelta(days=3)
    (line,) = lines(home)
    said = f'= {{ card = "{card_fingerprint(DECISION)}", was = "{card_fingerprint(CALL)}" }} # {DECISION}'
    assert line.endswith(said)
    assert follow_rewording(collection) == []


def test_reading_alone_records_nothing(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path], home: Home
) -> None:
    write_deck(deck((CALL, [COST])), "d.toml")
    review(open_home(), CALL)
    write_deck(deck((DECISION, [COST])), "d.toml")
    collection = open_home()
    collection.refresh()
    assert find_renamings(collection) == [Renaming(card_fingerprint(DECISION), card_fingerprint(CALL))]
    assert lines(home) == []


def test_a_reworded_point_keeps_its_memory_and_an_added_one_has_none(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path]
) -> None:
    write_deck(deck((CALL, [COST, WHO])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    write_deck(deck((CALL, [COST_MORE, WHO, "Gives the result in numbers"])), "d.toml")
    collection.refresh()
    (found,) = follow_rewording(collection)
    assert (found.old, found.new, found.question) == (COST, COST_MORE, CALL)
    assert known_points(collection, CALL) == {COST_MORE, WHO}


def test_question_and_points_reworded_at_once_are_joined_at_once(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path], home: Home
) -> None:
    write_deck(deck((CALL, [COST, WHO])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    write_deck(deck((DECISION, [COST_MORE, WHO])), "d.toml")
    collection.refresh()
    assert [(each.old, each.new) for each in follow_rewording(collection)] == [(CALL, DECISION), (COST, COST_MORE)]
    assert known_points(collection, DECISION) == {COST_MORE, WHO}
    assert len(lines(home)) == 2


def test_first_points_continue_the_answer_and_the_answer_the_last_ones(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path]
) -> None:
    write_deck(deck((CALL, [])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    write_deck(deck((CALL, [COST, WHO])), "d.toml")
    collection.refresh()
    assert [(each.old, each.new) for each in follow_rewording(collection)] == [
        ("the answer as a whole", text) for text in sorted([COST, WHO], key=point_fingerprint)
    ]
    assert known_points(collection, CALL) == {COST, WHO}
    write_deck(deck((CALL, [])), "d.toml")
    collection.refresh()
    assert follow_rewording(collection) == []  # joined already
    assert known_points(collection, CALL) == {"the answer"}


def test_the_answer_continues_points_that_it_was_never_joined_with(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path]
) -> None:
    write_deck(deck((CALL, [COST, WHO])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    write_deck(deck((CALL, [])), "d.toml")
    collection.refresh()
    assert {(each.old, each.new) for each in follow_rewording(collection)} == {
        (COST, "the answer as a whole"), (WHO, "the answer as a whole"),
    }  # fmt: skip
    assert known_points(collection, CALL) == {"the answer"}


BEFORE = deck((CALL, [COST, WHO]), (OTHER, ["Chaining"]))


@pytest.mark.parametrize(
    ("before", "files", "joins"),
    [
        pytest.param(BEFORE, {"e.toml": BEFORE}, 0, id="moved to another file"),
        pytest.param(
            BEFORE, {"d.toml": deck((OTHER, ["Chaining"])), "e.toml": deck((CALL, [COST, WHO]))}, 0, id="split"
        ),
        pytest.param(BEFORE, {"d.toml": deck((CALL, [COST, WHO]), ids=["call"])}, 1, id="an id given"),
        pytest.param(
            deck((CALL, [COST, WHO]), ids=["one"]), {"d.toml": deck((CALL, [COST, WHO]), ids=["two"])}, 1,
            id="an id changed",
        ),
        pytest.param(
            deck((CALL, [COST, WHO]), ids=["one"]), {"d.toml": deck((CALL, [COST, WHO]))}, 1, id="an id removed"
        ),
        pytest.param(
            BEFORE, {"e.toml": deck((DECISION, [COST, WHO]), ids=["two"]), "d.toml": deck((OTHER, ["Chaining"]))}, 1,
            id="reworded, given an id and moved at once",
        ),
    ],
)  # fmt: skip
def test_what_may_happen_to_a_deck_costs_no_memory(
    open_home: Callable[[], Collection],
    write_deck: Callable[..., Path],
    home: Home,
    before: str,
    files: dict[str, str],
    joins: int,
) -> None:
    path = write_deck(before, "d.toml")
    review(open_home(), CALL)
    path.unlink()
    for name, text in files.items():
        write_deck(text, name)
    collection = open_home()
    follow_rewording(collection)
    follow_rewording(collection)
    (kept,) = (card for card in collection.library.cards.values() if collection.state(card.id).reviews)
    assert kept.question in (CALL, DECISION)
    assert known_points(collection, kept.question) == {COST, WHO}
    assert len(lines(home)) == joins


def test_nothing_has_vanished_while_a_deck_does_not_load(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path], home: Home
) -> None:
    write_deck(deck((CALL, [COST])), "d.toml")
    write_deck(deck((OTHER, ["Chaining"])), "e.toml")
    review(open_home(), CALL)
    (home.decks / "d.toml").unlink()
    write_deck(deck((OTHER, ["Chaining"]), (DECISION, [COST])), "e.toml")
    write_deck("title = ", "f.toml")
    assert find_renamings(open_home()) == []
    (home.decks / "f.toml").unlink()
    assert len(find_renamings(open_home())) == 1


def test_a_deck_that_breaks_while_it_is_open_lets_nothing_vanish(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path]
) -> None:
    write_deck(deck((CALL, [COST])), "d.toml")
    write_deck(deck((OTHER, ["Chaining"])), "e.toml")
    collection = open_home()
    review(collection, OTHER)
    write_deck("title = ", "d.toml")
    write_deck(deck((OTHER + " Say how.", ["Chaining"])), "e.toml")
    collection.refresh()
    assert find_renamings(collection) == []


def test_a_card_that_has_memory_takes_no_other(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path]
) -> None:
    write_deck(deck((CALL, [COST]), (DECISION, [COST])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    review(collection, DECISION)
    write_deck(deck((DECISION, [COST])), "d.toml")
    collection.refresh()
    assert find_renamings(collection) == []


# Taken apart


def test_what_was_undone_is_never_joined_again(
    reworded: Collection, open_home: Callable[[], Collection], write_deck: Callable[..., Path], home: Home
) -> None:
    (found,) = follow_rewording(reworded)
    reworded.undo(found.key)
    assert reviews(reworded) == {DECISION: 0}
    assert follow_rewording(reworded) == []
    shutil.rmtree(home.cache)
    again = open_home()
    assert follow_rewording(again) == []
    assert [each.stands for each in renamings_in_words(again, "")] == [False]
    assert renamed_cards(again, "") == 0
    write_deck(deck((CALL, [COST])), "d.toml")
    again.refresh()
    assert reviews(again) == {CALL: 1}


def test_an_undone_pair_of_points_stays_apart_though_the_card_is_reworded(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path]
) -> None:
    write_deck(deck((CALL, [COST, WHO])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    write_deck(deck((CALL, [COST_MORE, WHO])), "d.toml")
    collection.refresh()
    (found,) = follow_rewording(collection)
    collection.undo(found.key)
    assert follow_rewording(collection) == []
    write_deck(deck((DECISION, [COST_MORE, WHO])), "d.toml")
    collection.refresh()
    assert [(each.old, each.new) for each in follow_rewording(collection)] == [(CALL, DECISION)]
    assert follow_rewording(collection) == []
    assert known_points(collection, DECISION) == {WHO}


def test_what_joins_the_undone_pair_by_other_names_is_not_proposed_either(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path]
) -> None:
    write_deck(deck((CALL, [COST]), ids=["one"]), "d.toml")
    collection = open_home()
    review(collection, CALL)
    write_deck(deck((DECISION, [COST]), ids=["two"]), "d.toml")
    collection.refresh()
    (found,) = follow_rewording(collection)
    collection.undo(found.key)
    review(collection, DECISION)
    write_deck(deck((DECISION, [COST]), ids=["three"]), "d.toml")
    collection.refresh()
    assert [each.card for each in find_renamings(collection)] == ["three"]
    follow_rewording(collection)
    assert ("three", "", "one") in collection.parted()
    assert follow_rewording(collection) == []


# Chains and circles


def test_a_card_reworded_again_and_again_keeps_its_memory(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path], home: Home
) -> None:
    wordings = [CALL, DECISION, "Please tell me about a tough decision that you made at work", DECISION + ", and why"]
    write_deck(deck((CALL, [COST])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    for number, wording in enumerate(wordings[1:], start=1):
        write_deck(deck((wording, [COST])), "d.toml")
        collection.refresh()
        assert len(follow_rewording(collection)) == 1
        assert reviews(collection) == {wording: number}
        review(collection, wording)
    shutil.rmtree(home.cache)
    again = open_home()
    assert reviews(again) == {wordings[-1]: 4}
    assert follow_rewording(again) == []
    assert len(lines(home)) == 3


def test_reworded_and_back_again_loses_nothing_and_records_nothing_more(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path], home: Home
) -> None:
    write_deck(deck((CALL, [COST])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    for wording in (DECISION, CALL, DECISION, CALL):
        write_deck(deck((wording, [COST])), "d.toml")
        collection.refresh()
        follow_rewording(collection)
        review(collection, wording)
    assert reviews(collection) == {CALL: 5}
    assert len(lines(home)) == 1
    write_deck(deck((DECISION, [COST]), (CALL, [COST])), "d.toml")
    collection.refresh()
    assert reviews(collection) == {CALL: 3, DECISION: 2}  # with both in decks each has its own
    assert follow_rewording(collection) == []


# Other processes, other machines


def test_a_second_machine_with_the_same_log_and_decks_records_nothing(
    reworded: Collection, home: Home, clock: FixedClock, tmp_path: Path
) -> None:
    follow_rewording(reworded)
    shutil.copytree(home.folder, tmp_path / "other", ignore=shutil.ignore_patterns("cache", "backups"))
    other = Home(tmp_path / "other")
    before = other.log.read_bytes()
    there = Collection(other, clock)
    assert reviews(there) == {DECISION: 1}
    assert follow_rewording(there) == []
    assert other.log.read_bytes() == before


def test_two_processes_that_find_the_same_count_it_once(
    reworded: Collection, open_home: Callable[[], Collection]
) -> None:
    found = find_renamings(reworded)
    rewording.record_renamings(open_home(), found)
    rewording.record_renamings(reworded, found)
    assert reviews(reworded) == {DECISION: 1}
    assert len(reworded.renamings()) == 2
    (shown,) = renamings_in_words(reworded, "")
    reworded.undo(shown.key)
    assert reviews(reworded) == {DECISION: 0}


def test_a_log_that_cannot_be_written_joins_nothing_and_stops_nothing(reworded: Collection, home: Home) -> None:
    (home.folder / "progress.lock").unlink()
    (home.folder / "progress.lock").mkdir()
    assert follow_rewording(reworded) == []
    (home.folder / "progress.lock").rmdir()
    assert len(follow_rewording(reworded)) == 1


# What it costs


def test_a_search_that_found_nothing_is_made_again_only_when_something_changed(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path]
) -> None:
    write_deck(deck((CALL, [COST])), "d.toml")
    collection = open_home()
    review(collection, CALL)
    assert collection.vanished.found_nothing  # nothing is missing
    write_deck(deck((OTHER, ["Chaining"])), "d.toml")
    collection.refresh()
    assert not collection.vanished.found_nothing
    assert find_renamings(collection) == []
    assert collection.vanished.found_nothing
    assert open_home().vanished.found_nothing
    write_deck(deck((OTHER, ["Chaining"]), (DECISION, [COST])), "d.toml")
    collection.refresh()
    assert not collection.vanished.found_nothing
    assert len(follow_rewording(collection)) == 1


def test_among_very_many_new_cards_the_right_one_is_found(
    open_home: Callable[[], Collection], write_deck: Callable[..., Path]
) -> None:
    write_deck(deck((CALL, [COST, WHO])), "d.toml")
    review(open_home(), CALL)
    names = [f"{number:x}".translate(str.maketrans("0123456789", "ghijklmnop")) * 3 for number in range(400)]
    others = [(f"Why did {name} fall to the sea people?", [f"Names the walls of {name}"]) for name in names]
    write_deck(deck(*others, (DECISION, [COST_MORE, WHO])), "d.toml")
    collection = open_home()
    assert {(each.old, each.new) for each in follow_rewording(collection)} == {(CALL, DECISION), (COST, COST_MORE)}

"""Cards changed, added, moved and deleted by hand: files stay theirs, memory stays, all of it can be taken back."""

import errno
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.collection.deck_editing import join_decks, new_deck, rename_deck, split_deck
from trainer.collection.editing import ChangedElsewhere, add_cards, change_cards, delete_cards, move_cards
from trainer.errors import NotSavedError, TrainerError
from trainer.home import Home
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.library.one_card import CardFault, card_for_editor, read_card
from trainer.model import Card, KeyPoint, Rating, Review

RIVERS = """\
# Rivers, of my own
title = "Rivers"

# the longest first
[[cards]]
question = "Where does the Danube end?"   # easy
key_points = [
  "In a delta",   # a big one
  "In the Black Sea",
]
hint = "East."

[[cards]]
question = "Where does the Rhine begin?"
answer = "In the Alps."
"""
LAKES = (
    'title = "Lakes"\ncards = [\n  { id = "deep", question = "Which is the deepest?", answer = "Baikal." }, # old\n]\n'
)
DANUBE, RHINE = card_fingerprint("Where does the Danube end?"), card_fingerprint("Where does the Rhine begin?")


@pytest.fixture
def waters(home: Home, clock: FixedClock, write_deck: Callable[..., Path]) -> Collection:
    """A home with two decks, all cards of which were reviewed."""
    write_deck(RIVERS, "rivers.toml")
    write_deck(LAKES, "lakes.toml")
    collection = Collection(home, clock)
    for card in list(collection.library.cards.values()):
        review(collection, card)
    return collection


def review(collection: Collection, card: Card) -> None:
    points = [point.id for point in card.points]
    day = collection.today
    collection.record_review(
        card, Review(day, Rating.GOOD, points, [], given=False, seconds=9, due=day + timedelta(days=3))
    )


def text_of(collection: Collection, file: str = "rivers.toml") -> str:
    return (collection.home.decks / file).read_bytes().decode()


def change(collection: Collection, card_id: str, **fields: object) -> Card:
    """Change fields of a card; return it as its deck has it then."""
    card = collection.library.cards[card_id]
    done = change_cards(collection, {card_id: replace(card, **fields)})  # type: ignore[arg-type]
    return collection.library.cards[done.card_ids[card_id]]


def worded(card: Card, number: int, text: str) -> tuple[KeyPoint, ...]:
    return tuple(replace(p, text=text) if n == number else p for n, p in enumerate(card.key_points))


# Changing


def test_a_reworded_card_and_point_keep_their_memory_and_the_file_its_lines(waters: Collection) -> None:
    card = waters.library.cards[DANUBE]
    memory = waters.state(DANUBE).memory
    now = change(waters, DANUBE, question="Where is the Danube's mouth?", key_points=worded(card, 0, "It fans out"))
    assert text_of(waters) == RIVERS.replace("Where does the Danube end?", "Where is the Danube's mouth?").replace(
        "In a delta", "It fans out"
    )
    assert now.id == card_fingerprint("Where is the Danube's mouth?")
    state = waters.state(now.id)
    assert state.reviews == 1
    assert state.memory[point_fingerprint("It fans out")] == memory[point_fingerprint("In a delta")]
    assert set(state.memory) == {point.id for point in now.points}
    fresh = Collection(waters.home, waters.clock)
    assert fresh.state(now.id) == state


def test_ids_that_the_file_says_stay(waters: Collection, write_deck: Callable[..., Path]) -> None:
    fingerprint = point_fingerprint("Sea")
    text = f'[[cards]]\nid = "mine"\nquestion = "Q"\nkey_points = [{{ id = "{fingerprint}", text = "Sea" }}]\n'
    write_deck(text, "own.toml")
    waters.refresh()
    now = change(waters, "mine", question="Q, in other words", key_points=(KeyPoint(fingerprint, "Ocean"),))
    assert (now.id, now.key_points) == ("mine", (KeyPoint(fingerprint, "Ocean"),))
    assert text_of(waters, "own.toml") == text.replace('"Q"', '"Q, in other words"').replace("Sea", "Ocean")


def test_nothing_is_recorded_of_a_card_that_was_never_reviewed(waters: Collection) -> None:
    add_cards(waters, "rivers.toml", [Card(card_fingerprint("New?"), "New?", answer="Yes.")])
    before = waters.event_count
    change(waters, card_fingerprint("New?"), question="Newer?")
    assert waters.event_count == before


def test_first_points_take_over_what_was_known_of_the_answer_and_give_it_back(waters: Collection) -> None:
    memory = waters.state(RHINE).memory["answer"]
    one, two = (KeyPoint(point_fingerprint(text), text) for text in ("Tomasee", "The Alps"))
    change(waters, RHINE, key_points=(one, two))
    assert waters.state(RHINE).memory == {one.id: memory, two.id: memory}
    change(waters, RHINE, key_points=())
    assert waters.state(RHINE).memory == {"answer": memory}


def test_a_removed_point_goes_and_an_added_one_is_new(waters: Collection) -> None:
    card = waters.library.cards[DANUBE]
    added = KeyPoint(point_fingerprint("Past Vienna and Budapest"), "Past Vienna and Budapest", 2.0)
    change(waters, DANUBE, key_points=(added, card.key_points[1]))
    assert set(waters.state(DANUBE).memory) == {point_fingerprint("In a delta"), card.key_points[1].id}
    assert waters.kind(DANUBE, waters.today + timedelta(days=1)) == "new"


def test_a_change_taken_back_leaves_file_and_memory_as_they_were_and_can_be_made_again(waters: Collection) -> None:
    state = waters.state(DANUBE)
    card = waters.library.cards[DANUBE]
    other = {DANUBE: replace(card, question="Whither the Danube?")}
    done = change_cards(waters, other)
    done.undo(waters)
    assert text_of(waters) == RIVERS
    assert waters.state(DANUBE) == state
    again = change_cards(waters, other)
    assert waters.state(again.card_ids[DANUBE]).memory == state.memory


def test_what_no_deck_may_hold_is_refused_in_the_words_of_check(waters: Collection) -> None:
    with pytest.raises(CardFault, match="A card needs a `question`"):
        change(waters, DANUBE, question=" ")
    with pytest.raises(CardFault, match="A card needs `key_points` or an `answer`"):
        change(waters, DANUBE, key_points=(), answer="")
    card = waters.library.cards[DANUBE]
    with pytest.raises(CardFault, match="Key point 2 is the same as key point 1"):
        change(waters, DANUBE, key_points=worded(card, 1, "in a DELTA."))
    with pytest.raises(TrainerError, match="in the deck Rivers already"):
        change(waters, DANUBE, question="Where does the Rhine begin")
    with pytest.raises(TrainerError, match="No deck has the card"):
        change_cards(waters, {"nobody": card})
    assert text_of(waters) == RIVERS


def test_a_file_changed_elsewhere_in_other_lines_keeps_these(waters: Collection) -> None:
    path = waters.home.decks / "rivers.toml"
    path.write_text(RIVERS.replace("East.", "South-east.").replace("# Rivers", "# More rivers"))
    change(waters, RHINE, answer="In Switzerland.")
    assert text_of(waters) == path.read_text()
    assert "South-east." in text_of(waters)
    assert "# More rivers" in text_of(waters)


def test_a_card_changed_elsewhere_meanwhile_gives_both_versions_and_writes_nothing(waters: Collection) -> None:
    seen = waters.library.cards[RHINE]
    path = waters.home.decks / "rivers.toml"
    path.write_text(RIVERS.replace("In the Alps.", "At Tomasee."))
    waters.refresh()
    mine = replace(seen, answer="In Switzerland.")
    with pytest.raises(ChangedElsewhere) as caught:
        change_cards(waters, {RHINE: mine}, {RHINE: seen})
    assert caught.value.mine == mine
    assert caught.value.theirs == replace(seen, answer="At Tomasee.")
    assert "Switzerland" not in text_of(waters)
    change_cards(waters, {RHINE: mine}, {RHINE: caught.value.theirs})
    assert waters.library.cards[RHINE] == mine
    path.write_text("title = 'Rivers'\n")
    with pytest.raises(ChangedElsewhere) as caught:
        change_cards(waters, {RHINE: seen}, {RHINE: mine})
    assert caught.value.theirs is None


def test_where_the_log_cannot_be_written_the_deck_stays_as_it_was(
    waters: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("trainer.progress.log.os.write", full)
    with pytest.raises(NotSavedError):
        change(waters, DANUBE, question="Where is its mouth?")
    monkeypatch.undo()
    assert text_of(waters) == RIVERS
    assert waters.library.cards[DANUBE].question == "Where does the Danube end?"


# Adding, moving, deleting


def test_a_card_that_is_added_stands_behind_the_others(waters: Collection) -> None:
    new = Card(card_fingerprint("Which is the largest?"), "Which is the largest?", answer="The Caspian Sea.")
    done = add_cards(waters, "lakes.toml", [new])
    assert list(waters.library.decks[0].cards)[1:] == [new]
    assert "}, # old\n" in text_of(waters, "lakes.toml") or "} , # old" in text_of(waters, "lakes.toml")
    with pytest.raises(TrainerError, match="in the deck Lakes already"):
        add_cards(waters, "rivers.toml", [new])
    done.undo(waters)
    assert text_of(waters, "lakes.toml") == LAKES


def test_cards_move_with_their_memory_and_the_comments_within_them(waters: Collection) -> None:
    state = waters.state(DANUBE)
    file = new_deck(waters, "Seas")
    done = move_cards(waters, [DANUBE, "deep"], file)
    assert waters.library.deck_of[DANUBE].title == "Seas"
    assert waters.state(DANUBE) == state
    assert '"In a delta",   # a big one\n' in text_of(waters, file)
    assert DANUBE not in {card.id for deck in waters.library.decks if deck.title == "Rivers" for card in deck.cards}
    done.undo(waters)
    assert text_of(waters) == RIVERS
    assert text_of(waters, "lakes.toml") == LAKES


def test_a_deleted_card_comes_back_with_its_memory(waters: Collection, home: Home, clock: FixedClock) -> None:
    state = waters.state(DANUBE)
    done = delete_cards(waters, [DANUBE, "deep"])
    assert set(waters.library.cards) == {RHINE}
    assert text_of(waters).startswith("# Rivers, of my own\n")
    kept = sorted(path.read_text() for path in home.deleted.iterdir())
    assert ['title = "Lakes"' in kept[0], 'title = "Rivers"' in kept[1]] == [True, True]
    done.undo(waters)
    assert (text_of(waters), text_of(waters, "lakes.toml")) == (RIVERS, LAKES)
    assert waters.state(DANUBE) == state


def test_what_was_changed_since_is_not_taken_back(waters: Collection) -> None:
    done = delete_cards(waters, [DANUBE])
    path = waters.home.decks / "rivers.toml"
    path.write_text(path.read_text() + "# more\n")
    with pytest.raises(TrainerError, match="was changed by another program"):
        done.undo(waters)
    assert path.read_text().endswith("# more\n")


# Decks


def test_a_deck_is_renamed_where_its_title_stands(waters: Collection) -> None:
    done = rename_deck(waters, "rivers.toml", " Streams\n")
    assert text_of(waters) == RIVERS.replace('title = "Rivers"', 'title = "Streams"')
    with pytest.raises(TrainerError, match="There is a deck 'lakes' already"):
        rename_deck(waters, "rivers.toml", "lakes")
    done.undo(waters)
    assert text_of(waters) == RIVERS


def test_the_settings_of_a_deck_follow_its_title(waters: Collection, write_deck: Callable[..., Path]) -> None:
    file = waters.home.settings
    before = '# mine\n[decks."rivers"] # the talk\nminutes = 1\npaused = true\n'
    file.write_text(before, encoding="utf-8")
    done = rename_deck(waters, "rivers.toml", "Streams")
    assert file.read_text(encoding="utf-8") == before.replace('"rivers"', "Streams")
    assert waters.settings.of_deck("streams").paused
    done.undo(waters)
    assert (file.read_text(encoding="utf-8"), text_of(waters)) == (before, RIVERS)
    write_deck('title = "RIVERS"\n', "more.toml")
    assert "stay with the other deck" in rename_deck(waters, "rivers.toml", "Streams").words
    assert file.read_text(encoding="utf-8") == before


def test_a_deck_keeps_its_title_where_its_settings_were_changed_by_another_program(waters: Collection) -> None:
    file = waters.home.settings
    file.write_text("[decks.Rivers]\npaused = true\n", encoding="utf-8")
    done = rename_deck(waters, "rivers.toml", "Streams")
    file.write_text("[decks.Streams]\npaused = false\n", encoding="utf-8")
    with pytest.raises(TrainerError, match="was changed by another program"):
        done.undo(waters)
    assert 'title = "Streams"' in text_of(waters)
    file.write_text("[decks.Streams]\n[decks.Brooks]\npaused = true\n", encoding="utf-8")
    with pytest.raises(TrainerError, match="already"):
        rename_deck(waters, "rivers.toml", "Brooks")
    assert 'title = "Streams"' in text_of(waters)


def test_a_deck_is_split_and_joined_again(waters: Collection, home: Home) -> None:
    states = {card_id: waters.state(card_id) for card_id in waters.library.cards}
    done = split_deck(waters, [RHINE], "Rhine")
    assert done.file == "rhine.toml"
    assert [card.id for card in waters.library.find_deck("Rhine").cards] == [RHINE]
    joined = join_decks(waters, ["rivers.toml", "rhine.toml", "lakes.toml"], "Waters")
    assert [(deck.title, len(deck.cards)) for deck in waters.library.decks] == [("Waters", 3)]
    assert {card_id: waters.state(card_id) for card_id in waters.library.cards} == states
    assert len(list(home.deleted.iterdir())) == 2
    joined.undo(waters)
    done.undo(waters)
    assert sorted(path.name for path in home.decks.iterdir()) == ["lakes.toml", "rivers.toml"]
    assert (text_of(waters), text_of(waters, "lakes.toml")) == (RIVERS, LAKES)


def test_a_deck_with_cards_that_do_not_load_is_not_joined_away(
    waters: Collection, write_deck: Callable[..., Path]
) -> None:
    path = write_deck('title = "Bad"\n[[cards]]\nquestion = "No answer?"\n', "bad.toml")
    with pytest.raises(TrainerError, match="has cards that do not load"):
        join_decks(waters, ["rivers.toml", "bad.toml"], "All")
    assert path.exists()
    assert text_of(waters) == RIVERS


# Any edits at all

WORDS = st.sampled_from(["alpha", "beta two", "gamma\nthree", "δ, four", "# five", '"six"', "[seven]"])


@given(st.lists(st.tuples(st.sampled_from(["question", "point", "move", "drop", "add", "hint"]), WORDS), max_size=5))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_edited_a_point_that_stays_keeps_its_memory(
    tmp_path_factory: pytest.TempPathFactory, clock: FixedClock, steps: list[tuple[str, str]]
) -> None:
    home = Home(tmp_path_factory.mktemp("home"))
    home.decks.mkdir()
    (home.decks / "rivers.toml").write_text(RIVERS)
    collection = Collection(home, clock)
    review(collection, collection.library.cards[DANUBE])
    card = collection.library.cards[DANUBE]
    for what, words in steps:
        points = list(card.key_points)
        before = collection.state(card.id).memory
        wanted = card
        if what == "question":
            wanted = replace(card, question=f"{words}?")
        elif what == "hint":
            wanted = replace(card, hint=words)
        elif what == "move":
            points.reverse()
        elif what == "drop" and len(points) > 1:
            points.pop()
        elif what == "add" and point_fingerprint(words) not in {point.id for point in points}:
            points.insert(0, KeyPoint(point_fingerprint(words), words))
        elif what == "point" and point_fingerprint(words) not in {point.id for point in points}:
            points[-1] = replace(points[-1], text=words)
        wanted = replace(wanted, key_points=tuple(points))
        done = change_cards(collection, {card.id: wanted})
        now = collection.library.cards[done.card_ids[card.id]]
        assert [point.text for point in now.key_points] == [point.text for point in wanted.key_points]
        memory = collection.state(now.id).memory
        assert collection.state(now.id).reviews == 1
        for was, point in zip(wanted.key_points, now.key_points, strict=True):
            if was.id in before:
                assert memory[point.id] == before[was.id]
        assert text_of(collection).startswith('# Rivers, of my own\ntitle = "Rivers"\n\n# the longest first\n')
        assert text_of(collection).endswith(
            '[[cards]]\nquestion = "Where does the Rhine begin?"\nanswer = "In the Alps."\n'
        )
        card = now


# One card for an editor

EMPTY = Card(card_fingerprint(""), "")


def test_what_an_editor_rewords_goes_on_under_the_ids_it_had(waters: Collection) -> None:
    card = waters.library.cards[DANUBE]
    given = replace(card, question="Where is its end?", key_points=worded(card, 0, "In a very wide delta"))
    text = card_for_editor(given, card)
    assert " id = " not in text
    back = read_card(
        text.replace("In the Black Sea", "Into the Black Sea").replace("its end", "its mouth"), given, card
    )
    assert back.id == DANUBE
    assert [point.id for point in back.key_points] == [point.id for point in card.key_points]
    assert read_card(text.replace("[[cards]]", '[[cards]]\nid = "end"'), given, card).id == "end"


def test_a_card_for_an_editor_is_read_back_the_same(waters: Collection) -> None:
    for card in waters.library.cards.values():
        assert read_card(card_for_editor(card, card), card, card) == card


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There are 0 cards here"),
        ('[[cards]]\nquestion = "Q"\nkeypoints = ["x"]\n', "Line 3: `keypoints` is no known key"),
        ('[[cards]]\nquestion = "Q\n', "Line 2: Not TOML"),
        ('[[cards]]\nquestion = "Q"\nanswer = "A"\n[[cards]]\nquestion = "R"\nanswer = "A"\n', "There are 2 cards"),
    ],
)
def test_what_is_no_card_is_told_with_its_line(text: str, words: str) -> None:
    with pytest.raises(CardFault, match=words):
        read_card(text, EMPTY, EMPTY)

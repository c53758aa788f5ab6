"""Drafts: the acts of a person on found cards lose and invent no words, and can all be taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats import documents
from trainer.errors import TrainerError, UsageError
from trainer.formats.drafting.draft import Draft, DraftCard, Written
from trainer.formats.drafting.parting import TEXTS, item_places, text_places, words_of
from trainer.formats.drafting.reading import empty_draft, read_draft, read_pasted
from trainer.formats.found import Part
from trainer.formats.planning import Doubles, plan_import
from trainer.home import Home
from trainer.library.folder import read_library

SAMPLES = [documents.LABELLED, documents.NUMBERED, documents.QUOTED, documents.BANK, documents.BARE]
PARTS = (Part.QUESTION, Part.POINT, Part.ANSWER, Part.FOLLOW_UP, Part.HINT)
BIRDS = """\
Birds

1. What is a heron?
It stands in water.
It eats fish.
How does it fly?
With its neck drawn in.

2. What is an owl?
It hunts at night.
"""


def said_by(card: DraftCard) -> set[str]:
    """Return the words of a card; the number of an item is none."""
    one = card.card
    texts = (one.question, one.answer, one.hint, one.why, *one.follow_ups, *(point.text for point in one.key_points))
    lines = (line for text in texts for line in text.split("\n"))
    return {word for line in lines for word in words_of(line) if not word.isdigit()}


def words(draft: Draft) -> set[str]:
    return {word for card in draft.cards for word in said_by(card)}


def check_spans(draft: Draft) -> None:
    """Every part of every card is found again on the lines that its spans name."""
    for each in draft.cards:
        card, spans = each.card, each.found.spans
        assert all(1 <= span.first <= span.last <= len(draft.lines) for span in spans)
        for part in TEXTS:
            places = text_places(getattr(card, part), [span for span in spans if span.part is part], draft.lines)
            rows = [row for row, said in enumerate(getattr(card, part).split("\n")) if words_of(said)]
            assert sorted(places.values()) == rows, (part, getattr(card, part), spans)
        points = [point.text for point in card.key_points]
        for part, items in ((Part.POINT, points), (Part.FOLLOW_UP, list(card.follow_ups))):
            assert None not in item_places(items, [span for span in spans if span.part is part], draft.lines)


@settings(max_examples=40)
@given(data=st.data())
def test_acts_lose_and_invent_no_words_and_are_all_taken_back(data: st.DataObject) -> None:
    draft = read_pasted(data.draw(st.sampled_from(SAMPLES)))
    before, written = list(draft.cards), {word for line in draft.lines for word in words_of(line)}
    for _ in range(data.draw(st.integers(1, 6))):
        had = words(draft)
        line = data.draw(st.integers(1, len(draft.lines)))
        last = min(line + data.draw(st.integers(0, 2)), len(draft.lines))
        at = data.draw(st.integers(0, len(draft.cards) - 1))
        act = data.draw(st.sampled_from(["accept", "drop", "merge", "leave out", *PARTS]))
        try:
            match act:
                case "accept":
                    draft.accept(at)
                case "drop":
                    draft.drop(at)
                case "merge":
                    draft.merge(at)
                case "leave out":
                    draft.leave_out(line, last)
                case _:
                    draft.take(line, last, Part(act))
        except UsageError:
            assert words(draft) == had
        assert words(draft) <= written
        assert act == "leave out" or had <= words(draft)
        check_spans(draft)
        assert len({card.key for card in draft.cards}) == len(draft.cards)
    while draft.undo():
        check_spans(draft)
    assert draft.cards == before
    assert not draft.is_changed


def test_a_line_made_a_question_parts_the_card_there() -> None:
    draft = read_pasted(BIRDS)
    assert [card.card.question for card in draft.cards] == ["What is a heron?", "What is an owl?"]
    at = draft.take(6, 6, Part.QUESTION)
    heron, flying = draft.cards[at - 1].card, draft.cards[at].card
    assert (heron.answer, flying.question) == ("It stands in water.\nIt eats fish.", "How does it fly?")
    assert flying.answer == "With its neck drawn in."
    draft.merge(0)
    assert draft.cards[0].card.answer == (
        "It stands in water.\nIt eats fish.\n\nHow does it fly?\n\nWith its neck drawn in."
    )
    assert len(draft.cards) == 2


def test_a_point_stays_in_the_answer_and_all_else_leaves_it() -> None:
    draft = read_pasted(BIRDS)
    draft.take(4, 5, Part.POINT)
    draft.take(6, 6, Part.FOLLOW_UP)
    draft.take(7, 7, Part.HINT)
    card = draft.cards[0].card
    assert [point.text for point in card.key_points] == ["It stands in water.", "It eats fish."]
    assert card.answer == "It stands in water.\nIt eats fish."
    assert (card.follow_ups, card.hint) == (("How does it fly?",), "With its neck drawn in.")
    draft.take(7, 7, Part.ANSWER)
    draft.leave_out(4, 4)
    card = draft.cards[0].card
    assert card.answer == "It stands in water.\nIt eats fish.\n\nWith its neck drawn in."
    assert [point.text for point in card.key_points] == ["It eats fish."]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda draft: draft.take(2, 2, Part.ANSWER), "There is nothing on this line."),
        (lambda draft: draft.take(1, 1, Part.ANSWER), "No card begins above this line."),
        (lambda draft: draft.take(3, 3, Part.HINT), "This line is the question of a card."),
        (lambda draft: draft.take(7, 10, Part.HINT), "These lines belong to two cards."),
        (lambda draft: draft.leave_out(1, 1), "This line is in no card."),
        (lambda draft: draft.merge(1), "There is no card behind this one to join."),
        (lambda draft: draft.rewrite(0, Written(" ")), "A card needs a question."),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(act: Callable[[Draft], object], said: str) -> None:
    draft = read_pasted(BIRDS)
    with pytest.raises(UsageError) as caught:
        act(draft)
    assert caught.value.message == said
    assert not draft.is_changed


def test_a_missed_question_begins_a_card_with_what_follows() -> None:
    draft = read_pasted(BIRDS)
    draft.drop(0)
    assert draft.cards[draft.take(6, 6, Part.QUESTION)].card.answer == "With its neck drawn in."
    assert [card.card.question for card in draft.cards if not card.dropped] == ["How does it fly?", "What is an owl?"]


def test_what_a_person_writes_is_the_card() -> None:
    draft = read_pasted(BIRDS)
    draft.take(4, 4, Part.POINT)
    draft.rewrite(0, Written("What is a crane?", ("It dances", " "), "A bird.", ("Where?",), "Not a machine."))
    at = draft.add(0, Written("What is a coot?", answer="Black."))
    crane, coot = draft.cards[0].card, draft.cards[at].card
    assert (crane.question, crane.answer, crane.hint) == ("What is a crane?", "A bird.", "Not a machine.")
    assert [point.text for point in crane.key_points] == ["It dances"]
    assert coot.question == "What is a coot?"
    assert [card.card.question for card in draft.cards] == ["What is a crane?", "What is a coot?", "What is an owl?"]


def test_a_draft_yields_what_is_kept_with_choices_for_single_cards(home: Home, write_deck: Callable[..., Path]) -> None:
    write_deck('title = "Birds"\n[[cards]]\nquestion = "Explain what a heron is."\nanswer = "A bird."\n')
    draft = read_pasted(BIRDS)
    draft.add(1, Written("What is a coot?", answer="Black."))
    draft.drop(1)
    draft.choose(0, Doubles.UPDATE)
    library = read_library(home.decks)
    plan = plan_import(library, draft.found(), "Water birds", None, draft.doubles())
    assert [card.question for each in plan.additions for card in each.cards] == ["What is a coot?"]
    (cards,) = plan.updates.values()
    assert [card.question for card in cards] == ["Explain what a heron is."]
    assert "It stands in water." in cards[0].answer


def test_a_deck_that_was_changed_is_not_copied_as_it_stands(tmp_path: Path, home: Home) -> None:
    (tmp_path / "one.toml").write_text(
        '# mine\ntitle = "One"\n[[cards]]\nid = "a"\nquestion = "A?"\nanswer = "Yes."\n'
        '[[cards]]\nquestion = "B?"\nanswer = "No."\n',
        encoding="utf-8",
    )
    draft = read_draft(str(tmp_path / "one.toml"))
    library = read_library(home.decks)
    assert plan_import(library, draft.found()).additions[0].new_text.startswith(b"# mine")
    draft.rewrite(0, Written("A now?", answer="Yes."))
    draft.drop(1)
    (addition,) = plan_import(library, draft.found()).additions
    assert b"# mine" not in addition.new_text
    assert [(card.id, card.question) for card in addition.cards] == [("a", "A now?")]


def test_pages_are_shown_as_their_text(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><main><h2>What is tea?</h2><p>Leaves in <b>water</b>.</p>"
                    "<h2>What is mate?</h2><p>Other leaves.</p></main></body></html>")  # fmt: skip
    draft = read_draft(str(page))
    check_spans(draft)
    assert "## What is tea?" in draft.lines
    assert draft.cards[0].card.answer == "Leaves in **water**."


def test_sources_without_lines_and_empty_drafts_hold_cards_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("question,answer\nWhat is tea?,Leaves\n")
    assert read_draft(str(tmp_path / "a.csv")).lines == ()
    assert len(read_draft(str(tmp_path)).cards) == 1
    draft = empty_draft("New")
    draft.add(-1, Written("What is tea?", answer="Leaves."))
    assert [deck.cards[0].card.question for deck in draft.found()] == ["What is tea?"]
    with pytest.raises(TrainerError, match="cannot be read"):
        read_draft(str(tmp_path / "none.md"))


def test_flashcards_in_text_keep_their_lines() -> None:
    draft = read_pasted("Q: What is tea?\nA: Leaves in water.\n\nQ: What is mate?\nA: Other leaves.\n")
    check_spans(draft)
    assert draft.above(5) == 1
    assert draft.owner(3) is None

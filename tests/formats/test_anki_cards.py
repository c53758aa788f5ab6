"""Anki's notes made into cards."""

from pathlib import Path
from typing import Any

import pytest

from trainer.formats.anki import package as anki
from trainer.formats.fields import Fields
from trainer.formats.found import Found
from trainer.model import Card, KeyPoint

PACKAGES = Path(__file__).parent / "packages"


def read(package: Any, fields: Fields | None = None) -> Found:
    (found,) = anki.read_fields("deck.apkg", package.data(), fields or Fields())
    return found


def cards(package: Any, fields: Fields | None = None) -> list[Card]:
    return [item.card for item in read(package, fields).cards]


def said(card: Card) -> tuple[str, list[str], str]:
    return card.question, [point.text for point in card.key_points], card.answer


@pytest.mark.parametrize("name", ["old.apkg", "new.apkg"])
def test_packages_of_both_formats_by_anki_itself_hold_the_same_cards(name: str) -> None:
    found = anki.read(name, (PACKAGES / name).read_bytes())
    titles = {each.deck.title: [said(item.card) for item in each.cards] for each in found}
    assert titles == {
        "Travel": [
            ("What is the capital of France?", [], "Paris"),
            ("Name the primary colours", ["Red", "Green", "Blue"], ""),
            ("Which flag?\n[image: fr flag.png]", [], "France [sound: anthem.mp3]"),
            ("The [...] runs through Paris.", [], "Seine\n\nA river"),
            ("The Seine runs through [city].", [], "Paris\n\nA river"),
            ("Steps", ["Boil water", "Steep tea"], ""),
            ("Steps?", ["First", "Then"], ""),
        ],
        "School: Languages": [
            ("der Hund", [], "the dog"),
            ("the dog", [], "der Hund"),
            ("2 * 3 * 4", [], "24"),
        ],
    }
    assert found[0].cards[0].card.tags == ("europe::west", "geo")
    assert [each for found_deck in found for each in found_deck.skipped] == []


def test_the_ids_are_the_same_in_both_formats_and_in_every_export() -> None:
    old, new = (anki.read(name, (PACKAGES / name).read_bytes()) for name in ("old.apkg", "new.apkg"))
    ids = [[item.card.id for found in each for item in found.cards] for each in (old, new)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 10
    assert ids[0][0] == "anki-19d83c500b9dfc48"


@pytest.mark.parametrize(
    ("answer", "points", "rest"),
    [
        ("<ul><li>One</li><li>Two</li></ul>", ["One", "Two"], ""),
        ("<ol><li>One</li><li>Two</li></ol>", ["One", "Two"], ""),
        ("- One<br>- Two", ["One", "Two"], ""),
        ("<div>• One</div><div>• Two</div>", ["One", "Two"], ""),
        ("1. One<br>2) Two", ["One", "Two"], ""),
        ("Of these:<ul><li>One</li><li>Two</li></ul>", ["One", "Two"], "Of these:"),
        ("<ul><li>One <b>big</b><ul><li>inner</li></ul></li><li>T_w_o*</li></ul>", ["One big; inner", "T_w_o*"], ""),
        ("<ul><li>Same</li><li>Same</li></ul>", [], "- Same\n- Same"),
        ("<ul><li>Alone</li></ul>", [], "- Alone"),
        ("One<br>Two", [], "One  \nTwo"),
    ],
)
def test_an_answer_that_is_a_list_becomes_key_points(package: Any, answer: str, points: list[str], rest: str) -> None:
    package.note("Which?", answer)
    ((_, found, left),) = map(said, cards(package))
    assert (found, left) == (points, rest)


def test_html_becomes_markdown_and_media_are_named_where_they_stood(package: Any) -> None:
    package.note(
        "A <b>bold</b> &amp; <i>plain</i> question<img alt=\"\" src='a b.png'>",
        'x<sub>2</sub> <b>is</b> a_b *c* \\(m\\)<script>alert(1)</script><video src="v.mp4"></video>[sound:s.mp3]',
    )
    ((question, _, answer),) = map(said, cards(package))
    assert question == "A bold & plain question[image: a b.png]"
    assert answer == r"x2 **is** a_b \*c\* $m$[video: v.mp4][sound: s.mp3]"


def test_control_characters_and_overrides_of_the_direction_do_not_come_in(package: Any) -> None:
    package.note("Q\x1b[31m\u202e?\x07", "A\u2066\x9b\x00", tags="a\u202eb x\x1by")
    (card,) = cards(package)
    assert said(card) == ("Q[31m?", [], "A")
    assert card.tags == ("ab", "xy")


def test_a_reversed_card_turns_the_note_around(package: Any) -> None:
    package.note("Hund", "dog", cards=(0, 1))
    assert list(map(said, cards(package))) == [("Hund", [], "dog"), ("dog", [], "Hund")]


def test_a_typed_answer_is_not_shown_in_the_question_but_in_the_answer(package: Any) -> None:
    package.models["1"]["tmpls"][0].update(
        qfmt="{{Front}} {{type:Back}}", afmt="{{Front}}<hr id='answer'>{{type:Back}}"
    )
    package.note("2+2", "4")
    assert said(cards(package)[0]) == ("2+2", [], "4")
    assert read(package).remarks == ["Basic, Card 1: the question is Front, the answer Back."]


def test_what_a_template_says_itself_belongs_to_the_question(package: Any) -> None:
    package.models["1"]["tmpls"][0].update(
        qfmt="<style>b{}</style><div>Capital of</div><div>{{Front}}</div><svg><path d='M0'/></svg><!-- {{Back}} -->",
        afmt="<div>{{Front}}</div><div>{{Back}}</div>",
    )
    package.note("France", "Paris")
    assert said(cards(package)[0]) == ("Capital of\n\nFrance\n\n[picture]", [], "Paris")


def test_conditions_of_a_template_hold_as_in_anki(package: Any) -> None:
    package.models["1"]["tmpls"][0].update(qfmt="{{Front}}{{#Back}} (full){{/Back}}{{^Back}} (empty){{/Back}}")
    package.note("A", "x")
    package.note("B", "<br>")
    found = read(package)
    assert [item.card.question for item in found.cards] == ["A (full)"]
    assert [(each.text, each.reason) for each in found.skipped] == [("B (empty)", "Its answer is empty.")]


def test_what_a_template_hides_is_the_hint(package: Any) -> None:
    package.models["1"]["tmpls"][0].update(qfmt="{{Front}}{{hint:Back}}", afmt="{{Back}}!")
    package.note("A", "b")
    (card,) = cards(package)
    assert (card.question, card.hint, card.answer) == ("A", "b", "b!")


def test_a_cloze_is_a_card_for_each_deletion(package: Any) -> None:
    package.note("{{c1::A}} and {{c2::B {{c3::C}}::hint}} and {{c1::D}}", "more", kind=2, cards=(0, 1, 2))
    assert list(map(said, cards(package))) == [
        ("[...] and B C and [...]", [], "A; D\n\nmore"),
        ("A and [hint] and D", [], "B C\n\nmore"),
        ("A and B [...] and D", [], "C\n\nmore"),
    ]


def test_deletions_in_a_list_are_the_key_points_of_one_card(package: Any) -> None:
    package.note("Tea:<ol><li>{{c2::Boil}} it</li><li>Then {{c1::pour}}</li></ol>", "", kind=2, cards=(0, 1))
    (card,) = cards(package)
    assert card.question == "Tea:"
    assert card.key_points == (KeyPoint("c2", "Boil it"), KeyPoint("c1", "Then pour"))


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li>{{c1::A}}</li><li>{{c2::B}}</li></ul>",
        "Top<ul><li>{{c1::A}} {{c2::B}}</li><li>C</li></ul>",
        "{{c1::Top}}<ul><li>{{c2::A}}</li><li>B</li></ul>",
    ],
    ids=["no question", "two in one item", "one outside"],
)
def test_deletions_that_are_no_such_list_stay_cards_each(package: Any, text: str) -> None:
    package.note(text, "", kind=2, cards=(0, 1))
    assert len(cards(package)) == 2
    assert not any(card.key_points for card in cards(package))


def test_what_cannot_be_asked_is_left_out_with_the_reason(package: Any) -> None:
    package.note("", "A")
    package.note("Q", "")
    package.note("{{c1::image-occlusion:rect:left=.1}}", "", kind=2)
    package.note("Q", "A", kind=9)
    package.note("Q", "A", cards=(0, 7))
    package.note("Same", "Same", cards=(0, 1))
    package.note("x" * 200_001, "A")
    package.note("Last", "A")
    found = read(package)
    assert [item.card.question for item in found.cards] == ["Q", "Same", "Last"]
    assert [each.reason for each in found.skipped] == [
        "Its question is empty.",
        "Its answer is empty.",
        "It asks for what is hidden in a picture.",
        "Its note type is missing.",
        "Its note type has no such card.",
        "Another card of its note asks the same.",
        "One of its fields has over 200,000 characters.",
    ]
    assert all(each.file == "deck.apkg" and each.line is None for each in found.skipped)


def test_fields_that_the_user_chose_are_asked(package: Any) -> None:
    package.note("front", "back")
    chosen = Fields(question=(("", "BACK"),), answer=(("basic", "Front"), ("Other", "Back")))
    assert said(cards(package, chosen)[0]) == ("back", [], "front")
    assert read(package, chosen).remarks == ["Basic, Card 1: the question is Back, the answer Front."]


def test_a_choice_for_another_note_type_changes_nothing(package: Any) -> None:
    package.note("front", "back")
    assert said(cards(package, Fields(question=(("Cloze", "Back"),)))[0]) == ("front", [], "back")


def test_a_card_in_a_filtered_deck_is_in_the_deck_it_comes_from(package: Any) -> None:
    package.decks |= {"7": {"name": "Filtered"}}
    package.note("Q", "A")
    package.extra = "UPDATE cards SET odid = did, did = 7"
    assert read(package).deck.title == "Deck"


def test_the_levels_of_a_deck_are_in_its_title(package: Any) -> None:
    package.decks["1"] = {"name": "A::B c::D"}
    package.note("Q", "A")
    assert (read(package).deck.title, read(package).deck.file) == ("A: B c: D", "a-b-c-d.toml")


def test_values_of_the_wrong_kind_do_no_harm(package: Any) -> None:
    package.note("Q", "A")
    package.extra = """
      UPDATE notes SET tags = 7, guid = x'ff00';
      INSERT INTO notes VALUES (2, NULL, 'x', NULL, x'ff1f41'), (3, 'g', 1, '', 12.5);
      INSERT INTO cards VALUES (5, 'n', NULL, 0, 'a', 0, 0, 0, 0), (6, 2, 1, 0, 0, 0, 0, 0, 0),
        (7, 3, 1, 0, 0, 0, 0, 0, 0);
      INSERT INTO revlog VALUES (1, 'x', 3, 0, 0, 0), (2, 10, 'good', 0, 0, 0), (3, 10, 3, 0, -5, 0);
    """
    found = read(package)
    assert [item.card.question for item in found.cards] == ["Q"]
    assert [each.reason for each in found.skipped] == ["Its note type is missing.", "Its answer is empty."]
    assert len(found.past) == 1

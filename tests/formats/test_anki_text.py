"""Anki's text export with its lines in front."""

import pytest

from trainer.errors import TrainerError
from trainer.formats.anki import package, text
from trainer.formats.fields import Fields
from trainer.formats.registry import choose_format

NOTES = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
    "g1\tBasic\tA::B\tQ <b>1</b>\t<ul><li>x</li><li>y</li></ul>\tone a::b\n"
    'g2\tBasic (and reversed card)\tA::B\tHund\t"the ""dog""<br>\nbarks"\t\n'
    "g3\tCloze\tC\t{{c1::Paris}} in {{c2::France}}\tmore\t\n"
)


def said(data: str, fields: Fields | None = None) -> list[tuple[str, str, list[str], str]]:
    return [
        (found.deck.title, item.card.question, [point.text for point in item.card.key_points], item.card.answer)
        for found in text.read_fields("notes.txt", data.encode(), fields or Fields())
        for item in found.cards
    ]


def test_decks_note_types_tags_and_html_are_read() -> None:
    assert said(NOTES) == [
        ("A: B", "Q 1", ["x", "y"], ""),
        ("A: B", "Hund", [], 'the "dog"  \nbarks'),
        ("A: B", 'the "dog"\n\nbarks', [], "Hund"),
        ("C", "[...] in France", [], "Paris\n\nmore"),
        ("C", "Paris in [...]", [], "France\n\nmore"),
    ]
    (first, second) = text.read("notes.txt", NOTES.encode())
    assert first.cards[0].card.tags == ("one", "a::b")
    assert [item.line for item in (*first.cards, *second.cards)] == [7, 8, 8, 10, 10]


def test_a_note_has_the_ids_it_has_in_a_package() -> None:
    from trainer.formats.anki.notes import card_id

    found = text.read("notes.txt", NOTES.encode())
    assert [item.card.id for item in found[0].cards] == [card_id("g1", 0), card_id("g2", 0), card_id("g2", 1)]


def test_what_holds_for_all_notes_may_stand_in_front() -> None:
    data = "#separator:Comma\n#html:false\n#deck:X::Y\n#notetype:Basic\n#tags:a b\nQ <1>,A & b\n"
    assert said(data) == [("X: Y", "Q <1>", [], "A & b")]
    assert text.read("x.txt", data.encode())[0].cards[0].card.tags == ("a", "b")


@pytest.mark.parametrize(
    ("name", "mark"), [("Semicolon", ";"), ("pipe", "|"), ("colon", ":"), ("space", " "), (";", ";"), ("tab", "\t")]
)
def test_separators_go_by_name_or_sign(name: str, mark: str) -> None:
    assert said(f"#separator:{name}\n#deck:D\nQ{mark}A\n") == [("D", "Q", [], "A")]


def test_columns_can_be_named_and_chosen() -> None:
    data = "#separator:;\n#columns:Word;Meaning;Example\nHund;dog;a dog\n"
    assert said(data) == [("notes", "Hund", [], "dog\n\na dog")]
    assert said(data, Fields(answer=(("", "Example"),))) == [("notes", "Hund", [], "a dog")]


def test_without_a_guid_a_note_is_known_by_its_first_field() -> None:
    one, other = (text.read("x.txt", f"#html:true\nQ\t{answer}\n".encode())[0].cards[0].card for answer in "AB")
    assert one.id == other.id


def test_it_is_known_by_its_first_line() -> None:
    assert choose_format("x.txt", b"\xef\xbb\xbf#separator:tab\n") is text  # type: ignore[comparison-overlap]
    assert not text.sniff("x.txt", b"# a heading\n")
    assert not package.sniff("x.txt", NOTES.encode())


@pytest.mark.parametrize(
    "head", ["#separator:\n", "#separator:ab\n", '#separator:"\n', "#guid column:x\n", "#guid column:99999\n"]
)
def test_lines_in_front_that_say_nothing_of_use_do_no_harm(head: str) -> None:
    assert len(said(f"#html:true\n{head}\nQ\tA\n")) == 1


@pytest.mark.parametrize("data", [b"#html:true\n\xff", b'#html:true\n"' + b"x" * 200_000])
def test_what_cannot_be_read_is_told_with_its_line(data: bytes) -> None:
    with pytest.raises(TrainerError, match=r"^notes\.txt:2: "):
        text.read("notes.txt", data)

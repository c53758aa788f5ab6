"""`trainer import`: decks built or extended from deck files."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.formats.registry import MODULES
from trainer.home import starter_decks
from trainer.library.deck_format import read_deck

BIOLOGY = '''# my notes on cells
format = 1
title = "Biology"
about = "Cells"
tags = ["school"]

[[cards]] # the first
id = "cell"
question = "What is a cell?"
key_points = [{ id = "unit", text = "The smallest unit of life", weight = 2 }, "It has a membrane"]
answer = """
A small room."""
follow_ups = ["And a virus?"]
hint = "Small."
why = "Basics."
tags = ["basics"]
source = "A book"

# the second
[[cards]]
question = "What is a gene?"
answer = "A recipe."
'''

FAULTY = """
title = "Biology"
[[cards]]
id = "cell"
question = "What is a cell?"
answer = "A small room."

[[cards]]
question = "What is a gene?"
answr = "A recipe."

[[cards]]
answer = "An answer to nothing."
"""


UNDO = re.compile(r"To take all of it back: trainer undo \d{8}T\d{9}Z-[0-9a-f]{6}\n")


def said(ran: Any) -> str:
    """Return what an import said, without the line with which it must end: how to take it back."""
    before, _, last = ran.out.removesuffix("\n").rpartition("\n")
    assert UNDO.fullmatch(f"{last}\n")
    return f"{before}\n"


def questions(trainer: Any, deck: str) -> list[str]:
    return [card["question"] for card in trainer("cards", "--json", "--deck", deck).json]


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., str]:
    """Write a file to import, outside the home, and return its name."""

    def write(text: str | bytes = BIOLOGY, name: str = "biology.toml") -> str:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return write


# A new deck


def test_a_good_deck_is_copied_as_it_is(trainer: Any, source: Callable[..., str]) -> None:
    ran = trainer("import", source())
    assert (ran.code, said(ran), ran.err) == (0, "2 cards added to Biology.\n", "")
    assert (trainer.home.decks / "biology.toml").read_bytes() == BIOLOGY.encode()
    assert questions(trainer, "Biology") == ["What is a cell?", "What is a gene?"]
    assert trainer("check").code == 0


@pytest.mark.parametrize(
    "data",
    [BIOLOGY.replace("\n", "\r\n").encode(), BIOLOGY.encode("utf-8-sig"), b'cards = [{question="Q", answer="A"},] # x'],
    ids=["CRLF", "byte order mark", "inline"],
)
def test_it_is_copied_byte_for_byte_however_it_is_written(
    trainer: Any, source: Callable[..., str], data: bytes
) -> None:
    assert trainer("import", source(data)).code == 0
    assert (trainer.home.decks / "biology.toml").read_bytes() == data


def test_a_deck_given_twice_in_one_call_is_copied_as_it_is_too(trainer: Any, source: Callable[..., str]) -> None:
    ran = trainer("import", source(), source())
    assert ran.code == 0
    assert "2 cards added to Biology.\n" in ran.out
    assert (trainer.home.decks / "biology.toml").read_bytes() == BIOLOGY.encode()


def test_an_empty_deck_is_copied_as_it_is(trainer: Any, source: Callable[..., str]) -> None:
    ran = trainer("import", source('title = "Void" # still'))
    assert (ran.code, ran.err) == (0, "")
    assert (trainer.home.decks / "biology.toml").read_bytes() == b'title = "Void" # still'


def test_the_file_is_named_after_the_source_and_never_over_another(
    trainer: Any, source: Callable[..., str], write_deck: Callable[..., Path]
) -> None:
    write_deck('title = "Something else"', "my-biology.toml")
    assert trainer("import", source(name="My Biology.toml")).code == 0
    assert (trainer.home.decks / "my-biology.toml").read_text() == 'title = "Something else"'
    assert (trainer.home.decks / "my-biology-2.toml").read_bytes() == BIOLOGY.encode()


def test_the_source_is_left_as_it_is(trainer: Any, source: Callable[..., str]) -> None:
    path = Path(source())
    trainer("import", str(path))
    assert path.read_bytes() == BIOLOGY.encode()


def test_a_deck_on_the_first_run_comes_beside_the_starter_decks(fresh: Any, source: Callable[..., str]) -> None:
    assert fresh("import", source()).code == 0
    assert [deck["file"] for deck in fresh.json("decks")] == [
        "biology.toml",
        *(path.name for path in starter_decks()),
    ]


# Faults


def test_only_the_good_cards_of_a_faulty_deck_come_and_the_others_are_named(
    trainer: Any, source: Callable[..., str]
) -> None:
    name = source(FAULTY)
    ran = trainer("import", name)
    assert (ran.code, said(ran)) == (0, "1 card added to Biology.\n")
    first, second = ran.err.splitlines()
    assert first.startswith(f"{name}:8: left out: What is a gene?: ")
    assert "Did you mean `answer`?" in first
    assert second.startswith(f"{name}:12: left out: ")
    assert "A card needs a `question`." in second
    written = (trainer.home.decks / "biology.toml").read_bytes()
    content = read_deck(written, "biology.toml")
    assert content.problems == []
    assert content.deck is not None
    assert [card.id for card in content.deck.cards] == ["cell"]
    assert trainer("check").code == 0


def test_a_deck_of_faulty_cards_alone_does_not_claim_to_be_there_already(
    trainer: Any, source: Callable[..., str]
) -> None:
    ran = trainer("import", source('title = "Bad"\n[[cards]]\nquestion = "Q"\n'))
    assert "the home has all of it already" not in ran.out
    assert "left out: Q: A card needs `key_points` or an `answer`." in ran.err


def test_a_fault_of_the_deck_alone_leaves_no_card_out(trainer: Any, source: Callable[..., str]) -> None:
    ran = trainer("import", source(BIOLOGY.replace("about", "abuot")))
    assert (ran.code, said(ran)) == (0, "2 cards added to Biology.\n")
    assert trainer("check").code == 0


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b'title = "X"\n[[cards]\n', 2, "Not TOML"),
        (b'title = "X"\n\xff\n', 2, "not UTF-8"),
        (b"\nformat = 2\n", 2, "format 2"),
        (b"\x89PNG\r\n\x1a\n\x00", 1, ""),
    ],
    ids=["no TOML", "no UTF-8", "a format to come", "a picture"],
)
def test_a_source_that_cannot_be_read_as_a_deck_is_told_with_its_line(
    trainer: Any, source: Callable[..., str], data: bytes, line: int, says: str
) -> None:
    name = source(data)
    before = trainer.files()
    ran = trainer("import", name)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"trainer: {name}:{line}: ")
    assert says in ran.err
    assert len(ran.err.splitlines()) == 2
    assert trainer.files() == before


def test_one_bad_source_among_good_ones_stops_all_before_anything_is_written(
    trainer: Any, source: Callable[..., str]
) -> None:
    good, bad = source(), source("[[cards]", "bad.toml")
    before = trainer.files()
    assert trainer("import", good, bad).code == 1
    assert trainer.files() == before


@pytest.mark.parametrize("name", ["missing.toml", "~no-such-user-here/deck.toml", "n" * 300 + ".toml"])
def test_a_source_that_cannot_be_opened_is_told(trainer: Any, name: str) -> None:
    before = trainer.files()
    ran = trainer("import", name)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"trainer: {name} cannot be read: ")
    assert len(ran.err.splitlines()) == 2
    assert trainer.files() == before


def test_a_tilde_in_a_source_is_the_users_own_folder(
    trainer: Any, source: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(Path(source()).parent))
    assert trainer("import", "~/biology.toml").code == 0


def test_a_source_of_no_known_format_is_told(trainer: Any, source: Callable[..., str]) -> None:
    name = source("front;back\n", "cards.xyz")
    ran = trainer("import", name)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"trainer: {name} is in no format known here.\nKnown are: {', '.join(MODULES)}.\n"


def test_an_unknown_format_is_a_wrong_call_that_lists_the_known(trainer: Any, source: Callable[..., str]) -> None:
    ran = trainer("import", source(), "--format", "apkg9")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"trainer: There is no format 'apkg9'.\nThere are: {', '.join(MODULES)}.\n"


def test_a_format_that_is_named_is_used_whatever_the_ending(trainer: Any, source: Callable[..., str]) -> None:
    assert trainer("import", source(name="biology.txt"), "--format", "deck").code == 0
    assert (trainer.home.decks / "biology.toml").read_bytes() == BIOLOGY.encode()


def test_nothing_to_import_is_a_wrong_call(trainer: Any) -> None:
    ran = trainer("import")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("trainer: There is nothing to import.\n")


# Merging


OLD = """# a comment at the top
title = "biology"   # its own case

[[cards]]  # a comment on a card
question = "What is life?"
answer   =   "Hard to say."
   # an odd comment at the end
"""


@pytest.mark.parametrize(
    "old",
    [
        OLD,
        OLD.removesuffix("\n"),
        OLD.replace("\n", "\r\n"),
        OLD + "\n\n",
        'title = "Biology"',
        '# only a title\ntitle = "Biology"\n',
        OLD + '[[cards]]\nquestion = "Q"\n[[cards.key_points]]\ntext = "P" # last',
    ],
    ids=["plain", "no newline at the end", "CRLF", "blank lines", "no card", "a comment", "tables of points"],
)
def test_a_deck_of_the_same_title_is_extended_and_keeps_its_own_text(
    bare: Any, source: Callable[..., str], write_deck: Callable[..., Path], old: str
) -> None:
    path = write_deck("", "notes.toml")
    path.write_bytes(old.encode())
    had = len(read_deck(old.encode(), "notes.toml").deck.cards)  # type: ignore[union-attr]
    ran = bare("import", source())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("2 cards added to ")
    after = path.read_bytes()
    assert after.startswith(old.encode())
    if b"\r\n" in after:
        assert after.count(b"\n") == after.count(b"\r\n")
    assert len(bare.json("cards")) == had + 2
    assert bare("check").code == 0
    assert [entry.name for entry in bare.home.decks.iterdir()] == ["notes.toml"]


def test_what_is_added_is_whole(bare: Any, source: Callable[..., str], write_deck: Callable[..., Path]) -> None:
    write_deck(OLD, "notes.toml")
    (content, wanted) = (bare("import", source()), read_deck(BIOLOGY.encode(), "b.toml").deck)
    assert content.code == 0
    deck = read_deck((bare.home.decks / "notes.toml").read_bytes(), "notes.toml").deck
    assert deck is not None
    assert wanted is not None
    assert deck.cards[1:] == wanted.cards


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('title = "Biology"\ncards = [', "]\n# end"),
        ('title = "Biology"\ncards = [ # none yet\n', "\n]"),
        ('cards = [{question = "What is life?", answer = "Hard."}', ']\ntitle = "Biology" # [end]'),
        ('cards = [\n  # life\n  {question = "What is life?", answer = "Hard."}', ', # after\n]\ntitle = "Biology"'),
        ('title = "Biology"\r\ncards = [\r\n  {question = "What, ]?", answer = "}"}', "\r\n]\r\n"),
    ],
    ids=["empty", "empty with a comment", "one", "a comma and comments", "CRLF"],
)
def test_a_deck_written_as_inline_cards_is_extended_within_its_brackets(
    bare: Any, source: Callable[..., str], write_deck: Callable[..., Path], before: str, after: str
) -> None:
    path = write_deck("", "notes.toml")
    path.write_bytes((before + after).encode())
    had = len(bare.json("cards"))
    ran = bare("import", source())
    assert (ran.code, ran.err) == (0, "")
    text = path.read_bytes().decode()
    kept_before = before.partition(" # none yet")[0]
    assert text.startswith(kept_before)
    assert text.endswith((before + after)[len(kept_before) :])
    cards = bare.json("cards")
    assert len(cards) == had + 2
    assert [point["weight"] for point in cards[-2]["key_points"]] == [2, 1]
    assert bare("check").code == 0


def test_the_byte_order_mark_of_a_deck_that_is_extended_stays(
    bare: Any, source: Callable[..., str], write_deck: Callable[..., Path]
) -> None:
    path = write_deck("", "notes.toml")
    path.write_bytes(OLD.encode("utf-8-sig"))
    assert bare("import", source()).code == 0
    assert path.read_bytes().startswith(OLD.encode("utf-8-sig"))
    assert bare("check").code == 0


def test_importing_twice_adds_nothing(trainer: Any, source: Callable[..., str]) -> None:
    name = source()
    trainer("import", name)
    before = trainer.files()
    ran = trainer("import", name)
    assert (ran.code, ran.out) == (0, "Nothing new: the home has all of it already.\n")
    assert ran.err.splitlines() == [
        f"{name}:7: left out: What is a cell?: The home has this card already.",
        f"{name}:20: left out: What is a gene?: The home has this card already.",
    ]
    assert trainer.files() == before


def test_only_cards_that_no_deck_has_are_added(
    trainer: Any, source: Callable[..., str], write_deck: Callable[..., Path]
) -> None:
    write_deck('title = "Elsewhere"\n[[cards]]\nquestion = "WHAT is a gene"\nanswer = "Known."\n', "elsewhere.toml")
    ran = trainer("import", source())
    assert (ran.code, said(ran)) == (0, "1 card added to Biology.\n")
    assert "What is a gene?: The home has this card already." in ran.err
    assert questions(trainer, "Biology") == ["What is a cell?"]


def test_a_card_whose_id_belongs_to_another_question_is_left_out(
    trainer: Any, source: Callable[..., str], write_deck: Callable[..., Path]
) -> None:
    write_deck('title = "Prison"\n[[cards]]\nid = "cell"\nquestion = "How big is it?"\nanswer = "6 m2"\n', "p.toml")
    ran = trainer("import", source())
    assert said(ran) == "1 card added to Biology.\n"
    assert "What is a cell?: The id `cell` belongs to another question." in ran.err
    assert trainer("check").code == 0


def test_a_deck_whose_cards_are_all_known_elsewhere_writes_no_empty_deck(
    trainer: Any, source: Callable[..., str], write_deck: Callable[..., Path]
) -> None:
    write_deck(BIOLOGY.replace('"Biology"', '"My own name for it"'), "own.toml")
    before = trainer.files()
    ran = trainer("import", source())
    assert (ran.code, ran.out) == (0, "Nothing new: the home has all of it already.\n")
    assert trainer.files() == before


def test_several_sources_of_one_title_become_one_deck(trainer: Any, source: Callable[..., str]) -> None:
    more = 'title = "Biology"\n[[cards]]\nquestion = "What is a gene?"\nanswer = "A recipe."\n'
    more += '[[cards]]\nquestion = "What is a leaf?"\nanswer = "A kitchen."\n'
    ran = trainer("import", source(), source(more, "more.toml"))
    assert ran.code == 0
    assert "3 cards added to Biology.\n" in ran.out
    assert ran.err.count("left out") == 1
    assert questions(trainer, "biology") == ["What is a cell?", "What is a gene?", "What is a leaf?"]
    assert len(list(trainer.home.decks.iterdir())) == 2


def test_several_sources_of_several_titles_become_several_decks(trainer: Any, source: Callable[..., str]) -> None:
    other = 'title = "Chemistry"\n[[cards]]\nquestion = "What is salt?"\nanswer = "NaCl"\n'
    ran = trainer("import", source(), source(other, "chem.toml"))
    assert said(ran).splitlines() == ["2 cards added to Biology.", "1 card added to Chemistry."]


def test_a_deck_that_is_broken_is_not_extended(
    trainer: Any, source: Callable[..., str], write_deck: Callable[..., Path]
) -> None:
    path = write_deck('title = "Biology"\ncards = 5\n', "notes.toml")
    ran = trainer("import", source())
    assert (ran.code, ran.out) == (1, "")
    assert f"{path} could not be extended" in ran.err
    assert path.read_text() == 'title = "Biology"\ncards = 5\n'


def test_progress_stays_with_the_cards_that_were_there(
    bare: Any, source: Callable[..., str], write_deck: Callable[..., Path]
) -> None:
    write_deck(OLD, "notes.toml")
    bare.review("", "good", "quit")
    known = bare.json("cards")[0]
    bare("import", source())
    assert bare.json("cards")[0] == known


# --deck


def test_deck_names_the_deck_for_all_cards(trainer: Any, source: Callable[..., str]) -> None:
    other = 'title = "Chemistry"\n[[cards]]\nquestion = "What is salt?"\nanswer = "NaCl"\n'
    ran = trainer("import", source(), source(other, "chem.toml"), "--deck", "Science  class")
    assert (ran.code, said(ran)) == (0, "3 cards added to Science class.\n")
    assert questions(trainer, "Science class") == ["What is a cell?", "What is a gene?", "What is salt?"]
    assert (trainer.home.decks / "science-class.toml").exists()
    assert trainer("check").code == 0


def test_deck_may_be_one_that_is_there(trainer: Any, source: Callable[..., str]) -> None:
    ran = trainer("import", source(), "--deck", "capitals")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("2 cards added to ")
    assert len(questions(trainer, "Capitals")) == 4
    assert len(list(trainer.home.decks.iterdir())) == 1


def test_deck_with_cards_known_already_writes_no_empty_deck(trainer: Any, source: Callable[..., str]) -> None:
    trainer("import", source())
    before = trainer.files()
    ran = trainer("import", source(), "--deck", "Another")
    assert (ran.code, ran.out) == (0, "Nothing new: the home has all of it already.\n")
    assert trainer.files() == before


@pytest.mark.parametrize("title", ["", "  ", "\x1b"], ids=ascii)
def test_deck_needs_a_title(trainer: Any, source: Callable[..., str], title: str) -> None:
    ran = trainer("import", source(), "--deck", title)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("trainer: A deck needs a title.\n")


# --dry-run


@pytest.mark.parametrize(
    "call", [[], ["--deck", "Capitals"], ["--deck", "Another"], ["--starter"], ["--json"]], ids=" ".join
)
def test_a_dry_run_writes_nothing(trainer: Any, source: Callable[..., str], call: list[str]) -> None:
    name = source()
    before = trainer.files()
    assert trainer("import", name, "--dry-run", *call).code == 0
    assert trainer.files() == before


def test_a_dry_run_shows_what_would_come_and_what_not(trainer: Any, source: Callable[..., str]) -> None:
    ran = trainer("import", source(BIOLOGY + '[[cards]]\nquestion = "Q"\n'), "--dry-run")
    assert ran.code == 0
    assert ran.lines == [
        "  7: What is a cell?",
        "      2 points, answer, hint, why, 1 follow-up",
        "  20: What is a gene?",
        "      answer",
        "2 cards would be added to Biology.",
    ]
    assert ": left out: Q: " in ran.err


# Standard input


def test_standard_input_is_a_deck(trainer: Any) -> None:
    ran = trainer("import", "-", stdin=BIOLOGY)
    assert (ran.code, said(ran), ran.err) == (0, "2 cards added to Biology.\n", "")
    (written,) = set(trainer.home.decks.iterdir()) - {trainer.home.decks / "capitals.toml"}
    assert written.read_bytes() == BIOLOGY.encode()


def test_faults_of_standard_input_name_it(trainer: Any) -> None:
    ran = trainer("import", "-", stdin=FAULTY)
    assert ran.code == 0
    assert ran.err.startswith("standard input:8: left out: ")
    ran = trainer("import", "-", stdin=b"\xff")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("trainer: standard input:1: This is not UTF-8 text.")


# --starter


def test_starter_brings_the_decks_of_the_program(trainer: Any) -> None:
    ran = trainer("import", "--starter")
    assert (ran.code, ran.err) == (0, "")
    assert "20 cards added to Leading product marketing.\n" in ran.out
    for deck in starter_decks():
        assert (trainer.home.decks / deck.name).read_bytes() == deck.read_bytes()


def test_starter_twice_adds_nothing(trainer: Any) -> None:
    trainer("import", "--starter")
    before = trainer.files()
    ran = trainer("import", "--starter")
    assert (ran.code, ran.out) == (0, "Nothing new: the home has all of it already.\n")
    assert trainer.files() == before


def test_starter_on_a_fresh_home_adds_nothing_to_the_decks_just_copied(fresh: Any) -> None:
    assert fresh("import", "--starter").out == "Nothing new: the home has all of it already.\n"


def test_starter_adds_the_cards_that_came_later(fresh: Any) -> None:
    path = fresh.home.decks / "start-here.toml"
    fresh("decks")
    text = path.read_text(encoding="utf-8")
    shorter = text[: text.rindex("[[cards]]")]
    path.write_text(shorter, encoding="utf-8")
    ran = fresh("import", "--starter")
    assert said(ran) == "1 card added to Start here.\n"
    assert path.read_text(encoding="utf-8").startswith(shorter)
    assert len(fresh.json("cards", "--deck", "start")) == text.count("\n[[cards]]")


# --json


def test_the_document_has_decks_cards_skipped_and_reviews(trainer: Any, source: Callable[..., str]) -> None:
    name = source(BIOLOGY + '\n[[cards]]\nquestion = "Q"\n')
    document = trainer.json("import", name)
    point = document["cards"][0]["key_points"][1]
    assert len(point["id"]) == 8
    gene = document["cards"][1]["id"]
    assert len(gene) == 12
    empty = {"hint": "", "why": "", "follow_ups": [], "tags": [], "source": ""}
    assert document == {
        "decks": ["Biology"],
        "cards": [
            {
                "id": "cell",
                "deck": "Biology",
                "question": "What is a cell?",
                "answer": "A small room.",
                "hint": "Small.",
                "why": "Basics.",
                "follow_ups": ["And a virus?"],
                "tags": ["basics"],
                "source": "A book",
                "key_points": [
                    {"id": "unit", "text": "The smallest unit of life", "weight": 2},
                    {"id": point["id"], "text": "It has a membrane", "weight": 1},
                ],
            },
            {"id": gene, "deck": "Biology", "question": "What is a gene?", "answer": "A recipe.", **empty}
            | {"key_points": [{"id": "answer", "text": document["cards"][1]["key_points"][0]["text"], "weight": 1}]},
        ],
        "skipped": [{"file": name, "line": 24, "text": "Q", "reason": "A card needs `key_points` or an `answer`."}],
        "reviews": 0,
    }
    assert list(document) == ["decks", "cards", "skipped", "reviews"]
    assert list(document["skipped"][0]) == ["file", "line", "text", "reason"]


def test_the_document_of_a_dry_run_is_that_of_the_import(trainer: Any, source: Callable[..., str]) -> None:
    name = source(FAULTY)
    dry = trainer.json("import", name, "--dry-run")
    assert dry == trainer.json("import", name)
    assert len(dry["cards"]) == 1


def test_the_imported_cards_are_those_that_are_listed_after(trainer: Any, source: Callable[..., str]) -> None:
    found = trainer.json("import", source())["cards"]
    listed = trainer.json("cards", "--deck", "Biology")
    for card, after in zip(found, listed, strict=True):
        assert {key: after[key] for key in card if key != "key_points"} | {"key_points": card["key_points"]} == card
        assert [point["id"] for point in after["key_points"]] == [point["id"] for point in card["key_points"]]


def test_the_document_of_nothing_new(trainer: Any, source: Callable[..., str]) -> None:
    trainer("import", source())
    document = trainer.json("import", source())
    assert (document["decks"], document["cards"], document["reviews"]) == ([], [], 0)
    assert [skipped["reason"] for skipped in document["skipped"]] == ["The home has this card already."] * 2


def test_the_deck_in_the_document_is_the_one_the_cards_went_to(trainer: Any, source: Callable[..., str]) -> None:
    document = trainer.json("import", source(), "--deck", "capitals")
    assert document["decks"] == ["Capitals"]
    assert {card["deck"] for card in document["cards"]} == {"Capitals"}

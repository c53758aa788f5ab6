"""Tables: delimiter, header and columns found or told, a card a row."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import TrainerError, UsageError
from trainer.formats.found import Found
from trainer.formats.table import read


def one(text: str, name: str = "words.csv", **options: object) -> Found:
    (found,) = read(name, text.encode(), **options)  # type: ignore[arg-type]
    return found


def pairs(text: str, name: str = "words.csv", **options: object) -> list[tuple[str, str]]:
    return [(each.card.question, each.card.answer) for each in one(text, name, **options).cards]


ROWS = [("hedgehog", "Igel"), ("badger", "Dachs")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("head", ["", "Front{}Back\n", "QUESTION{}answer\n", "question_text{}Definition\n"])
def test_delimiter_and_header_are_found(mark: str, head: str) -> None:
    text = head.format(mark) + "".join(f"{mark.join(row)}\n" for row in ROWS)
    found = one(text)
    assert [(each.card.question, each.card.answer) for each in found.cards] == ROWS
    assert [each.line for each in found.cards] == ([2, 3] if head else [1, 2])


def test_a_third_column_without_a_header_is_tags() -> None:
    (card,) = [each.card for each in one("a fen,a wet meadow,moors; wet\n").cards]
    assert card.tags == ("moors", "wet")


def test_columns_are_known_by_many_names_and_the_others_told() -> None:
    found = one(
        "Term,Meaning,Key points,Follow-ups,Hint,Why,Category,URL,Colour\n"
        'fen,"a wet meadow","- wet\n- flat",And a moor?,Think of water.,To see.,"land, water",https://x.org,green\n'
    )
    (card,) = [each.card for each in found.cards]
    assert [point.text for point in card.key_points] == ["wet", "flat"]
    assert (card.follow_ups, card.hint, card.why) == (("And a moor?",), "Think of water.", "To see.")
    assert (card.tags, card.source) == (("land", "water"), "https://x.org")
    assert [(each.line, each.text) for each in found.skipped] == [(1, "Colour")]


def test_columns_and_delimiter_may_be_told() -> None:
    assert pairs("x:fen:wet\ny:moor:dry\n", delimiter=":", columns="_,question,answer") == [
        ("fen", "wet"),
        ("moor", "dry"),
    ]
    assert pairs("L1,L2\nfen,wet\n", columns="L2=question,L1=answer", header=True) == [("wet", "fen")]
    assert pairs("Front,Back\n", header=False) == [("Front", "Back")]
    assert pairs("a\tb\n", delimiter="tab") == [("a", "b")]


@pytest.mark.parametrize(
    "options",
    [
        {"columns": "answer"},
        {"columns": "question,colour"},
        {"columns": "X=question", "header": True},
        {"delimiter": "xx"},
        {"delimiter": "\n"},
        {"delimiter": ""},
    ],
)
def test_what_cannot_be_told_is_a_wrong_call(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        one("Front,Back\nfen,wet\n", **options)


def test_a_column_of_decks_makes_decks() -> None:
    found = read("all.csv", b"deck,question,answer\nLand,fen,wet\nSea,reef,hard\nLand,moor,dry\n")
    assert [(each.deck.title, len(each.cards)) for each in found if each.cards] == [("Land", 2), ("Sea", 1)]


def test_an_id_is_kept_unless_it_only_counts_the_rows() -> None:
    cards = [each.card for each in one("id,question,answer\n1,fen,wet\nmoor-1,moor,dry\n").cards]
    assert [len(card.id) for card in cards] == [12, 6]


def test_options_stand_in_the_question_and_the_right_one_is_the_answer() -> None:
    head = "question,option1,option2,correct_answer\n"
    assert pairs(head + "Is a fen wet?,yes,no,0\nIs a moor wet?,yes,no,1\n") == [
        ("Is a fen wet?\n\n- yes\n- no", "yes"),
        ("Is a moor wet?\n\n- yes\n- no", "no"),
    ]
    assert pairs(head + "Is a fen wet?,yes,no,A\n")[0][1] == "yes"
    assert pairs(head + "Is a fen wet?,yes,no,2\n")[0][1] == "no"


def test_rows_without_a_question_are_told_with_their_line() -> None:
    found = one('question,answer\n\n"fen\nof old",wet\n,alone\n')
    assert [(each.line, each.card.question) for each in found.cards] == [(3, "fen\nof old")]
    assert [(each.line, each.text) for each in found.skipped] == [(5, "alone")]


@pytest.mark.parametrize(
    "data", [b"\n\n", b"", b'a,b\n"' + b"x" * 200_000, b"\xff\xfea\0,\0b\0", b"a,b\0\0\0\0\0\0\0\0\0\0\n"]
)
def test_what_is_no_table_is_told(data: bytes) -> None:
    with pytest.raises(TrainerError):
        read("x.csv", data)


def test_more_rows_than_are_taken_on_are_refused() -> None:
    with pytest.raises(TrainerError, match="over 100,000 cards"):
        read("x.csv", b"q,a\n" * 100_003)


CELL = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20).map(lambda text: f"w{text}w")


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_any_cells_come_back_as_they_were(rows: list[tuple[str, str]], mark: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=mark).writerows([("question", "answer"), *rows])
    assert pairs(written.getvalue(), delimiter=mark) == rows

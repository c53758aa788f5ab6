"""The deck format: what each fault costs, and how it is told."""

import json
import tomllib
from bisect import bisect_left
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.library.deck_format import DeckFile, LeftOut, read_deck
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.model import Card, Deck, KeyPoint, Problem
from trainer.text import clean

quick = settings(max_examples=100)

STARTERS = Path(__file__).parents[2] / "decks"

GOOD_CARD = """
[[cards]]
question = "A good one"
answer = "Yes."
"""

FULL = '''format = 1
title = "Leading product marketing"
about = "Behavioural questions"
tags = ["interview", "leadership"]

[[cards]]
id = "difficult-decision"
question = "Tell me about a hard call"
key_points = [
  "Names the options",
  { id = "decision", text = "Says what was decided", weight = 2 },
]
answer = """
# Two

lines"""
follow_ups = ["Why?", "And then?"]
hint = "Say when."
why = "Judgement."
tags = ["behavioural", "senior"]
source = "A book"

[[cards]]
question = "What is C++?"
answer = "A language."
'''

FULL_DECK = Deck(
    file="leading.toml",
    title="Leading product marketing",
    about="Behavioural questions",
    tags=("interview", "leadership"),
    cards=(
        Card(
            id="difficult-decision",
            question="Tell me about a hard call",
            key_points=(
                KeyPoint(point_fingerprint("Names the options"), "Names the options", 1.0),
                KeyPoint("decision", "Says what was decided", 2.0),
            ),
            answer="# Two\n\nlines",
            follow_ups=("Why?", "And then?"),
            hint="Say when.",
            why="Judgement.",
            tags=("behavioural", "senior"),
            source="A book",
        ),
        Card(id=card_fingerprint("What is C++?"), question="What is C++?", answer="A language."),
    ),
)


def read(text: str) -> DeckFile:
    return read_deck(text.encode(), "deck.toml")


def deck_of(content: DeckFile) -> Deck:
    assert content.deck is not None
    return content.deck


def questions(content: DeckFile) -> list[str]:
    return [card.question for card in deck_of(content).cards]


def only(content: DeckFile) -> Problem:
    assert len(content.problems) == 1, content.problems
    return content.problems[0]


# What is fine


@pytest.mark.parametrize(
    "data",
    [FULL.encode(), FULL.encode("utf-8-sig"), FULL.replace("\n", "\r\n").encode("utf-8-sig")],
    ids=["plain", "byte order mark", "mark and CRLF"],
)
def test_every_key_is_read(data: bytes) -> None:
    content = read_deck(data, "leading.toml")
    assert content.deck == FULL_DECK
    assert content.problems == []
    assert content.left_out == []
    assert content.indexes == [0, 1]
    assert [content.line_of(card) for card in range(2)] == [6, 23]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n", b"# only a comment"])
def test_an_empty_file_is_a_deck_without_cards_named_after_the_file(data: bytes) -> None:
    content = read_deck(data, "capital cities.toml")
    assert content.deck == Deck("capital cities.toml", "capital cities")
    assert content.problems == []


@pytest.mark.parametrize("title", ['""', '"  "', '"\\u0007"'])
def test_an_empty_title_is_as_good_as_none(title: str) -> None:
    content = read(f"title = {title}")
    assert deck_of(content).title == "deck"


def test_a_title_taken_from_the_file_is_cleaned_like_any_text() -> None:
    content = read_deck(b"", "a\x1b[2J\n\udce9.toml")
    assert deck_of(content).title == "a[2J \ufffd"


def test_inline_cards_and_tables_of_key_points_are_read_like_any() -> None:
    inline = read(
        'cards = [{question = "Q", key_points = [{text = "A", weight = 3}, "B"]},\n {question = "R", answer = "a"}]'
    )
    tables = read(
        """
        [[cards]]
        question = "Q"
        [[cards.key_points]]
        text = "A"
        weight = 3
        [[cards.key_points]]
        text = "B"

        [["cards"]]
        question = 'R'
        answer = 'a'
        """
    )
    assert inline.problems == tables.problems == []
    assert deck_of(inline).cards == deck_of(tables).cards
    assert [point.weight for point in deck_of(inline).cards[0].key_points] == [3.0, 1.0]
    assert [inline.line_of(0), inline.line_of(1)] == [1, 2]
    assert [tables.line_of(0), tables.line_of(1)] == [2, 10]


def test_texts_are_cleaned_and_trimmed_and_empty_ones_dropped() -> None:
    content = read(
        """
        title = " Two\\n\\u001b[2Jlines "
        tags = [" a ", "", " \\u0000"]
        [[cards]]
        question = "  red\\u001b[31m\\r\\nline "
        key_points = [" p\\u202eq "]
        answer = "\\n a \\n\\n"
        follow_ups = ["", " why "]
        """
    )
    deck = deck_of(content)
    assert content.problems == []
    assert (deck.title, deck.tags) == ("Two [2Jlines", ("a",))
    card = deck.cards[0]
    assert (card.question, card.answer, card.follow_ups) == ("red[31m\nline", "a", ("why",))
    assert card.key_points == (KeyPoint(point_fingerprint("pq"), "pq"),)


@pytest.mark.parametrize("weight", ["0.001", "1", "2.5", "100", "100.0", "1e2"])
def test_a_weight_over_0_and_at_most_100_is_fine(weight: str) -> None:
    content = read(f'[[cards]]\nquestion = "Q"\nkey_points = [{{ text = "A", weight = {weight} }}]')
    assert content.problems == []
    assert deck_of(content).cards[0].key_points[0].weight == float(weight)


@pytest.mark.parametrize("own_id", ["a", "x" * 64, "two words", "Ünïcode 日本", "answer", "C++"])
def test_an_id_of_printable_characters_is_kept_as_written(own_id: str) -> None:
    content = read(f'[[cards]]\nid = "{own_id}"\nquestion = "Q"\nanswer = "A"')
    assert content.problems == []
    assert deck_of(content).cards[0].id == own_id


def test_two_points_that_differ_within_are_two() -> None:
    content = read('[[cards]]\nquestion = "Q"\nkey_points = ["C", "C++", "C#", { id = "c", text = "C" }]')
    assert content.problems == []
    assert len({point.id for point in deck_of(content).cards[0].key_points}) == 4


def test_the_starter_decks_have_no_problems() -> None:
    files = sorted(STARTERS.glob("*.toml"))
    assert files
    for file in files:
        content = read_deck(file.read_bytes(), file.name)
        assert content.problems == []
        assert deck_of(content).cards


# What costs the deck


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('title = "x"\n[[cards]]\nquestion "Q"\n', 3),
        ('title = "x', 1),
        ("a = 1\r\nb = 2\r\nc == 3\r\n", 3),
        ("a = 1\na = 2\nb = 3\n", 2),
        ("[cards]\n[cards]\n", 2),
        ("title = x\n", 1),
        ("day = 2026-13-01\n", 1),
        ('x = "\\ud800"\n', 1),
        ("x = 'a\x00b'\n", 1),
        ("a = 1\rb = 2", 1),
        ('[[cards]]\nanswer = """\nnever\nclosed', 4),
        ("\ufeff\ufeffa = 1\n", 1),
    ],
)
def test_a_syntax_error_costs_the_deck(text: str, line: int) -> None:
    content = read_deck(text.encode(), "broken.toml")
    assert content.deck is None
    problem = only(content)
    assert (problem.file, problem.line) == ("broken.toml", line)
    assert problem.message.startswith("Not TOML: ")
    assert "(at " not in problem.message
    assert "left out" in problem.hint
    assert str(problem).startswith(f"broken.toml:{line}: ")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xff", 1),
        (b"title = 'caf\xe9'\n", 1),
        (b"a = 1\nb = 2\nc = '\xe9'\n", 3),
        (b"\xef\xbb\xbfa = 1\nb = '\xe9'", 2),
        (b"\xef\xbb\xbf\n\n\xe9", 3),
        ("title = 'x'".encode("utf-16"), 1),
        (b"a = 1\n\xed\xa0\x80", 2),
    ],
)
def test_a_file_that_is_not_utf_8_costs_the_deck(data: bytes, line: int) -> None:
    content = read_deck(data, "latin.toml")
    assert content.deck is None
    assert only(content) == Problem("latin.toml", line, "This is not UTF-8 text.", "Save it as UTF-8.")


@pytest.mark.parametrize("version", ["2", "3", "99"])
def test_a_format_to_come_costs_the_deck(version: str) -> None:
    content = read(f"\nformat = {version}\n{GOOD_CARD}")
    assert content.deck is None
    problem = only(content)
    assert problem.line == 2
    assert problem.message == f"This deck is of format {version}; this trainer reads format 1."


@pytest.mark.parametrize("value", ["[" * 100_000, "[" * 100_000 + "]" * 100_000, "{a = " * 100_000])
def test_values_nested_without_end_cost_the_deck(value: str) -> None:
    content = read(f"{GOOD_CARD}hint = {value}")
    assert content.deck is None
    assert only(content).message == "The values are nested too deep to read."


@pytest.mark.parametrize("shape", [("[", "", "]"), ("{a = ", "1", "}"), ("[{a = [", "", "]}]")], ids="".join)
@pytest.mark.parametrize("key", ["format = ", "zzz = ", "[[cards]]\nquestion = "])
def test_values_nested_as_deep_as_can_be_read_are_told_and_never_raised(shape: tuple[str, str, str], key: str) -> None:
    def nested(depth: int) -> str:
        opening, core, closing = shape
        return f"{key}{opening * depth}{core}{closing * depth}"

    deepest = bisect_left(range(2000), True, key=lambda depth: not can_be_read(nested(depth)))
    assert deepest > 50
    for depth in range(deepest - 12, deepest + 4):
        assert read(nested(depth)).problems, depth


def can_be_read(text: str) -> bool:
    try:
        tomllib.loads(text)
    except RecursionError:
        return False
    return True


def test_a_number_of_5000_digits_costs_the_deck_at_its_line() -> None:
    content = read(f"{GOOD_CARD}\nsource = {'9' * 5000}\n")
    assert content.deck is None
    problem = only(content)
    assert problem.line == 6
    assert "digits" in problem.message
    assert "sys." not in problem.message


# What costs nothing but itself


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("format = 0", 1, "`format` is 0, but must be 1."),
        ("\nformat = '1'", 2, "`format` is '1', but must be 1."),
        ("format = true", 1, "`format` is True, but must be 1."),
        ("format = 1.0", 1, "`format` is 1.0, but must be 1."),
        ("format = 2.0", 1, "`format` is 2.0, but must be 1."),
        ("title = 1", 1, "`title` must be a text in quotes."),
        ("about = ['x']", 1, "`about` must be a text in quotes."),
        ("tags = 'x'", 1, "`tags` must be a list of texts."),
        ("tags = ['x',\n 1]", 1, "`tags` must be a list of texts."),
        ("\n\ntitel = 'x'", 3, "`titel` is no known key. Did you mean `title`?"),
        ("TITLE = 'x'", 1, "`TITLE` is no known key. Did you mean `title`?"),
        ("qqq = 'x'", 1, "`qqq` is no known key. Known are format, title, about, tags, cards."),
        ("'' = 1", 1, "`` is no known key."),
        ("'card s' = 1", 1, "`card s` is no known key. Did you mean `cards`?"),
        ('title = """\n[[cards]]\n"""\n\n"a=b" = 1', 5, "`a=b` is no known key."),
    ],
)
def test_a_fault_of_the_deck_itself_costs_only_itself(text: str, line: int, words: str) -> None:
    content = read(f"{text}\n{GOOD_CARD}")
    problem = only(content)
    assert problem.file == "deck.toml"
    assert problem.line == line
    assert problem.message.startswith(words)
    assert questions(content) == ["A good one"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title = 'x'\n\n[[card]]\nquestion = 'Q'\nanswer = 'A'\n[[card]]\n", 3),
        ("title = 'x'\n\n[about.us]\na = 1\n", 3),
        ("title = 'x'\nabout.us = 1\n", 2),
        ("title = 'x'\n\n[cards.first]\nquestion = 'Q'\n", 3),
        ("title = 'x'\n\ncards.first.question = 'Q'\n", 3),
    ],
)
def test_a_fault_written_as_a_table_is_told_at_the_line_of_that_table(text: str, line: int) -> None:
    content = read(text)
    assert only(content).line == line
    assert deck_of(content).title == "x"


@pytest.mark.parametrize("text", ["cards = 1", "cards = 'x'", "[cards]\nquestion = 'Q'", "cards = {}"])
def test_cards_that_are_no_list_are_told(text: str) -> None:
    content = read(f"title = 'x'\n{text}\n")
    assert only(content) == Problem("deck.toml", 2, "`cards` must be written as [[cards]] tables.")
    assert deck_of(content) == Deck("deck.toml", "x")


# What costs the card


CARD_FAULTS = [
    # no question, no answer
    ("answer = 'A'", 0, "A card needs a `question`."),
    ("question = ''\nanswer = 'A'", 1, "A card needs a `question`."),
    ('answer = "A"\nquestion = " \\u0007 "', 2, "A card needs a `question`."),
    ("question = 'Q'", 0, "A card needs `key_points` or an `answer`."),
    ("question = 'Q'\nanswer = ' '\nkey_points = []", 0, "A card needs `key_points` or an `answer`."),
    # unknown keys
    ("question = 'Q'\nanswer = 'A'\nkey_point = ['x']", 3, "`key_point` is no known key. Did you mean `key_points`?"),
    ("question = 'Q'\nanswer = 'A'\nfollowups = ['x']", 3, "`followups` is no known key. Did you mean `follow_ups`?"),
    ("question = 'Q'\nanswer = 'A'\nHINT = 'x'", 3, "`HINT` is no known key. Did you mean `hint`?"),
    (
        "question = 'Q'\nanswer = 'A'\nqqq = 'x'",
        3,
        "`qqq` is no known key. Known are id, question, key_points, answer,",
    ),
    ("question = 'Q'\nanswer = 'A'\n\"\\u001b[2J\" = 1", 3, "`[2J` is no known key."),
    # wrong types
    ("question = 1\nanswer = 'A'", 1, "`question` must be a text in quotes."),
    ("question = 'Q'\nanswer = ['A']", 2, "`answer` must be a text in quotes."),
    ("question = 'Q'\nanswer = 'A'\nhint = true", 3, "`hint` must be a text in quotes."),
    ("question = 'Q'\nanswer = 'A'\n# no\nwhy = 2026-11-21", 4, "`why` must be a text in quotes."),
    ("question = 'Q'\nanswer = 'A'\nsource = {}", 3, "`source` must be a text in quotes."),
    ("question = 'Q'\nanswer = 'A'\ntags = 'x'", 3, "`tags` must be a list of texts."),
    ("question = 'Q'\nanswer = 'A'\nfollow_ups = [\n'x',\n1]", 3, "`follow_ups` must be a list of texts."),
    ("question = 'Q'\nanswer = 'A'\nkey_points = 'x'", 3, "`key_points` must be a list."),
    ("question = 'Q'\nanswer = 'A'\n[cards.key_points]\ntext = 'x'", 3, "`key_points` must be a list."),
    # ids
    ("id = ''\nquestion = 'Q'\nanswer = 'A'", 1, "`id` must be 1 to 64 printable characters."),
    (f"question = 'Q'\nanswer = 'A'\nid = '{'x' * 65}'", 3, "`id` must be 1 to 64 printable characters."),
    ('id = "a\\tb"\nquestion = "Q"\nanswer = "A"', 1, "`id` must be 1 to 64 printable characters."),
    ('id = "a\\u202e"\nquestion = "Q"\nanswer = "A"', 1, "`id` must be 1 to 64 printable characters."),
    ("id = 7\nquestion = 'Q'\nanswer = 'A'", 1, "`id` must be 1 to 64 printable characters."),
    # key points
    ("question = 'Q'\nkey_points = [\n'a',\n7]", 4, "A key point must be a text, or a table with `text`."),
    ("question = 'Q'\nkey_points = [['a']]", 2, "A key point must be a text, or a table with `text`."),
    ("question = 'Q'\nkey_points = [\n'a',\n'']", 4, "A key point needs a text."),
    ("question = 'Q'\nkey_points = [\n{ id = 'a' }]", 3, "A key point needs a text."),
    ("question = 'Q'\nkey_points = [{ text = '' }]", 2, "A key point needs a text."),
    ("question = 'Q'\nkey_points = [{ text = 7 }]", 2, "`text` must be a text in quotes."),
    ("question = 'Q'\n[[cards.key_points]]\ntext = 'a'\n\nid = ''", 5, "`id` must be 1 to 64 printable characters."),
    (
        "question = 'Q'\nkey_points = [\n{ id = 'answer', text = 'a' }]",
        3,
        "The id `answer` is reserved; choose another.",
    ),
    (
        "question = 'Q'\n[[cards.key_points]]\ntext = 'a'\nwieght = 2",
        4,
        "`wieght` is no known key. Did you mean `weight`?",
    ),
    ("question = 'Q'\nkey_points = [\n'a', 'b',\n'A?']", 4, "Key point 3 is the same as key point 1."),
    ("question = 'Q'\nkey_points = [\n{id='x', text='a'},\n{id='x', text='b'}]", 4, "Key point 2 is the same as"),
    *(
        (
            f"question = 'Q'\n[[cards.key_points]]\ntext = 'a'\nweight = {weight}",
            4,
            "`weight` must be a number over 0 and at most 100.",
        )
        for weight in ("0", "0.0", "-1", "101", "100.01", "true", "nan", "inf", "-inf", "'2'", "[]", "0x" + "f" * 5000)
    ),
]


@pytest.mark.parametrize(
    ("card", "line", "words"),
    CARD_FAULTS,
    ids=[f"{card[-40:]!r}" for card, _, _ in CARD_FAULTS],
)
def test_any_other_fault_costs_that_card_only(card: str, line: int, words: str) -> None:
    content = read(f"title = 'x'\n{GOOD_CARD}\n[[cards]]\n{card}\n\n[[cards]]\nquestion = 'Last'\nanswer = 'A'\n")
    problem = only(content)
    assert problem.line == 7 + line
    assert problem.message.startswith(words)
    assert questions(content) == ["A good one", "Last"]
    assert content.indexes == [0, 2]
    assert content.line_of(0) == 3
    assert content.line_of(1) == 7 + card.count("\n") + 3
    left_out = content.left_out[0]
    assert (left_out.line, left_out.reason) == (7, problem.message)


def test_an_unknown_table_within_a_card_is_told_at_its_line() -> None:
    content = read(f"{GOOD_CARD}[[cards.key_pionts]]\ntext = 'a'\n[[cards.key_pionts]]\ntext = 'b'\n")
    problem = only(content)
    assert problem.line == 5
    assert problem.message == "`key_pionts` is no known key. Did you mean `key_points`?"


def test_an_unknown_dotted_key_of_a_card_is_told_at_its_line() -> None:
    assert only(read(f"{GOOD_CARD}hint.short = 'a'\n")).line == 5
    assert only(read(f"{GOOD_CARD}hnit.short = 'a'\n")).line == 5


@pytest.mark.parametrize(
    ("cards", "lines"),
    [("[1,\n 'a',\n []]", [1, 2, 3]), ("[\n{question = 'Q', answer = 'A'},\n1]", [3])],
)
def test_a_card_that_is_no_table_is_left_out(cards: str, lines: list[int]) -> None:
    content = read(f"cards = {cards}")
    assert [problem.line for problem in content.problems] == lines
    assert {problem.message for problem in content.problems} == {"A card must be a table."}
    assert content.left_out == [LeftOut(line, "", "A card must be a table.") for line in lines]


def test_inline_cards_are_told_at_the_line_of_the_key() -> None:
    content = read(
        "cards = [\n"
        "  { question = 'Q', answer = 'A', hnit = 'x' },\n"
        "  { answer = 'A' },\n"
        "  { question = 'R', key_points = ['a',\n"
        "    { text = 'b', weight = 0 } ] },\n"
        "]"
    )
    assert [problem.line for problem in content.problems] == [2, 3, 5]
    assert [each.line for each in content.left_out] == [2, 3, 4]
    assert questions(content) == []


def test_every_fault_of_a_card_is_told_at_once() -> None:
    content = read("[[cards]]\nid = ''\nqestion = 'Q'\nhint = 1\ntags = 1\nkey_points = ['a', 'a', 1]\n")
    told = [(problem.line, problem.message.split(".")[0]) for problem in content.problems]
    assert sorted(told, key=lambda each: each[0] or 0) == [
        (1, "A card needs a `question`"),
        (2, "`id` must be 1 to 64 printable characters"),
        (3, "`qestion` is no known key"),
        (4, "`hint` must be a text in quotes"),
        (5, "`tags` must be a list of texts"),
        (6, "Key point 2 is the same as key point 1"),
        (6, "A key point must be a text, or a table with `text`"),
    ]
    assert len(content.left_out) == 1
    assert all(problem.message in content.left_out[0].reason for problem in content.problems)


def test_a_card_left_out_is_told_by_how_it_reads() -> None:
    content = read(
        f"[[cards]]\nquestion = {json.dumps('long ' * 30 + chr(27))}\n\n\n[[cards]]\nquestion = 1\nanswer = ''\n"
    )
    first, second = content.left_out
    assert first == LeftOut(1, "long " * 10 + "long…", "A card needs `key_points` or an `answer`.")
    assert second == LeftOut(5, "", "`question` must be a text in quotes.")


@pytest.mark.parametrize("value", ["0x" + "f" * 5000, "[0x" + "f" * 5000 + "]", "-0"], ids=["future", "list", "zero"])
def test_a_format_too_long_to_print_is_told_like_any(value: str) -> None:
    content = read(f"format = {value}\n")
    assert only(content).line == 1
    assert "format" in only(content).message


# Whatever stands in the file

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ANY = st.recursive(
    st.one_of(
        WORDS,
        st.booleans(),
        st.integers(-3, 200),
        st.floats(),
        st.dates(),
        st.times(),
        st.datetimes(),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.sampled_from(["id", "text", "weight", "question", "x.y"]), WORDS), inner, max_size=3
        ),
    ),
    max_leaves=5,
)
CARD_KEYS = ["id", "question", "key_points", "answer", "follow_ups", "hint", "why", "tags", "source", "qestion", ""]
TEXTS = st.lists(WORDS, max_size=3)
POINT = st.fixed_dictionaries({"text": WORDS}, optional={"weight": st.floats(0.1, 100)})
SOUND_CARD = st.fixed_dictionaries(
    {"question": WORDS, "answer": WORDS, "key_points": st.lists(st.one_of(WORDS, POINT), max_size=3)},
    optional={"follow_ups": TEXTS, "hint": WORDS, "why": WORDS, "tags": TEXTS, "source": WORDS},
)
SPOILED_KEYS = st.lists(st.sampled_from(CARD_KEYS), max_size=2)


@st.composite
def cards(draw: st.DrawFn) -> Any:
    """A card, mostly sound, with up to two keys spoiled."""
    card = draw(SOUND_CARD)
    for key in draw(SPOILED_KEYS):
        card[key] = draw(ANY)
    for point in card["key_points"] if isinstance(card["key_points"], list) else []:
        if isinstance(point, dict) and draw(st.integers(0, 9)) == 0:
            point[draw(st.sampled_from(["id", "text", "weight", "txet"]))] = draw(ANY)
    return card


CARD = st.one_of(cards(), cards(), cards(), ANY)
DECK = st.fixed_dictionaries(
    {"cards": st.one_of(st.lists(CARD, max_size=4), ANY)},
    optional={"format": st.one_of(st.just(1), ANY), "title": ANY, "about": ANY, "tags": ANY, "": ANY, "card": ANY},
)


@quick
@given(DECK, st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_values_every_card_is_read_or_told_with_a_line_that_exists(
    document: dict[str, Any], end: str
) -> None:
    text = tomli_w.dumps(document).replace("\n", end)
    content = read(text)
    lines = text.count("\n") + 1
    assert all(problem.line and 1 <= problem.line <= lines for problem in content.problems)
    assert all(1 <= each.line <= lines and each.reason for each in content.left_out)
    for told in map(str, content.problems):
        assert told == clean(told)
        assert "\n" not in told
    if content.deck is None:
        assert document["format"] > 1
        return
    cards = document["cards"] if isinstance(document["cards"], list) else []
    assert len(content.deck.cards) + len(content.left_out) == len(cards)
    assert len(content.indexes) == len(content.deck.cards)
    for card in content.deck.cards:
        assert card.question
        assert card.key_points or card.answer
        assert len({point.id for point in card.points}) == len(card.points)
        assert all(0 < point.weight <= 100 and point.text for point in card.points)


@quick
@given(st.one_of(st.binary(max_size=60), st.text("[]{}\"'=.,#\n\r cards1\\", max_size=60).map(str.encode)))
@example(b"[[cards]]\n" * 3)
@example(rb'"\\U00000022" = 1')
def test_whatever_the_bytes_nothing_is_raised(data: bytes) -> None:
    content = read_deck(data, "deck.toml")
    assert content.deck is not None or content.problems
    assert all(problem.line and 1 <= problem.line <= data.count(b"\n") + 1 for problem in content.problems)

"""A search taken apart, and what is said of one that cannot be."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.search.reading import LONGEST, All, Condition, Either, Node, Not, QueryError, Words, read

NAMES = {"is": "a state", "tag": "a tag", "reviews": "a number"}


def said(node: Node) -> str:
    """Return a search as it was understood, with every bracket."""
    match node:
        case Words(text):
            return text
        case Condition():
            return f"{node.name}{node.operator}<{node.value}>"
        case Not(part):
            return f"not {said(part)}"
        case All(parts):
            return f"({' & '.join(map(said, parts))})"
        case Either(parts):
            return f"({' | '.join(map(said, parts))})"
    return ""


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("", "()"),
        ("  ", "()"),
        ("Budget", "budget"),
        ("Café RÉSUMÉ", "(cafe & resume)"),
        ('"Hard   call"', "hard call"),
        ("“Hard call”", "hard call"),
        ("don’t", "don't"),
        ("-budget", "not budget"),
        ('-"hard call" -is:due', "(not hard call & not is:<due>)"),
        ("a - b", "(a & - & b)"),
        ("--all", "--all"),
        ("a b or c", "((a & b) | c)"),
        ("a OR b or c", "(a | b | c)"),
        ("a (b or c)", "(a & (b | c))"),
        ("-(a or -b)", "not (a | not b)"),
        ("(a or f(x)) y", "((a | f(x)) & y)"),
        ("order oral nor", "(order & oral & nor)"),
        ("f(x) :) a)b", "(f(x) & :) & a)b)"),
        ("reviews>=3 TAG=Senior", "(reviews>=<3> & tag=<Senior>)"),
        ('tag:"two words" (is:due)', "(tag:<two words> & is:<due>)"),
        ("http://is.it note:this c++>c 12:30 is://", "(http://is.it & note:this & c++>c & 12:30 & is://)"),
        ("a\tb\nc", "(a & b & c)"),
        ("\x1b[31mred", "[31mred"),
    ],
)
def test_a_search_is_understood(query: str, understood: str) -> None:
    assert said(read(query, NAMES)) == understood


@pytest.mark.parametrize(
    ("query", "message", "column"),
    [
        ('a "b c', "These quotes are not closed.", 2),
        ("a (b", "This bracket is not closed; in quotes it stands for itself.", 2),
        ("a or", "Something is missing here.", 4),
        ("or a", "Something is missing here.", 0),
        ("a or or b", "Something is missing here.", 5),
        ("a () b", "Something is missing here.", 3),
        ("a tag:", "`tag:` needs a tag.", 6),
        ("reviews>= 3", "`reviews>=` needs a number.", 9),
        ('tag:""', "`tag:` needs a tag.", 4),
        ("x tags:senior", "There is no `tags:`: did you mean `tag`?", 2),
        ("review>3", "There is no `review>`: did you mean `reviews`?", 0),
        ("(" * 30, "There are brackets in brackets", 20),
        ("a " * (LONGEST + 1), f"A search holds {LONGEST} words and conditions at most.", 2 * LONGEST),
    ],
)
def test_an_error_points_at_the_mistake(query: str, message: str, column: int) -> None:
    with pytest.raises(QueryError) as raised:
        read(query, NAMES)
    assert raised.value.message.startswith(message)
    shown, caret = raised.value.hint.split("\n")
    assert caret.strip() == "^"
    if len(query) < 70:
        assert (shown, caret.index("^")) == (query, column)


def test_the_caret_stands_under_wide_characters_and_within_what_is_shown() -> None:
    with pytest.raises(QueryError) as raised:
        read("日本 e\u0301 tag:", NAMES)
    assert raised.value.hint.split("\n")[1] == " " * 11 + "^"
    with pytest.raises(QueryError) as raised:
        read("x " * 90 + "tag: " + "y " * 90, NAMES)
    shown, caret = raised.value.hint.split("\n")
    assert len(shown) < 80
    assert shown[: caret.index("^")].endswith("tag:")


@given(st.text(alphabet='ab ()-"“:<=>\tor' + "tagis", max_size=30))
@settings(max_examples=60)
def test_any_text_is_a_search_or_says_why_not(query: str) -> None:
    outcome = "understood"
    try:
        read(query, NAMES)
    except QueryError as error:
        outcome = error.hint
    assert outcome == "understood" or re.fullmatch(r".*\n *\^", outcome)

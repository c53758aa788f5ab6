"""Flashcards in plain text: Q:, A: and C: lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import TrainerError
from trainer.formats.found import Found
from trainer.formats.qa import read, sniff

TEXT = """---
title = "Rivers"
tags = ["water"]
---

# Rivers

Words about rivers, which are no card.

Q: Where does a river end?
A: At its mouth.

It may be wide.
---
## Parts

Q: How is a weir
built?
A:
```
Q: not a card
```

C: A [delta] is the [mouth] of a river.

Not [a gap] but still the text.
"""


def one(text: str) -> Found:
    (found,) = read("rivers.md", text.encode())
    return found


def test_questions_answers_and_gaps() -> None:
    found = one(TEXT)
    assert (found.deck.title, found.deck.tags) == ("Rivers", ("water",))
    assert [(each.card.question, each.card.answer) for each in found.cards] == [
        ("Where does a river end?", "At its mouth.\n\nIt may be wide."),
        ("How is a weir\nbuilt?", "```\nQ: not a card\n```"),
        ("A […] is the mouth of a river.\n\nNot a gap but still the text.", "delta"),
        ("A delta is the […] of a river.\n\nNot a gap but still the text.", "mouth"),
        ("A delta is the mouth of a river.\n\nNot […] but still the text.", "a gap"),
    ]
    assert [each.line for each in found.cards] == [10, 17, 24, 24, 24]
    assert [each.card.tags for each in found.cards] == [(), ("Parts",), ("Parts",), ("Parts",), ("Parts",)]


def test_code_formulas_and_links_hold_no_gaps() -> None:
    found = one("C: `a[0]` and $x[1]$ and [a link](https://x.org) and ![a picture](x.png) and \\[this\\] but [that].\n")
    assert [each.card.answer for each in found.cards] == ["that"]


def test_a_formula_may_stand_in_a_gap() -> None:
    found = one("C: Light goes at [$3 \\times 10^8$ m/s].\n")
    assert [(each.card.question, each.card.answer) for each in found.cards] == [
        ("Light goes at […].", "$3 \\times 10^8$ m/s"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Q: Alone?\n\nQ: Where?\nA: Here.\n", 1, "no answer"),
        ("Q: Where?\nA: Here.\nA: And there.\n", 3, "no question"),
        ("Q: Where?\nA: Here.\nC: No gap at all.\n", 3, "no gap"),
        ("Q: Where?\nA: Here.\n\nQ: Last?", 4, "no answer"),
    ],
)
def test_what_is_not_whole_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    found = one(text)
    assert len(found.cards) == 1
    ((skipped),) = found.skipped
    assert skipped.line == line
    assert reason in skipped.reason


@pytest.mark.parametrize(
    ("name", "text", "is_one"),
    [
        ("x.md", "Q: a\nA: b\n", True),
        ("x.txt", "C: a [b]\n", True),
        ("x.csv", "Q: a\nA: b\n", False),
        ("x.md", "Q: a\n", False),
        ("x.md", "## What is it?\n\n## Why is it?\n\nQ: a\nA: b\n", False),
    ],
)
def test_it_is_known_by_its_lines(name: str, text: str, is_one: bool) -> None:
    assert sniff(name, text.encode()) is is_one


def test_what_is_no_text_is_told() -> None:
    with pytest.raises(TrainerError):
        read("x.md", b"Q: \xff\nA: b")


PIECES = st.sampled_from(
    ["Q: ", "A: ", "C: ", "[", "]", "`", "$", "\\", "```\n", "---\n", "# T\n", "\n", "word ", "![x](y)"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_and_every_card_is_whole(text: str) -> None:
    try:
        found = one(text)
    except TrainerError:
        assert not text.strip()
        return
    assert all(each.card.question and each.card.answer for each in found.cards)

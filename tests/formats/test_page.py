"""HTML pages: their main text, read like any document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import TrainerError
from trainer.formats.page import page_text, read, sniff

PAGE = """<!DOCTYPE html>
<html><head><title>Tea</title><style>p { color: red }</style><script>what("is this?")</script></head>
<body>
<nav><ul><li><a href="/">What is home?</a></li></ul></nav>
<div class="cookie-banner">May we set cookies?</div>
<main>
<h1>Questions about tea</h1>
<h2>Brewing</h2>
<h3>How hot should the water be?</h3>
<p>Just <b>below</b> boiling,<br>for black tea.</p>
<h3>What do I need?</h3>
<ul>
<li>A pot
<li>Leaves &amp; water
</ul>
<details><summary>How long?</summary><p>Three minutes.</p></details>
<h3>How is it written?</h3>
<pre><code>brew(
  minutes=3)
</code></pre>
<div class="share-buttons"><p>Share this?</p></div>
</main>
<footer><h3>Who made this?</h3><p>We did.</p></footer>
</body></html>
"""


def pairs(page: str) -> list[tuple[str, str]]:
    (found,) = read("tea.html", page.encode())
    return [(each.card.question, each.card.answer) for each in found.cards]


def test_the_questions_of_the_main_text_are_found_and_nothing_beside_it() -> None:
    assert pairs(PAGE) == [
        ("How hot should the water be?", "Just **below** boiling,\n\nfor black tea."),
        ("What do I need?", "- A pot\n- Leaves & water"),
        ("How long?", "Three minutes."),
        ("How is it written?", "```\nbrew(\n  minutes=3)\n```"),
    ]


def test_lines_are_those_of_the_page() -> None:
    (found,) = read("tea.html", PAGE.encode())
    assert [each.line for each in found.cards] == [9, 11, 16, 17]
    assert found.deck.title == "Questions about tea"


@pytest.mark.parametrize(
    "page",
    [
        "<h1>FAQ</h1><div><div class=q>What is a fen?</div><div class=a>A wet meadow.</div></div>"
        "<div><div class=q>What is a moor?</div><div class=a>A dry one.</div></div>",
        "<h1>FAQ</h1><dl><dt>What is a fen?<dd>A wet meadow.<dt>What is a moor?<dd>A dry one.</dl>",
        "<h1>FAQ</h1><button>What is a fen?</button><div>A wet meadow.</div><button>Close</button>"
        "<button>What is a moor?</button><div>A dry one.</div>",
        "<h2>What is a fen?</h2>A wet meadow.<h2>What is a moor?</h2>A dry one.",
        "<p><strong>Q: What is a fen?</strong></p><p>A: A wet meadow.</p>"
        "<p><strong>Q: What is a moor?</strong></p><p>A: A dry one.</p>",
    ],
    ids=["div", "dl", "button", "h2", "strong"],
)
def test_pages_however_they_are_made(page: str) -> None:
    assert pairs(page) == [("What is a fen?", "A wet meadow."), ("What is a moor?", "A dry one.")]


def test_a_page_that_as_a_whole_is_called_like_side_matter_is_read() -> None:
    page = (
        "<div class='has-sidebar'><h2>What is a fen?</h2><p>A wet meadow.</p><h2>What is a moor?</h2><p>Dry.</p></div>"
    )
    assert pairs(page) == [("What is a fen?", "A wet meadow."), ("What is a moor?", "Dry.")]


def test_text_that_looks_like_markdown_is_none() -> None:
    text, _ = page_text("<p># not a heading</p><p>- not an item</p>")
    assert text.split("\n\n") == ["\\# not a heading", "\\- not an item\n"]


def test_a_page_is_known_by_its_ending_or_beginning() -> None:
    assert sniff("x.HTML", b"")
    assert sniff("page", b"\n<!doctype HTML><p>")
    assert not sniff("x.md", b"<p>")


def test_what_is_no_page_is_told() -> None:
    with pytest.raises(TrainerError):
        read("x.html", b"\x00\x01")


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<li>", "<ul>", "</ul>", "<h2>", "</h2>", "<b>", "</b>", "<pre>", "</pre>", "<details>",
        "<summary>", "</summary>", "</details>", "<nav>", "</nav>", "<main>", "</main>", "<td>", "<br>", "&amp;",
        "&#0;", "<!--", "-->", "<", "What is it? ", "text ", "\n", "<script>", "</script>", "<dt>", "<dd>", "<button>",
        "</button>", "<code>", "</code>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_page_is_read_with_a_line_of_the_page_for_each_of_the_text(page: str) -> None:
    text, numbers = page_text(page)
    assert len(text.split("\n")) == max(1, len(numbers))
    assert all(1 <= number <= page.count("\n") + 1 for number in numbers)

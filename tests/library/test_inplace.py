"""Cards changed in their text: they read as wanted, and every other byte of the file is what it was."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.library.deck_format import read_deck
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.library.inplace import with_head, with_replaced
from trainer.library.render import card_table, point_value, value_text
from trainer.model import Card, KeyPoint
from trainer.toml_line import one_line_value

quick = settings(max_examples=40)

TEXT = st.sampled_from(
    ["a", "b", "C++", "two\nlines", '"""', "'", "\\", "# no", "= {", "]", "é 🙂", "[[cards]]", "x, y", "long " * 30]
).map(str.strip)
STRINGS = st.lists(TEXT, max_size=3).map(tuple)
MAYBE = st.just("") | TEXT
POINT_IDS = st.sampled_from(["", "", "p", "q.r"])
WEIGHTS = st.sampled_from([1.0, 1.0, 2.0, 0.5])
FIELDS = st.sets(st.sampled_from(["answer", "follow_ups", "hint", "why", "tags", "source"]))


@st.composite
def points(draw: st.DrawFn) -> KeyPoint:
    text, own = draw(TEXT), draw(POINT_IDS)
    return KeyPoint(own or point_fingerprint(text), text, draw(WEIGHTS))


POINTS = st.lists(points(), max_size=4, unique_by=lambda point: point.id).map(tuple)


@st.composite
def cards(draw: st.DrawFn, number: int = 0) -> Card:
    question, listed = f"{number}? {draw(TEXT)}", draw(POINTS)
    answer = draw(TEXT) if not listed else draw(MAYBE)
    own = draw(st.sampled_from(["", f"card-{number}"]))
    rest = (draw(STRINGS), draw(TEXT), draw(MAYBE), draw(STRINGS), draw(MAYBE))
    return Card(own or card_fingerprint(question), question, listed, answer, *rest)


@st.composite
def changed(draw: st.DrawFn, card: Card, number: int) -> Card:
    """A card of which some is other: fields of another card, points that moved, went, came."""
    other = draw(cards(number))
    keys = draw(FIELDS)
    new = replace(card, **{key: getattr(other, key) for key in keys})
    if draw(st.booleans()):
        new = replace(new, question=other.question, id=other.id)
    listed = draw(st.permutations([*card.key_points, *other.key_points]))
    listed = listed[: draw(st.integers(0, len(listed)))]
    new = replace(new, key_points=tuple({point.id: point for point in listed}.values()))
    return new if new.key_points or new.answer else replace(new, answer="A")


class Writer:
    """Writes a card as a person might: with comments and spaces in many places."""

    def __init__(self, style: str, ids: bool) -> None:
        self.style, self.ids = style, ids

    def card(self, card: Card) -> str:
        table = card_table(card)
        if self.ids:
            table["id"] = card.id
        if self.style == "braces":
            return one_line_value(table)
        lines = ["[[cards]]  # begins"]
        for key, value in table.items():
            lines.append(f"# about {key}")
            if key == "key_points" and self.style == "blocks":
                continue
            if isinstance(value, list):
                items = [
                    f"    # above {n}\n    {one_line_value(item)},  # beside {n}\n" for n, item in enumerate(value)
                ]
                one_line = f"[ {', '.join(map(one_line_value, value))} ]"
                lines.append(
                    f"{key}  = " + (one_line if key == "tags" else f"[ # open\n{''.join(items)}    # close\n]")
                )
            else:
                lines.append(f"{key} = {value_text(value)}  # beside {key}")
        if self.style == "blocks":
            for point in card.key_points:
                value = point_value(point)
                pairs = value if isinstance(value, dict) else {"text": value}
                lines += [
                    "",
                    "# a point",
                    "[[cards.key_points]]",
                    *(f"{k} = {value_text(v)} # {k}" for k, v in pairs.items()),
                ]
        return "\n".join(lines)

    def deck(self, listed: tuple[Card, ...]) -> tuple[str, list[tuple[str, str]]]:
        """Return the text of a deck, and what stands before and behind each card."""
        written = [self.card(card) for card in listed]
        gap, end = (
            ("\n\n# between\n", "\n# end, of all") if self.style != "braces" else (", # and ,\n  ", " ,\n] # end\n")
        )
        head = '# mine\nformat = 1\ntitle = "T" # title\n\n' + ("cards = [\n  " if self.style == "braces" else "")
        text = head + gap.join(written) + end
        spans = []
        for number, each in enumerate(written):
            before = head + gap.join([*written[:number], ""])
            spans.append((before, text[len(before) + len(each) :]))
        return text, spans


@st.composite
def edits(draw: st.DrawFn) -> tuple[Writer, tuple[Card, ...], int, Card]:
    listed = tuple(draw(cards(number)) for number in range(draw(st.integers(1, 3))))
    at = draw(st.integers(0, len(listed) - 1))
    writer = Writer(draw(st.sampled_from(["lists", "blocks", "braces"])), draw(st.booleans()))
    return writer, listed, at, draw(changed(listed[at], at))


@given(edits(), st.booleans())
@quick
def test_a_changed_card_reads_as_wanted_and_the_rest_of_the_file_is_as_it_was(
    edit: tuple[Writer, tuple[Card, ...], int, Card], crlf: bool
) -> None:
    writer, listed, at, new = edit
    text, spans = writer.deck(listed)
    newline = "\r\n" if crlf else "\n"
    text, (before, behind) = text.replace("\n", newline), tuple(each.replace("\n", newline) for each in spans[at])
    assert read(text) == listed
    after = with_replaced(text, {at: new})
    assert read(after) == (*listed[:at], new, *listed[at + 1 :])
    assert after.startswith(before)
    assert after.endswith(behind)
    assert "\n" not in after.replace("\r\n", "") or not crlf
    assert with_replaced(after, {at: new}) == after


@given(edits())
@quick
def test_comments_stay_beside_what_did_not_change(edit: tuple[Writer, tuple[Card, ...], int, Card]) -> None:
    writer, listed, at, new = edit
    if writer.style == "braces":
        return
    after = with_replaced(writer.deck(listed)[0], {at: new})
    block = after.split("[[cards]]  # begins")[at + 1]
    for key in ("question", "answer", "hint", "why", "source"):
        if getattr(new, key) and getattr(new, key) == getattr(listed[at], key):
            assert f"{key} = {value_text(getattr(new, key))}  # beside {key}\n" in block
    if new.key_points == listed[at].key_points and new.key_points and writer.style == "lists":
        assert f"# beside {len(new.key_points) - 1}\n" in block


def read(text: str) -> tuple[Card, ...]:
    content = read_deck(text.encode(), "d.toml")
    assert content.problems == []
    assert content.deck is not None
    return tuple(content.deck.cards)


LIST = """\
[[cards]]
question = "Why?"   # the question
key_points = [
  # from the book
  "One",   # of two
  { id = "two", text = "Two" },   # the other
]
answer = "Because."

# the end
"""


def listed(text: str, *points: KeyPoint) -> str:
    (card,) = read(text)
    return with_replaced(text, {0: replace(card, key_points=points)})


ONE, TWO = KeyPoint(point_fingerprint("One"), "One"), KeyPoint("two", "Two")


def test_points_that_change_places_take_their_comments_along() -> None:
    assert listed(LIST, TWO, ONE) == LIST.replace(
        '  # from the book\n  "One",   # of two\n  { id = "two", text = "Two" },   # the other\n',
        '  { id = "two", text = "Two" },   # the other\n  # from the book\n  "One",   # of two\n',
    )


def test_a_point_that_is_reworded_or_weighed_stays_on_its_line() -> None:
    other = KeyPoint(point_fingerprint("Uno"), "Uno", 2.0)
    assert listed(LIST, other, TWO) == LIST.replace('"One"', '{ text = "Uno", weight = 2 }')


def test_a_point_that_is_added_or_removed_leaves_the_others_alone() -> None:
    three = KeyPoint(point_fingerprint("Three"), "Three")
    assert listed(LIST, ONE, TWO, three) == LIST.replace("# the other\n", '# the other\n  "Three",\n')
    assert listed(LIST, TWO) == LIST.replace('  # from the book\n  "One",   # of two\n', "")


def test_a_key_that_is_added_stands_where_the_format_has_it() -> None:
    (card,) = read(LIST)
    after = with_replaced(LIST, {0: replace(card, hint="Think.", id="why")})
    assert after == LIST.replace("[[cards]]\n", '[[cards]]\nid = "why"\n').replace(
        '"Because."\n', '"Because."\nhint = "Think."\n'
    )


def test_the_last_line_of_a_file_needs_no_line_break() -> None:
    text = '[[cards]]\nquestion = "Q"\nanswer = "A"'
    assert with_replaced(text, {0: Card("q", "Q", answer="A", hint="H")}) == (
        '[[cards]]\nid = "q"\nquestion = "Q"\nanswer = "A"\nhint = "H"'
    )


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('# mine\ntitle = "A" # x\n[[cards]]\n', '# mine\ntitle = "B" # x\n[[cards]]\n'),
        ("# mine\nformat = 1\n", '# mine\nformat = 1\ntitle = "B"\n'),
        ('[[cards]]\nquestion = "Q"\n', 'title = "B"\n[[cards]]\nquestion = "Q"\n'),
    ],
)
def test_a_title_is_set_where_it_stands_or_belongs(text: str, after: str) -> None:
    assert with_head(text, {"title": "B"}) == after

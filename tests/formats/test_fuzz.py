"""Every reader on files that no program wrote: decks found, or an error in words; never anything else."""

import math
import re
import sqlite3
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from trainer.errors import TrainerError
from trainer.formats.anki import cloze, package, wire
from trainer.formats.anki.template import Side, answer_part
from trainer.formats.found import Found
from trainer.formats.html import plain_of, to_markdown, to_plain
from trainer.formats.limits import LONGEST_FIELD
from trainer.formats.lists import split_list
from trainer.formats.registry import MODULES
from trainer.library.deck_format import read_deck
from trainer.library.render import deck_text
from trainer.model import Deck

PACKAGES = [(Path(__file__).parent / "packages" / name).read_bytes() for name in ("old.apkg", "new.apkg")]
CORPUS = Path(__file__).parents[1] / "fuzz" / "corpus"
SEEDS = [path.read_bytes() for path in sorted(CORPUS.rglob("*")) if path.is_file()]
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
FEW = settings(max_examples=60, suppress_health_check=list(HealthCheck))

MARKS = [
    "{{c1::",
    "::",
    "}}",
    "{{Front}}",
    "{{#Front}}",
    "{{/Front}}",
    "{{^Back}}",
    "{{type:cloze:Back}}",
    "<li>",
    "<ul>",
]
MARKS += [
    "</li>",
    "<br>",
    "<img src=x>",
    "[sound:",
    "]",
    "<hr id=answer>",
    "&amp",
    ";",
    "\\(",
    "- ",
    "1. ",
    "\n",
    "*",
    "_",
]
TEXTS = st.lists(st.sampled_from(MARKS) | st.text(max_size=5), max_size=30).map("".join)


def check(found: Sequence[Found]) -> None:
    """Hold what was found to what a deck may hold."""
    for each in found:
        assert each.deck.title
        for item in each.cards:
            card = item.card
            said = (
                card.id,
                card.question,
                card.answer,
                card.hint,
                *card.tags,
                *(point.text for point in card.key_points),
            )
            assert not any(CONTROLS.search(text) for text in said)
            content = read_deck(deck_text(Deck("d.toml", "D", cards=(card,))).encode("utf-8", "replace"), "d.toml")
            if card.answer or card.key_points:
                assert content.problems == []


def read(module: Any, name: str, data: bytes) -> None:
    try:
        found = module.read(name, data)
    except TrainerError as error:
        said = error.message
    else:
        said = "read"
        check(found)
    assert said
    assert not CONTROLS.search(said)


def broken(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """Return bytes with pieces of others in the place of some of their own."""
    for start, length, piece in cuts:
        at = start % (len(data) + 1)
        data = data[:at] + piece + data[at + length :]
    return data


CUTS = st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 8), st.binary(max_size=8)), min_size=1, max_size=4)


@pytest.mark.parametrize("name", list(MODULES))
@FEW
@given(data=st.binary(max_size=300) | TEXTS.map(str.encode) | st.builds(broken, st.sampled_from([b"", *SEEDS]), CUTS))
def test_any_bytes_are_decks_or_an_error_in_words(name: str, data: bytes) -> None:
    module = import_module(MODULES[name])
    assert module.sniff("x.bin", data) in (True, False)
    read(module, "x.bin", data)


@FEW
@given(data=st.builds(broken, st.sampled_from(PACKAGES), CUTS))
def test_a_damaged_package_is_decks_or_an_error_in_words(data: bytes) -> None:
    read(package, "x.apkg", data)


VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.binary(max_size=9) | TEXTS


@FEW
@example(rows=[(("col", "crt"), math.inf)], front="", back="", template="")
@example(rows=[(("col", "crt"), 1e300), (("cards", "type"), 2)], front="", back="", template="")
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(
                [("notes", "flds"), ("notes", "guid"), ("notes", "tags"), ("notes", "mid"), ("cards", "ord")]
            )
            | st.sampled_from([("cards", "due"), ("cards", "type"), ("cards", "queue"), ("revlog", "ease")])
            | st.sampled_from([("revlog", "cid"), ("revlog", "time"), ("revlog", "type"), ("col", "models")])
            | st.sampled_from([("col", "decks"), ("col", "crt"), ("col", "conf")]),
            VALUES,
        ),
        max_size=4,
    ),
    front=TEXTS,
    back=TEXTS,
    template=TEXTS,
)
def test_a_database_of_odd_values_is_decks_or_an_error_in_words(
    rows: list[tuple[tuple[str, str], Any]],
    front: str,
    back: str,
    template: str,
    package: Any,
    zip_of: Any,
    tmp_path: Path,
) -> None:
    package.notes.clear()
    package.models["1"]["tmpls"][0].update(qfmt="{{Front}}" + template, afmt=template + "{{Back}}")
    package.note(front, back, cards=(0, 1))
    package.note(front + "{{c1::x}}", back, kind=2)
    package.reviews = [(1_700_000_000_000, 10, 3, 0, 10, 1)]
    path = tmp_path / "odd.db"
    path.write_bytes(package.database())
    connection = sqlite3.connect(path)
    for (table, column), value in rows:
        connection.execute(f"UPDATE {table} SET {column} = ?", (value,))
    connection.commit()
    connection.close()
    read(import_module(MODULES["anki"]), "x.apkg", zip_of({"collection.anki21": path.read_bytes()}))


@FEW
@given(st.binary(max_size=60))
def test_any_protobuf_is_fields_or_a_value_error(message: bytes) -> None:
    try:
        wire.fields(message)
    except ValueError:
        return
    assert isinstance(wire.number(message, 1), int)
    assert isinstance(wire.text(message, 2), str)


@FEW
@given(TEXTS)
def test_deletions_take_nothing_away_and_add_nothing(text: str) -> None:
    parts = cloze.parse(text)
    for number in cloze.numbers(parts):
        gap = cloze.with_gap(parts, number)
        assert len(cloze.left_out(parts, number)) == 0 or "[" in gap
    if "{{c" not in text:
        assert cloze.whole(parts) == text


@FEW
@given(TEXTS, TEXTS)
def test_any_template_can_be_filled(template: str, value: str) -> None:
    values = {"Front": value, "Back": value}
    for side in filter(None, (template, answer_part(template))):
        shown = Side(side).fill(values, lambda text: text, typed=True, number=1)
        assert len(shown.html) <= LONGEST_FIELD + len(template)


@FEW
@given(TEXTS)
def test_any_html_becomes_text_without_controls(html: str) -> None:
    for text in (to_markdown(html), to_plain(html), plain_of(to_markdown(html))):
        assert not CONTROLS.search(text)


@FEW
@given(TEXTS)
def test_a_list_and_what_stands_around_it_hold_all_words(text: str) -> None:
    items, around = split_list(text)
    if not items:
        assert around == text
    else:
        words = re.findall(r"\w+", text)
        assert set(re.findall(r"\w+", " ".join([*items, around]))) <= set(words)

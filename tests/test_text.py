"""Text from outside: what is taken out at the door, and what stays as written."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.text import clean, counted, folded, listed, one_line, shorten, slug

quick = settings(max_examples=100)

DANGEROUS = [
    *(code for code in range(0x20) if code not in (0x09, 0x0A)),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
]
ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from([*map(chr, DANGEROUS), "\t", "\n", "\u2028", "\u2029", "\ud800", "\udfff"]),
        st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"]),
    )
)


@pytest.mark.parametrize("code", [code for code in DANGEROUS if code != 0x0D], ids=hex)
def test_a_character_that_could_steer_a_terminal_is_taken_out(code: int) -> None:
    assert clean(f"a{chr(code)}b") == "ab"


def test_an_escape_sequence_is_left_as_harmless_letters() -> None:
    assert clean("\x1b[2J\x1b]0;title\x07red") == "[2J]0;titlered"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert clean(f"one{end}two") == "one\ntwo"
    assert clean(f"one{end}{end}two") == "one\n\ntwo"


@pytest.mark.parametrize("half", [0xD800, 0xDBFF, 0xDC00, 0xDFFF], ids=hex)
def test_half_a_surrogate_becomes_the_replacement_character(half: int) -> None:
    assert clean(f"a{chr(half)}b") == "a\ufffdb"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\tb\nc",
        "C++ and C# – “quoted”, naïve, 日本語",
        "e\u0301 stays decomposed",
        "family: 👩\u200d👩\u200d👧",
        "\u200fעברית\u200e",
        "[bold]no markup[/bold]",
        "  spaces stay  ",
        "\u00a0",
    ],
)
def test_all_else_stays_as_written(text: str) -> None:
    assert clean(text) == text


@quick
@given(ANY_TEXT)
@example("\r\ufeff\n")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@quick
@given(ANY_TEXT)
def test_nothing_dangerous_is_left_after_cleaning(text: str) -> None:
    cleaned = clean(text)
    assert not set(map(ord, cleaned)) & set(DANGEROUS)
    assert not any(unicodedata.category(character) == "Cs" for character in cleaned)
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("  one \r\n\t two\u00a0three ", "one two three"),
        ("\x1bred", "red"),
    ],
)
def test_one_line_makes_every_run_of_white_space_one_space(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("", 5, ""),
        ("exactly", 7, "exactly"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one, two", 7, "one…"),
        ("onetwothree", 5, "onet…"),
        ("one\ntwo", 20, "one two"),
        ("abc", 1, "…"),
    ],
)
def test_a_long_text_is_cut_at_a_word(text: str, length: int, short: str) -> None:
    assert shorten(text, length) == short


@quick
@given(ANY_TEXT, st.integers(1, 30))
def test_a_shortened_text_is_one_line_of_at_most_the_length(text: str, length: int) -> None:
    short = shorten(text, length)
    assert len(short) <= length
    assert short == one_line(short)
    assert short == one_line(text) or short.endswith("…")


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("Leading product marketing", "leading-product-marketing"),
        ("  C++ & C#!  ", "c-c"),
        ("Où est l’été?", "ou-est-l-ete"),
        ("Straße", "strasse"),
        ("日本語 1", "日本語-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("__init__", "init"),
        ("", "deck"),
        ("?!", "deck"),
        ("\x1b\x00", "deck"),
        ("a" * 70, "a" * 60),
        ("a" * 59 + " b", "a" * 59),
    ],
)
def test_a_slug_is_words_joined_by_hyphens(text: str, stem: str) -> None:
    assert slug(text) == stem


@quick
@given(ANY_TEXT)
def test_a_slug_is_a_file_name_anywhere(text: str) -> None:
    stem = slug(text)
    assert 1 <= len(stem) <= 60
    assert len(f"{stem}.toml".encode()) <= 255
    assert all(character in "-_" or character.isalnum() for character in stem)
    assert stem.strip("-_") == stem


@pytest.mark.parametrize(("number", "words"), [(0, "0 cards"), (1, "1 card"), (2, "2 cards"), (12345, "12,345 cards")])
def test_a_number_is_told_with_its_noun(number: int, words: str) -> None:
    assert counted(number, "card") == words


def test_a_noun_can_have_a_plural_of_its_own() -> None:
    assert counted(1, "memory", "memories") == "1 memory"
    assert counted(2, "memory", "memories") == "2 memories"


@pytest.mark.parametrize(
    ("words", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_as_in_a_sentence(words: list[str], told: str) -> None:
    assert listed(words) == told


def test_a_list_can_end_with_another_word() -> None:
    assert listed(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A  B\n c", "a b c"),
        ("Café RÉSUMÉ naïve", "cafe resume naive"),
        ("cafe\u0301", "cafe"),
        ("don’t “say” – it", 'don\'t "say" - it'),
        ("Straße ΣΊΣΥΦΟΣ Ёлка", "strasse σισυφοσ елка"),
        ("がか हिन्दी", "か\u3099か हिन्दी"),
        ("ﬁne ①", "fine 1"),
    ],
)
def test_texts_are_compared_without_case_and_accents(text: str, told: str) -> None:
    assert folded(text) == told
    assert folded(told) == told

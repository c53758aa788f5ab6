"""Identity: which wordings are one card or point, checked against a second reading of the design."""

import hashlib
import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.library.identity import card_fingerprint, is_id, point_fingerprint, same_wording

quick = settings(max_examples=100)

QUOTES = {"'": "‘’‚‛", '"': "“”„‟"}
DASHES = "‐‑‒–—―"
END_MARKS = ".?!:;,…"

WORDING = st.text(
    st.one_of(
        st.sampled_from([*"".join(QUOTES.values()), *DASHES, *END_MARKS, *" \t\n\r\u00a0\u2003", *"eE\u0301ßſΣς"]),
        # Which other quotes, dashes and signs count as plain the design leaves open.
        st.characters(exclude_categories=["Cs", "Pd", "Pi", "Pf"], exclude_characters="−"),
    )
)


def by_the_design(text: str) -> bytes:
    """UTF-8 after NFC and case folding, white space made one, quotes and dashes made plain, ends removed."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"\s+", " ", text)
    for plain, curly in {**QUOTES, "-": DASHES}.items():
        text = re.sub(f"[{curly}]", plain, text)
    text = re.sub(rf"^[\s{END_MARKS}]+", "", text)
    while text and (text[-1].isspace() or text[-1] in END_MARKS):
        text = text[:-1]
    return text.encode("utf-8")


@quick
@given(WORDING.filter(by_the_design))
@example("What is C++?")
@example(" .NET… ")
def test_a_fingerprint_is_the_hash_the_design_tells(text: str) -> None:
    digest = hashlib.sha256(by_the_design(text)).hexdigest()
    assert card_fingerprint(text) == digest[:12]
    assert point_fingerprint(text) == digest[:8]


@pytest.mark.parametrize("text", ["?", "…", " . . . ", "!?"])
def test_a_wording_of_end_marks_alone_has_them_removed_too(text: str) -> None:
    assert card_fingerprint(text) == "e3b0c44298fc"  # printf '' | sha256sum


@pytest.mark.parametrize(
    ("question", "digits"),
    [
        # printf 'what is c++' | sha256sum
        ("What is C++?", "ee5245823355"),
        ("What is C?", "9e2d11aaf2f1"),
        ("What is C#?", "bfdfa65917cd"),
        ("  What is the\n capital of France ?! ", "d832be57fc35"),
        ("What’s a “hard call” – and why?", "2027a6708b1d"),
        ("Où est l’été…", "42504428e7b4"),
        ("STRASSE", "16d969520877"),
        ("Straße;", "16d969520877"),
        ("Tell me about a hard call", "9d6ec6e9ca67"),
    ],
)
def test_known_questions_keep_their_ids_for_all_time(question: str, digits: str) -> None:
    assert card_fingerprint(question) == digits
    assert point_fingerprint(question) == digits[:8]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What’s it?", "What's it?"),
        ("‘a’ ‚b‛", "'a' 'b'"),
        ("“a” „b‟", '"a" "b"'),
        ("a‐b‑c‒d–e—f―g", "a-b-c-d-e-f-g"),
        ("WHAT IS IT", "what is it"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("caf\u00e9", "cafe\u0301"),
        ("CAFE\u0301", "caf\u00e9"),
        ("  what\tis\n\nit\u00a0", "what is it"),
        ("what is it", "...what is it?!:;,…"),
        ("what is it ?", "what is it?"),
        ("what is it . ?", "what is it"),
    ],
)
def test_wordings_that_differ_in_form_alone_are_one(one: str, other: str) -> None:
    assert same_wording(one) == same_wording(other)
    assert card_fingerprint(one) == card_fingerprint(other)
    assert point_fingerprint(one) == point_fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is C?", "What is C++?"),
        ("What is C++?", "What is C#?"),
        ("What is C?", "What is C#?"),
        ("its", "it's"),
        ("a-b", "a b"),
        ("a, b", "a b"),
        ("resume", "résumé"),
        ("ab", "a b"),
        ("(what)", "what"),
        ("“what?”", "“what”"),
        ("-1", "1"),
        ("a/b", "a\\b"),
    ],
)
def test_wordings_that_differ_within_are_two(one: str, other: str) -> None:
    assert card_fingerprint(one) != card_fingerprint(other)
    assert point_fingerprint(one) != point_fingerprint(other)


@quick
@given(WORDING)
def test_composed_and_decomposed_letters_are_one(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert same_wording(composed) == same_wording(decomposed)


@quick
@given(WORDING.filter(by_the_design), st.text(f"{END_MARKS} \t\n"), st.text(f"{END_MARKS} \t\n"))
def test_what_stands_at_the_ends_does_not_count(text: str, before: str, after: str) -> None:
    core = by_the_design(text).decode()
    assert same_wording(before + core + after) == same_wording(core)


@pytest.mark.parametrize("text", ["a", "x" * 64, "two words", " ", "é", "日本", "C++", "answer", "-", "\U0001f600"])
def test_one_to_64_printable_characters_are_an_id(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text", ["", "x" * 65, "a\nb", "a\tb", "\x1b", "\x00", "\x7f", "\x85", "\u202e", "\ufeff", "\u2028", "\ud800"]
)
def test_anything_else_is_no_id(text: str) -> None:
    assert not is_id(text)

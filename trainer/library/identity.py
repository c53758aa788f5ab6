"""How a card and a key point are known when the author gave them no id.

A fingerprint is the beginning of a SHA-256 of the wording, made indifferent to
case, spacing, curly punctuation and what a sentence ends with.
"""

import hashlib
import unicodedata

CARD_DIGITS = 12
POINT_DIGITS = 8
LONGEST_ID = 64

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_ENDS = " .?!:;,…"


def same_wording(text: str) -> str:
    """Return the form of `text` in which two wordings that mean the same question are equal.

    Inner punctuation stays: C, C++ and C# are three questions.
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_PLAIN)
    return " ".join(folded.split()).strip(_ENDS)


def card_fingerprint(question: str) -> str:
    """Return the id of a card that has none of its own: 12 hex digits."""
    return _fingerprint(question, CARD_DIGITS)


def point_fingerprint(text: str) -> str:
    """Return the id of a key point that has none of its own: 8 hex digits."""
    return _fingerprint(text, POINT_DIGITS)


def _fingerprint(text: str, digits: int) -> str:
    return hashlib.sha256(same_wording(text).encode()).hexdigest()[:digits]


def is_id(text: str) -> bool:
    """Return whether an author may use `text` as an id: 1 to 64 printable characters."""
    return 1 <= len(text) <= LONGEST_ID and text.isprintable()

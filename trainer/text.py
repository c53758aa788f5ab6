"""Text from outside, made safe at the door, and small things done with text."""

import re
import unicodedata
from collections.abc import Iterable

_REMOVED = dict.fromkeys(
    [
        *(code for code in range(0x20) if code not in (0x09, 0x0A)),  # C0: ESC, BEL, NUL, ...
        *range(0x7F, 0xA0),  # DEL and C1
        *range(0x202A, 0x202F),  # bidirectional embeddings and overrides
        *range(0x2066, 0x206A),  # bidirectional isolates
        0xFEFF,  # byte order mark
    ]
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|\u2028|\u2029")
_UNCLEAN = re.compile(f"[{re.escape(''.join(map(chr, _REMOVED)))}\u2028\u2029\ud800-\udfff]")
_PLAIN = str.maketrans("‘’‚‛“”„‟‐‑‒–—−", "''''\"\"\"\"------")
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670]")


def clean(text: str) -> str:
    """Return `text` without what could steer a terminal; all else stays as written.

    Control characters (C0 except newline and tab, DEL, C1), overrides of the
    reading direction and byte order marks go, line ends become a newline, and
    half surrogates become U+FFFD.
    """
    if not _UNCLEAN.search(text):
        return text
    return _SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text).translate(_REMOVED))


def one_line(text: str) -> str:
    """Return cleaned `text` with every run of white space made one space."""
    return " ".join(clean(text).split())


def folded(text: str) -> str:
    """Return what texts are compared by where case, accents, curly quotes and white space make no difference."""
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold())
    return " ".join(text.lower().split())


def shorten(text: str, length: int) -> str:
    """Return `text` on one line, cut at a word to at most `length` characters."""
    line = one_line(text)
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"


def shown(value: object) -> str:
    """Return a wrong value as an error message shows it: short, printable, on one line."""
    try:
        return shorten(repr(value), 60)
    except ValueError:  # an integer of more digits than Python writes
        return "too long a number"


def slug(text: str) -> str:
    """Return a file name stem for `text`: lower-case words joined by hyphens, at most 60 characters."""
    plain = unicodedata.normalize("NFKD", clean(text)).casefold()
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^\w]+", "-", kept).strip("-_")[:60].rstrip("-_") or "deck"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 card", "2 cards": the number with its noun."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return which of the words known was probably meant; empty where none is near."""
    from difflib import get_close_matches  # needed after a slip alone

    return next(iter(get_close_matches(word, known, n=1, cutoff=0.5)), "")


def listed(words: list[str], last: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))

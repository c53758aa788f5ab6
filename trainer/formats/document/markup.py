"""Inline markup: what a line says without its emphasis, links and tags."""

import html
import re
from collections.abc import Sequence
from functools import lru_cache

_TAGS = "a|abbr|article|aside|b|big|blockquote|br|center|dd|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|mark|ol|p"
_TAGS += "|s|section|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|video"
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|<!--.*?-->", re.IGNORECASE)
_CODE = re.compile(r"</?code>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^()]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])|(?<![\w\\])_(?=[^\s_])([^_]+?)(?<=\S)_(?!\w)"
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~'\"&$-])")
_INLINE_CODE = re.compile(r"(`+[^`]+`+)")
LONGEST = 4000
"""Characters up to which a line is taken apart; longer ones are prose, and stay as they are."""
_ANCHOR = re.compile(r"\s*\{#[\w-]+\}\s*$")


def without_tags(line: str) -> str:
    """Return a line of Markdown without HTML tags; what stands in backticks stays."""
    if ("<" not in line and "&" not in line) or len(line) > LONGEST:
        return line
    pieces = _INLINE_CODE.split(_CODE.sub("`", line))
    return "".join(piece if index % 2 else html.unescape(_TAG.sub("", piece)) for index, piece in enumerate(pieces))


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return what a line of Markdown says: no emphasis, links or tags; code keeps its backticks."""
    if len(text) > LONGEST:
        return " ".join(text.split())
    text = _ANCHOR.sub("", without_tags(text.replace("\0", "")))
    pieces = _INLINE_CODE.split(text)
    for index in range(0, len(pieces), 2):
        piece = _LINK.sub(r"\1", _IMAGE.sub("", pieces[index])) if "[" in pieces[index] else pieces[index]
        pieces[index] = piece
    codes = pieces[1::2]
    text = "\0".join(pieces[::2])
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(lambda found: found[1] or found[2], _STRONG.sub(r"\2", text))
    return " ".join(_with_codes(_ESCAPED.sub(r"\1", text), codes).split())


def _with_codes(text: str, codes: Sequence[str]) -> str:
    """Return a text with the inline code put back that stood where its null characters are."""
    parts = text.split("\0")
    return parts[0] + "".join(code + part for code, part in zip(codes, parts[1:], strict=True))


def is_only_links(text: str) -> bool:
    """Return whether a line is links, and nothing beside them says more."""
    if len(text) > LONGEST:
        return False
    rest, number = _LINK.subn("", _IMAGE.sub("", text))
    return bool(number) and not re.search(r"\w{3}", without_tags(rest))


def italic_question(text: str) -> str | None:
    """Return what a line says that is in italics from end to end and ends with a question mark, else None."""
    found = re.fullmatch(r"([*_])(?![*_\s])([^*]+\?)\s*\1", text.strip())
    return found[2] if found else None


def bold_whole(text: str) -> str | None:
    """Return what a line says that is bold from end to end, else None."""
    found = re.fullmatch(r"(?:\*\*|__|<(b|strong)>)\s*(.+?)\s*(?:\*\*|__|</\1>)\s*[:.]?\s*\W{0,4}", text.strip())
    if found is None or "**" in found[2] or "__" in found[2].strip("_"):
        return None
    return found[2]

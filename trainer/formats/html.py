"""HTML from strangers made Markdown, or plain text, by a library; what a terminal cannot show is named instead."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from trainer.formats.extras import needs_extra
from trainer.text import clean

if TYPE_CHECKING:
    from html_to_markdown import ConversionOptions

# No pattern here may look further than the next "<" or line, so that none is slow on any text.
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_PLAYED = re.compile(r"<(?P<kind>audio|video|source|embed|object)\b[^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"""\b(?:src|data)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:([^\[\]\n]*)\]")
_SPOKEN = re.compile(r"\[/?anki:[^\[\]\n]*\]")
_RULE = re.compile(r"<hr\b[^<>]*>", re.IGNORECASE)
_MATH = {r"\(": "$", r"\)": "$", r"\[": "$$", r"\]": "$$", "[$]": "$", "[/$]": "$", "[$$]": "$$", "[/$$]": "$$"}
_MATH |= {"[latex]": "", "[/latex]": "", "<anki-mathjax>": "$", "</anki-mathjax>": "$"}
_MATH_MARK = re.compile("|".join(map(re.escape, sorted(_MATH, key=len, reverse=True))))
_TAGGED = re.compile(r"[<&]")
_MARKED = re.compile(r"[<&*_\\]")
_NAMED = re.compile(r"[<&*_\\\[]")
_INNER_UNDERSCORE = re.compile(r"(?<=\w)\\_(?=\w)")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n|\n[ \t]*\n")
_LINE_START = re.compile(r"^[ ]+(?=\[)", re.MULTILINE)
_SIGNS = re.compile(r"\\([!-/:-@\[-`{-~])|\*\*|`")


def to_markdown(html: str) -> str:
    """Return HTML as Markdown. Raises TrainerError where the extra that does it is not installed."""
    if not _NAMED.search(html):
        return _settled(html)
    return _INNER_UNDERSCORE.sub("_", _settled(_converted(html, "markdown")))


def to_plain(html: str) -> str:
    """Return HTML as text without any marks. Raises TrainerError where the extra that does it is not installed."""
    if not _NAMED.search(html):
        return _settled(html)
    return _LINE_START.sub("", _settled(_converted(_RULE.sub("<br>", html), "plain")))


def plain_of(markdown: str) -> str:
    """Return a short piece of Markdown, as `to_markdown` makes it, without its marks."""
    return _SIGNS.sub(lambda match: match[1] or "", markdown)


def _converted(html: str, form: str) -> str:
    named = _name_media(_MATH_MARK.sub(lambda match: _MATH[match[0]], html))
    if not (_MARKED if form == "markdown" else _TAGGED).search(named):
        return named
    try:
        import html_to_markdown as library
    except ModuleNotFoundError:
        raise needs_extra("html-to-markdown") from None
    try:
        return library.convert(named, _options(form)).content or ""
    except library.ConversionError:
        return named  # shown as it stands: it is literal text on every screen


@lru_cache
def _options(form: str) -> "ConversionOptions":
    """Return the options, with the library's own values for choices: texts it looks up anew at every call."""
    import html_to_markdown as library

    is_markdown = form == "markdown"
    return library.ConversionOptions(
        output_format=library.OutputFormat.MARKDOWN if is_markdown else library.OutputFormat.PLAIN,
        heading_style=library.HeadingStyle.ATX,
        list_indent_type=library.ListIndentType.SPACES,
        highlight_style=library.HighlightStyle.BOLD,
        whitespace_mode=library.WhitespaceMode.NORMALIZED,
        newline_style=library.NewlineStyle.SPACES,
        code_block_style=library.CodeBlockStyle.BACKTICKS,
        inline_data_media=library.InlineDataMedia.DROP_ELEMENT,
        hidden_content=library.HiddenContent.DROP,
        url_escape_style=library.UrlEscapeStyle.ANGLE,
        link_style=library.LinkStyle.INLINE,
        tier_strategy=library.TierStrategy.AUTO,
        bullets="-",
        escape_asterisks=is_markdown,
        escape_underscores=is_markdown,
        extract_metadata=False,
        autolinks=False,
    )


def _name_media(html: str) -> str:
    html = _SPOKEN.sub("", _SOUND.sub(lambda match: f"[sound: {match[1].strip()}]", html))
    if "<" not in html:
        return html
    html = _IMAGE.sub(lambda match: _named("image", match[0]), html)
    return _PLAYED.sub(lambda match: _named("video" if match["kind"].lower() == "video" else "sound", match[0]), html)


def _named(kind: str, tag: str) -> str:
    match = _ADDRESS.search(tag)
    address = next(filter(None, match.groups()), "") if match else ""
    if not address:
        return f"[{kind}]" if kind == "image" else ""
    return f"[{kind}: {'in the file itself' if address[:5].lower() == 'data:' else address}]"


def _settled(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", clean(text).replace("\xa0", " ")).strip()

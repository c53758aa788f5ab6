"""HTML pages as a browser saves them: their text in Markdown, then read like any document."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from trainer.formats.decoding import check_cards, decoded
from trainer.formats.document.asking import asks
from trainer.formats.document.recognise import recognise
from trainer.formats.found import Found
from trainer.formats.limits import LARGEST_DOCUMENT
from trainer.text import clean

NAME = "html"
GROUPED = True
_ENDINGS = (".html", ".htm", ".xhtml")
_NEVER = {
    "script", "style", "noscript", "template", "svg", "head", "nav", "footer", "aside", "form", "select", "iframe",
    "object", "math",
}  # fmt: skip
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_BLOCKS = {
    "address", "article", "blockquote", "body", "button", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure",
    "header", "html", "label", "li", "main", "ol", "option", "p", "section", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "details", "summary",
}  # fmt: skip
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|cookies?|share|social|sharing|related|newsletter|subscribe|"
    r"advert|ads|promo|comments?|pagination|popup|modal|banner|skip-?link|toc|table-of-contents|author-?(?:bio|box)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEAST = 0.25
"""The share of a page's text that its main text must be; with less, what was left out was no side matter."""
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_MARKS = re.compile(r"^(\s*)(#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||```|~~~)")


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is a page, by its ending or how it begins."""
    head = data[:500].lstrip().lower()
    return name.lower().endswith(_ENDINGS) or head.startswith((b"<!doctype html", b"<html"))


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the cards of a page. Raises TrainerError for what is no text, or too large."""
    text, numbers = page_text(clean(decoded(name, data, LARGEST_DOCUMENT)))
    found = recognise(name, text, numbers)
    check_cards(name, len(found.cards))
    return [found]


def page_text(page: str) -> tuple[str, list[int]]:
    """Return the main text of a page as Markdown, and for each of its lines the line of the page it comes from."""
    main, whole = _read_page(page, is_whole=False), _read_page(page, is_whole=True)
    enough = _LEAST * sum(map(len, whole.lines))
    reader = main if sum(map(len, main.lines)) >= enough else whole
    return "\n".join(reader.lines), reader.numbers


def _read_page(page: str, is_whole: bool) -> "_Page":
    reader = _Page(is_whole, not is_whole and ("<main" in page or "<article" in page))
    reader.feed(page)
    reader.close()
    reader.end_line()
    return reader


class _Page(HTMLParser):
    """Writes a page's text line by line.

    What by its class stands beside the main text is left out, unless all `is_whole`; with `main_only` also what is
    not in <main> or <article>.
    """

    def __init__(self, is_whole: bool, main_only: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._is_whole = is_whole
        self.lines: list[str] = []
        self.numbers: list[int] = []
        self._main_only = main_only
        self._open: list[tuple[str, bool]] = []
        """The elements that are open, and whether each is one whose text is left out."""
        self._left_out = 0
        self._main = 0
        self._text: list[str] = []
        self._has_begun = False
        self._line = 1
        self._prefix = ""
        self._lists: list[int | None] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the beginning of an element."""
        if tag in _VOID:
            if tag in ("br", "hr"):
                self.end_line()
                if tag == "hr":
                    self._write("---")
            return
        if tag in ("li", "p", "option", "dt", "dd", "tr", "td"):
            self._close_implied(tag)
        said = " ".join(value or "" for key, value in attrs if key in ("class", "id", "role"))
        is_beside = not self._is_whole and tag not in ("html", "body", "main", "article") and bool(_BESIDE.search(said))
        left_out = is_beside or tag in _NEVER
        self._open.append((tag, left_out))
        self._left_out += left_out
        if tag in ("main", "article"):
            self._main += 1
        self._begin(tag)

    def _begin(self, tag: str) -> None:
        if tag in _BLOCKS or re.fullmatch(r"h[1-6]", tag):
            self.end_line()
        if re.fullmatch(r"h[1-6]", tag):
            self._prefix = "#" * int(tag[1]) + " "
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            if number is not None:
                self._lists[-1] = number + 1
            mark = "- " if number is None else f"{number + 1}. "
            self._prefix = "  " * max(0, len(self._lists) - 1) + mark
        elif tag == "pre":
            self.end_line()
            self._write("```")
            self._code += 1
        elif tag == "code" and not self._code:
            self._text.append("`")
        elif tag in ("b", "strong") and not self._code:
            self._text.append("**")
        elif tag in ("details", "summary", "dt"):
            self._prefix = {"details": "", "summary": "<summary>", "dt": "**"}[tag]
        if tag == "details":
            self._write("<details>")

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element, and of those left open within it."""
        if not any(tag == name for name, _ in self._open):
            return
        while self._open:
            name, left_out = self._open.pop()
            self._finish(name)
            self._left_out -= left_out
            if name in ("main", "article"):
                self._main -= 1
            if name == tag:
                return

    def _close_implied(self, tag: str) -> None:
        """End an element that the beginning of its like ends: <li> before <li>."""
        inside = {"li": ("ul", "ol"), "tr": ("table",), "td": ("tr",)}.get(
            tag, ("dl", "div", "section", "article", "main", "body")
        )
        for name, _ in reversed(self._open):
            if name in inside:
                return
            if name == tag:
                self.handle_endtag(tag)
                return

    def _finish(self, tag: str) -> None:
        if tag == "pre":
            self._code = max(0, self._code - 1)
            self.end_line()
            self._write("```", apart=False)
        elif tag == "code" and not self._code:
            self._text.append("`")
        elif tag in ("b", "strong") and not self._code:
            self._text.append("**")
        elif tag == "summary":
            self._text.append("</summary>")
        elif tag == "dt":
            self._text.append("**")
        elif tag == "button":
            self.end_line(only_asking=True)
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in _BLOCKS or re.fullmatch(r"h[1-6]", tag):
            self.end_line()
        if tag == "details":
            self._write("</details>")

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._left_out or (self._main_only and not self._main):
            return
        if self._code:
            self._note_place()
            for index, line in enumerate(data.split("\n")):
                if index:
                    self._end_code_line()
                    self._line += 1
                self._text.append(line)
            self._has_begun = True
            return
        if data.strip():
            self._note_place()
            self._has_begun = True
        self._text.append(_SPACE.sub(" ", data))

    def _note_place(self) -> None:
        """Note where the line that is being written begins in the page."""
        if not self._has_begun:
            self._line = self.getpos()[0]

    def _end_code_line(self) -> None:
        self.lines.append("".join(self._text))
        self.numbers.append(self._line)
        self._text = []

    def end_line(self, only_asking: bool = False) -> None:
        """Write the line so far, with an empty one behind it."""
        if self._code:
            if "".join(self._text).strip():
                self._end_code_line()
            self._text = []
            return
        text = re.sub(r"\*\*\s*\*\*|``", "", _SPACE.sub(" ", "".join(self._text))).strip()
        self._text = []
        self._has_begun = False
        if not text or text in ("**", "`", "</summary>"):
            return
        if only_asking and not asks(text):
            return
        if self._prefix in ("<summary>", "**"):
            text = (
                text
                if text.endswith(("</summary>", "**"))
                else f"{text}{'</summary>' if self._prefix[0] == '<' else '**'}"
            )
        if not self._prefix:
            text = _MARKS.sub(lambda mark: f"{mark[1]}\\{mark[2]}" if mark[2][0] not in "0123456789" else mark[0], text)
        is_item = self._prefix.strip() == "-" or self._prefix.strip().rstrip(".").isdigit()
        self._write(self._prefix + text, apart=not is_item)
        self._prefix = ""

    def _write(self, line: str, apart: bool = True) -> None:
        if self._left_out or (self._main_only and not self._main):
            return
        if apart and self.lines and self.lines[-1] and not self._code:
            self.lines.append("")
            self.numbers.append(self._line)
        self.lines.append(line)
        self.numbers.append(self._line)
        if apart and not line.startswith("```"):
            self.lines.append("")
            self.numbers.append(self._line)

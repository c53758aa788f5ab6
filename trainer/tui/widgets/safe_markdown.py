"""Markdown of decks: formatting yes, raw HTML as written, and no link that opens by a click."""

from markdown_it import MarkdownIt
from textual.widgets import Markdown


def _parser() -> MarkdownIt:
    return MarkdownIt("gfm-like", {"html": False, "linkify": False}).disable(["image", "linkify"])


class SafeMarkdown(Markdown):
    """A Markdown widget for text from strangers."""

    DEFAULT_CSS = """
    SafeMarkdown {
        margin: 0;
        padding: 0;
        background: transparent;
        MarkdownBlock { background: transparent; }
        MarkdownParagraph { margin: 0 0 1 0; }
        MarkdownFence { margin: 0 0 1 0; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name for it)
        super().__init__(id=id, parser_factory=_parser, open_links=False)

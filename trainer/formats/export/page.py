"""Answers as HTML, for programs that show it."""

from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt

from trainer.model import Card
from trainer.text import one_line


@lru_cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable("image")


def answer_html(card: Card) -> str:
    """Return a card's key points as a list, and its model answer behind it; HTML in them is shown as text."""
    items = "".join(f"<li>{escape(one_line(point.text))}</li>\n" for point in card.key_points)
    points = f"<ul>\n{items}</ul>\n" if items else ""
    return points + (_parser().render(card.answer) if card.answer else "")

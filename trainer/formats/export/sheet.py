"""A page to print or to read in a browser: the questions, their points folded away."""

from html import escape

from trainer.collection.collection import Collection
from trainer.formats.export.page import answer_html
from trainer.model import Card, Deck

HISTORY = False
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
details { border-top: 1px solid #bbb; padding: .6rem 0; break-inside: avoid; }
summary { white-space: pre-line; cursor: pointer; }
.more { color: #555; }
@media print { body { margin: 0; max-width: none; } }
"""


def export(collection: Collection, deck: Deck) -> bytes:
    """Return a deck as one HTML page without scripts or anything from elsewhere."""
    title = escape(deck.title)
    about = f"<p>{escape(deck.about)}</p>\n" if deck.about else ""
    cards = "\n".join(map(_card, deck.cards))
    page = (
        f'<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n<h1>{title}</h1>\n{about}{cards}\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def _card(card: Card) -> str:
    more = "".join(f'<p class="more">{escape(text)}</p>\n' for text in card.follow_ups)
    return f"<details>\n<summary>{escape(card.question)}</summary>\n{answer_html(card)}{more}</details>"

"""Markdown that hashcards and repeater read: `Q:` and `A:`, key points as a list.

Formats: https://github.com/eudoxia0/hashcards#format and
https://shaankhosla.github.io/repeater/card-format.html
"""

import re

from trainer.collection.collection import Collection
from trainer.model import Card, Deck
from trainer.text import one_line
from trainer.toml_line import one_line_value

HISTORY = False
_MARK = re.compile(r"^(\s*[QAC]):", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)


def export(collection: Collection, deck: Deck) -> bytes:
    """Return a deck as Markdown, its title in front."""
    title = one_line_value(one_line(deck.title).replace("::", ": "))  # two colons make a card in repeater
    head = f"---\nname = {title}\n---\n"
    return "\n---\n".join([head, *map(_card, deck.cards)]).encode("utf-8", "replace")


def _card(card: Card) -> str:
    points = "\n".join(f"- {one_line(point.text)}" for point in card.key_points)
    answer = "\n\n".join(filter(None, (points, card.answer)))
    gap = "\n\n" if points else " "
    return f"\nQ: {_safe(card.question)}\nA:{gap}{_safe(answer)}\n"


def _safe(text: str) -> str:
    """Return a text of which no line is taken for the beginning or end of a card, and which shows as before."""
    return _RULE.sub("- - -", _MARK.sub(r"\1\:", text))

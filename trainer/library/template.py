"""The deck that `trainer new` writes: empty, with comments that say how to fill it."""

from trainer.library.deck_format import FORMAT
from trainer.toml_line import one_line_value

_TEMPLATE = '''\
format = {format}
title = {title}
about = ""
tags = []

# A card is a question with what a good answer to it covers. Take the # away
# from the lines below and write your own; copy the block for the next card.
# Only `question`, and `key_points` or `answer`, are needed.

# [[cards]]
# question = "What would you ask someone who wants to learn this?"
# key_points = [
#   "One thing a good answer covers, in under twelve words",
#   {{ text = "The one without which the answer fails", weight = 2 }},
# ]
# answer = """
# An example of a good answer, as you would say it. Markdown works.
# """
# follow_ups = ["What might they ask next?"]
# hint = "How to go about it, without giving a point away"
# why = "What the question is meant to find out"
# tags = ["example"]
'''


def new_deck_text(title: str) -> str:
    """Return the text of an empty deck of this title."""
    return _TEMPLATE.format(format=FORMAT, title=one_line_value(title))

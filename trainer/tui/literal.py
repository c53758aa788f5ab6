"""Text of decks and logs on the screen: literally, never as markup."""

from textual.content import Content

from trainer.text import clean

QUIET = "$quiet"
"""The style of what is said beside the matter."""
FAINT = "$faint"
"""The style of what is not to be had now."""


def literal(text: str, style: str = "") -> Content:
    """Return `text` to be shown as written, in one style."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def lines(parts: list[Content]) -> Content:
    """Return contents one below the other."""
    return Content("\n").join(parts)

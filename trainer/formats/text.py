"""Documents of text and Markdown: articles, question banks, lists of questions, in whatever layout."""

from collections.abc import Sequence

from trainer.formats.decoding import check_cards, document_text, is_binary
from trainer.formats.document.recognise import recognise
from trainer.formats.found import Found

NAME = "text"
GROUPED = True
"""Whether documents of one folder make one deck."""
_ENDINGS = (".md", ".markdown", ".mdx", ".txt", ".text", ".rst", ".org", ".adoc")


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is text, by its ending; or by its bytes where the name has none that is known."""
    if name.lower().endswith(_ENDINGS):
        return True
    return "." not in name.rpartition("/")[2] and not is_binary(data)


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the cards that the text holds. Raises TrainerError for what is no text, or too large."""
    found = recognise(name, document_text(name, data))
    check_cards(name, len(found.cards))
    return [found]

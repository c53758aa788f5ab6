"""Bytes of a source turned into text, within the limits; what is no text is told what it looks like."""

import codecs
import re

from trainer.errors import TrainerError
from trainer.formats.limits import LARGEST_DOCUMENT, LARGEST_TEXT, LONGEST_LINE, MEGABYTE, MOST_ROWS, too_much
from trainer.text import clean, counted

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_PARTS = "Split it, and import the parts."
_AS_UTF8 = "Save it as UTF-8, then import it again."


def check_cards(name: str, number: int) -> None:
    """Refuse a source of more cards than are taken on. Raises TrainerError."""
    if number > MOST_ROWS:
        raise too_much(name, "cards", MOST_ROWS, _PARTS)


def decoded(name: str, data: bytes, largest: int = LARGEST_TEXT) -> str:
    """Return the text of a source as it stands, without a byte order mark.

    Raises TrainerError for what is empty, too large, binary, or text that is not UTF-8.
    """
    if len(data) > largest:
        raise too_much(name, "MB of text", largest // MEGABYTE, _PARTS)
    if not data.strip():
        raise TrainerError(f"{name} is empty.", "Check the name and try again.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            raise TrainerError(f"{name} is {encoding} text.", _AS_UTF8)
    if b"\0" in data:
        every_second = data[:2000:2].count(0), data[1:2000:2].count(0)
        if max(every_second) > 4 * min(every_second) + 8:
            raise TrainerError(f"{name} looks like UTF-16 text.", _AS_UTF8)
        raise TrainerError(
            f"{name} is not a text file.", "Import a text, or give the file the ending of its format, such as .apkg."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TrainerError(f"{name}:{line}: This is not UTF-8 text.", _AS_UTF8) from error


def document_text(name: str, data: bytes) -> str:
    """Return the cleaned text of a document. Raises TrainerError as `decoded` does, and for a line without end."""
    text = clean(decoded(name, data, LARGEST_DOCUMENT))
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise TrainerError(
                f"{name}:{number}: This line has {counted(len(line), 'character')}.", "It is no document to read."
            )
    return text


def is_binary(data: bytes) -> bool:
    """Return whether a source begins like something other than UTF-8 text."""
    head = data[:4096]
    return b"\0" in head or len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", head)) > len(head) // 50

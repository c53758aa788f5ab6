"""The user's own answers: one Markdown file a card, `answers/ID.md` in the home.

The first line is a comment with the question, for whoever opens the file; the rest is the answer as it was written.
"""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from trainer.replacing import not_written, write_file
from trainer.text import clean, shorten, slug

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_COMMENT = re.compile(r"<!--[^\n]*-->[ \t]*\n*")


def answer_file(card_id: str) -> str:
    """Return the name of the file for a card's answer: its id, or what stands for an id that no file should have."""
    if _PLAIN.fullmatch(card_id):
        return f"{card_id}.md"
    return f"{slug(card_id)}-{hashlib.sha256(card_id.encode(errors='replace')).hexdigest()[:8]}.md"


def read_answer(folder: Path, card_ids: Iterable[str]) -> str:
    """Return the answer kept under the first of these ids that has one, else an empty text. Never raises."""
    for card_id in card_ids:
        with suppress(OSError):
            text = (folder / answer_file(card_id)).read_text(encoding="utf-8-sig", errors="replace")
            return _COMMENT.sub("", clean(text), count=1).strip() if text.startswith("<!--") else clean(text).strip()
    return ""


def write_answer(folder: Path, card_ids: Iterable[str], question: str, text: str) -> None:
    """Keep an answer under the first of these ids, and none under the others; an empty one is removed.

    Raises HomeError when that cannot be written; what was kept stays then.
    """
    own, *others = [folder / answer_file(card_id) for card_id in card_ids]
    try:
        if text := clean(text).strip():
            folder.mkdir(parents=True, exist_ok=True)
            written = f"<!-- {shorten(question.replace('--', '-'), 100)} -->\n\n{text}\n"
            write_file(own, written.encode())
        for path in others if text else (own, *others):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error

"""`trainer edit`: one card of a deck in the user's own editor."""

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from trainer.cli.console import name_card, open_collection, say, warn
from trainer.errors import TrainerError

HELP = "change a card in your editor, and nothing else of its deck"
EXAMPLES = """\
  trainer edit difficult-decision    by a card's id
  trainer edit "Tell me about"       by words of its question
  EDITOR=nano trainer edit spain
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    name_card(parser)


def run(arguments: Namespace) -> None:
    """Open the card, and write what comes back. Raises TrainerError; the text is kept then."""
    from trainer.collection.editing import change_cards
    from trainer.collection.finding import find_asked_card
    from trainer.editor import edited, editor_command
    from trainer.library.one_card import card_for_editor, read_card
    from trainer.text import shorten

    command = editor_command(os.environ)
    collection = open_collection(arguments)
    card = find_asked_card(collection, arguments.card)
    text = card_for_editor(card, card)
    path = Path(tempfile.mkdtemp(prefix="trainer-")) / "card.toml"
    path.write_text(text, encoding="utf-8")
    while True:
        written = edited(command, path, f"Your text is kept in {path}")
        try:
            if written != text:
                change = change_cards(collection, {card.id: read_card(written, card, card)}, {card.id: card})
                card = collection.library.cards[change.card_ids[card.id]]
            break
        except TrainerError as error:
            warn(f"trainer: {error.words}")
            if not _again():
                raise TrainerError("Nothing was changed.", f"Your text is kept in {path}") from error
    path.unlink()
    path.parent.rmdir()
    say("Nothing was changed." if written == text else f"Saved: {shorten(card.question, 70)}")


def _again() -> bool:
    """Ask whether to open the editor once more; without anyone to ask, no."""
    if not sys.stdin.isatty():
        return False
    sys.stderr.write("Enter opens it again, n leaves: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    return bool(line) and not line.strip()

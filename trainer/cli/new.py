"""`trainer new`: begin a deck."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import open_collection, say
from trainer.errors import TrainerError, UsageError

HELP = "write a commented deck to fill in, and print its path"
EXAMPLES = """\
  trainer new "System design"
  $EDITOR "$(trainer new Biology)"
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("title", metavar="TITLE", help="the deck's title")


def run(arguments: Namespace) -> None:
    """Write the deck. Raises TrainerError when there is one of this title."""
    from trainer.library.files import create_deck
    from trainer.library.template import new_deck_text
    from trainer.text import one_line, shorten

    title = one_line(arguments.title)
    if not title:
        raise UsageError("A deck needs a title.", 'Write `trainer new "A title"`.')
    collection = open_collection(arguments)
    for deck in collection.library.decks:
        if deck.title.casefold() == title.casefold():
            raise TrainerError(
                f"There is a deck {shorten(title, 60)!r} already.", f"It is {collection.home.decks / deck.file}"
            )
    say(str(create_deck(collection.home.decks, title, new_deck_text(title).encode())))

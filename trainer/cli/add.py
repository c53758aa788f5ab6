"""`trainer add`: a card by hand, asked line by line or given as options."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from trainer.cli.console import open_collection, say, say_json
from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.collection.collection import Collection
    from trainer.model import Card, Deck, KeyPoint

HELP = "add a card to a deck"
EXAMPLES = """\
  trainer add --deck leading           asks for question, key points and answer, line by line
  trainer add --deck leading --question "Why you?" --point "One reason" --point "The main one x2"
  cat card.txt | trainer add           the same lines from a file: the question, key points,
                                       an empty line, the answer
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--deck", metavar="D", help="the deck it goes into (default: the only one)")
    parser.add_argument("--question", metavar="TEXT", help="the question; without it the card is asked line by line")
    parser.add_argument(
        "--point", dest="points", action="append", default=[], metavar="TEXT", type=_point,
        help="a key point; x2 at its end gives it a weight of 2",
    )  # fmt: skip
    parser.add_argument("--answer", default="", metavar="TEXT", help="the model answer, Markdown")
    parser.add_argument(
        "--follow-up", dest="follow_ups", action="append", default=[], metavar="TEXT", help="asked next"
    )
    parser.add_argument("--hint", default="", metavar="TEXT", help="how to go about answering")
    parser.add_argument("--why", default="", metavar="TEXT", help="what the question is meant to find out")
    parser.add_argument("--tag", dest="tags", action="append", default=[], metavar="TAG", help="a tag")
    parser.add_argument("--id", default="", metavar="ID", help="an id of its own")
    parser.add_argument("--json", action="store_true", help="print the card as one JSON document")


def run(arguments: Namespace) -> None:
    """Add the card, and say where it is. Raises TrainerError for one that no deck may hold."""
    from trainer.collection.editing import add_cards
    from trainer.library.identity import card_fingerprint
    from trainer.model import Card

    collection = open_collection(arguments)
    deck = _deck(collection, arguments.deck)
    question, points, answer = arguments.question, arguments.points, arguments.answer
    if question is None:
        question, points, answer = _asked(deck.title, arguments.json)
    card = Card(
        arguments.id or card_fingerprint(question),
        question,
        tuple(points),
        answer,
        tuple(arguments.follow_ups),
        arguments.hint,
        arguments.why,
        tuple(arguments.tags),
    )
    add_cards(collection, deck.file, [card])
    _tell(collection, card, as_json=arguments.json)


def _tell(collection: "Collection", card: "Card", as_json: bool) -> None:
    from trainer.insight.cards import card_facts
    from trainer.text import shorten

    added, deck = collection.library.cards[card.id], collection.library.deck_of[card.id]
    if as_json:
        say_json(card_facts(collection, added, collection.today))
        return
    path = collection.home.decks / deck.file
    say(f"Added to {shorten(deck.title, 60)}: {shorten(added.question, 70)}")
    say(f"It is at {path}:{collection.library.line_of(added.id)}")


def _deck(collection: "Collection", name: str | None) -> "Deck":
    decks = collection.library.decks
    if name is not None:
        return collection.library.find_deck(name)
    if len(decks) == 1:
        return decks[0]
    hint = "Name one with --deck; `trainer decks` lists them." if decks else 'Begin one: trainer new "A title".'
    raise UsageError("Which deck is the card for?", hint)


def _asked(title: str, silent: bool) -> "tuple[str, list[KeyPoint], str]":
    """Return question, key points and answer from standard input; its end ends the card."""
    question = _line("" if silent else f"A card for {title}.\nQuestion: ").strip()
    if not question:
        raise UsageError("A card needs a question.", "Write it on the first line, or use --question.")
    points: list[KeyPoint] = []
    while text := _line("" if silent else f"Key point {len(points) + 1} (an empty line ends them): ").strip():
        points.append(_point(text))
    prompt = "" if silent else "Answer (a line with only a dot, or the end of input, ends it):\n"
    lines = []
    while (line := _line(prompt)) and line.strip() != ".":
        lines.append(line)
        prompt = ""
    return question, points, "".join(lines).strip()


def _line(prompt: str) -> str:
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if prompt and not prompt.endswith("\n") and not sys.stdin.isatty():
        say()
    return line


def _point(text: str) -> "KeyPoint":
    """Return the key point that a text says, with a weight where it ends with one: "The main one x2"."""
    import re

    from trainer.library.identity import point_fingerprint
    from trainer.model import KeyPoint

    weighed = re.fullmatch(r"(.*\S)\s+[x×](\d{1,3}(?:\.\d{1,3})?)", text.strip(), re.DOTALL)
    words, weight = weighed.groups() if weighed else (text.strip(), "1")
    return KeyPoint(point_fingerprint(words), words, float(weight))

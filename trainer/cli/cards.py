"""`trainer cards`: the cards there are, with the memory of each key point."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import open_collection, say, say_json

HELP = "list cards, with the memory of each key point"
EXAMPLES = """\
  trainer cards budget                 cards with this word anywhere
  trainer cards --deck leading --json  everything about one deck's cards
  trainer cards --leeches              points missed so often that they want rewriting
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help="words that all stand somewhere in the card")
    parser.add_argument("--deck", metavar="D", help="only of this deck")
    parser.add_argument("--leeches", action="store_true", help="only cards with a point missed six times or more")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Print the cards that match."""
    from trainer.insight.cards import card_facts, matches
    from trainer.insight.leeches import leech_words, leeches
    from trainer.insight.words import percent
    from trainer.text import counted, shorten

    collection = open_collection(arguments)
    library, today = collection.library, collection.today
    decks = [library.find_deck(arguments.deck)] if arguments.deck is not None else library.decks
    query = " ".join(arguments.query)
    cards = [card for deck in decks for card in deck.cards if matches(card, query)]
    if arguments.leeches:
        cards = [card for card in cards if leeches(collection, card)]
    facts = [card_facts(collection, card, today) for card in cards]
    if arguments.json:
        say_json(facts)
        return
    for card, fact in zip(cards, facts, strict=True):
        due = fact["due"] or "new"
        state = " (suspended)" if fact["state"] == "suspended" else ""
        say(f"{due:10}  {percent(fact['coverage']):>4}  {shorten(fact['question'], 90)}{state}")
        for point in leeches(collection, card) if arguments.leeches else ():
            say(f"                  {leech_words(card, point)}")
    say(f"{counted(len(facts), 'card')}.")

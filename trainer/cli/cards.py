"""`trainer cards`: the cards there are, with the memory of each key point."""

from argparse import ArgumentParser, Namespace

from trainer.cli.console import open_collection, say, say_json

HELP = "list cards, with the memory of each key point"
EXAMPLES = """\
  trainer cards budget                     cards with this word anywhere
  trainer cards 'is:due coverage<80%'      cards that are due and known less well
  trainer cards 'tag:senior -"hard call"'  with this tag, and without these words
  trainer cards -- -is:new                 a search that begins with - goes behind --
  trainer cards --deck leading --json      everything about one deck's cards
  trainer cards --leeches                  points missed so often that they want rewriting

searches, all parts of which must hold:
  word  "some words"  -not  this or that  (brackets)
  deck:NAME  tag:X  id:X  is:due  is:new  is:review  is:suspended  is:leech  is:buried  is:paused
  due<=7d  due=today  due<2026-12-01  coverage<80%  missed>=3  reviews>0  lapses>2  stability<10d  points>=5
"""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help="words anywhere in the card, and conditions; see below"
    )
    parser.add_argument("--deck", metavar="D", help="only of this deck")
    parser.add_argument("--leeches", action="store_true", help="only cards with a point missed six times or more")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: Namespace) -> None:
    """Print the cards that match."""
    from trainer.insight.cards import card_facts
    from trainer.insight.leeches import leech_words, leeches
    from trainer.insight.words import known
    from trainer.search.finding import find_cards
    from trainer.text import counted, shorten

    collection = open_collection(arguments)
    library, today = collection.library, collection.today
    found = find_cards(collection, " ".join(arguments.query))
    if arguments.deck is not None:
        file = library.find_deck(arguments.deck).file
        found = [card_id for card_id in found if library.deck_of[card_id].file == file]
    cards = [library.cards[card_id] for card_id in found]
    if arguments.leeches:
        cards = [card for card in cards if leeches(collection, card)]
    facts = [card_facts(collection, card, today) for card in cards]
    if arguments.json:
        say_json(facts)
        return
    for card, fact in zip(cards, facts, strict=True):
        due = f"due {fact['due']}" if fact["due"] else "new"
        state = " (suspended)" if fact["state"] == "suspended" else ""
        say(f"{due:14}  {known(fact['coverage']):>10}  {shorten(fact['question'], 80)}{state}")
        for point in leeches(collection, card) if arguments.leeches else ():
            say(f"                             {leech_words(card, point)}")
    say(f"{counted(len(facts), 'card')}.")

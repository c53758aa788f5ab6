"""Cards and events found by what a person writes."""

from trainer.collection.collection import Collection
from trainer.errors import TrainerError, UsageError
from trainer.model import Card
from trainer.progress.events import Event
from trainer.text import counted, one_line, shorten


def find_event(collection: Collection, key: str) -> Event:
    """Return the event of this key. Raises TrainerError when there is none."""
    event = collection.event(key)
    if event is not None:
        return event
    raise TrainerError(f"The log has no event {shorten(key, 60)!r}.", "`trainer log` shows the keys.")


def find_asked_card(collection: Collection, name: str) -> Card:
    """Return the card of a deck that `find_card` finds. Raises UsageError where no deck has it any more."""
    card = collection.library.cards.get(find_card(collection, name))
    if card is None:
        raise UsageError(f"No deck has the card {shorten(name, 60)!r} any more.", "`trainer cards` lists them.")
    return card


def find_card(collection: Collection, name: str) -> str:
    """Return the id of the card with this id, or whose question begins so, or else has it within, in any case.

    Cards that are only in the log are found too. Raises UsageError for none or several.
    """
    questions = {card_id: one_line(collection.question_of(card_id)) for card_id in collection.known_cards()}
    if name in questions:
        return name
    wanted = one_line(name).casefold()
    within = [card_id for card_id, question in questions.items() if wanted in question.casefold()]
    begun = [card_id for card_id in within if questions[card_id].casefold().startswith(wanted)]
    fitting = begun or within
    if len(fitting) == 1:
        return fitting[0]
    asked = shorten(name, 60)
    if not fitting:
        raise UsageError(
            f"There is no card {asked!r}.", "`trainer cards WORDS` lists cards; words of a question name it."
        )
    some = "; ".join(shorten(questions[card_id], 50) for card_id in fitting[:3])
    raise UsageError(f"{asked!r} could be {counted(len(fitting), 'card')}: {some}.", "Write more of it.")

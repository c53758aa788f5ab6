"""Cards and events found by what a person writes."""

from trainer.collection.collection import Collection
from trainer.errors import TrainerError, UsageError
from trainer.progress.events import Event
from trainer.text import counted, one_line, shorten


def find_event(collection: Collection, key: str) -> Event:
    """Return the event of this key. Raises TrainerError when there is none."""
    event = collection.event(key)
    if event is not None:
        return event
    raise TrainerError(f"The log has no event {shorten(key, 60)!r}.", "`trainer log` shows the keys.")


def find_card(collection: Collection, name: str) -> str:
    """Return the id of the card with this id, or whose question begins so, in any case.

    Cards that are only in the log are found too. Raises UsageError for none or several.
    """
    questions = {card_id: one_line(collection.question_of(card_id)) for card_id in collection.known_cards()}
    if name in questions:
        return name
    wanted = one_line(name).casefold()
    fitting = [card_id for card_id, question in questions.items() if question.casefold().startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    asked = shorten(name, 60)
    if not fitting:
        raise UsageError(f"There is no card {asked!r}.", "`trainer cards --json` shows ids.")
    some = "; ".join(shorten(questions[card_id], 50) for card_id in fitting[:3])
    raise UsageError(f"{asked!r} could be {counted(len(fitting), 'card')}: {some}.", "Write more of it.")

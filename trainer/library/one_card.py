"""One card as a text of its own: written for an editor, read back, checked as a card of a deck is."""

from dataclasses import replace

from trainer.errors import TrainerError
from trainer.library.deck_format import FORMAT, read_deck
from trainer.library.identity import card_fingerprint
from trainer.library.render import card_text
from trainer.library.rewording import Learned, point_renamings
from trainer.model import Card, Problem

_HINT = "# Save and leave the editor to keep what you changed. Comments are not kept.\n"


class CardFault(TrainerError):
    """A text that is no card, or a card that no deck may hold; `problems` name lines of the text."""

    def __init__(self, problems: list[Problem]) -> None:
        lines = [f"Line {each.line}: {each.message}" if each.line else each.message for each in problems]
        super().__init__(" ".join(lines))
        self.problems = problems


def card_for_editor(card: Card) -> str:
    """Return a card as the text of a deck file has it, with a line that says what to do."""
    return _HINT + card_text(card)


def read_card(text: str, before: Card | None = None) -> Card:
    """Return the card of such a text. Raises CardFault where it is not exactly one, or has a mistake.

    Where it was another card `before`, what goes on from that has the ids it had.
    """
    content = read_deck(text.encode("utf-8", "replace"), "")
    cards = content.deck.cards if content.deck else ()
    problems = list(content.problems)
    if not problems and len(cards) != 1:
        problems.append(Problem("", None, f"There are {len(cards)} cards here, and should be one, under [[cards]]."))
    if problems:
        raise CardFault(problems)
    return _going_on(cards[0], before) if before else cards[0]


def _going_on(card: Card, before: Card) -> Card:
    """Return a card with the id it had, where both follow the wording, and reworded points with theirs."""
    if before.id == card_fingerprint(before.question) and card.id == card_fingerprint(card.question):
        card = replace(card, id=before.id)
    if not (card.key_points and before.key_points):
        return card
    learned = Learned(before.id, before.question, {point.id: point.text for point in before.key_points})
    was = {each.point: each.was for each in point_renamings(card, learned)}
    points = tuple(replace(point, id=was.get(point.id, point.id)) for point in card.key_points)
    return replace(card, key_points=points)


def checked(card: Card) -> Card:
    """Return a card as a deck would give it back. Raises CardFault, without lines, where no deck may hold it."""
    content = read_deck(f"format = {FORMAT}\n{card_text(card)}".encode("utf-8", "replace"), "")
    if content.problems or content.deck is None or not content.deck.cards:
        raise CardFault([Problem("", None, each.message) for each in content.problems])
    return content.deck.cards[0]

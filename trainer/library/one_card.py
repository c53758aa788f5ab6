"""One card as a text of its own: written for an editor, read back, checked as a card of a deck is."""

from dataclasses import replace

from trainer.errors import TrainerError
from trainer.library.deck_format import FORMAT, read_deck
from trainer.library.identity import card_fingerprint, point_fingerprint
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


def worded(card: Card, before: Card) -> Card:
    """Return a card that was `before` under ids that follow its wording, where the ids before did."""
    follows = {point.id for point in before.key_points if point.id == point_fingerprint(point.text)}
    points = tuple(
        replace(point, id=point_fingerprint(point.text)) if point.id in follows else point for point in card.key_points
    )
    own = card.id != before.id or before.id != card_fingerprint(before.question)
    return replace(card, id=card.id if own else card_fingerprint(card.question), key_points=points)


def card_for_editor(card: Card, before: Card) -> str:
    """Return a card that was `before` as the text of a deck file has it, with a line that says what to do."""
    return _HINT + card_text(worded(card, before))


def read_card(text: str, card: Card, before: Card) -> Card:
    """Return the card of such a text, under the ids of `card`, from which the text was made, where it goes on.

    Raises CardFault where the text is not exactly one card, or has a mistake.
    """
    content = read_deck(text.encode("utf-8", "replace"), "")
    cards = content.deck.cards if content.deck else ()
    problems = list(content.problems)
    if not problems and len(cards) != 1:
        problems.append(Problem("", None, f"There are {len(cards)} cards here, and should be one, under [[cards]]."))
    if problems:
        raise CardFault(problems)
    return _going_on(cards[0], worded(card, before), card)


def _going_on(new: Card, shown: Card, card: Card) -> Card:
    """Return a new card with the ids of `card`, which was `shown` to the user, for itself and for its points."""
    follows = [each.id == card_fingerprint(each.question) for each in (new, shown)]
    same = new.id == shown.id or all(follows)
    ids = {point.id: was.id for point, was in zip(shown.key_points, card.key_points, strict=True)}
    learned = Learned(shown.id, shown.question, {point.id: point.text for point in shown.key_points})
    renamings = point_renamings(new, learned) if new.key_points and shown.key_points else []
    ids |= {each.point: ids[each.was] for each in renamings}
    points = tuple(replace(point, id=ids.get(point.id, point.id)) for point in new.key_points)
    return replace(new, id=card.id if same else new.id, key_points=points)


def checked(card: Card) -> Card:
    """Return a card as a deck would give it back. Raises CardFault, without lines, where no deck may hold it."""
    content = read_deck(f"format = {FORMAT}\n{card_text(card)}".encode("utf-8", "replace"), "")
    if content.problems or content.deck is None or not content.deck.cards:
        raise CardFault([Problem("", None, each.message) for each in content.problems])
    return content.deck.cards[0]

"""Cards imported again: what changed where they come from is taken over, what the user changed here is kept.

An imported card carries a mark in its `source`, "anki:1700000000000#5f0c2a91": which note it is, and a
fingerprint of what it said when it came. So a later import knows which of the two sides changed.
"""

import hashlib
import re
from dataclasses import replace
from difflib import SequenceMatcher
from operator import itemgetter

from trainer.library.identity import same_wording
from trainer.model import Card, KeyPoint

CHANGED_HERE = "It was changed both here and in the source; yours is kept."
_MARK = re.compile(r"(?P<origin>[a-z]+:.*)#(?P<print>[0-9a-f]{8})")
_ALIKE = 0.6
"""How alike (0-1) two wordings of a key point must be to be taken for one."""


def marked(card: Card, origin: str) -> Card:
    """Return a card that says where it comes from ("anki:1700000000000"), and what it says as it comes."""
    return replace(card, source=f"{origin}#{_print(card)}")


def _print(card: Card) -> str:
    said = (card.question, card.answer, *(point.text for point in card.key_points), "\0", *card.tags)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


def update_of(here: Card, found: Card) -> Card | str | None:
    """Return the card to put in the place of `here`; None where nothing is to do, a text where it may not be done.

    Points that only were reworded keep their ids, and so their memory; so does what only a deck of ours says.
    """
    mark, newer = _MARK.fullmatch(here.source), _MARK.fullmatch(found.source)
    if mark is None or newer is None or mark["origin"] != newer["origin"]:
        return None if same_wording(here.question) == same_wording(found.question) else CHANGED_HERE
    if mark["print"] == newer["print"] or _print(here) == newer["print"]:
        return None
    if _print(here) != mark["print"]:
        return CHANGED_HERE
    points = with_known_ids(here.key_points, found.key_points)
    return replace(found, key_points=points, follow_ups=here.follow_ups, hint=here.hint, why=here.why)


def merged(here: Card, found: Card, proposed: bool) -> Card:
    """Return a card of the home with what a found one says in place of its own, where that says anything.

    The question stays as it is here, and so does the id; points that only were reworded keep theirs. Points that
    are only `proposed` do not take the place of any.
    """
    points = here.key_points
    if found.key_points and not (proposed and points):
        points = with_known_ids(here.key_points, found.key_points)
    return replace(
        here,
        key_points=points,
        answer=found.answer or here.answer,
        follow_ups=found.follow_ups or here.follow_ups,
        hint=found.hint or here.hint,
        why=found.why or here.why,
        tags=tuple(dict.fromkeys((*here.tags, *found.tags))),
        source=here.source or found.source,
    )


def with_known_ids(before: tuple[KeyPoint, ...], after: tuple[KeyPoint, ...]) -> tuple[KeyPoint, ...]:
    """Return the new points, with the ids and weights of those of the old that they are, reworded or not."""
    left = {point.id: point for point in before}
    chosen: list[KeyPoint | None] = []
    for point in after:
        old = left.pop(point.id, None) or next((each for each in left.values() if _same(each, point)), None)
        if old is not None:
            left.pop(old.id, None)
        chosen.append(old)
    for index, point in enumerate(after):
        if chosen[index] is None and left:
            likeness, nearest = max(((_likeness(each, point), each) for each in left.values()), key=itemgetter(0))
            if likeness >= _ALIKE:
                chosen[index] = left.pop(nearest.id)
    return tuple(
        point if old is None else replace(point, id=old.id, weight=old.weight)
        for point, old in zip(after, chosen, strict=True)
    )


def _same(one: KeyPoint, other: KeyPoint) -> bool:
    return same_wording(one.text) == same_wording(other.text)


def _likeness(one: KeyPoint, other: KeyPoint) -> float:
    return SequenceMatcher(None, same_wording(one.text), same_wording(other.text), autojunk=False).ratio()

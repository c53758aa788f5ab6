"""What there is to say of each card of a draft, beside what it holds."""

from collections import Counter
from dataclasses import dataclass

from trainer.formats.drafting.draft import Draft, DraftCard
from trainer.formats.planning import Doubles, Known
from trainer.model import Card


@dataclass(frozen=True)
class Look:
    """How a card of a draft stands."""

    words: str
    """In a word or two; empty where all is well."""
    here: Card | None = None
    """The card of the home that asks the same, or nearly."""
    is_open: bool = False
    """Whether a person should look at it."""


DOUBLES = {
    None: "as chosen for all",
    Doubles.SKIP: "left out",
    Doubles.UPDATE: "the home's card takes what this one says",
    Doubles.ADD: "added as a card of its own",
}
"""What may happen with a card that the home has, in words."""
_SHORT = {Doubles.SKIP: "left out", Doubles.UPDATE: "updates yours", Doubles.ADD: "added all the same"}


def look_at(draft: Draft, each: DraftCard, known: Known) -> Look:
    """Return how a card stands."""
    if each.dropped:
        return Look("dropped")
    if draft.decks[each.deck].updates:
        return Look("in your decks" if each.card.id in known.questions else "")
    if (here := known.same(each.card)) is not None:
        return Look(_SHORT[Doubles.UPDATE] if each.doubles is Doubles.UPDATE else "in your decks", here)
    if (here := known.near(each.card)) is not None:
        words = _SHORT[each.doubles] if each.doubles else "nearly in your decks"
        return Look(words, here, not (each.settled or each.doubles))
    if each.is_bare:
        return Look("no answer", None, not each.settled)
    if each.found.proposed:
        return Look("points proposed", None, not each.settled)
    return Look("by hand" if each.found.line is None and draft.lines else "")


def next_open(draft: Draft, known: Known, at: int) -> int | None:
    """Return the place of the next card behind `at` that a person should look at, from the end going on at the top."""
    number = len(draft.cards)
    order = [*range(at + 1, number), *range(min(at + 1, number))]
    return next((place for place in order if look_at(draft, draft.cards[place], known).is_open), None)


def counts(draft: Draft, known: Known) -> Counter[str]:
    """Return how many cards are kept, dropped, and open, by these words."""
    number: Counter[str] = Counter()
    for each in draft.cards:
        number["dropped" if each.dropped else "kept"] += 1
        number["open"] += look_at(draft, each, known).is_open
    return number

"""Cards of the home that ask nearly the same as a found one, in other words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from trainer.library.wording import Wording, compared, same_claims, taken_apart
from trainer.model import Card

_ALIKE = 0.75
"""How alike (0-1) two wordings of which one only says more must be."""
_COMMON = 50
"""A word in more questions than this finds none by itself."""
_TRIED = 3
"""How many of the likeliest questions are looked at closely."""
_WORD = re.compile(r"[^\W_]{3,}")
_PLAIN = frozenset({
    "the", "and", "for", "are", "was", "were", "you", "your", "what", "why", "how", "when", "where", "who", "which",
    "with", "that", "this", "from", "does", "did", "can", "could", "would", "should", "have", "has", "had", "tell",
    "about", "time", "describe", "explain", "give", "example", "use", "used", "between", "difference",
})  # fmt: skip
"""Words that stand in too many questions to tell them apart."""


class Nearest:
    """Finds the nearest of many cards."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards = list(cards)
        self._taken: dict[int, Wording] = {}

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for index, card in enumerate(self._cards):
            for word in _words(card.question):
                places[word].append(index)
        return places

    def to(self, question: str) -> Card | None:
        """Return the card that asks nearly the same as a question, if one does."""
        if not self._cards:
            return None
        words = _words(question)
        shared = Counter(
            index for word in words if len(indexes := self._places.get(word, ())) <= _COMMON for index in indexes
        )
        likely = [index for index, number in shared.most_common(_TRIED) if 2 * number >= len(words)]
        if not likely:
            return None
        asked = taken_apart(question)
        return next((self._cards[index] for index in likely if _is_near(asked, self._wording(index))), None)

    def _wording(self, index: int) -> Wording:
        if index not in self._taken:
            self._taken[index] = taken_apart(self._cards[index].question)
        return self._taken[index]


def _words(question: str) -> set[str]:
    said = set(_WORD.findall(question.casefold()))
    return {word.rstrip("s") for word in said - _PLAIN or said}


def _is_near(one: Wording, other: Wording) -> bool:
    if not one.terms or not same_claims(one, other):
        return False
    if one.terms == other.terms and (one.asked == other.asked or not (one.asked and other.asked)):
        return True
    alike, keeps = compared(other, one, {}, (), in_card=False)
    return keeps and alike >= _ALIKE

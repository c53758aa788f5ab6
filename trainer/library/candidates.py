"""Which of very many wordings are worth comparing: those that share the most of the rarer words."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nsmallest

from trainer.library.identity import same_wording
from trainer.library.wording import rough_words

FEW = 300
"""So many are all compared."""
_TRIED = 40
"""How many are kept of those that share words with one wording."""
_COMMON = 0.05
"""A word in more than this share of the wordings tells little."""

Texts = Sequence[str]
"""The question of a card, and the texts of its points."""


def worth_comparing(ones: Sequence[Texts], others: Sequence[Texts]) -> list[int]:
    """Return which of the `others` may be one of these `ones` reworded, by their places, in order.

    Of a few that is all; of very many, those with an equal question or with the most words in common.
    """
    if len(others) <= FEW:
        return list(range(len(others)))
    wanted = {word for one in ones for word in _words(one)}
    places: dict[str, list[int]] = defaultdict(list)
    forms: dict[str, list[int]] = defaultdict(list)
    for index, other in enumerate(others):
        forms[same_wording(other[0])].append(index)
        for word in _words(other) & wanted:
            places[word].append(index)
    kept = set[int]()
    for one in ones:
        kept.update(forms.get(same_wording(one[0]), ())[:_TRIED])
        found = [places.get(word, []) for word in _words(one)]
        shared = Counter(index for each in found if len(each) <= _COMMON * len(others) for index in each)
        kept.update(index for index, _ in nsmallest(_TRIED, shared.items(), key=lambda item: (-item[1], item[0])))
    return sorted(kept)


def _words(texts: Texts) -> set[str]:
    return {word for text in texts for word in rough_words(text)}

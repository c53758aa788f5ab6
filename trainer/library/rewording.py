"""Which cards and key points that vanished were only reworded: proposals, nothing is decided here.

An equal wording is certain. Else the nearest wording is proposed where it is clearly the nearest seen from both
sides and nothing that is asked was exchanged: a wrong join mixes two memories, a missed one only asks again.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import fsum, log2

from trainer.library.identity import card_fingerprint, point_fingerprint, same_wording
from trainer.library.wording import Wording, compared, content, same_claims, taken_apart
from trainer.model import ANSWER_POINT, Card

_TRIED = 4
"""How many of the likeliest wordings are looked at closely: so many by rare words, so many by characters."""
_COMMON = 20
"""A word in more wordings than this finds no candidates by itself."""
_MARGIN = 0.1
"""How much nearer than the second best the best must be."""
_QUESTION, _POINT = 0.6, 0.35
"""How alike the words of two questions, and of two points of one card, must be."""
_MOST, _SOME = 0.55, 0.3
"""The share of the points in common that makes up for a changed question, and the least there must be."""
_ENOUGH = 5
"""How many words those common points must say: "Situation, Task, Action, Result" fits every question."""

_Pairs = Collection[tuple[str, str]]


@dataclass(frozen=True)
class Learned:
    """A card as the log knows it: what was asked when it was learned."""

    card: str
    question: str
    points: Mapping[str, str]
    """Id and text of each key point, the newest wording logged; empty for a card without key points."""


@dataclass(frozen=True)
class Renaming:
    """What a `was` event says: the card, or a point of it, was known under another id."""

    card: str
    was: str
    point: str = ""
    """Empty where the card itself is meant."""


def card_renamings(
    vanished: Sequence[Learned], fresh: Sequence[Card], undone: Collection[tuple[str, str, str]] = ()
) -> list[Renaming]:
    """Return which fresh card each vanished one has become, where that is clear.

    `undone` holds (card, point, was) that are never proposed again, in neither direction.
    """
    olds = [_side(one.card, one.question, one.points, card_fingerprint) for one in vanished]
    news = [
        _side(one.id, one.question, {point.id: point.text for point in one.key_points}, card_fingerprint)
        for one in fresh
    ]
    parted = {pair for card, point, was in undone if not point for pair in ((card, was), (was, card))}
    return [Renaming(new, old) for old, new in _matched(olds, news, parted, _QUESTION)]


def point_renamings(card: Card, learned: Learned, undone: Collection[tuple[str, str, str]] = ()) -> list[Renaming]:
    """Return which points of `card` are points it was learned with, reworded, where that is clear.

    First points continue what was learned of the answer as a whole, and the answer what was learned of the last.
    """
    before = {point: text for point, text in sorted(learned.points.items()) if point != ANSWER_POINT}
    now = {point.id: point.text for point in card.key_points}
    parted = {pair for of, point, was in undone if of == card.id for pair in ((point, was), (was, point))}
    if not before or not now:
        ends = [(ANSWER_POINT, new) for new in sorted(now)] or [(old, ANSWER_POINT) for old in before]
        return [Renaming(card.id, old, new) for old, new in ends if (new, old) not in parted]
    olds = [_side(point, text, {}, point_fingerprint) for point, text in before.items() if point not in now]
    news = [_side(point, text, {}, point_fingerprint) for point, text in now.items() if point not in before]
    return [Renaming(card.id, old, new) for old, new in _matched(olds, news, parted, _POINT)]


@dataclass(frozen=True, eq=False, slots=True)
class _Side:
    """A card or point, old or new, ready for comparing."""

    id: str
    form: str  # its wording as identity compares it; empty where it says nothing
    fingerprint: str
    wording: Wording
    points: Mapping[str, Wording]
    """By the form of their wording; none for a card without points, and for a point."""


def _side(name: str, text: str, points: Mapping[str, str], fingerprint: Callable[[str], str]) -> _Side:
    forms = {same_wording(text): taken_apart(text) for point, text in sorted(points.items()) if point != ANSWER_POINT}
    return _Side(name, same_wording(text), fingerprint(text), taken_apart(text), forms)


def _unlike(one: Sequence[_Side], other: Sequence[_Side], without: Collection[str]) -> list[_Side]:
    """Return the sides in a fixed order, each id once, and none that the other side has too."""
    there = {side.id for side in other} | set(without)
    ordered = sorted(one, key=lambda side: (side.id, side.form, sorted(side.points)), reverse=True)
    return sorted({side.id: side for side in ordered if side.id not in there}.values(), key=lambda side: side.id)


def _matched(olds: Sequence[_Side], news: Sequence[_Side], parted: _Pairs, least: float) -> list[tuple[str, str]]:
    """Return (old id, new id) of what is the same: the certain ones first, then the clearly nearest."""
    before, after = _unlike(olds, news, ()), _unlike(news, olds, ())
    pairs = dict(_certain(before, after, parted))
    before, after = _unlike(before, (), pairs), _unlike(after, (), pairs.values())
    if before and after:
        pairs.update(_Nearest(before, after, least).pairs(parted))
    return sorted(pairs.items())


def _certain(olds: Sequence[_Side], news: Sequence[_Side], parted: _Pairs) -> Iterable[tuple[str, str]]:
    """Return pairs of one wording, whatever their ids; of several those that share the most points first."""
    places: dict[str, list[_Side]] = defaultdict(list)
    for new in news:
        for name in {new.form, new.fingerprint, new.id} - {""}:
            places[name].append(new)
    ranked = []
    for index, old in enumerate(olds):
        for new in {
            new.id: new for name in (old.form, old.id, old.fingerprint) for new in _some(places[name], index)
        }.values():
            same = bool(old.form) and old.form == new.form
            if (same or old.id == new.fingerprint or new.id == old.fingerprint) and (old.id, new.id) not in parted:
                ranked.append((not same, -len(old.points.keys() & new.points.keys()), old.id, new.id))
    pairs, taken = dict[str, str](), set[str]()
    for *_, one, other in sorted(ranked):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs.items()


def _some(sides: Sequence[_Side], start: int) -> Iterable[_Side]:
    """Return all of a few sides; of thousands with one wording some, others for every start."""
    return (sides[(start + step) % len(sides)] for step in range(min(len(sides), _COMMON)))


class _Nearest:
    """Finds which new side is clearly the nearest to which old one, and the other way round."""

    def __init__(self, olds: Sequence[_Side], news: Sequence[_Side], least: float) -> None:
        self._olds, self._news, self._least = olds, news, least
        counts = [Counter(word for one in sides for word in _words(one)) for sides in (olds, news)]
        self._spread = counts[0] | counts[1]
        """In how many old, or new, wordings a word is: the larger number."""
        self._settled = frozenset(counts[1])
        self._weights = {word: 1 / (1 + log2(number) / 4) for word, number in self._spread.items()}
        texts = [Counter(form for one in sides for form in one.points) for sides in (olds, news)]
        self._repeated = {form for form, number in (texts[0] | texts[1]).items() if number > 1}

    def pairs(self, parted: _Pairs) -> list[tuple[str, str]]:
        """Return (old id, new id) of those that are each other's nearest by a margin."""
        olds, news = self._olds, self._news
        tried = self._likely(olds, news) | {(old, new) for new, old in self._likely(news, olds)}
        tried = {(old, new) for old, new in tried if (olds[old].id, news[new].id) not in parted}
        scores = {(old, new): self._score(olds[old], news[new]) for old, new in tried}
        rivals: dict[tuple[str, int], list[tuple[float, bool]]] = defaultdict(list)
        for (old, new), score in scores.items():
            rivals["old", old].append(score)
            rivals["new", new].append(score)
        return [
            (olds[old].id, news[new].id)
            for (old, new), (score, is_same) in scores.items()
            if is_same and _is_clear(score, rivals["old", old]) and _is_clear(score, rivals["new", new])
        ]

    def _likely(self, ones: Sequence[_Side], others: Sequence[_Side]) -> set[tuple[int, int]]:
        """Return pairs worth a close look: they share rare words, or look alike letter by letter."""
        if len(ones) * len(others) <= _COMMON**2:
            return {(one, other) for one in range(len(ones)) for other in range(len(others))}
        from rapidfuzz import fuzz, process  # needed for many

        places: dict[str, list[int]] = defaultdict(list)
        for index, other in enumerate(others):
            for word in _words(other):
                if self._spread[word] <= _COMMON:
                    places[word].append(index)
        spelt = [self._letters(other) for other in others]
        likely, near = set[tuple[int, int]](), dict[str, list[int]]()
        for index, one in enumerate(ones):
            shared = Counter(other for word in _words(one) for other in places.get(word, ()))
            best = nsmallest(_TRIED, shared.items(), key=lambda item: (-item[1], item[0]))
            likely.update((index, other) for other, _ in best)
            if best and 2 * best[0][1] >= len(one.wording.terms):
                continue
            letters = self._letters(one)
            if letters not in near:
                found = process.extract(letters, spelt, scorer=fuzz.ratio, limit=_TRIED, score_cutoff=50)
                near[letters] = [other for _, _, other in found]
            likely.update((index, other) for other in near[letters])
        return likely

    def _letters(self, one: _Side) -> str:
        """Return a wording's telling words, the rarest first, as few letters as can be compared at once."""
        return " ".join(sorted(one.wording.telling, key=lambda word: (self._spread[word], word)))[:64]

    def _score(self, old: _Side, new: _Side) -> tuple[float, bool]:
        """Return how near two sides are, and whether they may be the same."""
        in_card = self._least == _POINT or bool(old.points and new.points)
        alike, keeps = compared(old.wording, new.wording, self._weights, self._settled, in_card=in_card)
        if not old.points or not new.points:
            return alike, keeps and alike >= self._least
        share, said = self._common_points(old.points, new.points)
        is_same = (share >= _MOST and said >= _ENOUGH) or (share >= _SOME and keeps and alike >= self._least)
        return round(0.4 * alike + 0.6 * share, 6), is_same and same_claims(old.wording, new.wording)

    def _common_points(self, old: Mapping[str, Wording], new: Mapping[str, Wording]) -> tuple[float, float]:
        """Return which share of two cards' points is common, and how many words the common ones say."""
        common = [self._said(form, old[form]) for form in old.keys() & new.keys()]
        left = [[form for form in side if form not in other][:_COMMON] for side, other in ((old, new), (new, old))]
        near = []
        for one in left[0]:
            for other in left[1]:
                if not old[one].terms.isdisjoint(new[other].terms):
                    alike, keeps = compared(old[one], new[other], self._weights, self._settled, in_card=True)
                    if keeps and alike >= _POINT:
                        said = min(self._said(one, old[one]), self._said(other, new[other]))
                        near.append((-alike, one, other, alike * said))
        seen = set[str]()
        for _, one, other, said in sorted(near):
            if seen.isdisjoint((one, other)):
                seen |= {one, other}
                common.append(said)
        either = [self._said(form, wording) for side in (old, new) for form, wording in side.items()]
        return 2 * fsum(common) / (fsum(either) or 1), fsum(common)

    def _said(self, form: str, wording: Wording) -> float:
        """Return how many words a point says; one that several cards have tells little of any."""
        return max(0.5, min(content(wording.telling), _ENOUGH)) * (0.25 if form in self._repeated else 1)


def _words(one: _Side) -> frozenset[str]:
    """Return the words by which a side is found; a point as it stands is one too."""
    return one.wording.terms.union(one.points, *(wording.terms for wording in one.points.values()))


def _is_clear(score: float, rivals: Iterable[tuple[float, bool]]) -> bool:
    """Return whether no other that may be the same comes close, and none that may not is nearer."""
    near = sorted((other for other, is_same in rivals if is_same), reverse=True)
    refused = max((other for other, is_same in rivals if not is_same), default=0)
    return near[0] == score > refused and (len(near) == 1 or score - near[1] >= _MARGIN)

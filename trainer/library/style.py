"""Advice on a deck's wording, for its author: what makes key points hard to judge and answers hard to say.

Each rule stays silent where it cannot be nearly sure; nothing it says keeps a card from being asked. The words it looks
for are English; in other languages only lengths, missing parts and questions asked twice are found.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import combinations
from math import log2

from trainer.library.wording import compared, taken_apart
from trainer.model import Card, Deck, KeyPoint, Problem
from trainer.text import listed, shorten

LONGEST_POINT = 11
"""Words that can be judged at a glance."""
MOST_POINTS = 7
"""Points that can be kept in mind while speaking."""
LONGEST_ANSWER = 200
"""Words that can be said in a minute and a half."""
LONGEST_WHOLE = 40
"""Words of an answer that may still be judged as a whole, without key points."""
ALIKE = 0.6
"""How alike the words of two questions must be to be called nearly the same (0 to 1)."""
_COMMON = 20
"""A word in more questions than this finds no others like it."""

_PARTS = ("answer", "hint", "follow_ups", "why", "tags")
_WITH_ARTICLE = {"answer": "a model answer", "hint": "a hint", "follow_ups": "follow-ups", "why": "`why`"}

# Verbs that begin a point which tells what an answer does, so that its own words need not be in the answer; and those
# that are no nouns besides, so that after "and" they begin a second idea.
_DESCRIBING = (
    "name say state give show tell describe explain admit report count quote bring take make choose ask hear use keep "
    "meet judge weigh fix set compare note see link tie find put pick look trace credit work check try would"
)
_SECOND = "says|gives|tells|describes|explains|admits|makes|asks|brings|chooses|hears|compares|weighs|keeps|decides"
_QUESTION_WORD = "how|why|what|who|whom|whose|when|where|which|whether"
_TWO_IDEAS = re.compile(
    rf"""
    ;(?=\s)
    | (?<=\w{{5}})[.!?](?=\s+(?-i:[^\W\da-z_]))                          # a second sentence, not "e.g. Paris"
    | \b(?:as\s+well\s+as|and\s+also|and\s+then)\b
    | (?<!how\s)(?<!why\s)(?<!what\s)(?<!who\s)(?<!when\s)(?<!where\s)      # when and where is one question
      \band\s+(?:(?:by|for|to|with|from)\s+)?(?:{_QUESTION_WORD})\b
    | \b(?:and|but)\s+(?:{_SECOND})\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ASKS_FIGURE = re.compile(r"\b(?:in|with|by|a|the|exact)\s+(?:figures?|numbers?|percentages?)\b(?!\s+of\b)", re.I)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundreds?|thousands?|millions?|half|halved|thirds?|quarters?|twice|doubled?|tripled?"
    r"|dozens?|none|nobody)\b",
    re.I,
)
_SHORT_NAME = re.compile(r"([A-Z][\w/&-]*[A-Z][\w/&-]*): ")
_LITTLE = frozenset(["the", "a", "of", "and", "to", "in", "is", "it", "that", "was", "for", "i", "we", "you"])
_CHARACTERS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")  # scripts without spaces


def advice(deck: Deck, line_of: Callable[[str], int]) -> list[Problem]:
    """Return what could be better in a deck, by line; `line_of` gives the line of a card by its id."""
    found = [
        Problem(deck.file, line_of(card.id), message, hint) for card in deck.cards for message, hint in _of_card(card)
    ]
    lacking = [part for part in _PARTS if _in_none(part, deck.cards)]
    if lacking:
        found.append(Problem(deck.file, None, f"No card has {_named(lacking)}.", _what_for(lacking)))
    for card in deck.cards:
        missing = [part for part in _PARTS if part not in lacking and _is_missing(part, card)]
        if missing:
            found.append(
                Problem(
                    deck.file,
                    line_of(card.id),
                    f"There is no {_named(missing).removeprefix('a ')}.",
                    _what_for(missing),
                )
            )
    for first, second in _nearly_alike(deck.cards):
        message = f"This asks nearly what line {line_of(first.id)} asks: {_quoted(first.question)}."
        found.append(Problem(deck.file, line_of(second.id), message, "Merge the two, or say what sets them apart."))
    return sorted(found, key=lambda problem: problem.line or 0)


def _of_card(card: Card) -> Iterator[tuple[str, str]]:
    """Give what can be seen in one card: a message and a hint each."""
    words = length(card.answer)
    if words > LONGEST_ANSWER:
        yield f"The answer has {words} words.", f"Up to {LONGEST_ANSWER} can be said in a minute and a half."
    if not card.key_points and words > LONGEST_WHOLE:
        yield f"The answer has {words} words and is judged as a whole.", "Give it three to seven key points to tick."
    if len(card.key_points) > MOST_POINTS:
        yield f"There are {len(card.key_points)} key points.", f"Keep the {MOST_POINTS} that count, or make two cards."
    said = _Said(card.answer)
    for number, point in enumerate(card.key_points, 1):
        for message, hint in _of_point(point, said):
            yield f"Key point {number}, {_quoted(point.text)}, {message}", hint


class _Said:
    """A model answer, taken apart once and only where a point needs it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first four letters of each word: enough to know other forms of it."""
        return frozenset(word[:4] for word in taken_apart(self.text).terms)

    @cached_property
    def is_english(self) -> bool:
        """Whether at least one in ten words is one of the little ones that no English text does without."""
        words = self.text.casefold().split()
        return 10 * sum(word in _LITTLE for word in words) >= len(words)


def _of_point(point: KeyPoint, said: _Said) -> Iterator[tuple[str, str]]:
    words = length(point.text)
    if words > LONGEST_POINT:
        yield f"has {words} words.", f"Up to {LONGEST_POINT} can be judged at a glance."
    if two := _TWO_IDEAS.search(point.text):
        yield f"seems to hold two ideas (“{two[0]}”).", "Half made, it can be ticked neither way: make it two, or one."
    if said.text and (lack := _unmade(point.text, said)):
        yield lack, "Say it in the answer, or take the point out."


def _unmade(point: str, said: _Said) -> str:
    """Return how a point shows that the answer does not make it; empty where it may well make it."""
    if _ASKS_FIGURE.search(point) and not _FIGURE.search(said.text):
        return "asks for a figure, and the answer has none."
    if (name := _SHORT_NAME.match(point)) and name[1].casefold() not in said.text.casefold():
        return f"is about {name[1]}, which the answer does not name."
    if _tells_what_is_done(point) or not said.is_english:
        return ""
    telling = taken_apart(point).telling
    is_unsaid = len(telling) > 1 and said.beginnings.isdisjoint(word[:4] for word in telling)
    return "shares no word with the answer." if is_unsaid else ""


def _tells_what_is_done(point: str) -> bool:
    """Return whether a point describes the answer ("Names the cost") and does not state its content ("It is dear")."""
    first = re.sub(r"\W.*", "", point).casefold()
    return first in _DESCRIBING.split() or (first.endswith("s") and len(first) > 3)


def length(text: str) -> int:
    """Return how many words a text has; two characters of a script without spaces count as one."""
    characters = len(_CHARACTERS.findall(text))
    return len(_CHARACTERS.sub(" ", text).split()) + (characters + 1) // 2


def _is_missing(part: str, card: Card) -> bool:
    """Return whether a card should have this part and has not. A word and its meaning need no more than an answer."""
    return bool(card.key_points) and not getattr(card, part)


def _in_none(part: str, cards: Sequence[Card]) -> bool:
    with_points = [card for card in cards if card.key_points]
    return len(with_points) > 1 and all(_is_missing(part, card) for card in with_points)


def _named(parts: Sequence[str]) -> str:
    return listed([_WITH_ARTICLE.get(part, part) for part in parts], "or")


def _what_for(parts: Sequence[str]) -> str:
    """Return what the first of some missing parts is good for."""
    return {
        "answer": "An answer to compare with shows how the points are said.",
        "hint": "A hint helps to begin when nothing comes.",
        "follow_ups": "Follow-ups ask for what lies beneath the answer.",
        "why": "`why` says what the question is meant to find out.",
        "tags": "Tags find the card again.",
    }[parts[0]]


def _quoted(text: str) -> str:
    return f"“{shorten(text, 60)}”"


def _nearly_alike(cards: Sequence[Card]) -> Iterator[tuple[Card, Card]]:
    """Give pairs of cards that ask nearly the same, each card with the first one like it."""
    wordings = [taken_apart(card.question) for card in cards]
    spread = Counter(word for wording in wordings for word in wording.terms)
    weights = {word: 1 / (1 + log2(number) / 4) for word, number in spread.items()}
    places: dict[str, list[int]] = defaultdict(list)
    for index, wording in enumerate(wordings):
        for word in wording.terms:
            places[word].append(index)
    near = {pair for among in places.values() if len(among) <= _COMMON for pair in combinations(among, 2)}
    told = set[int]()
    for first, second in sorted(near):
        if second not in told:
            alike, same = compared(wordings[first], wordings[second], weights, spread, in_card=False)
            if same and alike >= ALIKE:
                told.add(second)
                yield cards[first], cards[second]

"""A draft: the cards found in a source while a person keeps, drops, joins, parts and rewrites them.

Every act puts some cards in the place of others, and can be taken back. Lines of the source are counted from 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.errors import UsageError
from trainer.formats.drafting.parting import cut
from trainer.formats.drafting.reshaping import begun, joined, parted, said_on, with_lines, with_points, with_question
from trainer.formats.found import Found, FoundCard, Part, Skipped
from trainer.formats.planning import Doubles
from trainer.model import Card


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A card of a draft."""

    key: int
    """What it is known by in this draft, whatever becomes of it."""
    deck: int
    """Which of the decks found it belongs to, from 0."""
    found: FoundCard
    dropped: bool = False
    settled: bool = False
    """Whether a person said that it is good as it is."""
    doubles: Doubles | None = None
    """What is to happen where the home has it; None for what is said for all."""

    @property
    def card(self) -> Card:
        """What would be written."""
        return self.found.card

    @property
    def is_bare(self) -> bool:
        """Whether it has neither answer nor key points."""
        return not (self.card.answer or self.card.key_points)


@dataclass(frozen=True)
class Change:
    """Cards that took the place of others."""

    at: int
    """Where in the list."""
    before: tuple[DraftCard, ...]
    after: tuple[DraftCard, ...]
    words: str
    """What was done: "dropped"."""


@dataclass(frozen=True)
class Written:
    """What a person wrote into a card."""

    question: str
    points: tuple[str, ...] = ()
    answer: str = ""
    follow_ups: tuple[str, ...] = ()
    hint: str = ""


class Draft:
    """The cards of one source; every act returns where in the list the eye should go."""

    def __init__(self, name: str, lines: Sequence[str], decks: Sequence[Found]) -> None:
        """`lines` are those that the spans of the cards speak of; none where the source has no lines to show."""
        self.name = name
        self.lines = tuple(lines)
        self.decks = list(decks)
        self.cards: list[DraftCard] = []
        for number, deck in enumerate(self.decks):
            self.cards += [DraftCard(len(self.cards) + at, number, each) for at, each in enumerate(deck.cards)]
        self._next_key = len(self.cards)
        self._done: list[Change] = []

    @property
    def skipped(self) -> list[Skipped]:
        """What did not become a card when the source was read."""
        return [each for deck in self.decks for each in deck.skipped]

    @property
    def is_changed(self) -> bool:
        """Whether something was done that can be taken back."""
        return bool(self._done)

    def found(self) -> list[Found]:
        """Return the decks with the cards as they are now, those dropped left out."""
        kept: list[list[FoundCard]] = [[] for _ in self.decks]
        for each in self.cards:
            if not each.dropped:
                kept[each.deck].append(each.found)
        return [
            deck if cards == deck.cards else replace(deck, cards=cards, verbatim=None)
            for deck, cards in zip(self.decks, kept, strict=True)
        ]

    def doubles(self) -> dict[str, Doubles]:
        """Return what is to happen with single cards that the home has, by id."""
        return {each.card.id: each.doubles for each in self.cards if each.doubles is not None and not each.dropped}

    # Acts on one card

    def accept(self, at: int) -> int:
        """Say that a card is good as it is, with the key points that are proposed."""
        now = self.cards[at]
        return self._one(
            at, replace(now, settled=True, dropped=False, found=replace(now.found, proposed=False)), "kept"
        )

    def drop(self, at: int) -> int:
        """Drop a card, or take it in again."""
        now = self.cards[at]
        return self._one(at, replace(now, dropped=not now.dropped), "taken in again" if now.dropped else "dropped")

    def choose(self, at: int, doubles: Doubles | None) -> int:
        """Say what happens with one card that the home has already."""
        return self._one(at, replace(self.cards[at], doubles=doubles), "choice for what is there")

    def rewrite(self, at: int, said: Written) -> int:
        """Take what a person wrote as the card. Raises UsageError where no question is left."""
        now = self.cards[at]
        card = _rewritten(now.card, said, keeps_id=bool(self.decks[now.deck].past or self.decks[now.deck].events))
        if card == now.card:
            return at
        proposed = now.found.proposed and card.key_points == now.card.key_points
        has = {Part.POINT: card.key_points, Part.ANSWER: card.answer, Part.FOLLOW_UP: card.follow_ups,
               Part.HINT: card.hint, Part.WHY: card.why, Part.QUESTION: True}  # fmt: skip
        spans = tuple(span for span in now.found.spans if has[span.part])
        return self._one(
            at, replace(now, found=replace(now.found, card=card, spans=spans, proposed=proposed)), "changed"
        )

    def add(self, at: int, said: Written) -> int:
        """Put a card written by hand behind the one at `at` (-1 for the beginning). Raises UsageError."""
        card = _rewritten(Card("", ""), said, keeps_id=False)
        deck = self.cards[at].deck if 0 <= at < len(self.cards) else 0
        self._put(at + 1, 0, [self._new(FoundCard(card, None), deck, settled=True)], "added")
        return at + 1

    def merge(self, at: int) -> int:
        """Join a card with the next that is not dropped. Raises UsageError where there is none."""
        other = next((index for index in range(at + 1, len(self.cards)) if not self.cards[index].dropped), None)
        now = self.cards[at]
        if other is None or self.cards[other].deck != now.deck:
            raise UsageError("There is no card behind this one to join.", "Go to the first of the two.")
        whole = replace(now, found=joined(now.found, self.cards[other].found), dropped=False)
        between = self.cards[at + 1 : other]
        self._put(at, other - at + 1, [whole, *between], "joined")
        return at

    # Acts on lines

    def owner(self, line: int) -> int | None:
        """Return the place of the card that a line belongs to, None where it belongs to none that is kept."""
        return next((at for at, each in enumerate(self.cards) if not each.dropped and _covers(each.found, line)), None)

    def above(self, line: int) -> int | None:
        """Return the place of the last kept card that begins on the line or above."""
        begins = ((at, each.found.spans[0].first) for at, each in enumerate(self.cards)
                  if each.found.spans and not each.dropped)  # fmt: skip
        return max(((begin, at) for at, begin in begins if begin <= line), default=(0, None))[1]

    def take(self, first: int, last: int, part: Part) -> int:
        """Make lines a part of the card they belong to, or of the one above; as a question they begin a new card.

        What else they were they are no longer, but a model answer keeps what becomes a key point. Raises UsageError.
        """
        owner = self._owner_of(first, last)
        if part is Part.QUESTION:
            return self._ask(first, last, owner)
        at = self.above(first) if owner is None else owner
        if at is None:
            raise UsageError("No card begins above this line.", "Make a line the question of a card first.")
        now = self.cards[at]
        spared = frozenset([Part.ANSWER]) if part is Part.POINT else frozenset()
        has = {number for span in now.found.spans if span.part is part for number in range(span.first, span.last + 1)}
        is_there = has.issuperset(said_on(self.lines, first, last))
        found = cut(now.found, self.lines, first, last, spared | ({part} if is_there else set())).rest
        if not is_there:
            found = with_lines(found, self.lines, first, last, part)
        return self._one(at, replace(now, found=found), "taken")

    def leave_out(self, first: int, last: int) -> int:
        """Take lines out of their card; a model answer keeps what was a key point beside. Raises UsageError."""
        at = self._owner_of(first, last)
        if at is None:
            raise UsageError("This line is in no card.", "")
        now = self.cards[at]
        lists = [span for span in now.found.spans if span.part is Part.POINT and first <= span.first <= last]
        spared = frozenset([Part.ANSWER]) if lists else frozenset()
        return self._one(at, replace(now, found=cut(now.found, self.lines, first, last, spared).rest), "left out")

    def _owner_of(self, first: int, last: int) -> int | None:
        """Return the one card that lines belong to.

        Raises UsageError for lines of two cards or of a question, and for empty ones.
        """
        numbers = said_on(self.lines, first, last)
        if not numbers:
            raise UsageError("There is nothing on this line.", "Go to a line that says something.")
        owners = {owner for number in numbers if (owner := self.owner(number)) is not None}
        if len(owners) > 1:
            raise UsageError("These lines belong to two cards.", "Choose lines of one, or join the cards.")
        asked = (span for owner in owners for span in self.cards[owner].found.spans if span.part is Part.QUESTION)
        if any(span.first <= number <= span.last for span in asked for number in numbers):
            raise UsageError(
                "This line is the question of a card.", "Join it with the card before it, drop or change it."
            )
        return next(iter(owners), None)

    def _ask(self, first: int, last: int, owner: int | None) -> int:
        if owner is not None:
            above, below = parted(self.cards[owner].found, self.lines, first, last)
            now = self.cards[owner]
            self._put(owner, 1, [replace(now, found=above), self._new(below, now.deck)], "parted")
            return owner + 1
        at = self.above(first)
        claimed = (span.first for each in self.cards if not each.dropped for span in each.found.spans)
        end = min((begin for begin in claimed if begin > last), default=len(self.lines) + 1) - 1
        deck = 0 if at is None else self.cards[at].deck
        place = 0 if at is None else at + 1
        self._put(place, 0, [self._new(begun(self.lines, first, last, end), deck)], "made a question")
        return place

    # Taking back

    def undo(self) -> Change | None:
        """Take the newest act back and return it; None where nothing is left to take back."""
        if not self._done:
            return None
        change = self._done.pop()
        self.cards[change.at : change.at + len(change.after)] = change.before
        return change

    @property
    def newest(self) -> Change | None:
        """The newest act that was not taken back."""
        return self._done[-1] if self._done else None

    def _new(self, found: FoundCard, deck: int, settled: bool = False) -> DraftCard:
        self._next_key += 1
        return DraftCard(self._next_key - 1, deck, found, settled=settled)

    def _one(self, at: int, card: DraftCard, words: str) -> int:
        self._put(at, 1, [card], words)
        return at

    def _put(self, at: int, number: int, cards: Sequence[DraftCard], words: str) -> None:
        before, after = tuple(self.cards[at : at + number]), tuple(cards)
        if before != after:
            self.cards[at : at + number] = after
            self._done.append(Change(at, before, after, words))


def _covers(found: FoundCard, line: int) -> bool:
    return any(span.first <= line <= span.last for span in found.spans)


def _rewritten(card: Card, said: Written, keeps_id: bool) -> Card:
    question = said.question.strip()
    if not question:
        raise UsageError("A card needs a question.", "Write one.")
    asked = replace(card, question=question) if keeps_id else with_question(card, question)
    asked = with_points(asked, said.points)
    follow_ups = tuple(dict.fromkeys(text for text in said.follow_ups if text))
    return replace(asked, answer=said.answer.strip(), follow_ups=follow_ups, hint=said.hint.strip())

"""Found cards sorted into those to add, to update and to leave out: what an import would do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from trainer.formats.found import Found, FoundCard, Skipped
from trainer.formats.near import Nearest
from trainer.formats.update import merged, update_of
from trainer.library.folder import Library
from trainer.library.identity import card_fingerprint, same_wording
from trainer.library.render import deck_text
from trainer.model import Card, Deck
from trainer.text import shorten

KNOWN_ALREADY = "The home has this card already."
UNANSWERED = "No answer yet."
"""What a card is written with that came without answer and points: a deck has no card without either."""


class Doubles(StrEnum):
    """What happens to found cards that the home has already, in the same words or nearly."""

    SKIP = "skip"
    UPDATE = "update"
    """The home's card takes what the found one says, and keeps question and memory."""
    ADD = "add"
    """Those that ask nearly the same come as cards of their own; one in the same words is the same card."""


@dataclass(frozen=True)
class Origin:
    """Where a card that would be added comes from, and what it is like."""

    file: str
    found: FoundCard
    near: Card | None
    """The card of the home that asks nearly the same."""


@dataclass(frozen=True)
class Addition:
    """Cards that would go into one deck."""

    title: str
    cards: tuple[Card, ...]
    into: Deck | None
    """The deck of the home that is extended; None for a new one."""
    name: str
    """What a new file is named after."""
    new_text: bytes
    """The text of a new file."""


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. Making it writes nothing."""

    additions: tuple[Addition, ...]
    skipped: tuple[Skipped, ...]
    updates: Mapping[str, tuple[Card, ...]] = field(default_factory=dict)
    """By the deck file of the home, the cards that take the place of those of the same ids."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """By id, where each card that would be added comes from."""

    @property
    def count(self) -> int:
        """How many cards would be added."""
        return sum(len(addition.cards) for addition in self.additions)

    @property
    def updated(self) -> int:
        """How many cards would be brought up to date."""
        return sum(map(len, self.updates.values()))


class Known:
    """The cards of a home as found ones are compared with them; what was looked up once is remembered."""

    def __init__(self, library: Library) -> None:
        cards = [card for deck in library.decks for card in deck.cards]  # read deck by deck: sooner than one by one
        self.questions = {card.id: card.question for card in cards}
        self._worded = {card_fingerprint(card.question): card for card in cards}
        """Cards by their wording, also those with an id of their own."""
        self._nearest = Nearest(cards)
        self._near: dict[str, Card | None] = {}

    def same(self, card: Card) -> Card | None:
        """Return the card of the home that asks the same in the same words."""
        return self._worded.get(card_fingerprint(card.question))

    def near(self, card: Card) -> Card | None:
        """Return the card of the home that asks nearly the same."""
        if card.question not in self._near:
            self._near[card.question] = self._nearest.to(card.question)
        return self._near[card.question]


def plan_import(
    library: Library,
    found: Iterable[Found],
    title: str | None = None,
    doubles: Doubles | None = None,
    single: Mapping[str, Doubles] | None = None,
    known: Known | None = None,
) -> ImportPlan:
    """Return what importing would do.

    `title` names the deck for all cards, in place of the titles found. `doubles` says what happens to cards that the
    home has already, wherever they are; where it says nothing, those in the same words are left out, and those that
    ask nearly the same are added. `single` says so for single cards, by id; `known` spares comparing once more.
    """
    return _Planner(library, doubles, single or {}, known or Known(library)).plan(list(found), title)


@dataclass
class _Draft:
    """An addition while cards still come to it."""

    title: str
    deck: Deck
    cards: list[Card]
    into: Deck | None
    name: str
    verbatim: bytes | None

    def addition(self) -> Addition:
        text = b""
        if self.into is None:
            cards = tuple(map(written, self.cards))
            text = self.verbatim or deck_text(replace(self.deck, title=self.title, cards=cards)).encode()
        return Addition(self.title, tuple(self.cards), self.into, self.name, text)


class _Planner:
    """Sorts found cards into those to add, to update and to leave out."""

    def __init__(self, library: Library, doubles: Doubles | None, single: Mapping[str, Doubles], known: Known) -> None:
        self._library = library
        self._doubles = doubles
        self._single = single
        self._home = known
        self._known = dict(known.questions)
        self._drafts: dict[str, _Draft] = {}
        self._skipped: list[Skipped] = []
        self._updates: dict[str, Card] = {}
        self._origins: dict[str, Origin] = {}

    def plan(self, found: list[Found], title: str | None) -> ImportPlan:
        for each in found:
            self._skipped.extend(each.skipped)
            fresh = [item.card for item in each.cards if self._is_fresh(each, item)]
            is_empty_deck = each.verbatim is not None and not each.cards
            if fresh or is_empty_deck:
                deck = each.deck if title is None else replace(each.deck, title=title)
                name = (Path(each.deck.file).stem or each.deck.title) if title is None else title
                whole = title is None and len(fresh) == len(each.cards)
                self._draft(deck, fresh, name, each.verbatim if whole else None)
        updates: dict[str, list[Card]] = defaultdict(list)
        for card in self._updates.values():
            updates[self._library.deck_of[card.id].file].append(card)
        made = {file: tuple(cards) for file, cards in updates.items()}
        additions = tuple(draft.addition() for draft in self._drafts.values())
        return ImportPlan(additions, tuple(self._skipped), made, self._origins)

    def _draft(self, deck: Deck, cards: list[Card], name: str, verbatim: bytes | None) -> None:
        """Put cards with those that the same call adds to the same deck."""
        titles = (home for home in self._library.decks if home.title.casefold() == deck.title.casefold())
        into = next(titles, None)
        if into is not None and not cards:
            return  # an empty deck that is there
        title = into.title if into else deck.title
        draft = self._drafts.get(title)
        if draft is None:
            self._drafts[title] = _Draft(title, deck, list(cards), into, name, verbatim)
        else:
            draft.cards.extend(cards)
            draft.verbatim = None

    def _is_fresh(self, each: Found, item: FoundCard) -> bool:
        """Return whether a card is to be added; else note what is to be done about it."""
        card = item.card
        here = self._library.cards.get(card.id)
        if card.id not in self._known and not each.updates and (same := self._home.same(card)):
            self._double(each, item, same, KNOWN_ALREADY)
            return False
        if card.id not in self._known:
            near = self._home.near(card)
            if near is not None and self._choice(card) in (Doubles.SKIP, Doubles.UPDATE):
                self._double(each, item, near, f"The home has nearly the same: {shorten(near.question, 80)}")
                return False
            self._known[card.id] = card.question
            self._origins[card.id] = Origin(each.file, item, near)
            return True
        if each.updates and here is not None:
            newer = update_of(here, card)
            if isinstance(newer, Card):
                self._updates[card.id] = newer
            elif newer:
                self._skipped.append(Skipped(each.file, item.line, card.question, newer))
            return False
        if same_wording(self._known[card.id]) == same_wording(card.question):
            self._double(each, item, here, KNOWN_ALREADY)
        else:
            reason = f"The id `{card.id}` belongs to another question."
            self._skipped.append(Skipped(each.file, item.line, card.question, reason))
        return False

    def _choice(self, card: Card) -> Doubles | None:
        return self._single.get(card.id, self._doubles)

    def _double(self, each: Found, item: FoundCard, here: Card | None, reason: str) -> None:
        """Leave a card out that the home has, or bring the home's card up to date by it."""
        if self._choice(item.card) is Doubles.UPDATE and here is not None:
            now = self._updates.get(here.id, here)
            bare = replace(now, answer="") if now.answer == UNANSWERED else now
            newer = written(merged(bare, item.card, item.proposed))
            if newer != now:
                self._updates[here.id] = newer
                return
        self._skipped.append(Skipped(each.file, item.line, item.card.question, reason))


def written(card: Card) -> Card:
    """Return a card as it is written into a deck."""
    return card if card.answer or card.key_points else replace(card, answer=UNANSWERED)


def planned_cards(plan: ImportPlan) -> dict[str, Card]:
    """Return the cards that would be added, and those brought up to date as they would be, by id."""
    added = (addition.cards for addition in plan.additions)
    return {card.id: card for cards in (*added, *plan.updates.values()) for card in cards}

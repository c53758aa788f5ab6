"""What to expect on the date of a deck, if you stopped now and if you go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from trainer.collection.collection import Collection
from trainer.insight.words import percent
from trainer.model import Card, Deck
from trainer.simulate.home import AT_ONCE, ImaginedHome, Steps, within_reach
from trainer.simulate.living import live_day_by_steps
from trainer.simulate.user import User, habits
from trainer.study.share import asked_decks
from trainer.text import counted, shorten

FARTHEST = 120
"""Days ahead for which going on is lived in advance."""


@dataclass(frozen=True)
class Goal:
    """A deck with a date ahead."""

    deck: Deck
    days: int
    """Left until then."""
    stopping: float
    """The share (0-1) of its points expected on that day if nothing more is done."""
    going_on: float | None
    """The share (0-1) expected if every day until then is used; None for a date that is far."""

    @property
    def words(self) -> str:
        """The goal on one line."""
        left = f"{shorten(self.deck.title, 40)}: {counted(self.days, 'day')} left"
        if self.going_on is None:
            return f"{left}; {percent(self.stopping)} of its points expected then if you stop now."
        return (
            f"{left}; {percent(self.going_on)} of its points expected then if you go on, "
            f"{percent(self.stopping)} if you stop now."
        )


def goals(collection: Collection, seed: int = 1) -> list[Goal]:
    """Return the decks with a date ahead, the nearest first; the days until then are lived in advance."""
    return [goal for goal in goals_day_by_day(collection, seed) if goal is not None]


def goals_day_by_day(collection: Collection, seed: int = 1) -> Iterator[Goal | None]:
    """Yield the same, and None after each step of the work: for a screen, which looks at the keyboard in between."""
    today, settings = collection.today, collection.settings
    decks = asked_decks(collection)
    left_of = {deck.file: settings.days_left(deck.title, today) or 0 for deck in decks if deck.cards}
    dated = sorted((deck for deck in decks if left_of.get(deck.file)), key=lambda deck: left_of[deck.file])
    if not dated:
        return
    near = [deck for deck in dated if left_of[deck.file] <= FARTHEST]
    end = today + timedelta(days=left_of[near[-1].file]) if near else today
    reached = yield from within_reach(collection, decks, settings, end)
    home = yield from ImaginedHome.like_by_steps(collection, reached, settings, today)
    user = User(habits(()), Random(seed))
    for deck in dated:
        left = left_of[deck.file]
        stopping = yield from _known(collection, deck.cards, left)
        going_on = None
        if left <= FARTHEST:
            while (home.today - today).days < left:
                yield from live_day_by_steps(home, user)
                home.begin(home.today + timedelta(days=1))
                yield None
            going_on = yield from _known(collection, deck.cards, left, home)
        yield Goal(deck, left, stopping, going_on)


def _known(collection: Collection, cards: Sequence[Card], days: int, home: ImaginedHome | None = None) -> Steps[float]:
    """Return the mean coverage (0-1) of cards in some days, new ones at 0; as in `home`, where it has them."""
    day = collection.today + timedelta(days=days)
    made = 0.0
    for number, card in enumerate(cards):
        if number % AT_ONCE == 0:
            yield
        where = home if home is not None and card.id in home.library.cards else collection
        made += where.coverage(card, day) or 0.0
    return made / len(cards)

"""What counts in a log and what belongs together, kept in the cache: undos, renamings, weights."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from trainer.memory.model import MemoryModel, bounded_weights
from trainer.progress.counting import Counting
from trainer.progress.events import CardEvent, Event, ReviewEvent, UndoEvent, WasEvent, WeightsEvent
from trainer.progress.index import Brief
from trainer.progress.joins import Joins
from trainer.progress.log import Log

SCHEMA = """
CREATE TABLE undone (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""

PointsOf = Callable[[str], Mapping[str, float] | None]
"""Returns the points of a card that a deck has today, with their weights; None for one that no deck has."""


class Rules:
    """Tells which events of a log count, and for which cards and points of today."""

    def __init__(self, log: Log, points_of: PointsOf) -> None:
        self._log = log
        self._index = log.index
        self._cache = log.index.cache
        self.points_of = points_of
        self.joins = Joins()
        self.load()

    def load(self) -> None:
        """Take over what the cache holds."""
        self._number = self._cache.get("rules", 0)
        self._counting: Counting | None = None
        self._model: MemoryModel | None = None
        self._undone = {name for (name,) in self._cache.query("SELECT name FROM undone")}
        """The keys of events, and of imports, that do not count."""
        renamings = self._index.renamings()
        self.joins = Joins(filter(self._all_counting, renamings)) if renamings else Joins()

    def catch_up(self) -> None:
        """Take over what another process has settled since."""
        if self._cache.get("rules", 0) != self._number:
            self.load()

    @property
    def model(self) -> MemoryModel:
        """FSRS with the newest counting weights."""
        if self._model is None:
            kept = self._cache.get("weights", "")
            self._model = MemoryModel([float(each) for each in kept.split()] or None)
        return self._model

    def parted(self) -> frozenset[tuple[str, str, str]]:
        """Return card, point and earlier id of the renamings that were taken back, by all ids that stand for these."""
        parted = set(self._all_counting.parted)
        for card, point, was in self._all_counting.parted:
            for each in self.stands_for(card):
                if point:
                    ones, others = (self.joins.joined_points(each, name) for name in (point, was))
                    parted |= {(each, one, other) for one in ones for other in others}
                else:
                    parted |= {(each, "", other) for other in self.stands_for(was)}
        return frozenset(parted)

    @property
    def _all_counting(self) -> Counting:
        """What counts, by all undos and renamings: needed for these themselves."""
        if self._counting is None:
            self._counting = Counting(self._index.undos(), self._index.renamings())
        return self._counting

    # What counts

    def counts(self, event: Event) -> bool:
        """Return whether the event counts."""
        if isinstance(event, ReviewEvent) and event.source and self.counts_by_name(event):
            same = self._log.events(self._index.of_source(event.source))
            return event == next(filter(self.counts_by_name, same), event)
        return self.counts_by_name(event)

    def counts_by_name(self, event: Event | Brief) -> bool:
        """Return whether the event counts, for itself: doubles of an imported review aside."""
        if isinstance(event, UndoEvent | WasEvent):
            return self._all_counting(event)
        return event.key not in self._undone and event.batch not in self._undone

    # What belongs together

    def stands_for(self, card: str, joins: Joins | None = None) -> set[str]:
        """Return the cards that the events of this id count for; of ids that no deck has, one for all."""
        joined = (joins or self.joins).joined(card)
        if len(joined) == 1 or self.points_of(card) is not None:
            return {card}
        return {each for each in joined if self.points_of(each) is not None} or {min(joined)}

    def ids_of(self, card: str) -> list[str]:
        """Return the ids whose events belong to a card."""
        return [each for each in self.joins.joined(card) if each == card or self.points_of(each) is None]

    def points_today(self, card: str) -> Callable[[str], Iterable[str]] | None:
        """Return what gives the ids that stand today for a point id of the log; None where each stands for itself."""
        if not self.joins.has_points(card):
            return None

        def today(point: str) -> Iterable[str]:
            joined = self.joins.joined_points(card, point)
            if len(joined) == 1:
                return (point,)
            present = self.points_of(card) or {}
            return (point,) if point in present else sorted(present.keys() & joined) or (point,)

        return today

    # Following the log

    def follow(self, new: Sequence[Event], gone: set[str], rare_gone: bool) -> tuple[set[str], bool]:
        """Settle what counts after these events came or went, within a write.

        Returns the cards that must be worked out anew for other reasons than new events of their own, and whether
        all that have a state must be, too.
        """
        self.catch_up()
        touched, refitted = set(gone), False
        for event in new:
            if isinstance(event, ReviewEvent) and event.source:
                touched |= self._index.cards_sharing(event.card)
        undos = [event for event in new if isinstance(event, UndoEvent)]
        others = any(isinstance(each, WasEvent | WeightsEvent) for each in new)
        if rare_gone or others or not all(map(self._is_simple, undos)):
            joins = self.joins
            differing, refitted = self._settle()
            touched |= self._standing({*touched, *joins.touched(), *differing}, joins)
            touched |= self.joins.touched() | differing
        elif undos:
            self._changed()
            self._undone |= {undo.target for undo in undos}
            self._cache.run_many("INSERT OR IGNORE INTO undone VALUES (?)", ((undo.target,) for undo in undos))
            touched |= self._cards_of(undo.target for undo in undos)
        return self._standing(touched, self.joins), refitted

    def _changed(self) -> None:
        self._counting = None
        self._number = self._cache.get("rules", 0) + 1
        self._cache.set("rules", self._number)

    def _is_simple(self, undo: UndoEvent) -> bool:
        """Return whether an undo takes back just one event that no other undo or import has to do with."""
        return not (undo.batch or self._index.is_rare(undo.target) or self._index.is_undone_by(undo.key))

    def _settle(self) -> tuple[set[str], bool]:
        """Settle what counts from all undos and renamings; return the cards this changes, and whether weights do."""
        before = {name for (name,) in self._cache.query("SELECT name FROM undone")}
        self._changed()
        counting = self._all_counting
        self._undone = counting.undone
        self._cache.run("DELETE FROM undone")
        self._cache.run_many("INSERT INTO undone VALUES (?)", ((name,) for name in counting.undone))
        self.joins = Joins(event for event in self._index.renamings() if counting(event))
        return self._cards_of(before ^ counting.undone), self._fit(counting)

    def _cards_of(self, names: Iterable[str]) -> set[str]:
        """Return the cards of these events or imports, and those that share an imported review with them."""
        cards = self._index.cards_of(names)
        return cards.union(*map(self._index.cards_sharing, cards))

    def _standing(self, cards: Iterable[str], joins: Joins) -> set[str]:
        """Return these cards, and those that their events count for."""
        return {each for card in cards for each in {card} | self.stands_for(card, joins)}

    def joined_cards(self) -> set[str]:
        """Return the cards whose state depends on what decks hold."""
        return self._standing(self.joins.touched(), self.joins)

    def _fit(self, counting: Counting) -> bool:
        """Take the weights of the greatest counting key; return whether they are others than before."""
        newest = self._newest_weights(counting)
        weights = " ".join(map(repr, (newest and bounded_weights(newest.weights)) or ()))
        if weights == self._cache.get("weights", ""):
            return False
        self._cache.set("weights", weights)
        self._model = None
        return True

    def newest_weights(self) -> WeightsEvent | None:
        """Return the event of the weights in force; None where these are FSRS's own."""
        return self._newest_weights(self.counts_by_name)

    def _newest_weights(self, counting: Callable[[Event], bool]) -> WeightsEvent | None:
        for event in reversed(self._log.events(self._index.of_kind(WeightsEvent))):
            if isinstance(event, WeightsEvent) and bounded_weights(event.weights) and counting(event):
                return event
        return None

    def cards_fed_by(self, new: Iterable[Event]) -> set[str]:
        """Return the cards that the card events among these count for."""
        return self._standing({event.card for event in new if isinstance(event, CardEvent)}, self.joins)

"""What comes next in a session: what returns, what is queued, what was put off."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from trainer.collection.collection import Collection
from trainer.model import Card
from trainer.study.allowance import Allowance
from trainer.study.plan import Kind, Plan, kind_of, weak_points
from trainer.study.question import Question, ask

RETURN_AFTER = timedelta(minutes=10)
"""Before this a missed card returns only when nothing else is left."""


class Coming:
    """The cards still to come in a session; each is looked at again when its turn comes."""

    def __init__(self, collection: Collection, allowance: Allowance, plan: Plan) -> None:
        self._collection = collection
        self._allowance = allowance
        self._put_off: deque[str] = deque()
        self._waiting: dict[str, datetime] = {}
        """Returns put off, with when."""
        self.follow(plan)

    def follow(self, plan: Plan, current: Question | None = None) -> None:
        """Queue what a plan has, but for what was answered, put off, or is being asked."""
        self.plan = plan
        elsewhere = self._allowance.done.union(self._put_off, {current.card.id} if current else ())
        self._queue = deque(item for item in plan.queue if item[0].id not in elsewhere)
        self._returning = {card.id for card in plan.returns}

    @property
    def ahead(self) -> int:
        """How many cards there are, returns aside."""
        return len(self._queue) + len(self._put_off)

    def missed(self) -> list[Card]:
        """Return the cards with points missed today."""
        day = self._collection.today
        cards = (self._collection.library.cards.get(card_id) for card_id in sorted(self._returning))
        return [card for card in cards if card and kind_of(self._collection, card, day) is Kind.RETURN]

    def may_return(self, card_ids: Iterable[str]) -> None:
        """Let these cards return while points of them are missed."""
        self._returning.update(card_ids)

    def answered(self, card_id: str, in_log: bool) -> None:
        """Take note of an answer: its card may return."""
        self._returning.add(card_id)
        self._waiting.pop(card_id, None)
        if not in_log:  # to the log the card is what it was: it must not come at once
            self._waiting[card_id] = self._collection.clock.now()

    def put_off(self, question: Question) -> None:
        """Leave a card for later; a return, for `RETURN_AFTER` at least."""
        card_id = question.card.id
        if question.kind is Kind.RETURN:
            self._waiting[card_id] = self._collection.clock.now()
        else:
            self._put_off.append(card_id)

    def put_first(self, question: Question) -> None:
        """Queue a question before all others; a return comes by itself."""
        if question.kind is not Kind.RETURN:
            self._queue.appendleft((question.card, question.kind))

    def take_out(self, card_id: str) -> None:
        """Let a card come no more, since it is being asked."""
        self._queue = deque(item for item in self._queue if item[0].id != card_id)
        if card_id in self._put_off:
            self._put_off.remove(card_id)

    def forget_put_off(self) -> None:
        """Treat nothing as put off any more."""
        self._put_off.clear()
        self._waiting.clear()

    def next(self, last: str, seconds: float) -> Question | None:
        """Return the next question, after the card `last` and `seconds` into the session; None when nothing is left."""
        collection, day = self._collection, self._collection.today
        now = collection.clock.now()
        returning = sorted(self.missed(), key=self._ready_at)
        if returning and self._ready_at(returning[0]) <= now:
            return ask(collection, returning[0], Kind.RETURN, day)
        while self._queue:
            card, planned = self._queue.popleft()
            if self._still_asked(card, planned, seconds):
                return ask(collection, collection.library.cards[card.id], planned, day)
        for _ in range(len(self._put_off)):
            put_off = collection.library.cards.get(self._put_off.popleft())
            kind = put_off and self.kind_now(put_off)
            if put_off and kind and not self._allowance.is_out_of_time(kind, seconds):
                return ask(collection, put_off, kind, day)
        for card in returning:
            at_once = card.id == last
            if card.id not in self._waiting and not (at_once and collection.state(card.id).returns):
                return ask(collection, card, Kind.RETURN, day)
        return None

    def kind_now(self, card: Card) -> Kind | None:
        """Return why a card comes up now in this session; None where it does not."""
        kind = kind_of(self._collection, card, self._collection.today)
        if self._allowance.limits.weak and kind is not Kind.RETURN:
            return self._practice(card)
        return kind or self._practice(card)

    def _ready_at(self, card: Card) -> datetime:
        """Return when a missed card returns by itself."""
        moment = self._collection.state(card.id).last_moment
        assert moment is not None
        return max(moment, self._waiting.get(card.id, moment)) + RETURN_AFTER

    def _still_asked(self, card: Card, planned: Kind, seconds: float) -> bool:
        """Return whether a queued card is still to be asked, given what the day has had meanwhile."""
        collection, day = self._collection, self._collection.today
        if card.id not in collection.library.cards or self._allowance.is_out_of_time(planned, seconds):
            return False
        if planned in (Kind.PRACTICE, Kind.WEAK):
            return self._practice(card) is planned
        if planned is Kind.NEW and self._allowance.is_out_of_new(self.plan.pace):
            return False
        return kind_of(collection, card, day) is planned

    def _practice(self, card: Card) -> Kind | None:
        """Return why this session asks a card that may not be due; None where it does not, or it is suspended."""
        limits = self._allowance.limits
        if self._collection.state(card.id).suspended:
            return None
        if limits.weak:
            return Kind.WEAK if weak_points(self._collection, card, self._collection.today) else None
        return Kind.PRACTICE if limits.practise_all else None

"""What a session may still ask: within its own limits, which count from when they were set, or the day's."""

from trainer.collection.collection import Collection
from trainer.study.plan import Kind
from trainer.study.share import Limits


class Allowance:
    """The limits of a session, and what they have had so far."""

    def __init__(self, collection: Collection, limits: Limits) -> None:
        self._collection = collection
        self._seconds_before = 0.0
        """Seconds of the session that these limits do not count."""
        self.limits = limits
        self.done: set[str] = set()
        """Cards answered, returns aside."""
        self._introduced: set[str] = set()

    def renew(self, limits: Limits, seconds: float) -> None:
        """Set other limits, counted from here: `seconds` into the session."""
        self.limits = limits
        self._seconds_before = seconds
        self.done.clear()
        self._introduced.clear()

    def count(self, card_id: str, kind: Kind) -> None:
        """Count an answer."""
        if kind is not Kind.RETURN:
            self.done.add(card_id)
        if kind is Kind.NEW:
            self._introduced.add(card_id)

    def uncount(self, card_id: str) -> None:
        """Take a card out again, since its answer was taken back."""
        self.done.discard(card_id)
        self._introduced.discard(card_id)

    def left(self, seconds: float) -> Limits:
        """Return the limits less what they have had, `seconds` into the session."""
        limits = self.limits
        if limits.cards is not None:
            limits = limits._replace(cards=max(0, limits.cards - len(self.done)))
        if limits.new is not None:
            limits = limits._replace(new=max(0, limits.new - len(self._introduced)))
        if limits.minutes is not None:
            limits = limits._replace(minutes=max(0.0, limits.minutes - (seconds - self._seconds_before) / 60))
        return limits

    def is_out_of_time(self, kind: Kind, seconds: float) -> bool:
        """Return whether the minutes are spent; the day's allow one new card all the same."""
        if self.limits.minutes is not None:
            return seconds - self._seconds_before >= self.limits.minutes * 60
        if self.limits.practise_all or self.limits.weak or (kind is Kind.NEW and self.limits.new is not None):
            return False
        collection, day = self._collection, self._collection.today
        if kind is Kind.NEW and not collection.tally.introduced_on(day):
            return False
        return collection.tally.seconds_on(day) >= collection.settings.minutes * 60

    def is_out_of_new(self, pace: int) -> bool:
        """Return whether the day has had its new cards, where it is the day that limits them.

        `pace` is how many the dates of decks ask for.
        """
        if self.limits.new is not None or self.limits.practise_all:
            return False
        collection = self._collection
        return collection.tally.introduced_on(collection.today) >= max(collection.settings.new_cards, pace)

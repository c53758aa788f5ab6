"""The open home that can be written: the one writer of events."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from trainer.collection.opened import OpenHome
from trainer.model import Card, Review
from trainer.progress.events import Event, ReviewEvent
from trainer.progress.lines import events_on_line
from trainer.progress.log import Entry

RESCHEDULING = "rescheduling"
"""What due days that are moved together are said to come from."""


class Collection(OpenHome):
    """One home, open. Every event that is written goes through here."""

    def record_review(self, card: Card, review: Review, elsewhere: Path | None = None) -> ReviewEvent:
        """Write one review, after its wording where that is new. Raises NotSavedError.

        With `elsewhere` it goes to that file instead of the log, and counts once it is merged.
        """
        fields: dict[str, Any] = {"card": card.id, "day": review.day, "rating": str(review.rating)}
        if review.recalled:
            fields["recalled"] = list(review.recalled)
        if review.missed:
            fields["missed"] = list(review.missed)
        if review.given:
            fields["given"] = True
        fields |= {"seconds": review.seconds, "due": review.due}
        wording = self.new_wording(card)
        entries = [*([Entry(wording)] if wording else []), Entry(fields, card.question)]
        event = (self._record(entries) if elsewhere is None else self._write_elsewhere(entries, elsewhere))[-1]
        assert isinstance(event, ReviewEvent)
        return event

    def new_wording(self, card: Card) -> dict[str, Any] | None:
        """Return the event that a review of a card must come after: how it is worded; None where the log says that."""
        points = {point.id: point.text for point in card.key_points}
        if self.state(card.id).wording == (card.question, tuple(points.items())):
            return None
        return {"card": card.id, "question": card.question} | ({"points": points} if points else {})

    def suspend(self, card: Card, suspend: bool = True) -> None:
        """Take a card out of all sessions, or put it back. Raises NotSavedError."""
        self.suspend_all([card], suspend)

    def suspend_all(self, cards: Iterable[Card], suspend: bool = True) -> list[Event]:
        """Take cards out of all sessions, or put them back. Raises NotSavedError."""
        return self._record([Entry({"card": card.id, "suspend": suspend}, card.question) for card in cards])

    def adopt_weights(self, weights: Sequence[float], reviews: int) -> Event:
        """Write FSRS weights fitted to so many reviews; they are in force at once. Raises NotSavedError."""
        return self._record([Entry({"weights": list(weights), "reviews": reviews})])[0]

    def move_dues(self, dues: Sequence[tuple[Card, date]]) -> Event:
        """Write new due days, all taken back by undoing the event returned. Raises NotSavedError."""
        whole = self._record([Entry({"import": RESCHEDULING, "cards": len(dues)})])[0]
        self._record([Entry({"card": card.id, "due": due, "import": whole.key}, card.question) for card, due in dues])
        return whole

    def bury(self, card: Card, until: date) -> None:
        """Keep a card out of all sessions before a day. Raises NotSavedError."""
        self._record([Entry({"card": card.id, "bury": until}, card.question)])

    def reset(self, card: Card) -> None:
        """Forget what the log says of a card so far: it is new again. Raises NotSavedError."""
        self.reset_all([card])

    def reset_all(self, cards: Iterable[Card]) -> list[Event]:
        """Forget what the log says of cards so far: they are new again. Raises NotSavedError."""
        return self._record([Entry({"card": card.id, "reset": True}, card.question) for card in cards])

    def rename(self, renamings: Iterable[tuple[str, str, str]]) -> list[Event]:
        """Write that cards, or points of them, were known under other ids. Raises NotSavedError.

        Each is given as card, point (empty for the card itself) and earlier id.
        """
        return self._record(
            [
                Entry({"card": card, **({"point": point} if point else {}), "was": was}, self.question_of(card))
                for card, point, was in renamings
            ]
        )

    def undo(self, key: str) -> None:
        """Take back the event of this key. Raises NotSavedError."""
        self.undo_all([key])

    def undo_all(self, keys: Iterable[str]) -> None:
        """Take back the events of these keys. Raises NotSavedError."""
        self._record([Entry({"undo": key}) for key in keys])

    def add_lines(self, lines: Iterable[bytes], events_on: Callable[[bytes], Iterable[Event]] = events_on_line) -> int:
        """Write lines of another log that hold events missing here; return how many events. Raises NotSavedError.

        `events_on` gives the events on a line, where these were read already.
        """
        came = self._log.append_lines(lines, self.clock.now(), events_on)
        self._wrote()
        return came

    def _record(self, entries: list[Entry]) -> list[Event]:
        events = self._log.append(entries, self.clock.now())
        self._wrote()
        return sorted(events, key=lambda event: event.key)

    def _write_elsewhere(self, entries: list[Entry], path: Path) -> list[Event]:
        from trainer.progress.rescue import write_rescue  # hardly ever needed

        return write_rescue(path, entries, self._log.free_from(self.clock.now()), self._log.mark, self._log.has_stamp)

    def _wrote(self) -> None:
        """Take in what was written, and see to the day's backup."""
        self._take_new()
        self.backup.begin(self.today)

"""A session: asked for the next card, told how it went, able to take it back. It has no screen."""

from collections.abc import Collection as Ids
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from trainer.collection.collection import Collection
from trainer.collection.rewording import Reworded, follow_rewording
from trainer.errors import HomeError
from trainer.model import Card, Deck, Rating
from trainer.progress.events import ReviewEvent
from trainer.progress.replay import LONGEST_SECONDS
from trainer.study.allowance import Allowance
from trainer.study.coming import Coming
from trainer.study.plan import Kind, Plan, plan_day
from trainer.study.question import Outcome, Question, ask, outcomes
from trainer.study.reports import Progress, Undone
from trainer.study.share import Limits, asked_decks


class Session:
    """One sitting over some decks, or over some cards of them.

    `current` is the question being asked, None when nothing is left. `grade`, `put_off`,
    `suspend` and `undo` each move on to the next.
    """

    def __init__(
        self,
        collection: Collection,
        decks: Iterable[str] = (),
        limits: Limits | None = None,
        cards: Iterable[str] | None = None,
    ) -> None:
        self.collection = collection
        self.cards = None if cards is None else frozenset(cards)
        """The only cards that are asked, under each id they had since; None for all of the decks."""
        self._allowance = Allowance(collection, limits or Limits())
        named = list(decks)
        self._files = {deck.file for deck in asked_decks(collection, named)} if named else None
        """The decks named, by file: these stay even when a title changes meanwhile."""
        self.answered: list[ReviewEvent] = []
        """The reviews of this session that stand, in order."""
        self.elsewhere: list[Path] = []
        """Files that answers were written to instead of the log."""
        self.trouble: HomeError | None = None
        """Why the home could not be read before this question; it is tried again before the next."""
        self.reworded: list[Reworded] = []
        """What was found to be reworded before this session or while it ran."""
        self._started = 0.0
        self._paused_at: float | None = None
        self._reviews = 0
        """How many reviews the current card had when it came up."""
        self.current: Question | None = None
        collection.refresh()
        self.reworded += follow_rewording(collection)
        self._coming = Coming(collection, self._allowance, self._plan())
        self._advance()

    @property
    def plan(self) -> Plan:
        """The day's plan that this session goes by."""
        return self._coming.plan

    @property
    def progress(self) -> Progress:
        """How far the session is."""
        current = self.current
        ahead = self._coming.ahead + (current is not None and current.kind is not Kind.RETURN)
        return Progress(len(self._allowance.done), ahead)

    @property
    def limits(self) -> Limits:
        """What this session is limited to."""
        return self._allowance.limits

    @property
    def decks(self) -> list[Deck]:
        """The decks that are asked."""
        if self._files is None:
            return asked_decks(self.collection)
        return [deck for deck in self.collection.library.decks if deck.file in self._files]

    def thinking_seconds(self) -> float:
        """Return the seconds since the current question came up, without pauses."""
        until = self.collection.clock.stopwatch() if self._paused_at is None else self._paused_at
        return until - self._started

    def seconds_spent(self) -> float:
        """Return the seconds of the answers in this session."""
        return sum(event.seconds or 0.0 for event in self.answered)

    def still_missed(self) -> list[Card]:
        """Return the cards of this session's decks with points missed today."""
        return self._coming.missed()

    def outcomes(self, ticked: Ids[str]) -> dict[Rating, Outcome]:
        """Return what each rating open to these ticks would record for the current question."""
        if self.current is None:
            return {}
        return outcomes(self.collection, self.current, ticked, self.collection.today)

    def grade(self, outcome: Outcome, elsewhere: Path | None = None) -> ReviewEvent:
        """Record an outcome as it was shown, and move on; with `elsewhere`, in that file instead of the log.

        Raises NotSavedError; the question then stays, and may be graded again.
        """
        card = outcome.question.card
        seconds = round(min(self._seconds_here(), LONGEST_SECONDS))
        event = self.collection.record_review(card, outcome.review(seconds), elsewhere)
        self.answered.append(event)
        self._allowance.count(card.id, outcome.question.kind)
        self._coming.answered(card.id, in_log=elsewhere is None)
        if elsewhere is not None:
            self.elsewhere = list(dict.fromkeys([*self.elsewhere, elsewhere]))
        self._next()
        return event

    def put_off(self) -> None:
        """Leave the current card for later in this session; a return, for ten minutes at least."""
        if self.current is not None:
            self._coming.put_off(self.current)
            self._next()

    def suspend(self) -> None:
        """Take the current card out of all sessions, and move on. Raises NotSavedError."""
        if self.current is not None:
            self.collection.suspend(self.current.card)
            self._next()

    def undo(self) -> Undone | None:
        """Take back the newest answer or choice made in this home, also of an earlier session.

        The card of it becomes the current question, with its ticks, where a deck still has it.
        Returns None when there is nothing to take back. Raises NotSavedError.
        """
        self._follow()
        event = self.collection.newest_act()
        if event is None:
            self._give_way()
            return None
        self.collection.undo(event.key)
        self.answered = [review for review in self.answered if review.key != event.key]
        if all(review.card != event.card or review.given for review in self.answered):
            self._allowance.uncount(event.card)
        self._coming.may_return([event.card])
        undone = Undone(event, self.collection.question_of(event.card))
        card = self.collection.card_of(event.card)
        if card is None or self.collection.state(card.id).suspended:
            self._give_way()
            return undone
        self._make_way(card.id)
        kind = self._coming.kind_now(card) or Kind.PRACTICE
        question = ask(self.collection, card, kind, self.collection.today)
        if isinstance(event, ReviewEvent):
            question = replace(question, ticked=frozenset(event.recalled or ()) & question.asked)
        self._show(question)
        return undone

    def recast(self, card_id: str, ticked: Ids[str]) -> None:
        """Ask the current question as its card reads now, under this id; go on where no deck has it any more.

        Raises HomeError when the home cannot be read.
        """
        self._follow()
        card = self.collection.library.cards.get(card_id)
        if card is None or self.current is None:
            self._give_way()
            return
        self._make_way(card.id)
        kind = self._coming.kind_now(card) or self.current.kind
        question = ask(self.collection, card, kind, self.collection.today)
        self.current = replace(question, ticked=frozenset(ticked) & question.asked)
        self._reviews = self.collection.state(card.id).reviews

    def pause(self) -> None:
        """Stop the time of the current question, while something else is on the screen."""
        if self._paused_at is None:
            self._paused_at = self.collection.clock.stopwatch()

    def resume(self) -> None:
        """Let the time of the current question run on."""
        if self._paused_at is not None:
            self._started += self.collection.clock.stopwatch() - self._paused_at
            self._paused_at = None

    def extend(self, limits: Limits) -> None:
        """Go on under other limits, counted from now, after nothing was left or the user paused."""
        self._allowance.renew(limits, self.seconds_spent())
        self.current = None
        self._coming.forget_put_off()
        self._follow()
        self._coming.follow(self._plan())
        self._advance()

    def refresh(self) -> None:
        """Take in what changed on disk; the current question gives way if it was answered elsewhere."""
        self._follow()
        self._give_way()

    def _follow(self) -> None:
        changes = self.collection.refresh()
        if changes.decks:
            self.reworded += follow_rewording(self.collection)
        new_day = self.plan.day != self.collection.today
        if new_day:
            self._allowance.done.clear()
        if changes.decks or changes.cards is None or new_day:
            self._coming.follow(self._plan(), self.current)
        else:
            self._coming.may_return(filter(self._asks, changes.cards))

    def _asks(self, card_id: str) -> bool:
        """Return whether a card is one of those that are asked."""
        deck = self.collection.library.deck_of.get(card_id)
        if deck is None or (self.cards is not None and card_id not in self.cards):
            return False
        return not self.collection.settings.is_paused(deck.title) if self._files is None else deck.file in self._files

    def _give_way(self) -> None:
        if self.current is not None and not self._stands(self.current):
            self._advance()

    def _stands(self, question: Question) -> bool:
        """Return whether the current question is still one: in a deck, not answered or suspended elsewhere."""
        state = self.collection.state(question.card.id)
        in_deck = question.card.id in self.collection.library.cards
        return in_deck and not state.suspended and state.reviews == self._reviews

    def _seconds_here(self) -> float:
        self.resume()
        return self.collection.clock.stopwatch() - self._started

    def _plan(self) -> Plan:
        """Plan what is left of the day for the cards that are asked, under the ids they have now."""
        limits = self._allowance.left(self.seconds_spent())
        if self.cards is not None:
            gone = [card_id for card_id in self.cards if card_id not in self.collection.library.cards]
            self.cards |= {card.id for card in map(self.collection.card_of, gone) if card}
        return plan_day(self.collection, self.decks, self.collection.today, limits, self.cards)

    def _make_way(self, card_id: str) -> None:
        """Queue the current question again, where it is still one, for a card that is asked in its place."""
        current = self.current
        if current and current.card.id != card_id and self._stands(current):
            self._coming.put_first(current)
        self._coming.take_out(card_id)

    def _show(self, question: Question | None) -> None:
        self.current = question
        self._reviews = self.collection.state(question.card.id).reviews if question else 0
        self._started = self.collection.clock.stopwatch()
        self._paused_at = None

    def _next(self) -> None:
        self.trouble = None
        try:
            self._follow()
        except HomeError as error:  # what was done is saved; what cannot be read now is read the next time
            self.trouble = error
        self._advance()

    def _advance(self) -> None:
        last = self.current
        self._show(self._coming.next(last.card.id if last else "", self.seconds_spent()))

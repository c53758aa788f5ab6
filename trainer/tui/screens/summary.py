"""Summary: what a session came to, what was missed, and what is left."""

import shlex
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.visual import Visual
from textual.widgets import Static

from trainer.insight.today import next_due
from trainer.insight.words import NOTHING_WEAK, minutes, on_day, percent
from trainer.model import Card
from trainer.study.plan import plan_day
from trainer.study.session import Session
from trainer.study.share import Limits
from trainer.text import counted
from trainer.tui.hanging import Hanging, Row, said
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import QUIET, literal
from trainer.tui.widgets.key_line import KeyLine

MORE_NEW = 5
MOST_MISSED = 12
"""Points named; more are counted."""


class SummaryScreen(Helped, Screen[None]):
    """Shown when a session has ended."""

    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("summary")
    AUTO_FOCUS = ""
    HELP_NAME = "summary"
    HELP_TEXT = "What this session came to. Every answer is saved; you can close the trainer at any time."

    class GoOn(Message):
        """The session is to go on under these limits."""

        def __init__(self, limits: Limits) -> None:
            super().__init__()
            self.limits = limits

    class UndoWanted(Message):
        """The newest answer is to be taken back."""

    class Done(Message):
        """Back to Today."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._collection = session.collection
        self._decks = session.decks
        self._left = plan_day(self._collection, self._decks, self._collection.today, Limits(), session.cards)
        self._new_left = len(self._left.new) + self._left.left_new

    def compose(self) -> ComposeResult:
        """Make the parts that there is something to say in."""
        with Vertical(id="column"):
            with VerticalScroll(id="body", can_focus=False):
                yield Static(literal(self._headline()), id="sentence")
                yield Static(literal(self._what_now(), QUIET), id="advice")
                for part in (self._missed(), self._known()):
                    if part:
                        yield Static(part, classes="part")
            yield KeyLine()

    def _headline(self) -> str:
        session = self._session
        if not session.answered:
            if not any(deck.cards for deck in self._decks):
                return "There is no card here yet."
            if self._is_nothing_weak():
                return NOTHING_WEAK
            return "Nothing is due now." if session.current is None else "Nothing answered this time."
        cards = counted(len({event.card for event in session.answered}), "card")
        return f"{cards} in {minutes(session.seconds_spent())}."

    def _is_nothing_weak(self) -> bool:
        """Return whether weak points were asked for and there was none."""
        session = self._session
        return session.current is None and session.limits.weak and not session.plan.asked

    def _what_now(self) -> str:
        parts = [f"Not in the log yet: trainer merge {shlex.quote(str(path))}" for path in self._session.elsewhere]
        if self._session.answered and self._is_nothing_weak():
            parts.append(NOTHING_WEAK)
        returning = self._session.still_missed()
        if returning:
            parts.append(f"{counted(len(returning), 'card')} with missed points: back in ten minutes.")
        left = len(self._left.due) + len(self._left.new)
        if left:
            parts.append(f"{counted(left, 'question')} left for today: press {key_name(self, 'summary.go_on')}.")
        elif self._left.left_due:
            parts.append(f"{counted(self._left.left_due, 'card')} more are due than today has time for.")
        coming = next_due(self._collection, self._decks, self._collection.today)
        if coming:
            parts.append(f"Next: {counted(coming[1], 'card')} {on_day(coming[0], self._collection.today)}.")
        if not any(deck.cards for deck in self._decks):
            new, read = key_name(self, "today.new"), key_name(self, "today.import")
            parts.append(f"On Today, {new} writes one, and {read} builds a deck from a document.")
        if not left:
            more, practise = key_name(self, "summary.more_new"), key_name(self, "summary.practise")
            ways = [f"{more} for {counted(min(MORE_NEW, self._new_left), 'new card')}"] if self._new_left else []
            ways += [f"{practise} to practise"] if any(deck.cards for deck in self._decks) else []
            if ways:
                parts.append(f"Press {' or '.join(ways)}.")
        return "\n".join(parts)

    def _missed(self) -> Visual | None:
        """Return the key points missed, under their questions."""
        newest = {event.card: event for event in self._session.answered}
        rows: list[Row] = []
        for card_id, event in newest.items():
            card = self._collection.library.cards.get(card_id)
            if card is None or not event.missed:
                continue
            rows.append(said(card.question))
            rows.extend(_missed_points(card, event.missed))
        if not rows:
            return None
        more = f"and {len(rows) - MOST_MISSED} more lines" if len(rows) > MOST_MISSED else ""
        return _part("Missed", rows[:MOST_MISSED], more)

    def _known(self) -> Visual | None:
        """Return the coverage expected tomorrow, by deck: right after an answer everything is known."""
        tomorrow = self._collection.today + timedelta(days=1)
        shares = [(deck.title, self._collection.mean_coverage([deck], tomorrow)) for deck in self._decks]
        rows = [
            (Content.styled(f"{percent(share):>5}  ", "bold"), literal(title))
            for title, share in shares
            if share is not None
        ]
        return _part("Known tomorrow, of what was asked so far", rows) if rows else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is."""
        if action == "more_new":
            return self._new_left > 0
        if action == "practise":
            return any(deck.cards for deck in self._decks)
        if action == "drill":
            return self._collection.standing.last_asked([deck.file for deck in self._decks]) is not None
        return True

    def action_go_on(self) -> None:
        """Go on where something is left for today, else go back."""
        if self._left.due or self._left.new:
            self.post_message(self.GoOn(Limits()))
        else:
            self.post_message(self.Done())

    def action_more_new(self) -> None:
        """Go on with more new cards."""
        self.post_message(self.GoOn(Limits(new=MORE_NEW)))

    def action_practise(self) -> None:
        """Go on with every card of these decks."""
        self.post_message(self.GoOn(Limits(practise_all=True)))

    def action_drill(self) -> None:
        """Go on with what is likely to be missed in these decks."""
        self.post_message(self.GoOn(Limits(weak=True)))

    def action_undo(self) -> None:
        """Take back the newest answer."""
        self.post_message(self.UndoWanted())

    def action_leave(self) -> None:
        """Go back to Today."""
        self.post_message(self.Done())


def _missed_points(card: Card, missed: tuple[str, ...]) -> list[Row]:
    texts = [point.text for point in card.key_points if point.id in missed] if card.key_points else ["the answer"]
    return [(Content.styled("  ○ ", QUIET), literal(text)) for text in texts]


def _part(title: str, rows: Sequence[Row], more: str = "") -> Visual:
    """Return rows under a title, and words on what is left out."""
    last = [said(more, QUIET)] if more else []
    return Hanging([said(title, QUIET), *rows, *last])

"""Decks, logs and answers in a line each, for the tests of planning and sessions."""

import os
import tomllib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.model import Rating
from trainer.progress.events import ReviewEvent, key_at
from trainer.study.question import Outcome
from trainer.study.session import Session
from trainer.toml_line import one_line_value


class Desk:
    """A home that is written by hand, and answered at."""

    def __init__(self, home: Home, clock: FixedClock) -> None:
        self.home = home
        self.clock = clock
        self._writes = 0

    # Decks and settings

    def deck(self, title: str, *cards: str | tuple[str, Iterable[str]], file: str = "", extra: str = "") -> Path:
        """Write a deck of cards, each an id, or an id with the ids of its key points (`id:weight`)."""
        text = [f'title = "{title}"\n{extra}']
        for card in cards:
            name, points = (card, ()) if isinstance(card, str) else card
            text.append(f'\n[[cards]]\nid = "{name}"\nquestion = "What of {name}?"\nanswer = "All of {name}."')
            tables = []
            for point in points:
                point_id, _, weight = point.partition(":")
                tables.append(f'{{ id = "{point_id}", text = "Point {point_id}", weight = {weight or 1} }}')
            if tables:
                text.append(f"key_points = [{', '.join(tables)}]")
        return self.write(file or f"{title.lower()}.toml", "\n".join(text))

    def write(self, file: str, text: str) -> Path:
        """Write a deck file so that the change is seen, however fast it follows the one before."""
        path = self.home.decks / file
        path.write_text(text, encoding="utf-8")
        self._writes += 1
        os.utime(path, ns=(self._writes, self._writes))
        return path

    def settings(self, text: str) -> None:
        self.home.settings.write_text(text, encoding="utf-8")

    # The log

    def today(self) -> date:
        """The day in UTC when the day starts at 04:00."""
        return (self.clock.now() - timedelta(hours=4)).date()

    def line(self, fields: dict[str, Any], moment: datetime | None = None, mark: str = "ffff01") -> str:
        """Add an event to the log as another program would, and return its key."""
        taken = {line.partition(" = ")[0] for line in self._lines()}
        moment = moment or self.clock.now()
        while (key := key_at(moment, mark)) in taken:
            moment += timedelta(milliseconds=1)
        with self.home.log.open("a", encoding="utf-8") as log:
            log.write(f"{key} = {one_line_value(fields)}\n")
        return key

    def review(self, card: str, days_ago: int = 0, rating: str = "good", **fields: Any) -> str:
        """Add a review as of some days ago, at this time of day. `due` may be a number of days from today."""
        if isinstance(fields.get("due"), int):
            fields["due"] = self.today() + timedelta(days=fields["due"])
        if not {"recalled", "missed"} & fields.keys():
            fields["missed" if rating == "again" else "recalled"] = ["answer"]
        day = self.today() - timedelta(days=days_ago)
        moment = self.clock.now() - timedelta(days=days_ago)
        return self.line({"card": card, "day": day, "rating": rating, **fields}, moment)

    def backlog(self, *cards: str, days_ago: int = 30) -> None:
        """Let cards have been learned long ago, and be due today."""
        for card in cards:
            self.review(card, days_ago, due=0)

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the keys and values of the log's lines."""
        return [item for line in self._lines() for item in tomllib.loads(line).items()]

    def _lines(self) -> list[str]:
        return self.home.log.read_text(encoding="utf-8").splitlines() if self.home.log.is_file() else []

    def reviews(self) -> list[dict[str, Any]]:
        return [fields for _, fields in self.events() if "rating" in fields]

    # Answering

    def open(self) -> Collection:
        """Open the home once more, as another process or a later day does."""
        return Collection(self.home, self.clock)

    def answer(
        self,
        session: Session,
        ticks: Iterable[str] | None = None,
        rating: Rating = Rating.GOOD,
        seconds: float = 10,
    ) -> ReviewEvent:
        """Answer the current question after some seconds; without ticks named, all points are made."""
        assert session.current is not None
        self.clock.move(seconds=seconds)
        if ticks is None:
            ticks = () if rating is Rating.AGAIN else session.current.asked
        return session.grade(self.outcome(session, ticks, rating))

    def miss(self, session: Session, seconds: float = 10) -> ReviewEvent:
        """Make no point of the current question."""
        return self.answer(session, (), Rating.AGAIN, seconds)

    def outcome(self, session: Session, ticks: Iterable[str], rating: Rating = Rating.GOOD) -> Outcome:
        return session.outcomes(frozenset(ticks))[rating]

    def finish(self, session: Session, seconds: float = 10) -> list[str]:
        """Answer everything well until nothing is left; return the cards asked."""
        asked = []
        while session.current is not None:
            asked.append(session.current.card.id)
            assert len(asked) < 500, "the session does not end"
            self.answer(session, seconds=seconds)
        return asked


@pytest.fixture
def desk(home: Home, clock: FixedClock) -> Desk:
    """A home without decks, at noon."""
    return Desk(home, clock)


@pytest.fixture
def sit(desk: Desk) -> Callable[..., Session]:
    """Begin a session in the home, opened anew: `sit("Deck", new=3)`."""
    from trainer.study.share import Limits

    def begin(*decks: str, **limits: Any) -> Session:
        return Session(desk.open(), decks, Limits(**limits))

    return begin


def names(start: str, count: int) -> list[str]:
    """Return ids of cards: "a00", "a01"."""
    return [f"{start}{number:02}" for number in range(count)]

"""What the files of a home say, told by code that shares nothing with the trainer's: decks, counting events, memory.

The log is read by `tomllib`, memory comes from `fsrs`. Knows undo, imports, resets, moves, burying, suspending and
simple renamings.
"""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from fsrs import Card, Rating, Scheduler, State

from trainer.library.identity import card_fingerprint, point_fingerprint

NAMES = ("again", "hard", "good", "easy")


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


class Home:
    """Decks and counting events of a home."""

    def __init__(self, folder: Path) -> None:
        settings = folder / "settings.toml"
        self.settings = tomllib.loads(settings.read_text()) if settings.exists() else {}
        self.decks: dict[str, dict[str, Any]] = {}
        self.cards: dict[str, dict[str, Any]] = {}
        for path in sorted((folder / "decks").glob("*.toml")):
            deck = tomllib.loads(path.read_text(encoding="utf-8"))
            self.decks[path.name] = deck
            for card in deck["cards"]:
                name = card.get("id") or card_fingerprint(card["question"])
                self.cards.setdefault(name, {**card, "file": path.name, "points": self._points(card)})
        self.events = list(self._counting(folder / "progress.toml"))

    def _points(self, card: dict[str, Any]) -> dict[str, float]:
        points = {}
        for each in card.get("key_points", []):
            table = each if isinstance(each, dict) else {"text": each}
            points[table.get("id") or point_fingerprint(table["text"])] = float(table.get("weight", 1))
        return points or {"answer": 1.0}

    def _counting(self, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
        lines = dict.fromkeys(path.read_text(encoding="utf-8").splitlines()) if path.exists() else {}
        events = sorted(
            (pair for line in lines for pair in tomllib.loads(line).items()), key=lambda pair: (pair[0], str(pair[1]))
        )
        undone: set[str] = set()
        for key, event in reversed(events):  # an undo is newer than what it names
            if "undo" in event and key not in undone:
                undone.add(event["undo"])
        sources: set[str] = set()
        for key, event in events:
            if key in undone or event.get("import", "") in undone or "undo" in event:
                continue
            if event.get("source") in sources:
                continue
            if "source" in event:
                sources.add(event["source"])
            yield key, event

    def retention(self, file: str) -> float:
        own = self.settings.get("decks", {}).get(self.title(file), {})
        return own.get("desired_retention", self.settings.get("desired_retention", 0.9))

    def paused(self, file: str) -> bool:
        return bool(self.settings.get("decks", {}).get(self.title(file), {}).get("paused"))

    def title(self, file: str) -> str:
        return str(self.decks[file]["title"]) if file in self.decks else ""


class Past:
    """One card: each review with the memory of its points before it, and the memory after each."""

    def __init__(self, home: Home, name: str, scheduler: Scheduler) -> None:
        self.name = name
        self.weights = home.cards[name]["points"] if name in home.cards else {}
        self.scheduler = scheduler
        self.memory: dict[str, Card] = {}
        self.reviews: list[dict[str, Any]] = []
        self.courses: list[tuple[int, dict[str, Card]]] = []
        self.due = self.before = self.bury = None
        self.wording: list[str] = []
        self.suspended = False
        self.anew = 0

    def take(self, key: str, event: dict[str, Any], point_of: dict[str, str]) -> None:
        moment = datetime.strptime(key[:18], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        if "rating" in event:
            self.review(moment, event, point_of)
        elif "reset" in event:
            self.anew = len(self.reviews)
            self.memory, self.due, self.before, self.bury, self.suspended = {}, None, None, None, False
            self.courses.append(((moment.astimezone() - timedelta(hours=4)).date().toordinal(), {}))
        elif "suspend" in event:
            self.suspended = event["suspend"]
        elif "bury" in event:
            self.bury = event["bury"]
        elif "due" in event:
            self.due = event["due"]
        elif "question" in event:
            self.wording = list(event.get("points", {}))

    def review(self, moment: datetime, event: dict[str, Any], point_of: dict[str, str]) -> None:
        day = event.get("day") or (moment.astimezone() - timedelta(hours=4)).date()
        recalled, missed = event.get("recalled", []), event.get("missed", [])
        if "recalled" not in event and "missed" not in event:
            recalled = self.wording or ["answer"]
        asked = {point_of.get(each, each): True for each in recalled} | {
            point_of.get(each, each): False for each in missed
        }
        if event["rating"] == "again":
            asked = dict.fromkeys(asked, False)
        before = {point: self.memory[point] for point in asked if point in self.memory}
        for point, made in asked.items():
            rating = Rating(NAMES.index(event["rating"]) + 1) if made else Rating.Again
            self.memory[point] = self.step(self.memory.get(point), rating, day)
        seconds = event.get("seconds")
        self.reviews.append(
            {
                "day": day, "hour": moment.astimezone().hour, "rating": event["rating"],
                "given": event.get("given", False), "imported": bool(event.get("import")),
                "seconds": None if seconds is None else min(seconds, 300), "asked": asked, "before": before,
                "away": None if self.before is None else max(0, (day - self.before).days),
                "promised": (self.due - self.before).days if self.due and self.before else None,
            }
        )  # fmt: skip
        self.before, self.due = day, event.get("due")
        self.courses.append((day.toordinal(), dict(self.memory)))

    def step(self, card: Card | None, rating: Rating, day: date) -> Card:
        card = card or Card(card_id=1, state=State.Learning)
        last = card.last_review
        at = midnight(day) if last is None else max(midnight(day), last)
        after, _ = self.scheduler.review_card(card, rating, at)
        after.stability = min(after.stability or 0, 36_500.0)
        after.last_review = midnight(day)
        return after

    def at_end_of(self, day: int) -> dict[str, Card]:
        memory: dict[str, Card] = {}
        for reviewed, after in self.courses:
            if reviewed > day:
                break
            memory = after
        return memory

    def recall(self, card: Card, day: date) -> float:
        return self.scheduler.get_card_retrievability(card, max(midnight(day), card.last_review or midnight(day)))

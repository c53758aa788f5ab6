"""Every number of `trainer stats --json` once more, from the files of a home and the definitions of docs/statistics.md.

Shares no code with the statistics: the log is read by `tomllib`, memory comes from `fsrs`. Knows undo, imports,
resets, moves, burying, suspending, weights and simple renamings; every newest review or move must say its due day.

`TZ=UTC TRAINER_NOW=... python tests/insight/recompute.py HOME [PERIOD [DECK [TAG]]]` compares, and says what differs.
"""

import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import isclose
from pathlib import Path
from statistics import mean, median, stdev
from typing import Any

from fsrs import Card, Rating, Scheduler, State
from fsrs.scheduler import DEFAULT_PARAMETERS

from trainer.library.identity import card_fingerprint, point_fingerprint

DAYS = {"month": 30, "quarter": 90, "year": 365, "all": None}
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
NAMES = ("again", "hard", "good", "easy")
USUAL = (90.0, 60.0, 20.0)


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


def recompute(folder: Path, now: datetime, period: str = "month", deck: str = "", tag: str = "") -> dict[str, Any]:
    """Return every number of the document; `deck` is a file."""
    home = Home(folder)
    today = (now.astimezone() - timedelta(hours=4)).date()
    fitted = [event["weights"] for _, event in home.events if "weights" in event]
    scheduler = Scheduler(
        fitted[-1] if fitted else DEFAULT_PARAMETERS, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    was = {event["was"]: event["card"] for _, event in home.events if "was" in event and "point" not in event}
    point_of: dict[str, dict[str, str]] = defaultdict(dict)
    for _, event in home.events:
        if "was" in event and "point" in event:
            point_of[event["card"]][event["was"]] = event["point"]
    pasts: dict[str, Past] = {}
    for key, event in home.events:
        if "card" in event and "was" not in event:
            name = event["card"]
            while name not in home.cards and name in was:
                name = was[name]
            pasts.setdefault(name, Past(home, name, scheduler)).take(key, event, point_of[name])
    usual = _usual(pasts.values())
    wanted = {
        name
        for name, card in home.cards.items()
        if (not deck or card["file"] == deck)
        and (
            not tag
            or tag.casefold()
            in {each.casefold() for each in [*card.get("tags", []), *home.decks[card["file"]].get("tags", [])]}
        )
    }
    everything = not deck and not tag
    kept = [past for name, past in sorted(pasts.items()) if (everything or name in wanted)]
    oldest = min((review["day"] for past in kept for review in past.reviews), default=None)
    length = DAYS[period]
    first = min(oldest or today, today) if length is None else today - timedelta(days=length - 1)
    inside = [(past, review) for past in kept for review in past.reviews if first <= review["day"] <= today]
    return {
        "scope": {"deck": deck or None, "tag": tag or None},
        "period": period,
        "first": str(first),
        "last": str(today),
        "oldest": oldest and str(oldest),
        "known": _known(kept, first, today),
        "missed": _missed(inside),
        "forecast": _forecast(home, kept, wanted, today, length or 365, usual, deck),
        "calibration": _calibration(home, inside),
        "minutes": _minutes(inside),
        "ratings": {
            name: {
                rating: sum(
                    review["imported"] == imported and not review["given"] and review["rating"] == rating
                    for _, review in inside
                )
                for rating in NAMES
            }
            for name, imported in (("own", False), ("imported", True))
        },
        "spread": _spread(kept),
    }


def _known(pasts: list[Past], first: date, today: date) -> list[dict[str, Any]]:
    away = (today - first).days
    steps = min(away, 15)
    days = [today - timedelta(days=away * (steps - step) // steps) for step in range(steps)] + [today]
    rows = []
    for day in days:
        total, asked = 0.0, 0
        for past in pasts:
            for point, card in past.at_end_of(day.toordinal()).items():
                if point in past.weights:
                    total += past.recall(card, day)
                    asked += 1
        rows.append({"day": str(day), "known": total, "asked": asked})
    return rows


def _missed(inside: list[tuple[Past, dict[str, Any]]]) -> dict[str, Any]:
    said: dict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for past, review in inside:
        for point in review["before"]:
            if not review["given"] and point in past.weights:
                said[past.name, point].append((review["asked"][point], review["imported"]))
    points = [
        {
            "card": card, "point": point, "missed": sum(not made for made, _ in each),
            "imported": sum(imported and not made for made, imported in each), "asked": len(each),
        }
        for (card, point), each in said.items()
    ]  # fmt: skip
    worst = sorted(points, key=lambda each: (-each["missed"], each["asked"], each["card"], each["point"]))
    return {
        "times": sum(each["missed"] for each in points),
        "asked": sum(each["asked"] for each in points),
        "points": [each for each in worst if each["missed"] >= 2][:10],
    }


def _usual(pasts: Any) -> list[float]:
    sums, counts = [0.0, 0.0, 0.0], [0, 0, 0]
    for past in pasts:
        for place, review in enumerate(past.reviews[past.anew :]):
            kind = 2 if review["given"] else 1 if place else 0
            if review["seconds"] is not None:
                sums[kind] += review["seconds"]
                counts[kind] += 1
    return [(total + 5 * guess) / (count + 5) for total, count, guess in zip(sums, counts, USUAL, strict=True)]


def _forecast(
    home: Home, pasts: list[Past], wanted: set[str], today: date, days: int, usual: list[float], deck: str
) -> dict[str, Any]:
    reviews, minutes, late = [0] * days, [0.0] * days, 0
    for past in pasts:
        if past.name not in wanted or past.suspended or not past.memory or past.due is None:
            continue
        file = home.cards[past.name]["file"]
        if home.paused(file) and file != deck:
            continue
        due = max(past.due, past.bury or past.due)
        away = max(0, (due - today).days)
        if away < days:
            reviews[away] += 1
            minutes[away] += (usual[1] + (1 - home.retention(file)) * usual[2]) / 60
            late += due < today
    return {"reviews": reviews, "minutes": minutes, "late": late}


def _calibration(home: Home, inside: list[tuple[Past, dict[str, Any]]]) -> dict[str, Any]:
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    asked = []
    for past, review in inside:
        away, promised = review["away"], review["promised"]
        if review["given"] or not review["before"] or away is None or away < 1:
            continue
        if (promised if promised is not None and promised >= 0 else away) <= 1:
            continue
        weights = {point: past.weights.get(point, 1.0) for point in review["before"]}
        whole = sum(weights.values())
        foretold = sum(
            weight * past.recall(review["before"][point], review["day"]) for point, weight in weights.items()
        )
        made = sum(weight for point, weight in weights.items() if review["asked"][point])
        pair = foretold / whole, made / whole
        if review["imported"]:
            groups["imported"].append(pair)
            continue
        groups[f"bin {max(edge for edge in EDGES if pair[0] >= edge)}"].append(pair)
        if promised is not None and away < promised:
            groups["early"].append(pair)
        else:
            groups["came_up"].append(pair)
            file = home.cards[past.name]["file"] if past.name in home.cards else ""
            asked.append(home.retention(file))
    made = [each for _, each in groups["came_up"]]

    def said(pairs: list[tuple[float, float]]) -> dict[str, Any]:
        told, came = ([pair[place] for pair in pairs] for place in (0, 1))
        return {
            "reviews": len(pairs), "foretold": mean(told) if told else None, "made": mean(came) if came else None,
        }  # fmt: skip

    return {
        "asked": mean(asked) if asked else None,
        "margin": 2 * stdev(made) / len(made) ** 0.5 if len(made) > 1 else 1.0,
        **{name: said(groups[name]) for name in ("came_up", "early", "imported")},
        "bins": [{"from": edge, **said(groups[f"bin {edge}"])} for edge in EDGES if groups[f"bin {edge}"]],
    }


def _minutes(inside: list[tuple[Past, dict[str, Any]]]) -> dict[str, Any]:
    days: dict[date, dict[str, Any]] = {}
    hours = [[0.0] * 24 for _ in range(7)]
    for _, review in inside:
        day = days.setdefault(
            review["day"],
            {"day": str(review["day"]), "minutes": 0.0, "reviews": 0, "imported_minutes": 0.0, "imported_reviews": 0},
        )
        kind = "imported_" if review["imported"] else ""
        day[f"{kind}minutes"] += (review["seconds"] or 0) / 60
        day[f"{kind}reviews"] += 1
        if not kind:
            hours[review["day"].weekday()][review["hour"]] += (review["seconds"] or 0) / 60
    return {"days": [days[day] for day in sorted(days)], "hours": hours}


def _spread(pasts: list[Past]) -> dict[str, Any]:
    cards = [card for past in pasts for point, card in past.memory.items() if point in past.weights]
    stability = [card.stability or 0.0 for card in cards]
    difficulty = [card.difficulty or 0.0 for card in cards]

    def bins(values: list[float], edges: tuple[int, ...]) -> list[dict[str, int]]:
        tops = [*edges[1:], 10**9]
        return [
            {"from": edge, "points": sum(edge <= value < top for value in values)}
            for edge, top in zip(edges, tops, strict=True)
        ]

    return {
        "points": len(cards),
        "stability": bins(stability, (0, 7, 30, 90, 180, 365)),
        "difficulty": bins(difficulty, (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        "middle_stability": median(stability) if cards else None,
        "middle_difficulty": median(difficulty) if cards else None,
        "hard": sum(value >= 8 for value in difficulty),
    }


def differences(ours: Any, theirs: Any, where: str = "") -> Iterator[str]:
    """Yield where two documents differ; numbers may by a billionth."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}):
            yield from differences(ours.get(key), theirs.get(key), f"{where}.{key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for at, pair in enumerate(zip(ours, theirs, strict=True)):
            yield from differences(*pair, f"{where}[{at}]")
    elif isinstance(ours, float) and isinstance(theirs, float | int):
        if not isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9):
            yield f"{where}: {ours!r}, recomputed {theirs!r}"
    elif ours != theirs:
        yield f"{where}: {ours!r}, recomputed {theirs!r}"


def main() -> int:
    """Compare with what the command says."""
    import os

    home, period, deck, tag = [*sys.argv[1:], "", "", ""][:4]
    call = [sys.executable, "-m", "trainer", "--home", home, "stats", "--json", "--period", period or "month"]
    call += [deck] if deck else []
    call += ["--tag", tag] if tag else []
    said = json.loads(subprocess.run(call, check=True, capture_output=True).stdout)
    now = datetime.fromisoformat(os.environ["TRAINER_NOW"])
    found = recompute(Path(home), now, period or "month", said["scope"]["deck"] or "", tag)
    count = _count(said)
    wrong = list(differences(said, found))
    print("\n".join(wrong[:20]))
    print(f"{count:,} numbers, {len(wrong)} differ")
    return bool(wrong)


def _count(document: Any) -> int:
    if isinstance(document, dict):
        return sum(map(_count, document.values()))
    return sum(map(_count, document)) if isinstance(document, list) else 1


if __name__ == "__main__":
    sys.exit(main())

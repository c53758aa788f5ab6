"""Every number of `trainer stats --json` once more, from the files of a home and the definitions of docs/statistics.md.

Shares no code with the statistics: `retold` says what happened. Every newest review or move must say its due day.

`TZ=UTC TRAINER_NOW=... python tests/insight/recompute.py HOME [PERIOD [DECK [TAG]]]` compares, and says what differs.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import isclose
from pathlib import Path
from statistics import mean, median, stdev
from typing import Any

from fsrs import Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS

sys.path.insert(0, str(Path(__file__).parent))  # where it is run from a test
from retold import NAMES, Home, Past

DAYS = {"month": 30, "quarter": 90, "year": 365, "all": None}
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
USUAL = (90.0, 60.0, 20.0)


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

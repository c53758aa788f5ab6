"""All numbers as one document: what `trainer stats --json` prints."""

from typing import Any

from trainer.insight.statistics.calibration import EDGES, Group
from trainer.insight.statistics.spread import DIFFICULTY_EDGES, STABILITY_EDGES
from trainer.insight.statistics.statistics import Statistics
from trainer.progress.past import RATINGS


def document(found: Statistics) -> dict[str, Any]:
    """Return every number, with the names of docs/statistics.md."""
    known, lost, ahead, spent, firm = found.known, found.missed, found.forecast, found.minutes, found.spread
    return {
        "scope": {"deck": found.scope.file or None, "tag": found.scope.tag or None},
        "period": found.period.key,
        "first": str(found.first),
        "last": str(found.today),
        "oldest": found.oldest and str(found.oldest),
        "known": [
            {"day": str(day), "known": points, "asked": asked}
            for day, points, asked in zip(known.days, known.known, known.asked, strict=True)
        ],
        "missed": {
            "times": lost.times,
            "asked": lost.asked,
            "points": [each._asdict() for each in lost.points],
        },
        "forecast": {
            "reviews": list(ahead.reviews),
            "minutes": [seconds / 60 for seconds in ahead.seconds],
            "late": ahead.late,
        },
        "calibration": _calibration(found),
        "minutes": {
            "days": [
                {
                    "day": str(day), "minutes": each.own / 60, "reviews": each.reviews,
                    "imported_minutes": each.imported / 60, "imported_reviews": each.imported_reviews,
                }
                for day, each in spent.days.items()
            ],
            "hours": [[seconds / 60 for seconds in hours] for hours in spent.hours],
        },
        "ratings": {
            "own": dict(zip(map(str, RATINGS), found.ratings.own, strict=True)),
            "imported": dict(zip(map(str, RATINGS), found.ratings.imported, strict=True)),
        },
        "spread": {
            "points": firm.points,
            "stability": _bins(STABILITY_EDGES, firm.stability),
            "difficulty": _bins(DIFFICULTY_EDGES, firm.difficulty),
            "middle_stability": firm.middle_stability,
            "middle_difficulty": firm.middle_difficulty,
            "hard": firm.hard,
        },
    }  # fmt: skip


def _calibration(found: Statistics) -> dict[str, Any]:
    held = found.calibration
    return {
        "asked": held.asked,
        "margin": held.margin,
        "came_up": _group(held.came_up),
        "early": _group(held.early),
        "imported": _group(held.imported),
        "bins": [{"from": EDGES[place], **_group(held.bins[place])} for place in sorted(held.bins)],
    }


def _group(group: Group) -> dict[str, Any]:
    return {"reviews": group.count, "foretold": group.mean_foretold, "made": group.mean_made}


def _bins(edges: tuple[int, ...], counts: tuple[int, ...]) -> list[dict[str, int]]:
    return [{"from": edge, "points": count} for edge, count in zip(edges, counts, strict=True)]

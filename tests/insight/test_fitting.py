"""When a fit to the user's own reviews is offered, and in which words."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.insight.fitting import Growth, growth, move_words
from trainer.memory.tuning import ENOUGH
from trainer.model import Card
from trainer.progress.events import key_at
from trainer.progress.lines import HEADER, written
from trainer.study.reschedule import Move

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WEIGHTS = [0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
           0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.2]  # fmt: skip


@pytest.mark.parametrize(
    ("tests", "reviews", "recent", "fitted", "offered"),
    [
        (399, 399, 399, 0, False),
        (400, 400, 1, 0, True),
        (400, 600, 1, 0, True),  # whatever else was reviewed
        (440, 440, 41, 0, True),
        (440, 440, 40, 0, False),  # the step was reached before
        (799, 799, 200, 0, False),
        (800, 800, 1, 0, True),
        (20_000, 20_000, 20_000, 0, True),  # imported lately
        (20_000, 20_000, 50, 0, False),
        (500, 999, 999, 500, False),
        (500, 1000, 1, 500, True),
        (900, 1100, 99, 500, False),
        (1500, 2000, 1, 500, True),  # doubled again
    ],
)
def test_it_is_offered_for_a_while_from_each_step_on(
    tests: int, reviews: int, recent: int, fitted: int, offered: bool
) -> None:
    assert Growth(tests, reviews, recent, fitted).is_time == offered


def test_the_offer_says_whether_it_is_the_first() -> None:
    assert Growth(400, 1400, 1, 0).words("f") == "1,400 reviews are enough to fit the memory model to you: f does it."
    assert "doubled since" in Growth(800, 1400, 1, 700).words("f")


@pytest.fixture
def grown(home: Home, clock: FixedClock) -> Callable[..., Growth]:
    def grown_(*reviews: tuple[int, int], more: tuple[str, ...] = (), **extra: Any) -> Growth:
        """Return the growth of a log with reviews of one card each: (how many, days ago)."""
        lines = []
        for count, days_ago in reviews:
            for number in range(count):
                at = NOW - timedelta(days=days_ago, seconds=number)
                fields = {"card": f"c{number}", "day": at.date(), "rating": "good", "seconds": 9, **extra}
                lines.append(written(key_at(at, "ffff01"), fields))
        home.log.write_text("".join([f"{HEADER}\n", *lines, *more]), encoding="utf-8")
        return growth(Collection(home, clock))

    return grown_


def test_a_log_is_counted_by_what_tests_a_memory_and_what_came_lately(grown: Callable[..., Growth]) -> None:
    assert grown((ENOUGH - 1, 30), (ENOUGH - 1, 6)).is_enough is False
    found = grown((ENOUGH, 30), (ENOUGH, 20), (7, 6))
    assert (found.tests, found.reviews, found.recent, found.fitted) == (ENOUGH + 7, 2 * ENOUGH + 7, 7, 0)


def test_points_given_test_nothing(grown: Callable[..., Growth]) -> None:
    assert grown((ENOUGH, 30), (ENOUGH, 6), given=True).tests == 0


def test_what_was_imported_lately_is_recent_however_old(grown: Callable[..., Growth]) -> None:
    batch = key_at(NOW - timedelta(days=2), "ffff02")
    line = written(batch, {"import": "old.apkg"})
    found = grown((ENOUGH, 300), (ENOUGH, 200), more=(line,), **{"import": batch})
    assert found.recent == found.reviews == 2 * ENOUGH
    assert found.is_time


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_fit_that_counts_is_what_growth_is_measured_from(grown: Callable[..., Growth], is_undone: bool) -> None:
    key = key_at(NOW - timedelta(days=10), "ffff02")
    more = [written(key, {"weights": WEIGHTS, "reviews": 812})]
    more += [written(key_at(NOW - timedelta(days=9), "ffff02"), {"undo": key})] if is_undone else []
    found = grown((ENOUGH, 30), (ENOUGH, 20), more=tuple(more))
    assert found.fitted == (0 if is_undone else 812)


def test_moves_are_said_by_number_and_days() -> None:
    card, day = Card("a", "Q", answer="A"), date(2026, 11, 21)
    assert move_words([]) == "no due day moves."
    found = [Move(card, day, day + timedelta(days=days)) for days in (-1, 4, 8)]
    assert move_words(found) == (
        "3 cards would move: 1 comes earlier, by 1 day on average and 1 day at most; "
        "2 come later, by 6 days on average and 8 days at most."
    )

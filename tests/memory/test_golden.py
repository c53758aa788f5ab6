"""Memory beside Anki's own FSRS core and beside `fsrs`: by the model, and through the log of a home.

golden.json is written by make_golden.py.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import fsrs
import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.collection.troubles import problems
from trainer.home import Home
from trainer.memory.coverage import crossing, interval
from trainer.memory.model import LONGEST_STABILITY, MemoryModel
from trainer.model import ANSWER_POINT, Memory, Rating, Review

BERLIN = ZoneInfo("Europe/Berlin")
CLOSE = 1e-4
"""The core counts in float32; the two agree to about 3e-5 under the wildest weights."""
START = date(2026, 3, 20)
HOURS = [time(4, 1), time(8, 0), time(21, 0), time(3, 59)]
"""Local times of one day, in order: the last stands on the calendar's next day."""


@dataclass(frozen=True)
class Step:
    """One review of a history, with what Anki's core makes of it."""

    gap: int
    rating: Rating
    stability: float
    difficulty: float
    intervals: dict[float, float]
    """By desired retention."""


@dataclass(frozen=True)
class Past:
    """One history under one set of weights."""

    number: int
    weights: int
    steps: tuple[Step, ...]

    def days(self) -> Iterator[tuple[date, Step]]:
        """Yield the steps, each with its day."""
        # Half of the histories begin a few days before one clock change, half before the other.
        day = START if self.number % 2 else date(2026, 10, 16)
        for step in self.steps:
            day += timedelta(days=step.gap)
            yield day, step


GOLDEN: dict[str, Any] = json.loads(Path(__file__).with_name("golden.json").read_text(encoding="utf-8"))
WEIGHTS: list[list[float]] = GOLDEN["weights"]
RETENTIONS: list[float] = GOLDEN["retentions"]
PASTS = [
    Past(
        number,
        each["weights"],
        tuple(
            Step(gap, Rating(rating), stability, difficulty, dict(zip(RETENTIONS, intervals, strict=True)))
            for gap, rating, stability, difficulty, intervals in each["reviews"]
        ),
    )
    for number, each in enumerate(GOLDEN["histories"])
]


def test_the_table_is_worth_comparing_with() -> None:
    steps = [step for past in PASTS for step in past.steps]
    assert len(PASTS) == 200
    assert {len(past.steps) for past in PASTS} == set(range(1, 13))
    assert {step.rating for step in steps} == set(Rating)
    assert {past.weights for past in PASTS} == set(range(len(WEIGHTS)))
    assert sum(step.gap == 0 for step in steps) > 200
    assert max(step.gap for step in steps) > 350


@pytest.mark.parametrize("weights", range(len(WEIGHTS)))
def test_memory_is_that_of_ankis_core(weights: int) -> None:
    model = MemoryModel(WEIGHTS[weights])
    for past in PASTS:
        memory = None
        for day, step in past.days() if past.weights == weights else ():
            memory = model.review(memory, step.rating, day)
            assert memory.stability == pytest.approx(step.stability, rel=CLOSE)
            assert memory.difficulty == pytest.approx(step.difficulty, rel=CLOSE)
            for retention, days in step.intervals.items():
                assert model.days_until(memory, retention) == pytest.approx(days, rel=CLOSE)


@pytest.mark.parametrize("retention", RETENTIONS)
@pytest.mark.parametrize("maximum", [365, 36_500])
def test_memory_and_interval_are_exactly_those_of_fsrs(retention: float, maximum: int) -> None:
    compared = 0
    for past in PASTS:
        scheduler = fsrs.Scheduler(WEIGHTS[past.weights], retention, (), (), maximum, enable_fuzzing=False)
        model = MemoryModel(WEIGHTS[past.weights])
        card, memory = fsrs.Card(card_id=0), None
        for day, step in past.days():
            at = datetime.combine(day, time(), UTC)
            card, _ = scheduler.review_card(card, fsrs.Rating[step.rating.name.capitalize()], at)
            memory = model.review(memory, step.rating, day)
            assert card.stability is not None
            assert card.stability <= LONGEST_STABILITY
            assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
            assert interval(crossing(model, [(memory, 1.0)], day, retention), maximum) == (card.due - at).days
            compared += 1
    assert compared == sum(len(past.steps) for past in PASTS)


# Through the log


def moments(past: Past) -> Iterator[tuple[datetime, date, Step]]:
    """Yield the reviews with moments that rise, at awkward hours in Berlin, each on its day."""
    rng = random.Random(past.number)
    steps = list(past.days())
    by_day: dict[date, list[Step]] = {}
    for day, step in steps:
        by_day.setdefault(day, []).append(step)
    for day, of_day in by_day.items():
        for second, (hour, step) in enumerate(zip(sorted(rng.choices(range(4), k=len(of_day))), of_day, strict=True)):
            own = timedelta(milliseconds=past.number)  # no two reviews of a log have one key
            at = datetime.combine(day, HOURS[hour].replace(second=second), BERLIN) + own
            yield (at + timedelta(days=1) if hour == 3 else at).astimezone(UTC), day, step


def line(moment: datetime, fields: str) -> str:
    return f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z-7f3a01 = {{ {fields} }}\n"


def home_with(folder: Path, weights: int, with_day: bool) -> tuple[Home, list[Past]]:
    """Make a home whose log tells the histories of one set of weights, each as a card of one point."""
    home = Home(folder)
    home.decks.mkdir(parents=True)
    pasts = [past for past in PASTS if past.weights == weights]
    cards, lines = ['title = "Golden"\n'], ["# trainer progress 1.\n"]
    for past in pasts:
        key_points = 'key_points = [{ id = "only", text = "The one point" }]' if past.number % 3 else 'answer = "A"'
        cards.append(f'[[cards]]\nid = "c{past.number}"\nquestion = "Number {past.number}?"\n{key_points}\n')
        point = "only" if past.number % 3 else ANSWER_POINT
        for moment, day, step in moments(past):
            judged = "missed" if step.rating is Rating.AGAIN else "recalled"
            said = f'card = "c{past.number}", rating = "{step.rating}", {judged} = ["{point}"]'
            lines.append(line(moment, f"{said}, day = {day}" if with_day else said))
    lines.append(line(datetime(2026, 1, 1, tzinfo=UTC), f"weights = {WEIGHTS[weights]}"))
    (home.decks / "golden.toml").write_text("\n".join(cards), encoding="utf-8")
    home.log.write_text("".join(lines), encoding="utf-8")
    return home, pasts


def only_memory(collection: Collection, past: Past) -> Memory:
    (memory,) = collection.state(f"c{past.number}").memory.values()
    return memory


def standing(collection: Collection, pasts: list[Past]) -> list[tuple[Memory, date | None]]:
    return [(only_memory(collection, past), collection.due(f"c{past.number}")) for past in pasts]


@pytest.mark.parametrize("weights", range(len(WEIGHTS)))
@pytest.mark.parametrize("with_day", [True, False], ids=["lines with a day", "lines without a day"])
def test_through_the_log_days_count_and_hours_do_not(
    weights: int, with_day: bool, tmp_path: Path, zone: Callable[[str], None]
) -> None:
    zone("Europe/Berlin")
    home, pasts = home_with(tmp_path / "home", weights, with_day)
    collection = Collection(home, FixedClock(datetime(2045, 1, 1, tzinfo=UTC)))
    assert problems(collection) == []
    model = MemoryModel(WEIGHTS[weights])
    scheduler = fsrs.Scheduler(WEIGHTS[weights], 0.9, (), (), 365, enable_fuzzing=False)
    for past in pasts:
        expected, card = None, fsrs.Card(card_id=0)
        for day, step in past.days():
            expected = model.review(expected, step.rating, day)
            at = datetime.combine(day, time(), UTC)
            card, _ = scheduler.review_card(card, fsrs.Rating[step.rating.name.capitalize()], at)
        memory = only_memory(collection, past)
        assert memory == expected
        assert memory.stability == pytest.approx(past.steps[-1].stability, rel=CLOSE)
        assert memory.difficulty == pytest.approx(past.steps[-1].difficulty, rel=CLOSE)
        assert collection.due(f"c{past.number}") == card.due.date()


@pytest.mark.parametrize("elsewhere", ["America/Los_Angeles", "Pacific/Kiritimati", "UTC"])
def test_reading_the_log_in_another_time_zone_changes_neither_memory_nor_due(
    elsewhere: str, tmp_path: Path, zone: Callable[[str], None]
) -> None:
    clock = FixedClock(datetime(2045, 1, 1, tzinfo=UTC))
    zone("Europe/Berlin")
    home, pasts = home_with(tmp_path / "home", 0, with_day=True)
    before = standing(Collection(home, clock), pasts)
    zone(elsewhere)
    assert standing(Collection(home, clock), pasts) == before


@pytest.mark.parametrize(
    "switch", [date(2026, 3, 29), date(2026, 10, 25)], ids=["summer time begins", "summer time ends"]
)
def test_an_answer_written_around_a_clock_change_stands_on_the_day_of_the_wall_clock(
    switch: date, tmp_path: Path, zone: Callable[[str], None]
) -> None:
    zone("Europe/Berlin")
    home = Home(tmp_path / "home")
    home.decks.mkdir(parents=True)
    (home.decks / "one.toml").write_text(
        '[[cards]]\nid = "c"\nquestion = "Q?"\nkey_points = [{ id = "p", text = "P" }]\n', encoding="utf-8"
    )
    eve, after = switch - timedelta(days=1), switch + timedelta(days=1)
    told = [
        (eve, time(21, 0), eve),
        (switch, time(1, 30), eve),
        (switch, time(3, 59), eve),
        (switch, time(4, 1), switch),
        (switch, time(8, 0), switch),
        (after, time(3, 59), switch),
        (after, time(4, 1), after),
    ]
    memory = None
    for calendar_day, hour, day in told:
        moment = datetime.combine(calendar_day, hour, BERLIN).astimezone(UTC)
        collection = Collection(home, FixedClock(moment))
        assert collection.today == day
        card = collection.library.cards["c"]
        due = collection.today + timedelta(days=1)
        collection.record_review(
            card, Review(collection.today, Rating.GOOD, ["p"], [], given=False, seconds=5, due=due)
        )
        memory = collection.model.review(memory, Rating.GOOD, day)
        assert collection.state("c").memory == {"p": memory}
    zone("Asia/Tokyo")
    assert Collection(home, FixedClock(moment)).state("c").memory == {"p": memory}

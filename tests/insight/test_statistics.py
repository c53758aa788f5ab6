"""Every number against its definition, recomputed from the log by code that shares nothing with it."""

import json
import runpy
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from trainer.cli.stats import PERIODS as NAMES
from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.insight.statistics.document import document
from trainer.insight.statistics.known import SAMPLES, sample_days
from trainer.insight.statistics.panels import panels
from trainer.insight.statistics.scope import PERIODS, Scope, period_of, scope_of
from trainer.insight.statistics.sentences import FIT_TO_COME
from trainer.insight.statistics.statistics import statistics

RETOLD = runpy.run_path(str(Path(__file__).with_name("recompute.py")))
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FIRST, SECOND = (
    """
title = "First"
tags = ["Work"]
[[cards]]
id = "one"
question = "One?"
key_points = [{ id = "a", text = "A" }, { id = "b", text = "B", weight = 3 }, { id = "c", text = "C" }]
[[cards]]
id = "two"
question = "Two?"
answer = "Yes."
tags = ["short"]
[[cards]]
id = "three"
question = "Three?"
key_points = [{ id = "x", text = "X" }, { id = "new", text = "Y" }]
""",
    """
title = "Second"
[[cards]]
id = "four"
question = "Four?"
key_points = [{ id = "p", text = "P", weight = 2 }, { id = "q", text = "Q" }]
tags = ["Short"]
[[cards]]
id = "five"
question = "Five?"
answer = "No."
""",
)
SETTINGS = '[decks."Second"]\ndesired_retention = 0.8\npaused = true\n'
POINTS = {
    "one": "abc", "two": ["answer"], "three": ["x", "old"], "four": "pq", "five": ["answer"], "gone": "gh",
    "was-two": ["answer"],
}  # fmt: skip
"""Of each card in the log; `gone` is in no deck, `was-two` is an earlier id of `two`."""


def line(moment: datetime, mark: str, fields: str) -> str:
    return f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z-{mark} = {{ {fields} }}"


def history(seed: int) -> list[str]:
    """Return the lines of a log of everything that changes what counts."""
    random = Random(seed)
    lines = [
        line(datetime(2025, 3, 1, tzinfo=UTC), "aaaa00", 'import = "x.apkg"'),
        line(datetime(2025, 3, 2, tzinfo=UTC), "aaaa00", 'card = "two", was = "was-two"'),
        line(datetime(2025, 3, 3, tzinfo=UTC), "aaaa00", 'card = "three", point = "new", was = "old"'),
    ]
    batch = lines[0].partition(" ")[0]
    for number, card in enumerate(POINTS):
        day = date(2025, 1, 1) + timedelta(days=random.randrange(30))
        imports = random.randrange(6, 9) if number % 2 else 0
        own = random.randrange(0, 3) if number == 5 else random.randrange(20, 30)
        for at in range(imports + own):
            day += timedelta(days=random.choice([0, 0, 1, 2, 3, 7, 20, 50]))
            if day > date(2026, 11, 20):
                break
            moment = datetime(day.year, day.month, day.day, random.randrange(4, 24), tzinfo=UTC)
            moment += timedelta(seconds=random.randrange(3600), milliseconds=number)
            fields = [f'card = "{card}"', f'rating = "{random.choice(["again", "hard", "good", "good", "easy"])}"']
            asked = [each for each in POINTS[card] if random.random() < 0.8]
            if asked:
                recalled = [each for each in asked if random.random() < 0.8]
                missed = [each for each in asked if each not in recalled or random.random() < 0.05]
                fields += [f"recalled = {json.dumps(recalled)}", f"missed = {json.dumps(missed)}"]
            fields += [f"day = {day}"] if random.random() < 0.9 else []
            fields += [f"seconds = {random.randrange(1, 400)}"] if random.random() < 0.9 else []
            if at < imports:
                fields += [f'import = "{batch}"', f'source = "x:{number}:{at % 5}"']
            else:
                fields += ["given = true"] if random.random() < 0.2 else []
                fields += [f"due = {day + timedelta(days=random.choice([1, 2, 3, 8, 30, 90]))}"]
            lines.append(line(moment, "bbbb00", ", ".join(fields)))
            if random.random() < 0.08:
                lines.append(line(moment + timedelta(seconds=1), "bbbb00", f'undo = "{lines[-1].partition(" ")[0]}"'))
        if imports + own > 5 and number in (0, 3):
            moved = datetime(2026, 11, 20, 13, number, tzinfo=UTC)
            lines.append(line(moved, "bbbb00", f'card = "{card}", due = 2026-12-{number + 1:02}'))
            lines.append(line(moved, "cccc00", f'card = "{card}", bury = 2026-12-03'))
    reset = datetime(2026, 2, 3, 2, 30, tzinfo=UTC)
    lines.append(line(reset, "bbbb00", 'card = "four", reset = true'))
    lines.append(line(NOW - timedelta(hours=1), "bbbb00", 'card = "five", suspend = true'))
    weights = [
        0.2172, 1.1771, 3.2602, 16.1507, 7.0114, 0.57, 2.0966, 0.0069, 1.5261, 0.112, 1.0178, 1.849, 0.1133, 0.3127,
        2.2934, 0.2191, 3.0004, 0.7536, 0.3332, 0.1437, 0.2,
    ]  # fmt: skip
    if seed % 2:
        lines.append(line(NOW - timedelta(hours=2), "bbbb00", f"weights = {weights}"))
    return lines


@pytest.fixture
def decks(home: Home, write_deck: Callable[..., Path]) -> Home:
    write_deck(FIRST, "first.toml")
    write_deck(SECOND, "second.toml")
    home.settings.write_text(SETTINGS, encoding="utf-8")
    return home


def write(home: Home, lines: list[str]) -> None:
    home.log.write_text("\n".join(lines) + "\n", encoding="utf-8")


def every_number(home: Home, scope: tuple[str, str] = ("", "")) -> list[Any]:
    collection = Collection(home, FixedClock(NOW))
    chosen = scope_of(collection, *scope)
    return [json.loads(json.dumps(document(statistics(collection, chosen, period)))) for period in PERIODS]


def recomputed(home: Home, scope: tuple[str, str] = ("", "")) -> list[Any]:
    return [RETOLD["recompute"](home.folder, NOW, each.key, *scope) for each in PERIODS]


def differences(ours: list[Any], theirs: list[Any]) -> list[str]:
    return list(RETOLD["differences"](ours, theirs))


@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_what_its_definition_says(decks: Home, seed: int) -> None:
    write(decks, history(seed))
    said = every_number(decks)
    assert said[3]["calibration"]["came_up"]["reviews"] > 20
    assert said[3]["calibration"]["imported"]["reviews"] > 0
    assert said[3]["missed"]["points"]
    assert differences(said, recomputed(decks)) == []


def test_a_deck_and_a_tag_are_counted_alone(decks: Home) -> None:
    write(decks, history(4))
    for scope in (("second.toml", ""), ("", "SHORT"), ("", "work"), ("first.toml", "short")):
        assert differences(every_number(decks, scope), recomputed(decks, scope)) == []


def test_what_came_line_by_line_and_what_was_read_anew_are_the_same(decks: Home) -> None:
    lines = history(5)
    for end in (40, 41, 80, 120, len(lines)):
        write(decks, lines[:end])
        Collection(decks, FixedClock(NOW))
    grown = every_number(decks)
    shutil.rmtree(decks.cache)
    assert every_number(decks) == grown
    assert differences(grown, recomputed(decks)) == []


def test_points_that_weigh_otherwise_or_are_gone_are_counted_as_they_are_today(
    decks: Home, write_deck: Callable[..., Path]
) -> None:
    lines = history(7)
    write(decks, lines[:100])
    before = every_number(decks)
    changed = FIRST.replace("weight = 3", "weight = 1").replace(
        'id = "c", text = "C"', 'id = "c", text = "C", weight = 5'
    )
    write_deck(changed.replace('{ id = "x", text = "X" }, ', ""), "first.toml")
    after = every_number(decks)
    assert after != before
    assert differences(after, recomputed(decks)) == []
    write(decks, lines)
    assert differences(every_number(decks), recomputed(decks)) == []


def test_a_zone_moves_the_hours(decks: Home, zone: Callable[[str], None]) -> None:
    write(decks, history(6))
    before = every_number(decks)[3]["minutes"]["hours"]
    zone("Asia/Kathmandu")
    after = every_number(decks)
    assert after[3]["minutes"]["hours"] != before
    assert differences(after, recomputed(decks)) == []


def test_a_home_without_history_has_an_answer(decks: Home) -> None:
    said = every_number(decks)
    assert differences(said, recomputed(decks)) == []
    assert said[0]["oldest"] is None
    assert {row["known"] for row in said[0]["known"]} == {0.0}


def test_a_card_of_very_many_points_is_counted_point_by_point(home: Home, write_deck: Callable[..., Path]) -> None:
    points = [f"p{number}" for number in range(130)]
    listed = ", ".join(f'{{ id = "{each}", text = "{each}" }}' for each in points)
    write_deck(f'title = "Many"\n[[cards]]\nid = "many"\nquestion = "All?"\nkey_points = [{listed}]\n', "many.toml")
    lines = [
        line(
            datetime(2026, 11, day, 9, tzinfo=UTC), "bbbb00",
            f'card = "many", day = 2026-11-{day:02}, rating = "good", recalled = {json.dumps(points[day::2])}, '
            f"missed = {json.dumps(points[day + 1::2])}, due = 2026-11-{day + 4:02}",
        )
        for day in (1, 5, 9, 13)
    ]  # fmt: skip
    write(home, lines)
    assert differences(every_number(home), recomputed(home)) == []


def test_the_days_looked_at_are_few_and_hold_both_ends() -> None:
    assert sample_days(100, 100) == [100]
    assert sample_days(1, 16) == list(range(1, 17))
    assert sample_days(1, 31) == list(range(1, 32, 2))
    many = sample_days(1, 1000)
    assert (many[0], many[-1], len(many)) == (1, 1000, SAMPLES)
    assert many == sorted(set(many))


def test_a_period_of_all_begins_with_the_first_review(decks: Home) -> None:
    write(decks, history(1))
    found = statistics(Collection(decks, FixedClock(NOW)), Scope(), period_of("all"))
    assert found.first == found.oldest


@pytest.mark.parametrize(("reviews", "advice"), [(60, FIT_TO_COME), (420, "That fits the forecast to you.")])
def test_a_fit_is_advised_once_reviews_are_enough(decks: Home, reviews: int, advice: str) -> None:
    days = [NOW - timedelta(days=2 * number) for number in range(1, reviews)]
    write(
        decks,
        [line(day, "aaaa00", f'card = "two", rating = "again", day = {day:%Y-%m-%d}, seconds = 9') for day in days],
    )
    collection = Collection(decks, FixedClock(NOW))
    shown = panels(statistics(collection, Scope(), period_of("all")), collection, "That")
    assert shown[3].sentence.endswith(f"was foretold: less than promised. {advice}")


def test_the_command_knows_every_period() -> None:
    assert [each.key for each in PERIODS] == NAMES

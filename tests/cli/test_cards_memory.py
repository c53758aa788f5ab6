"""`trainer cards --json` on logs written by hand, beside Anki's own FSRS core fed the same histories."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from fsrs_rs_python import FSRS

CLOSE = 1e-4
"""The core counts in float32."""
WEIGHTS = [0.4, 0.9, 3.1, 9.5, 6.8, 0.7, 2.6, 0.02, 1.6, 0.12, 0.9, 1.7, 0.09, 0.3, 1.9, 0.5, 2.1, 0.6, 0.2, 0.1, 0.25]
START = date(2026, 6, 1)
POINTS = {"one": ("answer",), "three": ("a", "b", "c"), "five": ("a", "b", "c", "d", "e")}
DECK = 'title = "By hand"\n' + "".join(
    f'[[cards]]\nid = "{card}"\nquestion = "Question {card}"\n'
    + ('answer = "A"\n' if len(points) == 1 else f"key_points = {[{'id': point, 'text': point} for point in points]}\n")
    for card, points in POINTS.items()
).replace("': '", "' = '")
LOG = [
    (0, "one", "good", "answer", ""),
    (0, "three", "again", "", "a b c"),
    (0, "three", "good", "a c", "b"),  # the same day
    (0, "three", "hard", "b", ""),
    (1, "five", "hard", "a b c", "d e"),
    (1, "five", "good", "d", "e"),
    (4, "one", "hard", "answer", ""),
    (6, "three", "easy", "a b c", ""),
    (6, "five", "good", "a d e", "b c"),
    (6, "five", "again", "", "b c"),
    (6, "five", "good", "b c", ""),
    (19, "one", "again", "", "answer"),
    (19, "one", "good", "answer", ""),
    (40, "three", "good", "a", "c"),  # of b it says nothing
    (41, "five", "good", "a b c d", "e"),
    (160, "one", "easy", "answer", ""),
    (161, "five", "hard", "a b e", "c d"),
]
"""Day, card, rating, points made, points missed."""
UNDONE = 13
"""The line of the log that is taken back: the last but one of `three`'s."""


def key(number: int, day: int) -> str:
    return f"{START + timedelta(days=day):%Y%m%d}T12{number:02}00000Z-aaaa00"


def lines(*more: str) -> list[str]:
    told = []
    for number, (day, card, rating, *judged) in enumerate(LOG):
        said = "".join(
            f", {name} = {points.split()}".replace("'", '"')
            for name, points in zip(("recalled", "missed"), judged, strict=True)
            if points
        )
        when = START + timedelta(days=day)
        told.append(f'{key(number, day)} = {{ card = "{card}", day = {when}, rating = "{rating}"{said} }}')
    return ["# trainer progress 1.", *told, *more]


def expected(weights: list[float], without: int | None = None) -> dict[tuple[str, str], Any]:
    """Return what the core makes of each point's own history."""
    core, memory, last = FSRS(weights), {}, {}
    for number, (day, card, rating, *judged) in enumerate(LOG):
        for points, given in zip(judged, (rating, "again"), strict=True):
            for point in points.split() if number != without else ():
                at = card, point
                states = core.next_states(memory.get(at), 0.9, day - last.get(at, day))
                memory[at], last[at] = getattr(states, given).memory, day
    return memory


@pytest.mark.parametrize("undone", [None, UNDONE])
@pytest.mark.parametrize("weights", ["none", "counting", "taken back", "older"])
def test_memory_is_that_of_ankis_core(
    bare: Any, write_deck: Callable[..., Path], weights: str, undone: int | None
) -> None:
    write_deck(DECK, "by-hand.toml")
    more = []
    if weights != "none":
        more.append(f"{key(59, 20)} = {{ weights = {WEIGHTS}, reviews = 900 }}")
    if weights == "taken back":
        more.append(f'{key(59, 30)} = {{ undo = "{key(59, 20)}" }}')
    if weights == "older":  # a newer fit is in force, wherever its line stands
        more.insert(0, f"{key(59, 25)} = {{ weights = {list(DEFAULT_PARAMETERS)} }}")
    if undone is not None:
        more.append(f'{key(59, 170)} = {{ undo = "{key(undone, LOG[undone][0])}" }}')
    bare.log(*lines(*more))
    found = {
        (card["id"], point["id"]): (point["stability"], point["difficulty"])
        for card in bare.json("cards")
        for point in card["key_points"]
    }
    memory = expected(WEIGHTS if weights == "counting" else list(DEFAULT_PARAMETERS), undone)
    assert found.keys() == memory.keys() == {(card, point) for card, points in POINTS.items() for point in points}
    for at, (stability, difficulty) in found.items():
        assert stability == pytest.approx(memory[at].stability, rel=CLOSE)
        assert difficulty == pytest.approx(memory[at].difficulty, rel=CLOSE)

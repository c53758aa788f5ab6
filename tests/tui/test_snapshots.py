"""Pictures of every screen; a change that is meant is looked at, then accepted."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home, starter_decks
from trainer.tui.app import TrainerApp
from trainer.tui.key_guard import KeyTimes

AT_ONCE = KeyTimes(after_reveal=0, repeat=0, first_repeat=0)
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
STEPS = {
    "today": [],
    "question": ["up", "enter"],
    "hint": ["up", "enter", "i"],
    "writing": ["up", "enter", "t", *"My answer"],
    "review": ["up", "enter", "space", "1", "2", "4"],
    "plain_card": ["down", "enter"],
    "leaving": ["up", "enter", "space", "1", "q"],
    "summary": ["up", "enter", "space", "1", "2", "4", "g", "space", "0", "e", "q"],
    "help": ["up", "enter", "question_mark"],
    "browse": ["b"],
}


@pytest.fixture
def fresh_app(tmp_path: Path, clock: FixedClock) -> TrainerApp:
    """The app on its first run, over two decks that stay when others come along."""
    home = Home(tmp_path / "fresh")
    home.decks.mkdir(parents=True)
    for deck in starter_decks():
        if deck.stem in ("leading-product-marketing", "start-here"):
            shutil.copyfile(deck, home.decks / deck.name)
    collection = Collection(home, clock)
    collection.first_run = True
    return TrainerApp(collection, times=AT_ONCE)


BOTH_SIZES = [(screen, size) for screen in ("today", "review") for size in SIZES]
SMALL = [(screen, "80x24") for screen in STEPS if (screen, "80x24") not in BOTH_SIZES]


@pytest.mark.parametrize(("screen", "size"), BOTH_SIZES + SMALL)
def test_screen(snap_compare: Callable[..., bool], fresh_app: TrainerApp, screen: str, size: str) -> None:
    assert snap_compare(fresh_app, press=STEPS[screen], terminal_size=SIZES[size])


@pytest.mark.parametrize("screen", ["today", "review"])
def test_screen_in_the_light(snap_compare: Callable[..., bool], fresh_app: TrainerApp, screen: str) -> None:
    async def light(pilot: Any) -> None:
        pilot.app.theme = "trainer-light"
        await pilot.pause()

    assert snap_compare(fresh_app, press=STEPS[screen], terminal_size=(80, 24), run_before=light)


def test_no_deck(snap_compare: Callable[..., bool], home: Home, clock: FixedClock) -> None:
    assert snap_compare(TrainerApp(Collection(home, clock)), terminal_size=(80, 24))


ONE = """
title = "One"
[[cards]]
question = "Which three?"
key_points = ["The first", "The second", "The third"]
answer = "All three."
"""


@pytest.mark.parametrize("steps", [[], ["space"]])
def test_a_return(snap_compare: Callable[..., bool], open_app: Callable[..., TrainerApp], steps: list[str]) -> None:
    missed = ["enter", "space", "1", "3", "g"]
    assert snap_compare(open_app(ONE), press=[*missed, *steps], terminal_size=(80, 24))


WIDE = """
title = "寬字 und überlange Titel, die in keiner Spalte Platz haben, wirklich in gar keiner"
[[cards]]
question = "日本の首都はどこですか。そして、なぜそう言えるのですか。理由を三つ挙げて説明してください。👩‍👩‍👧‍👦"
key_points = [
  "東京、人口は約千四百万人、世界でも最大級の都市圏であり、政治と経済の中心でもあると説明する",
  "Says it in one very long point that has to be wrapped under itself because no terminal is as wide as this point is",
  "שלום עולם", "e\\u0301 combining", "5", "6", "7", "8", "9", "10: no digit reaches this one",
]
answer = '''
# Heading

1. One
2. Two with `List[String]` and **bold**

| a | b |
| --- | --- |
| 1 | 2 |

```python
x: list[int] = [1]
```
'''
[[cards]]
question = "Nur eine Frage?"
answer = "Nur eine Antwort."
"""


@pytest.mark.parametrize("steps", [[], ["enter", "space", "3"], ["enter", "space", "pagedown", "pagedown"]])
def test_wide_and_long_text(
    snap_compare: Callable[..., bool], open_app: Callable[..., TrainerApp], steps: list[str]
) -> None:
    assert snap_compare(open_app(WIDE), press=steps, terminal_size=(80, 24))

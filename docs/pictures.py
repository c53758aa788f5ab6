"""Draw the app's screens as SVG: `python docs/pictures.py [--size 80x24] [--theme NAME] [--to FOLDER] [SCREEN...]`.

Without arguments it draws the pictures of the README and of the tour anew, from the starter decks.
"""

import argparse
import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from film import Frame, film, frame

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.model import Rating
from trainer.study.plan import Kind
from trainer.study.session import Session
from trainer.tui.app import TrainerApp
from trainer.tui.key_guard import KeyTimes

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
AT_ONCE = KeyTimes(after_reveal=0, repeat=0, first_repeat=0)
SCREENS = {
    "today": "",
    "question": "up enter",
    "review": "up enter space 1 2 4",
    "summary": "up enter space 1 2 4 g space 0 e q",
    "help": "up enter question_mark",
}
"""The keys that lead to each screen, from the first start. One more line is one more picture."""
LATER = {
    "browse": "b o o o down",
    "statistics": "s",
    "edit": "b c",
    "settings": "o",
}
"""The keys that lead to each screen after some weeks of practice."""
DAYS = 30
"""How long these weeks are."""
SESSION = [
    ("", 3), ("up enter", 4), ("space", 3), ("1", 1), ("2", 1), ("4", 2), ("g", 3), ("space", 2), ("0", 1), ("e q", 5),
]  # fmt: skip
"""A film: keys, and how many seconds what they lead to is shown."""
SECONDS_A_KEY = 15
"""How long the one who is filmed thinks before each key."""
STILL = 5
"""The frame that stays where nothing may move."""
SHOWN = ["session", "today", "question", "review", "summary", "browse", "statistics", "edit", "settings", "help"]
"""The pictures that README and tour show."""


def practise(collection: Collection, clock: FixedClock, days: int) -> None:
    """Hold a session on each of so many days; what is recalled is drawn, the same in every run."""
    rng = Random(days)
    for _ in range(days):
        session = Session(collection)
        while session.current is not None:
            question = session.current
            clock.move(seconds=rng.randint(20, 80))
            chance = 0.4 if question.kind is Kind.NEW else 0.85
            made = {point.id for point in question.points if rng.random() < chance}
            session.grade(session.outcomes(made)[Rating.GOOD if made else Rating.AGAIN])
        clock.move(seconds=(AT - clock.now()).total_seconds() % timedelta(days=1).total_seconds())


async def draw(steps: list[tuple[str, float]], size: tuple[int, int], theme: str, days: int = 0) -> list[Frame]:
    """Return a frame for each step of one run of the app, after so many days of practice."""
    frames = []
    with tempfile.TemporaryDirectory() as folder:
        clock = FixedClock(AT - timedelta(days=days))
        collection = Collection(Home(Path(folder) / "home"), clock)
        practise(collection, clock, days)
        app = TrainerApp(collection, times=AT_ONCE)
        async with app.run_test(size=size) as pilot:
            app.theme = theme
            await pilot.pause()
            for keys, seconds in steps:
                for key in keys.split():
                    clock.move(seconds=SECONDS_A_KEY)
                    await pilot.press(key)
                    await pilot.pause()
                await pilot.pause(1.0)  # the footer is drawn when there is time
                frames.append(frame(app.export_screenshot(), seconds))
    return frames


def main() -> None:
    """Draw what the call asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = ["session", *SCREENS, *LATER]
    parser.add_argument("screens", nargs="*", choices=[*names, []], metavar="SCREEN", help=", ".join(names))
    parser.add_argument("--size", default="88x30", metavar="COLUMNSxROWS")
    parser.add_argument("--theme", default="trainer-dark")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "images", metavar="FOLDER")
    call = parser.parse_args()
    columns, rows = map(int, call.size.split("x"))
    call.to.mkdir(parents=True, exist_ok=True)
    for name in call.screens or SHOWN:
        steps = SESSION if name == "session" else [((SCREENS | LATER)[name], 0)]
        frames = asyncio.run(draw(steps, (columns, rows), call.theme, DAYS if name in LATER else 0))
        path = call.to / f"{name}.svg"
        path.write_text(film(frames, (columns, rows), STILL if name == "session" else 0), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()

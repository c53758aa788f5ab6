"""Draw the app's screens as SVG: `python docs/pictures.py [--size 80x24] [--theme NAME] [--to FOLDER] [SCREEN...]`.

Without arguments it draws the pictures of the README anew, from the starter decks.
"""

import argparse
import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.tui.app import TrainerApp
from trainer.tui.key_guard import KeyTimes

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
AT_ONCE = KeyTimes(after_reveal=0, repeat=0, first_repeat=0)
STEPS = {
    "today": [],
    "question": ["up", "enter"],
    "review": ["up", "enter", "space", "1", "2", "4"],
    "summary": ["up", "enter", "space", "1", "2", "4", "g", "space", "0", "e", "q"],
    "help": ["up", "enter", "question_mark"],
}
"""The keys that lead to each screen, from the first start."""


async def draw(screen: str, size: tuple[int, int], theme: str) -> str:
    """Return the SVG of one screen."""
    with tempfile.TemporaryDirectory() as folder:
        app = TrainerApp(Collection(Home(Path(folder) / "home"), FixedClock(AT)), times=AT_ONCE)
        async with app.run_test(size=size) as pilot:
            app.theme = theme
            await pilot.pause()
            for key in STEPS[screen]:
                await pilot.press(key)
                await pilot.pause()
            await pilot.pause(1.0)  # the footer is drawn when there is time
            return plain(app.export_screenshot(title="trainer"))


def plain(svg: str) -> str:
    """Return the SVG without fonts from elsewhere, and with names that do not change by chance."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def main() -> None:
    """Draw what the call asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("screens", nargs="*", choices=[*STEPS, []], metavar="SCREEN", help=", ".join(STEPS))
    parser.add_argument("--size", default="88x30", metavar="COLUMNSxROWS")
    parser.add_argument("--theme", default="trainer-dark")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "images", metavar="FOLDER")
    call = parser.parse_args()
    columns, rows = map(int, call.size.split("x"))
    call.to.mkdir(parents=True, exist_ok=True)
    for screen in call.screens or ["today", "review"]:
        path = call.to / f"{screen}.svg"
        path.write_text(asyncio.run(draw(screen, (columns, rows), call.theme)), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()

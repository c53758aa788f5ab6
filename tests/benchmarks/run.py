"""Benchmarks, each beside a named peer in the same run: `python tests/benchmarks/run.py`.

Prints medians and ratios. Nothing here is a test: a machine may be slow, a ratio tells more.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from trainer.progress.log import Entry, Log

ROUNDS = 7
EMPTY_APP = """
from textual.app import App
class Empty(App):
    def on_ready(self): self.exit()
Empty().run(headless=True)
"""
OUR_APP = """
import os
from trainer.clock import SystemClock
from trainer.collection.collection import Collection
from trainer.home import find_home
from trainer.tui.app import TrainerApp
app = TrainerApp(Collection(find_home(None, os.environ), SystemClock()))
TrainerApp.on_ready = lambda self: self.call_after_refresh(self.exit)
app.run(headless=True)
"""


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of some rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def python(*arguments: str) -> Callable[[], object]:
    """Return a call that runs Python with these arguments."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Run every benchmark on a fresh home and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TRAINER_HOME"] = str(Path(folder) / "home")
        python("-m", "trainer", "due")()
        log = Log(Path(folder) / "progress.toml", "bench0")
        raw = (Path(folder) / "raw").open("ab", buffering=0)
        entry = Entry({"card": "a", "day": datetime.now(UTC).date(), "rating": "good", "seconds": 30})

        def raw_append() -> None:
            raw.write(b"x" * 120 + b"\n")
            os.fsync(raw.fileno())

        rows = [
            ("app to its first screen", python("-c", OUR_APP), "an empty Textual app", python("-c", EMPTY_APP)),
            ("trainer due", python("-m", "trainer", "due"), "import fsrs", python("-c", "import fsrs")),
            (
                "trainer --version",
                python("-m", "trainer", "--version"),
                "import argparse",
                python("-c", "import argparse"),
            ),
            ("one answer into the log", lambda: log.append([entry], datetime.now(UTC)), "write and fsync", raw_append),
        ]
        print(f"{'what':26} {'ms':>8}   {'beside':22} {'ms':>8}  ratio")
        for what, work, peer, peer_work in rows:
            ours, theirs = seconds(work), seconds(peer_work)
            print(f"{what:26} {ours * 1000:8.1f}   {peer:22} {theirs * 1000:8.1f}  {ours / theirs:5.2f}")


if __name__ == "__main__":
    main()

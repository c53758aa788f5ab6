"""The budgets of the design, each beside a named peer in the same run: `python tests/benchmarks/run.py`.

Prints one table of medians and ratios. Nothing here is a test: a machine may be slow, a ratio tells more.
Needs the extra `bench`, and a POSIX system.
"""

import argparse
import compileall
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import measures
from measures import Place, Row

import trainer

SIZES = {"empty": (10_000, 0), "large": (10_000, 100_000), "huge": (100_000, 1_000_000)}
"""Cards and reviews."""
PARTS = ("start", "due", "statistics", "grade", "memory", "rebuild")


def main() -> None:
    """Make the homes, measure what is asked for, and print the table."""
    options = _options()
    compileall.compile_dir(Path(trainer.__file__).parent, quiet=1)  # as pip does when it installs
    if options.keep:
        _run(options, options.keep)
    else:
        with tempfile.TemporaryDirectory() as folder:
            _run(options, Path(folder))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", type=_parts, default=PARTS, metavar="PARTS", help=f"of {','.join(PARTS)}")
    parser.add_argument("--huge", action="store_true", help="measure 100,000 cards and 1,000,000 reviews, too")
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="how often each is measured (default: 7)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the homes there, and use those that are")
    parser.add_argument(
        "--scale", type=float, default=1.0, metavar="X", help="homes of another size, 0.1 and up: to try this"
    )
    return parser.parse_args()


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(text.split(","))
    if not set(parts) <= set(PARTS):
        raise argparse.ArgumentTypeError(f"the parts are {','.join(PARTS)}")
    return parts


def _run(options: argparse.Namespace, folder: Path) -> None:
    empty = _place(folder, "empty", options.scale)
    large = _place(folder, "large", options.scale)
    sizes = [large, _place(folder, "huge", options.scale)] if options.huge else [large]
    few = min(options.runs, 3)
    parts: dict[str, Callable[[], list[Row]]] = {
        "start": lambda: measures.start(sizes, options.runs),
        "due": lambda: measures.due(sizes, options.runs),
        "statistics": lambda: measures.statistics(large, options.runs),
        "grade": lambda: measures.grade(empty, sizes, options.runs),
        "memory": lambda: [row for place in sizes for row in measures.memory(place, few)],
        "rebuild": lambda: measures.rebuild(large, few),
    }
    rows = [row for part in PARTS if part in options.only for row in parts[part]()]
    if options.scale != 1:
        print(f"Homes of {options.scale:g} times the size: the budgets are not meant for these.")
    _print_table(rows)


def _place(folder: Path, name: str, scale: float) -> Place:
    """Return the places of one size, made where they are not there whole.

    Each is made by a process of its own, so that this one stays small: it is what every start forks from.
    """
    numbers = [str(max(round(number * scale), number and 1)) for number in SIZES[name]]
    base = folder.absolute() / f"{name}-{'-'.join(numbers)}"
    place = Place(name, base / "home", base / "collection.anki2", base / "spare")
    whole = base / "whole"
    if not whole.exists():
        print(f"{name}: making {numbers[0]} cards with {numbers[1]} reviews", file=sys.stderr, flush=True)
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir(parents=True)
        for maker, target in (("homes.py", place.home), ("peers.py", place.collection)):
            command = [sys.executable, str(Path(__file__).with_name(maker)), str(target), *numbers]
            subprocess.run(command, check=True, stdout=sys.stderr)
        whole.touch()
    return place


def _print_table(rows: Sequence[Row]) -> None:
    print(f"{'what':46} {'median':>10}   {'beside':22} {'median':>10} {'ratio':>7} {'budget':>7}  holds")
    for row in rows:
        ours, theirs = _amount(row.ours, row.unit), _amount(row.theirs, row.unit)
        ratio, budget, holds = f"{row.ratio:.2f} x", f"{row.budget:.3g} x", "yes" if row.holds else "NO"
        print(f"{row.what:46} {ours:>10}   {row.beside:22} {theirs:>10} {ratio:>7} {budget:>7}  {holds}")


def _amount(number: float, unit: str) -> str:
    return f"{number:,.1f} {unit}"


if __name__ == "__main__":
    main()

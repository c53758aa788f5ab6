"""Does every fault to the trainer, from outside: `python tests/faults/run.py [NAME...] [--times N]`."""

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SCRIPTS = (
    "kill",
    "cut",
    "cache",
    "two",
    "clocks",
    "rewording",
    "undo",
    "unsaved",
    "full",
    "edits",
    "gitmerge",
    "merge",
)
"""The longest first, so that none is left running alone at the end."""


def run(name: str, extra: list[str]) -> tuple[str, int]:
    """Run one script; return what it printed and its exit code."""
    script = Path(__file__).with_name(f"{name}.py")
    done = subprocess.run(
        [sys.executable, str(script), *extra], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    return done.stdout, done.returncode


def main() -> int:
    """Run the scripts named, or all; print what each said, and return 1 when one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of {', '.join(SCRIPTS)}")
    parser.add_argument(
        "--times", metavar="N", help="how often, where chance has a part (default: as each script says)"
    )
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="how many scripts at once")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(SCRIPTS):
        parser.error(f"there is no script {', '.join(sorted(unknown))}")
    extra = ["--times", arguments.times] if arguments.times else []
    names = arguments.names or SCRIPTS
    figures, failed = [], []
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for name, (said, code) in zip(names, pool.map(run, names, [extra] * len(names)), strict=True):
            lines = said.rstrip("\n").split("\n")
            print("\n".join(lines[:-1]) + "\n" if lines[:-1] else "", end="", flush=True)
            figures.append(lines[-1])
            failed += [name] if code else []
    print("\n".join(figures))
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())

"""Ways in which there is suddenly nowhere to write: what is made of a home in the middle of a session, and lifted."""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from harness import Report, make_home
from plain import Plain
from terminal import App

DROP, PASSES_OVER = 24, (1, 2)
"""What `prctl` calls dropping a right of root; the two to pass over permissions."""
PAGE, ROOM = 4096, 10
LOST = {
    "a read-only file": ("progress.toml", 0o444),
    "permission lost on the file": ("progress.toml", 0),
    "permission lost on the folder": (".", 0),
}
"""Rights that are taken away: on which part of the home, and what is left."""
Fault = Callable[[Plain | App, Path], AbstractContextManager[None]]


class Skipped(Exception):
    """The machine does not let us make this fault."""


def tried(report: Report, trials: Iterable[tuple[str, Callable[[], int]]]) -> tuple[str, int]:
    """Try each fault that the machine allows; return the names of those, and how many answers they returned in all."""
    made, answers = [], 0
    for name, trial in trials:
        try:
            answers += trial()
            made.append(name)
        except Skipped as why:
            report.say(f"left out: {name}: {why}")
    return ", ".join(made), answers


def quota(room: int) -> Fault:
    """Return the fault that the log may grow by so many bytes only."""

    @contextmanager
    def fault(child: Plain | App, home: Path) -> Iterator[None]:
        size = (home / "progress.toml").stat().st_size
        unlimited = resource.prlimit(child.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (size + room, unlimited[1]))
        yield
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, unlimited)

    return fault


@contextmanager
def gone(_child: Plain | App, home: Path) -> Iterator[None]:
    """Take the whole folder away."""
    away = home.with_suffix(".away")
    home.rename(away)
    yield
    away.rename(home)


def lost(name: str, mode: int) -> Fault:
    """Return the fault that rights are lost on a file of the home, or on the home itself. Raises Skipped."""
    if not os.geteuid() and sys.platform != "linux":
        raise Skipped("no permission binds root")

    @contextmanager
    def fault(_child: Plain | App, home: Path) -> Iterator[None]:
        before = (home / name).stat().st_mode
        (home / name).chmod(mode)
        yield
        (home / name).chmod(before & 0o777)

    return fault


def bind_root() -> None:
    """Give up root's right to pass over permissions, for good once the child runs its program."""
    if not os.geteuid():
        system = ctypes.CDLL(None)
        for right in PASSES_OVER:
            system.prctl(DROP, right, 0, 0, 0)


@contextmanager
def small_disk(folder: Path) -> Iterator[tuple[Path, Fault]]:
    """Make a home on a small disk; give it, and the fault that the disk is full to its last byte. Raises Skipped."""
    folder.mkdir()
    if os.geteuid():
        raise Skipped("only root may mount")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)], capture_output=True).returncode:
        raise Skipped("mount is not allowed here")

    @contextmanager
    def fault(_child: Plain | App, home: Path) -> Iterator[None]:
        log, filler = home / "progress.toml", folder / "filler"
        with log.open("ab") as file:  # so that its last page has room for a few bytes only
            file.write(b"#".ljust((-log.stat().st_size - ROOM - 1) % PAGE, b"-") + b"\n")
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(PAGE)):
                pass
        yield
        filler.unlink()

    try:
        home = make_home(folder / "home")
        (home / "cache").touch()  # in the way of a cache, which would give its room to the log
        yield home, fault
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)

"""The log cut at every byte, zeros at its end, flipped bytes, lost newlines: what can be read is read."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from harness import NOON, Report, events_in, main, make_home, rejected_lines, surroundings
from plain import Plain

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home

Events = Counter[tuple[str, str]]
CUT, FLIPPED, JOINED, ZEROED = "cut", "byte flipped", "newline lost", "zeros"
OTHERS = """\
20261121T130000000Z-aaaa01 = { card = "card-001", bury = 2026-11-25 }
20261121T130000001Z-aaaa01 = { card = "card-002", teleport = { to = "Köln", at = [1, 2] } } # of another version
20261121T130000002Z-aaaa01 = { card = "card-004", was = "old—name" }
20261121T130000003Z-aaaa01 = { import = "geo.apkg", deck = "Geo", cards = 2, reviews = 1 }
20261121T130000004Z-aaaa01 = { card = "card-003", day = 2026-11-20, rating = "hard", import = "20261121T130000003Z-aaaa01", source = "anki:1" }
"""  # noqa: E501


def work(report: Report, folder: Path, times: int) -> str:
    """Damage one log in every way, and open each."""
    bench = Bench(report, make_home(folder / "home", 8))
    bench.cut_everywhere()
    bench.zeros(times)
    bench.flip_everywhere()
    bench.join_everywhere()
    bench.ask_commands(times)
    done = ", ".join(f"{count:,} {what}" for what, count in bench.done.items())
    return f"{len(bench.whole):,} bytes in {bench.whole.count(10)} lines: {done}; {bench.lost} events lost"


class Bench:
    """A log, and homes in which to damage it."""

    def __init__(self, report: Report, folder: Path) -> None:
        self.report = report
        self.home = Home(folder)
        self.clock = FixedClock(datetime.fromisoformat(NOON))
        self._write_log(folder)
        self.whole = self.home.log.read_bytes()
        self.lines = self.whole.split(b"\n")[:-1]
        self.of_line = [*(self.read(line + b"\n") for line in self.lines), Events()]
        self.all = sum(self.of_line, Events())
        self.report.check(len(self.all) == len(self.lines) - 1, "an event of the undamaged log is missing")
        self.done: Counter[str] = Counter()
        self.lost = 0

    @staticmethod
    def _write_log(folder: Path) -> None:
        child = Plain(folder, env={"TRAINER_NOW": NOON})
        for line in ("", "2 1", "good", "undo", "x", "all", "easy", "", "1", "h", "suspend", "", "none"):
            child.prompt()
            child.send(line)
        child.prompt()
        child.leave()
        with (folder / "progress.toml").open("a", encoding="utf-8") as log:
            log.write(OTHERS)

    def read(self, data: bytes) -> Events:
        """Return the events that the trainer finds in a log of these bytes."""
        for file in self.home.folder.glob("progress.rejected-*"):
            file.unlink()
        self.home.log.write_bytes(data)
        return self._events()

    def _events(self) -> Events:
        return Events((event.key, event.form) for event in Collection(self.home, self.clock).events())

    def _expect(self, what: str, found: Events, at_least: Events, at_most: Events | None, where: str) -> None:
        self.done[what] += 1
        missing = at_least - found
        self.lost += sum(missing.values())
        self.report.check(not missing, f"{what} {where}: not there: {list(missing)[:2]}")
        strange = found - (self.all if at_most is None else at_most)
        self.report.check(at_most is None or not strange, f"{what} {where}: never written: {list(strange)[:2]}")

    def _expect_kept(self, what: str, where: str, lines: list[bytes]) -> None:
        """Expect a copy of each of these lines, but for empty ones."""
        missing = {line for line in lines if line} - rejected_lines(self.home.folder)
        self.report.check(not missing, f"{what} {where}: no copy of {missing}")

    def _append(self, what: str, where: str, before: Events) -> bytes:
        """Write one more event, and expect it and all others; return the log then."""
        collection = Collection(self.home, self.clock)
        collection.suspend(collection.library.cards["card-007"])
        after, again = self._events(), self._events()
        added = after - before
        self.report.check(after == again and not before - after, f"{what} {where}: the next event changed others")
        self.report.check(sum(added.values()) == 1 and '"card-007"' in str(added), f"{what} {where}: not added")
        return self.home.log.read_bytes()

    def cut_everywhere(self) -> None:
        """Cut at every byte, open, and write on."""
        for at in range(len(self.whole) + 1):
            data = self.whole[:at]
            kept = data.rpartition(b"\n")[0].count(b"\n") + 1 if b"\n" in data else 0
            found = self.read(data)
            sure = sum(self.of_line[:kept], Events())
            self._expect(CUT, found, sure, sure + self.of_line[kept], f"at {at}")
            self.report.check(self.home.log.read_bytes() == data, f"cut at {at}: reading changed the log")
            log = self._append(CUT, f"at {at}", found)
            whole, _, tail = data.rpartition(b"\n")
            self.report.check(log.startswith(whole), f"cut at {at}: whole lines changed")
            if found == sure and kept:
                self._expect_kept(CUT, f"at {at}", [tail])
            events_in(log)

    def zeros(self, times: int) -> None:
        """Put zeros at the end of the log, after it or in place of its end."""
        for turn in range(times):
            at = self.report.random.randrange(len(self.whole) + 1) if turn else len(self.whole)
            count = self.report.random.choice([1, 2, 511, 4096])
            data = self.whole[:at] + bytes(count)
            kept = data.count(b"\n")
            sure = sum(self.of_line[:kept], Events())
            found = self.read(data)
            where = f"{count} from {at}"
            self._expect(ZEROED, found, sure, sure + self.of_line[kept], where)
            log = self._append(ZEROED, where, found)
            self.report.check(log.startswith(self.whole[:at].rpartition(b"\n")[0]), f"zeros {where}: lines changed")
            self.report.check(b"\0" not in log, f"zeros {where}: they are still in the log")
            self.read(data + b"\n" + OTHERS.encode())
            later = sum(self.of_line[-1 - OTHERS.count("\n") :], Events())
            self._expect(ZEROED, self._events(), sure | later, self.all, f"{where}, then others' lines")

    def flip_everywhere(self) -> None:
        """Flip one bit of each byte, and all bits of it."""
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        for at in range(len(self.whole)):
            row = sum(start <= at for start in starts) - 1
            for mask in (1 << self.report.random.randrange(8), 0xFF):
                data = bytearray(self.whole)
                data[at] ^= mask
                self._flipped(bytes(data), row, f"{mask:#x} at {at}", newline=self.whole[at] == 10)

    def _flipped(self, data: bytes, row: int, where: str, newline: bool) -> None:
        hurt = {row, row + 1} if newline else {row}
        sure = sum((events for number, events in enumerate(self.of_line) if number not in hurt), Events())
        found = self.read(data)
        self._expect(FLIPPED, found, sure, None, where)
        kept = rejected_lines(self.home.folder)
        self.report.check(self.home.log.read_bytes() == data, f"flipped {where}: reading changed the log")
        self.report.check(kept <= set(data.split(b"\n")), f"flipped {where}: a copy is of no line")
        unread = len(self.all) - sum(found.values())
        self.report.check(
            unread <= 0 or bool(kept - {b""}) or data[-1] != 10,
            f"flipped {where}: {unread} events are gone without a copy",
        )

    def join_everywhere(self) -> None:
        """Lose each newline, every pair, and all of them."""
        for drop in self._drops():
            data = b"".join(line + (b"" if row in drop else b"\n") for row, line in enumerate(self.lines))
            header_alone = self.lines[0] + b"\n"
            self._expect(JOINED, self.read(data), self.all, self.all, f"after lines {sorted(drop)}")
            self._expect(JOINED, self.read(header_alone + data), self.all, self.all, f"after lines {sorted(drop)}")

    def _drops(self) -> Iterator[set[int]]:
        rows = range(1, len(self.lines))
        for row in range(len(self.lines)):
            yield {row}
            yield from ({row, other} for other in rows if other > row)
        yield set(rows)

    def ask_commands(self, times: int) -> None:
        """Ask the command line itself about some of the damage."""
        for _ in range(times):
            data = bytearray(self.whole)
            at = self.report.random.randrange(len(data))
            match self.report.random.randrange(3):
                case 0:
                    del data[at:]
                case 1:
                    data[at] ^= 1 << self.report.random.randrange(8)
                case _:
                    data[at:] = bytes(len(data) - at)
            found = sum(self.read(bytes(data)).values())
            self.done["asked of the command line"] += 1
            told, checked = self._ask(at, "log"), self._ask(at, "check", "--json")
            document = json.loads(checked.stdout)
            self.report.check(document["events"] == found, f"check counts others after damage at {at}")
            is_told = not document["problems"] or f"safe: {found} event".encode() in told.stderr
            self.report.check(is_told, f"after damage at {at} the start says {told.stderr!r}, not {found}")

    def _ask(self, at: int, *call: str) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            [sys.executable, "-m", "trainer", *call],
            env=surroundings(self.home.folder, {"TRAINER_NOW": NOON}),
            capture_output=True,
        )
        fine = done.returncode in (0, 1) and b"Traceback" not in done.stderr
        self.report.check(fine, f"{call} after damage at {at}: {done.stderr.decode()[-300:]}")
        return done


if __name__ == "__main__":
    main(work, 40)

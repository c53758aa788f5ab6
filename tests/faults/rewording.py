"""Cards and points reworded on two machines, in chains and circles, with caches deleted: their memory stays theirs."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from harness import PATIENCE, Report, asked_json, command, events_in, main, surroundings, without_progress
from terminal import App

SUBJECTS = (
    ("a hard decision you made at work", "option", "colleague"),
    ("the launch of a product that went wrong", "customer", "deadline"),
    ("how a hash table deals with collisions", "bucket", "chain"),
    ("why the Roman republic fell", "senator", "legion"),
    ("the way a vaccine teaches the immune system", "antibody", "infection"),
)
"""What each card asks about, and what its points speak of."""
QUESTIONS = ("Describe {}", "Tell me about {}", "Please tell me about {}", "Please describe {} briefly")
POINTS = (
    ("Names each {} and what it would have cost", "Names each {}, and what each of them would have cost"),
    ("Says whom the {} surprised in the end", "Says whom in the end the {} surprised", "Says whom the {} did surprise"),
)
START = datetime(2026, 11, 21, 9, tzinfo=UTC)


@dataclass
class Machine:
    """One home, and what it has answered."""

    home: Path
    answers: int = 0

    def review(self, now: str, answers: int) -> str:
        """Answer some questions, all points made; return what was said on standard error."""
        done = subprocess.run(
            [sys.executable, "-m", "trainer", "review", "--plain", "--all"],
            env=surroundings(self.home, {"TRAINER_NOW": now}),
            input="\nall\ngood\n" * answers + "quit\n",
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        self.answers += done.stdout.count("Saved: ")
        return without_progress(done.stderr)

    def write_deck(self, cards: "list[Wording]") -> None:
        """Write the deck with these wordings."""
        text = 'title = "D"\n' + "".join(card.written(number) for number, card in enumerate(cards))
        (self.home / "decks" / "d.toml").write_text(text, encoding="utf-8")

    def joins(self) -> list[tuple[str, tuple[str, str, str]]]:
        """Return the renamings of the log: key, and card, point and what it was."""
        found = events_in((self.home / "progress.toml").read_bytes())
        return [(key, (each["card"], each.get("point", ""), each["was"])) for key, each in found if "was" in each]


@dataclass
class Wording:
    """How a card reads at present."""

    question: int = 0
    points: list[int] = field(default_factory=lambda: [0, 0])
    id: str = ""

    def written(self, number: int) -> str:
        """Return the card as a deck has it."""
        subject, *parts = SUBJECTS[number]
        points = [texts[n].format(part) for texts, n, part in zip(POINTS, self.points, parts, strict=True)]
        given = f"id = {json.dumps(self.id)}\n" if self.id else ""
        asks = json.dumps(QUESTIONS[self.question].format(subject))
        return f"\n[[cards]]\n{given}question = {asks}\nkey_points = {json.dumps(points)}\n"

    def change(self, choose: Random, number: int) -> None:
        """Reword it, or a point of it, or give it an id, another, or none."""
        match choose.randrange(4):
            case 0 | 1:
                self.question = choose.choice([each for each in range(len(QUESTIONS)) if each != self.question])
            case 2:
                part = choose.randrange(len(POINTS))
                self.points[part] = choose.choice([n for n in range(len(POINTS[part])) if n != self.points[part]])
            case _:
                self.id = choose.choice([each for each in ("", f"one-{number}", f"two-{number}") if each != self.id])


class Pair:
    """Two machines that share a deck and bring their logs together."""

    def __init__(self, report: Report, folder: Path) -> None:
        self.report = report
        self.minute = 0
        self.cards = [Wording() for _ in SUBJECTS]
        self.machines = [Machine(folder / name) for name in ("one", "other")]
        for machine in self.machines:
            (machine.home / "decks").mkdir(parents=True)
            machine.write_deck(self.cards)
            machine.review(self.now(), len(SUBJECTS))

    def now(self) -> str:
        """Return a later time than ever before."""
        self.minute += 1
        return (START + timedelta(minutes=self.minute)).isoformat()

    def reword(self, turn: int) -> None:
        """Change cards on one machine; the other gets the deck before the log, or after it; both review."""
        choose = self.report.random
        one, other = choose.sample(self.machines, 2)
        for number in choose.sample(range(len(self.cards)), 2):
            self.cards[number].change(choose, number)
        one.write_deck(self.cards)
        self.lose_caches(choose.sample(self.machines, choose.randrange(3)))
        if choose.random() < 0.7:
            one.review(self.now(), 2)
        deck_first = choose.random() < 0.5
        if deck_first:
            other.write_deck(self.cards)
            other.review(self.now(), 2)  # it finds by itself what was reworded
        self.bring_together()
        other.write_deck(self.cards)
        for machine in self.machines:
            machine.review(self.now(), 1)
        self.bring_together()
        self.look(f"turn {turn}")

    def bring_together(self) -> None:
        """Merge each log into the other."""
        one, other = self.machines
        for here, there in ((one, other), (other, one)):
            merged = command(here.home, "merge", str(there.home), env={"TRAINER_NOW": self.now()})
            self.report.check(merged.returncode == 0, merged.stderr)

    def lose_caches(self, machines: list[Machine]) -> None:
        """Delete caches."""
        for machine in machines:
            shutil.rmtree(machine.home / "cache", ignore_errors=True)

    def look(self, where: str) -> None:
        """Expect that both know the same, that no answer is without its card, and that nothing is found again."""
        states = [self.known(machine) for machine in self.machines]
        self.report.check(states[0] == states[1], f"{where}: the machines know other things of the same cards")
        answers = sum(machine.answers for machine in self.machines)
        reviews = sum(card["reviews"] for card in states[0])
        self.report.check(reviews == answers, f"{where}: {answers} answers are {reviews} reviews of the cards")
        forgotten = [card["question"] for card in states[0] if any(not p["last_day"] for p in card["key_points"])]
        self.report.check(not forgotten, f"{where}: points without memory: {forgotten}")
        self.expect_nothing_found(where)

    def known(self, machine: Machine) -> Any:
        """Return what one machine knows of the cards."""
        return asked_json(machine.home, "cards", env={"TRAINER_NOW": self.now()})

    def expect_nothing_found(self, where: str) -> None:
        """Expect that nothing is proposed that was proposed before, with a cache or without one."""
        for machine in self.machines * 2:
            before = machine.joins()
            said = machine.review(self.now(), 0)
            self.report.check((said, machine.joins()) == ("", before), f"{where}: found again: {said}")
            self.lose_caches([machine])

    def part(self, where: str) -> int:
        """Take the newest renaming of a card back in one app, by one key; then bring it back by the undo's own key."""
        one, other = self.machines
        app = App(one.home, env={"TRAINER_NOW": self.now()})
        try:
            app.wait_for("w shows")
            app.press("w")
            app.wait_for("→")
            app.press("u")
            app.wait_for("parted")
        finally:
            app.end()
        undo, value = events_in((one.home / "progress.toml").read_bytes())[-1]
        pairs = dict(one.joins())
        if not self.report.check(value.get("undo") in pairs, f"{where}: `u` has written {value}"):
            return 0
        self.bring_together()
        self.lose_caches([other])
        states = [self.known(machine) for machine in self.machines]
        self.report.check(states[0] == states[1], f"{where}: what was parted on one machine is not on the other")
        self.expect_nothing_found(f"{where}, parted")
        back = command(other.home, "undo", undo, env={"TRAINER_NOW": self.now()})
        self.report.check(back.returncode == 0, back.stderr)
        self.bring_together()
        self.look(f"{where}, joined again")
        return 1


def work(report: Report, folder: Path, times: int) -> str:
    """Reword again and again; part what was joined last, and join it again."""
    pair = Pair(report, folder)
    parted = 0
    for turn in range(times):
        pair.reword(turn)
        if turn % 4 == 3:
            parted += pair.part(f"turn {turn}")
    joins = pair.machines[0].joins()
    twice = Counter(joined for _, joined in joins)
    mark = {key[-6:-2] for key, _ in joins}
    report.check(max(twice.values(), default=0) <= len(mark), f"found again on one machine: {twice.most_common(1)}")
    answers = sum(machine.answers for machine in pair.machines)
    return (
        f"{times} rounds of rewording on two machines, {len(twice)} pairs joined, {answers} answers all with their "
        f"cards; {parted} parted by one key, not found again, and joined again"
    )


if __name__ == "__main__":
    main(work, 4)

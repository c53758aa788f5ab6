"""Changes to the schedule that were tried, in simulation: `python tests/benchmarks/tried.py`.

Each lets the sessions run for a year as `schedule.py` does, with one thing done another way here. None
of them is in the trainer; docs/scheduling.md says what they gave.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp
from pathlib import Path

from pupils import ByPoints
from schedule import MINUTES, NEW_CARDS, START, live_through, summary
from truth import Point, Record, World

from trainer.memory.fuzz import draw, fuzzed
from trainer.model import Card, Deck, Rating, Review
from trainer.progress.events import ReviewEvent
from trainer.settings import Settings
from trainer.simulate.home import ImaginedHome
from trainer.simulate.living import Answer
from trainer.study.plan import Kind
from trainer.study.question import Question

CARDS, POINTS = 100, 5
SEEDS = (21, 22)
RETENTION = 0.9
STEPS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
"""Where a point's clock is looked for, in standard deviations of the logarithm of its factor."""
HALVINGS = 30
"""How often the span in which a due day lies is halved."""


# Corrections of single points


class Clock:
    """What the answers to one point say of its own pace: a memory for each factor, and how likely that factor is."""

    def __init__(self, sigma: float) -> None:
        self._memories = [Point(exp(sigma * step)) for step in STEPS]
        self._chances = [exp(-step * step / 2) for step in STEPS]

    def recall(self, day: float) -> float:
        """Return the chance (0-1) of recall on a day, over all factors."""
        made = sum(
            chance * memory.recall(day)
            for chance, memory in zip(self._chances, self._memories, strict=True)  # type: ignore[arg-type]
        )
        return made / sum(self._chances)

    @property
    def day(self) -> int:
        """When the point was last asked; under 0 for never."""
        return self._memories[0].day

    def ask(self, day: int, recalled: bool, is_test: bool) -> None:
        """Take in an answer; one that tests the memory tells of the factor."""
        for index, memory in enumerate(self._memories):
            if is_test and 0 <= memory.day < day:
                chance = memory.recall(day)
                self._chances[index] *= chance if recalled else 1 - chance
            memory.ask(day, recalled)


class CorrectedHome(ImaginedHome):
    """A home whose due days come from each point's own clock, as far as the answers tell it."""

    def __init__(self, decks: Sequence[Deck], settings: Settings, day: date, sigma: float) -> None:
        self._clocks = {
            (card.id, point.id): Clock(sigma) for deck in decks for card in deck.cards for point in card.points
        }
        super().__init__(decks, settings, day)

    def record_review(self, card: Card, review: Review, elsewhere: Path | None = None) -> ReviewEvent:
        """Take in the answer, and promise the day that the clocks give in place of its own."""
        for point in (*review.recalled, *review.missed):
            clock = self._clocks[card.id, point]
            clock.ask(review.day.toordinal(), point in review.recalled, is_test=not review.given)
        due = review.day + timedelta(days=self._interval(card, review.day))
        return super().record_review(card, replace(review, due=due), elsewhere)

    def _interval(self, card: Card, day: date) -> int:
        clocks = [self._clocks[card.id, point.id] for point in card.points]
        asked = [clock for clock in clocks if clock.day >= 0]
        maximum = self.settings.maximum_interval
        low, high = 0.0, float(maximum)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            made = sum(clock.recall(day.toordinal() + middle) for clock in asked) / len(asked)
            low, high = (middle, high) if made > self.settings.desired_retention else (low, middle)
        days = min(max(round(low), 1), maximum)
        place = draw(card.id, self.state(card.id).reviews)
        return fuzzed(days, maximum, place, lambda away: self.tally.due_on(day + timedelta(days=away)))


# The order of the queue


def by_share_overdue(home: ImaginedHome) -> None:
    """Let the cards come first that are overdue by the largest share of their interval."""

    def weakest(kind: str | None, files: Sequence[str], _model: object, day: date) -> list[str]:
        def overdue(card_id: str) -> float:
            due, last = home.due(card_id), home.state(card_id).last_day
            assert due is not None
            assert last is not None
            return (day - due).days / max(1, (due - last).days)

        found = [card.id for card in home.library.decks[0].cards if home.kind(card.id, day) == kind]
        return sorted(found, key=overdue, reverse=True)

    home.standing.weakest = weakest  # type: ignore[method-assign, assignment]


# The first sight


class FirstSeenGood(ByPoints):
    """What is seen first is graded good, as one that knows it from now on; it does not return that day."""

    def answer(self, home: ImaginedHome, question: Question) -> Answer:
        """Tick everything at first sight."""
        answer = super().answer(home, question)
        if question.kind is not Kind.NEW:
            return answer
        return Answer([point.id for point in question.points], Rating.GOOD, answer.seconds)


class LastsFromFirstSight(ByPoints):
    """In this one's world a first look is worth an answer that was good."""

    def _ask(self, home: ImaginedHome, question: Question, indexes: list[int]) -> list[int]:
        recalled = super()._ask(home, question, indexes)
        if question.kind is Kind.NEW:
            for index in indexes:
                point = Point(self.memories[question.card.id][index].factor)
                point.ask(home.today.toordinal() - self._start, True)
                self.memories[question.card.id][index] = point
        return recalled


class LastsAndSeenGood(FirstSeenGood, LastsFromFirstSight):
    """Both."""


@dataclass(frozen=True)
class Way:
    """One thing tried."""

    name: str
    minutes: int = MINUTES
    clock_sigma: float | None = None
    """What the spread of the points' own clocks is taken for; None where nothing is corrected."""
    arrange: Callable[[ImaginedHome], None] = lambda _: None
    pupil: type[ByPoints] = ByPoints


WAYS = {
    "corrections": (
        Way("as it is"),
        Way("own clocks, sigma taken for 0.5", clock_sigma=0.5),
        Way("own clocks, sigma taken for 1.0", clock_sigma=1.0),
    ),
    "order": (
        Way("weakest first", minutes=3),
        Way("largest share overdue first", minutes=3, arrange=by_share_overdue),
    ),
    "first": (
        Way("again, where it is so"),
        Way("good, where it is again", pupil=FirstSeenGood),
        Way("again, where it is good", pupil=LastsFromFirstSight),
        Way("good, where it is so", pupil=LastsAndSeenGood),
    ),
}


def live_year(way: Way, world: World, retention: float) -> Record:
    """Return what came of a year."""
    pupil = way.pupil(world.memories(), world.luck(), START.toordinal())
    deck = Deck("deck.toml", "Deck", cards=tuple(pupil.card(card_id) for card_id in pupil.memories))
    settings = Settings(desired_retention=retention, new_cards=NEW_CARDS, minutes=way.minutes)
    if way.clock_sigma is None:
        home = ImaginedHome([deck], settings, START)
    else:
        home = CorrectedHome([deck], settings, START, way.clock_sigma)
    way.arrange(home)
    return live_through(home, pupil, world)


def main() -> None:
    """Print a row for each way and world."""
    options = _options()
    print(f"{'sigma asked':12} {'':34} at reviews  any day  hours  a day  half or less")
    for sigma, retention, way in _rows(options):
        worlds = [World(sigma, CARDS, POINTS, seed) for seed in options.seeds]
        at_reviews, any_day, hours, a_day, weak = summary([live_year(way, world, retention) for world in worlds])
        print(
            f"{sigma:5} {retention:6.0%} {way.name:34} {at_reviews:10.1%} {any_day:8.1%} {hours:6.1f}"
            f" {a_day:6.1f} {weak:13.1%}",
            flush=True,
        )


def _rows(options: argparse.Namespace) -> Iterator[tuple[float, float, Way]]:
    for part in options.parts:
        for sigma in options.sigmas:
            for retention in options.retentions:
                for way in WAYS[part]:
                    yield sigma, retention, way


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--parts", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--sigmas", type=float, nargs="+", default=(0.5, 1.0))
    parser.add_argument("--retentions", type=float, nargs="+", default=(RETENTION,))
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    return parser.parse_args()


if __name__ == "__main__":
    main()

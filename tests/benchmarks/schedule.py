"""What the schedule makes of a year: `python tests/benchmarks/schedule.py`, in simulation.

The trainer's own sessions run for 365 days against memories that differ from the model (`truth.py`), by
points and under three usual gradings of whole cards. Prints tables; nothing here is a test.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from pupils import RULES, Pupil
from truth import Record, World

from trainer.memory.model import MemoryModel
from trainer.memory.tuning import Judgement, fit
from trainer.model import Deck
from trainer.progress.series import point_series
from trainer.settings import Settings
from trainer.simulate.home import ImaginedHome
from trainer.simulate.living import live_day

START = date(2026, 1, 1)
DAYS, SETTLED = 365, 180
CARDS = 100
SIGMAS, SIZES, RETENTIONS = (0.5, 1.0), (1, 3, 5, 9), (0.80, 0.85, 0.90, 0.95)
SEEDS = (1,)
"""For looking at; a change is judged on others."""
NEW_CARDS, MINUTES = 2, 20
TUNED_ON = (60, 120, 240)
"""Days on which the weights are fitted anew, where asked for."""


def live_year(rule: str, world: World, retention: float, tuned: bool = False) -> Record:
    """Return what came of a year under a rule."""
    pupil = RULES[rule](world.memories(), world.luck(), START.toordinal())
    deck = Deck("deck.toml", "Deck", cards=tuple(pupil.card(card_id) for card_id in pupil.memories))
    settings = Settings(desired_retention=retention, new_cards=NEW_CARDS, minutes=MINUTES)
    home = ImaginedHome([deck], settings, START)
    return live_through(home, pupil, world, TUNED_ON if tuned else ())


def live_through(home: ImaginedHome, pupil: Pupil, world: World, tuned_on: Sequence[int] = ()) -> Record:
    """Return what came of a year in a home; the weights are fitted anew before some days."""
    missed = world.days_missed(DAYS)
    for day in range(DAYS):
        if day in tuned_on:
            _tune(home)
        if day >= SETTLED:
            pupil.evening(day)
        home.begin(START + timedelta(days=day))
        if day not in missed:
            live_day(home, pupil)
    return pupil.record


def _tune(home: ImaginedHome) -> None:
    found = fit(_series(home), home.model.weights)
    if found.is_better:
        home.take_model(MemoryModel(found.after.weights))


def _series(home: ImaginedHome) -> Iterator[list[Judgement]]:
    for events in home.events.values():
        yield from point_series(events, lambda moment: moment.date(), lambda point: (point,)).values()


def summary(records: list[Record]) -> tuple[float, float, float, float, float]:
    """Return coverage at reviews, coverage on any day, hours, reviews a day, share of weak points."""
    count = len(records)
    coverages = [share for record in records for share in record.coverages]
    days = [share for record in records for share in record.on_days]
    return (
        sum(coverages) / max(1, len(coverages)),
        sum(days) / len(days),
        sum(record.seconds for record in records) / 3600 / count,
        sum(record.reviews for record in records) / DAYS / count,
        sum(record.weak_share for record in records) / count,
    )


def main() -> None:
    """Print a row for each rule, world and retention asked for."""
    options = _options()
    print("sigma points asked  rule               at reviews  any day  hours  a day  half or less")
    for sigma, points, retention in product(options.sigmas, options.sizes, options.retentions):
        for rule in options.rules:
            records = [
                live_year(rule, World(sigma, CARDS, points, seed), retention, options.tuned) for seed in options.seeds
            ]
            at_reviews, any_day, hours, a_day, weak = summary(records)
            print(
                f"{sigma:5} {points:6} {retention:5.0%}  {rule:18} {at_reviews:10.1%} {any_day:8.1%} {hours:6.1f}"
                f" {a_day:6.1f} {weak:13.1%}",
                flush=True,
            )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sigmas", type=float, nargs="+", default=SIGMAS)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="points of a card")
    parser.add_argument("--retentions", type=float, nargs="+", default=RETENTIONS)
    parser.add_argument("--rules", nargs="+", choices=RULES, default=list(RULES))
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--tuned", action="store_true", help="fit the weights on days 60, 120 and 240")
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""Write golden.json: random histories with the memory that Anki's own FSRS core gives them.

Run `python tests/memory/make_golden.py` from anywhere, with `fsrs-rs-python` installed. Seeded: the same
version of the core writes the same file. Each history names its weights and lists its reviews, each as

    [days since the one before, rating, stability, difficulty, [interval at each of `retentions`]]

The core counts in float32, so the numbers are cut to seven digits and are good to about 1e-5.
"""

import json
import random
from importlib.metadata import version
from pathlib import Path

import fsrs_rs_python
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

SEED = 20261121
HISTORIES = 200
WEIGHT_SETS = 6
RATINGS = ("again", "hard", "good", "easy")
RETENTIONS = (0.7, 0.85, 0.9, 0.97)
TARGET = Path(__file__).with_name("golden.json")


def random_weights(rng: random.Random, anywhere: bool) -> list[float]:
    """Return weights to 4 decimals: anywhere within FSRS's bounds, or around the default as a person's are."""
    bounds = list(zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True))
    if anywhere:
        return [round(rng.uniform(low, high), 4) for low, high in bounds]
    near = [usual * rng.uniform(0.5, 1.8) for usual in DEFAULT_PARAMETERS]
    return [round(min(max(weight, low), high), 4) for weight, (low, high) in zip(near, bounds, strict=True)]


def gap(rng: random.Random) -> int:
    """Return 0 to 400 days: often the same day or soon after, as in life."""
    return rng.choice((0, 0, 1, 2, rng.randint(3, 30), rng.randint(31, 400)))


def short(value: float) -> float:
    """Return a float32 as the seven digits it holds."""
    return float(f"{value:.7g}")


def history(rng: random.Random, core: fsrs_rs_python.FSRS) -> list[list]:
    """Return the reviews of one history with what the core makes of each."""
    memory = None
    reviews: list[list] = []
    for number in range(rng.randint(1, 12)):
        days = gap(rng) if number else 0
        rating = rng.choices(RATINGS, (2, 2, 5, 2))[0]
        memory = getattr(core.next_states(memory, 0.9, days), rating).memory
        intervals = [short(core.next_interval(memory.stability, each, 3)) for each in RETENTIONS]
        reviews.append([days, rating, short(memory.stability), short(memory.difficulty), intervals])
    return reviews


def main() -> None:
    """Write the table beside this script, one history a line."""
    rng = random.Random(SEED)
    weights = [list(DEFAULT_PARAMETERS), *(random_weights(rng, anywhere=n < 2) for n in range(WEIGHT_SETS))]
    cores = [fsrs_rs_python.FSRS(each) for each in weights]
    lines = []
    for number in range(HISTORIES):
        index = 0 if number % 2 else rng.randint(1, WEIGHT_SETS)
        lines.append(json.dumps({"weights": index, "reviews": history(rng, cores[index])}))
    head = {
        "made_by": f"make_golden.py with fsrs-rs-python {version('fsrs-rs-python')}",
        "retentions": RETENTIONS,
        "weights": weights,
    }
    text = json.dumps(head)[:-1] + ', "histories": [\n' + ",\n".join(lines) + "\n]}\n"
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Homes to measure with: decks and a log of realistic histories, the same for the same seed but for the mark in keys.

`python tests/benchmarks/homes.py FOLDER CARDS REVIEWS` makes one.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from trainer.collection.mark import home_mark
from trainer.library.identity import card_fingerprint, point_fingerprint
from trainer.library.render import deck_text
from trainer.model import Card, Deck, KeyPoint
from trainer.progress.events import key_at
from trainer.progress.lines import HEADER, written

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
"""The moment at which the homes are opened; what they hold ends the day before."""
ENVIRONMENT = {"TRAINER_NOW": NOW.isoformat(), "TZ": "UTC"}
"""What a process that opens one of the homes needs to be told."""
DECK_SIZE = 250
LONGEST_INTERVAL, LONGEST_HISTORY = 365, 1100
"""Days; a card's history ends at NOW at the latest."""
LATEST = 14 * 3600  # seconds from the first session of a day on, into which all of its events go
QUESTION_MARK = "Case"
"""Each question begins with this and a number of its own, so that it is found among the bytes of a screen."""

_VERBS, _THINGS, _WORDS = map(
    str.split,
    (
        "Names Compares Explains Measures Defends Sketches Estimates Tests Rejects Traces Ranks Checks",
        "cost risk order owner limit load habit promise signal budget source delay margin contract audience schedule "
        "failure evidence decision customer measure baseline dependency rollout boundary incentive assumption",
        "the a we of to and in that it was first then they every because would could after before which each one two "
        "team week plan month change result reason number question meeting price effort answer signal market users "
        "measured decided asked showed wrote agreed learned moved reduced kept wanted simple early clear weekly whole",
    ),
)
_CIRCUMSTANCES = ("under pressure", "with half of the budget", "after an outage", "when nobody agrees", "in a week")


class Act(NamedTuple):
    """One event about one card, before it has a key."""

    day: int
    """The ordinal of its date."""
    order: float
    """Where within the day, 0-1."""
    card: int
    """Its place among all cards."""
    kind: str
    """"review", "undo" (of the act just before), "suspend" or "resume"."""
    rating: str = ""
    asked: tuple[int, ...] = ()
    """The places of the points asked, within the card."""
    missed: tuple[int, ...] = ()
    given: bool = False
    seconds: int = 3
    due: int = 0
    """The ordinal of the date."""


@dataclass(frozen=True)
class Facts:
    """What a home holds."""

    cards: int
    new: int
    """Cards never asked."""
    due: int
    """Cards due at NOW, suspended ones aside."""
    reviews: int
    """Review lines, returns and those taken back included."""
    events: int
    """All lines of the log but its header."""


def make_home(folder: Path, cards: int, reviews: int, points_per_card: int = 5, seed: int = 1) -> Facts:
    """Write a home into `folder`, which is made, and return what it holds.

    Without reviews it has no log. Without points per card each card has its answer as the only point.
    """
    decks = make_decks(cards, points_per_card, seed)
    acts = make_acts(cards, reviews, max(points_per_card, 1), seed)
    (folder / "decks").mkdir(parents=True)
    for deck in decks:
        (folder / "decks" / deck.file).write_text(deck_text(deck), encoding="utf-8", newline="\n")
    every = [card for deck in decks for card in deck.cards]
    lines = list(_log_lines(every, acts, home_mark(folder.absolute())))
    if lines:
        (folder / "progress.toml").write_text("".join([HEADER + "\n", *lines]), encoding="utf-8", newline="\n")
    (learned, due), kinds = learned_and_due(acts), Counter(act.kind for act in acts)
    return Facts(cards, cards - learned, due, kinds["review"], len(lines))


def learned_and_due(acts: Iterable[Act]) -> tuple[int, int]:
    """Return how many cards were ever asked, and how many of them are due at NOW and not suspended."""
    dues: dict[int, int] = {}
    suspended: dict[int, bool] = {}
    for act in acts:
        if act.kind == "review":
            dues[act.card] = act.due
        elif act.kind in ("suspend", "resume"):
            suspended[act.card] = act.kind == "suspend"
    today = NOW.toordinal()
    return len(dues), sum(due <= today and not suspended.get(card) for card, due in dues.items())


# Decks


def make_decks(cards: int, points_per_card: int, seed: int) -> list[Deck]:
    """Return decks of `DECK_SIZE` cards. Every fourth has ids of its own for cards and points."""
    random = Random(f"decks {seed}")
    decks = []
    for number, first in enumerate(range(0, cards, DECK_SIZE)):
        places = range(first, min(first + DECK_SIZE, cards))
        made = tuple(_card(random, place, points_per_card, own_ids=number % 4 == 3) for place in places)
        title = f"{random.choice(_THINGS).capitalize()} and {random.choice(_THINGS)} {number + 1}"
        decks.append(Deck(f"deck-{number + 1:04}.toml", title, "Made-up questions", ("made-up",), made))
    return decks


def _card(random: Random, place: int, points: int, own_ids: bool) -> Card:
    (thing, other), circumstance = random.sample(_THINGS, 2), random.choice(_CIRCUMSTANCES)
    question = f"{QUESTION_MARK} {place + 1}: how would you weigh the {thing} against the {other} {circumstance}?"
    verbs = [_VERBS[(at + place) % len(_VERBS)] for at in range(points)]
    texts = [f"{verb} the {random.choice(_THINGS)} {random.choice(_CIRCUMSTANCES)}" for verb in verbs]
    key_points = tuple(
        KeyPoint(f"point-{at + 1}" if own_ids else point_fingerprint(text), text, 2.0 if random.random() < 0.1 else 1.0)
        for at, text in enumerate(texts)
    )
    return Card(
        f"case-{place + 1}" if own_ids else card_fingerprint(question),
        question,
        key_points,
        _prose(random),
        follow_ups=("What would you do otherwise today?",) if random.random() < 0.2 else (),
        hint=f"Begin with the {thing}." if random.random() < 0.3 else "",
        tags=(thing,) if random.random() < 0.25 else (),
    )


def _prose(random: Random) -> str:
    """Return about 80 words in sentences."""
    lengths = [random.randrange(9, 16) for _ in range(7)]
    sentences = [" ".join(random.choices(_WORDS, k=length)).capitalize() + "." for length in lengths]
    return " ".join(sentences[:4]) + "\n\n" + " ".join(sentences[4:]) + "\n"


# Histories


def make_acts(cards: int, reviews: int, points: int, seed: int) -> list[Act]:
    """Return what happened to all cards, in the order of time; of it exactly `reviews` are reviews.

    Decks are learned from their beginnings; about an eighth of the cards are still new.
    """
    random = Random(f"acts {seed}")
    learned: list[int] = []
    for first in range(0, cards, DECK_SIZE):
        size = min(DECK_SIZE, cards - first)
        learned.extend(range(first, first + max(1, round(size * random.uniform(0.76, 1.0)))))
    learned = learned[:reviews]
    acts: list[Act] = []
    for card, count in zip(learned, _counts(random, len(learned), reviews), strict=True):
        acts.extend(_history(random, card, count, points))
    acts.sort(key=itemgetter(0, 1))  # stable: acts of one sitting keep their order
    return acts


def _counts(random: Random, parts: int, total: int) -> list[int]:
    """Return `parts` numbers of at least 1, few large and many middling, that make `total`."""
    shares = [random.gammavariate(2.5, 1.0) for _ in range(parts)]
    scale = (total - parts) / (sum(shares) or 1.0)
    counts = [1 + int(share * scale) for share in shares]
    for at in random.sample(range(parts), total - sum(counts)):
        counts[at] += 1
    return counts


def _history(random: Random, card: int, count: int, points: int) -> list[Act]:
    """Return the acts of one card with `count` reviews, so placed that its last interval reaches to about NOW."""
    stumbles = random.betavariate(1.5, 4.5)  # the share of answers in which points are missed
    acts: list[Act] = []
    day, interval, whole = 0, 0, count
    while count:
        chance = 0.4 if random.random() < stumbles * (0.2 + 1.6 * (count - 1) / whole) else 0.015  # it is learned
        missed = tuple(at for at in range(points) if random.random() < chance)
        rating = _rating(random, len(missed), points)
        room = (LONGEST_HISTORY - day) // count
        interval = max(1, min(_interval(random, interval, rating, bool(missed)), room, LONGEST_INTERVAL))
        if count <= 2:
            interval = max(interval, random.randrange(2, 30))  # at any time most cards are within a long interval
        seconds = _seconds(random, 8 * points + 10)
        act = Act(
            day, random.random(), card, "review", rating, tuple(range(points)), missed, False, seconds, day + interval
        )
        if count > 1 and random.random() < 0.014:
            acts += [act._replace(rating="again", missed=act.asked, due=day + 1), act._replace(kind="undo")]
            count -= 1
        acts.append(act)
        count -= 1
        if missed and count and random.random() < 0.7:
            still = tuple(at for at in missed if random.random() < 0.15)
            later = act.order + (1.0 - act.order) * random.random()
            rating = _rating(random, len(still), len(missed))
            seconds = _seconds(random, 6 * len(missed) + 4)
            acts.append(Act(day, later, card, "review", rating, missed, still, True, seconds, act.due))
            count -= 1
        late = random.randrange(1, 5) if random.random() < 0.15 else 0
        day += interval + late
    last, yesterday = acts[-1], NOW.toordinal() - 1
    if random.random() < 0.005:
        ends = yesterday - interval - random.randrange(4)  # overdue
    else:
        ends = yesterday - random.randrange(interval)
    shift = ends - last.day
    acts = [act._replace(day=act.day + shift, due=act.due + shift) for act in acts]
    if random.random() < 0.006:
        acts.append(Act(ends, acts[-1].order, card, "suspend"))
        if ends < yesterday and random.random() < 0.3:
            acts.append(Act(yesterday, random.random(), card, "resume"))
    return acts


def _rating(random: Random, missed: int, asked: int) -> str:
    if missed == asked:
        return "again"
    if missed:
        return "hard" if random.random() < 0.3 else "good"
    return random.choices(("hard", "good", "easy"), (1, 8, 1))[0]


def _interval(random: Random, before: int, rating: str, missed: bool) -> int:
    """Return days to the next review: growing while all points are made, short after a miss."""
    if rating == "again":
        return 1
    if missed:
        return max(1, round(before * 0.5))
    growth = {"hard": 1.4, "good": 2.4, "easy": 3.2}[rating] * random.uniform(0.85, 1.15)
    return max(3, round(before * growth))


def _seconds(random: Random, usual: int) -> int:
    return max(2, min(300, round(usual * random.lognormvariate(0.0, 0.5))))


# The log


def _log_lines(cards: Sequence[Card], acts: Sequence[Act], mark: str) -> Iterator[str]:
    """Yield the lines of the log, keys strictly increasing, each a sitting's length after the one before."""
    on_day = Counter(act.day for act in acts)
    worded: set[int] = set()
    day, moment, key = 0, NOW, ""
    for act in acts:
        if act.day != day:
            day = act.day
            signed = f"{mark}{day % 256:02x}"
            moment = datetime.combine(date.fromordinal(day), time(7, day % 60), UTC)
            longest = LATEST / on_day[day]
        moment += timedelta(seconds=min(act.seconds + 2.347, longest))
        card = cards[act.card]
        if act.kind == "undo":
            line = {"undo": key}, ""
        elif act.kind == "review":
            if act.card not in worded:
                worded.add(act.card)
                points = {"points": {point.id: point.text for point in card.key_points}} if card.key_points else {}
                yield written(key_at(moment, signed), {"card": card.id, "question": card.question, **points})
                moment += timedelta(milliseconds=1)
            line = _review_fields(card, act), card.question
        else:
            line = {"card": card.id, "suspend": act.kind == "suspend"}, card.question
        key = key_at(moment, signed)
        yield written(key, *line)


def _review_fields(card: Card, act: Act) -> dict[str, Any]:
    ids = [point.id for point in card.points]
    fields: dict[str, Any] = {"card": card.id, "day": date.fromordinal(act.day), "rating": act.rating}
    if recalled := [ids[at] for at in act.asked if at not in act.missed and act.rating != "again"]:
        fields["recalled"] = recalled
    if act.missed:
        fields["missed"] = [ids[at] for at in act.missed]
    if act.given:
        fields["given"] = True
    return fields | {"seconds": act.seconds, "due": date.fromordinal(act.due)}


if __name__ == "__main__":
    print(make_home(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))

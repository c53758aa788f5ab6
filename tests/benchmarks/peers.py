"""What the trainer is measured beside: an empty Textual app, and the `anki` package with the same collection.

`python tests/benchmarks/peers.py FILE CARDS REVIEWS` makes the collection.
"""

import sqlite3
import sys
from pathlib import Path
from typing import Any

from homes import DECK_SIZE, NOW, Act, learned_and_due, make_acts, make_decks

EMPTY_TEXT = "An empty app."
EMPTY_APP = f"""
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("{EMPTY_TEXT}")
Empty().run()
"""
ANKI_COUNTS = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
for deck in collection.sched.deck_due_tree().children:
    print(deck.review_count, deck.new_count, deck.name)
collection.close()
try:
    with open("/proc/self/status") as status:
        print(next(line for line in status if line.startswith("VmHWM:")))
except OSError:
    pass
"""
"""Opens a collection, prints what is due per deck, and where Linux says so the most memory it had resident, in kB."""
ANKI_GRAPHS = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
collection._backend.graphs(search="", days=int(sys.argv[2]))
collection.close()
"""
"""Opens a collection and works out what Anki's screen of statistics shows, for some days back (0: all)."""
TOML_LINES = """
import sys, tomllib
with open(sys.argv[1], "rb") as log:
    for line in log:
        tomllib.loads(line.decode())
"""
"""Reads a log line by line as TOML, and does nothing with it."""

_EASE = {"again": 1, "hard": 2, "good": 3, "easy": 4}
_DAY = 86_400_000
"""Milliseconds."""


def make_collection(path: Path, cards: int, reviews: int, points_per_card: int = 5, seed: int = 1) -> tuple[int, int]:
    """Write an Anki collection of the cards, reviews and due days of the home of the same numbers.

    Its due days are counted from today, for Anki goes by the machine's clock. Returns how many cards
    were ever asked, and how many are due.
    """
    decks = make_decks(cards, points_per_card, seed)
    acts = make_acts(cards, reviews, max(points_per_card, 1), seed)
    today, deck_ids, kind = _begin(path, [deck.title for deck in decks])
    first_id = NOW.toordinal() * _DAY
    notes = [
        (first_id + at, f"card-{at}", kind, f"{card.question}\x1f{_back(card)}", card.question, at)
        for at, card in enumerate(card for deck in decks for card in deck.cards)
    ]
    states = [[first_id + at, deck_ids[at // DECK_SIZE], 0, 0, at + 1, 0, 0, 0] for at in range(cards)]
    log = _take_back(acts)
    rows = []
    for number, act in enumerate(log):
        state = states[act.card]
        lapse = bool(state[6]) and act.rating == "again"
        before, interval = state[5], act.due - act.day
        rows.append((_id_of(act, number), state[0], _EASE[act.rating], interval, before, act.seconds * 1000))
        state[2:] = [2, 2, today + act.due - NOW.toordinal(), interval, state[6] + 1, state[7] + lapse]
    for act in acts:
        if act.kind in ("suspend", "resume"):
            states[act.card][3] = -1 if act.kind == "suspend" else 2
    with sqlite3.connect(path) as database:
        database.executemany(
            "insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data) "
            "values (?, ?, ?, 0, -1, '', ?, ?, ?, 0, '')",
            notes,
        )
        database.executemany(
            "insert into cards (id, nid, did, type, queue, due, ivl, reps, lapses, "
            "ord, mod, usn, factor, left, odue, odid, flags, data) "
            "values (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, -1, 2500, 0, 0, 0, 0, '{}')",
            states,
        )
        database.executemany(
            "insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type) "
            "values (?, ?, -1, ?, ?, ?, 2500, ?, 1)",
            rows,
        )
    database.close()
    return learned_and_due(acts)


def _begin(path: Path, titles: list[str]) -> tuple[int, list[int], int]:
    """Make an empty collection; return its today, the ids of its decks, and that of its plain kind of note."""
    from anki.collection import Collection

    for back_in_days in (2000, 0):
        collection = Collection(str(path))
        if back_in_days:
            assert collection.db is not None
            collection.db.execute("update col set crt = crt - ?", back_in_days * _DAY // 1000)
            deck_ids = [collection.decks.id(title) or 0 for title in titles]
            kind = collection.models.by_name("Basic")
        today = collection.sched.today
        collection.close()
    return today, deck_ids, kind["id"] if kind else 0


def _back(card: Any) -> str:
    points = "".join(f"<li>{point.text}</li>" for point in card.key_points)
    return f"<ol>{points}</ol>{card.answer}"


def _take_back(acts: list[Act]) -> list[Act]:
    """Return the reviews that were not undone."""
    kept: list[Act] = []
    for act in acts:
        if act.kind == "undo":
            kept.pop()
        elif act.kind == "review":
            kept.append(act)
    return kept


def _id_of(act: Act, number: int) -> int:
    """Return the id of a review: its time in milliseconds since 1970, made unique."""
    return (act.day - 719_163) * _DAY + int(act.order * 40_000) * 1000 + number % 1000


if __name__ == "__main__":
    print(make_collection(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))

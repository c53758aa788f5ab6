"""Where every card of the decks stands, one row a card: what counts and lists of cards are made from."""

import json
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from trainer.cache import Cache
from trainer.collection.curves import curve_of, least, share
from trainer.memory.model import MemoryModel
from trainer.model import Card
from trainer.progress.replay import CardState

SCHEMA = """
CREATE TABLE standing (
    card TEXT PRIMARY KEY, file TEXT, place INTEGER, reviews INTEGER, due INTEGER, promised INTEGER, last_day INTEGER,
    moment INTEGER, missed INTEGER, fresh INTEGER, suspended INTEGER, buried INTEGER, lapses INTEGER, misses INTEGER,
    points INTEGER, stability REAL, curve BLOB);
CREATE INDEX standing_file ON standing (file, place);
CREATE INDEX standing_due ON standing (due, suspended, file);
CREATE INDEX standing_counts ON standing (file, suspended, due, reviews, buried, last_day, missed, fresh);
"""
_KIND = """CASE
    WHEN suspended OR buried > {day} THEN NULL
    WHEN NOT reviews THEN 'new'
    WHEN last_day = {day} AND missed THEN 'return'
    WHEN due <= {day} THEN 'due'
    WHEN fresh THEN 'new' END"""
"""Why a card comes up on a day; NULL when it does not."""
_COUNTS = """
SELECT file, cards, ifnull(unseen, 0), ifnull(returns, 0), ifnull(due, 0), ifnull(new, 0),
    cards - suspended - ifnull(returns + due + new, 0), ifnull(tomorrow, 0), ifnull(overdue, 0)
FROM (SELECT file, count(*) AS cards, sum(suspended) AS suspended FROM standing WHERE {among} GROUP BY file)
LEFT JOIN (
    SELECT file, sum(unseen) AS unseen, sum(kind IS 'return') AS returns, sum(kind IS 'due') AS due,
        sum(kind IS 'new') AS new, sum(tomorrow) AS tomorrow, sum(kind IS 'due' AND due < ?1) AS overdue
    FROM (
        SELECT file, due, reviews = 0 AS unseen, {today} AS kind, due = ?1 + 1 AND {after} IS 'due' AS tomorrow
        FROM standing WHERE (due <= ?1 + 1 OR NOT reviews OR fresh OR (last_day = ?1 AND missed)) AND {among})
    GROUP BY file) USING (file)
"""
"""The fields of `Counts` for each file. Why a card comes up is worked out only for those that can: most wait."""
MISSES = 6
"""How often a point was missed that is pointed out: a leech."""
SHARES = 1 << 15
"""Cards whose coverage is worked out once a day, not with every search."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Counts(NamedTuple):
    """Cards of some decks, by where they stand on a day."""

    cards: int = 0
    unseen: int = 0
    """Never asked."""
    returns: int = 0
    """With points missed that day."""
    due: int = 0
    new: int = 0
    """To be asked as new: never asked, or with points that never were."""
    idle: int = 0
    """Nothing asks for them, and they are not suspended."""
    tomorrow: int = 0
    """Those that fall due on just the day after."""
    overdue: int = 0
    """Of those due, the ones that were due on a day before."""


def together(counts: Iterable[Counts]) -> Counts:
    """Return the sums of counts."""
    return Counts(*map(sum, zip(*counts, strict=True)))


class Row(NamedTuple):
    """Where one card stands on a day."""

    card: str
    file: str
    kind: str | None
    """Why it comes up: "return", "due", "new"; None when it does not."""
    due: date | None
    suspended: bool
    buried_until: date | None
    reviews: int
    misses: int
    """How often the point missed most was."""
    coverage: float | None
    """The share (0-1) of the answer expected; None for a new card."""
    weakest: float | None
    """The least chance (0-1) of recall among its points; None for a new card."""


class Standing:
    """The rows, kept in the cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._defined: tuple[MemoryModel, date] | None = None
        """What the functions of SQL are for."""
        self._counted: tuple[tuple[object, ...], dict[str, Counts]] = ((), {})
        """The newest counts of all cards, and what they are of."""

    def put(self, rows: Iterable[tuple[Card, str, int, CardState, date | None]]) -> None:
        """Keep where cards stand, within a write: of each its file, its place there, its state, and when it is due."""
        marks = _marks([""] * 17)
        self._cache.run_many(f"INSERT OR REPLACE INTO standing VALUES ({marks})", (_row(*row) for row in rows))

    def remove(self, card_ids: Iterable[str]) -> None:
        """Forget cards that no deck has any more, within a write."""
        self._cache.run_many("DELETE FROM standing WHERE card = ?", ((card_id,) for card_id in card_ids))

    def unpromised(self) -> list[str]:
        """Return the cards whose due day follows from settings."""
        return [row[0] for row in self._cache.query("SELECT card FROM standing WHERE reviews AND NOT promised")]

    def unseen(self) -> list[str]:
        """Return the cards that were never reviewed."""
        return [row[0] for row in self._cache.query("SELECT card FROM standing WHERE NOT reviews")]

    # One card

    def kind(self, card_id: str, day: date) -> str | None:
        """Return why a card comes up on a day ("return", "due", "new"); None when it does not."""
        sql = f"SELECT {_KIND.format(day='?1')} FROM standing WHERE card = ?2"
        row = self._cache.one(sql, day.toordinal(), card_id)
        return row[0] if row else None

    def due(self, card_id: str) -> date | None:
        """Return the day a card should next be reviewed; None when it is new."""
        row = self._cache.one("SELECT due FROM standing WHERE card = ?", card_id)
        return _date(row[0]) if row else None

    # Counts

    def counts(self, day: date, cards: Iterable[str] | None = None) -> dict[str, Counts]:
        """Return the counts of each deck, by its file; with `cards`, of these alone."""
        if cards is not None:
            return self._count(day, cards)
        asked = (day, self._cache.version)
        if self._counted[0] != asked:
            self._counted = (asked, self._count(day, None))
        return dict(self._counted[1])

    def _count(self, day: date, cards: Iterable[str] | None) -> dict[str, Counts]:
        among = "1" if cards is None else "card IN (SELECT value FROM json_each(?2))"
        rows = self._cache.query(
            _COUNTS.format(today=_KIND.format(day="?1"), after=_KIND.format(day="?1 + 1"), among=among),
            day.toordinal(),
            *(() if cards is None else (json.dumps(list(cards)),)),
        )
        return {file: Counts(*numbers) for file, *numbers in rows}

    def due_on(self, day: date) -> int:
        """Return how many cards fall due on a day, those suspended aside."""
        return self._cache.number("SELECT count(*) FROM standing WHERE due = ? AND NOT suspended", day.toordinal())

    def dues(self, files: Sequence[str], day: date) -> dict[date, int]:
        """Return how many cards of these decks fall due on each day after `day`, those suspended aside."""
        rows = self._cache.query(
            f"SELECT due, count(*) FROM standing WHERE due > ? AND NOT suspended AND file IN ({_marks(files)})"
            " GROUP BY due",
            day.toordinal(),
            *files,
        )
        return {date.fromordinal(due): count for due, count in rows}

    def next_due(self, files: Sequence[str], day: date) -> tuple[date, int] | None:
        """Return the next day after `day` on which cards of these decks fall due, and how many; None for never."""
        row = self._cache.one(
            f"SELECT due, count(*) FROM standing WHERE due > ? AND NOT suspended AND file IN ({_marks(files)})"
            " GROUP BY due ORDER BY due LIMIT 1",
            day.toordinal(),
            *files,
        )
        return (date.fromordinal(row[0]), row[1]) if row else None

    def scheduled(self) -> list[tuple[str, int]]:
        """Return the cards that come up again, each with the ordinal of the day, those suspended aside."""
        rows = self._cache.query(
            "SELECT card, max(due, coalesce(buried, 0)) FROM standing WHERE due NOT NULL AND NOT suspended"
        )
        return [(row[0], row[1]) for row in rows]

    # Lists

    def returning(self, files: Sequence[str], day: date) -> list[str]:
        """Return the cards with points missed that day, the one missed first first."""
        rows = self._rows("card, moment", "{kind} = 'return'", files, day)
        return [row[0] for row in sorted(rows, key=lambda row: row[1])]

    def new(self, files: Sequence[str], day: date) -> list[tuple[str, str]]:
        """Return file and id of the cards to be asked as new, as decks have them."""
        return [(row[0], row[1]) for row in self._rows("file, card", "{kind} = 'new'", files, day)]

    def weakest(self, kind: str | None, files: Sequence[str], model: MemoryModel, day: date) -> list[str]:
        """Return the cards that come up for this reason (None: for none), the lowest coverage first."""
        wanted = "{kind} IS NULL AND NOT suspended" if kind is None else f"{{kind}} = '{kind}'"
        rows = self._rows("card, curve", wanted, files, day)
        return [row[0] for row in sorted(rows, key=lambda row: share(row[1], model, day) if row[1] else 0.0)]

    def found(
        self, condition: str, values: Sequence[str], order: str, model: MemoryModel, day: date
    ) -> list[tuple[str, str]]:
        """Return card and file of the cards for which an SQL condition holds, in an order of SQL, then of decks.

        Both may use the columns of `standing`, the folded words of a card as `words.text`, `{day}`, why it comes up
        that day as `{kind}`, and of its `curve` the functions `coverage` and `weakest`. `values` stand for the question
        marks.
        """
        self._define(model, day)
        condition = condition.replace("{kind}", f"({_KIND})").replace("{day}", str(day.toordinal()))
        return self._cache.query(
            f"SELECT card, file FROM standing LEFT JOIN words USING (file, place) WHERE {condition}"
            f" ORDER BY {order + ', ' if order else ''}file, place",
            *values,
        )

    def rows(self, cards: Sequence[str], model: MemoryModel, day: date) -> dict[str, Row]:
        """Return where each of these cards stands on `day`."""
        self._define(model, day)
        rows = self._cache.query(
            f"SELECT card, file, {_KIND.format(day='?1')}, due, suspended, buried, reviews, misses, coverage(curve),"
            f" weakest(curve) FROM standing WHERE card IN (SELECT value FROM json_each(?2))",
            day.toordinal(),
            json.dumps(cards),
        )
        return {
            row[0]: Row(row[0], row[1], row[2], _date(row[3]), bool(row[4]), _date(row[5]), *row[6:]) for row in rows
        }

    def _define(self, model: MemoryModel, day: date) -> None:
        """Let SQL work out how much of a card is known on a day."""
        if self._defined != (model, day):
            self._defined = (model, day)
            for name, work in (("coverage", share), ("weakest", least)):
                self._cache.define(name, lru_cache(SHARES)(lambda curve, work=work: curve and work(curve, model, day)))

    def last_asked(self, files: Sequence[str]) -> str | None:
        """Return the deck that was reviewed last, the first of equals; None where none was."""
        rows = self._cache.query(
            f"SELECT file, max(moment) FROM standing WHERE file IN ({_marks(files)}) GROUP BY file", *files
        )
        moments = {file: moment for file, moment in rows if moment is not None}
        return max((file for file in files if file in moments), key=moments.__getitem__, default=None)

    def _rows(self, columns: str, wanted: str, files: Sequence[str], day: date) -> list[tuple[Any, ...]]:
        """Return columns of the cards of these decks that are `wanted`, in the order of decks and places."""
        condition = wanted.replace("{kind}", f"({_KIND.format(day=day.toordinal())})")
        sql = f"SELECT {columns} FROM standing WHERE file = ? AND {condition} ORDER BY place"
        return [row for file in files for row in self._cache.query(sql, file)]

    # Coverage

    def coverage(self, file: str, model: MemoryModel, day: date) -> tuple[float, int]:
        """Return the summed coverage (0-1 each) of the cards of a deck that were reviewed, and how many these are."""
        rows = self._cache.query("SELECT curve FROM standing WHERE file = ? AND reviews", file)
        return math.fsum(share(curve, model, day) for (curve,) in rows), len(rows)


def _row(card: Card, file: str, place: int, state: CardState, due: date | None) -> tuple[Any, ...]:
    """Return what the table says of a card."""
    ids = {point.id for point in card.points}
    misses = max((number for point, number in state.misses.items() if point in ids), default=0)
    stability = min((each.stability for point, each in state.memory.items() if point in ids), default=None)
    return (
        card.id, file, place, state.reviews, _number(due), state.due is not None, _number(state.last_day),
        state.last_moment and (state.last_moment - _EPOCH) // timedelta(milliseconds=1),
        not ids.isdisjoint(state.missed), not ids <= state.memory.keys(), state.suspended,
        _number(state.buried_until), state.lapses, misses, len(card.key_points), stability,
        curve_of(card, state) if state.reviews else None,
    )  # fmt: skip


def _number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _date(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))

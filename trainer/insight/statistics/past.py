"""What happened to the cards in scope, as columns of numbers that are summed up at once: read once for all numbers."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, compress, repeat

from trainer.collection.collection import Collection
from trainer.insight.statistics.scope import Scope
from trainer.library.shelf import Outline
from trainer.memory.model import MemoryModel
from trainer.progress.past import ENDED, HELD, REVIEW, Past, weighed

Numbers = Sequence[float]


@dataclass(frozen=True)
class Reviews:
    """Reviews, in columns: the numbers at one place of each belong together."""

    quarter: Numbers
    """The quarter of an hour since 1970 in which it was written."""
    day: Numbers
    """Ordinal."""
    spent: Numbers
    """Seconds; under 0 where that is unknown."""
    code: Sequence[int]
    """The place of the rating, and flags: `RATINGS`, `GIVEN` and the others of `trainer.progress.past`."""
    asked: Numbers
    """Points that decks have today and that had a memory before."""
    missed: Numbers
    """Of these, the ones missed."""
    foretold: Numbers
    """The coverage (0-1) that memory gave."""
    made: Numbers
    """The coverage (0-1) that came."""
    card: Sequence[int]
    """The place of its card in `CardPasts.pasts`."""

    def where(self, chosen: Iterable[object]) -> "Reviews":
        """Return the reviews for which something is true."""
        wanted = list(chosen)
        return self if all(wanted) else Reviews(*(list(compress(each, wanted)) for each in vars(self).values()))


@dataclass(frozen=True)
class Held:
    """Points that had the same memory for some time, in columns; none that decks have no more."""

    points: Numbers
    """As bits; their sign says nothing here."""
    stability: Numbers
    """Days."""
    last: Numbers
    """The day (ordinal) they were last asked."""
    since: Numbers
    """The first day at whose end they had this memory."""
    end: Numbers
    """The first day at whose end they had it no more; empty where they have it still."""


def how_many(points: Iterable[float]) -> list[int]:
    """Return how many points each are, given as bits."""
    return [*map(int.bit_count, map(int, points))]


class CardPasts:
    """The cards in scope: their reviews from the day `first` to `last` (ordinals), and the memory of their points.

    Cards that no deck has any more are there where the scope is everything; their points are none that decks have.
    """

    def __init__(
        self, collection: Collection, scope: Scope, outlines: Iterable[Outline], first: int, last: int
    ) -> None:
        self._outlines = {each.card: each for each in outlines}
        self.pasts = collection.pasts(first, None if scope.is_all else self._outlines)
        for at, past in enumerate(self.pasts):
            weights = self.weights(past)
            if past.points != weights and not past.points.items() <= weights.items():
                self.pasts[at] = _today(past, weights, collection.model)
        self.difficulty = _numbers(each.difficulty for each in self.pasts)
        """Of each point; not a number where it has no memory."""
        held, ended = _numbers(each.held for each in self.pasts), _numbers(each.ended for each in self.pasts)
        self.held = Held(held[0::4], held[1::4], held[2::4], held[3::4], ())
        self.ended = Held(ended[0::5], ended[1::5], ended[2::5], ended[3::5], ended[4::5])
        self.reviews = _reviews(self.pasts, first, last)

    def weights(self, past: Past) -> dict[str, float]:
        """Return the weights of the points that its deck has today, by id."""
        outline = self._outlines.get(past.card)
        return outline.weights if outline else {}

    def file(self, past: Past) -> str:
        """Return the file of its deck; empty where no deck has it any more."""
        outline = self._outlines.get(past.card)
        return outline.file if outline else ""


def oldest_day(collection: Collection, scope: Scope, outlines: Iterable[Outline]) -> date | None:
    """Return the day of the first review of these cards; None without any."""
    oldest = collection.oldest_day(None if scope.is_all else [each.card for each in outlines])
    return None if oldest is None else date.fromordinal(oldest)


def _numbers(parts: Iterable[bytes]) -> "array[float]":
    return array("d", b"".join(parts))


def _today(past: Past, weights: dict[str, float], model: MemoryModel) -> Past:
    """Return what was kept of a card as it is by the points that its deck has today, and their weights."""
    points = {point: weights.get(point) for point in past.points}
    reviews = weighed(past.reviews, past.ended, points, model)
    here = sum(1 << place for place, weight in enumerate(points.values()) if weight is not None)
    difficulty = [each for place, each in enumerate(array("d", past.difficulty)) if here >> place & 1]
    held, ended = (
        b"".join(
            form.pack((abs(int(mask)) & here) * (1 if mask > 0 else -1), *rest)
            for mask, *rest in form.iter_unpack(kept)
        )
        for form, kept in ((HELD, past.held), (ENDED, past.ended))
    )
    return Past(past.card, points, array("d", difficulty).tobytes(), held, ended, reviews)


def _reviews(pasts: list[Past], first: int, last: int) -> Reviews:
    """Return the reviews of cards from the day `first` to `last` (ordinals)."""
    kept = _numbers(past.reviews for past in pasts)
    counts = [len(past.reviews) // REVIEW.size for past in pasts]
    quarter, day, spent, code, asked, missed, foretold, made = (kept[at::10] for at in range(8))
    found = Reviews(
        quarter, day, spent, [*map(int, code)], asked, missed, foretold, made,
        list(chain.from_iterable(map(repeat, range(len(pasts)), counts))),
    )  # fmt: skip
    return found.where([first <= each <= last for each in day])

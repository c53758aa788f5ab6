"""Anki's packages, `.apkg` and `.colpkg`: decks with cards, tags, suspended cards and every review."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from trainer.formats.anki.collection import AnkiCard, Contents, Review, cards, contents, notes, reviews
from trainer.formats.anki.database import PARTS, Database, open_collection
from trainer.formats.anki.notes import Made, Maker
from trainer.formats.archive import Archive, is_archive
from trainer.formats.fields import Fields
from trainer.formats.found import Found, FoundCard, FoundReset, FoundReview, Skipped
from trainer.formats.limits import MOST_CARDS, MOST_NOTES, MOST_REVIEWS
from trainer.model import Deck, Rating
from trainer.text import one_line, slug

NAME = "anki"
_ENDINGS = (".apkg", ".colpkg")
_RATINGS = dict(zip((1, 2, 3, 4), Rating, strict=True))
_REVIEW, _RELEARNING = 2, 3
_LEARNING_KINDS = (0, 2)
_BY_HAND = 4
_LONGEST_SECONDS = 86_400
_FURTHEST_DAYS = 200_000


def sniff(name: str, data: bytes) -> bool:
    """Return whether this is a package of Anki's, by its ending or by what is in it."""
    return name.lower().endswith(_ENDINGS) or (
        is_archive(data) and any(part.encode() in data[-65536:] for part in PARTS)
    )


def read(name: str, data: bytes) -> Sequence[Found]:
    """Return the decks of a package. Raises TrainerError where it cannot be read."""
    return read_fields(name, data, Fields())


def read_fields(name: str, data: bytes, fields: Fields) -> Sequence[Found]:
    """Return the decks of a package, with these fields as question and answer. Raises TrainerError."""
    with Archive(name, data) as archive, open_collection(archive) as database:
        return _Reader(name, database, fields).read()


class _Reader:
    def __init__(self, name: str, database: Database, fields: Fields) -> None:
        self._name = name
        self._database = database
        database.count("notes", "notes", MOST_NOTES)
        database.count("cards", "cards", MOST_CARDS)
        database.count("revlog", "reviews", MOST_REVIEWS)
        self._contents = contents(database)
        self._maker = Maker(name, self._contents, fields)
        self._found: dict[int, Found] = {}
        self._made: dict[int, tuple[Found, Made, AnkiCard]] = {}
        """By the id of Anki's card, what became of it."""

    def read(self) -> list[Found]:
        of_note = groupby(cards(self._database), key=lambda card: card.note)
        note_key, anki_cards = next(of_note, (None, iter(())))
        for note in notes(self._database):
            while note_key is not None and note_key < note.id:  # cards of no note
                note_key, anki_cards = next(of_note, (None, iter(())))
            if note_key != note.id:
                continue
            own = list(anki_cards)
            for made in self._maker.cards(note, own):
                deck = self._deck(own[0].deck)
                if isinstance(made, Made):
                    first = next(card for card in own if card.id in made.asks)
                    deck = self._deck(first.deck)
                    deck.cards.append(FoundCard(made.card, None))
                    self._made.update((card.id, (deck, made, card)) for card in own if card.id in made.asks)
                else:
                    deck.skipped.append(Skipped(self._name, None, made.text, made.reason))
        self._take_suspended()
        self._take_reviews()
        found = list(self._found.values())
        if found:
            found[0].remarks.extend(self._maker.remarks)
        return found

    def _deck(self, key: int) -> Found:
        if key not in self._found:
            levels = [one_line(level) for level in self._contents.decks.get(key, "").split("::")]
            title = ": ".join(filter(None, levels)) or one_line(Path(self._name).stem) or "Anki"
            self._found[key] = Found(self._name, Deck(f"{slug(title)}.toml", title), updates=True)
        return self._found[key]

    def _take_suspended(self) -> None:
        for found, made, anki_card in self._made.values():
            all_so = found.suspended.get(made.card.id, True)
            found.suspended[made.card.id] = all_so and anki_card.suspended

    def _take_reviews(self) -> None:
        lines = [line for line in reviews(self._database) if line.card in self._made]
        last = {line.card: line.id for line in lines if line.ease in _RATINGS}
        three_buttons = self._contents.first_scheduler and not any(
            line.ease == 4 and line.kind in _LEARNING_KINDS for line in lines
        )
        for line in lines:
            found, made, anki_card = self._made[line.card]
            if line.kind == _BY_HAND and not line.ease and not line.factor:
                if made.asks[line.card] == _all_points(made):
                    found.past.append(FoundReset(made.card.id, line.id))
            elif line.ease in _RATINGS:
                due = _due(self._contents, anki_card) if last[line.card] == line.id else None
                found.past.append(_review(line, made, due, three_buttons))


def _review(line: Review, made: Made, due: date | None, three_buttons: bool) -> FoundReview:
    ease = line.ease
    if three_buttons and line.kind in _LEARNING_KINDS and ease > 1:
        ease += 1  # the second of three buttons was good, the third easy
    asked = made.asks[line.card]
    given = asked != _all_points(made)
    seconds = round(min(max(line.milliseconds, 0) / 1000, _LONGEST_SECONDS))
    return FoundReview(
        made.card.id, line.id, _RATINGS[min(ease, 4)], asked, f"anki:{line.id}", given, seconds, None if given else due
    )


def _all_points(made: Made) -> tuple[str, ...]:
    return tuple(point.id for point in made.card.points)


def _due(contents: Contents, card: AnkiCard) -> date | None:
    """Return the day a card is due in Anki; None for new ones and those still being learned."""
    if card.type not in (_REVIEW, _RELEARNING) or not -_FURTHEST_DAYS <= card.due <= _FURTHEST_DAYS:
        return None
    try:
        return datetime.fromtimestamp(contents.made).date() + timedelta(days=card.due)  # noqa: DTZ006  (local)
    except (ValueError, OverflowError, OSError):
        return None

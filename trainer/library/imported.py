"""What an import put into the decks, kept so that it can be taken back.

Beside the decks stands a folder for each import, named by the key of its event: `imports/KEY/`. A file in it is a
deck file again, with the cards as they were written; of a card that was brought up to date, also as it was before.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from trainer.errors import HomeError
from trainer.library.deck_format import read_deck
from trainer.library.draft import DeckDraft
from trainer.library.folder import read_library
from trainer.library.render import deck_text
from trainer.model import Card, Deck
from trainer.replacing import not_written

_INDEX = "import.json"


@dataclass(frozen=True)
class Written:
    """What an import wrote into one deck file."""

    title: str
    added: tuple[Card, ...] = ()
    whole: bytes | None = None
    """The whole file, where the import made it."""
    before: tuple[Card, ...] = ()
    """Cards that were brought up to date, as they were."""
    after: tuple[Card, ...] = ()
    """The same cards, as they were written."""


@dataclass(frozen=True)
class TakenBack:
    """What became of the cards of an import that was taken back."""

    removed: int
    restored: int
    changed: tuple[str, ...]
    """Questions of cards that were changed since; they stay."""


def keep(folder: Path, written: Iterable[Written]) -> None:
    """Write down what an import wrote. Raises HomeError when that cannot be written."""
    try:
        folder.mkdir(parents=True)
        index = []
        for number, each in enumerate(written, 1):
            added = each.whole if each.whole is not None else _text(each.title, each.added)
            (folder / f"{number}-added.toml").write_bytes(added)
            (folder / f"{number}-before.toml").write_bytes(_text(each.title, each.before))
            (folder / f"{number}-after.toml").write_bytes(_text(each.title, each.after))
            index.append({"title": each.title, "made": each.whole is not None})
        (folder / _INDEX).write_text(json.dumps({"decks": index}, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise not_written(folder, error) from error


def kept(folder: Path) -> list[Written] | None:
    """Return what an import wrote, or None where nothing readable was kept."""
    try:
        index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        return [_read(folder, number, entry) for number, entry in enumerate(index["decks"], 1)]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(folder: Path) -> None:
    """Remove what was kept of an import."""
    shutil.rmtree(folder, ignore_errors=True)


def take_back(decks: Path, written: Iterable[Written]) -> TakenBack:
    """Remove the cards that an import added, and put back those it changed, where they are as it wrote them.

    A file that the import made and nobody changed goes as a whole. Raises TrainerError when a file cannot be written.
    """
    written = list(written)
    removed = sum(_remove_whole(decks, each) for each in written if each.whole is not None)
    library = read_library(decks)
    added = [card for each in written for card in each.added]
    before = {card.id: card for each in written for card in each.before}
    updated = [card for each in written for card in each.after]
    gone = [card for card in added if library.cards.get(card.id) == card]
    back = [card for card in updated if library.cards.get(card.id) == card]
    by_file: dict[str, list[Card]] = defaultdict(list)
    for card in (*gone, *back):
        by_file[library.deck_of[card.id].file].append(card)
    for file, cards in by_file.items():
        draft = DeckDraft(decks / file)
        here = [card.id for card in cards if draft.card(card.id) == card]
        draft.change({each: before[each] for each in here if each in before}, before)
        draft.remove(each for each in here if each not in before)
        draft.done().carry_out()
    changed = [card for card in (*added, *updated) if library.cards.get(card.id) not in (None, card)]
    return TakenBack(removed + len(gone), len(back), tuple(library.cards[card.id].question for card in changed))


def _remove_whole(decks: Path, each: Written) -> int:
    """Remove the file that an import made, if it holds what it held then; return how many cards went."""
    for path in decks.glob("*.toml"):
        try:
            if path.stat().st_size == len(each.whole or b"") and path.read_bytes() == each.whole:
                path.unlink()
                return len(each.added)
        except OSError as error:
            raise HomeError(f"{path} cannot be removed: {error.strerror}.", "Mend that, then try again.") from error
    return 0


def _text(title: str, cards: tuple[Card, ...]) -> bytes:
    return deck_text(Deck("", title, cards=cards)).encode()


def _read(folder: Path, number: int, entry: dict[str, object]) -> Written:
    parts = []
    for part in ("added", "before", "after"):
        data = (folder / f"{number}-{part}.toml").read_bytes()
        deck = read_deck(data, part).deck
        if deck is None:
            raise ValueError(part)
        parts.append((data, tuple(deck.cards)))
    (data, added), (_, before), (_, after) = parts
    return Written(str(entry["title"]), added, data if entry.get("made") is True else None, before, after)

"""The one schema: every setting with its kind, its default and what it means."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, time
from typing import Any, NamedTuple

from trainer.settings.kinds import WEEKDAYS, Choice, Day, Kind, Number, Switch, Text, TimeOfDay, Weekdays, Whole

RETENTION = Number(0.70, 0.97)


def _setting(kind: Kind, default: Any, means: str) -> Any:
    return field(default=default, metadata={"kind": kind, "means": means})


@dataclass(frozen=True)
class DeckSettings:
    """What a `[decks."Title"]` table sets for one deck."""

    desired_retention: float | None = _setting(
        RETENTION, None, "the share of points to be made when a card of this deck comes up"
    )
    paused: bool = _setting(Switch(), False, "left out of every session unless it is named")
    by: date | None = _setting(Day(), None, "the day by which you want to know it")


NOTHING_OF_ITS_OWN = DeckSettings()


@dataclass(frozen=True)
class Settings:
    """Every setting of a home."""

    desired_retention: float = _setting(RETENTION, 0.90, "the share of points to be made when a card comes up")
    maximum_interval: int = _setting(Whole(1, 36500), 365, "the longest time to the next review, in days")
    minutes: int = _setting(Whole(1, 600), 20, "the time to spend a day, in minutes")
    new_cards: int = _setting(Whole(0, 1000), 5, "the most new cards a day")
    day_start: time = _setting(TimeOfDay(), time(4), "when a new day begins, as local time")
    fuzz: bool = _setting(Switch(), True, "spread due days a little, so that cards learned together part")
    easy_days: frozenset[str] = _setting(Weekdays(), frozenset(), "on these little falls due, and no new cards come")
    new_order: str = _setting(
        Choice("deck", "mixed"), "deck", 'new cards as the decks have them, or "mixed" from all over'
    )
    typed_answers: bool = _setting(Switch(), False, "open every question with the field to write the answer in")
    think_timer: bool = _setting(Switch(), False, "show how many seconds you have been thinking")
    theme: str = _setting(
        Text(), "trainer-dark", 'the colours of the app, such as "trainer-light" or "trainer-contrast"'
    )
    density: str = _setting(
        Choice("roomy", "compact"), "roomy", 'how close the lines of the app stand: "compact" shows more'
    )
    decks: Mapping[str, DeckSettings] = field(default_factory=dict)
    """Settings of single decks, by title."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys of the app that are not the usual ones: names of keys with commas, by the id of what they do."""

    @property
    def has_dates(self) -> bool:
        """Whether a deck has a date, ahead or past."""
        return any(own.by for own in self.decks.values())

    def retention_of(self, title: str) -> float:
        """Return the desired retention (0-1) of the deck with this title."""
        own = self.of_deck(title).desired_retention
        return self.desired_retention if own is None else own

    def is_paused(self, title: str) -> bool:
        """Return whether the deck with this title is left out of sessions."""
        return self.of_deck(title).paused

    def days_left(self, title: str, day: date) -> int | None:
        """Return the days from `day` until the date of the deck with this title; None without one that is ahead."""
        by = self.of_deck(title).by
        return (by - day).days if by is not None and by > day else None

    def is_easy(self, day: date) -> bool:
        """Return whether a day is one of the easy days of the week."""
        return WEEKDAYS[day.weekday()] in self.easy_days

    def of_deck(self, title: str) -> DeckSettings:
        """Return what is set for a deck, by its title in any case."""
        wanted = title.casefold()
        return next((own for name, own in self.decks.items() if name.casefold() == wanted), NOTHING_OF_ITS_OWN)


class Setting(NamedTuple):
    """One line of the schema."""

    name: str
    kind: Kind
    default: Any
    """As the model holds it; None where there is none, or a deck follows the general setting."""
    means: str

    @property
    def check(self) -> Callable[[Any], Any]:
        """What checks a value of it."""
        return self.kind.check

    def said(self, value: Any) -> str:
        """Return a value as a person types it, and a word for none."""
        if value is None:
            return "as set above" if self.name == "desired_retention" else "none"
        return self.kind.said(value) or "none"

    def typed(self, text: str) -> Any:
        """Return the value of the file that was typed; None for the default. Raises WrongValue."""
        text = text.strip()
        if text == "default" or (text == "none" and not self.default):
            return None
        return self.kind.typed(text)


def _lines_of(model: type) -> dict[str, Setting]:
    return {
        each.name: Setting(each.name, each.metadata["kind"], each.default, each.metadata["means"])
        for each in fields(model)
        if each.default is not MISSING
    }


SETTINGS = _lines_of(Settings)
"""What can be set for the whole home, by name."""
DECK_SETTINGS = _lines_of(DeckSettings)
"""What can be set for one deck, by name."""

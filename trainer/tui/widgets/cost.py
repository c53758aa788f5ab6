"""What a desired retention, or a number of new cards, would cost: lived in advance by a thread of its own."""

from dataclasses import replace

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from trainer.clock import Clock
from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.home import Home
from trainer.insight.words import minutes, percent
from trainer.insight.workload import (
    MONTH,
    MONTHS,
    Choice,
    Load,
    loads,
    most_learned,
    new_card_choices,
    retention_choices,
)
from trainer.settings import Settings
from trainer.text import counted
from trainer.tui.literal import QUIET, lines, literal

BY_RETENTION = "desired_retention"
SHOWN = (BY_RETENTION, "new_cards")
"""The settings whose cost is shown."""
BAR = 24
"""Cells of the longest bar, where there is room."""


class _Left(Exception):
    """The user is not looking any more."""


class Cost(Static):
    """A small plot, and a sentence."""

    class Lived(Message):
        """The months under one choice are lived."""

        def __init__(self, load: Load, settings: Settings) -> None:
            super().__init__()
            self.load, self.settings = load, settings

    class Going(Message):
        """So much is done (0-1)."""

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    def __init__(self, home: Home, clock: Clock, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._home, self._clock = home, clock
        self._settings = Settings()
        self._shown_for = ""
        self._found: dict[Choice, Load] = {}

    @property
    def shown(self) -> str:
        """The name of the setting whose cost is shown."""
        return self._shown_for

    def leave(self) -> None:
        """Show nothing, and stop living."""
        self.workers.cancel_node(self)
        self._shown_for = ""
        self.display = False

    def show_for(self, name: str, settings: Settings) -> None:
        """Show what a setting costs under these settings, as far as it is known, and begin to work out the rest."""
        if _others(settings) != _others(self._settings):
            self._found = {}
        self._shown_for, self._settings = name, settings
        self.display = True
        missing = [choice for choice in self._choices() if choice not in self._found]
        self._show(0.0 if missing else 1.0)
        if missing:
            self._live(missing, settings)

    def _choices(self) -> list[Choice]:
        by_retention = self._shown_for == BY_RETENTION
        return retention_choices(self._settings) if by_retention else new_card_choices(self._settings)

    @work(thread=True, exclusive=True)
    def _live(self, choices: list[Choice], settings: Settings) -> None:
        """Live the months in a home opened for this thread alone, and look after each day whether to go on."""
        worker = get_current_worker()

        def told(share: float) -> None:
            if worker.is_cancelled:
                raise _Left
            self.post_message(self.Going(share))

        try:
            told(0.0)
            collection = Collection(self._home, self._clock)
            collection.settings = settings
            for load in loads(collection, choices, progress=told):
                self.post_message(self.Lived(load, settings))
        except (_Left, TrainerError):  # a home that is out of reach is told by whatever reads it next
            pass

    @on(Lived)
    def _lived(self, event: Lived) -> None:
        event.stop()
        if _others(event.settings) != _others(self._settings):
            return  # it was on its way when something else was set
        self._found[event.load.retention, event.load.new_cards] = event.load
        if self._shown_for and all(choice in self._found for choice in self._choices()):
            self._show(1.0)

    @on(Going)
    def _going(self, event: Going) -> None:
        event.stop()
        if self._shown_for and not all(choice in self._found for choice in self._choices()):
            self._show(event.share)

    def _show(self, share: float) -> None:
        some = [self._found[choice] for choice in self._choices() if choice in self._found]
        rows = self._plot(some) if some else []
        if share < 1:
            rows.append(literal(f"Living the next three months in advance: {share:.0%}", QUIET))
        else:
            rows.append(self._sentence())
        self.update(lines(rows))

    def _plot(self, some: list[Load]) -> list[Content]:
        longest = max(load.mean_minutes for load in some) or 1.0
        room = max(min(BAR, self.size.width - 38), 6)
        title = "retention" if self._shown_for == BY_RETENTION else "new a day"
        rows = [literal(f"  {title:>9}  {'minutes a day':<{room + 6}}  points known", QUIET)]
        best = most_learned(some) if self._shown_for == BY_RETENTION and len(some) > 1 else None
        for load in some:
            here = (load.retention, load.new_cards) == (self._settings.desired_retention, self._settings.new_cards)
            name = percent(load.retention) if self._shown_for == BY_RETENTION else f"{load.new_cards}"
            bar = _bar(load.mean_minutes / longest, room)
            rows.append(
                Content.assemble(
                    ("› " if here else "  ", "bold $accent"),
                    (f"{name:>9}  ", "bold" if here else ""),
                    (bar, "$accent" if here else "$primary"),
                    f" {load.mean_minutes:<5.1f}{' ' * (room - len(bar))}  {load.known:12,.0f}",
                    ("  ★" if load is best else "", "bold $success"),
                )
            )
        return rows

    def _sentence(self) -> Content:
        """Say in words what the value that is tried comes to, and what the star means."""
        wanted = (self._settings.desired_retention, self._settings.new_cards)
        load = self._found[wanted]
        name = (
            percent(load.retention)
            if self._shown_for == BY_RETENTION
            else counted(load.new_cards, "new card") + " a day"
        )
        said = f"{name}: about {minutes(load.mean_minutes * 60)} a day for three months, "
        said += f"then {load.known:,.0f} points known."
        if all(self._found[choice].short_days == MONTHS * MONTH for choice in self._choices()):
            said += " The minutes are too few every day, whatever you choose here: more of them help first."
        elif load.short_days:
            said += f" The minutes are too few on {counted(load.short_days, 'day')}."
        if self._shown_for == BY_RETENTION:
            said += " ★ learns most per minute."
        return literal(said)


def _bar(share: float, room: int) -> str:
    """Return a bar of at least one eighth of a cell."""
    eighths = max(round(share * room * 8), 1)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def _others(settings: Settings) -> Settings:
    """Return settings without those that are tried."""
    return replace(settings, desired_retention=0.9, new_cards=0)

"""What to expect on the dates of decks: lived in advance while the screen already works."""

from asyncio import sleep

from textual import work
from textual.widgets import Static

from trainer.collection.collection import Collection
from trainer.tui.literal import QUIET, literal

MOST = 3
"""Decks it speaks of, the nearest dates first."""
REST = 0.02
"""Seconds between two days lived, for keys and for what they show."""


class Outlook(Static):
    """A line for each deck with a date; not there without one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._said: list[str] = []

    def work_out(self, collection: Collection) -> None:
        """Begin to work it out; each line said before stands until then."""
        if collection.settings.has_dates:
            self._live(collection)

    @work(exclusive=True)
    async def _live(self, collection: Collection) -> None:
        """Live the days until the dates, and look at the keyboard after each; stop when something covers the screen."""
        from trainer.insight.goal import goals_day_by_day

        found: list[str] = []
        before = self._said
        for goal in goals_day_by_day(collection):
            await sleep(REST)
            if self.app.screen is not self.screen:
                return
            if goal is not None:
                found.append(goal.words)
                self._say([*found, *before[len(found) :]])
            if len(found) == MOST:
                break
        self._say(found)

    def _say(self, said: list[str]) -> None:
        self._said = said
        self.display = bool(said)
        self.update(literal("\n".join(said), QUIET))

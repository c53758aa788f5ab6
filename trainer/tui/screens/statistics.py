"""Statistics: where you stand, in sentences with their plots, for all decks, one, or a tag."""

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.collection.collection import Collection
from trainer.insight.plots.text import IMPORTED, LYING, MARK, SHADES, UPRIGHT, draw
from trainer.insight.statistics.panels import Panel, panels
from trainer.insight.statistics.scope import PERIODS, Scope, tags_of
from trainer.insight.statistics.statistics import statistics
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.literal import FAINT, QUIET, lines, literal
from trainer.tui.widgets.key_line import KeyLine

_BARS = re.compile(f"[{re.escape((UPRIGHT + LYING + SHADES[1:]).replace(' ', ''))}]+|[{MARK}{IMPORTED}]+|·+")


class PanelScroll(VerticalScroll, inherit_bindings=False):
    """The panels, one below the other."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("panels")


class StatisticsScreen(Helped, Screen[None]):
    """The panels of one scope and period."""

    CSS_PATH = "statistics.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("statistics")
    HELP_NAME = "statistics"
    HELP_TEXT = (
        "Each panel has a question, the sentence that answers it, and a plot once there is enough to draw. The keys "
        "below go from panel to panel, to a longer period, and to a deck or a tag. What the numbers mean exactly: "
        "docs/statistics.md. `trainer stats --html FILE` writes all of it as a page."
    )

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self._collection = collection
        self._scope = Scope()
        self._period = 0
        self._panels: list[Panel] = []
        self._about = ""

    @property
    def _scroll(self) -> PanelScroll:
        return self.query_one(PanelScroll)

    def compose(self) -> ComposeResult:
        """Make the heading, the panels and the footer."""
        with Vertical(id="column"):
            yield Static(id="sentence", markup=False)
            yield PanelScroll(id="panels")
            yield KeyLine()

    def on_mount(self) -> None:
        """Work the numbers out once the screen stands."""
        self._scroll.focus()
        self._work_out()

    def on_resize(self) -> None:
        """Fit the plots to the new width."""
        self.call_after_refresh(self._show)

    def _work_out(self) -> None:
        self.query_one("#sentence", Static).update("Working it out…")
        self.call_after_refresh(self._learn)

    async def _learn(self) -> None:
        period = PERIODS[self._period]
        found = statistics(self._collection, self._scope, period)
        self._panels = panels(found, self._collection, f"Pressing {key_name(self, 'today.fit')} on Today")
        self._about = f"{self._scope.words}, {period.words}: {found.first} to {found.today}"
        await self._show()

    async def _show(self) -> None:
        """Show the panels, each in a part of its own, so that keys can go from one to the next."""
        if not self._panels:
            return
        width = self._scroll.scrollable_content_region.width - 1  # a gap before the scroll bar
        parts = [lines(_drawn(panel, width)) for panel in self._panels]
        self.query_one("#sentence", Static).update(literal(self._about))
        shown = list(self._scroll.query(Static))
        if not shown:
            await self._scroll.mount_all(Static(part, classes="panel", markup=False) for part in parts)
        for static, part in zip(shown, parts, strict=False):
            static.update(part)

    def action_panel(self, steps: int) -> None:
        """Go to the panel after the one at the top, or to the one before."""
        scroll = self._scroll
        tops = [panel.virtual_region.y for panel in scroll.query(".panel")]
        at = round(scroll.scroll_y)
        beyond = [top for top in tops if (top > at if steps > 0 else top < at)]
        if beyond:
            scroll.scroll_to(y=min(beyond) if steps > 0 else max(beyond), animate=False)

    def action_period(self) -> None:
        """Go on to the next period, after the longest to the shortest."""
        self._period = (self._period + 1) % len(PERIODS)
        self._work_out()

    def action_scope(self) -> None:
        """Ask for a deck or a tag."""
        from trainer.tui.screens.ask import ChooseScreen

        decks = (Scope(deck.file, "", deck.title) for deck in self._collection.library.decks)
        tags = (Scope("", tag, f"tag {tag}") for tag in tags_of(self._collection))
        scopes = [Scope(), *decks, *tags]

        def take(number: int | None) -> None:
            if number is not None:
                self._scope = scopes[number]
                self._work_out()

        self.app.push_screen(ChooseScreen("Statistics of", [each.words for each in scopes]), take)

    def action_leave(self) -> None:
        """Go back to Today."""
        self.dismiss()


def _drawn(panel: Panel, width: int) -> list[Content]:
    """Return a panel, a row each."""
    rows = [literal(panel.title, "bold"), literal(panel.sentence)]
    for plot in panel.plots:
        rows += [Content(""), *(_coloured(line) for line in draw(plot, width))]
    return rows


def _coloured(line: str) -> Content:
    """Return a line of a plot: its bars in colour, its words quiet."""
    parts: list[Content] = []
    at = 0
    for match in _BARS.finditer(line):
        style = FAINT if match[0][0] == SHADES[0] else "$warning" if match[0][0] in MARK + IMPORTED else "$primary"
        parts += [literal(line[at : match.start()], QUIET), literal(match[0], style)]
        at = match.end()
    return Content.assemble(*parts, literal(line[at:], QUIET))

"""One card beside the list: its points, how it will be forgotten, what happened to it."""

from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.collection.collection import Collection
from trainer.insight.one_card import Curve, PointView, curve_of, happenings, next_words, points_of
from trainer.insight.words import percent
from trainer.model import Card
from trainer.tui.hanging import beside
from trainer.tui.literal import QUIET, lines, literal

BAR = 10
"""Cells of the bar of a point."""
ROWS = 4
"""Lines of the curve."""
MOST_HAPPENED = 8
_EIGHTHS = " ▁▂▃▄▅▆▇█"


class CardPane(VerticalScroll, can_focus=False):
    """Shows one card, or says why there is none."""

    DEFAULT_CSS = """
    CardPane { padding: 0 2 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; & > #card { padding: 0 1 0 0; } }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._content: Callable[[int], Content] = lambda _: Content("")
        """What is shown, in a width."""

    def compose(self) -> ComposeResult:
        """Make the one text it holds."""
        yield Static(id="card", markup=False)

    def show(self, collection: Collection, card: Card) -> None:
        """Show a card from its beginning."""
        self._show(partial(_content, collection, card))

    def say(self, words: str) -> None:
        """Show words where there is no card."""
        self._show(lambda _: literal(words, QUIET))

    def _show(self, content: Callable[[int], Content]) -> None:
        self._content = content
        self.on_resize()
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Fit the text to the width there is."""
        self.query_one("#card", Static).update(self._content(max(self.scrollable_content_region.width - 1, 20)))


def _content(collection: Collection, card: Card, width: int) -> Content:
    curve = curve_of(collection, card, width - 7)
    parts = [literal(card.question, "bold"), literal(_place(collection, card), QUIET), Content("")]
    parts += [each for view in points_of(collection, card) for each in _point(view, width)]
    parts += [Content(""), literal(next_words(collection, card))]
    parts += [literal(curve.words, QUIET), *_plot(curve)] if curve else []
    happened = [line.partition("  ") for line in happenings(collection, card, MOST_HAPPENED)]
    parts += [Content("")] if happened else []
    for day, gap, words in happened:
        parts += beside(literal(day + gap, QUIET), literal(words, QUIET), width) if gap else [literal(day, QUIET)]
    parts += [Content(""), literal(card.answer.strip())] if card.answer else []
    return lines(parts)


def _place(collection: Collection, card: Card) -> str:
    tags = f", tags {', '.join(card.tags)}" if card.tags else ""
    deck = collection.library.deck_of.get(card.id)
    return f"in {deck.title if deck else 'a new deck'}{tags}"


def _point(view: PointView, width: int) -> list[Content]:
    """Return a point and, below it, how well it is known."""
    filled = round((view.recall or 0.0) * BAR)
    bar = "█" * filled + "░" * (BAR - filled)
    known = Content.assemble("  ", (bar, "$accent"), f" {percent(view.recall):>4}  ")
    is_short = known.cell_length + len(view.words) <= width
    rows = beside(Content.styled("• ", "$accent"), literal(view.point.text), width)
    if is_short:
        return [*rows, known + literal(view.words, QUIET)]
    return [*rows, known, *beside(Content("  "), literal(view.words, QUIET), width)]


def _plot(curve: Curve) -> list[Content]:
    """Return a curve in blocks, from the whole answer down to the next ten percent under its end."""
    floor = max(0, int(min(curve.shares) * 10 - 0.01)) / 10
    heights = [round((share - floor) / (1 - floor) * ROWS * 8) for share in curve.shares]
    labels = {0: "100%", ROWS - 1: percent(floor)}
    rows = []
    for row in range(ROWS):
        under = (ROWS - 1 - row) * 8
        blocks = "".join(_EIGHTHS[max(0, min(8, height - under))] for height in heights)
        rows.append(Content.assemble((f"{labels.get(row, ''):>5} ", QUIET), (blocks, "$accent")))
    last = f"{curve.days[-1].day} {curve.days[-1]:%b}"
    rows.append(literal(f"      today{last:>{max(len(curve.shares) - 5, len(last) + 1)}}", QUIET))
    return rows

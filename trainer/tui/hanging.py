"""Rows whose further lines stand below the text of the first, not below its mark."""

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from trainer.tui.literal import literal

Row = tuple[Content, Content]
"""What stands in front, and the text that is wrapped beside it."""
NARROWEST = 10
"""Cells of the text at least."""
NO_MARK = Content("")
EMPTY: Row = (NO_MARK, NO_MARK)
"""An empty line."""


def said(text: str, style: str = "") -> Row:
    """Return a row without a mark: a text as written, in one style."""
    return NO_MARK, literal(text, style)


class Hanging(Visual):
    """Rows one below the other, each wrapped beside what stands in front of it."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __str__(self) -> str:
        return "\n".join(f"{mark}{text}" for mark, text in self._rows)

    def _lines(self, width: int) -> list[Content]:
        return [line for mark, text in self._rows for line in beside(mark, text, width)]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the rows in so many cells."""
        return Content("\n").join(self._lines(width)).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width in which nothing need be wrapped."""
        return max((mark.cell_length + text.get_optimal_width(rules, container_width) for mark, text in self._rows))

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return how many lines the rows take."""
        return len(self._lines(width))


def beside(mark: Content, text: Content, width: int) -> list[Content]:
    """Return the lines of a text, in so many cells with what stands in front of the first."""
    first, *rest = text.wrap(max(width - mark.cell_length, NARROWEST)) or [NO_MARK]
    indent = Content(" " * mark.cell_length)
    return [mark + first, *(indent + line for line in rest)]

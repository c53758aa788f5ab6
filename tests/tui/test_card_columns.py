"""The columns of the list of cards in any width."""

import pytest
from rich.cells import cell_len

from trainer.insight.listing import Line
from trainer.search.finding import Order
from trainer.tui.widgets.card_columns import COLUMNS, GAP, MARKS, column_at, columns, headings, row_text, widths

LINE = Line(
    "id",
    "日本の首都はどこですか、そして何で知られていますか。" * 3,
    "A long title of a deck " * 3,
    "in 3 d",
    "86%",
    "12",
    "7%",
)


@pytest.mark.parametrize("width", [60, 70, 80, 120, 200])
def test_a_row_fills_its_width_and_headings_stand_above_it(width: int) -> None:
    row, above = row_text(LINE, width), headings(Order.COVERAGE, True, width)
    assert cell_len(row) == cell_len(above) == width - MARKS
    assert sum(widths(width)) + GAP * (len(columns(width)) - 1) + MARKS == width
    assert row.rstrip().endswith("7%" if width >= 70 else "86%")
    assert "known▼" in above


def test_a_narrow_list_leaves_room_for_questions() -> None:
    assert columns(80) == list(COLUMNS)
    assert [column.heading for column in columns(57)] == ["question", "deck", "due", "known"]
    assert widths(57)[0] >= 25


def test_a_click_finds_the_column_it_is_in() -> None:
    above = " " * MARKS + headings(Order.DECK, False, 80)
    assert column_at(1, 80) is None
    for column in COLUMNS:
        found = column_at(above.index(column.heading), 80)
        assert found is column

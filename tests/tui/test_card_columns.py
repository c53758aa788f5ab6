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
    assert row.rstrip().endswith(" 7%" if width >= 84 else "86%")
    assert "known▼" in above


@pytest.mark.parametrize(
    ("width", "question", "shown"),
    [
        (56, 36, ["question", "due", "known"]),
        (71, 38, ["question", "deck", "due", "known"]),
        (76, 42, ["question", "deck", "due", "known"]),
        (84, 41, ["question", "deck", "due", "known", "weakest"]),
        (92, 42, [column.heading for column in COLUMNS]),
    ],
)
def test_other_columns_leave_room_for_questions(width: int, question: int, shown: list[str]) -> None:
    assert [column.heading for column in columns(width)] == shown
    assert widths(width)[0] == question


def test_a_click_finds_the_column_it_is_in() -> None:
    above = " " * MARKS + headings(Order.DECK, False, 100)
    assert column_at(1, 100) is None
    for column in COLUMNS:
        found = column_at(above.index(column.heading), 100)
        assert found is column

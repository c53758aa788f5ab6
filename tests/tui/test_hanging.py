"""Text that is wrapped beside a mark."""

from textual.content import Content

from trainer.tui.hanging import EMPTY, NARROWEST, Hanging, beside, said


def test_further_lines_stand_below_the_text_and_not_below_its_mark() -> None:
    lines = beside(Content("  ✓ "), Content("one two three"), 14)
    assert [line.plain for line in lines] == ["  ✓ one two", "    three"]
    wide = beside(Content("• "), Content("東京は日本の首都"), NARROWEST + 2)
    assert [line.plain for line in wide] == ["• 東京は日本", "  の首都"]
    assert [line.plain for line in beside(Content("• "), Content(""), 20)] == ["• "]
    assert all(line.cell_length <= NARROWEST + 2 for line in beside(Content("• "), Content("a " * 30), 1))


def test_rows_are_as_high_as_their_lines() -> None:
    rows = Hanging([said("A title [b]"), (Content("• "), Content("one two three")), EMPTY])
    assert rows.get_height({}, 12) == 4
    assert rows.get_optimal_width({}, 80) == 15
    assert str(rows) == "A title [b]\n• one two three\n"

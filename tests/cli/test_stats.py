"""`trainer stats`: sentences, plots, JSON, a page."""

import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

HOSTILE = "<script>alert(1)</script> & \\u001b[31m [bold]x[/] \\u202e"
FRANCE = 'card = "france", rating = "good"'


@pytest.fixture
def month(trainer: Any) -> Any:
    """A month with forty answers of two cards: every day until the day before, some with a point missed."""
    lines = ["# trainer progress 1."]
    for day in range(1, 21):
        due = f"due = 2026-11-{day + 2:02}"
        lines += [
            f'202611{day:02}T090000000Z-aaaa01 = {{ {FRANCE}, day = 2026-11-{day:02}, recalled = ["paris", "tower"], '
            f'missed = ["river"], seconds = 30, due = 2026-11-{day + 3:02} }}',
            f'202611{day:02}T091000000Z-aaaa01 = {{ card = "spain", rating = "easy", day = 2026-11-{day:02}, '
            f'recalled = ["answer"], seconds = 6, {due} }}',
        ]
    trainer.log(*lines)
    return trainer


def test_a_home_without_answers_says_what_is_to_come(trainer: Any) -> None:
    ran = trainer("stats", "--plots")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "all decks, 2026-10-23 to 2026-11-21"
    assert "Nothing of this was asked yet; this fills with your first answers." in ran.lines
    assert not re.search("[█░▒▓]", ran.out)


def test_the_essentials_are_sentences(month: Any) -> None:
    ran = month("stats")
    assert (ran.code, ran.err) == (0, "")
    text = " ".join(ran.out.split())
    assert "19 points of 76 asked again were missed. Most often “Names the Seine”, 19 of 19 times:" in text
    assert "0 answers came up so far that had to hold for more than a day; from 30 on this says" in text
    assert "You practised on 20 of 30 days, 12 minutes in all, about 1 minute on such a day, with 40 answers." in text
    assert "Of 40 answers 100% came (good or easy), 0% came with effort, 0% did not come." in text
    assert not re.search("[█░▒▓]", ran.out)


def test_plots_are_as_wide_as_the_terminal_at_most(month: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (40, 80, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        for period in ("month", "quarter", "all"):
            lines = month("stats", "--plots", "--period", period).lines
            assert max(map(len, lines)) <= max(columns, 66)
    assert "Mon" in month("stats", "--plots").out


def test_the_document_has_the_shape_that_is_written_down(month: Any) -> None:
    found = month.json("stats", "--period", "year")
    assert list(found) == [
        "scope", "period", "first", "last", "oldest", "known", "missed", "forecast", "calibration", "minutes",
        "ratings", "spread",
    ]  # fmt: skip
    assert found["scope"] == {"deck": None, "tag": None}
    assert (found["period"], found["first"], found["oldest"]) == ("year", "2025-11-22", "2026-11-01")
    assert set(found["known"][-1]) == {"day", "known", "asked"}
    assert found["missed"]["points"] == [{"card": "france", "point": "river", "missed": 19, "imported": 0, "asked": 19}]
    assert (len(found["forecast"]["reviews"]), found["forecast"]["late"]) == (365, 0)
    assert found["calibration"]["came_up"] == {"reviews": 0, "foretold": None, "made": None}
    assert found["calibration"]["early"]["reviews"] == 38
    assert [len(hours) for hours in found["minutes"]["hours"]] == [24] * 7
    assert found["ratings"]["own"] == {"again": 0, "hard": 0, "good": 20, "easy": 20}
    assert found["spread"]["points"] == 4
    written = (Path(__file__).parents[2] / "docs/json.md").read_text(encoding="utf-8")
    (row,) = [line for line in written.splitlines() if line.startswith("| `stats` |")]
    assert [key for key in found if f"`{key}`" not in row] == []


def test_a_deck_a_tag_or_a_period_that_is_not_there_is_named(month: Any) -> None:
    assert month.json("stats", "capitals")["scope"]["deck"] == "capitals.toml"
    ran = month("stats", "--tag", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == ["trainer: No card has the tag 'nowhere'.", "Tags are: none yet."]
    assert month("stats", "rome").code == 2
    ran = month("stats", "--period", "week")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2, "trainer: Argument --period: 'week' is none of month, quarter, year and all.",
    )  # fmt: skip


class Reader(HTMLParser):
    """Takes down tags, and what they point to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [str(value) for name, value in attrs if name in ("href", "src", "xlink:href", "style")]


def test_the_page_stands_alone_and_shows_text_as_written(month: Any, write_deck: Any, tmp_path: Path) -> None:
    deck = f'title = "{HOSTILE}"\n[[cards]]\nid = "france"\nquestion = "Q"\n'
    write_deck(f'{deck}key_points = [{{ id = "river", text = "{HOSTILE}" }}, {{ id = "paris", text = "P" }}]\n')
    target = tmp_path / "page.html"
    ran = month("stats", "capitals.toml", "--html", str(target))
    assert (ran.code, ran.out, ran.err) == (0, f"Written: {target}\n", "")
    text = target.read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(text)
    assert {"script", "link", "img"}.isdisjoint(reader.tags)
    assert reader.links == []
    assert "://" not in text
    assert reader.tags.count("svg") == text.count("<desc>") == text.count("<table>") >= 6
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; [31m [bold]x[/]" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    again = month("stats", "--html", str(target))
    assert (again.code, again.err.splitlines()[0]) == (1, f"trainer: {target} is there already.")
    assert target.read_text(encoding="utf-8") == text
    assert month("stats", "--html", str(target), "--force", "--json").json["period"] == "month"
    assert target.read_text(encoding="utf-8") != text


def test_own_and_imported_are_told_apart(trainer: Any) -> None:
    lines = ['20251101T000000000Z-aaaa01 = { import = "x.apkg" }']
    lines += [
        f'202511{day:02}T090000000Z-aaaa01 = {{ {FRANCE}, day = 2025-11-{day:02}, recalled = ["paris"], seconds = 60, '
        f'import = "20251101T000000000Z-aaaa01", source = "x:{day}" }}'
        for day in range(2, 30)
    ]
    lines.append('20261120T090000000Z-aaaa01 = { card = "france", rating = "hard", day = 2026-11-20, seconds = 60 }')
    trainer.log(*lines)
    assert all(tomllib.loads(line) for line in lines)
    ran = trainer("stats", "--period", "all", "--plots")
    text = " ".join(ran.out.split())
    assert "You practised on 1 of 385 days, 1 minute in all, about 1 minute on such a day, with 1 answer." in text
    assert "Imports hold 28 reviews of 28 minutes beside." in text
    assert "= imported" in ran.out
    assert "1 answer so far; from 10 on their ratings say something. 28 imported reviews beside." in text
    found = trainer.json("stats", "--period", "all")
    assert (found["ratings"]["own"]["hard"], found["ratings"]["imported"]["good"]) == (1, 28)
    assert json.dumps(found["minutes"]["days"][0]).count("imported") == 2

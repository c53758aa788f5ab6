"""`trainer export`: a deck as a file for another program, and back again."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.formats.export.registry import MODULES

TRICKY = '''
title = "Tricky :: deck"
about = "About <it>"

[[cards]]
id = "one"
question = """Q: a <b> & "c"?
A: not an answer
---
C: x"""
key_points = [{ id = "p1", text = "First [x] <y>", weight = 2 }, "Second"]
answer = """
Line
---
Q: y **bold** <script>alert(1)</script> [l](javascript:alert)"""
follow_ups = ["And <then>?"]
hint = "H"
why = "W"
tags = ["a b", "c"]
source = "S"

[[cards]]
question = "=1+1, \\"x\\""
answer = "2"
'''


WEIGHTS = "0.3, 0.3, 0.3, 0.3, 5.0, 0.5, 2.0, 0.01, 1.5, 0.1, 1.0, 1.8, 0.1, 0.3, 2.3, 0.2, 3.0, 0.7, 0.3, 0.1, 0.2"
STUDIED = f"""\
# trainer progress 1. One event a line; lines are only added. To merge two copies, keep every line of both. Do not format.
20261121T120000000Z-aaaaaa = {{ card = "france", question = "What is the capital of France?", points = {{ paris = "P" }} }}
20261121T120001000Z-aaaaaa = {{ card = "france", day = 2026-11-21, rating = "hard", recalled = ["paris", "tower"], missed = ["river"], seconds = 31, due = 2026-11-23 }}
20261121T120500000Z-aaaaaa = {{ card = "france", day = 2026-11-21, rating = "good", recalled = ["river"], given = true, seconds = 5, due = 2026-11-24 }}
20261121T120600000Z-aaaaaa = {{ card = "spain", day = 2026-11-21, rating = "good", recalled = ["answer"], seconds = 4, due = 2026-11-25 }}
20261124T120000000Z-aaaaaa = {{ card = "france", day = 2026-11-24, rating = "easy", recalled = ["paris", "tower", "river"], seconds = 20, due = 2026-12-09 }}
20261124T120100000Z-aaaaaa = {{ card = "spain", suspend = true }}
20261129T120100000Z-aaaaaa = {{ weights = [{WEIGHTS}], reviews = 9 }}
"""  # noqa: E501  (lines of a log are as long as they are)


@pytest.fixture
def studied(trainer: Any) -> Any:
    """The deck of capitals after three days: one point missed, one card suspended, weights of its own."""
    trainer.log(*STUDIED.splitlines())
    trainer.at("2026-12-01T12:00:00+00:00")
    return trainer


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Export a deck to a file of this ending, and return its path."""

    def run(trainer: Any, ending: str, deck: str = "Capitals") -> Path:
        path = tmp_path / f"out{ending}"
        ran = trainer("export", deck, str(path), "--force")
        assert (ran.code, ran.err) == (0, "")
        return path

    return run


def elsewhere(trainer: Any, tmp_path: Path, *call: str) -> Any:
    """Run a command on another home, without decks."""
    (tmp_path / "other" / "decks").mkdir(parents=True, exist_ok=True)
    return trainer("--home", str(tmp_path / "other"), *call)


# The command


def test_it_says_what_went_out(studied: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    assert studied("export", "cap", str(path)).out == f"2 cards and 4 reviews of Capitals written to {path}.\n"
    path = tmp_path / "x.csv"
    assert studied("export", "cap", str(path)).out == f"2 cards of Capitals written to {path}.\n"


def test_a_file_that_is_there_is_written_over_only_when_told(studied: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("mine")
    ran = studied("export", "cap", str(path))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"trainer: {path} is there already.\nName another file, or write over it with --force.\n"
    assert path.read_text() == "mine"
    assert studied("export", "cap", str(path), "--force").code == 0
    assert path.read_text() != "mine"
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["x.md"]


def test_a_link_is_followed_and_its_target_written_over_only_when_told(studied: Any, tmp_path: Path) -> None:
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.write_text("mine")
    link.symlink_to(target)
    assert studied("export", "cap", str(link)).code == 1
    assert studied("export", "cap", str(link), "--force").code == 0
    assert link.is_symlink()
    assert target.read_text().startswith("---\n")


@pytest.mark.parametrize("name", ["x.txt", "x", "x.toml", "", "apkg"])
def test_an_ending_there_is_none_for_is_a_wrong_call(studied: Any, name: str) -> None:
    ran = studied("export", "cap", name)
    assert ran.code == 2
    assert ran.err.endswith("There are .apkg, .csv, .html, .json and .md.\n")


def test_a_place_that_cannot_be_written_and_a_deck_there_is_none_of_are_told(studied: Any, tmp_path: Path) -> None:
    assert studied("export", "cap", str(tmp_path / "no" / "x.md")).code == 1
    assert studied("export", "cap", str(tmp_path), "--force").code == 2
    (tmp_path / "d.md").mkdir()
    assert studied("export", "cap", str(tmp_path / "d.md"), "--force").code == 1
    assert studied("export", "nothing", str(tmp_path / "x.md")).code == 2


def test_an_export_changes_nothing_in_the_home(studied: Any, export: Callable[..., Path]) -> None:
    before = studied.files()
    for ending in MODULES:
        export(studied, ending)
    assert studied.files() == before


@pytest.mark.parametrize("ending", list(MODULES))
def test_an_empty_deck_and_odd_texts_go_out_too(
    trainer: Any, write_deck: Callable[..., Path], export: Callable[..., Path], ending: str
) -> None:
    write_deck('title = "Empty"', "empty.toml")
    write_deck(TRICKY, "tricky.toml")
    assert export(trainer, ending, "Empty").stat().st_size
    assert export(trainer, ending, "Tricky").stat().st_size


# JSON: everything


def test_our_own_json_gives_the_same_cards_and_the_same_memory(
    studied: Any, export: Callable[..., Path], tmp_path: Path
) -> None:
    path = export(studied, ".json")
    assert elsewhere(studied, tmp_path, "import", str(path)).lines[:2] == [
        "2 cards added to Capitals.",
        "4 reviews taken over into the log.",
    ]
    there = elsewhere(studied, tmp_path, "cards", "--json").json
    assert there == studied.json("cards")
    assert {card["state"] for card in there} == {"review", "suspended"}
    assert elsewhere(studied, tmp_path, "check").code == 0
    assert elsewhere(studied, tmp_path, "import", str(path)).out == "Nothing new: the home has all of it already.\n"


def test_cards_of_odd_texts_come_back_as_they_were(
    trainer: Any, write_deck: Callable[..., Path], export: Callable[..., Path], tmp_path: Path
) -> None:
    write_deck(TRICKY, "tricky.toml")
    path = export(trainer, ".json", "Tricky")
    assert elsewhere(trainer, tmp_path, "import", str(path)).code == 0
    assert elsewhere(trainer, tmp_path, "cards", "--json").json == trainer.json("cards", "--deck", "Tricky")


def test_what_was_taken_back_does_not_go_out(trainer: Any, export: Callable[..., Path]) -> None:
    trainer.review("", "all", "good")
    trainer("undo")
    document = json.loads(export(trainer, ".json").read_text())
    assert [event for card in document["cards"] for event in card["events"] if "rating" in event] == []


def test_into_the_home_it_came_from_it_brings_nothing(studied: Any, export: Callable[..., Path]) -> None:
    before = studied.home.log.read_bytes()
    for ending in (".json", ".apkg"):
        ran = studied("import", str(export(studied, ending)))
        assert (ran.out, ran.err) == ("Nothing new: the home has all of it already.\n", "")
        assert studied.home.log.read_bytes() == before


def test_undone_there_it_can_be_imported_again(studied: Any, export: Callable[..., Path], tmp_path: Path) -> None:
    path = str(export(studied, ".json"))
    elsewhere(studied, tmp_path, "import", path)
    log = (tmp_path / "other" / "progress.toml").read_text().splitlines()
    (key,) = [line.split(" ")[0] for line in log if "cards = " in line]
    elsewhere(studied, tmp_path, "undo", key)
    assert elsewhere(studied, tmp_path, "cards", "--json").json == []
    studied.at("2026-12-01T12:00:01+00:00")
    elsewhere(studied, tmp_path, "import", path)
    assert elsewhere(studied, tmp_path, "cards", "--json").json == studied.json("cards")
    assert elsewhere(studied, tmp_path, "check").code == 0


def test_weights_do_not_take_the_place_of_a_homes_own(
    studied: Any, export: Callable[..., Path], tmp_path: Path
) -> None:
    path = export(studied, ".json")
    other = tmp_path / "other"
    other.mkdir()
    weights = ", ".join(["0.5"] * 21)
    (other / "progress.toml").write_text(f"20200101T000000000Z-bbbbbb = {{ weights = [{weights}] }}\n")
    elsewhere(studied, tmp_path, "import", str(path))
    assert "0.01," not in (other / "progress.toml").read_text()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": 2}, "is no export that this trainer reads"),
        ({"cards": [{"question": "Q"}]}, "A card needs `key_points` or an `answer`."),
        ({"cards": [{"answer": "A"}]}, "A card needs a `question`."),
        ({"cards": [{"question": "Q", "key_points": [{"text": "A", "id": "answer"}]}]}, "reserved"),
        ({"cards": [{"question": "Q", "answer": "A", "id": "x" * 65}]}, "1 to 64 printable characters"),
    ],
)
def test_a_file_that_was_changed_by_hand_is_checked_like_a_deck(
    trainer: Any, tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"format": "keypoint-trainer", "version": 1, "cards": []} | change))
    assert says in trainer("import", str(path)).err


def test_events_that_are_none_are_left_out(trainer: Any, tmp_path: Path) -> None:
    good = {"key": "20260101T000000000Z-aaaaaa", "card": "q", "rating": "good", "day": "2026-01-01"}
    events = [
        good,
        {**good, "key": "no key"},
        {**good, "key": "20260102T000000000Z-aaaaaa", "rating": "great"},
        {**good, "key": "20260103T000000000Z-aaaaaa", "card": 7},
        {"key": "20260104T000000000Z-aaaaaa", "card": "q", "undo": good["key"]},
        {"key": "20260105T000000000Z-aaaaaa", "card": "q", "rating": "good", "seconds": 10**400},
        {"key": 5},
    ]
    card = {"id": "q", "question": "Q", "answer": "A", "events": [*events, 7, None]}
    document = {"format": "keypoint-trainer", "version": 1, "title": "T", "weights": {"key": "x"}, "cards": [card]}
    path = tmp_path / "x.json"
    path.write_text(json.dumps(document))
    assert trainer("import", str(path)).code == 0
    (found,) = trainer.json("cards", "--deck", "T")
    assert found["reviews"] == 2  # a number out of range is as good as missing
    assert trainer("check").code == 0


# CSV, Markdown, HTML


def test_csv_has_a_row_for_each_card(
    trainer: Any, write_deck: Callable[..., Path], export: Callable[..., Path]
) -> None:
    write_deck(TRICKY, "tricky.toml")
    rows = list(csv.DictReader(io.StringIO(export(trainer, ".csv", "Tricky").read_bytes().decode(), newline="")))
    assert [row["question"] for row in rows] == ['Q: a <b> & "c"?\nA: not an answer\n---\nC: x', '=1+1, "x"']
    assert rows[0]["key_points"] == "First [x] <y>\nSecond"
    assert (rows[0]["id"], rows[0]["tags"], rows[0]["follow_ups"]) == ("one", "a b\nc", "And <then>?")


def test_markdown_comes_back_through_the_reader_of_hashcards(
    trainer: Any, export: Callable[..., Path], tmp_path: Path
) -> None:
    path = export(trainer, ".md")
    assert path.read_text() == (
        '---\nname = "Capitals"\n---\n\n---\n\n'
        "Q: What is the capital of France, and what is it known for?\nA:\n\n- Says Paris\n- Names the tower\n"
        "- Names the Seine\n\nParis, on the Seine, known for its iron tower.\n\n---\n\n"
        "Q: What is the capital of Spain?\nA: Madrid.\n"
    )
    elsewhere(trainer, tmp_path, "import", str(path))
    there = elsewhere(trainer, tmp_path, "cards", "--json").json
    assert [(card["deck"], card["question"], card["answer"]) for card in there] == [
        ("Capitals", card["question"], card["answer"]) for card in trainer.json("cards")
    ]
    assert [point["text"] for point in there[0]["key_points"]] == ["Says Paris", "Names the tower", "Names the Seine"]


def test_no_line_of_a_card_is_taken_for_a_mark_in_markdown(
    trainer: Any, write_deck: Callable[..., Path], export: Callable[..., Path], tmp_path: Path
) -> None:
    write_deck(TRICKY, "tricky.toml")
    path = export(trainer, ".md", "Tricky")
    lines = path.read_text().split("\n")
    assert [line[:2] for line in lines if line.lstrip()[:2] in ("Q:", "A:", "C:")] == ["Q:", "A:", "Q:", "A:"]
    assert lines.count("---") == 4
    elsewhere(trainer, tmp_path, "import", str(path))
    first, second = elsewhere(trainer, tmp_path, "cards", "--json").json
    assert first["question"] == 'Q: a <b> & "c"?\nA: not an answer\n- - -\nC: x'
    assert second["question"] == '=1+1, "x"'


def test_the_page_folds_points_away_and_runs_nothing(
    trainer: Any, write_deck: Callable[..., Path], export: Callable[..., Path]
) -> None:
    write_deck(TRICKY, "tricky.toml")
    page = export(trainer, ".html", "Tricky").read_text()
    assert page.count("<details>") == 2
    assert "<summary>Q: a &lt;b&gt; &amp; &quot;c&quot;?" in page
    assert "<li>First [x] &lt;y&gt;</li>" in page
    assert "<strong>bold</strong>" in page
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "About &lt;it&gt;" in page


# Anki


def test_the_package_holds_each_review_and_where_cards_stand(studied: Any, export: Callable[..., Path]) -> None:
    with zipfile.ZipFile(export(studied, ".apkg")) as archive:
        data = archive.read("collection.anki21")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    notes = connection.execute("SELECT guid, tags, flds FROM notes ORDER BY id").fetchall()
    assert notes[1] == ("trainer:spain", "", "What is the capital of Spain?\x1f<p>Madrid.</p>\n\x1f")
    assert "<li>Says Paris</li>" in notes[0][2]
    reviews = connection.execute("SELECT id, ease, time > 0, type FROM revlog ORDER BY id").fetchall()
    expected = [(review["rating"]) for review in studied.reviews()]
    assert [("", "again", "hard", "good", "easy")[ease] for _, ease, _, _ in reviews] == expected
    assert connection.execute("SELECT type, queue, reps FROM cards ORDER BY id").fetchall() == [(2, 2, 3), (2, -1, 1)]
    connection.close()


def test_a_package_of_ours_comes_back_with_ids_and_memory(
    trainer: Any, write_deck: Callable[..., Path], export: Callable[..., Path], tmp_path: Path
) -> None:
    trainer.review("", "all", "good", "", "hard")
    trainer.at("2026-11-26T12:00:00+00:00")
    trainer.review("", "none", "", "easy")
    path = export(trainer, ".apkg")
    assert elsewhere(trainer, tmp_path, "import", str(path)).code == 0
    here, there = trainer.json("cards"), elsewhere(trainer, tmp_path, "cards", "--json").json
    assert [card["id"] for card in there] == ["france", "spain"]
    for card, other in zip(here, there, strict=True):
        assert (other["question"], other["due"], other["reviews"]) == (card["question"], card["due"], card["reviews"])
        memories = [[point["stability"] for point in each["key_points"]] for each in (card, other)]
        assert memories[0] == memories[1]


def test_anki_itself_reads_the_package_without_complaint(
    studied: Any, export: Callable[..., Path], tmp_path: Path
) -> None:
    anki = pytest.importorskip("anki.collection", reason="needs the extra `bench`")
    path = export(studied, ".apkg")
    collection = anki.Collection(str(tmp_path / "anki.anki2"))
    try:
        options = anki.ImportAnkiPackageOptions(with_scheduling=True)
        collection.import_anki_package(anki.ImportAnkiPackageRequest(package_path=str(path), options=options))
        assert (collection.note_count(), collection.card_count()) == (2, 2)
        eases = collection.db.list("SELECT ease FROM revlog ORDER BY id")
        assert [("", "again", "hard", "good", "easy")[ease] for ease in eases] == [
            review["rating"] for review in studied.reviews()
        ]
        assert collection.db.scalar("SELECT count() FROM cards WHERE queue = -1") == 1
        assert [deck.name for deck in collection.decks.all_names_and_ids()] == ["Capitals", "Default"]
        assert collection.fix_integrity() == ("Database rebuilt and optimized.", True)
    finally:
        collection.close()

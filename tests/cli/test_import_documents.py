"""`trainer import` of documents, tables and folders: shown first, written once, taken back as a whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.formats.documents import BARE, LABELLED, QUOTED

TABLE = "question,answer\nWhat is a fen?,A wet meadow\nWhat is a moor?,A dry one\n"


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., str]:
    """Write a file to import, outside the home, and return its name."""

    def write(text: str | bytes, name: str) -> str:
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return write


def files(trainer: Any) -> dict[str, bytes]:
    """Return every file of the home but the lock, the log and the cache."""
    folder = trainer.home.folder
    paths = (
        path
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "cache" and not path.name.startswith("progress")
    )
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def key_of(ran: Any) -> str:
    """Return the key that an import says it can be taken back by."""
    begin, _, key = ran.lines[-1].rpartition(" ")
    assert begin == "To take all of it back: trainer undo"
    return str(key)


def test_a_dry_run_shows_each_card_with_its_line_and_what_belongs_to_it(bare: Any, source: Callable[..., str]) -> None:
    before = files(bare)
    ran = bare("import", source(QUOTED, "baker.txt"), "--dry-run")
    assert ran.code == 0
    assert ran.lines[:2] == ["  9: How do you know that a dough is ready?", "      answer, hint, why"]
    assert "4 cards would be added to Baker Interview Questions." in ran.lines
    assert '2 cards without answer or points; each gets "No answer yet." for you to fill in.' in ran.lines
    assert files(bare) == before


def test_an_article_becomes_a_deck_that_loads(bare: Any, source: Callable[..., str]) -> None:
    assert bare("import", source(LABELLED, "gardener.txt")).code == 0
    cards = bare.json("cards")
    assert [card["deck"] for card in cards] == ["Questions for a head gardener"] * 4
    assert [point["text"] for point in cards[1]["key_points"]] == ["The soil and the light", "The people who use it"]
    assert bare("check").code == 0


def test_one_undo_takes_an_import_of_several_sources_back(trainer: Any, source: Callable[..., str]) -> None:
    trainer.review("", "all", "good", "quit")
    before, cards = files(trainer), trainer.json("cards")
    ran = trainer("import", source(LABELLED, "a.txt"), source(TABLE, "b.csv"), source(BARE, "c.md"))
    assert len(trainer.json("cards")) == len(cards) + 9
    undone = trainer("undo", key_of(ran))
    assert (undone.code, undone.err) == (0, "")
    assert undone.lines[0] == "9 cards removed."
    assert undone.lines[1].startswith("Taken back: import of a.txt, b.csv, c.md")
    assert (files(trainer), trainer.json("cards")) == (before, cards)
    assert trainer("undo", key_of(ran)).code == 1


def test_an_undo_leaves_what_was_changed_since(bare: Any, source: Callable[..., str]) -> None:
    ran = bare("import", source(TABLE, "meadows.csv"))
    path = bare.home.decks / "meadows.toml"
    path.write_text(path.read_text().replace("A dry one", "A dry place"))
    undone = bare("undo", key_of(ran))
    assert undone.lines[0] == "1 card removed."
    assert undone.err == "Changed since, so it stays: What is a moor?\n"
    assert [card["answer"] for card in bare.json("cards")] == ["A dry place"]


def test_an_undo_without_its_record_says_what_it_cannot_do(bare: Any, source: Callable[..., str]) -> None:
    ran = bare("import", source(TABLE, "meadows.csv"))
    for path in sorted((bare.home.imports / key_of(ran)).iterdir()):
        path.unlink()
    undone = bare("undo", key_of(ran))
    assert undone.code == 0
    assert "Its cards stay" in undone.err
    assert len(bare.json("cards")) == 2


def test_importing_after_an_undo_works_again(bare: Any, source: Callable[..., str]) -> None:
    name = source(TABLE, "meadows.csv")
    bare("undo", key_of(bare("import", name)))
    assert bare("import", name).lines[0] == "2 cards added to Meadows."
    assert len(bare.json("cards")) == 2


def test_importing_twice_changes_nothing_not_even_the_log(bare: Any, source: Callable[..., str]) -> None:
    names = [source(text, name) for text, name in ((LABELLED, "a.txt"), (TABLE, "b.csv"), (BARE, "c.md"))]
    bare("import", *names)
    before, log = files(bare), bare.home.log.read_bytes()
    ran = bare("import", *names)
    assert (ran.code, ran.out) == (0, "Nothing new: the home has all of it already.\n")
    assert (files(bare), bare.home.log.read_bytes()) == (before, log)


def test_cards_are_brought_up_to_date_and_as_before_again(bare: Any, source: Callable[..., str]) -> None:
    bare("import", source(TABLE, "meadows.csv"))
    before = bare.json("cards")
    name = source(TABLE.replace("A dry one", "High and dry"), "newer.csv")
    ran = bare("import", name, "--duplicates", "update")
    assert ran.lines[0] == "1 card brought up to date."
    assert bare.json("cards")[1]["answer"] == "High and dry"
    assert bare("undo", key_of(ran)).lines[0] == "1 card as before."
    assert bare.json("cards") == before


def test_what_is_nearly_there_is_told_and_may_be_left_out(bare: Any, source: Callable[..., str]) -> None:
    bare("import", source(TABLE, "meadows.csv"))
    name = source("question,answer\nWhat are fens?,Wet\n", "near.csv")
    ran = bare("import", name, "--dry-run")
    assert "      nearly the same is there: What is a fen?" in ran.lines
    assert bare.json("import", name, "--dry-run")["cards"][0]["nearly"] == "What is a fen?"
    skipped = bare("import", name, "--duplicates", "skip")
    assert skipped.err == f"{name}:2: left out: What are fens?: The home has nearly the same: What is a fen?\n"
    assert bare("import", name, "--duplicates", "what").code == 2


def test_a_folder_is_read_with_all_in_it(bare: Any, source: Callable[..., str], tmp_path: Path) -> None:
    source("# What is a fen?\n\nA wet meadow.\n", "land/fen.md")
    source("# What is a moor?\n\nA dry one.\n", "land/moor.md")
    source(LABELLED, "land/people/gardener.txt")
    source(TABLE.replace("What is", "Where is"), "tables/places.csv")
    source(b"\x89PNG\0", "land/fen.png")
    source(b"\xff\xfe", "land/broken.txt")
    source("# What is hidden?\n\nThis.\n", ".git/hidden.md")
    ran = bare("import", str(tmp_path / "sources"))
    assert ran.lines[:3] == ["2 cards added to Land.", "4 cards added to People.", "2 cards added to Places."]
    assert "broken.txt is UTF-16 text" in ran.err
    assert "1 file in no known format: .png." in ran.err
    assert bare.json("cards", "--deck", "People")[0]["tags"] == ["Questions for a head gardener"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (LABELLED, 4),
        ('[{"question": "What is a fen?", "answer": "Wet"}]', 1),
        ("<h2>What is a fen?</h2><p>Wet.</p><h2>What is a moor?</h2><p>Dry.</p>", 2),
        ("Q: What is a fen?\nA: Wet.\n", 1),
        ('title = "T"\n\n[[cards]]\nquestion = "What is a fen?"\nanswer = "Wet"\n', 1),
    ],
    ids=["text", "json", "html", "qa", "deck"],
)
def test_standard_input_is_known_by_what_it_holds(bare: Any, text: str, number: int) -> None:
    assert len(bare.json("import", "-", "--dry-run") if not text else []) == 0
    ran = bare("import", "-", "--dry-run", "--json", stdin=text)
    assert len(ran.json["cards"]) == number


def test_columns_and_delimiter_may_be_told(bare: Any, source: Callable[..., str]) -> None:
    name = source("1/fen/wet\n2/moor/dry\n", "odd.csv")
    call = ("--delimiter", "/", "--columns", "_,question,answer", "--no-header")
    assert [card["question"] for card in bare.json("import", name, *call)["cards"]] == ["fen", "moor"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.txt", b"", "is empty"),
        ("x.md", b" \n\n", "is empty"),
        ("x.txt", bytes(range(256)), "is not a text file"),
        ("x.txt", "What is it?\n".encode("utf-16"), "is UTF-16 text"),
        ("x.txt", "What is it?\n".encode("utf-16-le"), "looks like UTF-16"),
        ("x.csv", "Süß,Zucker\n".encode("latin-1"), ":1: This is not UTF-8 text"),
        ("x.md", b"ok\n" * 5 + b"\xc3(\n", ":6: This is not UTF-8 text"),
        ("x.txt", b"a" * 9_000_000, "over 8 MB of text"),
        ("x.txt", b"a " * 60_000, ":1: This line has 119,999 characters"),
        ("x.json", b"{", ":1: Not JSON"),
    ],
    ids=[
        "empty",
        "blank",
        "binary",
        "UTF-16",
        "UTF-16 without a mark",
        "Latin-1",
        "not UTF-8",
        "large",
        "line",
        "json",
    ],
)
def test_files_that_are_not_what_they_seem_are_told_and_write_nothing(
    bare: Any, source: Callable[..., str], name: str, data: bytes, says: str
) -> None:
    before = files(bare)
    ran = bare("import", source(data.strip(b" ") if says.endswith("characters") else data, name))
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err
    assert len(ran.err.splitlines()) == 2
    assert files(bare) == before


def test_when_the_log_cannot_be_written_no_deck_stays(bare: Any, source: Callable[..., str]) -> None:
    bare.home.log.mkdir()
    before = files(bare)
    ran = bare("import", source(TABLE, "meadows.csv"))
    assert ran.code == 1
    assert files(bare) == before


def test_when_a_deck_cannot_be_written_nothing_of_the_import_stays(bare: Any, source: Callable[..., str]) -> None:
    broken = bare.home.decks / "meadows.toml"
    broken.write_text('title = "Zoo"\ncards = 5\n')
    one = source('title = "A"\n[[cards]]\nquestion = "Why?"\nanswer = "So."\n', "a.toml")
    two = source('title = "Zoo"\n[[cards]]\nquestion = "What?"\nanswer = "That."\n', "b.toml")
    before = files(bare)
    assert bare("import", one, two).code == 1
    assert files(bare) == before
    assert not bare.home.log.exists()


def test_hostile_words_reach_the_terminal_without_their_sting(
    bare: Any, source: Callable[..., str], controls: Any
) -> None:
    name = source("# Quiz\n\n## What is \x1b[31m[/red] `x`?\n\nIt \u202ewas\x07.\n\n## Why?\n\nSo.\n", "evil.md")
    for call in (("--dry-run",), ()):
        ran = bare("import", name, *call)
        assert not controls.search(ran.out + ran.err)
    assert bare.json("cards")[0]["question"] == "What is [31m[/red] `x`?"

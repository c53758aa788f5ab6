"""The decks folder: order, cards that are one, decks by name, and what is read again."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.cache import Cache
from trainer.errors import UsageError
from trainer.home import Home
from trainer.library.deck_format import read_deck
from trainer.library.folder import Library, read_library
from trainer.library.shelf import SCHEMA
from trainer.model import Deck

WriteDeck = Callable[..., Path]


def deck(title: str = "", *cards: str) -> str:
    """Return a deck file; each card is told as `id=question`, or as its question alone."""
    text = f'title = "{title}"\n' if title else ""
    for card in cards:
        own_id, _, question = card.rpartition("=")
        text += "[[cards]]\n" + (f'id = "{own_id}"\n' if own_id else "") + f'question = "{question}"\nanswer = "A"\n'
    return text


def told(library: Library) -> list[tuple[str, int | None, str]]:
    return [(problem.file, problem.line, problem.message) for problem in library.problems]


def titles(library: Library) -> list[str]:
    return [each.title for each in library.decks]


# Order


def test_decks_and_cards_are_in_the_order_of_file_names(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("A", "z=Last", "a=First"), "b.toml")
    write_deck(deck("Z", "m=Middle"), "a.toml")
    write_deck(deck("Upper", "u=Upper"), "Z.toml")
    library = read_library(home.decks)
    assert [each.file for each in library.decks] == ["Z.toml", "a.toml", "b.toml"]
    assert list(library.cards) == ["u", "m", "z", "a"]
    assert {card: each.title for card, each in library.deck_of.items()} == {"u": "Upper", "m": "Z", "z": "A", "a": "A"}
    assert library.problems == []


def test_only_toml_files_of_the_folder_itself_are_decks(home: Home, write_deck: WriteDeck) -> None:
    for name in ("notes.txt", "a.toml.bak", ".hidden.toml", "a.toml~", "toml", ".toml"):
        write_deck(deck("No", "Q"), name)
    (home.decks / "sub").mkdir()
    write_deck(deck("No", "Q"), "sub/below.toml")
    library = read_library(home.decks)
    assert (library.decks, library.problems) == ([], [])


def test_a_link_to_a_deck_is_a_deck(home: Home, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text(deck("Linked", "Q"))
    (home.decks / "link.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert titles(read_library(home.decks)) == ["Linked"]


# Cards that are one


def test_of_two_equal_cards_the_first_is_asked_and_both_places_are_named(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("Second", "What is it?", "Only here"), "b.toml")
    write_deck(deck("First", "Else", "what is  IT"), "a.toml")
    library = read_library(home.decks)
    first, second = library.decks
    assert [card.question for card in first.cards] == ["Else", "what is  IT"]
    assert [card.question for card in second.cards] == ["Only here"]
    assert [card.question for card in library.cards.values()] == ["Else", "what is  IT", "Only here"]
    same = first.cards[1].id
    assert library.deck_of[same] is first
    assert library.line_of(same) == 5
    assert told(library) == [("b.toml", 2, "This card is also at a.toml:5; it is asked once.")]
    assert library.problems[0].hint


def test_two_equal_cards_of_one_deck_are_one(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("", "Twice", "Else", "Twice!", "x=Mine", "x=mine"), "a.toml")
    library = read_library(home.decks)
    assert [card.question for card in library.decks[0].cards] == ["Twice", "Else", "Mine"]
    assert told(library) == [
        ("a.toml", 7, "This card is also at a.toml:1; it is asked once."),
        ("a.toml", 14, "This card is also at a.toml:10; it is asked once."),
    ]


def test_the_same_card_three_times_is_told_twice(home: Home, write_deck: WriteDeck) -> None:
    for name in ("a.toml", "b.toml", "c.toml"):
        write_deck(deck("", "Thrice"), name)
    library = read_library(home.decks)
    assert len(library.cards) == 1
    assert [(file, line) for file, line, _ in told(library)] == [("b.toml", 1), ("c.toml", 1)]
    assert all("a.toml:1" in message for _, _, message in told(library))


def test_places_count_the_cards_that_were_left_out(home: Home, write_deck: WriteDeck) -> None:
    write_deck("[[cards]]\nquestion = 1\n\n" + deck("", "Same"), "a.toml")
    write_deck("[[cards]]\n" + deck("", "Same"), "b.toml")
    library = read_library(home.decks)
    assert ("b.toml", 2, "This card is also at a.toml:4; it is asked once.") in told(library)


def test_an_id_of_two_questions_belongs_to_the_first(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("First", "call=Tell me about a hard call"), "a.toml")
    write_deck(deck("Second", "Else", "call=Something other"), "b.toml")
    library = read_library(home.decks)
    assert library.cards["call"].question == "Tell me about a hard call"
    assert [card.question for card in library.decks[1].cards] == ["Else"]
    message = "The id `call` belongs to another question, at a.toml:2; this card is left out."
    assert told(library) == [("b.toml", 5, message)]
    assert library.problems[0].hint == "Give it an id of its own."


def test_one_question_under_two_ids_is_two_cards(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("", "one=Q", "two=Q", "Q"))
    library = read_library(home.decks)
    assert len(library.cards) == 3
    assert library.problems == []


def test_the_line_of_a_card_is_where_it_begins(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("T", "a=A", "b=B"), "a.toml")
    write_deck("cards = [\n{ id = 'c', question = 'C', answer = 'A' }]", "b.toml")
    library = read_library(home.decks)
    assert [library.line_of(card) for card in "abc"] == [2, 6, 2]


# Problems


def test_a_deck_that_does_not_load_leaves_the_others(home: Home, write_deck: WriteDeck) -> None:
    write_deck("title = ", "a.toml")
    write_deck(deck("Good", "Q"), "b.toml")
    write_deck("\n\nformat = 2", "c.toml")
    library = read_library(home.decks)
    assert titles(library) == ["Good"]
    assert [(problem.file, problem.line) for problem in library.problems] == [("a.toml", 1), ("c.toml", 3)]


def test_problems_are_in_the_order_of_file_and_line(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("", "Same"), "a.toml")
    write_deck(deck("", "Same", "Bad") + "zzz = 1\n" + deck("", "Same") + "[[cards]]\n", "b.toml")
    (home.decks / "aa.toml").mkdir()
    places = [(problem.file, problem.line) for problem in read_library(home.decks).problems]
    assert places == [("aa.toml", None), ("b.toml", 1), ("b.toml", 7), ("b.toml", 8), ("b.toml", 11)]


@pytest.mark.parametrize("kind", ["folder", "dangling link", "link in a circle"])
def test_a_file_that_cannot_be_read_is_told_and_leaves_the_others(home: Home, write_deck: WriteDeck, kind: str) -> None:
    write_deck(deck("Good", "Q"), "good.toml")
    make_unreadable(home.decks / "bad.toml", kind)
    library = read_library(home.decks)
    assert titles(library) == ["Good"]
    assert [(file, line) for file, line, _ in told(library)] == [("bad.toml", None)]
    assert told(library)[0][2].startswith("The file cannot be read: ")


def make_unreadable(path: Path, kind: str) -> None:
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere.toml" if kind == "dangling link" else path.name)


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "decks"
    if kind == "file":
        folder.write_text("no folder")
    library = read_library(folder)
    assert (library.decks, library.cards) == ([], {})
    (problem,) = library.problems
    assert (problem.file, problem.line) == ("decks", None)
    assert problem.message.startswith("The decks folder cannot be read: ")


# A deck by name


@pytest.fixture
def named(home: Home, write_deck: WriteDeck) -> Library:
    write_deck(deck("Capital cities"), "geo.toml")
    write_deck(deck("Capital letters"), "letters.toml")
    write_deck(deck("Straßen"), "roads.toml")
    write_deck(deck("C"), "c.toml")
    write_deck(deck("Twice"), "twice-one.toml")
    write_deck(deck("Twice"), "twice-two.toml")
    write_deck("", "untitled.toml")
    return read_library(home.decks)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Capital cities", "geo.toml"),
        ("capital CITIES", "geo.toml"),
        ("geo.toml", "geo.toml"),
        ("geo", "geo.toml"),
        ("GEO.TOML", "geo.toml"),
        ("g", "geo.toml"),
        ("capital c", "geo.toml"),
        ("Capital l", "letters.toml"),
        ("let", "letters.toml"),
        ("STRASSEN", "roads.toml"),
        ("straß", "roads.toml"),
        ("c", "c.toml"),
        ("C", "c.toml"),
        ("twice-one", "twice-one.toml"),
        ("twice-two.toml", "twice-two.toml"),
        ("TWICE-T", "twice-two.toml"),
        ("untitled", "untitled.toml"),
    ],
)
def test_a_deck_is_found_by_title_or_file_or_their_beginning_in_any_case(named: Library, name: str, file: str) -> None:
    assert named.find_deck(name).file == file


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("capital", ["geo.toml", "letters.toml"]),
        ("ca", ["geo.toml", "letters.toml"]),
        ("Twice", ["twice-one.toml", "twice-two.toml"]),
        ("t", ["twice-one.toml", "twice-two.toml"]),
        ("", ["c.toml", "geo.toml", "letters.toml", "roads.toml", "twice-one.toml", "twice-two.toml", "untitled.toml"]),
    ],
)
def test_a_name_of_several_decks_is_a_wrong_call_that_names_them(named: Library, name: str, files: list[str]) -> None:
    with pytest.raises(UsageError, match="could be") as raised:
        named.find_deck(name)
    assert [file for file in (each.file for each in named.decks) if f"({file})" in raised.value.message] == files
    assert raised.value.hint
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("name", ["nothing", "ities", "geo.tom.l", "geo.toml.", "apital cities"])
def test_a_name_of_no_deck_is_a_wrong_call_that_names_those_there_are(named: Library, name: str) -> None:
    with pytest.raises(UsageError, match="There is no deck") as raised:
        named.find_deck(name)
    assert repr(name) in raised.value.message
    assert "Capital cities" in raised.value.hint
    assert raised.value.exit_code == 2


def test_in_a_folder_without_decks_none_is_found(home: Home) -> None:
    with pytest.raises(UsageError) as raised:
        read_library(home.decks).find_deck("x")
    assert "no deck yet" in raised.value.hint


def test_a_hostile_name_is_told_on_one_short_line(named: Library) -> None:
    with pytest.raises(UsageError) as raised:
        named.find_deck("\x1b[2J\n" + "x" * 500)
    assert raised.value.message.isprintable()
    assert len(raised.value.message) < 120


def test_a_name_written_exactly_wins_over_one_in_another_case(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("Go", "Q"), "one.toml")
    write_deck(deck("GO", "R"), "two.toml")
    write_deck(deck("x", "S"), "File.toml")
    if (home.decks / "file.toml").exists():
        pytest.skip("this file system does not tell File.toml from file.toml")
    write_deck(deck("y", "T"), "file.toml")
    library = read_library(home.decks)
    assert library.find_deck("Go").file == "one.toml"
    assert library.find_deck("GO").file == "two.toml"
    assert library.find_deck("File.toml").title == "x"
    assert library.find_deck("file.toml").title == "y"
    with pytest.raises(UsageError, match="could be"):
        library.find_deck("gO")


# Reading again


def test_a_file_that_did_not_change_is_not_read_again(home: Home, write_deck: WriteDeck, tmp_path: Path) -> None:
    path = write_deck(deck("One", "one=Q"), "a.toml")
    cache = Cache(tmp_path / "cache.db", SCHEMA)
    assert Library(home.decks, cache).refresh()
    path.chmod(0o644)  # which changes its signature, and not what it holds
    touched: list[set[str]] = []
    assert Library(home.decks, cache).refresh(touched.append)
    assert touched == []
    write_deck(deck("Two", "two=R", "three=S"), "b.toml")
    library = Library(home.decks, cache)
    library.refresh(touched.append)
    assert touched == [{"two", "three"}]
    assert list(library.cards) == ["one", "two", "three"]


def test_only_the_cards_that_changed_are_told(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("One", "a=A", "b=B", "c=C"))
    library = read_library(home.decks)
    touched: list[set[str]] = []
    write_deck(deck("One", "a=A", "b=Changed", "d=D"))
    assert library.refresh(touched.append)
    assert touched == [{"b", "c", "d"}]
    assert not library.refresh(touched.append)


def test_a_library_in_a_cache_is_that_of_the_files(home: Home, write_deck: WriteDeck, tmp_path: Path) -> None:
    path = write_deck(
        'title = "Ünder"\nabout = "All of it"\ntags = ["t"]\n[[cards]]\nid = "é"\n'
        'question = "Q \U0001f600?"\nanswer = "A"\n'
        'follow_ups = ["F"]\nhint = "H"\nwhy = "W"\ntags = ["u", "v"]\nsource = "S"\n'
        'key_points = ["one", { id = "two", text = "Two", weight = 0.1 }]\n'
    )
    cache = Cache(tmp_path / "cache.db", SCHEMA)
    Library(home.decks, cache).refresh()
    kept = Library(home.decks, cache)
    kept.refresh()
    read = read_deck(path.read_bytes(), path.name).deck
    assert kept.decks == [read]
    assert [card.id for card in kept.decks[0].cards] == ["é"]
    assert kept.decks[0].cards[0] == kept.decks[0].cards[-1] == kept.cards["é"]
    assert kept.decks[0].cards[:1] == (kept.cards["é"],)


def test_the_problems_of_a_file_that_did_not_change_are_told_again(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("", "Same", "Same") + "zzz = 1\n")
    library = read_library(home.decks)
    before = told(library)
    assert len(before) == library.problem_count == 1
    write_deck(deck("", "a=A", "a=B"), "b.toml")
    library.refresh()
    assert told(library)[:1] == before or told(library)[-1:] == before
    assert len(library.problems) == library.problem_count == 2


def test_a_card_comes_back_when_the_first_of_its_kind_goes(home: Home, write_deck: WriteDeck) -> None:
    first = write_deck(deck("First", "same=Q"), "a.toml")
    write_deck(deck("Second", "same=Q"), "b.toml")
    after = read_library(home.decks)
    assert after.deck_of["same"].title == "First"
    assert after.decks[1].cards == ()
    first.unlink()
    after.refresh()
    assert after.deck_of["same"].title == "Second"
    assert after.decks == [Deck("b.toml", "Second", cards=(after.cards["same"],))]
    assert after.problems == []


def rewrite(path: Path) -> None:
    path.write_text(deck("Capitals", "Another"))


def rewrite_with_the_same_length(path: Path) -> None:
    text = path.read_text()
    path.write_text(text.replace("One", "Two"))
    os.utime(path, ns=(5, 5))


def rewrite_with_the_same_time(path: Path) -> None:
    stat = path.stat()
    path.write_text(path.read_text().replace("One", "Another"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def replace_with_time_and_length_kept(path: Path) -> None:
    stat = path.stat()
    other = path.with_name("other.tmp")
    other.write_text(path.read_text().replace("One", "Two"))
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(path)


def add_a_file(path: Path) -> None:
    shutil.copy(path, path.with_name("added.toml"))


def rename_the_file(path: Path) -> None:
    path.rename(path.with_name("renamed.toml"))


def remove_the_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def put_a_folder_in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def put_a_dangling_link_in_its_place(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


@pytest.mark.parametrize(
    "change",
    [
        rewrite,
        rewrite_with_the_same_length,
        rewrite_with_the_same_time,
        replace_with_time_and_length_kept,
        add_a_file,
        rename_the_file,
        Path.unlink,
        remove_the_folder,
        put_a_folder_in_its_place,
        put_a_dangling_link_in_its_place,
    ],
    ids=lambda change: change.__name__.replace("_", " "),
)
def test_every_change_of_the_folder_is_seen(home: Home, write_deck: WriteDeck, change: Callable[[Path], None]) -> None:
    path = write_deck(deck("Capitals", "One"))
    library = read_library(home.decks)
    assert not library.refresh()
    before = ([(each.file, each.title, tuple(each.cards)) for each in library.decks], told(library))
    change(path)
    assert library.refresh()
    assert ([(each.file, each.title, tuple(each.cards)) for each in library.decks], told(library)) != before


def test_what_is_no_deck_does_not_change_the_folder(home: Home, write_deck: WriteDeck) -> None:
    write_deck(deck("Capitals", "One"))
    library = read_library(home.decks)
    write_deck("a note", "notes.txt")
    write_deck("an editor's own", ".capitals.toml")
    assert not library.refresh()


def test_a_deck_that_does_not_load_is_no_change_by_itself(home: Home, write_deck: WriteDeck) -> None:
    write_deck("title = ")
    assert not read_library(home.decks).refresh()


@pytest.mark.parametrize("kind", ["folder", "dangling link", "link in a circle"])
def test_a_file_that_cannot_be_read_is_no_change_by_itself(home: Home, write_deck: WriteDeck, kind: str) -> None:
    write_deck(deck("Good", "Q"), "good.toml")
    make_unreadable(home.decks / "bad.toml", kind)
    assert not read_library(home.decks).refresh()


def test_a_folder_that_cannot_be_read_is_no_change_by_itself(tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    library = read_library(folder)
    assert not library.refresh()
    folder.mkdir()
    (folder / "a.toml").write_text(deck("Here", "Q"))
    assert library.refresh()
    assert titles(library) == ["Here"]


def test_a_deck_that_stops_loading_keeps_its_cards_and_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "deck.toml"
    path.write_text('title = "D"\n[[cards]]\nquestion = "Q?"\nanswer = "A"\n')
    library = read_library(tmp_path)
    whole = list(library.cards)
    path.write_text('title = "D\n')
    library.refresh()
    assert list(library.cards) == whole
    assert [(problem.file, problem.line) for problem in library.lost] == [("deck.toml", 1)]
    assert library.problems == library.lost
    assert read_library(tmp_path).decks == []
    path.write_text('title = "D D\n')
    library.refresh()
    assert list(library.cards) == whole
    path.write_text('title = "E"\n[[cards]]\nquestion = "Other?"\nanswer = "A"\n')
    library.refresh()
    assert (library.lost, titles(library)) == ([], ["E"])


def test_a_deck_half_edited_is_kept_for_its_own_process_only(tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "deck.toml").write_text(deck("D", "Q?"))
    mine = Library(folder, Cache(tmp_path / "cache.db", SCHEMA))
    mine.refresh()
    (folder / "deck.toml").write_text('title = "D')
    mine.refresh()
    other = Library(folder, Cache(tmp_path / "cache.db", SCHEMA))
    other.refresh()
    assert (titles(mine), titles(other)) == (["D"], [])
    assert told(mine) == told(other)


def test_a_file_whose_name_is_no_text_is_reported(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.toml")).write_text(deck("D", "Q?"))
    except OSError:
        pytest.skip("this file system has no such names")
    assert [message for _, _, message in told(read_library(tmp_path))] == ["The file's name is not UTF-8."]

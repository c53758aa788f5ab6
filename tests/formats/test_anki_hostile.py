"""Packages from strangers: a clear message, nothing written, whatever they hold."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.errors import TrainerError
from trainer.formats import limits
from trainer.formats.anki import database
from trainer.formats.anki import package as anki

ZipOf = Callable[[dict[str, bytes]], bytes]


def refused(data: bytes, name: str = "deck.apkg") -> str:
    with pytest.raises(TrainerError) as raised:
        anki.read(name, data)
    assert raised.value.hint
    assert "\n" not in raised.value.message
    return raised.value.message


def with_names(*names: str, mode: int = 0) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, b"x")
    return target.getvalue()


# The archive


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/passwd", "\\\\server\\x", "C:\\x", "..\\evil", "c:evil"]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert "a file for another folder" in refused(with_names("collection.anki2", name))


def test_a_symbolic_link_is_refused() -> None:
    assert "holds a link" in refused(with_names("collection.anki2", mode=stat.S_IFLNK | 0o777))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused() -> None:
    assert "two files of the name" in refused(with_names("collection.anki2", "collection.anki2"))


def test_files_that_lie_over_each_other_are_refused(package: Any) -> None:
    data = bytearray(with_names("collection.anki2", "0", "1"))
    at = data.rfind(b"PK\x01\x02")
    data[at + 42 : at + 46] = struct.pack("<L", 0)  # the last lies where the first does
    assert "lie over each other" in refused(bytes(data))


@pytest.mark.parametrize("keep", [0, 3, 4, 30, 200, -1, -22, -60])
def test_an_archive_cut_short_is_told(package: Any, keep: int) -> None:
    package.note("Q", "A")
    assert refused(package.data()[:keep]) == "deck.apkg is cut short or damaged."


@pytest.mark.parametrize("data", [b"", b"x", b"\0" * 100, b"PK\x05\x06" + b"\xff" * 18, b"PK\x03\x04" * 50])
def test_what_is_no_archive_is_told(data: bytes) -> None:
    assert refused(data).startswith("deck.apkg ")


def test_a_damaged_byte_is_told(package: Any) -> None:
    package.note("Q", "A")
    data = bytearray(package.data())
    data[data.find(b"collection.anki21") + 200] ^= 0xFF
    assert refused(bytes(data)) == "deck.apkg is cut short or damaged."


def test_a_bomb_is_refused_by_the_size_it_tells(zip_of: ZipOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LARGEST_DATABASE", 1000)
    said = refused(zip_of({"collection.anki2": b"SQLite format 3\0" + bytes(5000)}))
    assert said == "deck.apkg holds over 1,000 bytes in its part collection.anki2, more than is read here."


def test_a_size_that_is_told_too_small_gives_nothing_away(package: Any) -> None:
    data = bytearray(package.data())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 16)  # of 20,000 bytes, says its table of contents
    assert refused(bytes(data)) == "deck.apkg is cut short or damaged."


def test_an_archive_in_an_archive_is_not_opened(package: Any, zip_of: ZipOf) -> None:
    assert "collection.anki2 is no database" in refused(zip_of({"collection.anki2": package.data()}))


@pytest.mark.parametrize("size", [limits.LARGEST_DIRECTORY + 1, 0xFFFFFFFF])
def test_a_table_of_contents_that_is_too_long_is_not_read(package: Any, size: int) -> None:
    data = bytearray(package.data())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<L", size)
    assert "in its table of contents" in refused(bytes(data))


def test_a_locked_archive_is_told(package: Any) -> None:
    data = bytearray(package.data())
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(start) + offset] |= 1
    assert "is locked" in refused(bytes(data))


def test_an_archive_without_a_collection_is_told(zip_of: ZipOf) -> None:
    assert refused(zip_of({"0": b"x"})) == "deck.apkg holds no collection of Anki."


# The package


def test_a_package_of_a_format_to_come_is_told(package: Any, zip_of: ZipOf) -> None:
    said = refused(zip_of({"meta": b"\x08\x04", "collection.anki21b": b"x"}))
    assert said == "deck.apkg is of package format 4; this trainer reads up to 3."


@pytest.mark.parametrize("meta", [b"\x08", b"\x08\xff\xff", b"\x12\x05ab", b"\x0b", b"\x08" + b"\xff" * 20])
def test_protobuf_cut_short_is_told(zip_of: ZipOf, meta: bytes) -> None:
    assert refused(zip_of({"meta": meta, "collection.anki2": b"x"})) == "deck.apkg is cut short or damaged."


def squeezed(data: bytes) -> bytes:
    zstd = pytest.importorskip("backports.zstd")
    return bytes(zstd.compress(data))


def test_zstd_that_grows_past_the_limit_is_stopped(zip_of: ZipOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LARGEST_DATABASE", 100_000)
    data = squeezed(b"SQLite format 3\0" + bytes(10_000_000))
    assert "over 100,000 bytes" in refused(zip_of({"collection.anki21b": data}))


def test_zstd_that_claims_terabytes_is_told(zip_of: ZipOf) -> None:
    # a frame header of one segment with a content size of 8 bytes: as much as can be said
    data = b"\x28\xb5\x2f\xfd\xe0" + struct.pack("<Q", 1 << 50) + b"\x01\x00\x00"
    assert refused(zip_of({"collection.anki21b": data})) == "deck.apkg is cut short or damaged."


@pytest.mark.parametrize("keep", [0, 3, 8, -5])
def test_zstd_cut_short_is_told(package: Any, zip_of: ZipOf, keep: int) -> None:
    package.note("Q", "A")
    data = squeezed(package.database())[:keep]
    assert refused(zip_of({"collection.anki21b": data})) == "deck.apkg is cut short or damaged."


# The database


def test_a_damaged_database_is_told(package: Any, zip_of: ZipOf) -> None:
    for number in range(200):
        package.note(f"Question {number} " * 20, "A")
    data = bytearray(package.database())
    data[5000:-1] = bytes(reversed(data[5000:-1]))
    assert "damaged collection" in refused(zip_of({"collection.anki2": bytes(data)}))
    assert "damaged collection" in refused(zip_of({"collection.anki2": package.database()[:6000]}))


@pytest.mark.parametrize(
    ("script", "what"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM cards; END", "trigger"),
        ("CREATE VIEW v AS SELECT 1", "view"),
        ("DROP TABLE notes; CREATE VIEW notes AS SELECT randomblob(1000000000) AS id", "view"),
        ("DROP TABLE notes; CREATE VIRTUAL TABLE notes USING fts5(id)", "table"),
    ],
)
def test_triggers_views_and_virtual_tables_are_refused(package: Any, script: str, what: str) -> None:
    package.note("Q", "A")
    package.extra = script
    assert f"holds a {what} that is no collection's" in refused(package.data())


def test_a_column_that_works_something_out_is_not_run(package: Any) -> None:
    package.extra = (
        "DROP TABLE notes; CREATE TABLE notes (id, guid, mid, tags, flds AS (zeroblob(1000000000)));"
        "INSERT INTO notes (id, guid, mid, tags) VALUES (1, 'g', 1, '')"
    )
    assert "damaged collection" in refused(package.data())


def test_a_name_in_the_schema_that_is_no_text_is_told(zip_of: ZipOf) -> None:
    data = (Path(__file__).parents[1] / "fuzz" / "corpus" / "database" / "bad-name.db").read_bytes()
    assert "damaged collection" in refused(zip_of({"collection.anki21": data}))


@pytest.mark.parametrize("table", ["col", "notes", "cards", "revlog"])
def test_a_database_of_something_else_is_told(package: Any, table: str) -> None:
    package.extra = f"DROP TABLE {table}"
    assert refused(package.data()) == "deck.apkg holds a database that is no collection of Anki."


@pytest.mark.parametrize(
    "models",
    ["", "[", "[]", "7", "null", '{"x": {}}', '{"1": {"name": 1}}', "[" * 100_000, '{"1":' * 50_000, "9" * 5000],
    ids=lambda text: text[:20],
)
def test_json_that_is_none_or_too_deep_or_of_another_shape_is_told(package: Any, models: str) -> None:
    package.extra = f"UPDATE col SET models = '{models}'"
    assert refused(package.data()) == "deck.apkg holds note types or decks that cannot be read."


def test_a_collection_without_its_one_row_is_told(package: Any) -> None:
    package.extra = "DELETE FROM col"
    assert refused(package.data()) == "deck.apkg holds note types or decks that cannot be read."


@pytest.mark.parametrize(
    ("limit", "what"), [("MOST_NOTES", "notes"), ("MOST_CARDS", "cards"), ("MOST_REVIEWS", "reviews")]
)
def test_too_many_rows_are_refused(package: Any, monkeypatch: pytest.MonkeyPatch, limit: str, what: str) -> None:
    for _ in range(3):
        package.note("Q", "A")
    package.reviews = [(number, 10, 3, 0, 0, 0) for number in range(3)]
    monkeypatch.setattr(anki, limit, 2)
    assert refused(package.data()) == f"deck.apkg holds over 2 {what}, more than is read here."


def test_a_database_that_takes_too_long_is_given_up(package: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "MOST_STEPS", 1000)
    monkeypatch.setattr(database, "_STEPS_AT_ONCE", 1000)
    for number in range(5000):
        package.note(str(number), "A")
    assert refused(package.data()) == "deck.apkg takes too long to read; it was given up."


def test_a_template_that_repeats_a_field_endlessly_costs_the_card_only(package: Any) -> None:
    package.models["1"]["tmpls"][0]["qfmt"] = "{{Front}}" * 20_000
    package.note("x" * 150_000, "A")
    (found,) = anki.read("deck.apkg", package.data())
    assert [each.reason for each in found.skipped] == ["One of its sides has over 200,000 characters."]


def test_text_beyond_all_measure_is_refused(package: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.formats.anki import notes

    monkeypatch.setattr(notes, "MOST_TEXT", 100)
    package.note("Q" * 200, "A")
    assert "over 100 characters of text" in refused(package.data())


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 39_000,
        "<img" * 49_000,
        "<ul><li>" * 20_000,
        "[sound:" * 25_000,
        "{{c1::" * 30_000,
        "<hr id=answer" * 10_000,
        "&" * 100_000,
        "\n " * 90_000,
        "*_`" * 60_000,
        "<!--" * 40_000,
        "- a\n" * 40_000,
    ],
    ids=lambda text: text[:12],
)
def test_markup_made_to_be_slow_is_not(package: Any, html: str) -> None:
    package.models["2"]["tmpls"][0]["afmt"] = html
    package.note(f"Q {html}", html, cards=(0, 1))
    package.note(f"{{{{c1::A}}}} {html}", html, kind=2)
    found = anki.read("deck.apkg", package.data())
    assert sum(len(each.cards) + len(each.skipped) for each in found) == 3

"""The cache: what it holds can be lost, damaged, foreign or out of reach at any time."""

import errno
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer import cache as caches
from trainer.cache import Cache, sealed, unsealed

SCHEMA = "CREATE TABLE word (text TEXT);\nCREATE INDEX word_text ON word (text);\n"


def filled(path: Path, *words: str) -> Cache:
    """Return a cache that holds these words."""
    cache = Cache(path, SCHEMA)
    cache.write(lambda: cache.run_many("INSERT INTO word VALUES (?)", ((word,) for word in words)))
    return cache


def words(cache: Cache) -> list[str]:
    return [row[0] for row in cache.query("SELECT text FROM word ORDER BY rowid")]


def test_what_was_kept_is_there_the_next_time(tmp_path: Path) -> None:
    cache = filled(tmp_path / "new" / "cache.db", "a", "b")
    cache.write(lambda: cache.set("name", 5))
    again = Cache(tmp_path / "new" / "cache.db", SCHEMA)
    assert (words(again), again.get("name"), again.get("other", "none")) == (["a", "b"], 5, "none")
    assert again.one("SELECT text FROM word WHERE text = ?", "z") is None
    assert again.number("SELECT count(*) FROM word") == 2
    assert again.number("SELECT max(text) FROM word WHERE 0") == 0


@pytest.mark.parametrize("content", [b"", b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000], ids=len)
def test_a_file_that_is_none_of_ours_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(content)
    assert words(filled(path, "a")) == ["a"]
    assert words(Cache(path, SCHEMA)) == ["a"]


def test_a_file_whose_tables_are_described_by_no_text_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    filled(path, "a")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"PRIMARY KEY", b"PRIMARY K\xc5Y"))
    assert words(filled(path, "b")) == ["b"]


def test_tables_of_another_version_are_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cache.db"
    filled(path, "a")
    assert words(Cache(path, SCHEMA + "CREATE TABLE more (x);\n")) == []
    filled(path, "b")
    monkeypatch.setattr(caches, "FORMAT", caches.FORMAT + 1)
    assert words(Cache(path, SCHEMA)) == []


def test_a_foreign_database_with_views_and_triggers_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE word (a); CREATE VIEW meta AS SELECT 'version' AS name, 1 AS value;"
        "CREATE TRIGGER t AFTER INSERT ON word BEGIN DELETE FROM word; END;"
    )
    connection.close()
    assert words(filled(path, "a")) == ["a"]


def test_damage_found_in_the_middle_is_worked_out_again(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    cache = filled(path, *(f"{number:0500}" for number in range(200)))
    del cache
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(range(255, -1, -1)) * (size // 256 - 32))
    damaged = Cache(path, SCHEMA)

    def refill() -> None:
        damaged.write(lambda: damaged.run("INSERT INTO word VALUES ('anew')"))

    damaged.refill = refill
    assert words(damaged) == ["anew"]
    assert words(Cache(path, SCHEMA)) == ["anew"]


def test_a_change_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    cache = filled(tmp_path / "cache.db", "a")

    def fail() -> None:
        cache.run("INSERT INTO word VALUES ('half')")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.write(fail)
    assert words(cache) == ["a"]
    cache.write(lambda: cache.write(lambda: cache.run("INSERT INTO word VALUES ('inner')")))
    assert words(Cache(tmp_path / "cache.db", SCHEMA)) == ["a", "inner"]


def test_two_at_once_see_what_the_other_kept(tmp_path: Path) -> None:
    one, other = filled(tmp_path / "cache.db", "a"), Cache(tmp_path / "cache.db", SCHEMA)
    other.write(lambda: other.run("INSERT INTO word VALUES ('b')"))
    assert words(one) == ["a", "b"]


def test_held_privately_it_changes_for_nobody_else(tmp_path: Path) -> None:
    cache = filled(tmp_path / "cache.db", "a")
    cache.hold_privately()
    cache.hold_privately()
    cache.write(lambda: cache.run("INSERT INTO word VALUES ('b')"))
    assert words(cache) == ["a", "b"]
    assert words(Cache(tmp_path / "cache.db", SCHEMA)) == ["a"]


def test_where_no_file_can_be_made_tables_are_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert words(filled(tmp_path / "file" / "cache.db", "a")) == ["a"]


def test_a_cache_that_is_locked_by_another_is_gone_on_with_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "PATIENCE", 0.01)
    cache = filled(tmp_path / "cache.db", "a")
    holder = sqlite3.connect(tmp_path / "cache.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    cache.write(lambda: cache.run("INSERT INTO word VALUES ('b')"))
    holder.close()
    assert words(cache) == ["a", "b"]
    assert words(Cache(tmp_path / "cache.db", SCHEMA)) == ["a"]


def test_where_files_cannot_be_locked_tables_are_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def no_locks(file: object, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "lockf", no_locks)
    assert words(filled(tmp_path / "cache.db", "a")) == ["a"]
    assert not (tmp_path / "cache.db").exists()


def test_a_disk_that_is_full_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    cache = filled(tmp_path / "cache.db", "a")
    pages = cache.number("PRAGMA page_count")
    cache.query(f"PRAGMA max_page_count = {pages}")
    cache.write(lambda: cache.run_many("INSERT INTO word VALUES (?)", (("x" * 999,) for _ in range(99))))
    assert len(words(cache)) == 100
    assert words(Cache(tmp_path / "cache.db", SCHEMA)) == ["a"]


def test_a_function_of_sql_is_known_wherever_the_tables_move(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    cache = filled(path, "ab", "c")
    cache.define("doubled", lambda text: text * 2)
    sql = "SELECT doubled(text) FROM word"
    assert cache.query(sql) == [("abab",), ("cc",)]
    cache.hold_privately()
    assert cache.query(sql) == [("abab",), ("cc",)]
    cache.define("doubled", len)
    assert cache.query(sql) == [(2,), (1,)]


def test_a_row_that_cannot_be_what_was_written_is_worked_out_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "index.db", SCHEMA)
    cache.write(lambda: cache.run("INSERT INTO word VALUES ('seven')"))
    cache.refill = lambda: cache.write(lambda: cache.run("INSERT INTO word VALUES ('7')"))
    assert cache.read(lambda rows: [int(row[0]) for row in rows], "SELECT * FROM word") == [7]
    with pytest.raises(ValueError, match="seven"):
        cache.read(lambda rows: int(f"seven{rows}"), "SELECT * FROM word")


@given(st.text(st.characters(codec="utf-8")), st.data())
def test_a_sealed_text_that_was_changed_is_known(text: str, data: st.DataObject) -> None:
    kept = sealed(text)
    assert unsealed(kept) == text
    at = data.draw(st.integers(0, len(kept) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda character: character != kept[at]))
    with pytest.raises(ValueError, match="not what was kept"):
        unsealed(kept[:at] + other + kept[at + 1 :])

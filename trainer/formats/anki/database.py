"""Anki's collection, an SQLite database from a stranger: opened so that it can do nothing, read table by table."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from trainer.errors import TrainerError
from trainer.formats.anki import wire
from trainer.formats.archive import Archive
from trainer.formats.limits import LARGEST_DATABASE, LARGEST_PART, MOST_STEPS, too_much
from trainer.formats.zstd import unpacked

PARTS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""Where the collection is, the newest format first: the older ones are then only a note that asks to update."""
NEWEST_PACKAGE = 3
TABLES = frozenset(("col", "notes", "cards", "revlog", "notetypes", "fields", "templates", "decks"))
_MAGIC = b"SQLite format 3\0"
_STEPS_AT_ONCE = 1_000_000
_HINT = "Export it anew from Anki."


@contextmanager
def open_collection(archive: Archive) -> Iterator["Database"]:
    """Open the collection of a package, and close it again.

    Raises TrainerError where there is none, or none that an honest Anki writes.
    """
    part = next((each for each in PARTS if each in archive), None)
    if part is None:
        raise TrainerError(f"{archive.name} holds no collection of Anki.", _HINT)
    _check_version(archive)
    with TemporaryDirectory(prefix="trainer-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "collection"
        _unpack(archive, part, path)
        database = Database(archive.name, path)
        try:
            yield database
        finally:
            database.close()


def _check_version(archive: Archive) -> None:
    if "meta" not in archive:
        return
    try:
        version = wire.number(archive.read("meta", LARGEST_PART), 1)
    except ValueError as error:
        raise archive.damaged() from error
    if version > NEWEST_PACKAGE:
        raise TrainerError(
            f"{archive.name} is of package format {version}; this trainer reads up to {NEWEST_PACKAGE}.",
            "Export it with support for older Anki versions.",
        )


def _unpack(archive: Archive, part: str, path: Path) -> None:
    chunks = archive.chunks(part, LARGEST_DATABASE)
    if part == PARTS[0]:
        chunks = unpacked(chunks, LARGEST_DATABASE)
    begins = b""
    try:
        with path.open("wb") as file:
            for chunk in chunks:
                begins = begins or chunk[: len(_MAGIC)]
                if begins != _MAGIC:
                    raise TrainerError(f"{archive.name} holds no collection of Anki: {part} is no database.", _HINT)
                file.write(chunk)
    except OverflowError:
        raise archive.too_long(part, LARGEST_DATABASE) from None
    except ValueError as error:
        raise archive.damaged() from error
    except OSError as error:
        raise TrainerError(f"{archive.name} cannot be unpacked: {error.strerror}.", "Make room on the disk.") from error
    if not begins:
        raise archive.damaged()


class Database:
    """A database that can only be read, and of which only Anki's own tables are."""

    def __init__(self, name: str, path: Path) -> None:
        """Open it. Raises TrainerError where it is damaged or holds what no collection does."""
        self.name = name
        self._steps = 0
        with self._told():
            self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            with self._told():
                self._secure()
                self.tables = self._checked_tables()
        except TrainerError:
            self.close()
            raise

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def _secure(self) -> None:
        connection = self._connection
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_PART)
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_collation("unicase", _compare_folded)
        connection.set_progress_handler(self._count_steps, _STEPS_AT_ONCE)
        connection.set_authorizer(_allows)

    def _count_steps(self) -> int:
        self._steps += _STEPS_AT_ONCE
        return self._steps > MOST_STEPS

    def _checked_tables(self) -> frozenset[str]:
        tables = set()
        for kind, name, made_by in self._connection.execute("SELECT type, name, sql FROM sqlite_master"):
            if kind in ("view", "trigger") or (kind == "table" and not str(made_by).upper().startswith("CREATE TABLE")):
                raise TrainerError(f"{self.name} holds a {kind} that is no collection's; it is not read.", _HINT)
            if kind == "table":
                tables.add(str(name))
        if not {"col", "notes", "cards", "revlog"} <= tables:
            raise TrainerError(f"{self.name} holds a database that is no collection of Anki.", _HINT)
        return frozenset(tables)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query. Raises TrainerError where the database is damaged or takes too long."""
        with self._told():
            for row in self._connection.execute(query):  # noqa: UP028  (given up half way, it must not close anything)
                yield row

    def count(self, table: str, what: str, limit: int) -> int:
        """Return how many rows a table has. Raises TrainerError for more than `limit`."""
        ((number,),) = self.rows(f"SELECT count(*) FROM {table}")
        if number > limit:
            raise too_much(self.name, what, limit, "Export less at once, a deck for instance.")
        return int(number)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what SQLite says in our words."""
        try:
            yield
        except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeDecodeError) as error:
            if self._steps > MOST_STEPS:
                raise TrainerError(f"{self.name} takes too long to read; it was given up.", _HINT) from error
            raise TrainerError(f"{self.name} holds a damaged collection: {error}.", _HINT) from error


def _compare_folded(one: str, other: str) -> int:
    a, b = one.casefold(), other.casefold()
    return (a > b) - (a < b)


def _allows(action: int, first: str | None, *_: str | None) -> int:
    """Tell SQLite what a query may do: read Anki's tables, and count."""
    allowed = (
        action == sqlite3.SQLITE_SELECT
        or (action == sqlite3.SQLITE_READ and first in TABLES | {"sqlite_master"})
        or (action == sqlite3.SQLITE_FUNCTION and _[0] == "count")
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

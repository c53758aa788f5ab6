"""What was worked out, kept in a SQLite file that can be lost at any time.

A file that is damaged, foreign or of another version is begun anew. Where none can be written,
as in a home that is full or read-only, the same tables are held in memory.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")

PATIENCE = 60.0
"""Seconds to wait for another process that is writing; each of its writes takes under a second."""
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""


class CacheLost(Exception):
    """The tables are empty: what they held was damaged, and must be worked out again."""


class Cache:
    """Tables of what was worked out.

    `schema` makes the tables, `version` names all that their content depends on. `query` and
    `write` raise CacheLost once when the file turns out to be damaged; it is empty then.
    """

    def __init__(self, path: Path | None, schema: str, version: str) -> None:
        self._path = path
        self._schema = schema
        self._version = version
        self._connection = self._open()

    @classmethod
    def in_memory(cls, schema: str) -> "Cache":
        """Return empty tables that end with the process."""
        return cls(None, schema, "")

    @property
    def in_file(self) -> bool:
        """Whether the tables outlive the process."""
        return self._path is not None

    # Reading

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all rows."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if self._connection.in_transaction:
                raise
            self._lose()
            raise CacheLost from error

    def one(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row, or None."""
        rows = self.query(sql, *values)
        return rows[0] if rows else None

    def get(self, name: str, default: Any = None) -> Any:
        """Return a single value by its name."""
        row = self.one("SELECT value FROM meta WHERE name = ?", name)
        return default if row is None else row[0]

    # Writing

    def write(self, work: Callable[[], Result]) -> Result:
        """Do `work` as one change: all of it is kept, or nothing.

        Where the file cannot be written the tables move into memory and `work` is done there, so
        it must not count on being done once. Within other work it is a part of that.
        """
        if self._connection.in_transaction:
            return work()
        while True:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                result = work()
                self._connection.execute("COMMIT")
                return result
            except sqlite3.OperationalError as error:
                self._roll_back()
                if self._path is None:
                    raise
                self._move_into_memory(error)
            except sqlite3.DatabaseError as error:
                self._roll_back()
                self._lose()
                raise CacheLost from error
            except BaseException:
                self._roll_back()
                raise

    def run(self, sql: str, *values: Any) -> int:
        """Change rows, within `write`; return how many, or the new row's number."""
        cursor = self._connection.execute(sql, values)
        return cursor.lastrowid or cursor.rowcount

    def run_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Do the same change with each row of values, within `write`."""
        self._connection.executemany(sql, rows)

    def set(self, name: str, value: Any) -> None:
        """Keep a single value under a name, within `write`."""
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    def hold_privately(self) -> None:
        """Go on in memory, so that nothing of what follows outlives the process."""
        if self._path is not None:
            self._move_into_memory(None)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # The file

    def _open(self) -> sqlite3.Connection:
        for path in (self._path, self._path):
            if path is None:
                break
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                return self._made(path)
            except (sqlite3.DatabaseError, OSError):
                held = self._held_by_readonly(path)
                if held is not None:
                    self._path = None
                    return held
                _remove(path)
        self._path = None
        return self._made(None)

    def _made(self, path: Path | None) -> sqlite3.Connection:
        """Return a connection to tables of this version. Raises sqlite3.DatabaseError for damage."""
        connection = _connect(":memory:" if path is None else str(path))
        try:
            if path is not None:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
            if _version_of(connection) != self._version or path is None:
                connection.execute("BEGIN IMMEDIATE")
                if _version_of(connection) != self._version or path is None:  # another process may have been first
                    _drop_all(connection)
                    for statement in _statements(_TABLES + self._schema):
                        connection.execute(statement)
                    connection.execute("INSERT INTO meta VALUES ('version', ?)", (self._version,))
                connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection

    def _held_by_readonly(self, path: Path) -> sqlite3.Connection | None:
        """Return a copy in memory of tables that may be read but not written, or None."""
        with suppress(sqlite3.DatabaseError, OSError):
            source = _connect(f"file:{path.as_posix().replace('?', '%3f').replace('#', '%23')}?mode=ro&immutable=1")
            try:
                if _version_of(source) == self._version:
                    return _copy(source)
            finally:
                source.close()
        return None

    def _move_into_memory(self, error: Exception | None) -> None:
        """Take the tables along into memory, or begin anew there where they cannot be read."""
        self._path = None
        before = self._connection
        try:
            self._connection = _copy(before)
        except sqlite3.DatabaseError:
            self._connection = self._made(None)
            raise CacheLost from error
        finally:
            before.close()

    def _lose(self) -> None:
        """Begin anew."""
        self._connection.close()
        if self._path is not None:
            _remove(self._path)
        self._connection = self._open()

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def _connect(name: str) -> sqlite3.Connection:
    return sqlite3.connect(
        name, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=name.startswith("file:")
    )


def _version_of(connection: sqlite3.Connection) -> str | None:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return None
    row = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    return str(row[0]) if row else None


def _drop_all(connection: sqlite3.Connection) -> None:
    made = connection.execute("SELECT type, name FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%'")
    for kind, name in sorted(made.fetchall(), key=lambda row: row[0] == "table"):
        quoted = name.replace('"', '""')
        connection.execute(f'DROP {kind} IF EXISTS "{quoted}"')


def _statements(schema: str) -> list[str]:
    return [each for each in schema.split(";\n") if each.strip()]


def _copy(source: sqlite3.Connection) -> sqlite3.Connection:
    copy = _connect(":memory:")
    source.backup(copy)
    return copy


def _remove(path: Path) -> None:
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with suppress(OSError):
            each.unlink()

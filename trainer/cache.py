"""What was worked out, kept in a SQLite file that can be lost at any time.

A file that is damaged, foreign or of another version is begun anew. Where none can be written,
as in a home that is full or read-only, the same tables are held in memory.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

from trainer import __version__
from trainer.locks import has_locks

Result = TypeVar("Result")

FORMAT = 3
"""Grows whenever what a table holds is worked out in another way."""
SYNCHRONOUS = "NORMAL"
"""How SQLite flushes: a power cut may cost the newest changes, and never leaves a file half changed."""
MEMORY = 16_000
"""KiB of the file that are held in memory at most."""
CHECKPOINT = 20_000
"""Pages (4 KiB) that wait beside the file until they are written into it: a page changed often is written once.

So many come together in a rebuild alone; the last process to close writes them all, and the room is free again."""
DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What damage raises: the second where SQLite's message quotes bytes that are no text."""
PATIENCE = 10.0
"""Seconds to wait for another process that is writing; each of its writes takes under a second."""


def sealed(text: str) -> str:
    """Return a text with its CRC-32 before it, by which `unsealed` sees a change that SQLite cannot."""
    return f"{crc32(text.encode()):08x}{text}"


def unsealed(text: str) -> str:
    """Return the text that was sealed. Raises ValueError where it is another now."""
    if text != sealed(text[8:]):
        raise ValueError("A text is not what was kept.")
    return text[8:]


class Cache:
    """Tables made by `schema`, with whatever was put into them.

    When the file turns out to be damaged the tables are emptied, and `refill` is called to work
    out their content again, before the call that found the damage goes on.
    """

    def __init__(self, path: Path | None, schema: str) -> None:
        self._path = self._file = path
        self._schema = f"CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;\n{schema}"
        self._version = f"{__version__} {FORMAT}\n{self._schema}"
        self._functions: dict[str, Callable[[Any], Any]] = {}
        self._take(self._open())
        self.refill: Callable[[], None] = lambda: None

    # Reading

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all rows."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except DAMAGE:
            if self._path is None or self._connection.in_transaction:
                raise
            self._begin_anew()
            return self.query(sql, *values)

    def one(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row, or None."""
        rows = self.query(sql, *values)
        return rows[0] if rows else None

    def read(self, decode: Callable[[list[tuple[Any, ...]]], Result], sql: str, *values: Any) -> Result:
        """Return what `decode` makes of all rows. Raises what it does where it does so of rows worked out just now.

        Rows that `decode` raises ValueError or TypeError for are damage that SQLite could not see.
        """
        rows = self.query(sql, *values)
        try:
            return decode(rows)
        except (ValueError, TypeError) as error:
            if self._path is None:
                raise
            if self._connection.in_transaction:
                raise sqlite3.DatabaseError("A row cannot be what was written.") from error
            self._begin_anew()
            return decode(self.query(sql, *values))

    def number(self, sql: str, *values: Any) -> int:
        """Return the first number of the first row; 0 where there is none."""
        row = self.one(sql, *values)
        return (row and row[0]) or 0

    def get(self, name: str, default: Any = None) -> Any:
        """Return a single value by its name."""
        row = self.one("SELECT value FROM meta WHERE name = ?", name)
        return default if row is None else row[0]

    @property
    def version(self) -> tuple[int, int, int]:
        """What is another after every change, by this process or another."""
        return id(self._connection), self.number("PRAGMA data_version"), self._connection.total_changes

    def define(self, name: str, function: Callable[[Any], Any]) -> None:
        """Let SQL call a function of one value by this name, until it is defined anew."""
        self._functions[name] = function
        self._connection.create_function(name, 1, function)

    # Writing

    def write(self, work: Callable[[], Result]) -> Result:
        """Do `work` as one change: all of it is kept, or nothing.

        Where the file cannot be written the tables move into memory and `work` is done again
        there. Within other work it is a part of that.
        """
        if self._connection.in_transaction:
            return work()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            result = work()
            self._connection.execute("COMMIT")
            return result
        except sqlite3.OperationalError:
            self._roll_back()
            if self._path is None:
                raise
            self.hold_privately()
        except DAMAGE:
            self._roll_back()
            if self._path is None:
                raise
            self._begin_anew()
        except BaseException:
            self._roll_back()
            raise
        return self.write(work)

    def run(self, sql: str, *values: Any) -> None:
        """Change rows, within `write`."""
        self._connection.execute(sql, values)

    def run_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Do the same change with each row of values, within `write`."""
        self._connection.executemany(sql, rows)

    def set(self, name: str, value: Any) -> None:
        """Keep a single value under a name, within `write`."""
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    # The file

    def hold_privately(self) -> None:
        """Go on in memory, with what the file holds: nothing of what follows is seen by others."""
        if self._path is None:
            return
        self._path = None
        before = self._connection
        try:
            self._take(_copy(before))
        except sqlite3.DatabaseError:
            self._take(self._made(None))
            self.refill()
        finally:
            before.close()

    def give_way(self) -> bool:
        """Make room on a full disk: go on in memory, and remove the file; return whether there was one."""
        self.hold_privately()
        if self._file is None or not self._file.exists():
            return False
        _remove(self._file)
        return True

    def __del__(self) -> None:
        """Let go of the file with the last reference."""
        with suppress(AttributeError):  # where opening failed
            self._connection.close()

    def _begin_anew(self) -> None:
        self._connection.close()
        if self._path is not None:
            _remove(self._path)
        self._take(self._open())
        self.refill()

    def _take(self, connection: sqlite3.Connection) -> None:
        """Go on with a connection, which knows the functions defined so far."""
        self._connection = connection
        for name, function in self._functions.items():
            connection.create_function(name, 1, function)

    def _open(self) -> sqlite3.Connection:
        """Return the tables of the file, made anew where they are of no use, or tables in memory."""
        if self._path is not None:
            for _ in range(2):
                try:
                    self._path.parent.mkdir(parents=True, exist_ok=True)
                    if not has_locks(self._path.parent):
                        break
                    return self._made(self._path)
                except (*DAMAGE, OSError):
                    held = self._copy_of_readonly(self._path)
                    if held is not None:
                        self._path = None
                        return held
                    _remove(self._path)
            self._path = None
        return self._made(None)

    def _made(self, path: Path | None) -> sqlite3.Connection:
        """Return a connection to tables of this version. Raises sqlite3.DatabaseError for damage."""
        connection = _connect(":memory:" if path is None else str(path))
        try:
            if path is not None:
                connection.execute("PRAGMA synchronous = OFF")  # while there is nothing to lose
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
                connection.execute(f"PRAGMA cache_size = -{MEMORY}")
            if _version_of(connection) != self._version:
                connection.execute("BEGIN IMMEDIATE")
                if _version_of(connection) != self._version:  # another process may have been first
                    _drop_all(connection)
                    for statement in self._schema.split(";\n"):
                        connection.execute(statement)
                    connection.execute("INSERT INTO meta VALUES ('version', ?)", (self._version,))
                connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection

    def _copy_of_readonly(self, path: Path) -> sqlite3.Connection | None:
        """Return a copy in memory of tables that may be read but not written, or None."""
        with suppress(*DAMAGE, OSError):
            source = _connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1")
            try:
                if _version_of(source) == self._version:
                    return _copy(source)
            finally:
                source.close()
        return None

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
    """Remove every table, view and trigger, whoever made them."""
    for kind in ("trigger", "view", "table"):
        rows = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'", (kind,)
        ).fetchall()
        for (name,) in rows:
            quoted = name.replace('"', '""')
            connection.execute(f'DROP {kind} IF EXISTS "{quoted}"')


def _copy(source: sqlite3.Connection) -> sqlite3.Connection:
    copy = _connect(":memory:")
    source.backup(copy)
    return copy


def _remove(path: Path) -> None:
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with suppress(OSError):
            each.unlink()

"""A history in a SQLite file: the embedded default. Several processes may use one file at once.

>>> import tempfile
>>> from claimcheck import Claim, ServiceLine, SqliteHistory, Validator
>>> folder = tempfile.TemporaryDirectory()
>>> path = f"{folder.name}/members.db"
>>> line = ServiceLine("3044F", units=1, charge="0.00", service_date="2024-02-01")
>>> claim = Claim(claim_id="A", claim_type="professional", member_id="M1", lines=[line])
>>> with SqliteHistory(path) as history:
...     history.record(claim, Validator(history=history).validate(claim))
...     [line.code for line in history.lines("M1", line.service_date, line.service_date)]
['3044F']
>>> SqliteHistory(path, key=bytes(32))  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
claimcheck.errors.HistoryError: .../members.db: it was made with another key
>>> import os
>>> os.chmod(path, 0o644)
>>> SqliteHistory(path)  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
claimcheck.errors.HistoryError: .../members.db: the history is open to others than its owner: chmod 600
>>> folder.cleanup()
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from claimcheck.errors import HistoryError
from claimcheck.history.key import Key, create_key, read_key
from claimcheck.history.schema import TABLES, Table
from claimcheck.history.stored import StoredHistory

__all__ = ["SqliteHistory"]

_TYPES = {"number": "INTEGER NOT NULL", "bytes": "BLOB NOT NULL", "text": "TEXT NOT NULL"}
_TYPES |= {"long": "TEXT NOT NULL", "number?": "INTEGER", "text?": "TEXT"}


#: Recorded claims survive a power failure; deleted content is overwritten. Claims arrive in no order of members, so
#: nearly every one goes to a different page: small pages mean less to write.
_PRAGMAS = (
    "page_size = 1024",
    "synchronous = FULL",
    "secure_delete = ON",
    "cache_size = -65536",
    "wal_autocheckpoint = 32000",
)


class SqliteHistory(StoredHistory):
    """Members' earlier claims in the SQLite file `path`, which is created if missing.

    Members are stored as keyed hashes. `key` is the key, 16 to 64 random bytes; without one it is read from the file
    `path` + ".key". Both files are created so that only their owner may read them. `timeout` is how many seconds a
    writer waits for its turn. Use it in a `with` block, or `close` it.

    Errors: `HistoryError` if the key is missing or wrong, if the key or the file is accessible to others than its owner
    (on POSIX: chmod 600), or if the file is not a history.
    """

    def __init__(self, path: str | Path, key: bytes | None = None, *, timeout: float = 600.0) -> None:
        if str(path) == ":memory:":
            raise HistoryError("a history in memory is a MemoryHistory(): :memory: would be a file of that name")
        self.path = Path(path)
        database = SqliteDatabase(self.path, timeout)
        super().__init__(database, lambda made: _key(self.path, key, made=made), str(self.path))

    def __repr__(self) -> str:
        return f"SqliteHistory({str(self.path)!r})"


def _key(path: Path, given: bytes | None, *, made: bool) -> Key:
    """The key of an existing history (`made`), or of a new one."""
    if given is not None:
        return Key(given)
    file = path.with_name(path.name + ".key")
    key = read_key(file)
    if key is None and made:
        raise HistoryError("the key file is missing: restore it, or give the key", file=str(file))
    return create_key(file) if key is None else key


def _check_owner(path: Path) -> None:
    """A history that others may read or write is refused, and so is its key."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise HistoryError("the history is open to others than its owner: chmod 600", file=str(path))


class SqliteDatabase:
    """Runs statements on a SQLite file, with a connection for each thread of each process."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._timeout = timeout
        self._own = threading.local()
        self._opened: list[tuple[int, sqlite3.Connection]] = []
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self.connection.execute("PRAGMA schema_version")  # refuses a file that is not a database
            _check_owner(path)
            self.connection.execute("PRAGMA journal_mode = WAL")
            with self._transaction() as cursor:
                for table in TABLES:
                    for statement in _definition(table):
                        cursor.run(statement)
        except HistoryError:
            self.close()
            raise
        except (OSError, sqlite3.Error) as error:
            self.close()
            why = getattr(error, "strerror", None) or str(error)
            raise HistoryError(f"it cannot be opened as a history ({why})", file=str(path)) from error

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection; a forked process has its own."""
        own = self._own
        if getattr(own, "process", None) != os.getpid():
            own.connection = self._connect()
            own.process = os.getpid()
        connection: sqlite3.Connection = own.connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=self._timeout, isolation_level=None, check_same_thread=False)
        self._opened.append((os.getpid(), connection))
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    @contextmanager
    def reading(self) -> Iterator[SqliteCursor]:
        """For statements that read."""
        with self._failures():
            yield SqliteCursor(self.connection)

    @contextmanager
    def writing(self) -> Iterator[SqliteCursor]:
        """For statements that read and write atomically: writers take turns."""
        with self._failures(), self._transaction() as cursor:
            yield cursor

    @contextmanager
    def _transaction(self) -> Iterator[SqliteCursor]:
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield SqliteCursor(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite rolls back on its own after some failures
                connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """A full disk, damage, or a lock held too long: SQLite says which, and nothing about its rows."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if type(error) not in (sqlite3.DatabaseError, sqlite3.OperationalError):
                raise  # a bug of ours
            raise HistoryError(f"it cannot be used ({error})", file=str(self._path)) from error

    def close(self) -> None:
        """Closes the connections of all threads of this process."""
        for process, connection in self._opened:
            if process == os.getpid():
                connection.close()
        self._opened.clear()
        self._own = threading.local()


class SqliteCursor:
    """Runs the statements of one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, statement: str, **values: Any) -> Sequence[tuple[Any, ...]]:
        """The rows a statement returns."""
        return self._connection.execute(statement, values).fetchall()

    def run_many(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs a statement for each row."""
        self._connection.executemany(statement, rows)

    def among(
        self, select: str, columns: tuple[str, ...], keys: Iterable[tuple[Any, ...]]
    ) -> Iterator[tuple[Any, ...]]:
        """The rows that `select` returns where `columns` are one of `keys`."""
        statement = f"{select} WHERE {' AND '.join(f'{column} = ?' for column in columns)}"
        for key in keys:
            yield from self._connection.execute(statement, key)


def _definition(table: Table) -> Iterator[str]:
    columns = [f"{name} {_TYPES[kind]}" for name, kind in table.columns.items()]
    columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    # A single number as key is SQLite's own row id; with any other key the table is stored in key order.
    own = "" if len(table.key) == 1 and table.columns[table.key[0]] == "number" else " WITHOUT ROWID"
    yield f"CREATE TABLE IF NOT EXISTS {table.name} ({', '.join(columns)}){own}"
    if table.unique:
        yield f"CREATE UNIQUE INDEX IF NOT EXISTS {table.name}_once ON {table.name} ({', '.join(table.unique)})"
    for name, of in table.indexes.items():
        yield f"CREATE INDEX IF NOT EXISTS {table.name}_{name} ON {table.name} ({', '.join(of)})"
    if table.index:
        yield (
            f"CREATE INDEX IF NOT EXISTS {table.name}_{table.index_where} ON {table.name} ({', '.join(table.index)}) "
            f"WHERE {table.index_where} = 1"
        )

"""Groups the rows of each claim, wherever they are in the table, in bounded memory.

Adjacent rows of a claim are passed on as they are read. To know that they are adjacent, the table is read twice: the
first pass keeps only claim keys, in an unnamed SQLite database. If the rows of a claim are not adjacent, or the table
cannot be read twice, its rows go into such a database and are taken out in order: claims by their first row, rows in
their own order. The database is in memory up to 64 MB; beyond that it spills to a temporary file that nobody else can
open and that disappears when reading ends.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import groupby

from claimcheck.errors import InputError
from claimcheck.io.rows.table import Row, Table

__all__ = ["grouped"]

Key = Callable[[Row], str | None]


def grouped(table: Table, key: Key) -> Iterator[list[Row]]:
    """The rows of each claim; a row without a key is a claim by itself.

    >>> rows = [Row(2, ["a"]), Row(3, ["b"]), Row(4, ["a"])]
    >>> table = Table(None, ["claim_id"], lambda: iter(rows), repeatable=True)
    >>> [[row.place for row in group] for group in grouped(table, lambda row: row.cells[0])]
    [[2, 4], [3]]
    """
    if table.repeatable and _adjacent(map(key, table.rows())):
        yield from _runs(table.rows(), key)
    else:
        yield from _stored(table, key)


def _runs(rows: Iterable[Row], key: Key) -> Iterator[list[Row]]:
    for value, run in groupby(rows, key):
        if value is None:
            yield from ([row] for row in run)
        else:
            yield list(run)


def _adjacent(keys: Iterable[str | None]) -> bool:
    """Whether no key reappears after another one."""
    with closing(_database()) as database:
        database.execute("CREATE TABLE seen (key BLOB PRIMARY KEY) WITHOUT ROWID")
        for key, _ in groupby(keys):
            if key is None:
                continue
            added = database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (_bytes(key),))
            if not added.rowcount:
                return False
    return True


def _stored(table: Table, key: Key) -> Iterator[list[Row]]:
    with closing(_database()) as database:
        try:
            _store(database, table.rows(), key)
            found = database.execute("SELECT claim, row FROM line ORDER BY claim, number")
            for _, group in groupby(found, lambda entry: entry[0]):
                yield [Row(*json.loads(row)) for _, row in group]
        except sqlite3.Error:
            reason = "its rows cannot be put in order: the disk for temporary files may be full"
            raise InputError(reason, file=table.file) from None


def _store(database: sqlite3.Connection, rows: Iterable[Row], key: Key) -> None:
    """A claim is numbered by its first row. Rows are numbered as they come, because several may share a place."""
    database.execute("CREATE TABLE claim (key BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID")
    database.execute("CREATE TABLE line (number INTEGER PRIMARY KEY, claim INTEGER, row TEXT)")
    for own, row in enumerate(rows):
        value, number = key(row), own
        if value is not None:
            name = _bytes(value)
            added = database.execute("INSERT OR IGNORE INTO claim VALUES (?, ?)", (name, number))
            if not added.rowcount:
                (number,) = database.execute("SELECT number FROM claim WHERE key = ?", (name,)).fetchone()
        database.execute("INSERT INTO line VALUES (?, ?, ?)", (own, number, json.dumps(row)))


def _bytes(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")


def _database() -> sqlite3.Connection:
    """SQLite treats an empty name as a private temporary database, on disk only as far as it does not fit in memory."""
    database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    for pragma in ("cache_size = -65536", "temp_store = FILE", "journal_mode = OFF", "synchronous = OFF"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("BEGIN")
    return database

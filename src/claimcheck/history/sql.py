"""A history in your own database, such as PostgreSQL, through SQLAlchemy (extra `sql`).

>>> history = SqlHistory("sqlite://", key=bytes(range(32)))
>>> history.known_from
datetime.date(1, 1, 1)
>>> history.close()
>>> SqlHistory("sqlite://", key=b"secret")
Traceback (most recent call last):
    ...
claimcheck.errors.HistoryError: the key has 6 bytes: 16 to 64 random ones are needed, such as secrets.token_bytes(32)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from claimcheck.extras import extra
from claimcheck.history.key import Key
from claimcheck.history.schema import TABLES, Table
from claimcheck.history.stored import StoredHistory

with extra("sql"):
    import sqlalchemy as sa
    from sqlalchemy.exc import DBAPIError, IntegrityError

__all__ = ["SqlHistory"]

_MOST_KEYS = 500
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "number": sa.BigInteger(),
    "bytes": sa.LargeBinary(16),
    "text": sa.String(200),
    "long": sa.Text(),
}


class SqlHistory(StoredHistory):
    """Members' earlier claims in the database of `engine`: a SQLAlchemy engine, or a URL.

    The tables, all named `claimcheck_...`, are created if missing. Members are stored as keyed hashes: `key` is the
    key, 16 to 64 random bytes, the same for everyone who uses the database. Proven on PostgreSQL; transactions are READ
    COMMITTED. No database error shows the values of a statement.

    Errors: `HistoryError` for the wrong key; SQLAlchemy's own if the database cannot be used.
    """

    def __init__(self, engine: sa.Engine | str, key: bytes) -> None:
        checked = Key(key)
        own = sa.create_engine(engine) if isinstance(engine, str) else engine
        is_file = own.dialect.name == "sqlite" and own.url.database not in (None, "", ":memory:")
        self.path = Path(str(own.url.database)) if is_file else None
        """The file of a SQLite database; otherwise None."""
        self._url = own.url.render_as_string(hide_password=True)
        super().__init__(SqlDatabase(own), lambda _made: checked, self._url)

    def __repr__(self) -> str:
        return f"SqlHistory({self._url!r})"


class SqlDatabase:
    """Runs statements through SQLAlchemy."""

    def __init__(self, engine: sa.Engine) -> None:
        isolation = {} if engine.dialect.name == "sqlite" else {"isolation_level": "READ COMMITTED"}
        self._engine = engine.execution_options(**isolation)
        self._engine.hide_parameters = True
        metadata = sa.MetaData()
        for table in TABLES:
            _define(table, metadata)
        try:
            metadata.create_all(self._engine)
        except DBAPIError:
            # Another process created them in the meantime; any other problem occurs again the second time.
            metadata.create_all(self._engine)
        with suppress(IntegrityError), self._engine.begin() as connection:
            connection.execute(_text("INSERT INTO claimcheck_meta (name, number) VALUES ('turn', 0)"))

    @contextmanager
    def reading(self) -> Iterator[SqlCursor]:
        """For statements that read; each sees what is committed when it runs."""
        with self._engine.connect() as connection:
            yield SqlCursor(connection)

    @contextmanager
    def writing(self) -> Iterator[SqlCursor]:
        """For statements that read and write atomically: whoever holds the row has the turn."""
        with self._engine.begin() as connection:
            connection.execute(_text("UPDATE claimcheck_meta SET number = number + 1 WHERE name = 'turn'"))
            yield SqlCursor(connection)

    def close(self) -> None:
        """Releases the pool's connections."""
        self._engine.dispose()


class SqlCursor:
    """Runs the statements of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def run(self, statement: str, **values: Any) -> Sequence[Sequence[Any]]:
        """The rows a statement returns; empty for one that only writes."""
        result = self._connection.execute(_text(statement), values)
        return result.fetchall() if result.returns_rows else ()

    def run_many(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs a writing statement for each row."""
        self._connection.execute(_text(statement), rows)

    def among(self, select: str, columns: tuple[str, ...], keys: Iterable[tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
        """The rows that `select` returns where `columns` are one of `keys`."""
        single = len(columns) == 1
        place = columns[0] if single else f"({', '.join(columns)})"
        statement = _text(f"{select} WHERE {place} IN :keys").bindparams(sa.bindparam("keys", expanding=True))
        wanted = [key[0] if single else key for key in keys]
        for start in range(0, len(wanted), _MOST_KEYS):
            yield from self._connection.execute(statement, {"keys": wanted[start : start + _MOST_KEYS]})


@lru_cache(maxsize=256)
def _text(statement: str) -> sa.TextClause:
    return sa.text(statement)


def _define(table: Table, metadata: sa.MetaData) -> None:
    columns: list[sa.Column[Any]] = [
        sa.Column(name, _TYPES[kind.rstrip("?")], nullable=kind.endswith("?"), autoincrement=False)
        for name, kind in table.columns.items()
    ]
    defined = sa.Table(table.name, metadata, *columns, sa.PrimaryKeyConstraint(*table.key))
    if table.unique:
        sa.Index(f"{table.name}_once", *(defined.c[name] for name in table.unique), unique=True)
    for name, of in table.indexes.items():
        sa.Index(f"{table.name}_{name}", *(defined.c[column] for column in of))
    if table.index:
        where = sa.text(f"{table.index_where} = 1")
        sa.Index(
            f"{table.name}_{table.index_where}",
            *(defined.c[name] for name in table.index),
            postgresql_where=where,
            sqlite_where=where,
        )

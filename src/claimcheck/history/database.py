"""How a stored history runs SQL statements, whatever the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

__all__ = ["Cursor", "Database", "insert", "take_numbers"]


class Cursor(Protocol):
    """Runs the statements of one transaction. Values are named in a statement as `:name`."""

    def run(self, statement: str, **values: Any) -> Sequence[Sequence[Any]]:
        """The rows a statement returns; empty for one that only writes."""
        ...

    def run_many(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs a writing statement for each row."""
        ...

    def among(self, select: str, columns: tuple[str, ...], keys: Iterable[tuple[Any, ...]]) -> Iterable[Sequence[Any]]:
        """The rows that `select` returns where `columns` are one of `keys`."""
        ...


class Database(Protocol):
    """A database connection."""

    def reading(self) -> AbstractContextManager[Cursor]:
        """For statements that read; each sees what is committed when it runs."""
        ...

    def writing(self) -> AbstractContextManager[Cursor]:
        """For statements that read and write atomically. Writers take turns."""
        ...

    def close(self) -> None:
        """Releases connections."""
        ...


def insert(table: str, columns: Iterable[str]) -> str:
    """The statement that inserts a row."""
    names = list(columns)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"  # noqa: S608


def take_numbers(cursor: Cursor, kind: str, count: int) -> int:
    """The first of `count` numbers that were never assigned before."""
    ((first,),) = cursor.run("SELECT number FROM claimcheck_meta WHERE name = :kind", kind=kind)
    cursor.run("UPDATE claimcheck_meta SET number = :next WHERE name = :kind", kind=kind, next=first + count)
    return int(first)

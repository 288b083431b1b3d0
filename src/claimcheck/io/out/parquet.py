"""Parquet writers, using pyarrow: records in batches, with exact amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

from claimcheck.claims import Claim, ClaimResult
from claimcheck.claims.listing import a_result
from claimcheck.errors import InputError
from claimcheck.io.out.target import Target, replaced, writing
from claimcheck.io.out.text import Records

__all__ = ["RecordWriter", "parquet_writer"]

_BATCH = 10_000
_LEAST = Decimal("1e-12")  #: with the 16 digits before it, an amount has up to 28


@contextmanager
def parquet_writer(target: Target, records: Records, kind: type[Any]) -> Iterator[RecordWriter]:
    """A Parquet writer for records of `kind`, a named tuple.

    Raises:
        InputError: pyarrow is not installed, or the file cannot be written.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise InputError("Parquet needs pyarrow: pip install 'claimcheck[frames]'") from None
    schema = pyarrow.schema([(name, _type(pyarrow, hint)) for name, hint in get_type_hints(kind).items()])
    if isinstance(target, (str, Path)):
        with replaced(target) as path, _writer(pyarrow, path, str(target), schema, records) as writer:
            yield writer
    else:
        with _writer(pyarrow, target, None, schema, records) as writer:
            yield writer


@contextmanager
def _writer(pyarrow: Any, target: Any, file: str | None, schema: Any, records: Records) -> Iterator[RecordWriter]:
    with writing(file):
        out = pyarrow.parquet.ParquetWriter(target, schema)
    try:
        writer = RecordWriter(pyarrow, out, file, schema, records)
        yield writer
        writer.flush()
    finally:
        with writing(file):
            out.close()


class RecordWriter:
    """Takes results, or their records that were produced earlier, perhaps in another process."""

    def __init__(self, pyarrow: Any, out: Any, file: str | None, schema: Any, records: Records) -> None:
        self._pyarrow, self._out, self._file, self._schema, self._records = pyarrow, out, file, schema, records
        self._held: list[Any] = []

    def add(self, claim: object, result: ClaimResult) -> None:
        self.put(self._records(Claim.from_dict(claim), a_result(result)))

    def put(self, records: Iterable[Any]) -> None:
        self._held += records
        if len(self._held) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        rows = [{name: _plain(value) for name, value in record._asdict().items()} for record in self._held]
        with writing(self._file):
            self._out.write_table(self._pyarrow.Table.from_pylist(rows, schema=self._schema))
        self._held = []


def _type(pyarrow: Any, hint: Any) -> Any:
    """The Arrow type of a field. An optional field is a type or None; every column is nullable."""
    text = str(hint)
    if "tuple" in text:
        return pyarrow.list_(pyarrow.int64() if "int" in text else pyarrow.string())
    if "Decimal" in text:
        return pyarrow.decimal128(38, 12)
    if "date" in text:
        return pyarrow.date32()
    if "bool" in text:
        return pyarrow.bool_()
    return pyarrow.int64() if "int" in text else pyarrow.string()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value.quantize(_LEAST)
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return list(value) if isinstance(value, tuple) else value

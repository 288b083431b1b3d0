"""One schema for all result frames: Spark workers return rows of a single schema, so each row is of one of several
kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl
import pyarrow as pa
from pyspark.sql.types import StructType

from claimcheck.columns.placing import Placed
from claimcheck.columns.schema import CLAIMS, FINDINGS, LINES, NOT_CHECKED
from claimcheck.frames.recorded import WITHOUT_DIGESTS

__all__ = ["KIND", "KINDS", "RECORDED_KIND", "batches_of", "batches_of_kind", "kinds_of", "spark_schema"]

Kinds = Mapping[str, Mapping[str, pl.DataType]]

KIND = "kind"
KINDS: Kinds = {
    "lines": LINES,
    "findings": FINDINGS,
    "not_checked": NOT_CHECKED,
    "claims": CLAIMS,
}
RECORDED_KIND = "recorded"


def kinds_of(*, record: bool) -> Kinds:
    """The kinds of rows: those of a result, and on request the recorded lines of members."""
    return {**KINDS, RECORDED_KIND: WITHOUT_DIGESTS} if record else KINDS


def spark_schema(kinds: Kinds) -> StructType:
    """The schema: the kind of a row, and for each kind a struct that is set if the row is of that kind."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_schema(kinds))


def batches_of(verdict: Placed, kinds: Kinds) -> Iterator[pa.RecordBatch]:
    """The rows of a result."""
    for kind in KINDS:
        yield from batches_of_kind(kind, getattr(verdict, kind), kinds)


def batches_of_kind(kind: str, frame: pl.DataFrame, kinds: Kinds) -> Iterator[pa.RecordBatch]:
    """The rows of a frame, all of one kind."""
    rows = frame.select(list(kinds[kind])).to_arrow().cast(pa.schema(_struct(kinds[kind])))
    for batch in rows.to_batches(max_chunksize=50_000):
        structs = pa.StructArray.from_arrays(batch.columns, fields=list(batch.schema))
        columns = [pa.array([kind] * batch.num_rows, pa.string())]
        for other, schema in kinds.items():
            nothing = pa.nulls(batch.num_rows, pa.struct(_struct(schema)))
            columns.append(structs if other == kind else nothing)
        yield pa.RecordBatch.from_arrays(columns, schema=_schema(kinds))


def _schema(kinds: Kinds) -> pa.Schema:
    structs = [pa.field(kind, pa.struct(_struct(schema))) for kind, schema in kinds.items()]
    return pa.schema([pa.field(KIND, pa.string()), *structs])


def _struct(schema: Mapping[str, pl.DataType]) -> list[pa.Field]:
    return [pa.field(name, _arrow(dtype)) for name, dtype in schema.items()]


def _arrow(dtype: pl.DataType) -> pa.DataType:
    if isinstance(dtype, pl.List):
        return pa.list_(pa.int64() if dtype.inner == pl.Int64 else pa.string())
    if isinstance(dtype, pl.Decimal):
        return pa.decimal128(38, 12)
    if dtype == pl.Boolean:
        return pa.bool_()
    if dtype == pl.Date:
        return pa.date32()
    return pa.int64() if dtype == pl.Int64 else pa.string()

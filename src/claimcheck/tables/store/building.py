"""Builds packed tables: the readings of one edition become one table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import cast

import attrs

from claimcheck.errors import TableError
from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
from claimcheck.tables.packed.records import pack_records
from claimcheck.tables.readers import Reading
from claimcheck.tables.rows import PtpRow, Record
from claimcheck.tables.store.manifest import Kind, Source

__all__ = ["Part", "RecordPart", "kind_of", "pack", "part_of", "read"]


@attrs.frozen(eq=False)
class RecordPart:
    """The rows of one reading of any table but pairs."""

    rows: tuple[Record, ...]

    @classmethod
    def of(cls, rows: Iterable[Record]) -> RecordPart:
        """Reads every row."""
        return cls(tuple(rows))

    def digest(self) -> str:
        """A fingerprint of the rows, whatever file they came in."""
        return hashlib.sha256(pack_records(self.rows)).hexdigest()


Part = PairPart | RecordPart


def kind_of(table: str) -> Kind:
    """How a table is packed.

    >>> kind_of("ptp_practitioner"), kind_of("mue_practitioner")
    ('pairs', 'records')
    """
    return "pairs" if table.startswith("ptp_") else "records"


def read(reading: Reading) -> tuple[Source, Part]:
    """All rows of a reading, and its manifest entry. Raises `TableError` with the source's name."""
    try:
        part = part_of(kind_of(reading.table), reading.rows())
        if not len(part.rows):
            raise TableError("the file holds no row that could be taken", file=reading.source)
        digest = part.digest()
    except TableError as error:
        if error.file is not None:
            raise
        raise TableError(error.reason, file=reading.source) from None
    source = Source(
        reading.part or "",
        reading.source,
        reading.sha256,
        digest,
        len(part.rows),
        len(reading.account.refused),
        tuple(reading.account.missing),
    )
    return source, part


def part_of(kind: Kind, rows: Iterable[object]) -> Part:
    """Rows of any origin: from a reading, or from a packed table to be packed again with others."""
    if kind == "pairs":
        return PairPart.of(cast("Iterable[PtpRow]", rows))
    return RecordPart.of(cast("Iterable[Record]", rows))


def pack(parts: Sequence[Part]) -> bytes:
    """The packed table of all these rows."""
    pairs = [part for part in parts if isinstance(part, PairPart)]
    if pairs:
        return pack_pairs(pairs)
    return pack_records([row for part in parts if isinstance(part, RecordPart) for row in part.rows])

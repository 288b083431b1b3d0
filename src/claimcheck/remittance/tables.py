"""Reads tables of denials (CSV, TSV, Parquet, Arrow, Excel) as remittances: what a clearinghouse or practice system
exports.

Such a table holds less than an 835: often no payments, no amounts of adjustments, or the denied lines only. Whatever is
missing is None. An adjustment without an amount gets what is left of the charge; if there are several, the first gets
it, because nothing more is stated. Balances are not checked: no guide requires such a table to balance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import attrs
import regex

from claimcheck.claims import Severity, Source
from claimcheck.errors import InputError
from claimcheck.io.rows import columnar, delimited
from claimcheck.io.rows.grouping import grouped
from claimcheck.io.rows.table import Row, Table, key_text
from claimcheck.io.stream import Stream
from claimcheck.money import ZERO
from claimcheck.remittance import workbook
from claimcheck.remittance.adjusting import without_amounts
from claimcheck.remittance.table_cells import Cells
from claimcheck.remittance.table_mapping import HEADER, OF_CLAIM, OF_LINE, Mapped, TableMapping, mapping_of, own
from claimcheck.remittance.values import (
    ClaimStatus,
    RemittanceFinding,
    RemittanceHeader,
    RemittedAdjustment,
    RemittedClaim,
    RemittedLine,
)

__all__ = ["NO_MAPPING", "is_other_table", "is_table", "remitted_claims"]

_IDENTITY = ("claim_id", "payer_claim_id", "status", "trace_number")
#: Fields of a claim that have another name in a table, because a row holds claim and line.
_NAMES = {f"claim_{name}": name for name in ("charge", "paid", "rendering_npi", "adjustments", "remarks")}
NO_MAPPING = (
    "the columns are not those of remittances: give a mapping of columns to fields (mapping={'columns': {'column': "
    "'claim_id', ...}}, or a TOML file, --remittance-mapping)"
)


def is_table(head: bytes) -> bool:
    """Whether a file that starts like this is a table and, if it is text, has columns with the names of a remittance's
    fields.

    >>> is_table(b"claim_id,procedure_code,paid\\n"), is_table(b"Acct,CPT\\n"), is_table(b"PAR1")
    (True, False, True)
    """
    if columnar.is_columnar(head) or workbook.is_workbook(head):
        return True
    first = head.partition(b"\n")[0].lower()
    return b"claim_id" in first and any(name in first for name in (b"procedure_code", b"revenue_code"))


def is_other_table(head: bytes) -> bool:
    """Whether a text that starts like this may be a table with columns of its own, and is no X12 (with or without ISA).

    >>> is_other_table(b"Acct,CPT\\nA1,99213\\n"), is_other_table(b"ST|835|0001"), is_other_table(b"a letter\\nISA*00*")
    (True, False, False)
    """
    first = head.partition(b"\n")[0]
    return b"ISA" not in head and any(mark in first for mark in (b",", b"\t", b"|", b";")) and not _SEGMENT.match(first)


_SEGMENT = regex.compile(rb"\s*[A-Z][A-Z0-9]{1,2}[^A-Za-z0-9\s,;]")


def remitted_claims(stream: Stream, mapping: Any | None) -> Iterator[RemittedClaim]:
    """The claims of a table, in the order of their first rows; rows of a claim need not be adjacent.

    Raises:
        InputError: the columns are not those of the mapping, or a mapping is needed; or a row cannot be read.
    """
    with ExitStack() as stack:
        if columnar.is_columnar(stream.head()):
            table = stack.enter_context(columnar.opened(stream))
        elif workbook.is_workbook(stream.head()):
            table = stack.enter_context(workbook.opened(stream))
        else:
            table = delimited.read(stream)
        chosen = own(table.columns) if mapping is None else mapping_of(mapping)
        if chosen is None:
            raise InputError(NO_MAPPING, file=table.file)
        yield from _claims(attrs.evolve(table, missing=table.missing | chosen.missing), chosen)


def _claims(table: Table, mapping: TableMapping) -> Iterator[RemittedClaim]:
    places = mapping.places(table.columns)
    there = {place.field for place in places}
    lacking = sorted(name for name, path in mapping.columns.items() if path == "claim_id" and path not in there)
    if lacking:
        raise InputError(f"the mapping {mapping.name} needs a column that is not there: {lacking[0]}", file=table.file)
    identity = [place.column for place in places if place.field in _IDENTITY]
    number = next(place.column for place in places if place.field == "claim_id")

    def key(row: Row) -> str | None:
        if not key_text(row.cells[number], table.missing):
            return None
        return "\x1f".join(key_text(row.cells[column], table.missing) for column in identity)

    for rows in grouped(table, key):
        yield _claim([_read(row, places, mapping, table) for row in rows], mapping, table, rows[0].place)


def _read(row: Row, places: list[Mapped], mapping: TableMapping, table: Table) -> Cells:
    cells = Cells(row.place, mapping, table.missing)
    if row.problem is not None:
        cells.note("REM204", f"Row is incomplete: {row.problem}")
    for place in places:
        cells.take(place, row.cells[place.column])
    return cells


def _claim(rows: list[Cells], mapping: TableMapping, table: Table, place: int) -> RemittedClaim:
    said = _first(rows, (*HEADER, *OF_CLAIM), mapping.constants)
    source = Source(file=table.file, place=place)
    header = RemittanceHeader(**{name: said.pop(name) for name in HEADER if name in said}, source=source)
    lines = tuple(_line(group, mapping) for group in _lines(rows, mapping))
    findings = [finding for cells in rows for finding in cells.findings]
    status = str(said.pop("status", ClaimStatus.PRIMARY))
    if status not in tuple(ClaimStatus):
        message = "status cannot be read: a code of CLP02 is expected, or a text that [values.status] gives one"
        findings.append(RemittanceFinding("REM201", Severity.ERROR, message, place))
        status = str(ClaimStatus.PRIMARY)
    own_fields = {_NAMES.get(name, name): value for name, value in said.items()}
    charge = own_fields.pop("charge", None)
    charge = _sum(line.charge for line in lines) if charge is None else charge
    paid = own_fields.pop("paid", None)
    paid = _sum(line.paid for line in lines) if paid is None else paid
    left = None if charge is None else charge - (paid or ZERO)
    adjustments = _adjustments(own_fields.pop("adjustments", ()), left)
    return RemittedClaim(
        header,
        own_fields.pop("claim_id", None),
        status,
        charge,
        paid,
        adjustments=adjustments,
        lines=lines,
        findings=tuple(findings),
        source=source,
        **own_fields,
    )


def _first(rows: list[Cells], fields: tuple[str, ...], constants: Mapping[str, str]) -> dict[str, Any]:
    """The first value that the rows give for each of these fields, otherwise the mapping's constant."""
    found: dict[str, Any] = {}
    for name in fields:
        value = next((cells.fields[name] for cells in rows if name in cells.fields), None)
        if value is not None:
            found[name] = value
        elif name in constants:
            found[name] = Cells.constant(name, constants[name])
    return found


def _lines(rows: list[Cells], mapping: TableMapping) -> list[list[Cells]]:
    """The rows of each line: one or, if a row is an adjustment, those that are equal in everything else.

    A row without a code belongs to the claim.
    """
    of_lines = [cells for cells in rows if cells.fields.keys() & {"procedure_code", "revenue_code"}]
    if mapping.rows == "lines":
        return [[cells] for cells in of_lines]
    alike: dict[tuple[Any, ...], list[Cells]] = {}
    told_by = [name for name in OF_LINE if name not in ("adjustments", "remarks")]
    for cells in of_lines:
        alike.setdefault(tuple(cells.fields.get(name) for name in told_by), []).append(cells)
    return list(alike.values())


def _line(rows: list[Cells], mapping: TableMapping) -> RemittedLine:
    said = _first(rows, tuple(name for name in OF_LINE if name not in ("adjustments", "remarks")), mapping.constants)
    given = [each for cells in rows for each in cells.fields.get("adjustments", ())]
    remarks = dict.fromkeys(code for cells in rows for code in cells.fields.get("remarks", ()))
    charge, paid = said.pop("charge", None), said.pop("paid", None)
    return RemittedLine(
        said.pop("procedure_code", None),
        charge,
        paid,
        said.pop("modifiers", ()),
        control_number=said.pop("line_control_number", None),
        adjustments=_adjustments(given, None if charge is None else charge - (paid or ZERO)),
        remarks=tuple(remarks),
        place=rows[0].place,
        **said,
    )


def _adjustments(given: Any, left: Decimal | None) -> tuple[RemittedAdjustment, ...]:
    """Adjustments with their amounts; those without one share what is left of the charge."""
    stated = [
        RemittedAdjustment(group, carc, amount, more) for group, carc, amount, more in given if amount is not None
    ]
    open_ones = [(group, carc) for group, carc, amount, _ in given if amount is None]
    return (*stated, *without_amounts(open_ones, stated, left))


def _sum(amounts: Iterator[Decimal | None]) -> Decimal | None:
    """The sum; None if one of them is unknown or there are none."""
    known = list(amounts)
    return sum((each for each in known if each is not None), ZERO) if known and None not in known else None

"""Reads claims from any supported input, identified by its content and never by its name."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import cast

from claimcheck.claims import Claim, Source
from claimcheck.errors import InputError
from claimcheck.io import rows, x12
from claimcheck.io.json_claims import claims_of_json, own_claim
from claimcheck.io.rows import columnar, delimited, fixed
from claimcheck.io.rows.layout import Layout
from claimcheck.io.rows.table import Table
from claimcheck.io.sharing import Wanted
from claimcheck.io.stream import Input, Stream, opened
from claimcheck.io.text import UTF_16, as_utf_8, first_text
from claimcheck.log import log

__all__ = ["belongs_to", "read_claims"]

_MARKS = (codecs.BOM_UTF8, *UTF_16)
#: Formats that people try and claimcheck does not read, by their first bytes, with what to do.
_OTHERS = {
    b"PK\x03\x04": "a zip or an Excel workbook: unpack it, or save the sheet as CSV",
    b"<": "XML or HTML: give the claims as X12, FHIR JSON, CSV, JSON Lines or Parquet",
    b"%PDF": "a PDF: give the claims as X12, FHIR JSON, CSV, JSON Lines or Parquet",
}


def read_claims(
    source: Input | Sequence[Input],
    *,
    name: str | None = None,
    layout: str | None = None,
    mapping: rows.Asked | Sequence[rows.Asked] | None = None,
    wanted: Wanted | None = None,
) -> Iterator[Claim]:
    """Yields the claims of an input as they are read.

    The input may be X12 837, FHIR `Claim` or `ExplanationOfBenefit` (one, a Bundle, a list, NDJSON), claims as JSON or
    JSON Lines (`Claim.from_dict`), or a table of lines: CSV, TSV, other delimited text, JSON Lines, Parquet, Arrow. Any
    of them may be gzipped. `source` is a path, bytes, or a stream, or a list of several that hold parts of the same
    claims (headers, lines, diagnoses); `name` is used in claims and errors. For a table, `layout` names the column
    layout if the columns do not show it, and `mapping` says which column is which field: a TOML file or a mapping, see
    `claimcheck.io.rows.layout_file`; for several inputs, a list with one for each. `wanted` lets processes share an
    input: it selects the claims to read, see `claimcheck.io.sharing`.

    The `source` of a claim is its place in the input: the segment, JSON line or entry, or row.

    Raises:
        InputError: the input cannot be read to its end; the claims before the fault have already been yielded.

    >>> [claim] = read_claims(b"claim_id,procedure_code,units\\n7,99213,1\\n7,36415,1\\n", name="lines.csv")
    >>> [line.procedure_code for line in claim.lines], str(claim.lines[1].source)
    (['99213', '36415'], 'lines.csv, #3')
    >>> list(read_claims(b"Dear all", name="notes.txt"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: notes.txt: no claims that claimcheck reads: the first row names no columns that...
    """
    count = 0
    with ExitStack() as stack:
        if isinstance(source, (list, tuple)):
            each = _for_each(source, layout, mapping)
            found = rows.claims_of_all([_part(stack, *one) for one in zip(source, each, strict=True)], wanted)
        else:
            asked = rows.asked(layout, cast("rows.Asked | None", mapping))
            found = _claims(stack, stack.enter_context(opened(cast("Input", source), name)), asked, wanted)
        for claim in found:
            count += 1
            yield claim
    log.info("input read: %d claims", count)


def _for_each(
    sources: Sequence[Input], layout: str | None, mapping: rows.Asked | Sequence[rows.Asked] | None
) -> list[Layout | None]:
    """The requested layout of each of several inputs."""
    if layout is None and mapping is None:
        return [None] * len(sources)
    if layout is not None or not isinstance(mapping, (list, tuple)) or len(mapping) != len(sources):
        raise InputError("several inputs are given: give a list of as many mappings, or neither layout nor mapping")
    return [rows.asked(None, one) for one in mapping]


def belongs_to(source: Input) -> str | None:
    """The name shared by tables that together hold one set of claims; None for any other input.

    >>> belongs_to(b"CLAIMID,CHARGEID,TYPE,PROCEDURECODE"), belongs_to(b"claim_id,units")
    ('synthea', None)
    """
    try:
        with ExitStack() as stack:
            table, layout = _part(stack, source, None)
            found = layout or rows.recognised(table.columns)
            return None if found is None else found.belongs_to
    except InputError:
        return None


def _part(stack: ExitStack, source: Input, asked: Layout | None) -> tuple[Table, Layout | None]:
    """One of several tables that hold parts of the same claims."""
    stream = stack.enter_context(opened(source))
    head = _start(stream)
    if columnar.is_columnar(stream.head()):
        return stack.enter_context(columnar.opened(stream)), asked
    if head.startswith((b"{", b"[")) or x12.is_x12(first_text(stream.head())):
        raise stream.error("of several inputs that are given together each is a table: give this one by itself")
    layout = fixed.layout_of(stream.head(), asked)
    return (delimited.read(stream), asked) if layout is None else (fixed.read(stream, layout), layout)


def _start(stream: Stream) -> bytes:
    """The start of an input, without anything that may precede the content."""
    head = stream.head()
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.lstrip(b" \t\r\n\x00\x1a")


def _claims(stack: ExitStack, stream: Stream, asked: Layout | None, wanted: Wanted | None) -> Iterator[Claim]:
    if columnar.is_columnar(stream.head()):
        yield from _tabular(stack.enter_context(columnar.opened(stream)), asked, wanted)
        return
    start = _start(stream)
    for beginning, reason in _OTHERS.items():
        if start.startswith(beginning):
            raise stream.error(f"this is {reason}")
    if start.startswith((b"{", b"[")):
        yield from claims_of_json(stream, asked, wanted)
    elif x12.is_x12(text := first_text(stream.head())) or x12.leading_text(text):
        if asked is not None:
            raise stream.error("a layout or a mapping is for tables, and this is X12")
        yield from x12.read(as_utf_8(stream), name=stream.file, wanted=wanted)
    elif x12.is_without_start(start):
        raise stream.error("X12 without its ISA, or with something else before it: a whole copy of the file is needed")
    elif (layout := fixed.layout_of(stream.head(), asked)) is not None:
        yield from rows.claims(fixed.read(stream, layout), layout, wanted)
    else:
        yield from _tabular(delimited.read(stream), asked, wanted)


def _tabular(table: Table, asked: Layout | None, wanted: Wanted | None) -> Iterator[Claim]:
    if asked is None and "lines" in table.columns:
        for row in table.rows():
            value = dict(zip(table.columns, row.cells, strict=True))
            yield from own_claim(value, Source(table.file, row.place, "row"), wanted)
    else:
        yield from rows.claims(table, asked, wanted)

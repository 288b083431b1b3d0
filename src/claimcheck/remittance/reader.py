"""Reads X12 835 files (005010X221A1; 004010X091A1 where it agrees): claims as the payer adjudicated them.

One pass, with one claim in memory at a time. Segments for which there is no field here are skipped: addresses,
contacts, the patient and every other person, interest and other supplementary amounts, quantities, totals by provider
(TS2, TS3).

Errors within a claim become findings of the claim, with the number of the segment and never its text. A broken envelope
ends the reading with InputError, after every claim before the break was delivered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from claimcheck.errors import InputError
from claimcheck.io.stream import Input, Stream, opened
from claimcheck.io.text import first_text
from claimcheck.io.x12.beginning import is_x12
from claimcheck.io.x12.segments import blocks
from claimcheck.remittance import fhir, tables
from claimcheck.remittance.envelope import ENVELOPE
from claimcheck.remittance.loops import LOOPS, PASSED_OVER
from claimcheck.remittance.reading import Item, Reading
from claimcheck.remittance.values import Remittance, RemittedClaim

__all__ = ["read_remittances"]

_PIECE = 1 << 17
_PADDING = [""] * 2


def read_remittances(
    source: Input, *, name: str | None = None, mapping: str | Path | Mapping[str, Any] | None = None
) -> Iterator[RemittedClaim | Remittance]:
    """The claims of an 835, one at a time as they are read; after the claims of a remittance, the remittance itself.

    `source` is a path, bytes or a stream, gzipped or not; `name` is how findings and errors refer to it. Other
    transaction sets are skipped. JSON holds FHIR explanations of benefits, one claim each. A table of denials (CSV,
    TSV, Parquet, Arrow, Excel) is read with `mapping`, a TOML file or a dictionary that assigns columns to fields (see
    `claimcheck.remittance.table_mapping`); without one, its columns must have the names of the fields.

    Raises:
        InputError: the input cannot be read to its end, or holds no 835; everything before the error was delivered.

    >>> isa = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *240801*1200*^*00501*000000001*0*P"
    >>> head = "*:~GS*HP*A*B*20240801*1200*1*X*005010X221A1~ST*835*1~BPR*I*80*C*CHK************20240802~TRN*1*C7*1P~"
    >>> claim = "LX*1~CLP*A1*1*125*80**12*77*11*1~SVC*HC:99213:25*125*80**1~DTM*472*20240701~CAS*CO*45*45~LQ*HE*N22~"
    >>> tail = "SE*10*1~GE*1*1~IEA*1*000000001~"
    >>> first, remittance = read_remittances((isa + head + claim + tail).encode())
    >>> first.claim_id, first.lines[0].modifiers, first.lines[0].adjustments[0].carc, first.lines[0].remarks
    ('A1', ('25',), '45', ('N22',))
    >>> remittance.paid, remittance.findings
    (Decimal('80.00'), ())
    >>> list(read_remittances((isa + head + claim).encode(), name="cut.835"))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: cut.835, segment or row 12: the file ends before its SE: a whole copy of it is needed
    """
    with opened(source, name) as stream:
        head = stream.head()
        text = first_text(head)
        if fhir.is_json(head):
            yield from fhir.remitted_claims(stream)
        elif not is_x12(text) and (mapping is not None or tables.is_table(text)):
            yield from tables.remitted_claims(stream, mapping)
        elif tables.is_other_table(text):
            raise InputError(tables.NO_MAPPING, file=stream.file)
        else:
            yield from _items(stream)


def _items(stream: Stream) -> Iterator[Item]:
    """The items of an 835. A remittance is held until the next item: it tells of text after the last
    interchange."""
    reading, held = Reading(stream.file), None
    try:
        for item in _read(stream, reading):
            if held is not None:
                yield held
            held = item if isinstance(item, Remittance) else None
            if held is None:
                yield item
    except InputError:
        if held is not None:
            yield held
        raise
    if held is not None:
        yield attrs.evolve(held, findings=(*held.findings, *reading.before))


def _read(stream: Stream, reading: Reading) -> Iterator[Item]:
    handlers = dict(LOOPS)
    for block in blocks(iter(lambda: stream.read(_PIECE), b""), stream.file):
        separator, reading.component = block.delimiters.element, block.delimiters.component
        if block.skipped:
            reading.place = block.before + 1
            where = "before this" if len(block.segments) else "after the last"
            reading.note_before("REM202", f"Text {where} interchange is no X12: passed over")
        for place, segment in enumerate(block.segments, block.before + 1):
            read = segment.split(separator)
            if " " in segment:
                read = [element.strip() for element in read]
            name = read[0]
            if name in PASSED_OVER:
                continue
            if reading.is_inside and name in handlers:
                handler, padding = handlers[name]
                read += padding
            elif reading.other_set is not None and name not in ENVELOPE:
                continue
            else:
                handler = ENVELOPE.get(name, _outside)
                read += _PADDING
            reading.place = place
            if items := handler(reading, read):
                yield from items
        reading.place = block.before + len(block.segments)
    if reading.expects != "ISA":
        reading.place += 1
        raise reading.error(f"the file ends before its {reading.expects}: a whole copy of it is needed")
    if not reading.sets:
        raise InputError("a transaction set 835 is expected: the file holds no remittance", file=stream.file)


def _outside(reading: Reading, _segment: list[str]) -> None:
    """A segment that does not belong to an 835, or that is between two transaction sets."""
    if reading.expects != "SE":
        raise reading.error(f"{reading.expects} is expected: the file is damaged or incomplete, a whole copy is needed")
    reading.note("REM202", "Segment is not one of an 835: passed over")

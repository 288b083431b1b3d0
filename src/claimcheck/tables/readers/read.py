"""From a file to its readings: whatever the file is called, its content says what kind of table it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from claimcheck.errors import TableError
from claimcheck.tables.readers.add_on import ADD_ON, ADD_ON_COLUMNS
from claimcheck.tables.readers.adjustment import ADJUSTMENT_CODES
from claimcheck.tables.readers.code_list import CODE_LISTS
from claimcheck.tables.readers.fee_schedule import FEE_SCHEDULE
from claimcheck.tables.readers.files import Asked, Source, sources
from claimcheck.tables.readers.hcpcs import HCPCS, HCPCS_COLUMNS
from claimcheck.tables.readers.icd10 import ICD10
from claimcheck.tables.readers.kinds import Kind
from claimcheck.tables.readers.mue import MUE
from claimcheck.tables.readers.opps import OPPS
from claimcheck.tables.readers.ptp import PTP
from claimcheck.tables.readers.reading import Reading
from claimcheck.tables.readers.sheets import Head, Sheet, TextSheet, text_head
from claimcheck.tables.readers.workbook import workbook_sheets

__all__ = ["KINDS", "TABLES", "read"]

SERVICES = ("practitioner", "outpatient_hospital", "dme")
TABLES = (
    *(f"ptp_{service}" for service in SERVICES), *(f"mue_{service}" for service in SERVICES),
    "add_on", "hcpcs", "modifier", "icd10cm", "icd10pcs", "fee_schedule", "opps", "carc", "rarc",
    "age_sex", "manifestation", "revenue_code", "replacement",
)  # fmt: skip
PROGRAMMES = ("medicare", "medicaid")

#: columns first: a header is a surer sign than the form of one line
KINDS: tuple[Kind, ...] = (
    PTP, MUE, ADD_ON_COLUMNS, HCPCS_COLUMNS, FEE_SCHEDULE, OPPS, CODE_LISTS, ADJUSTMENT_CODES, ADD_ON, HCPCS, ICD10,
)  # fmt: skip

_PAGE = "is a web page, such as the licence page before a file: accept the licence, and fetch the file again"
_FOREIGN = {
    "<!doctype": _PAGE,
    "<html": _PAGE,
    "%pdf": "is a PDF: the same page offers the table as text, CSV or xlsx",
    "\xd0\xcf\x11\xe0": "is an old Excel workbook: save it as xlsx or CSV",
    "pk\x03\x04": "is a workbook of which no sheet is a table that is known",
    "pk": "is a damaged zip: fetch it again",
}


def read(
    path: str | Path,
    *,
    programme: str | None = None,
    table: str | None = None,
    effective: date | None = None,
) -> Iterator[Reading]:
    """The tables that the file at `path` holds: a text, CSV or xlsx file, plain or gzipped, or a zip of such.

    Kind, table, edition and dates are told from the content, and where it does not say, from the name under which the
    file was published. What neither tells can be given: `programme` ("medicare", "medicaid"), `table`, `effective`
    (the first day of the edition). Of a zip, the text and CSV members are read, and the xlsx members only where there
    are no others, for CMS puts both forms of a table into one zip.

    Raises `TableError`, which says the file, the row, what was expected and what to do: where the file is not a table
    that is known, does not say which edition it is, is damaged, or asks for more memory than any published table.

    >>> next(read("/nowhere/ccipra-v302r0-f1.txt"))
    Traceback (most recent call last):
        ...
    claimcheck.errors.TableError: ccipra-v302r0-f1.txt: cannot be read: No such file or directory
    """
    path = Path(path)
    if programme not in (None, *PROGRAMMES):
        raise TableError(f"programme is one of {', '.join(PROGRAMMES)}", file=path.name)
    if table not in (None, *TABLES):
        raise TableError(f"table is one of {', '.join(TABLES)}", file=path.name)
    found = list(_read(sources(path, Asked(programme, table, effective))))
    if table is not None and all(reading.table != table for reading in found):
        raise TableError(f"holds {found[0].table}, not {table}", file=path.name)
    yield from found


def _read(found: list[Source]) -> Iterator[Reading]:
    seen: set[tuple[str, str, str, str | None]] = set()
    texts = [source for source in found if not _is_workbook(source)]
    for group in (texts, [source for source in found if source not in texts]):
        for reading in (reading for source in group for reading in _readings(source)):
            key = (reading.programme, reading.table, reading.edition.name, reading.part)
            if key not in seen:  # the fee schedule's zip holds two files with the same rows
                seen.add(key)
                yield reading
        if seen:
            return
    raise _unknown(found)


def _is_workbook(source: Source) -> bool:
    with source.open() as stream:
        return stream.peek(4)[:4] == b"PK\x03\x04"


def _readings(source: Source) -> Iterator[Reading]:
    for sheet, head in _sheets(source):
        reader = next((reader for kind in KINDS if (reader := kind.recognise(head))), None)
        if reader is not None:
            yield from reader(sheet)


def _sheets(source: Source) -> Iterator[tuple[Sheet, Head]]:
    if _is_workbook(source):
        yield from ((sheet, sheet.head()) for sheet in workbook_sheets(source))
    else:
        head = text_head(source)
        yield TextSheet.of(source, head), head


def _unknown(found: list[Source]) -> TableError:
    first = found[0]
    with first.open() as stream:
        start = stream.peek(64)[:64].decode("latin-1").lstrip("\xef\xbb\xbf \t\r\n").lower()
    kinds = ", ".join(dict.fromkeys(kind.name for kind in KINDS if not kind.name.endswith("columns")))
    reason = next(
        (reason for sign, reason in _FOREIGN.items() if len(found) == 1 and start.startswith(sign.lower())), None
    )
    return first.error(
        reason or f"is none of the tables that are known ({kinds}); it may be cut short, or another file"
    )

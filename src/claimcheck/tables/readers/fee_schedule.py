"""The Medicare physician fee schedule's relative value file: PPRRVU as CSV or xlsx, and CSV with a single header row.

The official file begins with title and copyright lines and spreads its header over five rows (6 to 10), several names
appearing in more than one column: only the words of all five rows together name a column ("STATUS" over "CODE",
"NON-FACILITY" over "TOTAL"). More columns than HCPCS and MOD are needed to distinguish it from the same release's caps,
OPPSCAP, which begin with these two. The fixed-width PPRRVU .txt of the same release is not read. From 2026 on the
release has two files, whose rows differ only in the conversion factor; one is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import regex

from claimcheck.tables.readers import editions
from claimcheck.tables.readers.kinds import CODE, PROCEDURE, Header, Kind, header, notice, sheet_reader, unlike
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet
from claimcheck.tables.rows import FeeScheduleRow

__all__ = ["FEE_SCHEDULE"]

_SPREAD = 4  #: rows of the official header above its last
_STATUS = regex.compile(r"[A-Z]", regex.ASCII)
_MODIFIER = regex.compile(r"[0-9A-Z]{2}|", regex.ASCII)
_RVU = regex.compile(r"-?[0-9]{0,6}(?:\.[0-9]+)?|NA", regex.ASCII)

_NOT_NAME = regex.compile(r"[^a-z0-9]+", regex.ASCII)

#: the columns of the row's fields, their words joined, so that the official header and a single header row read alike
_COLUMNS = (
    "hcpcs",
    "mod",
    "statuscode",
    "globdays",
    "nonfacilitytotal",
    "facilitytotal",
    "bilatsurg",
    "multproc",
)


#: the columns of the payment policy indicators, by the names that editions and parsed copies use
_INDICATORS = (
    ("pctcind",),
    ("nonfacnaindicator", "nonfacindicator"),
    ("facilitynaindicator", "facilityindicator"),
    ("preop",),
    ("intraop",),
    ("postop",),
    ("asstsurg",),
    ("cosurg",),
    ("teamsurg",),
    ("endobase",),
    ("physiciansupervisionofdiagnosticprocedures",),
    ("diagnosticimagingfamilyindicator",),
)

_TELLING = 4  #: the columns that identify the file


def _header(head: Head) -> Header | None:
    """The last row of the header, each cell preceded by the words above it."""
    last = header(head, "hcpcs", "mod")
    if last is None:
        return None
    rows = [[cell.lower() for cell in row] for row in head.rows[max(0, last.row - _SPREAD) : last.row + 1]]
    rows = [row for row in rows if len(row) == len(last.cells) and sum(map(bool, row)) > 2]
    names = [_NOT_NAME.sub("", "".join(column)) for column in zip(*rows, strict=True)]
    return Header(last.row, names, {name: place for place, name in reversed(list(enumerate(names)))})


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    top = _header(head)
    return (
        None
        if top is None or sum(name in top.at for name in _COLUMNS) < _TELLING
        else partial(_readings, head=head, top=top)
    )


def _readings(sheet: Sheet, head: Head, top: Header) -> Iterator[Reading]:
    missing = ", ".join(name for name in _COLUMNS if name not in top.at)
    if missing:
        raise sheet.source.error(f"a relative value file without the columns: {missing}", top.row + 1)
    titles = [cell for row in head.rows[: top.row] for cell in row if "relative value" in cell.lower()]
    first = editions.quarter(sheet.source, titles, like="PPRRVU24_JUL.csv")
    account = Account()
    indicators = [next((top.at[name] for name in names if name in top.at), None) for names in _INDICATORS]
    parse = _parser(len(top.cells), [top.at[name] for name in _COLUMNS], indicators, account)
    rows = sheet_reader(sheet, top.row + 1, parse, account)
    edition = editions.quarterly("medicare", "fee_schedule", first)
    text = notice(head, top.row)
    yield Reading(edition, text, sheet.source.file, sheet.source.sha256, None, rows, account)


def _parser(
    width: int, places: list[int], indicators: list[int | None], account: Account
) -> Callable[[list[str]], FeeScheduleRow | str | None]:
    def parse(cells: list[str]) -> FeeScheduleRow | str | None:
        if not "".join(cells).strip("\x1a "):
            return None
        if len(cells) != width:
            return f"{len(cells)} columns where {width} are expected"
        code, *rest = (cells[place].strip() for place in places)
        values = ["" if place is None else cells[place].strip() for place in indicators]
        row = _padded(FeeScheduleRow(account.procedure(code), *rest, *values))
        if CODE.fullmatch(row.code) is None:
            return unlike("HCPCS", row.code, PROCEDURE)
        if _MODIFIER.fullmatch(row.modifier) is None:
            return unlike("MOD", row.modifier, "a modifier of two characters or none")
        if _STATUS.fullmatch(row.status) is None:
            return unlike("STATUS CODE", row.status, "a letter")
        if not (_RVU.fullmatch(row.total_nonfacility) and _RVU.fullmatch(row.total_facility)):
            return "a total that is not a number"
        return row

    return parse


def _padded(row: FeeScheduleRow) -> FeeScheduleRow:
    """The row with zeros restored that spreadsheets remove from numbers: global days "000", and no zeros before one
    digit."""
    days, supervision = row.global_days, row.supervision
    return row._replace(
        global_days=days.zfill(3) if days.isdigit() else days,
        supervision=supervision.zfill(2) if supervision.isdigit() else supervision,
        pctc=_digit(row.pctc),
        bilateral=_digit(row.bilateral),
        multiple=_digit(row.multiple),
        assistant=_digit(row.assistant),
        co_surgeons=_digit(row.co_surgeons),
        team=_digit(row.team),
    )


def _digit(indicator: str) -> str:
    return indicator.lstrip("0") or "0" if indicator.isdigit() else indicator


FEE_SCHEDULE = Kind("physician fee schedule", _recognise)

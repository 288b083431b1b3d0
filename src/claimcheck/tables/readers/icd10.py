"""ICD-10-CM and ICD-10-PCS: the order files of CMS and CDC, with headers and billable leaves.

A line, 0-based: 0:5 a running number, 6:13 the code without dot, 14 the flag (0 header, 1 billable), 16:76 the short
and 77: the long description. Names vary from year to year; the addenda next to the order file in its zip tell which of
a fiscal year's two editions it is (October 1 to September 30):

- The October edition. An April update may add codes, turn leaves into headers, and delete codes, so the October edition
  is exact only to March 31 (to December 31 in fiscal 2021, whose update took effect on January 1, 2021).
- The April update, exact from April 1 to September 30. It is recognized by its name ("icd10cm-order-April-2025.txt"),
  or by addenda that compare the year's order file with the same year's, where October's compare it with the previous
  year. Its addenda list every change since October; undoing them gives the October state, which is read as a second
  table.

An order file alone, named only for the year, is taken as the October edition unless it has a code introduced by that
year's update (such as T74A, of April 2023). For another April file, give the first day, `effective`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers.accounting import taken
from claimcheck.tables.readers.icd10_addenda import Addenda, find_addenda
from claimcheck.tables.readers.kinds import Kind, unlike
from claimcheck.tables.readers.reading import Account, Reading, Row
from claimcheck.tables.readers.sheets import Head, Sheet, lines
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import DiagnosisRow

__all__ = ["CODES", "ICD10", "editions_of", "table_of"]

_LINE = regex.compile(r"[0-9]{5} ([0-9A-Z]{3,7}) *(?<=^.{14})([01]) ", regex.ASCII)
_NUMBER = regex.compile(r"[0-9]{5}", regex.ASCII)
CODES = {
    "icd10cm": regex.compile(r"[A-Z][0-9A-Z]{2,6}", regex.ASCII),
    "icd10pcs": regex.compile(r"[0-9A-HJ-NP-Z]{3,7}", regex.ASCII),
}
_YEAR = regex.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_UPDATE = regex.compile(r"april|(?<![a-z])apr(?![a-z])", regex.IGNORECASE)

#: the first day of the update within a fiscal year, if not April 1 (CDC, ICD-10-CM update of January 2021)
_UPDATES = {2021: datetime.date(2021, 1, 1)}

#: a code introduced by a year's update, which distinguishes an order file without addenda from October's (CDC,
#: ICD-10-CM addenda of April 2020, January 2021, April 2022, and April 2023; the updates of 2024 and 2025 introduced
#: none)
_BROUGHT = {2020: "U071", 2021: "J1282", 2022: "Z28310", 2023: "T74A"}


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    return partial(_readings, head=head) if _LINE.match(head.text) else None


def _readings(sheet: Sheet, head: Head) -> Iterator[Reading]:
    source = sheet.source
    table = _table(source, head)
    addenda = find_addenda(source)
    codes = (line[6:13].strip() for line in lines(source))
    october, april, is_april = editions_of(source, table, addenda, codes)
    if not is_april:
        yield _reading(sheet, october, addenda)
        return
    yield _reading(sheet, april, addenda)
    if addenda is not None and addenda.within_year:
        yield _undone(sheet, october, addenda)


def editions_of(
    source: Source, table: str, addenda: Addenda | None, codes: Iterable[str]
) -> tuple[Edition, Edition, bool]:
    """The October edition and the update of the fiscal year, and whether the source with these codes is the update."""
    year = _fiscal_year(source, addenda)
    update = _UPDATES.get(year, datetime.date(year, 4, 1))
    october = Edition("medicare", table, str(year), datetime.date(year - 1, 10, 1), update - datetime.timedelta(1))
    april = Edition("medicare", table, update.isoformat(), update, datetime.date(year, 9, 30))
    return october, april, _is_update(source, table, codes, update=update, year=year, addenda=addenda)


def _table(source: Source, head: Head) -> str:
    found = [match for line in head.text.split("\n") if (match := _LINE.match(line))]
    return table_of(source, [match[1] for match in found], [match[1] for match in found if match[2] == "1"])


def table_of(source: Source, codes: list[str], billable: list[str]) -> str:
    """Diagnoses or procedures: only a procedure code begins with a digit, and every billable one has seven
    characters."""
    if any(code[0].isdigit() for code in codes):
        return "icd10pcs"
    if any(len(code) < 7 for code in billable):
        return "icd10cm"
    return "icd10pcs" if "pcs" in source.name.lower() else "icd10cm"


def _fiscal_year(source: Source, addenda: Addenda | None) -> int:
    if source.asked.effective is not None:
        return source.asked.effective.year + (source.asked.effective.month >= 10)
    for text in (source.name, addenda.newer if addenda else "", *source.names[1:]):
        found = _YEAR.search(text)
        if found:
            return int(found[1])
    reason = "does not say of which fiscal year it is: name it as published, like icd10cm_order_2025.txt, "
    raise source.error(f"{reason}or give its first day (--effective, effective=)")


def _is_update(
    source: Source, table: str, codes: Iterable[str], *, update: datetime.date, year: int, addenda: Addenda | None
) -> bool:
    asked = source.asked.effective
    if asked is not None:
        return update <= asked <= datetime.date(year, 9, 30)
    if any(_UPDATE.search(name) for name in source.names):
        return True
    if addenda is not None:
        return addenda.within_year
    brought = _BROUGHT.get(year) if table == "icd10cm" else None
    return brought is not None and any(code.startswith(brought) for code in codes)


def _reading(sheet: Sheet, edition: Edition, addenda: Addenda | None) -> Reading:
    source, account = sheet.source, Account()
    rows = partial(_rows, sheet, edition.table, addenda, account)
    return Reading(edition, "", source.file, source.sha256, None, rows, account)


def _rows(sheet: Sheet, table: str, addenda: Addenda | None, account: Account) -> Iterator[Row]:
    """The rows of the order file; their number must match the addenda's summary, if there is one."""
    billable = headers = 0
    for row in taken(sheet.source, account, enumerate(lines(sheet.source), 1), _parser(table), sheet.cut):
        billable, headers = billable + row.billable, headers + (not row.billable)
        yield row
    if addenda is not None:
        addenda.check(sheet.source, headers=headers, billable=billable)


def _undone(sheet: Sheet, edition: Edition, addenda: Addenda) -> Reading:
    """The October state that an update's addenda imply."""
    reading = _reading(sheet, edition, addenda)

    def rows() -> Iterator[Row]:
        table = {row.code: row.billable for row in reading.rows() if isinstance(row, DiagnosisRow)}
        return (DiagnosisRow(code, billable) for code, billable in addenda.undo(sheet.source, table))

    return Reading(edition, "", reading.source, reading.sha256, None, rows, reading.account)


def _parser(table: str) -> Callable[[str], DiagnosisRow | str | None]:
    form = CODES[table]

    def parse(line: str) -> DiagnosisRow | str | None:
        if not line.strip("\r\n\x1a "):
            return None
        code, flag = line[6:13].rstrip(), line[14:15]
        if not _NUMBER.fullmatch(line[:5]) or line[5:6] + line[13:14] != "  " or flag not in ("0", "1"):
            return "not a line of an order file: number, code and the flag 0 or 1 are expected"
        if form.fullmatch(code) is None:
            return unlike("the code", code, f"an {'ICD-10-CM' if table == 'icd10cm' else 'ICD-10-PCS'} code")
        return DiagnosisRow(code, flag == "1")

    return parse


ICD10 = Kind("ICD-10 order file", _recognise)

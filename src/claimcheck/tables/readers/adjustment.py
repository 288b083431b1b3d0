"""X12's claim adjustment reason codes (CARC) and remittance advice remark codes (RARC), as the user's own CSV or xlsx.

X12 shows both lists on its web site and licenses them as files in several forms, so columns are recognized by name:
`code`, `start_date` (or `start`), `end_date` (or `end`, `stop`), each YYYY-MM-DD or MM/DD/YYYY or blank; a RARC list
also has `is_alert` (true/false), or a `description` that begins with "Alert:" if the code is informational. Retired
codes stay on the lists with their end date, so a list with both dates answers from its earliest start on; without end
dates it answers from its own month on. X12 publishes by March 1, July 1, and November 1: a list is exact to the day
before the next of these.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial

import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import days, editions
from claimcheck.tables.readers.kinds import Header, Kind, header, notice, sheet_reader, unlike
from claimcheck.tables.readers.reading import Account, Reading, Row
from claimcheck.tables.readers.sheets import Head, Sheet
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import CarcRow, RarcRow

__all__ = ["ADJUSTMENT_CODES"]

_START = ("start_date", "start date", "start")
_END = ("end_date", "end date", "end", "stop_date", "stop date", "stop")
_ALERT = {
    "true": True,
    "1": True,
    "yes": True,
    "y": True,
    "false": False,
    "0": False,
    "no": False,
    "n": False,
    "": False,
}
_CARC = regex.compile(r"[0-9]{1,3}|[A-LO-Z][0-9]{1,2}", regex.ASCII)
_RARC = regex.compile(r"(?:M|MA|N)[0-9]{1,4}", regex.ASCII)
_PUBLISHED = (3, 7, 11)  #: the months on whose first day a list appears


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    top = next((top for name in _START if (top := header(head, "code", name))), None)
    return None if top is None else partial(_readings, head=head, top=top)


def _readings(sheet: Sheet, head: Head, top: Header) -> Iterator[Reading]:
    source = sheet.source
    table = _table(source, head, top)
    alert = next((top.at[name] for name in ("is_alert", "alert", "description") if name in top.at), None)
    if table == "rarc" and alert is None:
        raise source.error("a RARC list without the column is_alert or description", top.row + 1)
    account = Account()
    parse = _parser(table, top, alert)
    rows = sheet_reader(sheet, top.row + 1, parse, account, whole=True)
    edition = _edition(source, table, rows, dated=any(name in top.at for name in _END))
    yield Reading(edition, notice(head, top.row), source.file, source.sha256, None, rows, account)


def _table(source: Source, head: Head, top: Header) -> str:
    if source.asked.table is not None:
        return source.asked.table
    code = top.at["code"]
    rows = head.rows[top.row + 1 :]
    return "rarc" if any(len(row) > code and _RARC.fullmatch(row[code]) for row in rows) else "carc"


def _edition(source: Source, table: str, rows: Callable[[], Iterator[Row]], *, dated: bool) -> Edition:
    published = editions.quarter(source, like=f"{table}_2024-07-01.csv")
    starts = [row.start for row in rows() if isinstance(row, CarcRow | RarcRow)] if dated else []
    first = min((start for start in starts if start is not None), default=published)
    month = next((month for month in _PUBLISHED if month > published.month), None)
    following = (
        datetime.date(published.year, month, 1) if month else datetime.date(published.year + 1, _PUBLISHED[0], 1)
    )
    through = following - datetime.timedelta(1)
    return Edition("medicare", table, published.isoformat(), min(first, published), through)


def _parser(table: str, top: Header, alert: int | None) -> Callable[[list[str]], CarcRow | RarcRow | str | None]:
    width, code_at, day = len(top.cells), top.at["code"], days.iso()
    start_at, end_at = (next((top.at[name] for name in names if name in top.at), None) for names in (_START, _END))

    def date_at(cells: list[str], place: int | None) -> datetime.date | None:
        return None if place is None else day.optional(cells[place])

    def parse(cells: list[str]) -> CarcRow | RarcRow | str | None:
        if not any(cells):
            return None
        if len(cells) != width:
            return f"{len(cells)} columns where {width} are expected"
        code = cells[code_at].strip()
        if (_CARC if table == "carc" else _RARC).fullmatch(code) is None:
            return unlike("the code", code, f"a {table.upper()}")
        try:
            start, end = date_at(cells, start_at), date_at(cells, end_at)
            informs = False if alert is None else _is_alert(cells[alert], words=top.cells[alert] == "description")
        except ValueError as error:
            return str(error)
        return CarcRow(code, start, end) if table == "carc" else RarcRow(code, informs, start, end)

    return parse


def _is_alert(text: str, *, words: bool) -> bool:
    if words:
        return text.strip().lower().startswith("alert:")
    answer = _ALERT.get(text.strip().lower())
    if answer is None:
        raise ValueError(unlike("is_alert", text, "true or false"))
    return answer


ADJUSTMENT_CODES = Kind("CARC or RARC list", _recognise)

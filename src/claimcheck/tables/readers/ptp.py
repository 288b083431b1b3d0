"""NCCI procedure-to-procedure edits: the quarterly text files (four parts per table) and their xlsx twins.

The Medicare file has seven columns, with a header wrapped over four lines after two title lines; the Medicaid file
lacks the third, "*=in existence prior to 1996", which tells the two apart. An asterisk as deletion date means none. A
pair recurs, once for each period. The content does not tell practitioner from outpatient hospital or DME edits, nor the
edition: those come from the name (ccipra, ccioph; v302r0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import days, editions
from claimcheck.tables.readers.kinds import CODE, PROCEDURE, Header, Kind, header, notice, sheet_reader, unlike
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import PtpRow

__all__ = ["PTP"]

_TABLES = {
    "ptp_dme": regex.compile(r"dme|durable", regex.IGNORECASE),
    "ptp_outpatient_hospital": regex.compile(r"ccioph|(?<![a-z])oph(?![a-z])|hospital", regex.IGNORECASE),
    "ptp_practitioner": regex.compile(r"ccipra|(?<![a-z])pra(?![a-z])|practitioner", regex.IGNORECASE),
}
_VERSION = regex.compile(r"v[0-9]{3}r[0-9]", regex.IGNORECASE)
_PART = regex.compile(r"(?<![a-z0-9])f([1-9])(?![0-9])", regex.IGNORECASE)
_INDICATORS = {"0": 0, "1": 1, "9": 9}
_NEVER = ("*", "")
_NAMED = ("column 1", "column 2", "effective", "deletion", "modifier", "ptp edit rationale")


def _header(head: Head) -> Header | None:
    """The header, whichever line of the wrapped header has the column names."""
    found = header(head, "column 1", "column 2")
    if found is None:
        return None
    at = {name: place for place, cell in enumerate(found.cells) for name in _NAMED if cell.startswith(name)}
    return Header(found.row, found.cells, at)


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    found = _header(head)
    return None if found is None else partial(_readings, head=head, found=found)


def _readings(sheet: Sheet, head: Head, found: Header) -> Iterator[Reading]:
    if any(name not in found.at for name in _NAMED):
        missing = ", ".join(name for name in _NAMED if name not in found.at)
        raise sheet.source.error(f"a PTP file without the columns: {missing}", found.row + 1)
    first = found.row + 1
    while first < len(head.rows) and not "".join(head.rows[first][:1]):  # the further lines of the wrapped header
        first += 1
    account = Account()
    rows = sheet_reader(sheet, first, _parser(found, account), account)
    text = notice(head, found.row)
    yield Reading(
        _edition(sheet.source, found, text), text, sheet.source.file, sheet.source.sha256, _part(sheet.source),
        rows, account,
    )  # fmt: skip


def _edition(source: Source, found: Header, text: str) -> Edition:
    medicaid = len(found.cells) == len(_NAMED) or "state medicaid programs" in text.lower()
    program = editions.program_named(source) or ("medicaid" if medicaid else "medicare")
    if medicaid and program == "medicare":
        raise source.error("is named for Medicare, but has the columns of the Medicaid file: name it as published")
    first = editions.quarter(source, like="ccipra-v302r0-f1.txt")
    version = next((found[0].lower() for name in source.names if (found := _VERSION.search(name))), None)
    return editions.quarterly(program, _table(source), first, version)


def _table(source: Source) -> str:
    if source.asked.table is not None:
        return source.asked.table
    for name in source.names:
        for table, pattern in _TABLES.items():
            if pattern.search(name):
                return table
    reason = "does not say whose PTP edits it holds: name it as published, like ccipra-v302r0-f1.txt (practitioner) "
    raise source.error(f"{reason}or ccioph-v302r0-f1.txt (outpatient hospital), or give it (--table, table=)")


def _part(source: Source) -> str | None:
    for name in source.names:
        found = _PART.search(name)
        if found:
            return f"f{found[1]}"
    return None


def _parser(found: Header, account: Account) -> Callable[[list[str]], PtpRow | str | None]:
    width = len(found.cells)
    _, _, effective, deletion, indicator, rationale = (found.at[name] for name in _NAMED)
    day = days.compact()
    codes: dict[str, str] = {}  # one string for each code and rationale: the file repeats them by the thousand
    reasons: dict[str, str] = {}

    def code(text: str, column: str) -> str:
        read = account.procedure(text.strip())
        if CODE.fullmatch(read) is None:
            raise ValueError(unlike(column, text, PROCEDURE))
        return codes.setdefault(text, read)

    def parse(cells: list[str]) -> PtpRow | str | None:
        if len(cells) != width:
            return None if not "".join(cells).strip("\x1a \r\n") else f"{len(cells)} columns where {width} are expected"
        one, two, start, end, flag, why = (
            cells[0], cells[1], cells[effective], cells[deletion], cells[indicator], cells[rationale],
        )  # fmt: skip
        try:
            return PtpRow(
                codes.get(one) or code(one, "Column 1"),
                codes.get(two) or code(two, "Column 2"),
                day[start],
                None if end in _NEVER else day[end],
                _INDICATORS[flag],
                reasons.setdefault(why, why),
            )
        except KeyError:
            return unlike("the modifier indicator", flag, "0, 1 or 9") if any(cells) else None
        except ValueError as error:
            return str(error) if any(cells) else None

    return parse


PTP = Kind("NCCI PTP", _recognise)

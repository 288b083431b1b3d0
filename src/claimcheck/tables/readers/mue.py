"""NCCI medically unlikely edits: quarterly CSV and xlsx, one file for each of the three tables.

Two quoted multiline cells precede the data: the copyright text, and the header's "HCPCS/ CPT Code". The name of the
value column identifies the table. The indicator reads "1 Line Edit", "2 Date of Service Edit: Policy", or "3 Date of
Service Edit: Clinical". A value of 0 is real and common. Medicaid files have no indicator column: all their edits are
claim line edits (Medicaid NCCI Technical Guidance Manual), hence indicator 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import editions
from claimcheck.tables.readers.kinds import CODE, PROCEDURE, Header, Kind, notice, sheet_reader, unlike
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet, tidy
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import MueRow

__all__ = ["MUE"]

_VALUE = regex.compile(r"(practitioner|outpatient hospital|dme|durable).* mue values?")
_TABLES = {
    "practitioner": "mue_practitioner",
    "outpatient hospital": "mue_outpatient_hospital",
    "dme": "mue_dme",
    "durable": "mue_dme",
}
_CODE, _INDICATOR, _RATIONALE = "hcpcs/ cpt code", "mue adjudication indicator", "mue rationale"
_MAI = regex.compile(r"(?:(1)(?: Line Edit)?|([23])(?: Date of Service Edit(?:: ?(?:Policy|Clinical))?)?)")
_UNITS = regex.compile(r"[0-9]{1,9}", regex.ASCII)


def _header(head: Head) -> tuple[Header, str] | None:
    """The header and the name of its value column."""
    for index, row in enumerate(head.rows):
        cells = [cell.lower().replace("hcpcs/cpt", "hcpcs/ cpt") for cell in row]
        value = next((cell for cell in cells if _VALUE.match(cell)), None)
        if value is not None and _CODE in cells:
            return Header(index, cells, {name: place for place, name in enumerate(cells)}), value
    return None


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    found = _header(head)
    return None if found is None else partial(_readings, head=head, top=found[0], value=found[1])


def _readings(sheet: Sheet, head: Head, top: Header, value: str) -> Iterator[Reading]:
    text = notice(head, top.row)
    account = Account()
    edition = _edition(sheet.source, top, value, text)
    parse = _parser(top, value, account, line_edits=edition.program == "medicaid")
    rows = sheet_reader(sheet, top.row + 1, parse, account)
    yield Reading(edition, text, sheet.source.file, sheet.source.sha256, None, rows, account)


def _edition(source: Source, top: Header, value: str, text: str) -> Edition:
    medicaid = _INDICATOR not in top.at or "state medicaid programs" in text.lower()
    program = editions.program_named(source) or ("medicaid" if medicaid else "medicare")
    if program == "medicare" and _INDICATOR not in top.at:
        raise source.error("a Medicare MUE file without the column MUE Adjudication Indicator", top.row + 1)
    first = editions.quarter(source, like="MCR_MUE_PractitionerServices_Eff_04-01-2024.csv")
    service = next(service for service in _TABLES if value.startswith(service))
    return editions.quarterly(program, _TABLES[service], first)


def _parser(
    top: Header, value: str, account: Account, *, line_edits: bool
) -> Callable[[list[str]], MueRow | str | None]:
    width, at = len(top.cells), top.at
    code, units, indicator, rationale = at[_CODE], at[value], at.get(_INDICATOR), at.get(_RATIONALE)

    def parse(cells: list[str]) -> MueRow | str | None:
        if not any(cells):
            return None
        if len(cells) != width:
            return f"{len(cells)} columns where {width} are expected"
        procedure = account.procedure(cells[code].strip())
        if CODE.fullmatch(procedure) is None:
            return unlike("HCPCS/CPT Code", procedure, PROCEDURE)
        if _UNITS.fullmatch(cells[units].strip()) is None:
            return unlike("MUE Values", cells[units], "a whole number")
        mai = 1
        if indicator is not None and not line_edits:
            read = _MAI.fullmatch(tidy(cells[indicator]))
            if read is None:
                return unlike("MUE Adjudication Indicator", cells[indicator], "1, 2 or 3 with its words")
            mai = int(read[1] or read[2])
        why = "" if rationale is None else tidy(cells[rationale])
        return MueRow(procedure, int(cells[units]), mai, why)

    return parse


MUE = Kind("NCCI MUE", _recognise)

"""OPPS Addendum B: the status indicator and APC of every HCPCS code, quarterly, as CSV or xlsx.

Title and copyright lines may precede the header, "HCPCS Code, Short Descriptor, SI, APC, Relative Weight, ...".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import regex

from claimcheck.tables.readers import editions
from claimcheck.tables.readers.kinds import CODE, PROCEDURE, Header, Kind, header, notice, sheet_reader, unlike
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet
from claimcheck.tables.rows import OppsRow

__all__ = ["OPPS"]

_NAMES = (("hcpcs code", "si", "apc"), ("hcpcs code", "status indicator", "apc"), ("hcpcs", "si", "apc"))
_INDICATOR = regex.compile(r"[A-Z][0-9]?", regex.ASCII)
_APC = regex.compile(r"[0-9]{1,5}|", regex.ASCII)


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    for names in _NAMES:
        top = header(head, *names)
        if top is not None:
            return partial(_readings, head=head, top=top, places=[top.at[name] for name in names])
    return None


def _readings(sheet: Sheet, head: Head, top: Header, places: list[int]) -> Iterator[Reading]:
    titles = [cell for row in head.rows[: top.row] for cell in row if "copyright" not in cell.lower()]
    first = editions.quarter(sheet.source, titles, like="2024_July_Addendum_B.csv")
    account = Account()
    width = len(top.cells)
    parse = _parser(width, places, account)
    rows = sheet_reader(sheet, top.row + 1, parse, account, whole=max(places) == width - 1)
    edition = editions.quarterly("medicare", "opps", first)
    text = notice(head, top.row)
    yield Reading(edition, text, sheet.source.file, sheet.source.sha256, None, rows, account)


def _parser(width: int, places: list[int], account: Account) -> Callable[[list[str]], OppsRow | str | None]:
    def parse(cells: list[str]) -> OppsRow | str | None:
        if not "".join(cells).strip("\x1a "):
            return None
        if len(cells) != width:
            return f"{len(cells)} columns where {width} are expected"
        code, indicator, apc = (cells[place].strip() for place in places)
        code = account.procedure(code)
        if CODE.fullmatch(code) is None:
            return unlike("HCPCS Code", code, PROCEDURE)
        if _INDICATOR.fullmatch(indicator) is None:
            return unlike("SI", indicator, "a letter, or a letter and a digit,")
        if _APC.fullmatch(apc) is None:
            return unlike("APC", apc, "a number or nothing")
        return OppsRow(code, indicator, apc)

    return parse


OPPS = Kind("OPPS Addendum B", _recognise)

"""The tables of CMS's Integrated Outpatient Code Editor: from the quarterly zip, or as lists in a neutral layout.

CMS publishes the editor's data each quarter as `ioce-quarterly-data-files-v<NNN>r0.zip`: a text file for each table,
whose rows are in force from one editor version to another (LO_VERSION and HI_VERSION), and VERSION_RANGE with the dates
of each version. One zip holds all versions, so its edition answers from the first day of its oldest version to the last
of its newest.

The zip itself was not available when this was written: columns are found by the names in the editor's own tables, in
any order, separated by tabs or commas, and a file that lacks what is needed is refused with a list of what it lacks.
The tables can also be given as lists (see `claimcheck.tables.readers.code_list`) with the same names and fields:

- `outpatient_procedure`: `status_indicator`, `apc`, `flags`, `age_min`, `age_max`, `approved`, `terminated`
- `outpatient_diagnosis`: `flags`, `age_min`, `age_max`
- `outpatient_revenue`, `outpatient_apc`: `status_indicator`, `flags`
- `outpatient_pair`: `kind`, `other`, `approved`

`flags` are the names of the table's columns that apply to the code, in lowercase and separated by blanks; an APC also
has its payment rate (`payment_18292`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

import attrs

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers.kinds import Header, Kind, header, notice, sheet_reader, unlike
from claimcheck.tables.readers.outpatient_lists import OUTPATIENT_LISTS
from claimcheck.tables.readers.outpatient_values import bare, counted, held, value_of
from claimcheck.tables.readers.outpatient_versions import Days, last_day, versions_of
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import CodeListRow

__all__ = ["OUTPATIENT"]


@attrs.frozen
class _Table:
    """A file of the zip: the list it goes into, its first columns, and the kind of its pairs."""

    name: str
    code: tuple[str, ...]
    other: tuple[str, ...] = ()
    kind: str = ""


_CODE = ("hcpcs", "hcpcs_code", "code", "procedure", "procedure_code")
_SECOND = ("code2", "hcpcs2", "device", "visit", "secondary", "hcpcs_2")
_FILES: Final[Mapping[str, _Table]] = MappingProxyType(
    {
        "data_hcpcs": _Table("outpatient_procedure", _CODE),
        "data_dx10": _Table("outpatient_diagnosis", ("dx10", "diagnosis", "diagnosis_code", "code")),
        "data_revenue": _Table("outpatient_revenue", ("revenue", "revenue_code", "revenue_center", "code")),
        "data_apc": _Table("outpatient_apc", ("apc", "code")),
        "map_device_procedure": _Table("outpatient_pair", _CODE, _SECOND, "device"),
        "map_conflict_rhc": _Table("outpatient_pair", _CODE, ("modifier", *_SECOND), "rhc_modifier"),
        "map_fqhc_visit": _Table("outpatient_pair", ("payment_code", "fqhc_code", *_CODE), _SECOND, "fqhc_visit"),
        "map_imrt": _Table("outpatient_pair", _CODE, _SECOND, "imrt"),
        "map_composite": _Table("outpatient_pair", _CODE, ("composite_apc", "apc"), "composite"),
        "data_capc": _Table("outpatient_pair", _CODE, ("rank",), "comprehensive_rank"),
        "offset_codepair": _Table("outpatient_pair", ("device", "code1", *_CODE), ("procedure", *_SECOND), "offset"),
    }
)
_LOW, _HIGH = "lo_version", "hi_version"
_NO_FLAGS = frozenset(
    {
        *(_LOW, _HIGH, "description", "lo_age", "hi_age", "sex", "status_indicator", "payment_indicator", "apc"),
        *("apc_payment", "amount", "list_id", "table_name", "version", "date_activated", "date_approved"),
        *("date_terminated", "mid_quarter_date_edit", "ph_duration", "iop_duration", "list_type"),
    }
)


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    top = header(head, _LOW, _HIGH)
    return None if top is None else partial(_readings, head=head, top=top)


def _readings(sheet: Sheet, head: Head, top: Header) -> Iterator[Reading]:
    source = sheet.source
    stem = source.name.rpartition(".")[0].lower()
    table = _FILES.get(stem)
    if table is None:
        return
    days = versions_of(source)
    at = {name: _place(top, names, source) for name, names in (("code", table.code), ("other", table.other)) if names}
    account = Account()
    rows = sheet_reader(sheet, top.row + 1, _parser(table, top, at, days, account), account)
    newest = max(days)
    edition = Edition("medicare", table.name, f"v{newest}", min(days.values())[0], last_day(days[newest]))
    part = stem if table.kind else None
    yield Reading(edition, notice(head, top.row), source.file, source.sha256, part, rows, account)


def _place(top: Header, names: tuple[str, ...], source: Source) -> int:
    place = next((top.at[name] for name in names if name in top.at), None)
    if place is None:
        raise source.error(f"has none of the columns {', '.join(names).upper()}", top.row + 1)
    return place


def _parser(
    table: _Table, top: Header, at: Mapping[str, int], days: Days, account: Account
) -> Callable[[list[str]], CodeListRow | str | None]:
    width, newest = len(top.cells), max(days)
    flags = [(name, place) for name, place in top.at.items() if name not in _NO_FLAGS and place not in at.values()]
    restored = {"outpatient_revenue": account.revenue, "outpatient_apc": bare}.get(table.name, account.procedure)

    def parse(cells: list[str]) -> CodeListRow | str | None:
        if not any(cells):
            return None
        if len(cells) != width:
            return f"{len(cells)} columns where {width} are expected"
        row = {name: cells[place].strip() for name, place in top.at.items()}
        low, high = row[_LOW], row[_HIGH]
        if not (low.isdigit() and high.isdigit() and int(low) in days and int(high) in days):
            return unlike("LO_VERSION and HI_VERSION", f"{low} {high}", "two versions of VERSION_RANGE")
        code = restored(cells[at["code"]].strip())
        last = None if int(high) == newest else days[int(high)][1]
        given = dict(row)
        if "other" in at:
            given["other"] = cells[at["other"]].strip()
        try:
            given["flags"] = " ".join(sorted([*held(flags, cells), *counted(row)]))
            values = tuple((name, value_of(name, given, table.kind)) for name in OUTPATIENT_LISTS[table.name])
        except ValueError as error:
            return str(error)
        return CodeListRow(code, days[int(low)][0], last, values)

    return parse


OUTPATIENT = Kind("table of the outpatient code editor", _recognise)
